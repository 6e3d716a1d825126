"""What somebody under 15 gives: a parent answers in a browser, or a group leader has the papers."""

import json

import pytest

from chromium import Chromium
from command import done, lieudit
from test_contribute import ITEMS, LAYER, bearer, bytes_found, contribute, curators_token, decide

CODE = ["invitation", "create", "--layer", LAYER]


@pytest.fixture
def browser(tmp_path):
    chromium = Chromium(tmp_path / "profile")
    yield chromium
    chromium.close()


def assert_within(is_so, browser, seconds=20):
    for _ in range(seconds * 5):
        if is_so():
            return
        browser._receive(0.2)
    assert is_so()


def test_a_parent_agrees_and_withdraws_with_the_buttons_of_a_page(store, serve, browser):
    done(store, "layer", "create", LAYER, "--review", "after")
    server = serve(store)
    given = contribute(server, title="Zébrulon", age_band="under-15")
    assert given["state"] == "awaiting-parent" and given["shows"]["precision"] == "wide"
    assert server.get(ITEMS).json()["features"] == []
    browser.open(given["parent"]["link"])
    page = browser.evaluate("document.body.innerText")
    assert "Zébrulon" in page and LAYER in page
    assert browser.evaluate("document.scripts.length") == 0
    browser.evaluate("document.querySelector('button[value=agree]').click()")
    assert_within(lambda: len(server.get(ITEMS).json()["features"]) == 1, browser)
    assert_within(lambda: not browser.evaluate("!!document.querySelector('button[value=agree]')"), browser)
    browser.evaluate("document.querySelector('button[value=withdraw]').click()")
    assert_within(lambda: server.get(ITEMS).json()["features"] == [], browser)
    assert browser.complaints == []
    # Nobody else was told of the code.
    code = given["parent"]["code"]
    assert all(address.startswith(server.url) for address in browser.requests)
    assert server.ask(f"/parents/{code}").status == 404
    assert server.stop() == 0 and code not in server.error
    assert bytes_found(store, ["Zébrulon", "zebrulon", code]) == []


@pytest.mark.parametrize("beside", [False, True])
def test_the_word_of_a_group_leader_is_taken_only_where_the_operator_allows_it(store, serve, beside):
    done(store, "layer", "create", LAYER, "--contributors", "invited")
    if beside:
        serve(store)
    refused = lieudit(store, *CODE, "--parents-on-paper")
    assert refused.status == 1 and "LIEUDIT_PARENTS_ON_PAPER" in refused.error and refused.output == ""


def test_a_class_of_25_contributes_through_one_invitation(store, serve):
    done(store, "layer", "create", LAYER, "--contributors", "invited")
    server = serve(store, "--parents-on-paper", "--writes-per-minute", "5")
    token = curators_token(store)
    code = done(store, *CODE, "--parents-on-paper").output.strip()
    given = [contribute(server, title=f"Élève {n}", age_band="under-15", invitation=code) for n in range(25)]
    assert {one["state"] for one in given} == {"pending"} and not any("parent" in one for one in given)
    for one in given:
        assert decide(server, token, one["id"], "publish").status == 200
    features = server.get(f"{ITEMS}?limit=100").json()["features"]
    assert len(features) == 25 and {f["properties"]["precision"] for f in features} == {"wide"}
    assert not any("age" in name for f in features for name in f["properties"])
    assert done(store, "check").status == 0


def test_a_report_is_followed_by_its_receipt(store, serve):
    done(store, "layer", "create", LAYER, "--review", "after")
    server = serve(store)
    token = curators_token(store)
    given = contribute(server)
    address = f"{ITEMS}/{given['id']}"
    reply = server.ask(f"{address}/reports", "POST", json.dumps({"reason": "mine", "text": "Quintaphore"}))
    assert reply.status == 201
    report = reply.json()
    [entry] = server.ask("/moderation/reports", **bearer(token)).json()["items"]
    assert entry["text"] == "Quintaphore" and entry["id"] == given["id"]
    closed = server.ask(
        f"/moderation/reports/{report['reference']}/decision", "POST",
        json.dumps({"outcome": "withdrawn-at-their-word", "reasons": "Vue à l’accueil."}), **bearer(token))
    assert closed.status == 200 and server.ask(address).status == 404
    told = server.ask(f"/reports/{report['reference']}", **bearer(report["receipt"]["token"])).json()
    assert told["outcome"] == "withdrawn-at-their-word" and told["reasons"] == "Vue à l’accueil."
    assert server.get("/moderation/history").json()["half_years"] == []
    assert server.stop() == 0
    assert bytes_found(store, ["Quintaphore", "Le bal", report["receipt"]["token"]]) == []
