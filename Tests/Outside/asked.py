"""What the tests of the pages for participants share: a store to contribute to, who comes, and the way through the form."""

import json

import pytest

import sample
from command import done
from served import Server
from visiting import Visitor

LAYER = "bals"
HERE = (2.3795173, 48.8680391)
# Of the true place, as long as nothing else bears them.
DIGITS = ("3795173", "8680391", "37951", "86803")


def fill(store):
    sample.fill(store)
    done(store, "layer", "create", LAYER, "--title", "Les bals perdus", "--prompt", "Où avez-vous dansé ?")
    done(store, "layer", "create", "invites", "--contributors", "invited")
    done(store, "layer", "create", "maison", "--contributors", "curators")
    done(store, "layer", "create", "passe", "--closes", "2020-01-01")
    done(store, "layer", "create", "large", "--finest", "wide", "--precision", "wide")
    done(store, "layer", "create", "aussitot", "--review", "after")
    done(store, "layer", "create", "themes", "--theme", "danse", "--theme", "travail", "--language", "fr", "--language", "ar")


def serve(store):
    return Server(store, "--writes-per-minute", "0")


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def queue(server, token, layer=LAYER):
    return server.get(f"/moderation/{layer}/queue", **bearer(token)).json()["items"]


def decide(server, token, identifier, decision, **more):
    reply = server.ask(f"/moderation/items/{identifier}/decision", "POST", json.dumps({"decision": decision, **more}), **bearer(token))
    assert reply.status == 200, reply.text
    return reply.json()


def give(server, layer=LAYER, place=HERE, **properties):
    """A contribution sent by a program; answers what it was told."""
    body = {"type": "Feature", "geometry": place and {"type": "Point", "coordinates": place},
            "properties": {"title": "Le bal", "text": "Un soir", "consent": True, **properties}}
    reply = server.ask(f"/collections/{layer}/items", "POST", json.dumps(body))
    assert reply.status == 201, reply.text
    return reply.json()


class Participant(Visitor):
    """Somebody who goes through the form with a finger."""

    def begin(self, server, layer=LAYER, language="fr"):
        self.server = server
        self.open(f"{server.url}/contribute/{layer}?interface={language}", quiet=0.4)
        self.until("document.body?.classList.contains('is-scripted')")
        self.go("welcome", "what")

    def go(self, step, to):
        self.touch(f"[data-step={step}] [data-go]")
        self.at(to)

    def at(self, step):
        """The question is asked, and the page's scripts are there to take the answer."""
        asks = f"document.body?.classList.contains('is-scripted') && document.querySelector('[data-step={step}]')?.hidden === false"
        self.until(asks, f"not at {step}")

    def tell(self, title="Le bal du quatorze juillet", text="On dansait dans la cour."):
        self.fill("#title", title)
        self.fill("#text", text)
        self.go("what", "place")

    def say_where(self, way="words"):
        self.touch(f"label[data-way={way}]")
        if way == "words":
            self.go("place", "when")

    def finish(self, when="", author=""):
        """From the time on to the preview."""
        self.fill("#when", when)
        self.go("when", "who")
        self.fill("#author", author)
        self.go("who", "consent")
        self.touch("#consent")
        self.go("consent", "preview")

    def send(self):
        self.touch("#sending .go")
        self.until("!document.querySelector('#sent').hidden", f"not sent: {self.text()[:600]!r}")

    @property
    def code(self):
        return self.text(".ticket-code")

    @property
    def link(self):
        return self.evaluate("document.querySelector('#to-mine').href")

    @property
    def kept(self):
        """All that the page has stored."""
        return self.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie")


NOTHING_KEPT = "{}{}"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = tmp_path_factory.mktemp("asked") / "lieudit.sqlite"
    fill(store)
    return store


@pytest.fixture(scope="module")
def token(store):
    return done(store, "token", "create", "--role", "curator").output.strip()


@pytest.fixture(scope="module")
def server(store, token):
    server = serve(store)
    yield server
    assert server.stop() == 0 and server.complaints == []


@pytest.fixture
def person(tmp_path):
    person = Participant(tmp_path / "profile")
    yield person
    person.close()
