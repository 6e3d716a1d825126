"""Programs that curators and partners have, unaided: GDAL's OAPIF and MVT drivers, and OWSLib."""

import json
import re
import subprocess

import pytest
import shapely
from owslib.ogcapi.features import Features
from shapely.geometry import shape

import drawn
import sample
from served import located
from test_tiles import geojson_tile, label, tile_at

BOX = (2.370, 48.864, 2.375, 48.868)


def gdal(*words):
    finished = subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert "ERROR" not in finished.stderr, finished.stderr
    return finished


def as_geojson(folder, source, *options):
    """What GDAL makes of a source, and what it said of its requests on the way."""
    file = folder / "read.geojson"
    said = gdal("ogr2ogr", "-f", "GeoJSON", file, source, *options, "--debug", "on").stderr
    return json.loads(file.read_text(encoding="utf-8"))["features"], re.findall(r"HTTP: Fetch\((\S+)\)", said)


def by_id(features):
    return {feature["properties"]["id"]: feature for feature in features}


def listed(server):
    """Count and extent of each layer, as GDAL lists them."""
    said = gdal("ogrinfo", "-ro", "-al", "-so", f"OAPIF:{server.url}").stdout
    return {
        name: (int(count), [float(number) for number in re.findall(r"-?\d+\.\d+", extent)])
        for name, count, extent in re.findall(
            r"^Layer name: (\S+)$.*?^Feature Count: (\d+)$\s*^Extent: (.*?)$", said, re.MULTILINE | re.DOTALL
        )
    }


def on_file(features):
    return len(features), pytest.approx(sample.bounds(features), abs=1e-6)


def test_gdal_lists_every_layer_with_its_count_and_extent(sample_server, drawings_server):
    assert listed(sample_server) == {layer: on_file(sample.features(layer)) for layer in sample.layer_names()}
    assert listed(drawings_server) == {family: on_file(drawn.features(family)) for family in drawn.FAMILIES}


@pytest.mark.parametrize("layer", sample.layer_names())
def test_gdal_reads_every_page(sample_server, tmp_path, layer):
    read, requests = as_geojson(tmp_path, f"OAPIF:{sample_server.url}", layer, "-oo", "PAGE_SIZE=7")
    items = {feature["id"]: feature for feature in sample_server.features(layer)}
    assert len(read) == len(items) == len(sample.features(layer))
    pages = {address for address in requests if "/items?" in address}
    assert len(pages) == -(-len(items) // 7), pages
    assert set(by_id(read)) == set(items)
    for id, feature in by_id(read).items():
        assert feature["geometry"] == items[id]["geometry"]
        assert feature["properties"]["title"] == items[id]["properties"]["title"]


@pytest.mark.parametrize("layer", sample.layer_names())
def test_gdal_asks_for_a_box_and_reads_what_is_in_it(sample_server, tmp_path, layer):
    read, requests = as_geojson(tmp_path, f"OAPIF:{sample_server.url}", layer, "-spat", *BOX)
    assert any("bbox=" in address for address in requests), requests
    ours = sample_server.features(layer, "bbox=" + ",".join(map(str, BOX)) + "&limit=10000")
    # A feature without a place is in every box of the standard; GDAL leaves it out by itself.
    assert set(by_id(read)) == {feature["id"] for feature in located(ours)}
    assert len(read) == len(located(ours))
    assert 0 < len(read) < len(sample.features(layer))


@pytest.mark.parametrize("layer", sample.layer_names())
def test_gdal_reads_a_vector_tile_in_the_right_place(sample_server, tmp_path, layer):
    items = {feature["id"]: feature for feature in sample_server.features(layer)}
    zoom = 17
    column, row = tile_at(*located(items.values())[0]["geometry"]["coordinates"], zoom)
    tile = tmp_path / "tile.mvt"
    tile.write_bytes(sample_server.get(f"/xyz/{layer}/{zoom}/{column}/{row}.mvt").plain)
    place = [word for name, value in (("X", column), ("Y", row), ("Z", zoom)) for word in ("-oo", f"{name}={value}")]
    said = gdal("ogrinfo", "-ro", "-al", "-so", f"MVT:{tile}", *place).stdout
    assert re.findall(r"^Layer name: (\S+)$", said, re.MULTILINE) == [layer]
    read, _ = as_geojson(tmp_path, f"MVT:{tile}", "-t_srs", "OGC:CRS84", *place, "-oo", "CLIP=NO")
    seen = [feature for feature in read if "cluster" not in feature["properties"]]
    shown = [label(feature) for feature in geojson_tile(sample_server, layer, zoom, column, row)]
    assert len(read) == len(shown)
    assert {("feature", id) for id in by_id(seen)} == {one for one in shown if one[0] == "feature"} != set()
    for feature in seen:
        original = items[feature["properties"]["id"]]
        assert feature["properties"]["title"] == original["properties"]["title"]
        # Half a unit of the tile's grid is 0.04 m at this zoom, 5e-7°.
        if original["geometry"]["type"] == "Point":
            assert feature["geometry"]["coordinates"] == pytest.approx(original["geometry"]["coordinates"], abs=1e-6)


@pytest.fixture(scope="module")
def owslib(sample_server):
    return Features(sample_server.url)


def test_owslib_reads_landing_page_definition_and_conformance(owslib):
    assert owslib.response["title"]
    assert owslib.api()["openapi"].startswith("3.0")
    classes = owslib.conformance()["conformsTo"]
    for name in ("core", "geojson", "oas30"):
        assert f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" in classes


def test_owslib_finds_the_layers(owslib):
    assert sorted(owslib.feature_collections()) == sorted(sample.layer_names())
    for layer in sample.layers():
        collection = owslib.collection(layer["id"])
        assert (collection["id"], collection["title"]) == (layer["id"], layer["title"])
        assert collection["extent"]["spatial"]["bbox"][0] == pytest.approx(
            sample.bounds(sample.features(layer["id"])), abs=1e-6
        )


@pytest.mark.parametrize("layer", sample.layer_names())
def test_owslib_reads_items_in_a_box_and_a_page_at_a_time(owslib, sample_server, layer):
    found = owslib.collection_items(layer, bbox=list(BOX), limit=10000)
    wanted = [
        feature["properties"]["title"] for feature in sample.features(layer)
        if feature["geometry"] is None or shapely.box(*BOX).intersects(shape(feature["geometry"]))
    ]
    assert sorted(feature["properties"]["title"] for feature in found["features"]) == sorted(wanted) != []
    assert found["numberReturned"] == len(wanted) < len(sample.features(layer))
    page = owslib.collection_items(layer, limit=3)
    assert len(page["features"]) == page["numberReturned"] == 3
    assert page["numberMatched"] == len(sample.features(layer))


def test_owslib_reads_one_item(owslib):
    layer = sample.layer_names()[0]
    [feature] = owslib.collection_items(layer, limit=1)["features"]
    alone = owslib.collection_item(layer, feature["id"])
    for member in ("type", "id", "geometry", "properties"):
        assert alone[member] == feature[member]


def test_owslib_is_told_when_there_is_nothing(owslib):
    with pytest.raises(RuntimeError, match="NotFound"):
        owslib.collection("nulle-part")
