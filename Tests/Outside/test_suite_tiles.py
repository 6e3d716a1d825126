"""What the official test suite of OGC API Tiles 1.0 asserts, and what the standard asks beside it: one test an id.

The suite itself needs Java; these are its assertions, asked in its order (landing page, list, metadata, tile) and with
its habits: the `Accept` of a Java client, the row after the last, the row 2147483647. Requirements by their numbers of
OGC 20-057, Annex A.
"""

import re

import mapbox_vector_tile
import pytest
import shapely
from jsonschema import Draft202012Validator

import sample
import tile_schemas
from served import located
from test_ogc_tiles import (
    BROWSER, CRS84, GEOJSON, VECTORS, collections, every_tileset, fill, follow, landing, link, shown_tiles,
)
from test_tiles import EXTENT, world

WEB_MERCATOR_QUAD = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
TILES = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"
MATRIX_SETS = "http://www.opengis.net/spec/tms/2.0/conf/"
CLASSES = {
    TILES + name for name in (
        "core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "collections-selection", "oas30",
        "geojson", "mvt",
    )
} | {
    MATRIX_SETS + name for name in (
        "tilematrixset", "tilematrixsetlimits", "tilesetmetadata", "json-tilematrixset", "json-tilematrixsetlimits",
        "json-tilesetmetadata",
    )
}
# As rest-assured asks for JSON.
JSON = "application/json, application/javascript, text/javascript, text/json"
# T13: what a tester types into the suite for the sample; README.md says the same.
DENSE = {"zoom": 17, "rows": range(45085, 45088), "columns": range(66400, 66403)}


def read_json(server, address):
    reply = server.get(address, Accept=JSON)
    assert reply.kind == "application/json"
    return reply.json()


def conforms(document, schema):
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(document)]
    assert not errors, errors


def templates(metadata):
    return {one["type"]: one for one in metadata["links"] if one["rel"] == "item"}


def declared(server):
    return set(read_json(server, "/conformance")["conformsTo"])


def windows(row, column, beyond=0.0):
    """The ground of a tile, or a little more or less, in tiles of its zoom from the north-west corner."""
    return shapely.box(column - beyond, row - beyond, column + 1 + beyond, row + 1 + beyond)


def on_the_grid(feature, zoom):
    """A GeoJSON geometry with straight sides on the map, as tiles draw it."""
    return shapely.transform(
        shapely.geometry.shape(feature["geometry"]), lambda xy: [world(x, y, zoom) for x, y in xy]
    )


def plain(layer, features):
    return [{**feature, "collection": layer} for feature in features]


def test_every_class_is_declared(sample_server):
    """None is missing of those proved here, none of these two standards is declared beside them."""
    found = {one for one in declared(sample_server) if one.startswith((TILES, MATRIX_SETS))}
    assert found == CLASSES


def test_T1_row_stands_before_column(sample_server):
    """The template says the order; the simple address has it the other way round and the same bytes."""
    zoom, row, column = 15, 11271, 16599
    for layer in sample.layer_names():
        for kind, ending in ((GEOJSON, "geojson"), (VECTORS, "mvt")):
            metadata = read_json(sample_server, f"/collections/{layer}/tiles/WebMercatorQuad")
            address = templates(metadata)[kind]["href"]
            assert re.search(r"/tiles/WebMercatorQuad/\{tileMatrix\}/\{tileRow\}/\{tileCol\}\?", address)
            tile = sample_server.get(fill(templates(metadata)[kind], row, column, zoom))
            simple = sample_server.get(f"/xyz/{layer}/{zoom}/{column}/{row}.{ending}")
            turned = sample_server.get(f"/xyz/{layer}/{zoom}/{row}/{column}.{ending}")
            assert tile.body == simple.body and tile.header("OATiles-hint") == simple.header("OATiles-hint")
            assert tile.header("ETag") == simple.header("ETag") != turned.header("ETag")


def test_T2_landing_page_and_collections_lead_to_tilesets(sample_server):
    """Requirements 11 and 13: dataset-tilesets/landingpage, geodata-tilesets/desc-links."""
    for document in [read_json(sample_server, "/"), *read_json(sample_server, "/collections")["collections"]]:
        address = link(document, "tilesets-vector")["href"]
        assert address.startswith(sample_server.url) and address.endswith("/tiles")
        assert read_json(sample_server, address)["tilesets"]


def test_T3_the_list_describes_every_tileset(sample_server):
    """Requirements 10 and 14: tilesets-list/tileset-links, geodata-tilesets/operation."""
    for path in ["", *(f"/collections/{layer}" for layer in sample.layer_names())]:
        document = read_json(sample_server, f"{path}/tiles")
        conforms(document, tile_schemas.TILESETS)
        for entry in document["tilesets"]:
            assert entry["tileMatrixSetURI"] == WEB_MERCATOR_QUAD
            assert link(entry, "self")["href"] == f"{sample_server.url}{path}/tiles/{entry['tileMatrixSetId']}"
            assert read_json(sample_server, link(entry, "tiling-scheme")["href"])["uri"] == entry["tileMatrixSetURI"]
            first = entry["tileMatrixSetLimits"][0]
            assert {"tileMatrix", "maxTileRow", "minTileCol"} <= first.keys()
            for kind, template in templates(entry).items():
                tile = fill(template, first["maxTileRow"], first["minTileCol"], first["tileMatrix"])
                assert sample_server.get(tile, Accept=BROWSER).kind == kind
            # The suite reads every link of an entry that is no template, and as JSON.
            for one in entry["links"]:
                assert one.get("templated") or sample_server.get(one["href"], Accept=JSON).json()


def test_T4_a_tileset_says_all_of_itself(sample_server):
    """Requirement 8: tileset/description, with its recommendations."""
    for _, metadata in every_tileset(sample_server):
        reply = sample_server.get(link(metadata, "self")["href"], Accept=JSON)
        assert reply.kind == "application/json" and reply.json() == metadata
        conforms(metadata, tile_schemas.TILESET)
        assert metadata["tileMatrixSetURI"] == WEB_MERCATOR_QUAD and metadata["boundingBox"]["crs"] == CRS84
        assert link(metadata, "tiling-scheme")["type"] == "application/json"
        assert set(templates(metadata)) == set(metadata["mediaTypes"]) == {GEOJSON, VECTORS}
        header = reply.header("Link-Template")
        for kind, template in templates(metadata).items():
            assert template["templated"] is True and "{tileMatrixSetId}" not in template["href"]
            assert f'"{template["href"]}"; rel="item"; type="{kind}"' in header
        numbers = [one["tileMatrix"] for one in metadata["tileMatrixSetLimits"]]
        assert len(numbers) == len(set(numbers)) == 23
        [document] = [one for one in metadata["links"] if one.get("title") == "TileJSON"]
        assert sample_server.get(document["href"], Accept=document["type"]).json()["tilejson"] == "3.0.0"
        page = link(metadata, "alternate", "text/html")
        assert sample_server.get(page["href"], Accept="*/*").kind == "text/html"
        assert sample_server.get(link(metadata, "self")["href"], Accept=BROWSER).kind == "text/html"


def test_T5_the_tile_matrix_set_is_the_registered_one(sample_server):
    """Requirement 24 of the suite looks for an `item` link that bears the name of a registered set."""
    listed = follow(sample_server, landing(sample_server), "tiling-schemes")
    conforms(listed, tile_schemas.MATRIX_SETS)
    [entry] = listed["tileMatrixSets"]
    assert "WebMercatorQuad" in link(entry, "item", "application/json")["href"]
    document = read_json(sample_server, link(entry, "item")["href"])
    assert document == read_json(sample_server, link(entry, "self")["href"])
    conforms(document, tile_schemas.MATRIX_SET)
    assert (document["id"], document["uri"]) == ("WebMercatorQuad", WEB_MERCATOR_QUAD) == (entry["id"], entry["uri"])
    assert [matrix["id"] for matrix in document["tileMatrices"]] == [str(zoom) for zoom in range(25)]
    for zoom, matrix in enumerate(document["tileMatrices"]):
        assert matrix["matrixWidth"] == matrix["matrixHeight"] == 2**zoom
        assert matrix["cellSize"] * 2**zoom == pytest.approx(156543.03392804097, rel=1e-12)
        assert matrix["pointOfOrigin"] == pytest.approx([-20037508.342789244, 20037508.342789244], abs=1e-6)


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "text/html,*/*;q=0.8", None], ids=["Java", "any", "browser", "none"])
def test_T6_a_tile_with_data_is_there_whoever_asks(sample_server, accept):
    """Requirement 5: core/tc-success. The template fixes the format; nothing negotiates it away to a page."""
    headers = {"Accept": accept} if accept else {}
    for _, metadata in every_tileset(sample_server):
        rows, columns = shown_tiles(metadata, 14)
        for kind, template in templates(metadata).items():
            for row in rows:
                for column in columns:
                    assert sample_server.get(fill(template, row, column, 14), **headers).kind == kind
            bare = template["href"].split("?")[0]
            negotiated = sample_server.get(fill({**template, "href": bare}, rows[0], columns[0], 14), Accept=kind)
            assert negotiated.kind == kind and negotiated.body == sample_server.get(
                fill(template, rows[0], columns[0], 14)).body


def test_T7_outside_the_limits_is_404_and_inside_is_200(sample_server):
    """Requirement 6: core/tc-error, on the OGC route of layers and of all, and on the simple one."""
    sets = [metadata for _, metadata in every_tileset(sample_server)]
    simple = [
        {"templated": True, "href": f"/xyz/{layer}/{{tileMatrix}}/{{tileCol}}/{{tileRow}}.{ending}"}
        for layer in sample.layer_names()[:1] for ending in ("geojson", "mvt")
    ]
    for template in [one for metadata in sets for one in templates(metadata).values()] + simple:
        for limits in sets[0]["tileMatrixSetLimits"]:
            zoom, rows, columns = limits["tileMatrix"], limits["maxTileRow"], limits["maxTileCol"]
            for row, column in ((rows, 0), (0, columns)):
                sample_server.get(fill(template, row, column, zoom), Accept=BROWSER)
            for row, column in ((rows + 1, limits["minTileCol"]), (limits["minTileRow"], columns + 1)):
                refused(sample_server, fill(template, row, column, zoom))
        for row, column, zoom in [
            (2147483647, 2147483647, 17), (2147483647, 0, 0), (-1, 0, 3), (0, -1, 3), (0, 0, 23), (0, 0, 24), (0, 0, -1),
            ("1.5", 0, 3), ("a", 0, 3), (0, "1e1", 3), (0, 0, "x"), (0, 0, "3.0"), ("%2B1", 0, 3), ("%201", 0, 3),
            ("9" * 30, 0, 3), (0, 0, "9" * 30), ("1%00", 0, 3), ("%EF%BC%91", 0, 3), ("..", 0, 3),
        ]:
            refused(sample_server, fill(template, row, column, zoom))
    empty = {GEOJSON: b'{"type":"FeatureCollection","features":[]}', VECTORS: b""}
    for metadata in sets:
        for kind, template in templates(metadata).items():
            assert sample_server.get(fill(template, 3, 20, 5), Accept=BROWSER).plain == empty[kind]


def refused(server, address):
    reply = server.ask(address, Accept=BROWSER)
    assert reply.status in (400, 404), f"{address} answered {reply.status}"
    assert reply.kind == "application/problem+json"
    conforms(reply.json(), tile_schemas.PROBLEM)


@pytest.mark.parametrize("zoom, row, column", [(17, row, column) for row in DENSE["rows"] for column in DENSE["columns"]])
def test_T8_a_geojson_tile_holds_what_meets_it_and_nothing_else(sample_server, zoom, row, column):
    """Requirement geojson/content: one FeatureCollection in CRS84. No cluster stands at this zoom."""
    margin, unit = 64 / EXTENT, 1 / EXTENT
    for layer in sample.layer_names():
        reply = sample_server.get(f"/collections/{layer}/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=geojson")
        assert reply.kind == GEOJSON
        tile = reply.json()
        assert tile["type"] == "FeatureCollection" and "crs" not in tile
        drawn = {feature["id"]: on_the_grid(feature, zoom) for feature in tile["features"]}
        assert len(drawn) == len(tile["features"])
        for shape in drawn.values():
            assert windows(row, column, margin + unit).covers(shape)
        for feature in located(sample_server.features(layer)):
            shape = on_the_grid(feature, zoom)
            if shape.intersects(windows(row, column, margin - unit)):
                assert feature["id"] in drawn, feature["id"]
                # What is drawn is the geometry itself, as far as simplifying to the scale has left it.
                assert drawn[feature["id"]].hausdorff_distance(
                    shape.intersection(windows(row, column, margin))) < 4 * unit
            elif not shape.intersects(windows(row, column, margin + unit)):
                assert feature["id"] not in drawn, feature["id"]


@pytest.mark.parametrize("zoom, row, column", [(17, row, column) for row in DENSE["rows"] for column in DENSE["columns"]])
def test_T9_a_vector_tile_maps_linearly_to_its_ground(sample_server, zoom, row, column):
    """Requirement mvt/content: 0,0 is the north-west corner, the extent the whole side."""
    for layer in sample.layer_names():
        address = f"/collections/{layer}/tiles/WebMercatorQuad/{zoom}/{row}/{column}"
        reply = sample_server.get(f"{address}?f=mvt")
        assert reply.kind == VECTORS
        layers = mapbox_vector_tile.decode(reply.plain, default_options={"y_coord_down": True, "geojson": True})
        assert list(layers) in ([], [layer])
        features = sample_server.get(f"{address}?f=geojson").json()["features"]
        grounds = {feature["id"]: on_the_grid(feature, zoom) for feature in features}
        for feature in layers.get(layer, {"features": []})["features"]:
            assert feature["geometry"]["coordinates"] is not None
            shape = shapely.transform(
                shapely.geometry.shape(feature["geometry"]), lambda xy: xy / EXTENT + [column, row])
            assert grounds.pop(feature["properties"]["id"]).hausdorff_distance(shape) < 2 / EXTENT
        assert not grounds


def test_T10_a_hint_holds_for_every_tile_inside(sample_server):
    """Recommendation core/tc-deepfullempty: no descendant of a tile that says `empty` holds anything."""
    for layer in [None, *sample.layer_names()]:
        told = walk(sample_server, layer, 0, 0, 0, hint=None, last=15)
        assert told["empty"] > 50 and told[None] > 14, told
    for row, column, zoom in ((DENSE["rows"][1], DENSE["columns"][1], DENSE["zoom"]), (0, 0, 0)):
        reply = sample_server.get(f"/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=mvt")
        assert reply.plain and reply.header("OATiles-hint") is None


def walk(server, layer, zoom, row, column, hint, last):
    """How many tiles tell what, down the way of those that tell nothing and two levels below those that do."""
    path = f"/collections/{layer}" if layer else ""
    reply = server.get(f"{path}/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=mvt")
    found = reply.header("OATiles-hint")
    if hint == "empty":
        assert found == "empty" and reply.plain == b"", f"{zoom}/{row}/{column}"
    assert found is None or reply.plain == b"" or found == "full"
    told = {"empty": 0, "full": 0, None: 0, found: 1}
    below = last if found is None else min(last, zoom + 1 if hint else zoom)
    if zoom < below:
        for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
            for name, count in walk(server, layer, zoom + 1, 2 * row + down, 2 * column + right, found, below).items():
                told[name] += count
    return told


def test_T11_collections_are_chosen_in_their_order(sample_server):
    """Requirements collections-selection/query-collections and collections-response, for tilesets and tiles."""
    names = sample.layer_names()
    zoom, row, column = DENSE["zoom"], DENSE["rows"][1], DENSE["columns"][1]
    alone = {
        name: sample_server.get(f"/collections/{name}/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=geojson").json()
        for name in names
    }
    for asked in (names, names[::-1], names[1:], names[:1], names[1:] + names[:1]):
        metadata = read_json(sample_server, f"/tiles/WebMercatorQuad?collections={','.join(asked)}")
        conforms(metadata, tile_schemas.TILESET)
        assert [layer["id"] for layer in metadata["layers"]] == asked
        tile = sample_server.get(fill(templates(metadata)[GEOJSON], row, column, zoom)).json()
        assert tile["features"] == [one for name in asked for one in plain(name, alone[name]["features"])]
        world_tile = sample_server.get(fill(templates(metadata)[VECTORS], 0, 0, 0)).plain
        assert list(mapbox_vector_tile.decode(world_tile)) == asked
    for address in ("/tiles/WebMercatorQuad?", f"/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=mvt&"):
        for unknown in ("nulle-part", f"{names[0]},nulle-part", "", ",", f"{names[0]},"):
            reply = sample_server.get(f"{address}collections={unknown}", expected=400)
            conforms(reply.json(), tile_schemas.PROBLEM)
            assert reply.json()["parameter"] == "collections"


def test_T11_what_stands_in_a_tile_of_all_leads_back_to_its_layer(sample_server):
    """Every id stands once, and a cluster opens under the layer that it names."""
    for zoom, row, column in ((0, 0, 0), (14, 5635, 8300), (14, 5635, 8299)):
        features = sample_server.get(f"/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=geojson").json()["features"]
        assert len({feature["id"] for feature in features}) == len(features) > 0
        for feature in features:
            properties, layer = feature["properties"], feature["collection"]
            if properties.get("cluster"):
                number = properties["cluster_id"]
                assert feature["id"] == f"{layer}/{number}"
                leaves = sample_server.get(f"/xyz/{layer}/clusters/{number}/leaves").json()
                assert leaves["numberMatched"] == properties["point_count"]
            else:
                assert sample_server.get(f"/collections/{layer}/items/{feature['id']}").json()["id"] == feature["id"]


def test_T12_the_definition_describes_every_resource(sample_server):
    """Requirements oas30/completeness and oas30/operation-id."""
    [service] = [one for one in landing(sample_server)["links"] if one["rel"] == "service-desc"]
    definition = sample_server.get(service["href"], Accept=service["type"]).json()
    suffixes = {
        "/collections/{layer}/tiles": ".collection.vector.getTileSetsList",
        "/collections/{layer}/tiles/WebMercatorQuad": ".collection.vector.getTileSet",
        "/collections/{layer}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": ".collection.vector.getTile",
        "/tiles": ".dataset.vector.getTileSetsList",
        "/tiles/WebMercatorQuad": ".dataset.vector.getTileSet",
        "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": ".dataset.vector.getTile",
    }
    operations = {path: item["get"] for path, item in definition["paths"].items() if "get" in item}
    identifiers = [operation["operationId"] for operation in operations.values()]
    assert len(identifiers) == len(set(identifiers))
    for path, suffix in suffixes.items():
        assert [one for one in identifiers if one.endswith(suffix)] == [operations[path]["operationId"]]
        parameters = {one["name"]: one for one in operations[path]["parameters"]}
        for name in re.findall(r"\{(\w+)\}", path):
            assert parameters[name]["in"] == "path" and parameters[name]["required"] is True
        if "{tileMatrix}" in path:
            assert parameters["tileMatrix"]["schema"]["type"] == "string"
            for name in ("tileRow", "tileCol"):
                assert parameters[name]["schema"] == {"type": "integer", "minimum": 0}
            assert {GEOJSON, VECTORS} <= operations[path]["responses"]["200"]["content"].keys()
        if path.startswith("/tiles/"):
            asked = parameters["collections"]
            assert (asked["in"], asked["required"], asked["style"], asked["explode"]) == ("query", False, "form", False)
            assert asked["schema"]["type"] == "array" and asked["schema"]["items"]["type"] == "string"
        assert {"400", "404"} <= operations[path]["responses"].keys() or "{" not in path
    for path in ("/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad"):
        assert path in operations
    # The links lead where the definition says that something is.
    for _, metadata in every_tileset(sample_server):
        for template in templates(metadata).values():
            path = template["href"].removeprefix(sample_server.url).split("?")[0]
            assert re.sub(r"^/collections/[^/]+/", "/collections/{layer}/", path) in operations


def test_T13_the_range_for_the_tester_is_dense_and_written_down(sample_server):
    """What the suite asks its user for: a registered set, a template with it, and a range where all is data."""
    template = f"{sample_server.url}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?f=mvt"
    whole = next(metadata for _, metadata in every_tileset(sample_server))
    assert templates(whole)[VECTORS]["href"] == template
    for row in DENSE["rows"]:
        for column in DENSE["columns"]:
            reply = sample_server.get(fill(templates(whole)[VECTORS], row, column, DENSE["zoom"]), Accept=BROWSER)
            assert reply.kind == VECTORS and len(reply.plain) > 0
    refused(sample_server, fill(templates(whole)[VECTORS], 2147483647, 2147483647, DENSE["zoom"]))
    rows, columns = DENSE["rows"], DENSE["columns"]
    told = (sample.REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert WEB_MERCATOR_QUAD in told and "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}?f=mvt" in told
    assert (
        f"tile matrix {DENSE['zoom']}, rows {rows[0]} to {rows[-1]}, columns {columns[0]} to {columns[-1]}" in told
    )
