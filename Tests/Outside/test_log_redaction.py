"""Nothing that somebody has given, holds or is stands in any log of a run; and the reader of logs would find it."""

import base64
import json
import signal
import urllib.parse

import pytest

from command import done
from test_contribute import ITEMS, LAYER, bearer, feature

ADDRESS = "203.0.113.77"


def forms(canary):
    """How a canary may look in a line: as it is, in an address, in JSON, in base64 at each of three offsets."""
    yield canary
    yield urllib.parse.quote(canary)
    yield json.dumps(canary)[1:-1]
    for lead in range(3):
        whole = base64.b64encode(b"\0" * lead + canary.encode()).decode().rstrip("=")
        # Without the letters that hold bits of what stands before and behind.
        inside = whole[(lead * 8 + 5) // 6:-1]
        if len(inside) >= 12:
            yield inside


def found(canaries, lines):
    """The canaries that stand in some line, in whatever form."""
    text = "\n".join(lines).lower()
    return {canary for canary in canaries if any(form.lower() in text for form in forms(canary))}


class Run:
    """A server that is given a lot, well and badly, killed once, and all that it has said."""

    def __init__(self, store, folder, serve, logs):
        self.canaries, self.lines = {ADDRESS}, []
        settings = folder / "lieudit.json"
        settings.write_text(json.dumps({"log": logs, "backups": str(folder)}))
        done(store, "layer", "create", LAYER, "--review", "after")
        operator = done(store, "token", "create", "--role", "operator").output.strip()
        self.canaries.add(operator)
        for number, ending in enumerate((signal.SIGKILL, signal.SIGTERM)):
            server = serve(store, "--config", str(settings), "--trusted-proxy", "127.0.0.1", "--writes-per-minute", "0")
            self._use(server, number, operator)
            server.stop(ending)
            self.lines += [server.first_line, *server.said_on_error]
        assert len(self.canaries) > 12

    def _ask(self, server, path, method="GET", body=None, **headers):
        return server.ask(path, method, body, X_Forwarded_For=ADDRESS, Content_Type="application/geo+json", **headers)

    def _use(self, server, number, operator):
        place = (2.3791357 + number / 1000, 48.8682468)
        title, text, author = f"Mirliflore{number} éteinte", f"Zinzolin{number}quarante", f"Quibus{number}"
        given = self._ask(server, ITEMS, "POST", feature(place=place, title=title, text=text, author=author)).json()
        self.canaries |= {title, text, author, f"{place[0]:.7f}", given["receipt"]["token"], given["receipt"]["code"]}
        own = bearer(given["receipt"]["token"])
        address = f"{ITEMS}/{given['id']}"
        self._ask(server, address, **own)
        self._ask(server, address, "PATCH", json.dumps({"properties": {"text": text + " encore"}}), **own)
        self._ask(server, f"{address}/reports", "POST", json.dumps(
            {"reason": "other", "text": f"Signalement {text}", "contact": f"marie{number}@canari.example"}))
        self.canaries.add(f"marie{number}@canari.example")
        for path in (f"{ITEMS}?q={urllib.parse.quote(title)}", f"{ITEMS}?near={place[0]},{place[1]}", "/metrics",
                     f"{ITEMS}?bbox={place[0]},x", f"/{urllib.parse.quote(title)}", f"{ITEMS}?cursor={text}",
                     f"/changes/{LAYER}?since={text}", f"/e/{given['receipt']['code']}", f"/parents/{text}"):
            self._ask(server, path, **bearer(operator))
        for body in (feature(place=place, title=title * 500), f'{{"{text}":', json.dumps({text: title}), text * 20_000):
            self._ask(server, ITEMS, "POST", body, **own)
        self._ask(server, "/receipts", "POST", json.dumps({"code": given["receipt"]["code"]}))
        self._ask(server, ITEMS, "GET", **bearer("faux" + operator[4:]))
        self._ask(server, address, "DELETE", **own)


@pytest.mark.parametrize("logs", ["json", "text"])
def test_no_log_of_a_run_holds_what_was_given_or_who_gave_it(store, tmp_path, serve, logs):
    run = Run(store, tmp_path, serve, logs)
    assert found(run.canaries, run.lines) == set()


def test_a_line_that_tells_too_much_would_be_found(store, tmp_path, serve):
    """The control: each canary is slipped, in each form, into a line of a true log, and found there."""
    run = Run(store, tmp_path, serve, "json")
    for canary in run.canaries:
        for form in forms(canary):
            line = f"2026-11-23T04:00:00Z error lieudit: refused: x{form}x"
            assert canary in found(run.canaries, [*run.lines, line]), form
