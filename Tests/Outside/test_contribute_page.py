"""Somebody gives a memory on a phone, with nothing but the page."""

import json
import re
import time
import urllib.parse

import pytest

import accessible
import asked
import sample
from asked import DIGITS, HERE, LAYER, NOTHING_KEPT, person, server, store, token  # noqa: F401, fixtures among them
from command import done
from test_page import strangers


def test_a_memory_from_where_one_stands_is_given_published_found_again_and_withdrawn(server, token, person):
    person.stand_at(*HERE, server.url)
    person.begin(server)
    person.tell()
    person.say_where("here")
    person.until("document.querySelector('#said-place').textContent.includes('carré')")
    person.go("place", "precision")
    assert person.evaluate("document.querySelector('[name=precision]:checked').value") == "about"
    assert "exact" not in person.evaluate("[...document.querySelectorAll('[name=precision]')].map((it) => it.value)")
    assert "à 200 m près" in person.text("#shown-area")
    assert person.evaluate("document.querySelectorAll('#shown-area .plan-area').length") == 1
    person.go("precision", "when")
    person.finish(when="été 1985", author="Mina")
    for words in ("Le bal du quatorze juillet", "été 1985", "Mina", "à 200 m près", "Tout le monde"):
        assert words in person.text("#preview"), words
    person.send()
    assert person.kept == NOTHING_KEPT
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", person.code)
    [waiting] = asked.queue(server, token)
    assert waiting["feature"]["properties"]["when"] == "1985-22"
    assert waiting["feature"]["properties"]["cell"] == "CRS3035RES200mN2890400E3762800"
    asked.decide(server, token, waiting["id"], "publish")

    person.touch("#to-mine")
    person.until("document.querySelector('#withdraw')")
    assert person.evaluate("location.href") == f"{server.url}/mine?interface=fr"
    assert "Tout le monde peut la voir." in person.text()
    assert [item["id"] for item in server.features(LAYER)] == [waiting["id"]]
    person.touch("#withdraw")
    person.touch("#withdraw-yes")
    person.until("document.querySelector('#news').textContent.includes('retiré')")
    assert server.features(LAYER) == []
    assert strangers(person.requests) == [] and person.complaints == []
    assert person.kept == NOTHING_KEPT
    leaks = [(digits, body[:200]) for body in person.sent_bodies for digits in DIGITS if digits in body]
    assert leaks == []


def test_the_digits_would_be_found_in_a_request_that_bears_them(server, person):
    person.open(f"{server.url}/contribute/{LAYER}", quiet=0.3)
    person.evaluate(f"fetch('/collections/{LAYER}/items?near={HERE[0]},{HERE[1]}').then(() => 1)")
    assert any(DIGITS[0] in body for body in person.sent_bodies)


@pytest.mark.parametrize("way", ["words", "arrows"])
def test_by_keyboard_alone_it_takes_25_tabs_at_most(server, token, person, way):
    before = len(asked.queue(server, token))
    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.4)
    person.until("document.body?.classList.contains('is-scripted')")
    tab_to(person, "[data-step=welcome] [data-go]")
    tab_to(person, "#title")
    person.type("Au clavier")
    tab_to(person, "[data-step=what] [data-go]")
    tab_to(person, "[name=way]")
    ways = person.evaluate("[...document.querySelectorAll('[name=way]')].map((it) => it.value)")
    person.press("Space")
    for _ in range(ways.index(way)):
        person.press("ArrowDown")
    assert person.evaluate("document.querySelector('[name=way]:checked').value") == way
    if way == "arrows":
        person.until("document.querySelector('#cross svg')")
        tab_to(person, "#cross")
        for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
            person.press(key)
        assert "450 m au nord-ouest du départ" in person.text("#said-place")
        tab_to(person, "[data-step=place] [data-go]")
        tab_to(person, "[data-step=precision] [data-go]")
    else:
        tab_to(person, "[data-step=place] [data-go]")
    tab_to(person, "#when")
    person.type("vers 1970")
    person.press("Enter")
    person.at("who")
    tab_to(person, "[data-step=who] [data-go]")
    tab_to(person, "#consent", key="Space")
    tab_to(person, "[data-step=consent] [data-go]")
    person.at("preview")
    tab_to(person, "#sending .go")
    person.until("!document.querySelector('#sent').hidden")
    print(f"{way}: {person.tabs} tabs")
    assert person.tabs <= 25
    assert person.focused == "q-sent"
    assert len(asked.queue(server, token)) == before + 1


def tab_to(person, selector, key="Enter"):
    """Tab until it has the focus, then the key; a trap ends it."""
    for _ in range(12):
        person.press("Tab")
        if person.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            return None if selector.startswith("#t") or selector in ("[name=way]", "#cross", "#when") else person.press(key)
    raise AssertionError(f"Tab does not lead to {selector}; the focus is at {person.focused}")


def test_the_draft_holds_the_cell_only_and_comes_back_after_a_reload(server, person):
    person.stand_at(*HERE, server.url)
    person.begin(server)
    person.tell("Un début", "À finir.")
    person.say_where("here")
    person.until("document.querySelector('#said-place').textContent.includes('carré')")
    person.go("place", "precision")
    kept = person.kept
    assert "Un début" in kept and [digits for digits in DIGITS if digits in kept] == []
    person.begin(server)
    assert person.evaluate("document.querySelector('#title').value") == "Un début"
    person.go("what", "place")
    person.go("place", "precision")
    assert person.evaluate("document.querySelectorAll('#shown-area .plan-area').length") == 1
    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.3)
    person.touch("#forget")
    person.until("document.body?.classList.contains('is-scripted') && document.querySelector('#forget').hidden")
    assert person.kept == NOTHING_KEPT


def test_nothing_is_stored_before_the_first_answer(server, person):
    person.open(f"{server.url}/contribute/{LAYER}", quiet=0.3)
    assert person.kept == NOTHING_KEPT
    assert person.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_the_next_person_finds_nothing_of_the_one_before(server, person):
    person.begin(server)
    person.tell("Secret de Mina")
    person.say_where()
    person.finish(author="Mina")
    person.send()
    token = person.link.split("#")[1]
    person.touch("#next-person")
    person.until("document.querySelector('#sent')?.hidden && document.body?.classList.contains('is-scripted')")
    person.evaluate("new Promise((done) => setTimeout(done, 500)).then(() => 1)")
    everything = "document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((it) => it.value) + JSON.stringify(history.state) + location.href"
    assert person.kept == NOTHING_KEPT
    for _ in range(4):
        shown = person.evaluate(everything)
        assert "Mina" not in shown and token not in shown
        person.evaluate("setTimeout(() => history.back(), 50)")
        time.sleep(0.2)
        person.evaluate("new Promise((done) => setTimeout(done, 300)).then(() => 1)")


def test_without_a_network_it_is_kept_and_sent_on_return(server, token, person):
    before = len(asked.queue(server, token))
    person.begin(server)
    person.tell("Sous le pont")
    person.say_where()
    person.finish()
    person.network(False)
    person.touch("#sending .go")
    person.until("document.querySelector('#f-all').textContent.includes('Pas de réseau')")
    assert "Sous le pont" in person.kept
    assert len(asked.queue(server, token)) == before
    person.network(True)
    person.until("!document.querySelector('#sent').hidden", within=30)
    assert person.kept == NOTHING_KEPT
    assert len(asked.queue(server, token)) == before + 1


def test_what_waits_is_sent_when_the_page_is_opened_again(server, token, person):
    before = len(asked.queue(server, token))
    person.begin(server)
    person.tell("Au retour")
    person.say_where()
    person.finish()
    person.block(f"*/collections/{LAYER}/items")
    person.touch("#sending .go")
    person.until("document.querySelector('#f-all').textContent.includes('Pas de réseau')")
    person.open("about:blank", quiet=0.2)
    assert len(asked.queue(server, token)) == before
    person.block()
    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.3)
    person.until("!document.querySelector('#sent').hidden", within=30)
    assert len(asked.queue(server, token)) == before + 1


def test_the_page_opens_without_a_network_once_something_was_typed(server, person):
    person.begin(server)
    person.tell("Dans le métro")
    person.until("navigator.serviceWorker.ready.then((it) => it.active?.state === 'activated')")
    person.until("caches.keys().then((names) => names.length && caches.open(names[0])).then((it) => it && it.keys()).then((all) => all && all.length > 8)")
    person.network(False)
    server_is_asked = len(person.requests)
    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.5)
    assert len(person.requests) > server_is_asked
    person.until("document.body?.classList.contains('is-scripted')")
    assert person.evaluate("document.querySelector('#title').value") == "Dans le métro"


LOSES_THE_FIRST_ANSWER = """
const real = fetch;
let lost = 0;
globalThis.fetch = async (address, options) => {
  const answer = await real(address, options);
  if (options?.method === "POST" && lost++ === 0) throw new TypeError("the answer is lost");
  return answer;
};
"""


def test_two_tries_make_one_contribution(server, token, person):
    before = len(asked.queue(server, token))
    person.before_each_page(LOSES_THE_FIRST_ANSWER)
    person.begin(server)
    person.tell("Une fois")
    person.say_where()
    person.finish()
    person.touch("#sending .go")
    person.until("document.querySelector('#f-all').textContent.includes('Pas de réseau')")
    assert len(asked.queue(server, token)) == before + 1
    person.send()
    assert len(asked.queue(server, token)) == before + 1
    opened = server.ask("/receipts", "POST", json.dumps({"code": person.code}))
    assert opened.status == 200


def test_where_storage_is_refused_the_page_says_so_and_sends_all_the_same(server, person):
    person.before_each_page("for (const name of ['getItem', 'setItem']) Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError'); };")
    person.begin(server)
    person.tell("Sans mémoire")
    assert "ne garde rien" in person.text("#kept")
    person.say_where()
    person.finish()
    person.send()


def test_what_the_server_refuses_stands_beside_its_field_and_nothing_is_lost(server, person):
    person.begin(server)
    person.tell("Bal\u202e inversé", "Le texte reste.")
    person.say_where()
    person.finish(when="1974", author="Mina")
    person.touch("#sending .go")
    person.at("what")
    person.until("document.querySelector('#f-title').textContent.includes('sens de lecture')")
    assert person.focused == "title"
    assert person.evaluate("document.querySelector('#title').getAttribute('aria-invalid')") == "true"
    values = person.evaluate("['text', 'when', 'author'].map((name) => document.getElementById(name).value)")
    assert values == ["Le texte reste.", "1974", "Mina"]
    person.fill("#title", "Bal à l’endroit")
    for step, following in (("what", "place"), ("place", "when"), ("when", "who"), ("who", "consent"), ("consent", "preview")):
        person.go(step, following)
    person.send()


@pytest.mark.parametrize("step, sentence", [
    ("what", "Écrivez un titre"), ("place", "Choisissez une réponse"), ("when", "Je ne comprends pas"), ("consent", "votre accord"),
])
def test_what_is_missing_is_said_where_it_is_missing(server, person, step, sentence):
    person.begin(server)
    if step != "what":
        person.tell()
    if step in ("when", "consent"):
        person.say_where()
        person.fill("#when", "mercredi" if step == "when" else "")
    if step == "consent":
        person.go("when", "who")
        person.go("who", "consent")
    person.touch(f"[data-step={step}] [data-go]")
    assert sentence in person.text(f"[data-step={step}]")
    assert person.evaluate(f"document.querySelector('[data-step={step}]').contains(document.activeElement)")


@pytest.mark.parametrize("layer, words", [
    ("passe", "ne reçoit plus"), ("maison", "seules les personnes du lieu"), ("invites", "code d’invitation"),
])
def test_a_layer_says_who_may_give(server, person, layer, words):
    person.open(f"{server.url}/contribute/{layer}?interface=fr", quiet=0.4)
    assert words in person.text()
    assert person.complaints == []


def test_an_invitation_is_asked_for_and_taken(store, server, person):
    code = done(store, "invitation", "create", "--layer", "invites").output.strip()
    person.open(f"{server.url}/contribute/invites?interface=fr", quiet=0.4)
    person.touch("[data-step=welcome] [data-go]")
    assert "Il faut un code" in person.text("#f-invitation")
    person.fill("#invitation", code.lower())
    person.go("welcome", "what")
    person.tell()
    person.say_where()
    person.finish()
    person.send()


def test_where_a_layer_shows_no_closer_than_a_kilometre_nothing_finer_is_offered(server, person):
    person.stand_at(*HERE, server.url)
    person.begin(server, "large")
    person.tell()
    person.say_where("here")
    person.until("document.querySelector('#said-place').textContent.includes('carré')")
    person.go("place", "precision")
    assert person.evaluate("[...document.querySelectorAll('[name=precision]')].map((it) => it.value)") == ["wide", "none"]
    person.go("precision", "when")
    person.finish()
    person.send()
    assert "1 km" in person.text("#receipt .shown")


def test_a_landmark_is_found_by_its_name_on_the_phone(server, person):
    layer = sample.layer_names()[0]
    landmark = next(f for f in server.features(layer) if f["geometry"]["type"] == "Point" and "é" in f["properties"]["title"])
    title = landmark["properties"]["title"]
    person.begin(server, layer)
    person.tell()
    person.say_where("landmark")
    person.until("document.querySelector('#found button')")
    asked_before = len(person.requests)
    person.fill("#search", title.replace("é", "E"))
    person.until(f"document.querySelector('#found button')?.textContent === {json.dumps(title)}")
    person.touch("#found button")
    assert title in person.text("#said-place")
    # The page puts itself by meanwhile; nothing else is asked for.
    others = [address for address in person.requests[asked_before:] if not re.search("/assets/|/contribute/|/sw.js|/favicon", address)]
    assert others == []
    person.go("place", "precision")
    assert person.evaluate("[...document.querySelectorAll('[name=precision]')].map((it) => it.value)") == ["exact", "about", "wide", "none"]


def test_the_map_is_loaded_when_wanted_and_asks_for_nothing_close(server, person):
    layer = sample.layer_names()[0]
    person.begin(server, layer)
    person.tell()
    assert not [address for address in person.requests if "maplibre" in address]
    person.say_where("map")
    person.until("document.querySelector('#said-place').textContent.includes('Touchez la carte')", within=40)
    box = person.evaluate("(() => { document.querySelector('#pin-map').scrollIntoView({ block: 'center', behavior: 'instant' }); const b = document.querySelector('#pin-map canvas').getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()")
    person.touch_at(box[0] + box[2] * 0.4, box[1] + box[3] * 0.4)
    person.until("document.querySelector('#said-place').textContent.includes('marqué')")
    zooms = [int(z) for address in person.requests for z in re.findall(r"/(\d+)/\d+/\d+\.\w+", address)]
    assert all(zoom <= 13 for zoom in zooms)
    assert person.complaints == [] and strangers(person.requests) == []
    person.go("place", "precision")
    assert person.evaluate("document.querySelectorAll('#shown-area .plan-area').length") == 1


def test_under_15_the_place_is_wide_and_no_name_shows(server, person):
    person.stand_at(*HERE, server.url)
    person.begin(server)
    person.tell()
    person.say_where("here")
    person.until("document.querySelector('#said-place').textContent.includes('carré')")
    person.go("place", "precision")
    person.go("precision", "when")
    person.go("when", "who")
    person.fill("#author", "Mina")
    person.touch("[value=under-15]")
    assert "parent" in person.text("#said-age") and "grand carré" in person.text("#said-age")
    assert not person.evaluate("document.querySelector('#author').checkVisibility()")
    person.go("who", "consent")
    person.touch("#consent")
    person.go("consent", "preview")
    assert "à 1 km près" in person.text("#preview") and "Mina" not in person.text("#preview")


def test_in_a_frame_of_nobodys_origin_it_leads_to_the_full_page(server, person):
    """As in a sandbox without `allow-same-origin`, whose pages have the origin `null` and may not write."""
    person.before_each_page("Object.defineProperty(globalThis, 'origin', { get: () => 'null' });")
    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.3)
    person.until("document.body?.innerText.includes('Ouvrir la page entière')")
    assert not person.evaluate("document.querySelector('#title')")


def test_no_other_site_frames_it_yet_and_nothing_inline_runs(server):
    policy = server.get(f"/contribute/{LAYER}").header("Content-Security-Policy")
    assert "unsafe-inline" not in policy and "frame-ancestors 'none'" in policy


def test_the_first_load_is_light(server, person):
    person.open(f"{server.url}/contribute/{LAYER}", quiet=0.5)
    sizes = person.evaluate("[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].map((it) => it.encodedBodySize)")
    print(f"{sum(sizes)} bytes in {len(sizes)} pieces")
    assert 10_000 < sum(sizes) <= 300_000


def test_without_scripts_words_are_given_and_the_receipt_is_read(server, token, person):
    before = len(asked.queue(server, token))
    person.without_scripts()
    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.4)
    assert "Sans JavaScript" in person.text()
    assert not person.evaluate("document.querySelector('[name=way]').checkVisibility()")
    person.fill("#title", "Sans script <b>")
    person.fill("#when", "mercredi")
    person.touch("#sending .go")
    person.until("document.querySelector('#f-consent')?.innerText.includes('votre accord')")
    assert "Cette date ne se comprend pas" in person.text("#f-when")
    assert person.evaluate("['title', 'when'].map((name) => document.getElementById(name).value)") == ["Sans script <b>", "mercredi"]
    person.fill("#when", "1974")
    person.fill("#text", "Appelez le 06 12 34 56 78.")
    person.touch("#consent")
    person.touch("#sending .go")
    person.until("document.querySelector('input[name=key]')")
    assert "Sans script <b>" in person.text(".preview") and "un numéro de téléphone" in person.text(".kind-warning")
    # The judges are scripts, which the page has none of.
    person.allow_scripts(True)
    assert accessible.faults(person) == [] and len(asked.queue(server, token)) == before
    person.without_scripts()
    person.touch(".go")
    person.until("document.querySelector('.ticket-code')")
    assert "relire" in person.text("main")
    waiting = asked.queue(server, token)
    assert len(waiting) == before + 1
    opened = server.ask("/receipts", "POST", json.dumps({"code": person.code})).json()
    [given] = [item for item in waiting if item["id"] == opened["id"]]
    assert given["feature"]["properties"]["title"] == "Sans script <b>" and given["feature"]["geometry"] is None
    assert person.complaints == [] or all("422" in complaint for complaint in person.complaints)


def test_a_form_of_another_site_is_refused(server):
    body = "title=Ailleurs&consent=yes"
    headers = {"Content_Type": "application/x-www-form-urlencoded"}
    assert server.ask(f"/contribute/{LAYER}", "POST", body, Origin="https://ailleurs.example", **headers).status == 403
    assert server.ask(f"/contribute/{LAYER}", "POST", body, Origin="null", **headers).status == 403
    assert server.ask(f"/contribute/{LAYER}", "POST", body, Origin=server.url, **headers).status == 200


def test_a_button_pressed_twice_without_scripts_gives_once(server, token):
    headers = {"Content_Type": "application/x-www-form-urlencoded", "Origin": server.url}
    before = len(asked.queue(server, token))
    first = server.ask(f"/contribute/{LAYER}", "POST", "title=Deux+fois&consent=yes", **headers)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', first.text)
    assert dict(fields)["title"] == "Deux fois" and len(dict(fields)["key"]) >= 26
    assert len(asked.queue(server, token)) == before
    codes = []
    for _ in range(2):
        given = server.ask(f"/contribute/{LAYER}", "POST", urllib.parse.urlencode(fields), **headers)
        assert given.status == 201
        codes.append(re.search(r'class="ticket-code"[^>]*>([^<]+)', given.text)[1])
    assert len(asked.queue(server, token)) == before + 1
    # The second receipt is the one that opens it.
    opened = [server.ask("/receipts", "POST", json.dumps({"code": code})).status for code in codes]
    assert opened == [404, 200]
    # Another key is another contribution.
    other = [(name, "x" * 30 if name == "key" else value) for name, value in fields]
    assert server.ask(f"/contribute/{LAYER}", "POST", urllib.parse.urlencode(other), **headers).status == 201
    assert len(asked.queue(server, token)) == before + 2
