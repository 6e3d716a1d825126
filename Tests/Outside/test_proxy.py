"""The example of a proxy, as nginx runs it: TLS, HTTP/2, and a cache that shows nothing which was withdrawn."""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

import pytest

from command import REPOSITORY, done
from served import Server
from test_contribute import ITEMS, LAYER, bearer, contribute

HOST = "lieu.example"


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Proxy:
    """nginx with the example, in a folder of its own; only the places where it listens and keeps things are others."""

    def __init__(self, folder, server):
        self.folder = folder
        self.plain, self.secure = free_ports(2)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "chain.pem",
             "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"],
            cwd=folder, check=True, capture_output=True)
        (folder / "nginx.conf").write_text(self.around(self.example(server)))
        nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
        assert nginx, "Tools/setup test installs nginx"
        self.process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")])
        self.wait()

    def example(self, server):
        text = (REPOSITORY / "Tools/packaging/nginx.conf").read_text()
        for found, instead in (
            (r"listen 80;", f"listen 127.0.0.1:{self.plain};"), (r"listen 443", f"listen 127.0.0.1:{self.secure}"),
            (r"\n *listen \[::\].*", ""), (r"/etc/letsencrypt/live/lieu.example/fullchain.pem", f"{self.folder}/chain.pem"),
            (r"/etc/letsencrypt/live/lieu.example/privkey.pem", f"{self.folder}/key.pem"),
            (r"/var/cache/nginx/lieudit", f"{self.folder}/cache"), (r"/var/log/nginx", str(self.folder)),
            (r"http://127\.0\.0\.1:8080", server.url),
        ):
            assert re.search(found, text), found
            text = re.sub(found, instead, text)
        return text

    def around(self, example):
        temporary = "".join(
            f"{name}_temp_path {self.folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # Its workers would else be somebody who may not look into this folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        return (f"{user}daemon off; pid {self.folder}/pid; error_log {self.folder}/start.log;\nevents {{}}\nhttp {{\n{temporary}"
                f"add_header X-Cache $upstream_cache_status always;\n{example}}}\n")

    def wait(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return socket.create_connection(("127.0.0.1", self.secure), timeout=1).close()
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"nginx did not start: {(self.folder / 'start.log').read_text()}")

    def ask(self, path, *options):
        """Status, header fields in lower case, and body."""
        body = self.folder / "body"
        body.unlink(missing_ok=True)
        finished = subprocess.run(
            ["curl", "-sS", "--http2", "--noproxy", "*", "--cacert", f"{self.folder}/chain.pem", "--resolve",
             f"{HOST}:{self.secure}:127.0.0.1", "-D", "-", "-o", str(body), *options, f"https://{HOST}:{self.secure}{path}"],
            capture_output=True, text=True, timeout=60)
        assert finished.returncode == 0, finished.stderr
        first, *lines = finished.stdout.strip().splitlines()
        assert first.startswith("HTTP/2 ")
        fields = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        return int(first.split()[1]), fields, body.read_bytes() if body.exists() else b""

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A server and the proxy before it."""
    folder = tmp_path_factory.mktemp("proxy")
    store = folder / "lieudit.sqlite"
    done(store, "layer", "create", LAYER, "--review", "after")
    server = Server(store, "--trusted-proxy", "127.0.0.1", "--public-url", f"https://{HOST}")
    proxy = Proxy(folder, server)
    yield server, proxy
    proxy.stop()
    assert server.stop() == 0, server.error


def test_pages_and_answers_come_through_over_tls_and_http_2(behind):
    server, proxy = behind
    status, fields, body = proxy.ask("/", "-H", "Accept: text/html")
    assert status == 200 and b"</html>" in body and "default-src" in fields["content-security-policy"]
    status, fields, _ = proxy.ask(f"/collections/{LAYER}/items?limit=1")
    assert status == 200 and f"https://{HOST}/" in fields["link"]
    assert proxy.ask("/metrics")[0] == 403
    finished = subprocess.run(
        ["curl", "-sS", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "-H", f"Host: {HOST}",
         f"http://127.0.0.1:{proxy.plain}/collections"], capture_output=True, text=True, check=True)
    assert finished.stdout == f"301 https://{HOST}/collections"


# A second of nginx's, which counts whole ones, and a little more for a busy machine.
KEPT = 2.1


def test_a_tile_asked_again_is_only_asked_about(behind):
    _, proxy = behind
    address = f"/xyz/{LAYER}/3/4/2.geojson"
    first = proxy.ask(address)
    assert first[1]["x-cache"] == "miss"
    time.sleep(KEPT)
    again = proxy.ask(address)
    assert again[1]["x-cache"] == "revalidated" and again[2] == first[2]
    status, fields, body = proxy.ask(address, "-H", f"If-None-Match: {first[1]['etag']}")
    assert (status, body) == (304, b"")
    assert fields["cache-control"] == first[1]["cache-control"] == "public, max-age=0, must-revalidate"


def test_what_is_withdrawn_is_gone_after_two_seconds(behind):
    server, proxy = behind
    given = contribute(server, title="Quintaphore")
    address = f"/collections/{LAYER}/items/{given['id']}"
    time.sleep(KEPT)
    assert b"Quintaphore" in proxy.ask(address)[2]
    assert server.ask(f"{ITEMS}/{given['id']}", "DELETE", **bearer(given["receipt"]["token"])).status == 204
    gone = time.monotonic()
    while b"Quintaphore" in proxy.ask(address)[2]:
        assert time.monotonic() - gone < KEPT + 2
    assert proxy.ask(address)[0] == 404
    proxy.ask(f"/collections/{LAYER}/items?limit=10")
    time.sleep(KEPT)
    assert b"Quintaphore" not in proxy.ask(f"/collections/{LAYER}/items?limit=10")[2]


def test_what_a_secret_opens_is_kept_by_nobody(behind):
    server, proxy = behind
    given = contribute(server, title="Zinzolin")
    secret = f"Authorization: Bearer {given['receipt']['token']}"
    for _ in range(2):
        status, fields, _ = proxy.ask(f"{ITEMS}/{given['id']}", "-H", secret)
        assert status == 200 and fields["cache-control"] == "private, no-store" and fields["x-cache"] == "bypass"
    proxy.ask("/collections", "-H", "Cookie: lieudit=1")
    time.sleep(0.2)
    for file in pathlib.Path(proxy.folder / "cache").rglob("*"):
        assert not file.is_file() or given["receipt"]["token"].encode() not in file.read_bytes()


def test_its_log_knows_neither_addresses_nor_what_was_asked(behind):
    _, proxy = behind
    proxy.ask(f"/collections/{LAYER}/items?near=2.34567,48.87654")
    lines = (proxy.folder / "lieudit.log").read_text().splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d \d{3} \d+ [\d.]+", line), line


def test_a_part_of_a_whole_layer_is_fetched_alone(behind):
    server, proxy = behind
    contribute(server, title="Un")
    whole = proxy.ask(f"/exports/{LAYER}.geojsonl")[2]
    status, fields, part = proxy.ask(f"/exports/{LAYER}.pmtiles", "-H", "Range: bytes=0-6")
    assert (status, part) == (206, b"PMTiles") and "x-cache" not in fields
    assert b'"Un"' in whole


def test_a_curator_brings_a_large_file_in_through_it(behind, tmp_path):
    server, proxy = behind
    token = done(proxy.folder / "lieudit.sqlite", "token", "create", "--role", "operator").output.strip()
    file = tmp_path / "lieux.csv"
    file.write_text("nom,lon,lat\n" + "".join(f"Lieu {number},2.{number:06},48.8\n" for number in range(30_000)))
    assert file.stat().st_size > 500_000
    status, _, body = proxy.ask(
        f"/imports/{LAYER}?file=lieux.csv&rehearsal=true", "-H", f"Authorization: Bearer {token}", "-H",
        "Content-Type: application/octet-stream", "--data-binary", f"@{file}")
    assert status == 200 and json.loads(body)["count"] == 30_000
