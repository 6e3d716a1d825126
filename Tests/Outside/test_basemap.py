"""A ground made by Tools/basemap and letters made by Tools/glyphs, served, and drawn by MapLibre in Chromium."""

import gzip
import json
import math
import sqlite3
import subprocess
import urllib.parse

import mapbox_vector_tile
import pytest

import quarter
import sample
from chromium import Chromium
from command import REPOSITORY, lieudit
from served import Server

STYLES = ("lieudit", "lieudit-contraste", "lieudit-nuit")
LETTERS = REPOSITORY / ".tools/fonts"
VIEW = {"center": [2.3815, 48.8686], "zoom": 15.6}


def tool(name, *arguments):
    words = [str(REPOSITORY / "Tools" / name), *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quartier")
    output = folder / "sol.mbtiles"
    finished = tool("basemap", quarter.write(folder), "--output", output)
    assert finished.returncode == 0, finished.stderr
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith((".", "sol"))) == [
        "sol.mbtiles", "sol.names.json"]
    return output


@pytest.fixture(scope="module")
def server(made, tmp_path_factory):
    # A store of its own: two servers never write to one.
    store = tmp_path_factory.mktemp("ground") / "lieudit.sqlite"
    sample.fill(store)
    server = Server(store, "--basemap", str(made))
    yield server
    assert server.stop() == 0, server.error


@pytest.fixture(scope="module")
def browser(server, tmp_path_factory):
    chromium = Chromium(tmp_path_factory.mktemp("profile"))
    chromium.open(f"{server.url}/map/{sample.layer_names()[0]}")
    yield chromium
    chromium.close()


def tile_of(longitude, latitude, zoom):
    x = (longitude + 180) / 360
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return int(x * 2**zoom), int(y * 2**zoom)


def ground(server, zoom=14):
    """Features of the tile at the quarter's middle, by layer."""
    x, y = tile_of(*VIEW["center"], zoom)
    reply = server.get(f"/basemap/{zoom}/{x}/{y}.mvt", Accept_Encoding="gzip")
    assert reply.header("Content-Encoding") == "gzip" and reply.kind == "application/vnd.mapbox-vector-tile"
    tile = mapbox_vector_tile.decode(gzip.decompress(reply.body))
    return {name: [feature["properties"] for feature in layer["features"]] for name, layer in tile.items()}


def test_the_tiles_hold_what_the_schema_promises_and_nothing_below_the_ground(server):
    layers = ground(server)
    assert {"land", "water", "waterway", "building", "rail", "street", "square", "name"} == set(layers)
    streets = {(street["class"], street.get("name")) for street in layers["street"]}
    assert streets == {
        ("minor", "Rue des Essais"), ("main", "Avenue de l’Étoile"), ("secondary", "Οδός Ερμού"),
        ("minor", "<script>alert(1)</script>"), ("path", "Passage des Échos"), ("steps", None)}
    assert len(layers["building"]) == 2 and [rail["class"] for rail in layers["rail"]] == ["rail"]
    assert {(name["class"], name["name"]) for name in layers["name"]} == {
        ("green", "Jardin du Lavoir"), ("square", "Place du Marché"), ("station", "Essais"),
        ("venue", "Théâtre du Seuil"), ("quarter", "Quartier des Essais")}
    assert "building" not in ground(server, zoom=12)


def test_every_zoom_from_0_to_14_answers_and_no_other(server):
    for zoom in range(15):
        x, y = tile_of(*VIEW["center"], zoom)
        assert server.get(f"/basemap/{zoom}/{x}/{y}.mvt").header("ETag")
    assert server.get("/basemap/14/0/0.mvt").body == b""
    server.get("/basemap/15/0/0.mvt", expected=404)
    told = server.get("/basemap.json").json()
    assert (told["minzoom"], told["maxzoom"]) == (0, 14)
    assert told["attribution"].endswith("contributors, ODbL") and "OpenStreetMap" in told["attribution"]


def test_the_names_are_each_there_once_at_a_place_on_the_thing_itself(server, made):
    reply = server.get("/basemap/names.json")
    assert reply.plain == made.with_suffix(".names.json").read_bytes()
    names = reply.json()["names"]
    found = {}
    for name, kind, *position in names:
        found.setdefault((name, kind), []).append(position)
    assert {key: len(positions) for key, positions in found.items()} == quarter.NAMES
    corner = (quarter.WEST, quarter.SOUTH)
    steps = {key: sorted((round((x - corner[0]) / quarter.EAST), round((y - corner[1]) / quarter.NORTH))
                         for x, y in positions) for key, positions in found.items()}
    assert steps[("Rue des Essais", "street")][0] == (50, 40), "where its two parts meet"
    assert steps[("Rue des Essais", "street")][1][1] == 400
    assert steps[("Avenue de l’Étoile", "street")] == [(50, 12)], "its vertex, and no point beside it"
    assert steps[("Jardin du Lavoir", "square")] in ([(80, 52)], [(80, 53)]), "the middle of the area"
    assert "OpenStreetMap" in reply.json()["attribution"]


def test_the_names_are_in_the_order_of_the_alphabet_whatever_their_accents(server):
    names = [entry[0] for entry in server.get("/basemap/names.json").json()["names"]]
    assert names.index("Passage des Échos") < names.index("Place du Marché") < names.index("Théâtre du Seuil")


# Every pixel as it was drawn, in counts by colour.
DRAW = """
(async (style, view) => {
  const container = document.createElement("div");
  container.style.cssText = "position: fixed; inset: 0; z-index: 9";
  document.body.prepend(container);
  const map = new maplibregl.Map({ container, style, ...view, canvasContextAttributes: { preserveDrawingBuffer: true },
    attributionControl: { compact: false } });
  const errors = [];
  await new Promise((done) => {
    map.on("error", ({ error }) => { errors.push(error.message); setTimeout(done, 200); });
    map.once("idle", done);
    setTimeout(() => { errors.push("never idle"); done(); }, 20000);
  });
  const gl = map.getCanvas().getContext("webgl2");
  const pixels = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4);
  gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  const colours = {};
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = "#" + [0, 1, 2].map((n) => pixels[at + n].toString(16).padStart(2, "0")).join("");
    colours[colour] = (colours[colour] ?? 0) + 1;
  }
  const drawn = [...new Set(map.queryRenderedFeatures().map(({ layer }) => layer.id))];
  const thanks = container.querySelector(".maplibregl-ctrl-attrib").innerText;
  map.remove();
  container.remove();
  return { errors, drawn, thanks, colours };
})"""


def draw(browser, server, style, change=lambda style: None):
    document = server.get(f"/styles/{style}?layer={sample.layer_names()[0]}").json()
    change(document)
    return browser.evaluate(f"{DRAW}({json.dumps(document)}, {json.dumps(VIEW)})")


def without_text(style):
    style["layers"] = [layer for layer in style["layers"] if "text-field" not in layer.get("layout", {})]


def ink(style, server, layer="ground-street-name"):
    document = server.get(f"/styles/{style}").json()
    return next(entry for entry in document["layers"] if entry["id"] == layer)["paint"]["text-color"]


def near(colours, wanted, reach=24):
    """How many pixels have about this colour: letters have soft edges."""
    def parts(colour):
        return [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
    return sum(count for colour, count in colours.items()
               if all(abs(a - b) <= reach for a, b in zip(parts(colour), parts(wanted))))


@pytest.mark.parametrize("style", STYLES)
def test_maplibre_draws_the_ground_and_its_names_without_a_word_of_complaint(server, browser, style):
    seen = draw(browser, server, style)
    assert seen["errors"] == []
    assert {"ground-street", "ground-land", "ground-building", "ground-street-name", "ground-place-name"} <= set(
        seen["drawn"])
    assert "© OpenStreetMap contributors, ODbL" in seen["thanks"]
    silent = draw(browser, server, style, without_text)
    assert silent["errors"] == []
    # The same map without its letters lacks their ink.
    letters = ink(style, server)
    assert near(seen["colours"], letters) > 3 * near(silent["colours"], letters) + 20
    streets = max(silent["colours"].values())
    assert streets < sum(silent["colours"].values()) * 0.95, "the ground is one colour"


def test_the_page_shows_the_ground_thanks_for_it_and_asks_nobody_else(server, browser):
    browser.events.clear()
    layer = sample.layer_names()[0]
    browser.open(f"{server.url}/map/{layer}")
    hosts = {urllib.parse.urlsplit(address).hostname for address in browser.requests
             if not address.startswith(("data:", "blob:", "about:"))}
    assert hosts == {"127.0.0.1"}
    assert browser.complaints == []
    # Letters are drawn once somebody turns to the map.
    assert not any("/fonts/Noto" in address for address in browser.requests)
    browser.evaluate("document.querySelector('section.map').dispatchEvent(new Event('pointerenter'))")
    for _ in range(100):
        if any("/fonts/Noto" in address for address in browser.requests):
            break
        browser.evaluate("new Promise((done) => setTimeout(done, 100)).then(() => 1)")
    paths = [urllib.parse.urlsplit(address).path for address in browser.requests]
    for part in ("/basemap.json", "/basemap/", "/fonts/Noto%20", f"/xyz/{layer}/"):
        assert any(path.startswith(part) for path in paths), part
    assert "OpenStreetMap" in browser.evaluate("document.querySelector('.maplibregl-ctrl-attrib').innerText")


def test_without_a_basemap_and_letters_the_same_styles_draw_the_layer_on_a_quiet_ground(store, serve, tmp_path):
    sample.fill(store)
    bare = serve(store, "--fonts", str(tmp_path / "none"))
    chromium = Chromium(tmp_path / "profile")
    try:
        chromium.open(f"{bare.url}/map/{sample.layer_names()[0]}")
        assert chromium.complaints == []
        for style in STYLES:
            seen = draw(chromium, bare, style)
            assert seen["errors"] == [] and seen["drawn"], style
            assert not any(name.startswith("ground-") for name in seen["drawn"])
        assert not any("/fonts/" in address or "/basemap" in address for address in chromium.requests)
    finally:
        chromium.close()


# What is done to a good file → what the server says instead of starting.
BROKEN = {
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:3000]), "no SQLite file, or damaged"),
    "something else": (lambda path: path.write_text("<html>"), "no SQLite file, or damaged"),
    "pictures": (lambda path: change(path, "UPDATE metadata SET value = 'png' WHERE name = 'format'"), "vector tiles"),
    "empty": (lambda path: change(path, "DELETE FROM tiles"), "no tiles"),
    "missing": (lambda path: path.unlink(), "no such file"),
}


def change(path, statement):
    with sqlite3.connect(path) as database:
        database.execute(statement)
    database.close()


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_basemap_is_refused_at_the_start_with_a_sentence(made, store, tmp_path, what):
    path = tmp_path / "sol.mbtiles"
    path.write_bytes(made.read_bytes())
    spoil, said = BROKEN[what]
    spoil(path)
    finished = lieudit(store, "serve", "--port", "0", "--basemap", path)
    assert finished.status == 1 and finished.output == ""
    assert f"the basemap {path} cannot be used" in finished.error and said in finished.error
    assert "Fatal" not in finished.error


def test_the_tool_refuses_what_is_no_extract_and_leaves_nothing_behind(tmp_path):
    wrong = tmp_path / "wrong.osm.pbf"
    wrong.write_text("no extract")
    output = tmp_path / "out" / "sol.mbtiles"
    finished = tool("basemap", wrong, "--output", output)
    assert finished.returncode == 1 and "is no OpenStreetMap extract" in finished.stderr
    assert list(output.parent.iterdir()) == []
    assert tool("basemap", tmp_path / "none.osm.pbf").returncode == 1
    assert tool("basemap").returncode == 64 and tool("basemap", "--help").stdout.startswith("Tools/basemap ")
    assert tool("glyphs", "--help").stdout.count("Tools/glyphs") >= 1


# Letters


def varint(data, at):
    number = shift = 0
    while True:
        byte = data[at]
        number, shift, at = number | (byte & 0x7F) << shift, shift + 7, at + 1
        if byte < 0x80:
            return number, at


def fields(data):
    """The fields of a protocol buffer that has whole numbers and bytes only."""
    at, found = 0, []
    while at < len(data):
        key, at = varint(data, at)
        value, at = varint(data, at)
        if key & 7 == 2:
            value, at = data[at:at + value], at + value
        found.append((key >> 3, value))
    return found


def glyphs(data):
    [(one, stack)] = fields(data)
    assert one == 1
    found = fields(stack)
    told = {number: value.decode() for number, value in found if number < 3}
    return told, [dict(fields(value)) for number, value in found if number == 3]


def signed(number):
    return number >> 1 ^ -(number & 1)


def test_every_glyph_has_the_pixels_that_it_says_and_stands_in_its_range(server):
    for name in tool("glyphs", "--list").stdout.split("\n")[:-1]:
        for first in (0, 256, 768, 1024, 1536):
            reply = server.get(f"/fonts/{urllib.parse.quote(name)}/{first}-{first + 255}.pbf")
            told, found = glyphs(reply.plain)
            assert told == {1: name, 2: f"{first}-{first + 255}"}
            if name == "Lieudit Numbers":
                assert {chr(glyph[1]) for glyph in found} == (set(" +,-.0123456789KMk×") if first == 0 else set())
            else:
                assert len(found) > 90, f"{name} {first}"
            for glyph in found:
                assert first <= glyph[1] <= first + 255
                assert len(glyph.get(2, b"")) in (0, (glyph[3] + 6) * (glyph[4] + 6))
                assert glyph[7] < 60 and -40 < signed(glyph[6]) < 10


def test_letters_of_all_the_scripts_named_are_there(server):
    there = set()
    for first in (0, 256, 512, 768, 1024, 1536, 7680, 8192):
        there |= {glyph[1] for glyph in
                  glyphs(server.get(f"/fonts/Noto%20Sans%20Regular/{first}-{first + 255}.pbf").plain)[1]}
    assert {ord(letter) for letter in "Éàçœŵșñß’«» Ωμέλ Жяїў سوقحي Ấ–…"} <= there


def test_distances_are_those_of_the_outline(server):
    """The letter l of this font is an upright rectangle, to which the distance of every pixel is known."""
    _, found = glyphs(server.get("/fonts/Noto%20Sans%20Regular/0-255.pbf").plain)
    [letter] = [glyph for glyph in found if glyph[1] == ord("l")]
    # Of 1,000 units an em, drawn 24 pixels high.
    left, right, foot, head = (units * 24 / 1000 for units in (85, 173, 0, 760))
    width, height = letter[3] + 6, letter[4] + 6
    west, top = signed(letter[5]) - 3, math.ceil(head) + 3
    worst = 0
    for row in range(height):
        for column in range(width):
            x, y = west + column + 0.5, top - row - 0.5
            inside = min(x - left, right - x, y - foot, head - y)
            outside = math.hypot(max(left - x, 0, x - right), max(foot - y, 0, y - head))
            distance = outside if outside else -inside
            wanted = min(max(255 - 255 * (distance / 8 + 0.25), 0), 255)
            worst = max(worst, abs(letter[2][row * width + column] - wanted))
    assert worst < 6, f"{worst} of 255, which are 8 pixels"
