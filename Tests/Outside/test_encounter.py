"""A code is printed, stolen and re-issued, with nothing but what `curl` can ask; its page is looked at in a browser."""

import json
import os
import pathlib
import re
import urllib.parse

import pytest

import asked
import hostile
from accessible import faults
from asked import Participant
from chromium import Chromium
from command import done
from test_page import strangers
from test_contribute import ITEMS, LAYER, bearer, bytes_found, contribute, curators_token, decide, feature

SET = {
    "hours": {"weekly": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "00:00", "to": "24:00"}]},
    "prompt": "Fermez les yeux. Qu’entendez-vous ici que l’on n’entendait pas il y a vingt ans ?",
    "reveals": {"text": "Wyzcorne : la fontaine chante encore sous le trottoir.",
                "links": [{"href": "https://lieu.example/ecouter", "title": "Écouter la fontaine"},
                          {"href": "https://lieu.example/une-adresse-sans-nom-qui-est-tres-longue/" + "a" * 60}]},
}


@pytest.fixture
def fabrique(store, serve):
    done(store, "layer", "create", LAYER, "--title", "La fabrique du canal")
    return serve(store)


class Point:
    """A published encounter point with a code, and who looks after it."""

    def __init__(self, store, server, **more):
        self.server, self.token = server, curators_token(store)
        given = contribute(server, title="Le banc qui écoute", kind="encounter", precision="exact",
                           text="Un banc vert, contre le mur de la fabrique.")
        self.given, self.address = given, f"/encounters/{given['id']}"
        assert decide(server, self.token, given["id"], "publish").status == 200
        self.set({**SET, **more})
        self.issued = self.ask("POST", self.address + "/codes", {"label": "mur"}).json()

    def ask(self, method, address, body=None):
        return self.server.ask(address, method, None if body is None else json.dumps(body), **bearer(self.token))

    def set(self, body):
        reply = self.ask("PUT", self.address, body)
        assert reply.status == 200, reply.text

    @property
    def code(self):
        return self.issued["code"]


def test_a_code_is_printed_stolen_and_re_issued_and_the_old_one_is_dead_at_once(store, fabrique):
    point = Point(store, fabrique)
    assert fabrique.get(f"/e/{point.code}").json()["reveals"]["text"].startswith("Wyzcorne")
    assert bytes_found(store, [point.code, point.code.replace("-", ""), point.code.lower().replace("-", "")]) == []
    tied = contribute(fabrique, title="Entendu", encounter=point.code)
    assert decide(fabrique, point.token, tied["id"], "publish").status == 200
    assert fabrique.get(f"{ITEMS}/{tied['id']}").json()["properties"]["encounter"] == point.given["id"]
    new = point.ask("POST", f"{point.address}/codes/{point.issued['id']}/reissue").json()
    old, never = (fabrique.get(f"/e/{code}", 404) for code in (point.code, "7K3M-0QXA-T9ZD"))
    assert old.body == never.body and new["code"] != point.code
    assert fabrique.ask(ITEMS, "POST", feature(encounter=point.code)).status == 404
    assert fabrique.get(f"/e/{new['code']}").json()["state"] == "alive"
    assert point.ask("DELETE", f"{point.address}/codes/{point.issued['id']}").status == 204
    fabrique.get(f"/e/{new['code']}", 404)
    reply = fabrique.ask(f"{ITEMS}/{point.given['id']}", "DELETE", **bearer(point.given["receipt"]["token"]))
    assert reply.status == 204
    assert "encounter" not in fabrique.get(f"{ITEMS}/{tied['id']}").json()["properties"]


# Which screens are looked at; with LIEUDIT_SCREENSHOTS they are kept there.
SCREENS = {
    "alive": ({}, ""), "asleep": ({"hours": {"dated": [{"from": "2150-01-01", "to": "2150-01-03"}]}}, "?interface=en"),
    "stolen": ({"state": "stolen"}, ""), "unknown": (None, ""),
}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_read_without_a_script_and_fits_its_screen(store, fabrique, tmp_path, width):
    point = Point(store, fabrique)
    browser = Chromium(tmp_path / "profile", width=width, height=900)
    try:
        browser.without_scripts()
        for name, (more, query) in SCREENS.items():
            if more is not None:
                point.set({**SET, **more})
            code = "7K3M-0QXA-T9ZD" if more is None else point.code
            browser.open(f"{fabrique.url}/e/{code}{query}", quiet=0.4)
            kept = os.environ.get("LIEUDIT_SCREENSHOTS")
            if kept:
                pathlib.Path(kept, f"{name}-{width}.png").write_bytes(browser.screenshot())
            wide, shown = browser.evaluate(
                "[document.documentElement.scrollWidth, document.body.innerText]")
            assert wide <= width, name
            assert ("Wyzcorne" in shown) == (name == "alive"), shown
            assert ("Fermez les yeux" in shown) == (name != "unknown")
        assert all(address.startswith(fabrique.url) for address in browser.requests if "//" in address)
    finally:
        browser.close()


@pytest.fixture
def walker(tmp_path):
    """Somebody in the street, with a phone."""
    walker = Participant(tmp_path / "walker", width=360, height=740)
    yield walker
    walker.close()


def weights_of(walker):
    """What each address has cost on the line, in bytes."""
    names = {e["params"]["requestId"]: e["params"]["request"]["url"] for e in walker.events if e["method"] == "Network.requestWillBeSent"}
    return [(names.get(e["params"]["requestId"], ""), e["params"]["encodedDataLength"]) for e in walker.events
            if e["method"] == "Network.loadingFinished"]


def shown(walker, server, code, query="?interface=fr"):
    walker.events.clear()
    walker.open(f"{server.url}/e/{code}{query}", quiet=0.4)
    return walker.text()


def begin_at(walker, server, point):
    """From the wall into the form."""
    shown(walker, server, point.code)
    walker.server = server
    walker.touch(".go")
    walker.at("what")


def test_the_page_is_one_request_of_less_than_thirty_kilobytes_and_dark_by_night(store, fabrique, walker):
    point = Point(store, fabrique, reveals={"text": "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(5000))})
    for code in (point.code, "7K3M-0QXA-T9ZD"):
        walker.media(prefers_color_scheme="dark")
        shown(walker, fabrique, code)
        weights = weights_of(walker)
        assert [address for address, _ in weights] == [f"{fabrique.url}/e/{code}?interface=fr"], weights
        assert weights[0][1] <= 30_000, weights
        print("bytes on the line:", weights[0][1])
        night = walker.evaluate("getComputedStyle(document.body).backgroundColor")
        walker.media(prefers_color_scheme="light")
        assert (night, walker.evaluate("getComputedStyle(document.body).backgroundColor")) == ("rgb(20, 23, 31)", "rgb(245, 240, 230)")
        assert walker.complaints == [] or code != point.code, walker.complaints
        assert faults(walker) == []
    reply = fabrique.get(f"/e/{point.code}", Accept="text/html")
    policy = reply.header("Content-Security-Policy")
    assert "unsafe" not in policy and "sha256-" in policy and reply.header("X-Robots-Tag") == "noindex"


def test_who_stands_before_the_wall_gives_something_from_there_without_being_asked_where(store, fabrique, walker):
    point = Point(store, fabrique)
    assert "Fermez les yeux" in shown(walker, fabrique, point.code)
    walker.server = fabrique
    walker.touch(".go")
    walker.at("what")
    walker.until("document.querySelector('#at-point')?.textContent.includes('Le banc qui écoute')")
    assert walker.evaluate("location.href") == f"{fabrique.url}/contribute/{LAYER}?interface=fr"
    walker.fill("#title", "La fontaine chantait")
    walker.go("what", "precision")
    assert walker.evaluate("document.querySelector('[name=precision]:checked').value") == "about"
    walker.go("precision", "when")
    walker.finish(when="1998")
    assert faults(walker) == []
    walker.send()
    assert point.code not in "".join(walker.requests[1:]) and strangers(walker.requests) == []
    [waiting] = asked.queue(fabrique, point.token, LAYER)
    assert decide(fabrique, point.token, waiting["id"], "publish").status == 200
    given = fabrique.get(f"{ITEMS}/{waiting['id']}").json()
    assert given["properties"]["encounter"] == point.given["id"] and given["properties"]["precision"] == "about"
    assert walker.kept == asked.NOTHING_KEPT


def test_what_is_written_at_a_wall_without_a_network_still_names_it(store, fabrique, walker):
    point = Point(store, fabrique)
    begin_at(walker, fabrique, point)
    walker.until("document.querySelector('#at-point')?.textContent.includes('Le banc')")
    walker.until("Boolean(navigator.serviceWorker.controller)")
    walker.network(False)
    walker.fill("#title", "Sans réseau")
    walker.go("what", "precision")
    walker.open(f"{fabrique.url}/contribute/{LAYER}?interface=fr", quiet=0.6)
    walker.until("document.body?.classList.contains('is-scripted')")
    assert "Le banc qui écoute" in walker.text("#at-point")
    walker.go("welcome", "what")
    walker.go("what", "precision")
    walker.go("precision", "when")
    walker.finish()
    walker.touch("#sending .go")
    walker.until("document.querySelector('#f-all').textContent.includes('Pas de réseau')")
    walker.network(True)
    walker.until("!document.querySelector('#sent').hidden")
    [waiting] = asked.queue(fabrique, point.token, LAYER)
    assert decide(fabrique, point.token, waiting["id"], "publish").status == 200
    assert fabrique.get(f"{ITEMS}/{waiting['id']}").json()["properties"]["encounter"] == point.given["id"]


def test_what_comes_when_the_point_has_fallen_asleep_may_leave_without_it(store, fabrique, walker):
    point = Point(store, fabrique)
    begin_at(walker, fabrique, point)
    walker.fill("#title", "Trop tard")
    walker.go("what", "precision")
    walker.go("precision", "when")
    walker.finish()
    point.set({"state": "retired"})
    walker.touch("#sending .go")
    walker.until("document.querySelector('#f-all').textContent.includes('sans ce point')")
    walker.send()
    [waiting] = asked.queue(fabrique, point.token, LAYER)
    assert waiting["feature"]["geometry"] is not None and "encounter" not in waiting["feature"]["properties"]


def test_who_was_elsewhere_says_so_and_is_asked_where(store, fabrique, walker):
    point = Point(store, fabrique)
    begin_at(walker, fabrique, point)
    walker.touch("#elsewhere")
    walker.until("!document.querySelector('#at-point')")
    walker.fill("#title", "Ailleurs")
    walker.go("what", "place")


def test_without_scripts_the_code_of_the_wall_is_typed_and_the_tie_holds(store, fabrique, walker):
    point = Point(store, fabrique)
    walker.without_scripts()
    walker.open(f"{fabrique.url}/contribute/{LAYER}?interface=fr", quiet=0.4)
    assert walker.evaluate("document.querySelector('#encounter').checkVisibility()")
    headers = {"Content_Type": "application/x-www-form-urlencoded"}
    form = f"title=Sur+papier&consent=yes&kind=memory&encounter={point.code.lower()}"
    preview = fabrique.ask(f"/contribute/{LAYER}", "POST", form, **headers)
    assert preview.status == 200 and asked.queue(fabrique, point.token, LAYER) == [], preview.text
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', preview.text)
    reply = fabrique.ask(f"/contribute/{LAYER}", "POST", urllib.parse.urlencode(hidden), **headers)
    assert reply.status == 201, reply.text
    other = [(name, {"encounter": "7k3m0qxat9zd", "key": "x" * 30}.get(name, value)) for name, value in hidden]
    wrong = fabrique.ask(f"/contribute/{LAYER}", "POST", urllib.parse.urlencode(other), **headers)
    assert wrong.status == 404 and "7k3m0qxat9zd" in wrong.text and "Sur papier" in wrong.text
    [waiting] = asked.queue(fabrique, point.token, LAYER)
    assert decide(fabrique, point.token, waiting["id"], "publish").status == 200
    assert fabrique.get(f"{ITEMS}/{waiting['id']}").json()["properties"]["encounter"] == point.given["id"]


@pytest.mark.parametrize("word", [hostile.RIGHT_TO_LEFT, hostile.SIGNS, hostile.ENDLESS, *hostile.PAYLOADS[::12]])
def test_hostile_words_on_a_wall_are_only_words(store, fabrique, walker, word):
    point = Point(store, fabrique, prompt=word, reveals={"text": word})
    shown(walker, fabrique, point.code)
    assert walker.evaluate("[window.harmed ?? null, document.documentElement.scrollWidth]") == [None, 360]
    walker.touch(".go")
    walker.at("what")
    assert walker.evaluate("window.harmed ?? null") is None


@pytest.mark.parametrize("fragment", [
    "e=<img src=x onerror=window.harmed=1>", "e=7K3M-0QXA-T9ZD&at=999,48", "e=7K3M-0QXA-T9ZD&at=2,48&p=../../x",
    "e=" + "A" * 5000, "e=7K3M-0QXA-T9ZD&at=NaN,1", "at=2,48",
])
def test_a_crooked_fragment_is_nothing_or_less_than_a_place(store, fabrique, walker, fragment):
    walker.open(f"{fabrique.url}/contribute/{LAYER}#{fragment}", quiet=0.4)
    walker.until("document.body?.classList.contains('is-scripted')")
    assert walker.evaluate("window.harmed ?? null") is None
    assert all(request.startswith(fabrique.url) for request in walker.requests if "//" in request)
