"""`lieudit mirror` keeps copies true, of our own layers and of another server's, and is not led astray."""

import json
import signal
import sqlite3
import subprocess
import time

import pytest

import outside_source
from command import binary, done, environment, exported, lieudit, titles
from outside_source import Source, banc


@pytest.fixture
def source():
    running = []

    def start(*arguments, **options):
        running.append(Source(*arguments, **options))
        return running[-1]

    yield start
    for server in running:
        server.stop()


def ids(store, layer):
    return {feature["properties"]["title"]: feature["id"] for feature in exported(store, layer)}


def writes(store):
    """What changes in a store whenever something is written."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        return (
            database.execute("SELECT coalesce(max(sequence), 0) FROM change").fetchone(),
            database.execute("SELECT * FROM mirror").fetchall(), database.execute("SELECT * FROM mirror_page").fetchall(),
            database.execute("SELECT hex(outside), contribution, hex(digest), page FROM mirrored_feature").fetchall(),
        )


def give(server, layer, title, longitude=2.38):
    body = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [longitude, 48.868]},
            "properties": {"title": title, "consent": True}}
    reply = server.ask(f"/collections/{layer}/items", "POST", json.dumps(body))
    assert reply.status == 201, reply.body
    return reply.json()


def with_bearer(server, layer, given, method, body=None):
    reply = server.ask(
        f"/collections/{layer}/items/{given['id']}", method, body, Authorization=f"Bearer {given['receipt']['token']}")
    assert reply.status < 300, reply.body


def test_another_server_is_copied_page_by_page_and_followed(store, source):
    there = source([banc(number) for number in range(10)])
    finished = done(store, "mirror", f"{there.collection}/items?limit=5", "--layer", "bancs")
    assert "10 added, 0 changed, 0 withdrawn" in finished.output
    assert there.statuses() == [200] * 4
    before = ids(store, "bancs")
    assert set(before) == {f"Banc {number}" for number in range(10)}
    assert all(feature["properties"]["bois"] == "chêne" for feature in exported(store, "bancs"))

    kept = writes(store)
    finished = done(store, "mirror", there.collection, "--layer", "bancs")
    assert "0 added, 0 changed, 0 withdrawn" in finished.output and "4 pages unchanged" in finished.output
    assert there.statuses() == [304] * 4
    assert writes(store) == kept, "a run that finds nothing new writes nothing"

    there.features[4] = banc(4, "Banc repeint")
    del there.features[7]
    there.features.append(banc(77))
    finished = done(store, "mirror", there.collection, "--layer", "bancs")
    assert "1 added, 1 changed, 1 withdrawn" in finished.output
    assert there.statuses()[0] == 304
    after = ids(store, "bancs")
    assert after["Banc repeint"] == before["Banc 4"], "our id stays the same"
    assert "Banc 7" not in after and "Banc 77" in after
    assert {title: after[title] for title in after if title in before} == {
        title: before[title] for title in before if title in after}
    assert lieudit(store, "check").status == 0


def test_a_server_without_validators_is_compared_by_content(store, source):
    there = source([banc(number) for number in range(7)], tags=False)
    done(store, "mirror", there.collection, "--layer", "bancs")
    kept = writes(store)
    finished = done(store, "mirror", there.collection, "--layer", "bancs")
    assert "0 added, 0 changed, 0 withdrawn" in finished.output
    assert writes(store) == kept


def test_licence_and_thanks_come_with_a_copy_and_nobody_contributes(store, source, serve):
    there = source([banc(1)])
    server = serve(store)
    done(store, "mirror", there.collection, "--layer", "bancs")
    collection = server.get("/collections/bancs").json()
    assert collection["licence"] == "ODbL-1.0" and collection["title"] == "Les bancs"
    assert "© Ville de Test" in collection["description"] and there.collection in collection["description"]
    assert "ODbL-1.0" in server.get("/exports/bancs.kml").text
    token = done(store, "token", "create", "--role", "curator").output.strip()
    body = json.dumps({"type": "Feature", "geometry": None,
                       "properties": {"title": "x", "consent": True, "precision": "none"}})
    for headers in ({}, {"Authorization": f"Bearer {token}"}):
        reply = server.ask("/collections/bancs/items", "POST", body, **headers)
        assert reply.status == 403 and reply.json()["code"] == "Mirrored", reply.body
    assert len(server.features("bancs")) == 1


def test_what_was_cut_short_is_gone_on_with(store, source):
    there = source([banc(number) for number in range(12)])
    there.fails_after = 6
    finished = lieudit(store, "mirror", there.collection, "--layer", "bancs")
    assert finished.status == 1 and "503" in finished.error
    assert len(titles(store, "bancs")) == 6
    there.fails_after = None
    there.statuses()
    done(store, "mirror", there.collection, "--layer", "bancs")
    assert there.statuses() == [200, 200], "only what had not been read"
    assert len(titles(store, "bancs")) == 12


def test_a_killed_run_is_gone_on_with(store, source):
    def slowly(there, handler, offset):
        time.sleep(0.15)
        return False

    there = source([banc(number) for number in range(60)], behaviour=slowly)
    run = subprocess.Popen(
        [binary(), "mirror", there.collection, "--layer", "bancs", "--store", str(store)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    while len(there.asked) < 8:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    there.behaviour = None
    there.statuses()
    done(store, "mirror", there.collection, "--layer", "bancs")
    assert len(there.statuses()) < 20
    assert sorted(ids(store, "bancs")) == sorted(f"Banc {number}" for number in range(60))
    assert lieudit(store, "check").status == 0


def test_our_own_layers_are_followed_by_what_changes(tmp_path, serve):
    theirs, here = tmp_path / "theirs.sqlite", tmp_path / "here.sqlite"
    done(theirs, "layer", "create", "memoires", "--review", "after", "--title", "Mémoires")
    there = serve(theirs, "--writes-per-minute", "0")
    given = [give(there, "memoires", f"Le bal {number}", 2.3 + number / 50) for number in range(6)]
    copying = serve(here)
    address = f"{there.url}/collections/memoires"
    assert "6 added" in done(here, "mirror", address, "--layer", "copie").output
    before = ids(here, "copie")
    cells = {f["properties"]["title"]: f["properties"]["cell"] for f in there.features("memoires")}
    for feature in copying.features("copie"):
        assert feature["properties"]["precision"] == "about"
        assert feature["properties"]["cell"] == cells[feature["properties"]["title"]], "a cell stays a cell"

    assert "0 added, 0 changed, 0 withdrawn, 0 left out; 1 requests" in done(
        here, "mirror", address, "--layer", "copie").output
    with_bearer(there, "memoires", given[1], "DELETE")
    with_bearer(there, "memoires", given[2], "PATCH", json.dumps({"properties": {"text": "Un soir"}}))
    give(there, "memoires", "Le lavoir", 2.5)
    assert "1 added, 1 changed, 1 withdrawn" in done(here, "mirror", address, "--layer", "copie").output
    after = ids(here, "copie")
    assert set(after) == {"Le lavoir", *(f"Le bal {number}" for number in (0, 2, 3, 4, 5))}
    assert after["Le bal 2"] == before["Le bal 2"]
    texts = {f["properties"]["title"]: f["properties"].get("text") for f in copying.features("copie")}
    assert texts["Le bal 2"] == "Un soir"
    assert copying.ask(f"/collections/copie/items/{before['Le bal 1']}").status == 404


def test_what_was_erased_here_does_not_come_back(store, source):
    there = source([banc(number) for number in range(4)])
    done(store, "mirror", there.collection, "--layer", "bancs")
    done(store, "erase", ids(store, "bancs")["Banc 2"])
    there.features[2] = banc(2, "Banc revenu")
    there.features.append(banc(9))
    done(store, "mirror", there.collection, "--layer", "bancs")
    assert titles(store, "bancs") == ["Banc 0", "Banc 1", "Banc 3", "Banc 9"]


def test_a_layer_that_is_no_copy_is_not_overwritten(store, source):
    done(store, "layer", "create", "bancs")
    there = source([banc(1)])
    finished = lieudit(store, "mirror", there.collection, "--layer", "bancs")
    assert finished.status == 1 and "no copy" in finished.error
    other = source([banc(1)])
    done(store, "mirror", there.collection, "--layer", "copie")
    assert lieudit(store, "mirror", other.collection, "--layer", "copie").status == 1


@pytest.mark.parametrize(("behaviour", "sentence", "options"), [
    (outside_source.endless, "without end", []),
    (outside_source.endless_and_new, "more than 500 features", ["--most", "500"]),
    (outside_source.circle, "in circles", []),
    (outside_source.flood, "more than 8000000 bytes", ["--page-bytes", "8000000"]),
    (outside_source.drip, "too slow", ["--time-limit", "2"]),
    (outside_source.elsewhere, "another server", []),
    (outside_source.next_elsewhere, "another server", []),
    (outside_source.page_of_html, "GeoJSON", []),
])
def test_a_hostile_source_is_refused_with_a_sentence(store, source, behaviour, sentence, options):
    there = source([banc(number) for number in range(3)], behaviour=behaviour)
    began = time.monotonic()
    finished = lieudit(store, "mirror", there.collection, "--layer", "bancs", *options, timeout=60)
    assert finished.status == 1 and sentence in finished.error, finished.error
    assert time.monotonic() - began < 30
    assert finished.memory < 500 << 20
    assert "Fatal error" not in finished.error
    assert lieudit(store, "check").status == 0


def test_what_is_no_collection_is_refused(store, source):
    there = source([banc(1)])
    for address in (there.url, f"{there.url}/ogc/collections/rien", "ftp://127.0.0.1/collections/x", "bancs",
                    "http://user:secret@127.0.0.1/collections/x", "http://127.0.0.1:9/collections/x"):
        finished = lieudit(store, "mirror", address, "--layer", "bancs")
        assert finished.status == 1 and finished.error.strip(), address
        assert "secret" not in finished.error or "http" in finished.error
    assert not store.exists()


def test_nothing_is_brought_into_a_copy(store, source, serve, tmp_path):
    done(store, "mirror", source([banc(number) for number in range(3)]).collection, "--layer", "bancs")
    file = tmp_path / "lieux.csv"
    file.write_text("title,lon,lat\nBanc,2.38,48.868\n", encoding="utf-8")
    refused = lieudit(store, "import", file, "--layer", "bancs")
    assert refused.status == 1 and "this layer is a copy; contribute where it comes from" in refused.error
    who = {"Authorization": "Bearer " + done(store, "token", "create", "--role", "curator").output.strip()}
    server = serve(store, "--writes-per-minute", "0")
    beside = lieudit(store, "import", file, "--layer", "bancs")
    assert beside.status == 1 and "this layer is a copy" in beside.error
    for rehearsal in ("true", "false"):
        sent = server.ask(f"/imports/bancs?file=lieux.csv&rehearsal={rehearsal}", "POST", file.read_bytes(),
                          Content_Type="application/octet-stream", **who)
        assert sent.status == 403 and sent.json()["code"] == "Mirrored", sent.text
    # An encounter point that a curator makes at the desk is a contribution as any other.
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.38, 48.868]},
             "properties": {"title": "La porte", "kind": "encounter", "precision": "exact", "consent": True}}
    made = server.ask("/collections/bancs/items", "POST", json.dumps(point), **who)
    assert made.status == 403 and made.json()["code"] == "Mirrored", made.text
    assert len(server.features("bancs")) == 3
    assert lieudit(store, "check").status == 0
