"""A venue in which everything there is to see occurs once: what the proofs over all pages walk through."""

import datetime
import json
import random
import sqlite3

import pytest

import asked
from asked import bearer, decide, give
from command import done
from invented import SEED
from hostile import LONGEST_AUTHOR as AUTHOR, LONGEST_THEME as THEME, LONGEST_TITLE, PAYLOADS
from looked_after import LookedAfter
from served import Server

CELLS = "carreaux"
CELLS_TITLE = "Souvenirs du canal"
POINTS = "rencontres"
SAME_SPOT = (2.38620, 48.86510)  # Where three contributions stand one on the other, and nothing else near.
TITLES = ["Le lavoir", "La cour des vélos", "Sous le marronnier", "Le café du matin", "L’escalier bleu", "Les bals du samedi"]
# Of one, what is set beside what everybody gives.
ENCOUNTERS = {
    "alive": {}, "asleep": {"hours": {"dated": [{"from": "2150-01-01", "to": "2150-01-03"}]}}, "moved": {"state": "moved"},
}


class World:
    """A running server; `items` are ids by name, `receipts` what their authors hold, `codes` what is on walls.

    `say` has the word on every text that anybody writes, so that another world says worse."""

    def __init__(self, folder):
        store = folder / "lieudit.sqlite"
        asked.fill(store)
        done(store, "layer", "create", CELLS, f"--title={self.say(CELLS_TITLE)}", "--review", "after", f"--prompt={self.say('Que vous rappelle l’eau ?')}",
             f"--description={self.say('Des souvenirs confiés au bord de l’eau, quai après quai.')}")
        done(store, "layer", "create", POINTS, f"--title={self.say('Points de rencontre')}", "--review", "after")
        done(store, "layer", "create", "vide", f"--title={self.say('Un calque encore vide')}")
        self.token = done(store, "token", "create", "--role", "curator").output.strip()
        self.looked_after = LookedAfter(store, self.say)
        self._look_at_maps(store)
        self.server = Server(store, "--writes-per-minute", "0")
        self.url = self.server.url
        self.items, self.receipts, self.codes, self.parents = {}, {}, {}, {}
        self._give_cells()
        self._give_encounters()
        self._give_to_review()
        self.looked_after.fill(self.server)

    def stop(self):
        self.looked_after.stop()
        assert self.server.stop() == 0, self.server.error

    def _author(self):
        """Most sign nothing, and those who mean ill do."""
        author = self.say("", AUTHOR)
        return {"author": author} if author else {}

    def say(self, text, longest=None):
        """What stands for a text, at most so long; as it is, here."""
        return text

    def _look_at_maps(self, store):
        """As if the server had run for a week and written down how often its maps were looked at."""
        today = datetime.date.today()
        with sqlite3.connect(store) as database:
            for back in range(8):
                for layer, count in ((CELLS, 2 + back * 7), (POINTS, 1_200 + back)):
                    database.execute(
                        "INSERT INTO usage (day, layer, count) SELECT ?, number, ? FROM layer WHERE identifier = ?",
                        (str(today - datetime.timedelta(days=back)), count, layer))

    def _give_cells(self):
        chance = random.Random(SEED)
        for number in range(160):
            precision = ("about", "wide", "exact", "about", "none" if number % 40 == 4 else "about")[number % 5]
            near = (2.3795 + chance.gauss(0, 0.004), 48.868 + chance.gauss(0, 0.003))
            self._keep(f"cell-{precision}", give(
                self.server, CELLS, None if precision == "none" else near, title=self.say(f"{TITLES[number % 6]}, {number + 1}"), precision=precision,
                text=self.say("On y venait le soir, quand la lumière baissait sur l’eau."), kind=("memory", "place")[number % 2],
                **self._author(), theme=[self.say(("fête", "travail", "école")[number % 3], THEME)], when=str(1950 + number % 60)))

        for number in range(3):
            give(self.server, CELLS, SAME_SPOT, title=self.say(f"Le même banc, {number + 1}"), precision="exact", kind="memory", when=str(1990 + number))

    def _give_encounters(self):
        for number, (name, more) in enumerate(ENCOUNTERS.items()):
            given = give(self.server, POINTS, (2.3789 + number * 0.0012, 48.868), kind="encounter", precision="exact",
                         title=self.say(("Le banc qui écoute", "La cabine du soir", "La porte bleue")[number]), text=self.say("Contre le mur, à hauteur des yeux."))
            self._keep(name, given)
            self.ask("PUT", f"/encounters/{given['id']}", {
                "prompt": self.say("Fermez les yeux. Qu’entendez-vous ici ?"), "reveals": {"text": self.say("La fontaine chante sous le trottoir.")}, **more})
            self.codes[name] = self.ask("POST", f"/encounters/{given['id']}/codes", {"label": self.say("mur")})["code"]

    def _give_to_review(self):
        for name in ("pending", "published", "rejected"):
            self._keep(name, give(self.server, title=self.say("Le bal du quatorze juillet"), text=self.say("On dansait dans la cour."), author=self.say("Mina", AUTHOR), when="1985-22"))
        decide(self.server, self.token, self.items["published"], "publish")
        decide(self.server, self.token, self.items["rejected"], "reject", reasons=self.say("Le texte nomme une voisine."))
        self._keep("child", give(self.server, title=self.say("Ma cachette"), text=self.say("Derrière l’école."), age_band="under-15"))

    def _keep(self, name, given):
        self.items[name], self.receipts[name] = given["id"], given["receipt"]["token"]
        if "parent" in given:
            self.parents[name] = given["parent"]["link"]

    def ask(self, method, address, body=None):
        """As a curator."""
        reply = self.server.ask(address, method, None if body is None else json.dumps(body), **bearer(self.token))
        assert reply.status < 300, reply.text
        return reply.json()


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("world"))
    yield world
    world.stop()


class HostileWorld(World):
    """The same, where whoever writes means ill: every text is the next payload."""

    spoken = 0

    def say(self, text, longest=LONGEST_TITLE):
        self.spoken += 1
        # 7 shares no factor with their number, so that all come, and neighbours are of different kinds.
        word = PAYLOADS[self.spoken * 7 % len(PAYLOADS)]
        return word[:longest].replace(",", ";") if longest == THEME else word[:longest]


@pytest.fixture(scope="session")
def hostile_world(tmp_path_factory):
    world = HostileWorld(tmp_path_factory.mktemp("hostile"))
    yield world
    world.stop()
