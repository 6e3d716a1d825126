"""Files that curators bring in from the desk: read in a process of its own, refused with reasons, and never by strangers."""

import json
import os
import socket
import subprocess
import urllib.parse

import pytest

from command import done, exported, lieudit
from served import Server

LAYER = "lieux"
TABLE = "nom;lon;lat\nLe bal;2.3795;48.8680\nLe four;2.38;48.869\n"


@pytest.fixture
def server(store, serve):
    done(store, "layer", "create", LAYER)
    done(store, "layer", "create", "autre")
    return serve(store)


def token(store, *options):
    return done(store, "token", "create", *options).output.strip()


@pytest.fixture
def curator(server, store):
    return {"Authorization": f"Bearer {token(store, '--role', 'curator', '--layer', LAYER)}"}


def send(server, who, body, name="lieux.csv", layer=LAYER, **options):
    query = urllib.parse.urlencode({"file": name, **options})
    body = body.encode() if isinstance(body, str) else body
    return server.ask(f"/imports/{layer}?{query}", "POST", body, Content_Type="application/octet-stream", **who)


def test_a_file_is_looked_at_first_and_then_brought_in(server, store, curator):
    looked = send(server, curator, TABLE, rehearsal="true").json()
    assert (looked["count"], looked["rehearsal"], looked["refused"]) == (2, True, False)
    assert server.collection(LAYER)["features"] == []
    brought = send(server, curator, TABLE)
    assert brought.status == 200 and brought.json()["count"] == 2
    titles = sorted(feature["properties"]["title"] for feature in server.features(LAYER))
    assert titles == ["Le bal", "Le four"]
    journal = server.get("/moderation/journal", **curator).json()
    assert [(entry["act"], entry["detail"]) for entry in journal["entries"]][:1] == [("import", "2")]
    assert lieudit(store, "check").status == 0


def test_what_is_wrong_is_said_and_nothing_stays(server, store, curator):
    bad = TABLE + "Nulle part;200;48.8\n"
    refused = send(server, curator, bad)
    assert refused.status == 422 and refused.json()["refused"]
    assert any("line 4" in line for line in refused.json()["told"]), refused.text
    assert "/tmp" not in refused.text and str(store.parent) not in refused.text
    assert server.collection(LAYER)["features"] == []
    skipped = send(server, curator, bad, **{"skip-invalid": "true"}).json()
    assert (skipped["count"], skipped["skipped"]) == (2, 1) and any("line 4" in line for line in skipped["told"])


def test_only_who_looks_after_the_layer_brings_anything_in(server, store, curator):
    assert send(server, {}, TABLE).status == 401
    assert send(server, curator, TABLE, layer="autre").status == 404
    assert send(server, curator, TABLE, layer="nulle-part").status == 404
    operator = {"Authorization": f"Bearer {token(store, '--role', 'operator')}"}
    assert send(server, operator, TABLE, layer="autre").status == 200
    assert server.collection(LAYER)["features"] == [] and exported(store, LAYER) == []


@pytest.mark.parametrize("name", ["lieux", "lieux.exe", "../../lieux.csv/", "", "lieux.sqlite", "lieux.vrt"])
def test_a_name_without_a_known_ending_is_refused(server, curator, name):
    refused = send(server, curator, TABLE, name)
    assert refused.status == 400 and refused.json()["parameter"] == "file"


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(server, curator):
    head = f"POST /imports/{LAYER}?file=a.csv HTTP/1.1\r\nHost: a\r\nAuthorization: {curator['Authorization']}\r\n" \
           f"Content-Type: application/octet-stream\r\nContent-Length: {70 << 20}\r\n\r\n"
    parts = urllib.parse.urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(head.encode())
        said = b""
        try:
            for _ in range(70):
                connection.sendall(b"a" * (1 << 20))
        except OSError:
            pass
        try:
            said = connection.recv(65_536)
        except ConnectionResetError:
            pass
    assert said == b"" or b" 413 " in said.split(b"\r\n")[0]
    assert server.get("/health").json()["status"] == "ok"
    with open(f"/proc/{server.process.pid}/status") as status:
        memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    assert memory < 300_000


def test_two_files_at_once_take_turns_by_being_told_so(server, curator):
    parts = urllib.parse.urlsplit(server.url)
    head = f"POST /imports/{LAYER}?file=a.csv HTTP/1.1\r\nHost: a\r\nAuthorization: {curator['Authorization']}\r\n" \
           f"Content-Type: application/octet-stream\r\nContent-Length: {len(TABLE)}\r\n\r\n"
    # Whoever comes second is told so: the one that is slow, if the other was quicker at the door.
    for _ in range(10):
        with socket.create_connection((parts.hostname, parts.port), timeout=60) as slow:
            slow.sendall(head.encode() + TABLE[:10].encode())
            answer = send(server, curator, TABLE)
            if answer.status == 200:
                continue
            assert answer.status == 503 and int(answer.header("Retry-After")) > 0
            slow.sendall(TABLE[10:].encode())
            assert b" 200 " in slow.recv(65_536).split(b"\r\n")[0]
            return
    raise AssertionError("the slow one never came first")


def test_a_geopackage_comes_in_through_the_same_door(server, store, curator, tmp_path):
    source, file = tmp_path / "lieux.geojson", tmp_path / "lieux.gpkg"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"nom": "Le bal"}, "geometry": {"type": "Point", "coordinates": [2.3795, 48.868]}}]}))
    subprocess.run(["ogr2ogr", "-f", "GPKG", file, source], check=True, timeout=60)
    assert send(server, curator, file.read_bytes(), "lieux.gpkg").json()["count"] == 1
    assert [one["properties"]["title"] for one in server.features(LAYER)] == ["Le bal"]


def test_nothing_of_a_file_is_left_lying_about(store, serve, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    done(store, "layer", "create", LAYER)
    server = serve(store)
    who = {"Authorization": f"Bearer {token(store, '--role', 'operator')}"}
    assert send(server, who, TABLE.replace("Le bal", "Quintaphore")).status == 200
    assert send(server, who, "nom;lon;lat\nQuintaphore;x;y\n").status == 422
    left = [os.path.join(folder, name) for folder, _, names in os.walk(temporary) for name in names]
    assert left == []


def test_a_page_of_another_site_brings_nothing_in(server, store, curator):
    given = token(store, "--role", "curator", "--layer", LAYER)
    reply = server.ask("/session", "POST", json.dumps({"token": given}), Content_Type="application/json",
                       Origin=server.url, Sec_Fetch_Site="same-origin")
    cookie = {"Cookie": reply.header("Set-Cookie").split(";")[0]}
    for where in ({"Sec_Fetch_Site": "cross-site", "Origin": "https://ailleurs.example"}, {"Origin": "https://ailleurs.example"},
                  {"Sec_Fetch_Site": "same-site"}):
        assert send(server, {**cookie, **where}, TABLE).status in (401, 403)
    assert server.collection(LAYER)["features"] == []
    assert send(server, {**cookie, "Sec_Fetch_Site": "same-origin"}, TABLE).status == 200
