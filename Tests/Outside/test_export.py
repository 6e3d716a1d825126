"""What leaves the house is read by GDAL and comes back the same."""

import json
import pathlib
import re
import subprocess

import pytest

import invented
import sample
from command import done, exported, lieudit


def ogrinfo(path):
    finished = subprocess.run(["ogrinfo", "-ro", "-al", "-so", str(path)], capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert "ERROR" not in finished.stderr, finished.stderr
    return finished.stdout


def feature_count(path):
    return int(re.search(r"^Feature Count: (\d+)$", ogrinfo(path), re.MULTILINE)[1])


@pytest.mark.parametrize("layer", sample.layer_names())
@pytest.mark.parametrize("format", ["geojson", "csv", "geojsonl"])
def test_gdal_reads_what_the_command_exports(sample_store, tmp_path, layer, format):
    file = tmp_path / f"{layer}.{format}"
    assert done(sample_store, "export", layer, "--format", format, "--output", file).output == ""
    assert feature_count(file) == len(sample.features(layer))


@pytest.mark.parametrize("layer", sample.layer_names())
def test_gdal_reads_the_export_of_the_server_in_the_right_place(sample_server, tmp_path, layer):
    reply = sample_server.get(f"/exports/{layer}.geojson")
    assert reply.kind == "application/geo+json"
    file = tmp_path / "layer.geojson"
    file.write_bytes(reply.plain)
    assert feature_count(file) == len(sample.features(layer))
    told = re.search(r"^Extent: .*$", ogrinfo(file), re.MULTILINE)[0]
    extent = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", told)]
    assert extent == pytest.approx(sample.bounds(sample.features(layer)), abs=1e-6)


@pytest.mark.parametrize("layer", sample.layer_names())
def test_command_and_server_export_the_same_features_as_the_items(sample_store, sample_server, layer):
    items = {feature["id"]: feature["geometry"] for feature in sample_server.features(layer)}
    served = sample_server.get(f"/exports/{layer}.geojson").json()["features"]
    assert {feature["id"]: feature["geometry"] for feature in served} == items
    assert {feature["id"]: feature["geometry"] for feature in exported(sample_store, layer)} == items


def test_an_export_goes_to_standard_output_by_default(sample_store):
    layer = sample.layer_names()[0]
    collection = json.loads(done(sample_store, "export", layer, "--format", "geojson").output)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == len(sample.features(layer))


def test_every_type_of_geometry_survives_export_and_import(store, tmp_path):
    done(store, "import", invented.write_shapes(tmp_path / "shapes.geojson"), "--layer", "shapes")
    file = tmp_path / "out.geojson"
    done(store, "export", "shapes", "--format", "geojson", "--output", file)
    assert feature_count(file) == len(invented.SHAPES)
    done(store, "import", file, "--layer", "again")

    def shapes(layer):
        return {feature["properties"]["title"]: feature["geometry"] for feature in exported(store, layer)}

    assert shapes("again") == shapes("shapes")
    right_hand = "square drawn the other way"
    assert {title: shape for title, shape in shapes("shapes").items() if title != right_hand} == {
        title: shape for title, shape in invented.SHAPES.items() if title != right_hand
    }
    assert shapes("shapes")[right_hand]["coordinates"][0] != invented.SHAPES[right_hand]["coordinates"][0]


def test_a_layer_that_is_not_cannot_be_exported(sample_store, tmp_path):
    file = tmp_path / "nothing.geojson"
    finished = lieudit(sample_store, "export", "nulle-part", "--output", file)
    assert finished.status == 1
    assert "nulle-part" in finished.error
    assert not file.exists()


def most_memory(server):
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE)[1]) * 1024


def test_a_whole_layer_is_streamed_in_the_memory_of_a_piece(store, tmp_path, serve):
    rows = [(name, longitude, latitude, "mot " * 1200) for name, longitude, latitude in invented.places(5000)]
    file = invented.write_csv(tmp_path / "long.csv", rows, columns=("name", "lon", "lat", "text"))
    done(store, "import", file, "--layer", "long")
    server = serve(store)
    server.get("/collections/long/items?limit=1")
    # What starting has once needed does not count.
    pathlib.Path(f"/proc/{server.process.pid}/clear_refs").write_text("5", encoding="ascii")
    before = most_memory(server)
    for form in ("csv", "geojsonl"):
        reply = server.get(f"/collections/long/items?f={form}")
        assert reply.text.count("\n") >= 5000 and len(reply.body) > 23_000_000
        assert most_memory(server) - before < 20_000_000
    # One page of everything is what the measure would find.
    assert len(server.get("/collections/long/items?limit=10000").body) > 23_000_000
    assert most_memory(server) - before > 20_000_000
