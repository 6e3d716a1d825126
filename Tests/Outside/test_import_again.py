"""The same file comes in again without doubling, the last import can be taken back, and fields are proposed first."""

import json
import sqlite3
import subprocess

import pytest

import asked
from command import done, exported, lieudit, refused
from test_desk_import import send
from test_import_formats import collection, feature, point

LAYER = "arbres"


def table(*rows):
    return "ref,nom,lon,lat,essence\n" + "".join(f"{','.join(map(str, row))}\n" for row in rows)


def tree(number, name=None, longitude=None):
    return (f"A{number}", name or f"Arbre {number}", longitude or 2.3 + number / 1000, 48.868, "orme")


TREES = [tree(number) for number in range(20)]


@pytest.fixture(params=["alone", "beside a server"])
def place(request, store, serve, tmp_path):
    """A store, alone or beside a server that runs on it, and a file."""
    settings = tmp_path / "lieudit.json"
    settings.write_text(json.dumps({"tombstones": str(tmp_path / "tombstones")}))
    place = Place(store, tmp_path / "arbres.csv", settings)
    if request.param != "alone":
        done(store, "layer", "create", LAYER)
        place.server = serve(store, "--config", settings)
    yield place
    if place.server:
        assert {f["id"] for f in place.server.features(LAYER)} == {f["id"] for f in exported(store, LAYER)}, "the server shows what is kept"
    assert lieudit(store, "check").status == 0


class Place:
    server = None

    def __init__(self, store, file, settings):
        self.store, self.file, self.settings = store, file, settings

    def run(self, *options):
        return lieudit(self.store, "import", *options, "--layer", LAYER, "--config", self.settings)

    def bring(self, *rows, options=("--key", "ref")):
        self.file.write_text(table(*rows), encoding="utf-8")
        finished = self.run(self.file, *options)
        assert finished.status == 0, finished.error
        return finished.output

    def undo(self):
        finished = self.run("--undo")
        assert finished.status == 0, finished.error
        return finished.output

    def ids(self):
        return {one["properties"]["title"]: one["id"] for one in exported(self.store, LAYER)}

    def changes(self):
        return rows(self.store, "SELECT action, hex(public_id) FROM change ORDER BY sequence")


def rows(store, query, *values):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        return database.execute(query, values).fetchall()


def curator(store):
    return done(store, "token", "create", "--role", "curator", "--layer", LAYER).output.strip()


def test_the_same_file_again_changes_nothing(place):
    assert "20 added, 0 changed, 0 unchanged." in place.bring(*TREES)
    ids, changes = place.ids(), place.changes()
    assert len(ids) == 20
    assert place.bring(*TREES) == "0 added, 0 changed, 20 unchanged.\n"
    assert place.ids() == ids and place.changes() == changes


def test_what_has_changed_is_changed_under_its_id_and_what_is_gone_stays(place):
    place.bring(*TREES)
    ids, before = place.ids(), len(place.changes())
    new = [tree(0, "Le grand orme"), tree(1, longitude=2.4), *TREES[2:18], tree(30)]
    assert "1 added, 2 changed, 16 unchanged. 2 no longer in the file, kept." in place.bring(*new)
    after = place.ids()
    assert after["Le grand orme"] == ids["Arbre 0"] and after["Arbre 1"] == ids["Arbre 1"]
    assert set(after) - set(ids) == {"Le grand orme", "Arbre 30"} and len(after) == 21
    [moved] = [one for one in exported(place.store, LAYER) if one["properties"]["title"] == "Arbre 1"]
    assert moved["geometry"]["coordinates"] == [2.4, 48.868]
    said = sorted(action for action, _ in place.changes()[before:])
    assert said == ["added", "changed", "changed"]
    assert "0 added, 0 changed, 19 unchanged. 2 no longer" in place.bring(*new)
    # What was gone and comes back is what it was.
    assert "0 added, 2 changed, 18 unchanged. 1 no longer" in place.bring(*TREES)
    assert {title: place.ids()[title] for title in ids} == ids


def test_where_it_comes_from_leaves_in_every_format(place, tmp_path):
    place.bring(*TREES[:3])
    for one in exported(place.store, LAYER):
        assert one["properties"]["source"] == "arbres.csv" and one["properties"]["source_id"].startswith("A")
        assert "ref" not in one["properties"] and one["properties"]["essence"] == "orme"
    for ending in ("csv", "gpkg", "kml"):
        done(place.store, "export", LAYER, "--output", tmp_path / f"out.{ending}")
        done(tmp_path / "other.sqlite", "import", tmp_path / f"out.{ending}", "--layer", ending)
        assert {one["properties"]["source_id"] for one in exported(tmp_path / "other.sqlite", ending)} == {"A0", "A1", "A2"}, ending


def test_another_source_has_keys_of_its_own_and_a_file_that_is_renamed_is_told_of(place):
    place.bring(*TREES[:3])
    place.file.write_text(table(*TREES[:3]), encoding="utf-8")
    other = place.run(place.file, "--key", "ref", "--source", "Un autre relevé")
    assert "3 added" in other.output and "--source" in other.error and len(exported(place.store, LAYER)) == 6
    assert {one["properties"]["source"] for one in exported(place.store, LAYER)} == {"arbres.csv", "Un autre relevé"}
    again = place.run(place.file, "--key", "ref", "--source", "Un autre relevé")
    assert "0 added, 0 changed, 3 unchanged." in again.output and "--source" not in again.error


def test_what_was_coarsened_hidden_masked_or_erased_here_stays_so(store, serve, tmp_path):
    done(store, "layer", "create", LAYER)
    server, place = serve(store), Place(store, tmp_path / "arbres.csv", tmp_path / "none.json")
    place.settings.write_text("{}")
    place.bring(*TREES[:5])
    ids, token = place.ids(), curator(store)
    asked.decide(server, token, ids["Arbre 0"], "coarsen", precision="wide", reasons="Trop près")
    asked.decide(server, token, ids["Arbre 1"], "hide", reasons="À revoir")
    asked.decide(server, token, ids["Arbre 2"], "mask", words=["Arbre"], revision=1, reasons="Un nom")
    done(store, "erase", ids["Arbre 3"])
    assert place.bring(*TREES[:5]).startswith("0 added, 0 changed, 4 unchanged. 1 left as changed")
    new = [tree(number, f"Encore {number}") for number in range(5)]
    assert "0 added, 1 changed, 0 unchanged. 4 left as changed, hidden or erased here." in place.bring(*new)
    shown = {one["properties"]["title"]: one for one in exported(store, LAYER)}
    assert set(shown) >= {"Arbre 0", "Encore 4"} and len(shown) == 3
    assert shown["Arbre 0"]["properties"]["precision"] == "wide"
    assert lieudit(store, "check").status == 0


def test_erasing_takes_all_along_but_a_hash_that_only_this_store_can_make(place):
    secret = "dupont-zacharie-0612"
    place.bring(("A0", "L’orme", 2.3, 48.8, "orme"), (secret, "Le secret", 2.31, 48.81, "orme"))
    erased = lieudit(place.store, "erase", place.ids()["Le secret"], "--config", place.settings)
    assert erased.status == 0, erased.error
    if place.server:
        place.server.stop()
        place.server = None
    for path in place.store.parent.iterdir():
        if path.name.startswith(place.store.name) and path.is_file():
            assert secret.encode() not in path.read_bytes(), path.name
    assert rows(place.store, "SELECT count(*) FROM imported_feature") == [(1,)]
    assert rows(place.store, "SELECT count(*), count(contribution) FROM import_key") == [(2, 1)]
    done(place.store, "layer", "delete", LAYER)
    assert [rows(place.store, f"SELECT count(*) FROM {name}") for name in ("import_run", "imported_feature", "import_key")] == [[(0,)]] * 3
    done(place.store, "layer", "create", LAYER)


def test_a_key_twice_or_missing_is_refused_with_its_line_and_nothing_is_written(place):
    place.bring(*TREES[:2])
    for extra, reason in ((tree(0, "Doublon"), "A0.*line 2"), (("", "Sans clef", 2.3, 48.8, ""), "ref")):
        place.file.write_text(table(*TREES[:2], extra), encoding="utf-8")
        refused(place.run(place.file, "--key", "ref"), 4, reason)
        skipped = place.run(place.file, "--key", "ref", "--skip-invalid")
        assert "0 added, 0 changed, 2 unchanged." in skipped.output and "1 skipped" in skipped.output
        assert "line 4" in skipped.error
    nowhere = place.run(place.file, "--key", "nulle-part")
    assert nowhere.status == 1 and "no column “nulle-part”" in nowhere.error
    assert len(exported(place.store, LAYER)) == 2


def test_keys_in_geojson_are_texts_numbers_or_the_id_of_the_feature(place, tmp_path):
    file = tmp_path / "arbres.geojson"
    for key, properties, identifiers in (("ref", [{"ref": 1}, {"ref": "deux"}], ("1", "deux")), ("id", [{}, {}], ("x", "y"))):
        features = [feature(point(), title=f"{key} {number}", **one) | {"id": identifier}
                    for number, (one, identifier) in enumerate(zip(properties, identifiers))]
        file.write_text(collection(*features), encoding="utf-8")
        first = place.run(file, "--key", key, "--source", key)
        assert "2 added" in first.output, first.error
        assert "2 unchanged" in place.run(file, "--key", key, "--source", key).output
    assert {one["properties"]["source_id"] for one in exported(place.store, LAYER)} == {"1", "deux", "x", "y"}
    features[1].pop("id")
    file.write_text(collection(*features), encoding="utf-8")
    refused(place.run(file, "--key", "id"), 1, "id")


def test_the_column_of_the_title_may_be_the_key(place):
    place.file.write_text(table(*TREES[:2]), encoding="utf-8")
    assert "2 added" in place.run(place.file, "--key", "NOM").output
    assert "2 unchanged" in place.run(place.file, "--key", "nom").output
    assert {one["properties"]["source_id"] for one in exported(place.store, LAYER)} == set(place.ids()) == {"Arbre 0", "Arbre 1"}


def test_a_nested_shape_is_known_again(place, tmp_path):
    file = tmp_path / "formes.geojson"
    inner = {"type": "GeometryCollection", "geometries": [point(), {"type": "MultiPoint", "coordinates": [[2.3, 48.8], [2.4, 48.9]]}]}
    shape = {"type": "GeometryCollection", "geometries": [inner, {"type": "LineString", "coordinates": [[2.3, 48.8], [2.4, 48.9]]}]}
    for title in ("Avant", "Après"):
        file.write_text(collection(feature(shape, title=title, ref=1)), encoding="utf-8")
        finished = place.run(file, "--key", "ref")
    assert "0 added, 1 changed" in finished.output, finished.output
    assert "1 withdrawn" not in place.undo() and "1 withdrawn" in place.undo()


def test_the_last_import_is_taken_back_and_then_the_one_before(place):
    place.bring(*TREES[:4])
    first = place.ids()
    place.bring(*[tree(0, "Changé"), *TREES[1:8]])
    later = place.ids()
    assert place.undo() == "4 withdrawn. 1 changed feature stays as it is.\n"
    assert set(place.ids()) == set(first) - {"Arbre 0"} | {"Changé"}
    gone = {identifier for title, identifier in later.items() if title not in place.ids()}
    assert {identifier for action, identifier in place.changes() if action == "withdrawn"} and len(gone) == 4
    withdrawn = [action for action, _ in place.changes()].count("withdrawn")
    assert withdrawn == 4
    assert (place.settings.parent / "tombstones").stat().st_size > 0
    assert place.undo() == "4 withdrawn.\n"
    assert place.ids() == {}
    nothing = place.run("--undo")
    assert nothing.status == 1 and "no import into arbres" in nothing.error and "Fatal" not in nothing.error
    # Taken back is not erased for ever: it may come again, as something new.
    assert "4 added" in place.bring(*TREES[:4])
    assert not set(place.ids().values()) & set(first.values())


def test_an_import_without_keys_is_taken_back_too_and_one_that_changed_nothing_does_not_count(place):
    place.bring(*TREES[:3], options=())
    place.bring(*TREES[:3], options=())
    assert len(exported(place.store, LAYER)) == 6
    assert place.undo() == "3 withdrawn.\n"
    assert len(exported(place.store, LAYER)) == 3
    place.bring(*TREES[5:7])
    place.bring(*TREES[5:7])
    assert place.undo() == "2 withdrawn.\n"
    assert json.loads(place.run("--undo", "--json").output) == {"withdrawn": 3, "kept": 0, "changed": 0}


def test_what_somebody_has_edited_or_moderated_since_is_not_taken_back(store, serve, tmp_path):
    done(store, "layer", "create", LAYER)
    server, place = serve(store), Place(store, tmp_path / "arbres.csv", tmp_path / "none.json")
    place.settings.write_text("{}")
    given = asked.give(server, LAYER, title="Donné")
    token = curator(store)
    asked.decide(server, token, given["id"], "publish")
    place.bring(*TREES[:5])
    ids = place.ids()
    asked.decide(server, token, ids["Arbre 0"], "coarsen", precision="wide", reasons="Trop près")
    asked.decide(server, token, ids["Arbre 1"], "hide", reasons="À revoir")
    asked.decide(server, token, ids["Arbre 1"], "publish")
    asked.decide(server, token, ids["Arbre 2"], "hide", reasons="À revoir")
    assert place.undo() == "2 withdrawn. 3 edited or moderated since stay.\n"
    assert set(place.ids()) == {"Donné", "Arbre 0", "Arbre 1"}
    assert rows(store, "SELECT count(*) FROM contribution") == [(4,)]
    # And what stays is known still.
    assert "2 added, 0 changed, 3 unchanged." in place.bring(*TREES[:5])
    assert [entry[0] for entry in rows(store, "SELECT act FROM journal WHERE act = 'undo import'")] == ["undo import"]
    assert lieudit(store, "check").status == 0


def test_undo_goes_with_a_layer_alone(store, tmp_path):
    for options in (("--undo", "a.csv"), ("--undo", "--key", "a"), ("--undo", "--dry-run"), ("a.csv", "--source", "a"), ("-", "--key", "a"), ()):
        finished = lieudit(store, "import", *options, "--layer", LAYER)
        assert finished.status == 64 and finished.error.strip(), options
    missing = lieudit(store, "import", "--undo", "--layer", LAYER)
    assert missing.status == 1 and "no import into arbres" in missing.error


def test_a_rehearsal_says_how_each_field_is_read(store, tmp_path):
    file = tmp_path / "arbres.csv"
    file.write_text("nom,lon,lat,surface,note,id,Type\nA,2.3,48.8,3,,7,place\n", encoding="utf-8")
    told = done(store, "import", file, "--layer", LAYER, "--dry-run").output.splitlines()
    assert told[0] == "nom → title, lon → longitude, lat → latitude; kept as they are: surface, note, Type; left out: id."
    assert "1 features would be imported" in told[1]
    told = done(store, "import", file, "--layer", LAYER, "--dry-run", "--map", "note=text", "--map", "Type=kind", "--key", "id").output
    assert "nom → title, lon → longitude, lat → latitude, note → text, id → source_id, Type → kind; kept as they are: surface." in told
    answer = json.loads(done(store, "import", file, "--layer", LAYER, "--dry-run", "--json").output)
    assert (answer["imported"], answer["skipped"], answer["rehearsal"], answer["layer"]) == (1, 0, True, LAYER)
    assert answer["fields"]["read"][0] == {"field": "nom", "property": "title"}
    assert answer["fields"]["kept"] == ["surface", "note", "Type"] and answer["fields"]["left_out"] == ["id"]
    assert not store.exists()


def test_what_a_rehearsal_says_is_what_comes_in(store, tmp_path):
    file = tmp_path / "arbres.geojson"
    features = [feature(point(), name="Nom", titre="Titre", text="Mots", **({"tard": 1} if number else {})) for number in range(3)]
    file.write_text(collection(*features), encoding="utf-8")
    told = done(store, "import", file, "--layer", LAYER, "--dry-run").output
    assert told.startswith("titre → title, text → text; kept as they are: name, tard."), told
    done(store, "import", file, "--layer", LAYER)
    assert exported(store, LAYER)[0]["properties"].items() >= {"title": "Titre", "text": "Mots", "name": "Nom"}.items()


def test_what_gdal_reads_is_proposed_too(store, tmp_path):
    source, file = tmp_path / "arbres.geojson", tmp_path / "arbres.gpkg"
    source.write_text(collection(feature(point(), nom="A", ref=3, surface=1.5)), encoding="utf-8")
    subprocess.run(["ogr2ogr", "-f", "GPKG", file, source], check=True, timeout=60)
    told = done(store, "import", file, "--layer", LAYER, "--dry-run", "--key", "ref").output
    assert told.startswith("nom → title, ref → source_id; kept as they are: surface."), told
    for wanted in ("1 added", "1 unchanged"):
        assert wanted in done(store, "import", file, "--layer", LAYER, "--key", "ref").output
    assert exported(store, LAYER)[0]["properties"]["source"] == "arbres.gpkg"


def test_the_desk_is_told_as_well(store, serve):
    done(store, "layer", "create", LAYER)
    server = serve(store)
    who = {"Authorization": f"Bearer {curator(store)}"}
    looked = send(server, who, table(*TREES[:2]), layer=LAYER, rehearsal="true").json()
    assert looked["count"] == 2 and "nom → title, lon → longitude, lat → latitude; kept as they are: ref, essence." in looked["told"]
