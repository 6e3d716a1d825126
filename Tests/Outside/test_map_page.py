"""The page of a layer and of one contribution, as people use them: with eyes, keys, paper, a small screen, or none of that."""

import json
import math
import random
import re
import urllib.parse

import pytest
import shapely

import accessible
import hostile
import sample
from command import done, lieudit
from invented import SEED
from served import Server
from visitor import Visitor

LAYER = "carreaux"
PLAIN = sample.layer_names()[1]
PATH = f"/map/{LAYER}?interface=fr"
SHOWN = "[...document.querySelectorAll('.items article')].map(({ id }) => id.slice(2))"
READY = "document.querySelector('.near[aria-pressed]') && document.querySelector('.with-map')"  # The page's script has begun.
IDLE = "document.querySelector('canvas.maplibregl-canvas') && !document.querySelector('.waiting') && !document.querySelector('[aria-busy]')"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The sample, a layer in which each way to show a place occurs, and one of strange words."""
    folder = tmp_path_factory.mktemp("pages")
    store = folder / "lieudit.sqlite"
    sample.fill(store)
    (folder / "hostile.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": hostile.features(hostile.STRANGE)}))
    done(store, "import", folder / "hostile.geojson", "--layer", "malveillant")
    done(store, "layer", "create", LAYER, "--title", "Carreaux", "--review", "after")
    running = Server(store, "--writes-per-minute", "0")
    contribute(running)
    yield running
    assert running.stop() == 0, running.error


def contribute(server):
    chance = random.Random(SEED)
    for number in range(160):
        precision = ("about", "wide", "exact", "about", "none" if number % 40 == 4 else "about")[number % 5]
        near = (2.3795 + chance.gauss(0, 0.004), 48.868 + chance.gauss(0, 0.003))
        place = None if precision == "none" else {"type": "Point", "coordinates": near}
        body = {"type": "Feature", "geometry": place, "properties": {
            "title": f"Souvenir {number}", "text": "Un soir d’été", "consent": True, "precision": precision,
            "kind": ("memory", "place")[number % 2], "theme": [("fête", "travail", "école")[number % 3]],
            "when": str(1950 + number % 60)}}
        reply = server.ask(f"/collections/{LAYER}/items", "POST", json.dumps(body), Content_Type="application/geo+json")
        assert reply.status == 201, reply.text


@pytest.fixture
def visitor(tmp_path):
    visitor = Visitor(tmp_path / "profile", width=1100, height=800)
    yield visitor
    visitor.close()


@pytest.fixture
def on_phone(tmp_path):
    visitor = Visitor(tmp_path / "phone", width=360, height=740)
    yield visitor
    visitor.close()


def opened(visitor, server, path=PATH):
    visitor.open(f"{server.url}{path}", quiet=0.7)
    visitor.until(IDLE)
    visitor.wait(0.6)
    return visitor


def asked_items(visitor):
    return [address for address in visitor.requests if "/items?" in address]


def query(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


def strangers(visitor, server):
    host = urllib.parse.urlsplit(server.url).netloc
    return [a for a in visitor.requests if not a.startswith(("data:", "blob:", "about:")) and urllib.parse.urlsplit(a).netloc != host]


# The same set


def tile_of(longitude, latitude, zoom):
    tiles = 2**zoom
    row = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return int((longitude + 180) / 360 * tiles), int(row * tiles)


def on_map(server, layer, box, zoom, filters):
    """The ids that the tiles of a view hold, groups opened, of what stands within the box."""
    west, south, east, north = box
    (left, top), (right, bottom) = tile_of(west, north, zoom), tile_of(east, south, zoom)
    asked = urllib.parse.urlencode(filters)
    found = {}
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            for feature in server.get(f"/xyz/{layer}/{zoom}/{x}/{y}.geojson?{asked}").json()["features"]:
                properties = feature["properties"]
                if not properties.get("cluster"):
                    found[feature["id"]] = None
                    continue
                leaves = server.get(f"/xyz/{layer}/clusters/{properties['cluster_id']}/leaves?limit=10000&{asked}").json()
                found.update((leaf["id"], None) for leaf in leaves["features"])
    shapes = {feature["id"]: shapely.from_geojson(json.dumps(feature["geometry"]))
              for feature in server.features(layer) if feature["geometry"]}
    view = shapely.box(west, south, east, north)
    return {identifier for identifier in found if shapes[identifier].intersects(view)}


@pytest.mark.parametrize("filters", [{}, {"kind": "memory"}, {"theme": "fête", "datetime": "1960/1985"}, {"q": "souvenir"}],
                         ids=["everything", "a kind", "a theme in its time", "words"])
def test_the_list_is_what_the_map_shows_wherever_one_looks(server, visitor, filters):
    chance = random.Random(f"{SEED}{filters}")
    print(f"seed {SEED}")
    unplaced = {feature["id"] for feature in server.features(LAYER) if feature["geometry"] is None}
    opened(visitor, server, f"/map/{LAYER}?{urllib.parse.urlencode(filters)}")
    compared = 0
    for _ in range(6):
        zoom = chance.choice([13.2, 14.4, 15.1, 15.9, 16.6, 17.3])
        visitor.evaluate(f"location.hash = '#carte={zoom}/{2.3795 + chance.gauss(0, 0.004):.5f}/{48.868 + chance.gauss(0, 0.003):.5f}'")
        visitor.wait(0.7)
        visitor.until(IDLE)
        last = query(asked_items(visitor)[-1])
        if "bbox" not in last:
            continue
        while visitor.evaluate("!document.querySelector('.next').hidden"):
            before = len(visitor.evaluate(SHOWN))
            visitor.evaluate("document.querySelector('.next a').click()")
            visitor.until(f"{SHOWN}.length > {before}")
        box = [float(degrees) for degrees in last["bbox"].split(",")]
        assert {name: last.get(name) for name in filters} == filters
        listed = set(visitor.evaluate(SHOWN)) - unplaced
        assert listed == on_map(server, LAYER, box, math.floor(zoom), filters)
        compared += 1
    assert compared >= 4
    tiles = [query(address) for address in visitor.requests if ".mvt" in address]
    assert tiles and all({name: tile.get(name) for name in filters} == filters for tile in tiles)


def test_a_crowded_list_is_cut_and_says_so(server, visitor):
    opened(visitor, server)
    visitor.evaluate("location.hash = '#carte=13.5/2.3795/48.868'")
    visitor.wait()
    assert len(visitor.evaluate(SHOWN)) == 100
    assert re.search(r"100 sur (environ )?1\d\d", visitor.evaluate("document.querySelector('.count').textContent"))
    assert visitor.evaluate("document.querySelector('.next').hidden") is False


# Filters


def test_the_form_asks_the_same_with_and_without_a_script(server, visitor, tmp_path):
    opened(visitor, server)
    visitor.evaluate("document.querySelector('.refine').open = true")
    visitor.evaluate("document.querySelector('[name=kind][value=memory]').click()")
    visitor.evaluate("""(() => { const from = document.querySelector('[name=from]'); from.value = '1960';
        from.dispatchEvent(new Event('change', { bubbles: true })); })()""")
    visitor.wait()
    address = urllib.parse.urlsplit(visitor.evaluate("location.href"))
    assert dict(urllib.parse.parse_qsl(address.query)) == {"interface": "fr", "kind": "memory", "datetime": "1960/.."}
    lively = sorted(visitor.evaluate(SHOWN))
    expected = {feature["id"] for feature in server.features(LAYER, "limit=10000&kind=memory&datetime=1960/..")}
    assert set(lively) <= expected and len(lively) == min(100, len(expected))
    plain = Visitor(tmp_path / "plain")
    try:
        plain.without_scripts()
        plain.open(f"{server.url}/map/{LAYER}?interface=fr&q=&kind=memory&theme=&from=1960&to=", quiet=0.5)
        assert sorted(plain.evaluate(SHOWN)) == lively
        assert plain.evaluate("document.querySelector('[name=kind]:checked').value") == "memory"
        assert plain.evaluate("document.querySelector('[name=from]').value") == "1960"
    finally:
        plain.close()


def test_going_back_asks_what_was_asked_before(server, visitor):
    opened(visitor, server)
    before = visitor.evaluate(SHOWN)
    visitor.evaluate("document.querySelector('#mots').value = 'Souvenir 42'; document.querySelector('.filters').requestSubmit()")
    visitor.until(f"{SHOWN}.length === 1")
    visitor.evaluate("history.back()")
    visitor.until(f"{SHOWN}.length > 1")
    visitor.wait()
    assert visitor.evaluate(SHOWN) == before and visitor.evaluate("document.querySelector('#mots').value") == ""


def test_years_are_chosen_with_the_arrow_keys(server, visitor):
    opened(visitor, server)
    visitor.evaluate("document.querySelector('.refine').open = true; document.querySelector('.slider input').focus()")
    for _ in range(5):
        visitor.press("ArrowRight")
    assert visitor.evaluate("document.querySelector('[name=from]').value") == "1955"
    visitor.wait()
    assert query(visitor.evaluate("location.href"))["datetime"] == "1955/.."


def test_the_query_never_bears_the_view(server, visitor):
    opened(visitor, server)
    visitor.evaluate("location.hash = '#carte=16/2.38/48.868'")
    visitor.wait()
    assert visitor.evaluate("location.search") == "?interface=fr"
    assert visitor.evaluate("location.hash").startswith("#carte=16.00/2.38000/48.86800")
    first = server.features(LAYER, "limit=1&bbox=2.379,48.867,2.381,48.869")[0]["id"]
    visitor.evaluate(f"document.querySelector('[data-item=\"{first}\"]').click()")
    visitor.until(f"location.hash.endsWith('/{first}')")


# Where the visitor is


def finer_than_a_tile(address, longitude, latitude):
    """Whether an address gives away more than the tile of zoom 13 in which somebody is."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d{2,}", urllib.parse.unquote(address))]
    tile = re.search(r"/xyz/[^/]+/(\d+)/(\d+)/(\d+)\.", address)
    deep = tile and int(tile[1]) > 13 and (int(tile[2]), int(tile[3])) == tile_of(longitude, latitude, int(tile[1]))
    return bool(deep) or any(abs(number - place) < 0.0005 for number in numbers for place in (longitude, latitude))


@pytest.mark.parametrize("width", [1100, 360], ids=["with the map", "the list alone"])
def test_near_me_tells_the_server_a_tile_and_nothing_finer(server, tmp_path, width):
    x, y = tile_of(2.3795, 48.868, 13)
    corners = []
    for part in (0.13, 0.91):  # Two places in one tile, which nothing that is sent may tell apart.
        latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + part) / 2**13))))
        corners.append(((x + part) / 2**13 * 360 - 180, latitude))
    sessions = []
    for number, place in enumerate(corners):
        visitor = Visitor(tmp_path / f"{width}-{number}", width=width, height=740)
        try:
            visitor.stand(server.url, *place)
            visitor.open(f"{server.url}{PATH}", quiet=0.7)
            if width > 800:
                visitor.until(IDLE)
                visitor.wait()
            visitor.until(READY)
            visitor.evaluate("document.querySelector('.near').click()")
            visitor.until("document.querySelector('.near').getAttribute('aria-pressed') === 'true'")
            visitor.until("document.querySelector('.away')")
            visitor.wait(1.5)
            assert not [address for address in visitor.requests if finer_than_a_tile(address, *place)]
            assert strangers(visitor, server) == []
            assert f"{place[0]:.3f}" not in visitor.evaluate("location.href + document.cookie + JSON.stringify(localStorage)")
            sessions.append(({a for a in visitor.requests if a.startswith("http")}, visitor.evaluate(SHOWN)))
            away = visitor.evaluate("[...document.querySelectorAll('.away')].map((node) => node.textContent)")
            assert len(away) > 50 and all("à" in text or "ici" in text for text in away)
        finally:
            visitor.close()
    assert sessions[0][0] == sessions[1][0], "the server cannot tell one place from the other"
    assert sessions[0][1] != sessions[1][1], "each sees their own nearest first"
    assert any("near=" in address for address in sessions[0][0])


def test_the_judge_of_positions_sees_one_that_is_sent(server):
    place = (2.3795, 48.868)
    assert finer_than_a_tile(f"{server.url}/collections/x/items?near=2.3795,48.8680", *place)
    assert finer_than_a_tile("{}/xyz/x/15/{}/{}.mvt".format(server.url, *tile_of(*place, 15)), *place)
    assert not finer_than_a_tile("{}/xyz/x/13/{}/{}.mvt".format(server.url, *tile_of(*place, 13)), *place)


def test_where_the_device_says_nothing_the_list_stays(server, on_phone):
    on_phone.open(f"{server.url}{PATH}", quiet=0.7)
    on_phone.until(READY)
    before = on_phone.evaluate(SHOWN)
    on_phone.evaluate("navigator.geolocation.getCurrentPosition = (_, refuse) => refuse({ code: 1 })")
    on_phone.evaluate("document.querySelector('.near').click()")
    on_phone.until("document.querySelector('.said').textContent.includes('ne dit pas')")
    assert on_phone.evaluate(SHOWN) == before


# Strange words


@pytest.mark.parametrize("light", ["light", "dark"])
def test_endless_words_both_directions_and_signs_fit_in_the_list_the_panel_the_page_and_the_filters(server, tmp_path, light):
    visitor = Visitor(tmp_path / "narrow", width=320, height=640)
    try:
        visitor.prefer(prefers_color_scheme=light)
        visitor.open(f"{server.url}/map/malveillant?interface=fr", quiet=0.5)
        visitor.until(READY)
        visitor.evaluate("document.querySelector('.refine').open = true")
        assert accessible.measured(visitor) == []
        for feature in server.features("malveillant"):
            visitor.evaluate(f"""Promise.all([import("/assets/panel.js"), import("/assets/article.js")]).then(([{{ Panel }}, {{ Articles }}]) => {{
                const words = JSON.parse(document.querySelector("#page").dataset.words);
                document.body.classList.add("map-open");
                new Panel(document.querySelector("#carte"), new Articles({{ layer: "malveillant", stay: "", words, language: "fr" }}), {{ closed() {{}}, chosen() {{}} }})
                    .show({json.dumps(feature)});
            }})""")
            assert visitor.evaluate("document.querySelector('.panel').scrollWidth <= 320 && document.documentElement.scrollWidth <= 320"), feature["properties"]["title"][:20]
        for feature in server.features("malveillant"):
            visitor.open(f"{server.url}/collections/malveillant/items/{feature['id']}?f=html&interface=fr", quiet=0.3)
            assert accessible.measured(visitor) == [], feature["properties"]["title"][:20]
    finally:
        visitor.close()


def test_a_word_of_ten_thousand_letters_is_refused_beside_its_field(server):
    body = {"type": "Feature", "geometry": None, "properties": {"title": "Un mot", "text": "w" * 10_000, "consent": True, "precision": "none"}}
    reply = server.ask(f"/collections/{LAYER}/items", "POST", json.dumps(body), Content_Type="application/geo+json")
    assert reply.status == 422 and reply.json()["errors"][0]["pointer"] == "/properties/text"


def test_text_from_right_to_left_keeps_to_itself(server, on_phone):
    on_phone.open(f"{server.url}/map/malveillant", quiet=0.5)
    on_phone.until("""[...document.querySelectorAll('.items h3 a')].filter((node) => /[\\u0600-\\u06ff]/.test(node.textContent) && node.textContent.length < 100
        && getComputedStyle(node).direction === 'rtl' && getComputedStyle(node).unicodeBidi === 'isolate').length === 1""")


# Everybody


def focus(visitor):
    return visitor.evaluate("""(() => { const node = document.activeElement; const style = getComputedStyle(node.closest('.kinds label')?.querySelector('span') ?? node);
        const thumb = node.type === 'range' ? '3px' : style.outlineWidth;
        return [node.tagName, node.id || node.className || node.name || node.textContent.trim().slice(0, 20), style.outlineStyle !== 'none' || node.type === 'range' ? parseFloat(thumb) : 0, Boolean(node.closest('#carte'))]; })()""")


def test_everything_is_reached_and_seen_with_the_tab_key(server, visitor):
    opened(visitor, server, f"/map/{PLAIN}")
    visitor.evaluate("document.querySelector('.refine').open = true")
    expected = visitor.evaluate("""[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, canvas[tabindex='0']")]
        .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled && !node.closest('details:not([open]) > :not(summary)')).length""")
    seen = []
    for _ in range(expected + 10):
        visitor.press("Tab")
        found = focus(visitor)
        if found[0] == "BODY":
            break
        assert found[2] >= 2 or found[0] == "LABEL", found
        seen.append(found)
    # Of the radio buttons of one name, the tab key meets one.
    assert len(seen) >= expected - 4, (len(seen), expected)
    assert any(part[3] for part in seen), "the map is reached"


def test_escape_closes_what_is_open(server, on_phone):
    on_phone.open(f"{server.url}/map/{PLAIN}", quiet=0.6)
    on_phone.until(READY)
    on_phone.evaluate("document.querySelector('nav summary').focus()")
    on_phone.press("Enter")
    assert on_phone.evaluate("document.querySelector('nav details').open")
    on_phone.press("Escape")
    assert not on_phone.evaluate("document.querySelector('nav details').open")
    assert on_phone.evaluate("document.activeElement.tagName") == "SUMMARY"
    on_phone.evaluate("document.querySelector('.open').focus()")
    on_phone.press("Enter")
    on_phone.until("document.body.classList.contains('map-open')")
    on_phone.until(IDLE)
    on_phone.press("Escape")
    on_phone.until("!document.body.classList.contains('map-open')")
    assert on_phone.evaluate("document.activeElement.className") == "open"


def test_a_group_opens_with_the_enter_key(server, visitor):
    opened(visitor, server)
    visitor.evaluate("location.hash = '#carte=12.5/2.3795/48.868'")
    visitor.wait()
    visitor.until("document.querySelector('.groups button')")
    visitor.evaluate("document.querySelector('.groups button').focus()")
    assert re.match(r"\d+ contributions, ouvrir", visitor.evaluate("document.activeElement.ariaLabel"))
    visitor.press("Enter")
    visitor.wait(1)
    assert float(visitor.evaluate("location.hash.slice(7)").split("/")[0]) > 12.5


# What is sent and kept


def test_the_first_load_is_light_and_leaves_nothing_behind(server, visitor):
    opened(visitor, server, f"/map/{PLAIN}")
    loaded = [(address, size) for address, size in visitor.weights() if "/xyz/" not in address or address.endswith(".json")]
    letters = sum(size for address, size in loaded if "/fonts/" in address)
    weight = sum(size for _, size in loaded)
    print(f"first load: {weight / 1024:.0f} KB, of which letters {letters / 1024:.1f} KB")
    assert 100_000 < weight <= 300 * 1024
    assert strangers(visitor, server) == [] and visitor.complaints == []
    assert visitor.evaluate("""indexedDB.databases().then(async (bases) =>
        document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage) + bases.length + (await caches.keys()).length)""") == "00"


def test_on_a_phone_the_map_library_comes_with_the_map_only(server, on_phone):
    on_phone.open(f"{server.url}/map/{PLAIN}", quiet=0.7)
    assert not [address for address in on_phone.requests if "maplibre" in address or "/xyz/" in address]
    on_phone.evaluate("location.hash = '#carte'")
    on_phone.until(IDLE)
    assert [address for address in on_phone.requests if "maplibre-gl.js" in address]


def test_a_light_that_changes_while_the_map_is_on_its_way_is_followed(server, on_phone):
    on_phone.prefer(prefers_color_scheme="dark")
    on_phone.open(f"{server.url}/map/{PLAIN}", quiet=0.7)
    on_phone.evaluate("location.hash = '#carte'")
    on_phone.until("document.querySelector('#carte').dataset.drawn?.includes('nuit')")
    on_phone.prefer(prefers_color_scheme="light")
    on_phone.until(IDLE)
    on_phone.until("(({ drawn, style }) => drawn === style)(document.querySelector('#carte').dataset)")
    on_phone.wait()
    styles = [address for address in on_phone.requests if "/styles/" in address]
    assert "nuit" in styles[0] and "nuit" not in styles[-1] and on_phone.complaints == []


@pytest.mark.parametrize("path", [f"/map/{PLAIN}", f"/collections/{PLAIN}/items?f=html", "/map/nulle-part"])
def test_the_pages_say_what_a_browser_must_refuse(server, path):
    reply = server.ask(path, Accept="text/html,application/xhtml+xml")
    policy = reply.header("Content-Security-Policy")
    assert reply.kind == "text/html" and "unsafe" not in policy and "worker-src" in policy and "blob:" in policy
    assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
    assert reply.header("X-Content-Type-Options") == "nosniff" and reply.header("Referrer-Policy") == "no-referrer"
    assert reply.header("Cross-Origin-Opener-Policy") == "same-origin"
    assert "geolocation=(self)" in reply.header("Permissions-Policy") and "camera=()" in reply.header("Permissions-Policy")


def test_a_link_to_a_contribution_says_what_it_is(server):
    feature = next(f for f in server.features(LAYER) if f["properties"]["precision"] == "about")
    page = server.get(f"/collections/{LAYER}/items/{feature['id']}?f=html&interface=fr").text
    for words in (f'property="og:title" content="{feature["properties"]["title"]}"', 'property="og:type" content="article"',
                  f'rel="canonical" href="{server.url}/collections/{LAYER}/items/{feature["id"]}"',
                  "autour d’ici, à 200 m près", "Pas de licence libre", f'href="/map/{LAYER}', "Publié en"):
        assert words in page, words
    assert "og:image" not in page


# Paper


def test_on_paper_the_map_and_the_numbered_list_stand_together(server, visitor, tmp_path):
    opened(visitor, server, f"/map/{PLAIN}?interface=fr")
    visitor.press("Tab")
    visitor.wait()
    visitor.prefer("print")
    visitor.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.until("document.querySelector('.on-paper')?.complete")
    assert visitor.evaluate("document.querySelector('.on-paper').checkVisibility() && document.querySelector('.on-paper').src.length > 5000")
    assert visitor.evaluate("getComputedStyle(document.querySelector('.items h3'), '::before').content").startswith("counter(item)")
    words = visitor.evaluate("document.body.innerText")
    assert "Imprimé le" in words and "Licence" in words and "Lieudit" in words and "/map/" in words
    assert not visitor.evaluate("document.querySelector('.filters').checkVisibility() || document.querySelector('.show').checkVisibility()")
    paper = tmp_path / "page.pdf"
    paper.write_bytes(visitor.print())
    assert paper.stat().st_size > 20_000 and paper.read_bytes().startswith(b"%PDF")


# A venue's own look


def themed(folder, theme):
    folder.mkdir()
    (folder / "theme.json").write_text(json.dumps(theme))
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32"><path d="M0 0h96v32H0z"/></svg>')
    (folder / "picture.png").write_bytes(bytes.fromhex("89504e470d0a1a0a"))
    return str(folder)


def test_a_venue_gives_its_colours_its_logo_and_its_picture(serve, sample_store, visitor, tmp_path):
    store = tmp_path / "themed.sqlite"
    sample.fill(store)
    running = serve(store, "--theme", themed(tmp_path / "theme", {"day": {"link": "#5b2a86", "paper": "#f2f4f7"}}))
    visitor.prefer(prefers_color_scheme="light")
    visitor.open(f"{running.url}/map/{PLAIN}", quiet=0.6)
    assert visitor.evaluate("getComputedStyle(document.querySelector('.tongue a')).color") == "rgb(91, 42, 134)"
    assert visitor.evaluate("document.querySelector('.masthead img').naturalWidth") == 96
    assert visitor.evaluate("document.querySelector('meta[property=\"og:image\"]').content") == f"{running.url}/assets/picture.png"
    assert running.get("/assets/picture.png").kind == "image/png" and accessible.faults(visitor) == []


@pytest.mark.parametrize("theme, sentence", [
    ({"day": {"ink": "#999999"}}, r"day\.ink #999999 on day\.(paper|card) #\w+ has a contrast of 2\.\d\d : 1; it needs 4\.50 : 1"),
    ({"night": {"paper": "#777777"}}, r"has a contrast of"), ({"day": {"link": "red;}"}}, r"written as #rrggbb"),
    ({"day": {"fonts": "#112233"}}, r"day\.fonts"), ({"dawn": {}}, r"dawn"),
])
def test_colours_that_cannot_be_read_are_refused_with_their_ratio(tmp_path, theme, sentence):
    refused = lieudit(tmp_path / "none.sqlite", "serve", "--port", "0", "--theme", themed(tmp_path / "theme", theme), timeout=30)
    assert refused.status == 1 and re.search(sentence, refused.error), refused.error
