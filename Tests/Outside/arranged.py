"""A partner with a map of its own, arranged as an operator and the partner do it."""

import json
import random

from asked import bearer
from command import REPOSITORY, done

LAYER = "bals"
CENTRE = (2.3795, 48.868)


class Partner:
    """Its origins, its tokens and its embeds, on a running server."""

    def __init__(self, server, store, *origins, name="Le Théâtre"):
        self.server = server
        self.operator = bearer(done(store, "token", "create", "--role", "operator").output.strip())
        self.identifier = self._send("/partners", "POST", {"name": name, "origins": list(origins)}, self.operator)["id"]
        told = done(store, "token", "create", "--role", "partner", "--partner", self.identifier)
        self.bearer = bearer(told.output.strip())

    def embed(self, layer=LAYER, **contract):
        """The key of a new embed, which shows all that its authors agree to."""
        key = self._send("/embeds", "POST", {"partner": self.identifier, "layer": layer, **contract}, self.operator)["key"]
        self._send(f"/embeds/{key}/standing", "PUT", {}, self.bearer)
        return key

    def document(self, key):
        return self.server.get(f"/embeds/{key}", **self.operator).json()

    def change(self, key, **contract):
        return self._send(f"/embeds/{key}", "PUT", contract, self.operator)

    def close(self, key):
        assert self.server.ask(f"/embeds/{key}", "DELETE", **self.operator).status == 204

    def _send(self, address, method, body, headers):
        reply = self.server.ask(address, method, json.dumps(body), **headers)
        assert reply.status in (200, 201), reply.text
        return reply.json()


def give(server, title, layer=LAYER, place=CENTRE, partners=True, **properties):
    """A contribution sent by a program; answers what it was told."""
    body = {"type": "Feature", "geometry": place and {"type": "Point", "coordinates": place}, "properties": {
        "title": title, "text": "On dansait dans la cour.", "consent": True, "precision": "about" if place else "none",
        "consents": {"partners": partners}, **properties}}
    reply = server.ask(f"/collections/{layer}/items", "POST", json.dumps(body), Content_Type="application/geo+json")
    assert reply.status == 201, reply.text
    return reply.json()


def withdraw(server, given, layer=LAYER):
    reply = server.ask(f"/collections/{layer}/items/{given['id']}", "DELETE", **bearer(given["receipt"]["token"]))
    assert reply.status in (200, 204), reply.text


STORIES = [
    ("Le bal du quatorze juillet", "On dansait dans la cour jusqu’à l’aube. L’accordéon ne s’arrêtait pas.", "memory", "1985", ["fête"]),
    ("L’atelier de ma grand-mère", "Elle cousait des boutons de nacre, près de la fenêtre. Le poêle sentait le charbon.", "memory", "1962", ["travail"]),
    ("Le passage qui résonne", "Si l’on chante sous la voûte, quelqu’un finit toujours par répondre.", "place", "", ["écoute"]),
    ("Le café des Métallos", "Les grèves s’y préparaient, entre deux parties de belote.", "place", "1936", ["travail", "fête"]),
    ("La cour du tilleul", "Un arbre, trois chaises, et l’ombre qui tourne.", "place", "", []),
    ("Premier baiser", "Devant l’affiche du cinéma. Il pleuvait.", "memory", "1999", []),
    ("Le banc des nouvelles", "On y lisait le journal à voix haute pour ceux qui ne savaient pas.", "memory", "années 50", ["écoute"]),
    ("La fanfare", "Elle passait le dimanche.", "memory", "1978", ["fête"]),
]


def tell(server, layer=LAYER, count=14):
    """A quarter's worth of stories, most of them somewhere around, some exactly there."""
    chance = random.Random(7)
    given = []
    for number in range(count):
        title, text, kind, when, themes = STORIES[number % len(STORIES)]
        place = (CENTRE[0] + chance.gauss(0, 0.005), CENTRE[1] + chance.gauss(0, 0.003))
        more = {"when": when} if when and when[0].isdigit() else {}
        precision = ["about", "exact", "about", "exact", "wide", "about", "none"][number % 7]
        given.append(give(server, title, layer, None if precision == "none" else place, text=text, kind=kind, theme=themes, precision=precision, **more))
    return given
