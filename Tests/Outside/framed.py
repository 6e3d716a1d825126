"""Another site with a map of ours on it: its pages, and somebody who looks at them and into their frames."""

import http.server
import json
import threading
import time

from visiting import Visitor


class Site:
    """A site on a port of its own, which serves what it is told at each path; `localhost` and not 127.0.0.1 by default."""

    def __init__(self, host="localhost"):
        self.pages = {}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                page = site.pages.get(self.path.split("?")[0])
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                for name, value in (page or {}).get("headers", {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write((page or {"body": ""})["body"].encode())

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://{host}:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def page(self, path, body, **headers):
        """Puts a page there and answers its address."""
        body = f"<!doctype html><html lang=fr><meta charset=utf-8><title>Le Théâtre</title><body>{body}</body></html>"
        self.pages[path] = {"body": body, "headers": {name.replace("_", "-"): value for name, value in headers.items()}}
        return self.url + path

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class PartnerVisitor(Visitor):
    """Sees what stands in the frames of a page, whatever their origin."""

    def contexts(self, part):
        """The worlds, the newest last, of frames whose address holds a text: (session, number of the world, frame)."""
        found, frames = [], {}
        for event in self.events:
            told, session = event["params"], event.get("sessionId")
            if event["method"] == "Page.frameNavigated":
                frames[told["frame"]["id"]] = told["frame"]["url"]
            elif event["method"] == "Target.attachedToTarget" and told["targetInfo"]["type"] == "iframe":
                frames.setdefault(told["targetInfo"]["targetId"], told["targetInfo"]["url"])
            elif event["method"] == "Target.targetInfoChanged":
                frames[told["targetInfo"]["targetId"]] = told["targetInfo"]["url"]
            elif event["method"] == "Runtime.executionContextCreated":
                found.append((session, told["context"]["id"], told["context"].get("auxData", {}).get("frameId")))
            elif event["method"] == "Runtime.executionContextDestroyed":
                found = [one for one in found if one[:2] != (session, told["executionContextId"])]
            elif event["method"] == "Runtime.executionContextsCleared":
                found = [one for one in found if one[0] != session]
            elif event["method"] == "Target.detachedFromTarget":
                found = [one for one in found if one[0] != told["sessionId"]]
        return [one for one in found if part in frames.get(one[2], "")]

    def _listen_to(self, session):
        super()._listen_to(session)
        self._send("Page.enable", session)
        self._send("Log.enable", session)

    def inside(self, expression, part="/embed/"):
        """The value of an expression in a frame; None while there is no such frame."""
        for session, number, _ in reversed(self.contexts(part)):
            try:
                result = self._ask("Runtime.evaluate", session=session, expression=expression, contextId=number,
                                   returnByValue=True, awaitPromise=True)
            except AssertionError as gone:
                if "context" in str(gone) or "Session" in str(gone):
                    continue
                raise
            assert "exceptionDetails" not in result, result["exceptionDetails"]
            return result["result"].get("value")
        return None

    def until_inside(self, expression, part="/embed/", within=20):
        end = time.monotonic() + within
        while time.monotonic() < end:
            value = self.inside(f"((value) => value instanceof Node ? true : value)({expression})", part)
            if value:
                return value
            self._receive(0.05)
        raise AssertionError(f"{expression} stays false; the frame says {self.inside('document.body?.innerText', part)!r}")

    def look_again(self, part="/embed/"):
        """As when somebody comes back to the window after a while."""
        time.sleep(2.1)
        self.inside("document.dispatchEvent(new Event('visibilitychange'))", part)

    def touch_inside(self, selector, part="/embed/"):
        self.until_inside(f"document.querySelector({json.dumps(selector)})?.checkVisibility()", part)
        self.inside(f"document.querySelector({json.dumps(selector)}).click()", part)

    @property
    def frame_heights(self):
        return self.evaluate("""[...document.querySelectorAll('iframe, lieudit-map')].map((it) =>
            (it.shadowRoot?.querySelector('iframe') ?? it).getBoundingClientRect?.().height ?? 0)""")
