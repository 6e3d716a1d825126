"""The page as a browser shows it."""

import urllib.parse

import pytest

import sample
from chromium import Chromium


@pytest.fixture
def browser(tmp_path):
    chromium = Chromium(tmp_path / "profile")
    yield chromium
    chromium.close()


def shows_every_title(browser, layer):
    """Whatever the case a style sheet gives to the letters."""
    words = browser.evaluate("document.body.innerText").casefold()
    return all(feature["properties"]["title"].casefold() in words for feature in sample.features(layer))


def strangers(requests):
    """What was asked of anybody but this server; `data:` and `blob:` leave no machine."""
    addresses = [urllib.parse.urlsplit(address) for address in requests]
    return [a.geturl() for a in addresses if a.scheme not in ("data", "blob", "about") and a.hostname != "127.0.0.1"]


@pytest.mark.parametrize("layer", sample.layer_names())
def test_the_map_shows_itself_asks_nobody_else_and_complains_of_nothing(sample_server, browser, layer):
    browser.open(f"{sample_server.url}/map/{layer}")
    assert strangers(browser.requests) == []
    assert browser.complaints == []
    assert browser.evaluate("document.querySelectorAll('canvas.maplibregl-canvas').length") == 1
    assert any(f"/xyz/{layer}/" in address for address in browser.requests), "no tile was asked for"
    assert browser.evaluate("document.cookie + Object.keys(localStorage).join()") == ""
    assert shows_every_title(browser, layer)


def test_without_scripts_the_list_is_all_there(sample_server, browser):
    layer = sample.layer_names()[0]
    browser.without_scripts()
    browser.open(f"{sample_server.url}/map/{layer}")
    assert strangers(browser.requests) == []
    assert shows_every_title(browser, layer)


@pytest.mark.parametrize("language, words", [("fr", ("mai 2023", "Voir sur la carte", "Légende")),
                                              ("en", ("May 2023", "Show on the map", "Legend"))])
def test_the_map_speaks_the_language_of_its_page(sample_server, browser, language, words):
    browser.open(f"{sample_server.url}/map/{sample.layer_names()[0]}?interface={language}")
    assert browser.complaints == []
    assert browser.evaluate("document.documentElement.lang") == language
    shown = browser.evaluate("document.body.innerText")
    assert [word for word in words if word not in shown] == []


def test_the_page_of_one_contribution_shows_it_among_its_neighbours(sample_server, browser):
    layer = sample.layer_names()[0]
    feature = next(f for f in sample_server.features(layer) if f["geometry"] and f["geometry"]["type"] == "Point")
    browser.open(f"{sample_server.url}/collections/{layer}/items/{feature['id']}?f=html")
    assert browser.complaints == [] and strangers(browser.requests) == []
    assert browser.evaluate("document.querySelector('h1').textContent") == feature["properties"]["title"]
    assert browser.evaluate("document.querySelector('.names .is-loud').textContent") == feature["properties"]["title"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_on_a_narrow_screen_nothing_is_wider_than_the_screen(sample_server, tmp_path, scripts):
    layer = sample.layer_names()[0]
    one = sample_server.features(layer)[0]["id"]
    chromium = Chromium(tmp_path / "profile", width=320, height=640)
    try:
        if not scripts:
            chromium.without_scripts()
        for path in ("/", "/api", "/conformance", "/collections", f"/collections/{layer}", f"/collections/{layer}/items",
                     f"/collections/{layer}/items/{one}", f"/collections/{layer}/tiles", "/styles", f"/map/{layer}"):
            query = "" if path.startswith("/map") else "?f=html"
            chromium.open(f"{sample_server.url}{path}{query}", quiet=0.5)
            assert chromium.complaints == []
            assert chromium.evaluate("innerWidth") == 320
            assert chromium.evaluate("document.documentElement.scrollWidth") <= 320, path
    finally:
        chromium.close()
