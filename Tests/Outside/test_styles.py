"""Styles before MapLibre itself: what it says of one, by the reference of its version 8, and what it draws."""

import json

import pytest

import sample
from chromium import Chromium

STYLES = ("lieudit", "lieudit-contraste", "lieudit-nuit")
# A style that errs is never idle; all that is wrong with it is said at once.
READ = """
(async (style, bounds) => {
  const container = document.createElement("div");
  container.style.width = container.style.height = "400px";
  document.body.prepend(container);
  const map = new maplibregl.Map({ container, style, bounds, fitBoundsOptions: { maxZoom: 17 } });
  const errors = [];
  await new Promise((done) => {
    map.on("error", ({ error }) => { errors.push(error.message); setTimeout(done, 200); });
    map.once("idle", done);
    setTimeout(() => { errors.push("never idle"); done(); }, 20000);
  });
  const drawn = errors.length ? [] : map.queryRenderedFeatures().map(({ layer }) => layer.id);
  map.remove();
  container.remove();
  return { errors, drawn };
})"""


@pytest.fixture(scope="module")
def browser(sample_server, tmp_path_factory):
    chromium = Chromium(tmp_path_factory.mktemp("profile"))
    chromium.open(f"{sample_server.url}/map/{sample.layer_names()[0]}")
    yield chromium
    chromium.close()


def read(browser, style, layer):
    """What MapLibre says of a style, and which layers of the style have drawn something of the sample."""
    box = sample.bounds([feature for feature in sample.features(layer) if feature["geometry"]])
    return browser.evaluate(f"{READ}({json.dumps(style)}, {json.dumps(box)})")


def served(server, style, layer):
    return server.get(f"/styles/{style}?layer={layer}").json()


def test_every_style_is_looked_at(sample_server):
    assert [entry["id"] for entry in sample_server.get("/styles").json()["styles"]] == list(STYLES)


@pytest.mark.parametrize("layer", sample.layer_names())
@pytest.mark.parametrize("style", STYLES)
def test_maplibre_finds_nothing_wrong_with_a_style_and_draws_by_it(sample_server, browser, style, layer):
    seen = read(browser, f"{sample_server.url}/styles/{style}?layer={layer}", layer)
    assert seen["errors"] == []
    assert seen["drawn"]


@pytest.mark.parametrize("query", ["", *(f"?layer={layer}" for layer in sample.layer_names())])
@pytest.mark.parametrize("style", STYLES)
def test_a_style_draws_source_layers_that_there_are_and_names_nobody_else(sample_server, style, query):
    document = sample_server.get(f"/styles/{style}{query}").json()
    layers = {}
    for name, source in document["sources"].items():
        told = sample_server.get(source["url"]).json()
        layers[name] = {layer["id"] for layer in told["vector_layers"]}
    drawing = [layer for layer in document["layers"] if layer["type"] != "background"]
    assert drawing and all(layer["source-layer"] in layers[layer["source"]] for layer in drawing)
    assert all(address.startswith(f"{sample_server.url}/") for address in addresses(document))
    assert document["glyphs"].startswith(f"{sample_server.url}/fonts/") and "sprite" not in document


def addresses(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [address for member in value for address in addresses(member)]
    return [value] if isinstance(value, str) and "//" in value else []


def fill(style):
    return next(layer for layer in style["layers"] if layer["type"] == "fill")


# What is done to a good style → what MapLibre says of it.
SPOILT = {
    "an unknown version": (lambda style: style.update(version=7), "version"),
    "no sources": (lambda style: style.pop("sources"), "sources"),
    "a source that is not": (lambda style: fill(style).update(source="another"), "another"),
    "a source layer that is not": (lambda style: fill(style).update({"source-layer": "nulle-part"}), "nulle-part"),
    "an unknown type": (lambda style: fill(style).update(type="wash"), "type"),
    "an unknown property": (lambda style: fill(style)["paint"].update({"fill-colour": "#123456"}), "fill-colour"),
    "no colour": (lambda style: fill(style)["paint"].update({"fill-color": "#12345g"}), "color"),
    "a wrong expression": (lambda style: fill(style).update(filter=["=", ["geometry-type"], "Polygon"]), "filter"),
    "an opacity above one": (lambda style: fill(style)["paint"].update({"fill-opacity": 2}), "opacity"),
    "two layers of one name": (lambda style: style["layers"].append(style["layers"][0]), "duplicate"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_maplibre_says_what_is_wrong_with_a_broken_style(sample_server, browser, what):
    """The judge judges."""
    layer = sample.layer_names()[0]
    style = served(sample_server, STYLES[0], layer)
    spoil, said = SPOILT[what]
    spoil(style)
    assert any(said in error for error in read(browser, style, layer)["errors"]), what
