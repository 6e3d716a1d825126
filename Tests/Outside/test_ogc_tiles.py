"""OGC API Tiles as a stranger's client finds it: from the landing page on by links alone.

The names begin with the requirement that each proves (T: OGC API Tiles, J: TileJSON, S: styles).
"""

import math

import mapbox_vector_tile
import pytest

import sample
from test_tiles import world

RELATION = "http://www.opengis.net/def/rel/ogc/1.0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
BROWSER = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
GEOJSON, VECTORS = "application/geo+json", "application/vnd.mapbox-vector-tile"
ZOOM = 14


def link(document, relation, kind=None):
    found = [
        one for one in document["links"]
        if one["rel"] in (relation, RELATION + relation) and (kind is None or one["type"] == kind)
    ]
    assert len(found) == 1, f"{len(found)} links {relation} {kind or ''}"
    return found[0]


def tilejson_link(metadata):
    [found] = [one for one in metadata["links"] if one["rel"] == "alternate" and one.get("title") == "TileJSON"]
    return found


def follow(server, document, relation, kind=None):
    return read(server, link(document, relation, kind))


def read(server, one):
    assert not one.get("templated")
    reply = server.get(one["href"], Accept=one["type"])
    assert reply.kind == one["type"]
    return reply.json()


def landing(server):
    return server.get("/", Accept="application/json").json()


def collections(server):
    return follow(server, landing(server), "data")["collections"]


def every_tileset(server):
    """The metadata of each tileset: that of all layers first."""
    for document in [landing(server), *collections(server)]:
        listed = follow(server, document, "tilesets-vector")
        assert listed["tilesets"]
        for entry in listed["tilesets"]:
            yield entry, follow(server, entry, "self")


def fill(template, row, column, zoom=ZOOM):
    assert template["templated"] is True
    address = template["href"]
    for name, value in (("{tileMatrix}", zoom), ("{tileRow}", row), ("{tileCol}", column)):
        assert address.count(name) == 1
        address = address.replace(name, str(value))
    assert "{" not in address
    return address


def shown_tiles(metadata, zoom):
    """Rows and columns of the tiles that the box of a tileset, and what stands just beside a tile, falls into."""
    box, margin = metadata["boundingBox"], 1 / 64
    left, bottom = world(*box["lowerLeft"], zoom)
    right, top = world(*box["upperRight"], zoom)
    [limits] = [one for one in metadata["tileMatrixSetLimits"] if one["tileMatrix"] == str(zoom)]
    rows, columns = (
        range(max(math.floor(low - margin), limits[f"min{name}"]), min(math.floor(high + margin), limits[f"max{name}"]) + 1)
        for low, high, name in ((top, bottom, "TileRow"), (left, right, "TileCol"))
    )
    assert 0 < len(rows) * len(columns) < 50
    return rows, columns


def tiles(server, metadata, kind, zoom=ZOOM):
    """Every tile of a zoom where the tileset says that something stands, asked for as a browser does."""
    rows, columns = shown_tiles(metadata, zoom)
    for row in rows:
        for column in columns:
            reply = server.get(fill(link(metadata, "item", kind), row, column, zoom), Accept=BROWSER)
            assert reply.kind == kind
            yield row, column, reply


def decoded(body):
    return mapbox_vector_tile.decode(body, default_options={"y_coord_down": True, "geojson": True}) if body else {}


def shown(features):
    """What stands there, whatever the format: features by their public ids, clusters by number and how many they hold."""
    return {
        ("cluster", f["properties"]["cluster_id"], f["properties"]["point_count"]) if f["properties"].get("cluster")
        else f["properties"].get("id", f.get("id"))
        for f in features
    }


def test_t2_t3_the_list_says_what_a_client_needs(sample_server):
    for entry, metadata in every_tileset(sample_server):
        assert entry["title"] and entry["dataType"] == "vector" and entry["crs"]
        assert entry["tileMatrixSetId"] == "WebMercatorQuad"
        for name in ("dataType", "crs", "tileMatrixSetURI", "tileMatrixSetLimits", "boundingBox"):
            assert entry[name] == metadata[name]
        first = entry["tileMatrixSetLimits"][0]
        assert first == {"tileMatrix": "0", "minTileRow": 0, "maxTileRow": 0, "minTileCol": 0, "maxTileCol": 0}
        assert link(entry, "item", VECTORS)["href"] == link(metadata, "item", VECTORS)["href"]


def test_t4_metadata_names_layers_box_and_limits(sample_server):
    names = [one["id"] for one in collections(sample_server)]
    whole, *single = [metadata for _, metadata in every_tileset(sample_server)]
    assert [layer["id"] for layer in whole["layers"]] == names
    assert [[layer["id"] for layer in one["layers"]] for one in single] == [[name] for name in names]
    for metadata in (whole, *single):
        for layer in metadata["layers"]:
            assert layer["propertiesSchema"]["properties"]["title"] == {"type": "string"}
            assert layer.get("geometryDimension", 0) in (0, 1, 2)
        features = [f for layer in metadata["layers"] for f in sample_server.features(layer["id"]) if f["geometry"]]
        box = metadata["boundingBox"]
        assert box["crs"] == CRS84
        assert (*box["lowerLeft"], *box["upperRight"]) == pytest.approx(sample.bounds(features), abs=1e-6)
        for zoom, limits in enumerate(metadata["tileMatrixSetLimits"]):
            last = 2**zoom - 1
            assert limits == {
                "tileMatrix": str(zoom), "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last,
            }
        assert zoom == 22


def test_t5_the_tile_matrix_set_is_web_mercator(sample_server):
    listed = follow(sample_server, landing(sample_server), "tiling-schemes")["tileMatrixSets"]
    assert [one["id"] for one in listed] == ["WebMercatorQuad"]
    document = follow(sample_server, listed[0], "self")
    assert document["uri"] == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    for zoom, matrix in enumerate(document["tileMatrices"]):
        assert matrix["id"] == str(zoom)
        assert matrix["cellSize"] == pytest.approx(2 * math.pi * 6378137 / 256 / 2**zoom, rel=1e-13)
        assert matrix["scaleDenominator"] == pytest.approx(matrix["cellSize"] / 0.00028, rel=1e-13)
        assert matrix["matrixWidth"] == matrix["matrixHeight"] == 2**zoom
    for entry, metadata in every_tileset(sample_server):
        assert follow(sample_server, entry, "tiling-scheme") == document
        assert metadata["tileMatrixSetURI"] == document["uri"]


def test_t6_t8_t9_all_is_inside_the_box_in_both_formats(sample_server):
    for _, metadata in every_tileset(sample_server):
        names = [layer["id"] for layer in metadata["layers"]]
        features, seen = {}, set()
        for row, column, reply in tiles(sample_server, metadata, GEOJSON):
            features[row, column] = reply.json()["features"]
        for row, column, reply in tiles(sample_server, metadata, VECTORS):
            layers = decoded(reply.plain)
            assert [name for name in names if name in layers] == list(layers)
            drawn = [feature for layer in layers.values() for feature in layer["features"]]
            assert shown(drawn) == shown(features[row, column])
            seen |= {(name, one) for name, layer in layers.items() for one in shown(layer["features"])}
        total = sum(one[2] if isinstance(one, tuple) else 1 for _, one in seen)
        assert total == sum(
            1 for name in names for feature in sample_server.features(name) if feature["geometry"]
        )


def test_t1_row_before_column_is_the_simple_tile_turned(sample_server):
    for one in collections(sample_server):
        metadata = follow(sample_server, follow(sample_server, one, "tilesets-vector")["tilesets"][0], "self")
        for kind, ending in ((GEOJSON, "geojson"), (VECTORS, "mvt")):
            for row, column, reply in tiles(sample_server, metadata, kind):
                simple = sample_server.get(f"/xyz/{one['id']}/{ZOOM}/{column}/{row}.{ending}")
                assert simple.body == reply.body and simple.header("ETag") == reply.header("ETag")


@pytest.mark.parametrize("kind", [GEOJSON, VECTORS])
def test_t7_outside_the_matrix_is_404(sample_server, kind):
    for _, metadata in every_tileset(sample_server):
        template = link(metadata, "item", kind)
        for row, column, zoom in [(2147483647, 0, 14), (0, 2**14, 14), (1, 0, 0), (0, 0, 23), ("a", 0, 3), (0, 0, "x")]:
            reply = sample_server.get(fill(template, row, column, zoom), expected=404, Accept=BROWSER)
            assert reply.kind == "application/problem+json"


def test_t11_collections_stand_in_the_order_asked(sample_server):
    metadata = next(metadata for _, metadata in every_tileset(sample_server))
    names = [layer["id"] for layer in metadata["layers"]]
    address = fill(link(metadata, "item", VECTORS), 0, 0, 0)
    for asked in (names, names[::-1], names[1:], names[:1]):
        layers = decoded(sample_server.get(f"{address}&collections={','.join(asked)}").plain)
        assert list(layers) == asked
    refused = sample_server.get(f"{address}&collections={names[0]},nulle-part", expected=400)
    assert refused.json()["parameter"] == "collections"


def test_j1_j2_j3_tilejson_describes_the_same_tiles(sample_server):
    for _, metadata in every_tileset(sample_server):
        document = read(sample_server, tilejson_link(metadata))
        assert document["tilejson"] == "3.0.0" and document["scheme"] == "xyz"
        assert 0 <= document["minzoom"] <= document["maxzoom"] <= 30
        west, south, east, north = document["bounds"]
        longitude, latitude, zoom = document["center"]
        assert west <= longitude <= east and south <= latitude <= north
        assert document["minzoom"] <= zoom <= document["maxzoom"]
        assert [layer["id"] for layer in document["vector_layers"]] == [layer["id"] for layer in metadata["layers"]]
        assert all(isinstance(text, str) for layer in document["vector_layers"] for text in layer["fields"].values())
        for row, column, reply in tiles(sample_server, metadata, VECTORS):
            [address] = document["tiles"]
            for name, value in (("{z}", ZOOM), ("{x}", column), ("{y}", row)):
                address = address.replace(name, str(value))
            assert sample_server.get(address).body == reply.body


def test_j4_tilejson_may_be_read_from_any_site_and_validated(sample_server):
    for _, metadata in every_tileset(sample_server):
        address = tilejson_link(metadata)["href"]
        reply = sample_server.get(address, Origin="https://ailleurs.example")
        assert reply.header("Access-Control-Allow-Origin") == "*"
        sample_server.get(address, expected=304, If_None_Match=reply.header("ETag"))


def test_s1_styles_draw_layers_of_our_tilejson(sample_server):
    for entry in follow(sample_server, landing(sample_server), "styles")["styles"]:
        assert entry["title"] != entry["id"]
        style = follow(sample_server, entry, "stylesheet")
        assert style["version"] == 8
        names = set()
        for source in style["sources"].values():
            assert source["type"] == "vector" and source["promoteId"] == "id"
            names |= {layer["id"] for layer in sample_server.get(source["url"]).json()["vector_layers"]}
        drawn = {layer["source-layer"] for layer in style["layers"] if "source" in layer}
        assert drawn and drawn <= names
