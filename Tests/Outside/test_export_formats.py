"""Every format in which a layer leaves, opened by a reader that is not ours and compared feature by feature."""

import csv
import gzip
import io
import json
import os
import re
import sqlite3
import subprocess
import xml.etree.ElementTree as xml

import mapbox_vector_tile
import pytest
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import tileid_to_zxy

import command
import invented
from command import done, lieudit
from served import Server

GDAL = ("gpkg", "fgb", "kml", "gpx")
LAYER = "formes"
CELL = {"precision": "about"}
HOSTILE = "=1+1 & <b>gras</b> ]]> \"x\" \u0007"


def given():
    """Every type of geometry, something that stands nowhere, themes, a number, a truth, an object, hostile words."""
    for number, (title, shape) in enumerate(invented.SHAPES.items()):
        yield {
            "type": "Feature", "geometry": shape,
            "properties": {
                "title": title, "text": "Une ligne\net une autre", "theme": ["bal", "été"], "when": "1987-06-21",
                "number": number, "true": True, "thing": {"a": [1, 2]}, "author": HOSTILE, "licence": "CC-BY-4.0",
            },
        }
    yield {"type": "Feature", "geometry": None, "properties": {"title": "nulle part", "kind": "memory"}}


@pytest.fixture(scope="module")
def shapes_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    store = folder / "lieudit.sqlite"
    file = folder / "given.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(given())}), encoding="utf-8")
    done(store, "layer", "create", LAYER, "--title", "Formes & <traits>", "--description", "Toutes les formes")
    done(store, "import", file, "--layer", LAYER)
    return store


@pytest.fixture(scope="module")
def shapes_server(shapes_store):
    """With one cell besides: what a participant has given from around here."""
    server = Server(shapes_store, "--writes-per-minute", "0")
    done(shapes_store, "layer", "create", "autour", "--title", "Autour", "--review", "after")
    answer = server.ask(
        "/collections/autour/items", "POST",
        json.dumps({
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [2.3795, 48.868]},
            "properties": {"title": "Le bal", "kind": "memory", "precision": "about", "consent": True},
        }), Content_Type="application/json")
    assert answer.status == 201, answer.text
    yield server
    assert server.stop() == 0, server.error


def flattened(value):
    """As formats have it that know no lists: texts with commas, all else as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return value


def items(server, layer=LAYER):
    """Id → geometry and flat properties, as the items say."""
    found = {}
    for feature in server.features(layer):
        properties = {name: flattened(value) for name, value in feature["properties"].items()}
        found[feature["id"]] = (feature["geometry"], properties)
    return found


def fetched(server, ending, folder, layer=LAYER, query=""):
    reply = server.get(f"/exports/{layer}.{ending}{query}")
    file = folder / f"{layer}.{ending}"
    file.write_bytes(reply.plain)
    return file, reply


def by_gdal(file, *options):
    """Each layer of a file as GeoJSON features, by ogr2ogr."""
    listed = subprocess.run(
        ["ogrinfo", "-ro", "-q", str(file)], capture_output=True, text=True, timeout=60, check=True).stdout
    features = {}
    for name in re.findall(r"^\d+: (.+?)(?: \([A-Za-z ,]+\))?$", listed, re.MULTILINE):
        made = subprocess.run(
            ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", str(file), name, "-lco", "RFC7946=NO",
             "-lco", "COORDINATE_PRECISION=9", *options],
            capture_output=True, text=True, timeout=60)
        assert made.returncode == 0 and "ERROR" not in made.stderr, made.stderr
        features[name] = json.loads(made.stdout)["features"]
    return features


def positions(geometry):
    """All numbers of a geometry in their order, and its type; parts of collections too."""
    if geometry is None:
        return None
    if geometry["type"] == "GeometryCollection":
        return [positions(part) for part in geometry["geometries"]]
    return [geometry["type"], rounded(geometry["coordinates"])]


def rounded(value):
    return [rounded(item) for item in value[:2]] if is_position(value) else (
        [rounded(item) for item in value] if isinstance(value, list) else round(value, 7))


def is_position(value):
    return isinstance(value, list) and value and isinstance(value[0], (int, float))


def assert_same(feature, wanted, *, as_text=False):
    geometry, properties = wanted
    assert positions(feature["geometry"]) == positions(geometry)
    for name, value in properties.items():
        # What looks like JSON, GDAL writes as JSON into the GeoJSON that is read here.
        found = flattened(feature["properties"][name])
        if as_text and not isinstance(value, str):
            value, found = json.dumps(value), found if isinstance(found, str) else json.dumps(found)
        if isinstance(value, bool):
            found = bool(found)
        assert found == value, name


def test_a_geopackage_holds_every_feature_in_a_table_of_its_type(shapes_server, tmp_path):
    wanted = items(shapes_server)
    file, reply = fetched(shapes_server, "gpkg", tmp_path)
    assert reply.kind == "application/geopackage+sqlite3" and reply.header("Lieudit-Left-Out") is None
    tables = by_gdal(file)
    styles = tables.pop("layer_styles")
    found = [feature for features in tables.values() for feature in features]
    assert sorted(feature["properties"]["id"] for feature in found) == sorted(wanted)
    for feature in found:
        assert_same(feature, wanted[feature["properties"]["id"]])
    assert len(tables) == 8 and len(tables[f"{LAYER}_nowhere"]) == 1
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        about = dict(database.execute("SELECT table_name, identifier || ' ' || description FROM gpkg_contents"))
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert all("Formes & <traits>" in about[name] and "grille européenne" in about[name] for name in tables)
    assert {style["properties"]["f_table_name"] for style in styles} == {
        f"{LAYER}_{kind}" for kind in
        ("point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon")}
    for style in styles:
        assert style["properties"]["useAsDefault"] and style["properties"]["f_geometry_column"] == "geom"
        assert xml.fromstring(style["properties"]["styleQML"].split("'SYSTEM'>", 1)[1]).tag == "qgis"


def test_a_flatgeobuf_holds_every_feature_that_stands_somewhere(shapes_server, tmp_path):
    wanted = items(shapes_server)
    file, reply = fetched(shapes_server, "fgb", tmp_path)
    (found,) = by_gdal(file).values()
    nowhere = [key for key, (geometry, _) in wanted.items() if geometry is None]
    assert reply.header("Lieudit-Left-Out") == str(len(nowhere)) == "1"
    assert reply.header("OGC-NumberReturned") == str(len(found))
    assert {feature["properties"]["id"] for feature in found} == set(wanted) - set(nowhere)
    for feature in found:
        assert_same(feature, wanted[feature["properties"]["id"]])
        assert feature["properties"]["attribution"] == "Formes & <traits>"


def test_kml_holds_every_feature(shapes_server, tmp_path):
    wanted = items(shapes_server)
    file, reply = fetched(shapes_server, "kml", tmp_path)
    assert reply.header("Lieudit-Left-Out") is None
    (found,) = by_gdal(file).values()
    assert {feature["properties"]["id"] for feature in found} == set(wanted)
    for feature in found:
        geometry, properties = wanted[feature["properties"]["id"]]
        # XML has no place for most control characters.
        properties = {
            name: value.replace("\u0007", "\ufffd") if isinstance(value, str) else value
            for name, value in properties.items()}
        assert_same(feature, (geometry, properties), as_text=True)
        assert feature["properties"]["Name"] == properties["title"]


def test_gpx_holds_places_and_ways_and_counts_what_it_leaves_out(shapes_server, tmp_path):
    wanted = items(shapes_server)
    file, reply = fetched(shapes_server, "gpx", tmp_path)
    layers = by_gdal(file)
    found = layers["waypoints"] + layers["tracks"]
    held = {
        key: geometry for key, (geometry, _) in wanted.items()
        if geometry and geometry["type"] in ("Point", "LineString", "MultiLineString")}
    assert {feature["properties"]["ogr_id"] for feature in found} == set(held)
    assert reply.header("Lieudit-Left-Out") == str(len(wanted) - len(held))
    for feature in found:
        geometry, properties = wanted[feature["properties"]["ogr_id"]]
        lines = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
        assert rounded(feature["geometry"]["coordinates"]) == rounded(lines)
        assert feature["properties"]["name"] == feature["properties"]["ogr_title"] == properties["title"]
        assert feature["properties"]["ogr_theme"] == properties["theme"]


def is_within(position, ring):
    return all(min(at) < here < max(at) for here, at in zip(position, zip(*ring)))


@pytest.mark.parametrize("ending", ["gpx", "kml", "gpkg", "csv"])
def test_a_cell_says_everywhere_that_it_is_one(shapes_server, tmp_path, ending):
    ((_, (geometry, properties)),) = items(shapes_server, "autour").items()
    file, reply = fetched(shapes_server, ending, tmp_path, "autour")
    assert properties["cell"] in reply.text if ending != "gpkg" else True
    if ending == "csv":
        (row,) = csv.DictReader(io.StringIO(reply.text))
        assert row["cell"] == properties["cell"] and row["precision_m"] == "200"
        assert row["title"] == "Le bal ± 200 m"
        assert is_within((float(row["lon"]), float(row["lat"])), geometry["coordinates"][0])
        return
    (feature,) = [feature for name, features in by_gdal(file).items() if name != "layer_styles" for feature in features]
    said = {name.removeprefix("ogr_"): value for name, value in feature["properties"].items()}
    assert said["cell"] == properties["cell"] and str(said["precision_m"]) == "200"
    if ending == "gpx":
        assert is_within(feature["geometry"]["coordinates"], geometry["coordinates"][0])
        assert said["name"] == "Le bal ± 200 m" and said["title"] == "Le bal"
    else:
        assert positions(feature["geometry"]) == positions(geometry)


def tiles_of_pmtiles(data):
    return {place: gzip.decompress(tile) for place, tile in all_tiles(MemorySource(data))}


def tiles_of_mbtiles(file):
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles").fetchall()
        metadata = dict(database.execute("SELECT name, value FROM metadata"))
    return {(z, x, (1 << z) - 1 - row): gzip.decompress(data) for z, x, row, data in rows}, metadata


def test_archives_hold_every_tile_that_is_served_and_each_feature_by_itself_at_the_end(shapes_server, tmp_path):
    wanted = items(shapes_server)
    file, reply = fetched(shapes_server, "pmtiles", tmp_path)
    data = file.read_bytes()
    reader = Reader(MemorySource(data))
    header, metadata = reader.header(), reader.metadata()
    assert header["version"] == 3 and header["clustered"] and (header["min_zoom"], header["max_zoom"]) == (0, 14)
    assert metadata["name"] == "Formes & <traits>" and "grille européenne" in metadata["description"]
    assert metadata["attribution"] == "Formes &amp; &lt;traits&gt;"
    (layer,) = metadata["vector_layers"]
    assert layer["id"] == LAYER and layer["fields"]["title"] == "String" and layer["fields"]["number"] == "Number"
    tiles = tiles_of_pmtiles(data)
    assert header["addressed_tiles_count"] == len(tiles)
    assert header["tile_contents_count"] <= header["tile_entries_count"] <= len(tiles)
    west, south, east, north = (
        header[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat"))
    places = [place for geometry, _ in wanted.values() if geometry for place in flat(geometry)]
    assert west == pytest.approx(min(x for x, _ in places)) and north == pytest.approx(max(y for _, y in places))
    assert south == pytest.approx(min(y for _, y in places)) and east == pytest.approx(max(x for x, _ in places))

    chosen = sorted(tiles)[:: max(1, len(tiles) // 60)]
    for z, x, y in chosen:
        assert reader.get(z, x, y) is not None
        if z < 14:
            assert tiles[z, x, y] == shapes_server.get(f"/xyz/{LAYER}/{z}/{x}/{y}.mvt").plain
    last = {}
    for (z, _, _), tile in tiles.items():
        if z == 14:
            for feature in mapbox_vector_tile.decode(tile)[LAYER]["features"]:
                last[feature["properties"]["id"]] = feature["properties"]
    somewhere = {key for key, (geometry, _) in wanted.items() if geometry}
    assert set(last) == somewhere and reply.header("Lieudit-Left-Out") == str(len(wanted) - len(somewhere))
    for key in somewhere:
        for name, value in wanted[key][1].items():
            assert last[key][name] == value, name

    other, _ = fetched(shapes_server, "mbtiles", tmp_path)
    same, about = tiles_of_mbtiles(other)
    assert same == tiles
    assert about["format"] == "pbf" and json.loads(about["json"])["vector_layers"] == metadata["vector_layers"]
    assert about["name"] == metadata["name"] and about["maxzoom"] == "14"
    assert subprocess.run(["ogrinfo", "-ro", "-so", str(other), LAYER], capture_output=True, timeout=60).returncode == 0


def flat(geometry):
    if geometry["type"] == "GeometryCollection":
        return [place for part in geometry["geometries"] for place in flat(part)]
    waiting, found = [geometry["coordinates"]], []
    while waiting:
        value = waiting.pop()
        if is_position(value):
            found.append(value)
        else:
            waiting.extend(value)
    return found


def test_a_tile_outside_what_is_there_is_none(shapes_server, tmp_path):
    file, _ = fetched(shapes_server, "pmtiles", tmp_path)
    assert Reader(MemorySource(file.read_bytes())).get(14, 0, 0) is None
    assert tileid_to_zxy(0) == (0, 0, 0)


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "kml", "gpx", "mbtiles", "pmtiles"])
def test_command_and_server_make_the_same_file(shapes_store, shapes_server, tmp_path, ending):
    file, reply = fetched(shapes_server, ending, tmp_path)
    made = tmp_path / f"made.{ending}"
    finished = done(shapes_store, "export", LAYER, "--output", made)
    assert made.read_bytes() == file.read_bytes()
    left = reply.header("Lieudit-Left-Out")
    assert (f"Left out {left} features" in finished.error) == (left is not None)
    piped = subprocess.run(
        [command.binary(), "export", LAYER, "--format", ending, "--store", str(shapes_store)],
        capture_output=True, env=command.environment(), timeout=60)
    assert piped.returncode == 0 and piped.stdout == made.read_bytes()
    assert not list(tmp_path.glob(".lieudit-*")) and not list(tmp_path.glob("*.part"))


def test_a_file_has_a_name_that_sorts(shapes_server):
    for ending in ("gpkg", "geojson", "pmtiles", "gpx"):
        name = shapes_server.get(f"/exports/{LAYER}.{ending}").header("Content-Disposition")
        assert re.fullmatch(rf'attachment; filename="{LAYER}-\d{{4}}-\d\d-\d\d\.{ending}"', name)


@pytest.mark.parametrize("code", [2154, 3035, 4326])
def test_files_of_gdal_come_in_other_systems(shapes_server, tmp_path, code):
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    file, _ = fetched(shapes_server, "gpkg", tmp_path, "autour", f"?crs={uri}")
    said = subprocess.run(
        ["ogrinfo", "-ro", "-so", str(file), "autour_polygon"], capture_output=True, text=True, timeout=60).stdout
    assert f'ID["EPSG",{code}]]' in said
    ((_, (geometry, _)),) = items(shapes_server, "autour").items()
    back = by_gdal(file, "-t_srs", "OGC:CRS84")["autour_polygon"][0]["geometry"]
    for found, wanted in zip(flat(back), flat(geometry), strict=True):
        assert found == pytest.approx(wanted, abs=2e-6)
    for ending in ("pmtiles", "mbtiles", "kml", "gpx"):
        assert shapes_server.ask(f"/exports/autour.{ending}?crs={uri}").status == 400


def test_validators_and_ranges_need_no_second_conversion(shapes_server):
    whole = shapes_server.get(f"/exports/{LAYER}.gpkg")
    tag = whole.header("ETag")
    held = shapes_server.ask(f"/exports/{LAYER}.gpkg", If_None_Match=tag)
    assert held.status == 304 and not held.body
    part = shapes_server.ask(f"/exports/{LAYER}.gpkg", Range="bytes=0-15", If_Range=tag)
    assert part.status == 206 and part.body == b"SQLite format 3\0"
    assert shapes_server.ask(f"/exports/{LAYER}.gpkg", Range="bytes=99999999-").status == 416


def test_without_gdal_the_server_says_so_and_all_else_works(shapes_store, tmp_path, monkeypatch):
    # Everything of the system but GDAL.
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("prlimit", "unshare", "nice", "true"):
        os.symlink(f"/usr/bin/{name}", tools / name)
    store = tmp_path / "lieudit.sqlite"
    done(store, "layer", "create", LAYER)
    monkeypatch.setenv("PATH", str(tools))
    server = Server(store)
    try:
        for ending in ("gpkg", "fgb"):
            refused = server.ask(f"/exports/{LAYER}.{ending}")
            assert refused.status == 501 and "apt-get install gdal-bin" in refused.json()["detail"]
            finished = lieudit(store, "export", LAYER, "--output", tmp_path / f"x.{ending}")
            assert finished.status == 1 and "gdal-bin" in finished.error
            assert not (tmp_path / f"x.{ending}").exists()
        for ending in ("geojson", "csv", "kml", "gpx", "pmtiles", "mbtiles"):
            server.get(f"/exports/{LAYER}.{ending}")
    finally:
        assert server.stop() == 0, server.error


def test_nothing_is_left_behind_when_the_server_ends(tmp_path):
    store = tmp_path / "lieudit.sqlite"
    done(store, "layer", "create", LAYER)
    folder = tmp_path / "lieudit.sqlite.exports"
    (folder / "export-left").mkdir(parents=True)
    (folder / "mine").mkdir()
    server = Server(store)
    server.get(f"/exports/{LAYER}.pmtiles")
    assert len(list(folder.glob("export-*"))) == 1 and not (folder / "export-left").exists()
    assert all(entry.stat().st_mode & 0o077 == 0 for entry in folder.glob("export-*"))
    assert server.stop() == 0, server.error
    assert [entry.name for entry in folder.iterdir()] == ["mine"]


def test_a_withdrawn_contribution_leaves_no_file_behind(shapes_server, shapes_store, tmp_path):
    shapes_server.get("/exports/autour.fgb")
    folder = shapes_store.parent / "lieudit.sqlite.exports"
    assert list(folder.rglob("autour.fgb"))
    (identifier,) = items(shapes_server, "autour")
    done(shapes_store, "erase", identifier)
    for _ in range(300):
        if not list(folder.rglob("autour.*")):
            break
        __import__("time").sleep(0.1)
    assert not list(folder.rglob("autour.*"))


def test_a_file_says_whom_to_thank_and_under_which_licence(tmp_path):
    store = tmp_path / "lieudit.sqlite"
    given_file = tmp_path / "given.geojson"
    given_file.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.3795, 48.868]}, "properties": one}
        for one in ({"title": "sans"}, {"title": "avec", "licence": "ODbL-1.0"})]}), encoding="utf-8")
    done(store, "layer", "create", "lieux", "--title", "Nos lieux")
    done(store, "import", given_file, "--layer", "lieux")
    server = Server(store)
    try:
        collection = server.get("/exports/lieux.geojson").json()
        assert collection["attribution"] == "Nos lieux" and "precision_m" in collection["positions"]
        lines = [json.loads(line)["properties"] for line in server.get("/exports/lieux.geojsonl").text.splitlines()]
        assert {(one["title"], one.get("licence"), one["attribution"]) for one in lines} == {
            ("sans", None, "Nos lieux"), ("avec", "ODbL-1.0", "Nos lieux")}
        rows = list(csv.DictReader(io.StringIO(server.get("/exports/lieux.csv").text)))
        assert {(row["title"], row["licence"], row["attribution"]) for row in rows} == {
            ("sans", "", "Nos lieux"), ("avec", "ODbL-1.0", "Nos lieux")}
    finally:
        assert server.stop() == 0, server.error


@pytest.mark.parametrize("code", [2154, 4326])
def test_geojson_and_tables_stand_where_gdal_says_in_other_systems(shapes_server, shapes_store, tmp_path, code):
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    plain, turned = tmp_path / "plain.geojson", tmp_path / "turned.geojson"
    plain.write_text(shapes_server.get("/exports/formes.geojson?precision=exact").text, encoding="utf-8")
    subprocess.run(
        ["ogr2ogr", "-f", "GeoJSON", turned, plain, "-t_srs", f"EPSG:{code}", "-lco", "RFC7946=NO"], check=True, timeout=60)
    wanted = {one["id"]: one["geometry"] for one in json.loads(turned.read_text(encoding="utf-8"))["features"]}
    reply = shapes_server.get(f"/exports/formes.geojson?precision=exact&crs={uri}")
    assert reply.header("Content-Crs") == f"<{uri}>"
    served = {one["id"]: one["geometry"] for one in reply.json()["features"]}
    points = [key for key, geometry in wanted.items() if geometry and geometry["type"] == "Point"]
    assert points
    for key in points:
        here = wanted[key]["coordinates"][:2]
        # As the authority has it: GDAL's files put longitude first.
        assert served[key]["coordinates"] == pytest.approx(here[::-1] if code == 4326 else here, abs=2e-3)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(
        shapes_server.get(f"/exports/formes.csv?precision=exact&crs={uri}").text))}
    for key in points:
        row = rows[key]
        assert [float(row[f"x_{code}"]), float(row[f"y_{code}"])] == pytest.approx(wanted[key]["coordinates"][:2], abs=2e-3)
    file = tmp_path / "formes.csv"
    done(shapes_store, "export", "formes", "--output", file, "--crs", f"EPSG:{code}")
    by_command = {row["id"]: row for row in csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8")))}
    assert all(by_command[key] == rows[key] for key in points)
    refused = lieudit(shapes_store, "import", file, "--layer", "ailleurs", "--dry-run")
    assert refused.status == 1 and "longitude" in refused.error, "metres are never taken for degrees"


def test_boxes_and_circles_narrow_whole_files_too(shapes_server):
    question = "bbox=2.3,48.8,2.5,48.9"
    wanted = shapes_server.get(f"/collections/formes/items?{question}&limit=100").json()["numberReturned"]
    for ending in ("geojson", "csv", "gpkg", "pmtiles"):
        assert shapes_server.get(f"/exports/formes.{ending}?{question}").header("OGC-NumberMatched") == str(wanted)
