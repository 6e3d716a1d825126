"""What those meet who look after layers, and their partners: something waiting, reported, invited, cleared and printed, each once."""

import json

from arranged import Partner
from asked import bearer, decide, give
from command import done
from hostile import LONGEST_AUTHOR
from served import Server

WORKSHOP, SHARED = "atelier", "partage"
KNOWN = "https://lieu.example"
HERE = (2.3795, 48.868)


class LookedAfter:
    """`names` are the ids that stand in the addresses of the desk, `tokens` what opens it, `keys` the embeds by their list."""

    def __init__(self, store, say):
        self.store, self.say, self.printing = store, say, None
        self.names, self.tokens, self.keys = {}, {}, {}
        done(store, "layer", "create", WORKSHOP, f"--title={say('Atelier des seuils')}", f"--prompt={say('Quelle porte vous manque ?')}",
             f"--rules={say('On ne nomme personne sans son accord.')}")
        done(store, "layer", "create", SHARED, f"--title={say('Bals du quartier')}", "--review", "after")

    def fill(self, server):
        self.server = server
        self.partner = Partner(server, self.store, "https://theatre.example", name=self.say("Le Théâtre des Lilas"))
        self.tokens["operator"] = self.partner.operator["Authorization"].split()[1]
        self.tokens["partner"] = self.partner.bearer["Authorization"].split()[1]
        self.names["partner"] = self.partner.identifier
        self._share()
        self._wait()
        self._report()
        self._invite()
        self._mark()

    def stop(self):
        if self.printing:
            assert self.printing.stop() == 0, self.printing.error

    def _share(self):
        for number in range(9):
            place = None if number == 5 else (HERE[0] + number % 3 * 0.004, HERE[1] + number // 3 * 0.003)
            give(self.server, SHARED, place, title=self.say(f"Le bal numéro {number + 1}"), text=self.say("On dansait dans la cour, jusqu’au matin."),
                 precision=("about", "exact", "wide")[number % 3] if place else "none", kind=("memory", "place")[number % 2],
                 when=str(1950 + number), author=self.say("Mina", LONGEST_AUTHOR), consents={"partners": True})
        for shown in ("both", "only", "none"):
            self.keys[shown] = self.partner.embed(SHARED, list=shown, title=self.say("Autour du théâtre"), contribute=True, colours={"accent": "#43348c"})
        # One whose partner has not yet said what to show.
        self.keys["waiting"] = self._send("/embeds", {"partner": self.partner.identifier, "layer": SHARED, "title": self.say("Dans le hall")})["key"]
        self.names |= {"embed": self.keys["both"], "waiting": self.keys["waiting"]}

    def _wait(self):
        give(self.server, WORKSHOP, title=self.say("La porte rouge"), text=self.say("Appelez le 06 12 34 56 78, ou frappez trois fois."), author=self.say("Léa", LONGEST_AUTHOR))
        give(self.server, WORKSHOP, title=self.say("Le seuil de l’école"), text=self.say("On y échangeait des billes."), age_band="15-17", when="1974")
        edited = self._published("Elle grinçait chaque matin.")
        change = {"properties": {"text": self.say("Elle grinçait chaque soir."), "when": "1975"}}
        self._send(f"/collections/{WORKSHOP}/items/{edited['id']}", change, "PATCH", bearer(edited["receipt"]["token"]))

    def _report(self):
        for reason in ("personal-data", "other"):
            given = self._published("Chez Anne, tous les soirs.")
            self._send(f"/collections/{WORKSHOP}/items/{given['id']}/reports", {"reason": reason, "text": self.say("C’est ma tante.")}, headers={})
        # The last is dealt with, so that open ones stand beside a closed one.
        given = self._published("Chez le cordonnier.")
        report = self._send(f"/collections/{WORKSHOP}/items/{given['id']}/reports", {"reason": "other", "text": self.say("Il n’y avait pas de cordonnier.")}, headers={})
        self._send(f"/moderation/reports/{report['reference']}/decision", {"outcome": "kept", "reasons": self.say("Chacun se souvient à sa façon.")})

    def _invite(self):
        self._send("/tokens", {"role": "curator", "layer": WORKSHOP, "label": self.say("Ahmed, artiste", LONGEST_AUTHOR)})

    def _mark(self):
        """A point with a code, at a door."""
        given = self._published("Écoutez derrière la porte.", kind="encounter", precision="exact")
        self.names["point"] = given["id"]
        self._send(f"/encounters/{given['id']}", {
            "prompt": self.say("Fermez les yeux. Qu’entendez-vous ?"), "reveals": {"text": self.say("La fontaine."), "links": []},
            "hours": {"weekly": [{"days": ["wed", "sat"], "from": "14:00", "to": "18:00"}], "exceptions": [{"date": "2150-05-01", "closed": True}]}}, "PUT")
        self._send(f"/encounters/{given['id']}/codes", {"label": self.say("porte", LONGEST_AUTHOR)})

    def _published(self, text, **more):
        given = give(self.server, WORKSHOP, title=self.say("La porte"), text=self.say(text), **more)
        decide(self.server, self.tokens["operator"], given["id"], "publish")
        return given

    def _send(self, address, body, method="POST", headers=None):
        reply = self.server.ask(address, method, json.dumps(body), **(self.partner.operator if headers is None else headers))
        assert reply.status < 300, f"{address}: {reply.text}"
        return reply.json() if reply.body else None

    def sheets(self):
        """The page of the sheets of two points, from a server that knows its address: no other prints."""
        store = self.store.with_name("printing.sqlite")
        if not self.printing:
            done(store, "layer", "create", WORKSHOP, f"--title={self.say('Atelier des seuils')}", "--review", "after")
            self.printing = Server(store, "--writes-per-minute", "0", "--public-url", KNOWN)
            token = bearer(done(store, "token", "create", "--role", "operator").output.strip())
            for title in ("La porte qui écoute", "Le banc n° 2, celui qui regarde passer l’eau du canal Saint-Martin"):
                give(self.printing, WORKSHOP, HERE, title=self.say(title), kind="encounter", precision="exact")
            codes = self.printing.ask(f"/moderation/{WORKSHOP}/codes", "POST", json.dumps({"label": self.say("mur", LONGEST_AUTHOR)}), **token)
            assert codes.status < 300, codes.text
            told = self.printing.ask(f"/moderation/{WORKSHOP}/sheets", "POST", json.dumps({"codes": codes.json()["codes"]}), **token)
            assert told.status == 200, told.text
            self.page = told.text
        return self.page
