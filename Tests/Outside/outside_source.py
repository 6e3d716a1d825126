"""Another server of OGC API Features, of a few lines: what `lieudit mirror` copies from."""

import hashlib
import http.server
import json
import threading
import time
import urllib.parse


class Source:
    """Features of one collection, page by page, with validators; `behaviour` makes it hostile."""

    def __init__(self, features, page=3, tags=True, behaviour=None):
        self.features = list(features)
        self.page = page
        self.tags = tags
        self.behaviour = behaviour
        self.asked = []
        self.fails_after = None
        source = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                source.answer(self)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.collection = f"{self.url}/ogc/collections/bancs"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def statuses(self):
        """Of the pages that were asked for since this was last called."""
        asked, self.asked = self.asked, []
        return [status for path, status in asked if "/items" in path]

    def answer(self, handler):
        parts = urllib.parse.urlsplit(handler.path)
        offset = int(urllib.parse.parse_qs(parts.query).get("offset", ["0"])[0])
        if self.fails_after is not None and offset >= self.fails_after:
            return self.send(handler, 503, b"{}")
        if parts.path.endswith("/items"):
            if self.behaviour and self.behaviour(self, handler, offset):
                return None
            return self.send(handler, 200, self.page_at(offset), "application/geo+json")
        if parts.path.endswith("/collections/bancs"):
            return self.send(handler, 200, json.dumps(self.description()).encode())
        return self.send(handler, 404, b"{}")

    def description(self):
        return {
            "id": "bancs", "title": "Les bancs", "description": "Bancs de la ville.", "attribution": "© Ville de Test",
            "links": [
                {"rel": "items", "type": "application/geo+json", "href": f"{self.collection}/items"},
                {"rel": "license", "title": "ODbL-1.0", "href": "https://opendatacommons.org/licenses/odbl/1-0/"},
            ],
        }

    def page_at(self, offset):
        links = []
        if offset + self.page < len(self.features):
            # Relative, as some servers write them.
            links.append({"rel": "next", "href": f"items?limit=1000&offset={offset + self.page}"})
        return json.dumps({
            "type": "FeatureCollection", "features": self.features[offset:offset + self.page], "links": links,
        }).encode()

    def send(self, handler, status, body, kind="application/json", **headers):
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if self.tags and status == 200 and handler.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.asked.append((handler.path, status))
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        if self.tags:
            handler.send_header("ETag", tag)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


def banc(number, title=None, **properties):
    return {
        "type": "Feature", "id": number,
        "geometry": {"type": "Point", "coordinates": [2.3 + number / 1000, 48.86]},
        "properties": {"name": title or f"Banc {number}", "bois": "chêne", **properties},
    }


def endless(source, handler, offset):
    """New pages for ever, with the same features."""
    page = json.loads(source.page_at(0))
    page["links"] = [{"rel": "next", "href": f"items?offset={offset + 1}"}]
    source.send(handler, 200, json.dumps(page).encode(), "application/geo+json")
    return True


def endless_and_new(source, handler, offset):
    features = [banc(1000 * offset + number) for number in range(50)]
    page = {"type": "FeatureCollection", "features": features,
            "links": [{"rel": "next", "href": f"items?offset={offset + 1}"}]}
    source.send(handler, 200, json.dumps(page).encode(), "application/geo+json")
    return True


def circle(source, handler, offset):
    page = json.loads(source.page_at(0))
    page["links"] = [{"rel": "next", "href": handler.path}]
    source.send(handler, 200, json.dumps(page).encode(), "application/geo+json")
    return True


def flood(source, handler, offset):
    """A body of 1 GB, as fast as it is read."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/geo+json")
    handler.end_headers()
    try:
        for _ in range(1024):
            handler.wfile.write(b" " * (1 << 20))
    except OSError:
        pass
    return True


def drip(source, handler, offset):
    """A byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/geo+json")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass
    return True


def elsewhere(source, handler, offset):
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.2:9/items")
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    return True


def next_elsewhere(source, handler, offset):
    page = json.loads(source.page_at(0))
    page["links"] = [{"rel": "next", "href": "http://169.254.169.254/items"}]
    source.send(handler, 200, json.dumps(page).encode(), "application/geo+json")
    return True


def page_of_html(source, handler, offset):
    source.send(handler, 200, b"<html><body>Bonjour</body></html>", "text/html")
    return True
