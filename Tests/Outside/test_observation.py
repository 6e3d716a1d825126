"""What who runs it can see: metrics, health, totals of use, and a log that tells of nobody."""

import json
import re
import threading

from command import done
from test_contribute import ITEMS, LAYER, bearer, contribute, feature


def operators_token(store):
    return done(store, "token", "create", "--role", "operator").output.strip()


def samples(text):
    """Every line of the text form of Prometheus that is no comment."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert re.fullmatch(r'\w+(\{(\w+="[^"]*",?)+\})?', name), line
            found[name] = float(value)
    return found


def test_metrics_tell_how_it_goes_and_hold_nothing_that_was_sent(store, serve):
    done(store, "layer", "create", LAYER)
    server = serve(store)
    contribute(server, title="Zébrulon")
    for _ in range(5):
        server.get(ITEMS + "?near=2.3456789,48.8")
    for _ in range(3):
        server.get(f"/xyz/{LAYER}/0/0/0.geojson")
    assert server.ask("/metrics").status == 401
    assert server.ask("/metrics", **bearer(done(store, "token", "create", "--role", "curator").output.strip())).status == 404
    reply = server.get("/metrics", **bearer(operators_token(store)))
    assert reply.header("Cache-Control") == "private, no-store" or "no-store" in reply.header("Cache-Control")
    found = samples(reply.text)
    assert found['lieudit_requests_total{route="/collections/{layer}/items",method="GET",status="200"}'] == 5
    assert found['lieudit_requests_total{route="/collections/{layer}/items",method="POST",status="201"}'] == 1
    assert found[f'lieudit_contributions_waiting{{layer="{LAYER}"}}'] == 1
    assert found["lieudit_memory_bytes"] > 1e6 and found["lieudit_open_files"] > 3
    assert found["lieudit_tile_cache_hits_total"] == 2 and found["lieudit_tile_cache_misses_total"] == 1
    assert found["lieudit_store_bytes"] > 1e5 and found["lieudit_store_writable"] == 1
    for word in ("brulon", "2.345", "127.0.0.1"):
        assert word not in reply.text


def test_who_lives_and_who_is_ready(store, serve):
    server = serve(store)
    assert server.get("/health/live").json() == {"status": "ok"}
    assert server.get("/health").json() == {"status": "ok", "writing": "ok"}


def test_totals_of_use_are_rounded_and_tell_of_nobody(store, serve):
    done(store, "layer", "create", LAYER)
    server = serve(store)
    for _ in range(12):
        reply = server.get(f"/map/{LAYER}", User_Agent="Quintaphore/1.0", Referer="https://quintaphore.example/")
        assert reply.header("Set-Cookie") is None
    assert server.stop() == 0, server.error
    assert json.loads(done(store, "stats", "--json").output) == [
        {"day": json.loads(done(store, "stats", "--json").output)[0]["day"], "layer": LAYER, "count": 10}]
    assert "about 10" in done(store, "stats").output
    assert b"Quintaphore" not in store.read_bytes() and b"127.0.0.1" not in store.read_bytes()


def test_few_looks_are_not_told(store, serve):
    done(store, "layer", "create", LAYER)
    server = serve(store)
    for _ in range(3):
        server.get(f"/map/{LAYER}")
    assert server.stop() == 0, server.error
    assert "fewer than 5" in done(store, "stats").output


def test_a_server_that_is_asked_to_end_loses_nothing_it_has_taken(store, serve):
    """Eight write until they are refused a connection; what was acknowledged is there, and the end came in time."""
    done(store, "layer", "create", LAYER, "--review", "after")
    server = serve(store, "--writes-per-minute", "0")
    kept, cut = [], []

    def write(hand):
        number = 0
        while True:
            number += 1
            try:
                reply = server.ask(ITEMS, "POST", feature(title=f"{hand}-{number}"), Content_Type="application/geo+json")
            except OSError as error:
                cut.append(error)
                return
            if reply.status == 201:
                kept.append(f"{hand}-{number}")

    hands = [threading.Thread(target=write, args=(hand,)) for hand in range(8)]
    for hand in hands:
        hand.start()
    while len(kept) < 40:
        pass
    import time
    began = time.monotonic()
    assert server.stop() == 0, server.error
    assert time.monotonic() - began < 10
    for hand in hands:
        hand.join(timeout=20)
    again = serve(store)
    assert set(kept) <= {item["properties"]["title"] for item in again.features(LAYER)}


def test_an_idle_connection_does_not_keep_a_server_from_ending(store, serve):
    import socket
    import time
    import urllib.parse

    server = serve(store)
    parts = urllib.parse.urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port)) as idle, \
            socket.create_connection((parts.hostname, parts.port)) as slow:
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: lieu\r\n\r\n")
        idle.recv(4096)
        slow.sendall(b"POST " + ITEMS.encode() + b" HTTP/1.1\r\nHost: lieu\r\nContent-Length: 1000\r\n\r\n{")
        time.sleep(0.2)
        began = time.monotonic()
        assert server.stop() == 0, server.error
        assert time.monotonic() - began < 10


def test_the_log_is_lines_of_json_without_addresses(store, serve, tmp_path):
    configured = tmp_path / "lieudit.json"
    configured.write_text(json.dumps({"log": "json", "backups": str(tmp_path)}))
    server = serve(store, "--config", str(configured))
    # A backup that fails is worth a line.
    tmp_path.chmod(0o755)
    server.get("/health")
    server.stop()
    for line in server.said_on_error:
        if line.startswith("{"):
            said = json.loads(line)
            assert {"time", "level", "message"} <= said.keys()
            assert not re.search(r"\d+\.\d+\.\d+\.\d+", line)
