"""A running `lieudit serve`, and replies as a strict client sees them."""

import gzip
import http.client
import json
import re
import signal
import subprocess
import threading
import urllib.parse
from dataclasses import dataclass

from command import REPOSITORY, binary, environment


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def header(self, name):
        return self.headers.get(name)

    @property
    def kind(self):
        """The media type without its parameters."""
        return (self.header("Content-Type") or "").split(";")[0].strip()

    def json(self):
        return json.loads(self.plain)

    @property
    def plain(self):
        return gzip.decompress(self.body) if self.header("Content-Encoding") == "gzip" else self.body

    @property
    def text(self):
        return self.plain.decode("utf-8")


class Server:
    """`lieudit serve` on a free port of 127.0.0.1; stopped by its process id."""

    def __init__(self, store, *options):
        self.process = subprocess.Popen(
            [*self.program(), "serve", "--store", str(store), "--host", "127.0.0.1", "--port", "0", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment(), cwd=REPOSITORY, text=True,
        )
        self.said_on_error = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.first_line = self._first_line(within=60)
        told = re.fullmatch(r"Lieudit: (http://127\.0\.0\.1:\d+)", self.first_line)
        if not told:
            self.stop()
            raise AssertionError(f"the server said {self.first_line!r} on standard output; {self.error}")
        self.url = told[1]

    def program(self):
        """How the binary is called."""
        return [binary()]

    def _listen(self):
        for line in self.process.stderr:
            self.said_on_error.append(line)

    def _first_line(self, within):
        late = threading.Timer(within, self.process.kill)
        late.start()
        line = self.process.stdout.readline().rstrip("\n")
        late.cancel()
        return line

    @property
    def error(self):
        return "".join(self.said_on_error)

    @property
    def complaints(self):
        """What it has said that is no matter of how busy the machine is."""
        return [line for line in self.said_on_error if "slow query" not in line and "slow answer" not in line]

    def stop(self, how=signal.SIGTERM):
        """Asks it to end and answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._listener.join(timeout=5)
        return self.process.returncode

    def ask(self, path, method="GET", body=None, **headers):
        """One request. A path may be a full address of this server; header names take _ for -."""
        parts = urllib.parse.urlsplit(self.url)
        assert path.startswith("/") or path.startswith(self.url + "/"), f"{path} leads away from {self.url}"
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        try:
            connection.request(
                method, path.removeprefix(self.url), body=body,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
            )
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, expected=200, **headers):
        reply = self.ask(path, **headers)
        assert reply.status == expected, f"{path} answered {reply.status}: {reply.body[:500]!r}"
        return reply

    def collection(self, layer, query=""):
        """One page of items."""
        return self.get(f"/collections/{layer}/items{query and '?' + query}").json()

    def pages(self, layer, query="limit=10000"):
        """Every page of items, by its `next` links."""
        page = self.collection(layer, query)
        yield page
        while following := next_link(page):
            page = self.get(following).json()
            yield page

    def features(self, layer, query="limit=10000"):
        return [feature for page in self.pages(layer, query) for feature in page["features"]]


def next_link(page):
    addresses = [link["href"] for link in page.get("links", []) if link["rel"] == "next"]
    assert len(addresses) <= 1
    return addresses[0] if addresses else None


def located(features):
    return [feature for feature in features if feature["geometry"] is not None]
