"""What comes into the house, beside a server or without one."""

import re
import signal
import subprocess
import time

import pytest

import invented
import sample
from command import binary, done, environment, exported, layer_ids, lieudit, refused, titles
from written import GOOD


@pytest.mark.parametrize("format", GOOD)
def test_a_good_file_makes_its_layer(store, tmp_path, format):
    file = tmp_path / f"places.{format}"
    file.write_text(GOOD[format], encoding="utf-8")
    done(store, "import", file, "--layer", "places")
    assert layer_ids(store) == ["places"]
    assert titles(store, "places") == [f"place {number}" for number in range(5)]
    assert sorted(f["geometry"]["coordinates"] for f in exported(store, "places"))[1] == [2.381, 48.868]


@pytest.mark.parametrize("format", GOOD)
@pytest.mark.parametrize("mark, ending", [(b"\xef\xbb\xbf", "\n"), (b"", "\r\n"), (b"\xef\xbb\xbf", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_are_taken_as_they_are_meant(store, tmp_path, format, mark, ending):
    file = tmp_path / f"places.{format}"
    file.write_bytes(mark + GOOD[format].replace("\n", ending).encode())
    done(store, "import", file, "--layer", "places")
    assert titles(store, "places") == [f"place {number}" for number in range(5)]


def test_columns_may_be_named(store, tmp_path):
    file = tmp_path / "villes.csv"
    file.write_text('ville,y_deg,x_deg\n"Sigave, Futuna",-14.2969,-178.1571\n', encoding="utf-8")
    done(store, "import", file, "--layer", "villes", "--lon", "x_deg", "--lat", "y_deg", "--title", "ville")
    [town] = exported(store, "villes")
    assert town["geometry"]["coordinates"] == [-178.1571, -14.2969]
    assert town["properties"]["title"] == "Sigave, Futuna"


def test_what_is_imported_beside_a_running_server_shows_at_once(store, tmp_path, serve):
    done(store, "layer", "create", "places", "--title", "Des lieux")
    server = serve(store)
    assert server.features("places") == []
    file = tmp_path / "places.csv"
    file.write_text(GOOD["csv"], encoding="utf-8")
    done(store, "import", file, "--layer", "places")
    assert len(server.features("places")) == 5
    assert server.collection("places", "near=2.38,48.868&limit=1")["features"][0]["distance"] == 0
    done(store, "import", file, "--layer", "more")
    assert len(server.features("more")) == 5
    file.write_text(GOOD["csv"] + "place 6,NaN,1\n", encoding="utf-8")
    refused(lieudit(store, "import", file, "--layer", "places"), "7", "NaN|number|finite")
    assert len(server.features("places")) == 5
    done(store, "layer", "delete", "more")
    server.get("/collections/more", expected=404)


def test_a_second_server_on_the_same_store_is_refused_with_a_sentence(store, serve):
    done(store, "layer", "create", "places")
    serve(store)
    second = lieudit(store, "serve", "--port", "0", timeout=20)
    assert second.status == 1
    assert second.output == ""
    assert re.search(r"another|already|in use", second.error), second.error
    assert "Fatal error" not in second.error


TOWNS = [
    ("Suva", -18.1416, 178.4419), ("Nadi", -17.8031, 177.4162), ("Lautoka", -17.6169, 177.4505),
    ("Labasa", -16.4164, 179.3825), ("Savusavu", -16.7770, 179.3383), ("Sigave", -14.2969, -178.1571),
    ("Alo", -14.3167, -178.1167), ("Mata Utu", -13.2816, -176.1745), ("Apia", -13.8333, -171.7667),
    ("Port Vila", -17.7338, 168.3219), ("Paris", 48.8534, 2.3488),
]


def test_a_box_across_the_antimeridian_returns_both_sides(store, tmp_path, serve):
    file = invented.write_csv(tmp_path / "villes.csv", TOWNS, columns=("name", "lat", "lon"))
    done(store, "import", file, "--layer", "villes")
    server = serve(store)

    def towns(box):
        return sorted(f["properties"]["title"] for f in server.features("villes", f"bbox={box}&limit=3"))

    assert towns("177,-20,-177,-10") == sorted(["Suva", "Nadi", "Lautoka", "Labasa", "Savusavu", "Sigave", "Alo"])
    assert towns("-177,-20,177,-10") == sorted(["Mata Utu", "Apia", "Port Vila"])
    assert towns("178.4419,-18.1416,178.4419,-18.1416") == ["Suva"]


def test_the_sample_comes_in_as_it_is_written(sample_store):
    for layer in sample.layer_names():
        written = {feature["properties"]["title"]: feature for feature in sample.features(layer)}
        kept = {feature["properties"]["title"]: feature for feature in exported(sample_store, layer)}
        assert set(kept) == set(written)
        for title, feature in kept.items():
            assert feature["geometry"] == written[title]["geometry"], title
            assert feature["properties"]["kind"] == written[title]["properties"]["kind"], title


def test_commands_reach_a_server_whose_store_lies_deep(serve, tmp_path):
    # The address of a socket holds 107 bytes.
    folder = tmp_path / ("profondeur-" * 8) / ("encore-" * 12)
    folder.mkdir(parents=True)
    store = folder / "lieudit.sqlite"
    server = serve(store)
    done(store, "layer", "create", "ici")
    assert [layer["id"] for layer in server.get("/collections").json()["collections"]] == ["ici"]


@pytest.mark.parametrize("beside_a_server", [False, True])
def test_a_killed_import_is_in_wholly_or_not_at_all(serve, tmp_path, beside_a_server):
    file, count = tmp_path / "many.csv", 30_000
    rows = (f"{2 + number % 100 / 1000},{48 + number // 100 / 1000},place {number}" for number in range(count))
    file.write_text("lon,lat,title\n" + "\n".join(rows) + "\n", encoding="utf-8")
    store = tmp_path / "lieudit.sqlite"
    done(store, "layer", "create", "before")
    for delay in (0.1, 0.3, 0.5, 0.7, 0.9):
        server = serve(store) if beside_a_server else None
        importing = subprocess.Popen(
            [binary(), "import", str(file), "--layer", "new", "--store", str(store)], env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        victim = server.process if server else importing
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        importing.kill()
        importing.wait()
        assert lieudit(store, "check").status == 0
        if "new" in layer_ids(store):
            assert len(exported(store, "new")) == count
            done(store, "layer", "delete", "new")
    done(store, "layer", "delete", "before")
    assert not [path.name for path in tmp_path.iterdir() if ".import-" in path.name]
