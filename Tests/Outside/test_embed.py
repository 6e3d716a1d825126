"""A partner's page, on another origin, with a map of ours in it: what it shows, to whom, and what it leaves behind."""

import gzip
import json
import types
import urllib.parse

import accessible
import pytest

import arranged
import hostile
from arranged import LAYER
from command import done
from framed import PartnerVisitor, Site
from served import Server

TITLES = "[...document.querySelectorAll('.items h3')].map((it) => it.textContent)"
DRAWN = "document.querySelector('canvas.maplibregl-canvas') && !document.querySelector('.waiting')"
GREETED = "document.querySelector('lieudit-map').shadowRoot.querySelector('slot').hidden"
NOTHING = "[document.cookie, localStorage.length, sessionStorage.length].join()"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A server, a site that is a partner, and one that is none."""
    folder = tmp_path_factory.mktemp("embeds")
    store = folder / "lieudit.sqlite"
    (folder / "hostile.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": hostile.features()}))
    done(store, "layer", "create", LAYER, "--title", "Les bals perdus", "--review", "after")
    done(store, "layer", "create", "malveillant", "--title", hostile.PAYLOADS[0], "--review", "after")
    server, site, stranger = Server(store, "--writes-per-minute", "0"), Site(), Site()
    partner = arranged.Partner(server, store, site.url)
    given = arranged.tell(server)
    arranged.give(server, "Pas pour les partenaires", partners=False)
    for word in hostile.PAYLOADS[:40]:
        arranged.give(server, word[:200], "malveillant", text=word, author=word[:80], theme=[word[:60].replace(",", ";")])
    yield type("Place", (), {"server": server, "site": site, "stranger": stranger, "partner": partner, "given": given})
    site.close()
    stranger.close()
    assert server.stop() == 0, server.error


@pytest.fixture
def visitor(tmp_path):
    visitor = PartnerVisitor(tmp_path / "profile", 1100, 1400)
    yield visitor
    visitor.close()


def line(place, key, layer=LAYER, more=""):
    link = f"<a id=link href='{place.server.url}/map/{layer}'>Voir la carte</a>"
    return f"<lieudit-map layer={layer} embed={key} {more}>{link}</lieudit-map>"


def script(place):
    return f"<script type=module src='{place.server.url}/embed.js'></script>"


def frame(place, key, layer=LAYER, more="", query="&lang=fr"):
    return f"<iframe title=Carte width=900 height=900 src='{place.server.url}/embed/{layer}?embed={key}{query}' {more}></iframe>"


def foreign(visitor, place):
    known = {urllib.parse.urlsplit(address).netloc for address in (place.server.url, place.site.url)}
    return [address for address in visitor.requests if not address.startswith(("data:", "blob:", "about:"))
            and urllib.parse.urlsplit(address).netloc not in known]


def cookies(visitor):
    return [event for event in visitor.events if "set-cookie" in json.dumps(event.get("params", {}).get("response", {}).get("headers", {})).lower()]


def complaints(visitor):
    return [told for told in visitor.complaints if "favicon" not in told]


def test_the_element_shows_what_the_partner_has_cleared_and_leaves_nothing(place, visitor):
    key = place.partner.embed(title="Les bals du Théâtre")
    visitor.open(place.site.page("/", script(place) + "<h1>Le Théâtre</h1>" + line(place, key)), quiet=1)
    visitor.until_inside(DRAWN)
    visitor.until(GREETED)
    titles = visitor.inside(TITLES)
    assert len(titles) == len(place.given) and "Pas pour les partenaires" not in titles
    asked = [address for address in visitor.requests if "/collections/" in address or "/xyz/" in address]
    assert asked and all(f"embed={key}" in address for address in asked)
    assert foreign(visitor, place) == [] and cookies(visitor) == []
    assert visitor.inside(NOTHING) == ",0,0" and visitor.evaluate(NOTHING) == ",0,0"
    assert complaints(visitor) == []
    assert visitor.evaluate("document.querySelector('lieudit-map').shadowRoot.querySelector('iframe').title") == "Les bals du Théâtre · Lieudit"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_height_fits_whatever_the_width(place, visitor, width):
    key = place.partner.embed()
    visitor.resize(width, 1400)
    visitor.open(place.site.page("/", script(place) + line(place, key)), quiet=1)
    visitor.until(GREETED)
    visitor.until_inside(DRAWN)
    visitor.until_inside("Math.abs(document.body.getBoundingClientRect().height - innerHeight) <= 1")
    assert visitor.inside("document.documentElement.scrollWidth <= innerWidth")
    assert accessible_faults(visitor) == []
    before = visitor.frame_heights[0]
    if width < 768:
        visitor.touch_inside(".rest button")
        visitor.until(f"document.querySelector('lieudit-map').shadowRoot.querySelector('iframe').clientHeight > {before} + 400")
        visitor.until_inside("Math.abs(document.body.getBoundingClientRect().height - innerHeight) <= 1")
        assert visitor.inside("document.activeElement.localName") == "article"


def accessible_faults(visitor):
    """The same judgement, inside the frame."""
    return accessible.faults(types.SimpleNamespace(evaluate=visitor.inside))


def test_two_on_a_page_each_in_its_language_fit_each_its_own(place, visitor):
    keys = [place.partner.embed(list="only"), place.partner.embed()]
    page = script(place) * 2 + line(place, keys[0], more="lang=en") + line(place, keys[1], more="lang=fr-FR")
    visitor.open(place.site.page("/", page), quiet=1)
    visitor.until("[...document.querySelectorAll('lieudit-map')].every((it) => it.shadowRoot.querySelector('slot').hidden)")
    assert visitor.inside("document.documentElement.lang", keys[0]) == "en"
    assert visitor.inside("document.documentElement.lang", keys[1]) == "fr"
    for number, key in enumerate(keys):
        high = visitor.inside("document.body.getBoundingClientRect().height", key)
        assert abs(visitor.evaluate(f"document.querySelectorAll('lieudit-map')[{number}].shadowRoot.querySelector('iframe').clientHeight") - high) <= 1


def test_nothing_is_asked_for_before_the_map_comes_near(place, visitor):
    key = place.partner.embed()
    page = script(place) + "<div style='height:6000px'></div>" + line(place, key)
    visitor.open(place.site.page("/", page), quiet=1)
    assert not [address for address in visitor.requests if "/embed/" in address]
    assert visitor.evaluate("document.querySelector('#link').checkVisibility()")
    visitor.open(place.site.page("/far", f"<div style='height:6000px'></div>{frame(place, key)}"), quiet=1)
    assert visitor.inside("document.querySelectorAll('.items article').length") == len(place.given)
    assert not [address for address in visitor.requests if "maplibre" in address]
    visitor.evaluate("scrollTo(0, 1e6)")
    visitor.until_inside(DRAWN)


def test_a_heights_message_counts_from_the_frame_alone(place, visitor):
    key = place.partner.embed()
    visitor.open(place.site.page("/", script(place) + line(place, key)), quiet=1)
    visitor.until(GREETED)
    before = visitor.frame_heights
    visitor.evaluate("""(() => { const frame = document.querySelector('lieudit-map').shadowRoot.querySelector('iframe');
        const data = { lieudit: 'frame', height: 3333 };
        dispatchEvent(new MessageEvent('message', { data, origin: location.origin, source: frame.contentWindow }));
        dispatchEvent(new MessageEvent('message', { data, origin: new URL(frame.src).origin, source: window }));
        postMessage(data, '*'); })()""")
    visitor.until("new Promise((done) => setTimeout(() => done(true), 100))")
    assert visitor.frame_heights == before
    visitor.evaluate("""(() => { const frame = document.querySelector('lieudit-map').shadowRoot.querySelector('iframe');
        dispatchEvent(new MessageEvent('message', { data: { lieudit: 'frame', height: 3333 }, origin: new URL(frame.src).origin, source: frame.contentWindow })); })()""")
    assert visitor.evaluate("document.querySelector('lieudit-map').shadowRoot.querySelector('iframe').clientHeight") == 3333


def test_a_site_that_is_not_listed_is_refused_by_the_browser(place, visitor):
    key = place.partner.embed()
    visitor.open(place.stranger.page("/", script(place) + line(place, key) + frame(place, key)), quiet=1)
    assert visitor.inside("document.querySelector('.items')") is None
    assert any("frame-ancestors" in told for told in visitor.complaints)
    assert visitor.evaluate("document.querySelector('#link').checkVisibility()")


@pytest.mark.parametrize("origin", ["https://a.partner.example.evil.org", "https://partner.example.evil.org", "null", "http://localhost:1"])
def test_origins_that_only_look_alike_write_nothing(place, origin):
    key = place.partner.embed(contribute=True)
    body = json.dumps({"type": "Feature", "geometry": None, "properties": {"title": "x", "consent": True, "precision": "none"}})
    path = f"/collections/{LAYER}/items?embed={key}"
    assert place.server.ask(path, "POST", body, Origin=origin).status == 403
    asked = place.server.ask(path, "OPTIONS", Origin=origin, Access_Control_Request_Method="POST")
    assert "POST" not in asked.header("Access-Control-Allow-Methods")
    assert place.server.get(f"/collections/{LAYER}/items?embed={key}", Origin=origin).header("Access-Control-Allow-Origin") == "*"


def test_a_closed_key_leaves_the_element_with_its_link(place, visitor):
    key = place.partner.embed()
    place.partner.close(key)
    reply = place.server.ask(f"/embed/{LAYER}?embed={key}", Accept="text/html,application/xhtml+xml")
    assert reply.status == 404 and "Il n’y a rien ici" in reply.text
    visitor.open(place.site.page("/", script(place) + line(place, key)), quiet=1)
    assert visitor.evaluate("document.querySelector('#link').checkVisibility()")
    visitor.until("!document.querySelector('lieudit-map').shadowRoot.querySelector('iframe')", within=20)


def test_it_reads_and_draws_in_a_frame_of_no_origin_where_contributing_is_a_link(place, visitor):
    key = place.partner.embed(contribute=True)
    visitor.open(place.site.page("/", frame(place, key, more='sandbox="allow-scripts" security=restricted')), quiet=1)
    visitor.until_inside(DRAWN)
    assert visitor.inside("self.origin") == "null"
    assert len(visitor.inside(TITLES)) == len(place.given)
    assert visitor.until_inside("document.querySelector('.names').children.length")
    way = visitor.inside("(({ href, target, rel }) => [href, target || document.querySelector('base').target, rel])(document.querySelector('.give a'))")
    assert way == [f"{place.server.url}/contribute/{LAYER}", "_blank", "noopener"]
    assert f"{place.server.url}/contribute/{LAYER}" in visitor.inside("document.querySelector('.give-at').innerText")
    assert complaints(visitor) == [] and foreign(visitor, place) == []
    before = len(place.given)
    added = arranged.give(place.server, "Arrivé entre-temps")
    visitor.look_again()
    visitor.until_inside(f"{TITLES}.length === {before + 1}")
    arranged.withdraw(place.server, added)


def test_what_is_published_comes_and_what_is_withdrawn_goes_without_reload(place, visitor):
    key = place.partner.embed()
    visitor.open(place.site.page("/", script(place) + line(place, key)), quiet=1)
    visitor.until_inside(DRAWN)
    visitor.evaluate("window.untouched = true")
    visitor.inside("window.untouched = true")
    added = arranged.give(place.server, "Le lavoir de la rue basse")
    visitor.look_again()
    visitor.until_inside(f"{TITLES}.includes('Le lavoir de la rue basse')")
    arranged.withdraw(place.server, added)
    visitor.look_again()
    visitor.until_inside(f"!{TITLES}.includes('Le lavoir de la rue basse')")
    assert visitor.evaluate("window.untouched") and visitor.inside("window.untouched")
    # The list is told before the map has its tiles.
    visitor.wait()
    asked = len(visitor.requests)
    visitor.look_again()
    visitor.until_inside("new Promise((done) => setTimeout(() => done(true), 400))")
    assert len(visitor.requests) - asked <= 2, "what has not changed is asked for twice, and no more"
    visitor.inside("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
    asked = len(visitor.requests)
    visitor.look_again()
    visitor.until_inside("new Promise((done) => setTimeout(() => done(true), 400))")
    assert len(visitor.requests) == asked, "nobody looks"
    visitor.inside("Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })")
    place.partner.close(key)
    visitor.look_again()
    visitor.until_inside("document.body.innerText.includes('n’est plus partagée')")


def test_whoever_asks_for_more_contrast_has_the_map_that_was_agreed_on(place, visitor):
    visitor.media(prefers_contrast="more")
    visitor.open(place.site.page("/", frame(place, place.partner.embed())), quiet=1)
    visitor.until_inside(DRAWN)
    assert foreign(visitor, place) == [] and not visitor.inside("document.querySelector('#carte').hidden")


def test_a_map_without_its_list_offers_the_list_first(place, visitor):
    key = place.partner.embed(list="none")
    visitor.open(place.site.page("/", frame(place, key)), quiet=1)
    visitor.until_inside(DRAWN)
    assert visitor.inside("document.querySelector('.items').checkVisibility()") is False
    order = visitor.inside("[...document.querySelectorAll('main summary, #carte')].map((it) => it.id || it.innerText.trim())")
    assert order[0].startswith("Voir la liste") and order[1] == "carte"
    visitor.touch_inside("summary")
    visitor.until_inside("document.querySelector('.items').checkVisibility()")


def test_a_list_without_its_map_asks_for_no_map(place, visitor):
    key = place.partner.embed(list="only")
    visitor.open(place.site.page("/", frame(place, key)), quiet=1)
    assert len(visitor.inside(TITLES)) == len(place.given)
    assert not [address for address in visitor.requests if "maplibre" in address or ".mvt" in address]


def test_without_scripts_the_list_is_whole_and_leads_on(place, visitor):
    key = place.partner.embed(contribute=True)
    visitor.without_scripts()
    visitor.open(f"{place.server.url}/embed/{LAYER}?embed={key}", quiet=0.5)
    assert visitor.evaluate("document.querySelectorAll('.items article').length") == len(place.given)
    assert visitor.evaluate("[...document.querySelectorAll('.items article')].every((it) => it.checkVisibility())")
    assert visitor.evaluate("document.querySelector('.give a').href") == f"{place.server.url}/contribute/{LAYER}"
    assert accessible.measured(visitor) == []


def test_a_keyboard_reaches_the_list_first_and_everything_after(place, visitor):
    key = place.partner.embed(contribute=True)
    visitor.open(f"{place.server.url}/embed/{LAYER}?embed={key}&lang=fr", quiet=1)
    visitor.until(DRAWN)
    visitor.press("Tab")
    assert visitor.text(":focus") == "Voir la liste"
    visitor.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "liste" and visitor.evaluate("location.pathname") == f"/embed/{LAYER}"
    seen = set()
    for _ in range(80):
        visitor.press("Tab")
        seen.add(visitor.evaluate("document.activeElement.className || document.activeElement.localName"))
        if visitor.evaluate("document.activeElement === document.querySelector('footer a:last-of-type')"):
            break
    assert "show" in seen
    visitor.evaluate("document.querySelector('.show').focus()")
    visitor.press("Enter")
    visitor.until("document.querySelector('article.is-chosen')")


def test_hostile_words_stay_words_in_a_frame(place, visitor):
    key = place.partner.embed("malveillant", title=hostile.PAYLOADS[1][:200])
    visitor.open(place.site.page("/", script(place) + line(place, key, "malveillant")), quiet=1.5)
    visitor.until_inside(DRAWN)
    assert visitor.inside("document.querySelectorAll('.items article').length") >= 30
    visitor.look_again()
    visitor.until_inside("new Promise((done) => setTimeout(() => done(true), 500))")
    assert visitor.inside("window.harmed") is None and visitor.evaluate("window.harmed") is None
    assert foreign(visitor, place) == [] and not any("Content Security" in told for told in visitor.complaints)


def test_one_contributes_within_the_frame_and_the_draft_goes_when_it_has_arrived(place, visitor):
    key = place.partner.embed(contribute=True)
    visitor.open(place.site.page("/", script(place) + line(place, key, more="contribute=yes")), quiet=1)
    visitor.until_inside(DRAWN)
    visitor.touch_inside(".give a")
    form = "/contribute/"
    visitor.until_inside("document.body?.classList.contains('is-scripted')", form)
    assert visitor.inside("localStorage.length", form) == 0
    visitor.until_inside("Math.abs(document.body.getBoundingClientRect().height - innerHeight) <= 1 && innerHeight < 800", form)
    step = lambda name: visitor.touch_inside(f"[data-step={name}] [data-go]", form)
    fill = lambda selector, text: visitor.inside(f"""(() => {{ const field = document.querySelector('{selector}');
        field.value = {json.dumps(text)}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()""", form)
    step("welcome")
    fill("#title", "Donné depuis le Théâtre")
    assert visitor.inside("Object.keys(localStorage).join()", form) == f"lieudit.draft.{LAYER}"
    step("what")
    visitor.touch_inside("label[data-way=words] input", form)
    for name in ("place", "when", "who"):
        step(name)
    visitor.touch_inside("#consent", form)
    visitor.touch_inside("#partners", form)
    step("consent")
    visitor.touch_inside("#sending .go", form)
    visitor.until_inside("document.querySelector('.ticket-code')", form)
    assert visitor.inside(NOTHING, form) == ",0,0"
    assert visitor.inside("document.querySelector('base').target", form) == "_blank"
    sent = [event["params"]["request"] for event in visitor.events if event["method"] == "Network.requestWillBeSent" and event["params"]["request"]["method"] == "POST"]
    assert [request["url"] for request in sent] == [f"{place.server.url}/collections/{LAYER}/items?embed={key}"]
    assert foreign(visitor, place) == [] and cookies(visitor) == []
    visitor.touch_inside(".within a", form)
    visitor.until_inside(f"{TITLES}.includes('Donné depuis le Théâtre')")


def test_where_a_frame_keeps_nothing_the_draft_lives_in_the_page_which_says_so(place, visitor):
    key = place.partner.embed(contribute=True)
    visitor.before_each_page("Object.defineProperty(self, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    visitor.open(f"{place.server.url}/contribute/{LAYER}?embed={key}&interface=fr", quiet=0.6)
    visitor.until("document.body.classList.contains('is-scripted')")
    visitor.touch("[data-step=welcome] [data-go]")
    visitor.fill("#title", "Le lavoir")
    assert visitor.until("document.querySelector('#kept').checkVisibility()") and visitor.text("#kept")


def test_the_form_is_framed_where_the_contract_says_so_only(place, visitor):
    key = place.partner.embed(contribute=False)
    source = f"{place.server.url}/contribute/{LAYER}?embed={key}"
    visitor.open(place.site.page("/", f"<iframe title=f width=600 height=600 src='{source}'></iframe>"), quiet=1)
    assert visitor.inside("document.querySelector('#form')", "/contribute/") is None
    assert any("frame-ancestors" in told for told in visitor.complaints)


def test_the_panel_gives_a_line_that_works_and_says_that_it_is_copied(place, visitor):
    key = place.partner.embed(title="Bals & \"cours\"", contribute=True)
    words = json.loads((arranged.REPOSITORY / "Sources/MapServer/Resources/words/fr-embed.json").read_text())["line"]
    page = f"""<link rel=stylesheet href='{place.server.url}/assets/lieudit.css'><link rel=stylesheet href='{place.server.url}/assets/embed-line.css'>
        <main id=here><h1>Bureau</h1></main><script type=module>
        import {{ embedPanel }} from "{place.server.url}/assets/embed-line.js";
        const embed = {json.dumps(place.partner.document(key))}, words = {json.dumps(words)};
        document.querySelector("#here").append(embedPanel(embed, {{ publicURL: "{place.server.url}", words, level: 2 }}));</script>"""
    visitor.open(place.site.page("/", page), quiet=1.5)
    visitor.until_inside(DRAWN)
    text = visitor.evaluate("document.querySelector('textarea').value")
    assert text.count("\n") == 0 and f'embed="{key}"' in text
    visitor.evaluate("document.querySelector('.embed-line button').focus()")
    visitor.press("Enter")
    visitor.until("document.querySelector('.said-aloud').textContent")
    assert visitor.evaluate("document.querySelector('[role=status]').textContent") in (words["copied"], words["copyByHand"])
    visitor.touch("input[value=en]")
    assert 'lang="en"' in visitor.evaluate("document.querySelector('textarea').value")
    visitor.until_inside("document.documentElement.lang === 'en'")
    # The heading of this test's own page lies under what axe cannot see through.
    assert [fault for fault in accessible.faults(visitor) if "h1" not in fault] == []
    visitor.open(place.site.page("/pasted", text), quiet=1)
    visitor.until(GREETED)
    assert visitor.inside("document.querySelector('h1').textContent") == 'Bals & "cours"'
    visitor.open(place.site.page("/panel", page), quiet=1)
    visitor.touch("input[value=frame]")
    iframe = visitor.evaluate("document.querySelector('textarea').value")
    assert iframe.startswith("<iframe ") and "<script" not in iframe
    visitor.open(place.site.page("/framed", iframe), quiet=1)
    visitor.until_inside(DRAWN)


def test_the_script_is_small_and_needs_nothing_else(place):
    reply = place.server.get("/embed.js", Accept_Encoding="gzip")
    assert len(gzip.compress(reply.plain)) <= 12 * 1024 and len(reply.body) <= 12 * 1024
    print(len(reply.body), "bytes of gzip")
    assert reply.header("Access-Control-Allow-Origin") == "*" and b"import " not in reply.plain
    assert reply.header("Cache-Control") == "public, max-age=60"


def test_an_oembed_of_a_discovered_address_shows_in_the_frame_that_it_gives(place, visitor):
    key = place.partner.embed()
    page = place.server.get(f"/embed/{LAYER}?embed={key}").text
    address = page.split('type="application/json+oembed" href="')[1].split('"')[0].replace("&amp;", "&")
    told = place.server.get(address + "&maxwidth=700").json()
    assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 700)
    assert place.server.ask(address.replace("format=json", "format=xml")).status == 501
    visitor.open(place.site.page("/", told["html"]), quiet=1)
    visitor.until_inside(DRAWN)
