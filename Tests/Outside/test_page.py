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


def test_on_a_narrow_screen_nothing_is_wider_than_the_screen(sample_server, tmp_path):
    chromium = Chromium(tmp_path / "profile", width=360, height=640)
    try:
        chromium.open(f"{sample_server.url}/map/{sample.layer_names()[0]}")
        assert chromium.complaints == []
        assert chromium.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        chromium.close()
