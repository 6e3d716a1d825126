"""Somebody finds again what they gave, with the link or the paper code, and does with it what they want."""

import json
import re

import pytest

import asked
from asked import LAYER, NOTHING_KEPT, give, person, server, store, token  # noqa: F401, fixtures among them
from test_page import strangers


def open_with_link(person, server, given):
    person.open(f"{server.url}/mine?interface=fr#{given['receipt']['token']}", quiet=0.3)
    person.until("document.querySelector('#withdraw')")


def own(server, given, layer=LAYER):
    reply = server.ask(f"/collections/{layer}/items/{given['id']}/mine", **asked.bearer(given["receipt"]["token"]))
    return reply.json() if reply.status == 200 else None


def test_the_link_opens_it_and_leaves_the_address_and_the_history(server, person):
    given = give(server, title="Le bal caché", when="1985-22", author="Mina")
    open_with_link(person, server, given)
    for words in ("Le bal caché", "Un soir", "été 1985", "Mina", "Elle attend d’être relue", "à 200 m près"):
        assert words in person.text(), words
    token = given["receipt"]["token"]
    assert person.evaluate("location.href") == f"{server.url}/mine?interface=fr"
    entries = person._ask("Page.getNavigationHistory", session=person._session)["entries"]
    assert all(token not in entry["url"] for entry in entries)
    assert token not in person.evaluate("document.documentElement.outerHTML") and person.kept == NOTHING_KEPT
    asked_for = [e["params"]["request"] for e in person.events if e["method"] == "Network.requestWillBeSent"]
    assert [request["url"] for request in asked_for if token in request["url"] + str(request["headers"].get("Referer"))] == []
    assert strangers(person.requests) == [] and person.complaints == []


def test_the_paper_code_opens_it_on_another_device_and_withdraws_it_in_two_actions(server, token, person):
    given = give(server)
    asked.decide(server, token, given["id"], "publish")
    assert given["id"] in [item["id"] for item in server.features(LAYER)]
    person.open(f"{server.url}/mine?interface=fr", quiet=0.3)
    person.until("document.querySelector('#door')?.checkVisibility()")
    person.fill("#code", given["receipt"]["code"].lower().replace("-", " "))
    person.press("Enter")
    person.until("document.querySelector('#withdraw')")
    assert "Tout le monde peut la voir." in person.text()
    person.touch("#withdraw")
    assert given["id"] in [item["id"] for item in server.features(LAYER)]
    assert person.focused == "withdraw-yes"
    person.press("Enter")
    person.until("document.querySelector('#news').textContent.includes('retiré')")
    assert given["id"] not in [item["id"] for item in server.features(LAYER)]
    assert own(server, given) is None
    assert "Le bal" not in person.text() and person.kept == NOTHING_KEPT


@pytest.mark.parametrize("code, sentence", [("0000-0000-0000", "n’ouvre rien"), ("abc", "douze lettres et chiffres"), ("", "douze lettres")])
def test_a_code_that_opens_nothing_is_told_beside_its_field(server, person, code, sentence):
    person.open(f"{server.url}/mine?interface=fr", quiet=0.3)
    person.until("document.querySelector('#door')?.checkVisibility()")
    person.fill("#code", code)
    person.press("Enter")
    person.until(f"document.querySelector('#f-code').textContent.includes('{sentence}')")
    assert person.focused == "code" and person.evaluate("document.querySelector('#code').value") == code


def test_a_link_that_opens_nothing_is_told(server, person):
    person.open(f"{server.url}/mine?interface=fr#0123456789abcdefghjkmnpqrs", quiet=0.3)
    person.until("document.querySelector('#trouble')?.textContent.includes('n’ouvre rien')")
    person.open(f"{server.url}/mine?interface=fr#%E0%A4%A", quiet=0.3)
    person.until("document.querySelector('#trouble')?.textContent")
    assert person.evaluate("location.hash") == ""


def test_words_are_changed_and_a_date_that_is_not_understood_is_said(server, person):
    given = give(server, title="Avant", when="1974", author="Mina")
    open_with_link(person, server, given)
    person.touch("#change")
    person.fill("#new-title", "Après")
    person.fill("#new-when", "mercredi")
    person.touch("#save")
    person.until("document.querySelector('#f-new-when').textContent.includes('comprends pas')")
    person.fill("#new-when", "années 60")
    person.fill("#new-author", "")
    person.evaluate("document.querySelector('#new-author').value = ''")
    person.touch("#save")
    person.until("document.querySelector('#news').textContent.includes('enregistré')")
    properties = own(server, given)["feature"]["properties"]
    assert (properties["title"], properties["when"], "author" in properties) == ("Après", "196X", False)
    assert "Après" in person.text() and "années 1960" in person.text()


def test_a_change_that_the_server_refuses_is_told_beside_its_field(server, person):
    given = give(server)
    open_with_link(person, server, given)
    person.touch("#change")
    person.fill("#new-title", "Bal\u202e inversé")
    person.touch("#save")
    person.until("document.querySelector('#f-new-title').textContent.includes('sens de lecture')")
    assert person.focused == "new-title"
    assert own(server, given)["feature"]["properties"]["title"] == "Le bal"


def test_the_place_is_shown_from_farther_away_then_not_at_all(server, token, person):
    given = give(server)
    asked.decide(server, token, given["id"], "publish")
    open_with_link(person, server, given)
    person.touch("#to-wide")
    person.until("document.querySelector('#news').textContent.includes('plus loin')")
    assert "à 1 km près" in person.text()
    assert own(server, given)["feature"]["properties"]["precision_m"] == 1000
    person.touch("#to-none")
    person.until("document.querySelector('#own').textContent.includes('Sans lieu')")
    assert own(server, given)["feature"]["geometry"] is None
    assert person.evaluate("document.querySelector('#to-none') === null")


def test_it_is_hidden_and_shown_again(server, token, person):
    given = give(server, layer="aussitot")
    open_with_link(person, server, given)
    assert "Tout le monde peut la voir." in person.text()
    person.touch("#hide")
    person.until("document.querySelector('#news').textContent.includes('caché')")
    assert "Elle est cachée" in person.text() and server.features("aussitot") == []
    person.touch("#unhide")
    person.until("document.querySelector('#unhide') === null && document.querySelector('#hide') !== null")
    assert [item["id"] for item in server.features("aussitot")] == [given["id"]]


def test_a_decision_is_told_with_its_reasons(server, token, person):
    given = give(server)
    asked.decide(server, token, given["id"], "reject", reasons="Le texte nomme une voisine.")
    open_with_link(person, server, given)
    for words in ("Elle n’a pas été retenue", "Non retenue", "Pourquoi : Le texte nomme une voisine."):
        assert words in person.text(), words


def test_everything_is_taken_along(server, person, tmp_path):
    given = give(server, title="À emporter")
    person._ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    open_with_link(person, server, given)
    for button, name in (("#take-json", f"lieudit-{LAYER}.json"), ("#take-geojson", f"lieudit-{LAYER}.geojson")):
        person.touch(button)
        file = tmp_path / name
        for _ in range(100):
            if file.exists() and file.stat().st_size:
                break
            person.evaluate("new Promise((done) => setTimeout(done, 50)).then(() => 1)")
        assert "À emporter" in file.read_text()
    assert {"consents", "decisions", "feature"} <= set(json.loads((tmp_path / f"lieudit-{LAYER}.json").read_text()))


def test_the_next_person_finds_the_door_only(server, person):
    given = give(server, title="Secret de Mina")
    open_with_link(person, server, given)
    person.touch("#leave")
    person.until("document.querySelector('#door')?.checkVisibility()")
    assert "Mina" not in person.evaluate("document.documentElement.outerHTML")
    assert person.kept == NOTHING_KEPT


def test_the_page_is_told_to_no_search_engine_and_refers_to_nobody(server):
    reply = server.get("/mine")
    assert reply.header("Referrer-Policy") == "no-referrer" and reply.header("X-Robots-Tag") == "noindex"
    assert "unsafe-inline" not in reply.header("Content-Security-Policy")
    assert re.search("noscript", reply.text)
