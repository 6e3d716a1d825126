"""A layer for those who look after it: what waits is in the file, marked, never finer than its author chose, and comes in by no import."""

import csv
import io
import json

import pytest

import asked
from asked import bearer, decide, give
from command import done, exported, lieudit
from served import Server

LAYER = "bals"
# Of one cell of 200 m, and of another.
PLACES = ((2.3795173, 48.8680391), (2.3794011, 48.8681207))
ELSEWHERE = (2.4100000, 48.8800000)


class Venue:
    def __init__(self, folder):
        self.store = folder / "lieudit.sqlite"
        done(self.store, "layer", "create", LAYER, "--title", "Les bals")
        done(self.store, "layer", "create", "ailleurs")
        self.token = done(self.store, "token", "create", "--role", "curator", "--layer", LAYER).output.strip()
        self.server = Server(self.store, "--writes-per-minute", "0")

    def export(self, ending="geojson", **headers):
        return self.server.get(f"/moderation/{LAYER}/export.{ending}", **(headers or bearer(self.token)))

    def states(self):
        return {feature["properties"]["title"]: feature["properties"]["state"] for feature in self.export().json()["features"]}


@pytest.fixture
def venue(tmp_path):
    running = []

    def start(name="one"):
        (tmp_path / name).mkdir()
        running.append(Venue(tmp_path / name))
        return running[-1]

    yield start
    for one in running:
        assert one.server.stop() == 0, one.server.error


@pytest.fixture
def filled(venue):
    one = venue()
    give(one.server, title="Attend", author="=Lou")
    decide(one.server, one.token, give(one.server, title="Paru")["id"], "publish")
    decide(one.server, one.token, give(one.server, title="Demandé")["id"], "ask", question="Quand ?")
    decide(one.server, one.token, give(one.server, title="Refusé")["id"], "reject", reasons="Non.")
    return one


STATES = {"Attend": "pending", "Demandé": "asked", "Paru": "published"}


def test_a_curator_has_it_all_marked_and_nobody_else(filled):
    assert filled.states() == STATES
    reply = filled.export("csv")
    assert reply.kind == "text/csv" and "no-store" in reply.header("Cache-Control")
    assert "attachment" in reply.header("Content-Disposition")
    rows = list(csv.DictReader(io.StringIO(reply.text, newline="")))
    assert {row["title"].split(" ±")[0]: row["state"] for row in rows} == STATES
    assert [row["author"] for row in rows if row["author"]] == ["'=Lou"]
    address = f"/moderation/{LAYER}/export.geojson"
    assert filled.server.ask(address).status == 401
    stranger = done(filled.store, "token", "create", "--role", "curator", "--layer", "ailleurs").output.strip()
    assert filled.server.ask(address, **bearer(stranger)).status == 404
    for ending in ("geojson", "geojsonl", "csv", "kml", "gpx"):
        text = filled.server.get(f"/exports/{LAYER}.{ending}").text
        assert "Paru" in text and "Attend" not in text and "Demandé" not in text, ending


def test_a_session_of_the_desk_opens_it_from_our_own_pages_only(filled):
    reply = filled.server.ask("/session", "POST", json.dumps({"token": filled.token}), Content_Type="application/json",
                              Origin=filled.server.url, Sec_Fetch_Site="same-origin")
    cookie = {"Cookie": reply.header("Set-Cookie").split(";")[0]}
    reply = filled.export(Sec_Fetch_Site="same-origin", **cookie)
    assert len(reply.json()["features"]) == 3 and reply.header("Cache-Control") == "private, no-store"
    other = filled.server.ask(f"/moderation/{LAYER}/export.geojson", Sec_Fetch_Site="cross-site", **cookie)
    assert other.status in (401, 403)


def text_of(one, place, ending):
    """The export of a store of one pending contribution, with what is drawn by chance left out."""
    given = give(one.server, place=place, precision="about")
    return one.export(ending).plain.replace(given["id"].encode(), b"ID"), given


@pytest.mark.parametrize("ending", ["geojson", "csv"])
def test_wherever_in_its_cell_it_was_given_the_bytes_are_the_same(venue, ending):
    (here, first), (there, second), (far, _) = (
        text_of(venue(str(number)), place, ending) for number, place in enumerate((*PLACES, ELSEWHERE)))
    assert first["shows"]["cell"] == second["shows"]["cell"], "the places are of one cell"
    assert here == there
    assert here != far, "another cell is another text"
    for digits in asked.DIGITS:
        assert digits.encode() not in here
    for secret in (first["receipt"]["token"], first["receipt"]["code"]):
        assert secret.encode() not in here


@pytest.mark.parametrize("ending", ["geojson", "geojsonl", "csv"])
def test_the_operator_has_the_same_file_at_the_store_and_brings_nothing_in_that_waits(filled, tmp_path, ending):
    file = tmp_path / f"equipe.{ending}"
    done(filled.store, "export", LAYER, "--pending", "--output", file)
    assert file.stat().st_mode & 0o077 == 0
    if ending != "geojsonl":
        assert file.read_bytes() == filled.export(ending).plain
    target = tmp_path / "target.sqlite"
    refused = lieudit(target, "import", file, "--layer", "reprise")
    assert refused.status == 1 and "not published" in refused.error and "line " in refused.error, refused.error
    assert lieudit(target, "export", "reprise").status == 1, "nothing was written"
    finished = done(target, "import", file, "--layer", "reprise", "--skip-invalid")
    assert "1 features" in finished.output and "2 skipped" in finished.output
    [feature] = exported(target, "reprise")
    assert feature["properties"]["title"] == "Paru" and "state" not in feature["properties"]
    assert feature["properties"]["precision"] == "about"


def test_a_state_of_another_kind_is_a_property_as_any_other(store, tmp_path):
    file = tmp_path / "lieux.csv"
    file.write_text("title,lon,lat,state\nBanc,2.38,48.868,Ohio\nQuai,2.39,48.868,\n", encoding="utf-8")
    done(store, "import", file, "--layer", "lieux")
    assert sorted(feature["properties"].get("state", "") for feature in exported(store, "lieux")) == ["", "Ohio"]
    file.write_text("title,lon,lat,state\nRue,2.38,48.868,Pending \n", encoding="utf-8")
    assert lieudit(store, "import", file, "--layer", "lieux").status == 1
    done(store, "import", file, "--layer", "lieux", "--map", "state=chantier")


def test_a_format_that_could_not_be_read_again_is_refused(filled):
    for options in (("--format", "gpkg"), ("--format", "kml"), ("--crs", "EPSG:2154")):
        refused = lieudit(filled.store, "export", LAYER, "--pending", *options)
        assert refused.status == 1 and "--pending" in refused.error and refused.output == ""
