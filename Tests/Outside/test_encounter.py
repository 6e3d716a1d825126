"""A code is printed, stolen and re-issued, with nothing but what `curl` can ask; its page is looked at in a browser."""

import json
import os
import pathlib

import pytest

from chromium import Chromium
from command import done
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
