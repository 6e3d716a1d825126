"""Anybody contributes with nothing but a form, and an operator looks after it from the command line."""

import json
import re
import sqlite3
import subprocess
import unicodedata

import pytest

from command import done, lieudit

LAYER = "fabrique"
ITEMS = f"/collections/{LAYER}/items"
HERE = (2.3795173, 48.8680391)
WORDS = ["Zébrulon", "zebrulon", "Quintaphore", "quintaphore"]


def feature(title="Le bal", text="Un soir", place=HERE, **properties):
    return json.dumps({
        "type": "Feature", "geometry": {"type": "Point", "coordinates": place},
        "properties": {"title": title, "text": text, "consent": True, **properties},
    })


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def contribute(server, **properties):
    reply = server.ask(ITEMS, "POST", feature(**properties), Content_Type="application/geo+json")
    assert reply.status == 201, reply.text
    return reply.json()


def decide(server, token, identifier, decision, **more):
    return server.ask(
        f"/moderation/items/{identifier}/decision", "POST", json.dumps({"decision": decision, **more}), **bearer(token))


def curators_token(store, *options):
    return done(store, "token", "create", "--role", "curator", *options).output.strip()


def public_texts(server):
    """All that the public side says of the layer."""
    addresses = [
        ITEMS, f"{ITEMS}?q=zebrulon", f"{ITEMS}?near=2.38,48.868&radius=3000", "/xyz/fabrique/0/0/0.geojson",
        "/xyz/fabrique/14/8300/5635.geojson", f"/exports/{LAYER}.geojson", f"/exports/{LAYER}.csv",
    ]
    return {address: server.get(address).text for address in addresses}


def bytes_found(store, words):
    """The words that another program finds in the files of the store."""
    files = [str(path) for path in store.parent.iterdir() if path.name.startswith(store.name) and path.is_file()]
    return [word for word in words if subprocess.run(["grep", "-qaF", "-e", word, *files]).returncode == 0]


@pytest.fixture
def fabrique(store, serve):
    done(store, "layer", "create", LAYER, "--title", "La fabrique")
    return serve(store)


def test_what_is_given_is_published_shown_as_a_cell_and_withdrawn_from_every_byte(store, fabrique):
    for number in range(5):
        contribute(fabrique, title=f"Voisin {number}")
    given = contribute(fabrique, title="Zébrulon", text="Le Quintaphore")
    assert given["state"] == "pending"
    assert given["receipt"]["link"].endswith("/mine#" + given["receipt"]["token"])
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", given["receipt"]["code"])
    assert all("Zébrulon" not in text for text in public_texts(fabrique).values())

    token = curators_token(store, "--layer", LAYER)
    assert decide(fabrique, token, given["id"], "publish").json() == {"id": given["id"], "state": "published", "revision": 1}
    for address, text in public_texts(fabrique).items():
        assert unicodedata.normalize("NFC", text).find("Zébrulon") >= 0, address
        assert "2.3795" not in text and "48.86803" not in text, address
    [shown] = [item for item in fabrique.features(LAYER) if item["id"] == given["id"]]
    assert shown["properties"]["cell"] == "CRS3035RES200mN2890400E3762800"
    assert shown["geometry"]["type"] == "Polygon"
    assert bytes_found(store, WORDS) == WORDS

    address = f"{ITEMS}/{given['id']}"
    assert fabrique.ask(address, "DELETE", **bearer(given["receipt"]["token"])).status == 204
    assert all("Zébrulon" not in text for text in public_texts(fabrique).values())
    assert fabrique.ask(address).status == 404
    assert fabrique.stop() == 0
    assert bytes_found(store, WORDS) == []
    assert bytes_found(store, ["Voisin"]) == ["Voisin"]
    assert fabrique.complaints == []


def test_a_token_is_printed_once_listed_and_revoked_with_and_without_a_server(store, serve):
    done(store, "layer", "create", LAYER)
    alone = json.loads(done(store, "token", "create", "--role", "curator", "--layer", LAYER, "--json").output)
    assert set(alone) == {"id", "token", "role", "layer"} and alone["layer"] == LAYER
    server = serve(store)
    beside = json.loads(done(store, "token", "create", "--role", "operator", "--json").output)
    given = contribute(server)
    listed = json.loads(done(store, "token", "list", "--json").output)
    assert [entry["id"] for entry in listed] == [alone["id"], beside["id"]]
    assert all("token" not in entry for entry in listed)
    plain = done(store, "token", "list").output
    assert alone["id"] in plain and alone["token"] not in plain

    assert server.ask(f"/moderation/{LAYER}/queue", **bearer(alone["token"])).status == 200
    done(store, "token", "revoke", alone["id"])
    assert server.ask(f"/moderation/{LAYER}/queue", **bearer(alone["token"])).status == 401
    assert decide(server, alone["token"], given["id"], "publish").status == 401
    assert decide(server, beside["token"], given["id"], "publish").status == 200
    again = lieudit(store, "token", "revoke", alone["id"])
    assert again.status == 1 and "opens nothing any more" in again.error
    server.stop()
    done(store, "token", "revoke", beside["id"])
    assert all(entry["revoked"] for entry in json.loads(done(store, "token", "list", "--json").output))
    assert bytes_found(store, [alone["token"], beside["token"]]) == []


@pytest.mark.parametrize("words, reason", [
    (["token", "create", "--role", "curator", "--layer", "ailleurs"], "no layer named ailleurs"),
    (["token", "revoke", "nobody"], "no token"), (["invitation", "revoke", "nobody"], "no token, invitation or code"),
    (["invitation", "create", "--layer", "ailleurs"], "no layer named ailleurs"), (["erase", "nobody"], "nobody"),
    (["erase", "0" * 26], "nothing"),
])
@pytest.mark.parametrize("beside", [False, True])
def test_what_cannot_be_done_is_refused_with_a_sentence(store, serve, words, reason, beside):
    done(store, "layer", "create", LAYER)
    if beside:
        serve(store)
    refused = lieudit(store, *words)
    assert refused.status == 1 and reason in refused.error and refused.output == ""


def test_a_role_that_there_is_not_is_wrong_usage(store):
    assert lieudit(store, "token", "create", "--role", "king").status == 64


def test_an_invitation_opens_its_layer_until_it_is_revoked(store, serve):
    done(store, "layer", "create", LAYER, "--contributors", "invited")
    server = serve(store)
    made = done(store, "invitation", "create", "--layer", LAYER)
    code = made.output.strip()
    identifier = re.search(r"revoke it: lieudit invitation revoke (\S+)", made.error)[1]
    assert server.ask(ITEMS, "POST", feature()).status == 403
    assert contribute(server, invitation=code.lower().replace("-", " "))["state"] == "pending"
    done(store, "invitation", "revoke", identifier)
    refused = server.ask(ITEMS, "POST", feature(invitation=code), Accept_Language="fr")
    assert refused.status == 403 and "invitation" in refused.json()["detail"]
    server.stop()
    assert bytes_found(store, [code, code.replace("-", "").lower()]) == []


@pytest.mark.parametrize("beside", [False, True])
def test_an_operator_erases_what_must_go(store, serve, beside):
    done(store, "layer", "create", LAYER, "--review", "after")
    server = serve(store)
    given = contribute(server, title="Zébrulon", text="Le Quintaphore")
    kept = contribute(server, title="Voisin")
    if not beside:
        server.stop()
    done(store, "erase", given["id"])
    assert bytes_found(store, WORDS) == []
    if beside:
        assert [item["id"] for item in server.features(LAYER)] == [kept["id"]]
        server.stop()
    assert lieudit(store, "erase", given["id"]).status == 1
    check = done(store, "check").output
    assert "each bound to the one before" in check


def test_check_says_where_the_journal_was_touched(store):
    done(store, "layer", "create", LAYER)
    for _ in range(3):
        curators_token(store)
    assert "3 entries, each bound to the one before" in done(store, "check").output
    database = sqlite3.connect(store)
    with pytest.raises(sqlite3.DatabaseError, match="only ever added to"):
        database.execute("DELETE FROM journal WHERE sequence = 3")
    for name in ["changed", "shortened", "overwritten"]:
        database.execute(f"DROP TRIGGER journal_is_never_{name}")
    database.execute("UPDATE journal SET actor = 'operatos' WHERE sequence = 2")
    database.commit()
    database.close()
    check = lieudit(store, "check")
    assert check.status == 1 and "entry 2 does not follow" in check.output + check.error


def test_receipts_are_hashes_in_the_store(store, fabrique):
    given = contribute(fabrique, invitation="7K3M-0QXA-T1ZD")
    fabrique.stop()
    receipt = given["receipt"]
    assert bytes_found(store, [receipt["token"], receipt["code"], receipt["code"].replace("-", "").lower()]) == []


def test_a_flood_is_told_when_to_come_back(store, serve):
    done(store, "layer", "create", LAYER)
    server = serve(store, "--writes-per-minute", "2")
    statuses = [server.ask(ITEMS, "POST", feature()) for _ in range(4)]
    assert [reply.status for reply in statuses] == [201, 201, 429, 429]
    assert 1 <= int(statuses[-1].header("Retry-After")) <= 30
    assert server.stop() == 0 and server.complaints == []


def test_a_layer_keeps_the_days_of_the_place(store, serve):
    done(store, "layer", "create", LAYER, "--opens", "2031-03-30")
    server = serve(store, "--time-zone", "America/Martinique")
    reply = server.ask(f"/collections/{LAYER}")
    assert reply.status == 403 and reply.json()["opens"] == "2031-03-30T04:00:00Z"
    assert LAYER not in server.get("/collections").text
