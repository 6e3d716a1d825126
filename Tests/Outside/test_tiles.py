"""Tiles, through an independent decoder (mapbox-vector-tile) and against the items they show."""

import math
from collections import Counter, defaultdict
from functools import lru_cache

import mapbox_vector_tile
import pytest

import invented
import sample
from served import located

EXTENT = 4096


def tile_at(longitude, latitude, zoom):
    """Column and row of the Web Mercator tile that holds a position."""
    x, y = world(longitude, latitude, zoom)
    return min(max(int(x), 0), 2**zoom - 1), min(max(int(y), 0), 2**zoom - 1)


def world(longitude, latitude, zoom):
    """Web Mercator in tiles from the north-west corner (EPSG:3857)."""
    rise = math.asinh(math.tan(math.radians(latitude)))
    return (longitude + 180) / 360 * 2**zoom, (1 - rise / math.pi) / 2 * 2**zoom


def covering(features, zoom, margin=0.15):
    """The tiles that a point, or the bounds of a longer shape, come near: a cluster may stand beside what it holds."""
    tiles, last = set(), 2**zoom - 1
    for feature in located(features):
        west, south, east, north = sample.bounds([feature])
        left, top = (max(0, int(value - margin)) for value in world(west, north, zoom))
        right, bottom = (min(last, int(value + margin)) for value in world(east, south, zoom))
        tiles |= {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
    return sorted(tiles)


def geojson_tile(server, layer, zoom, x, y):
    tile = server.get(f"/xyz/{layer}/{zoom}/{x}/{y}.geojson").json()
    assert tile["type"] == "FeatureCollection"
    return tile["features"]


def vector_tile(server, layer, zoom, x, y):
    """The features of the layer, in tile units with y downwards as the specification has it."""
    body = server.get(f"/xyz/{layer}/{zoom}/{x}/{y}.mvt").plain
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True, "geojson": True})
    if not decoded:
        return []
    assert list(decoded) == [layer]
    assert decoded[layer]["extent"] == EXTENT
    assert decoded[layer]["version"] == 2
    return decoded[layer]["features"]


def label(feature):
    """What stands there, whatever the format: a cluster and how many it holds, or a feature by its public id."""
    properties = feature["properties"]
    if properties.get("cluster"):
        return ("cluster", properties["cluster_id"], properties["point_count"])
    return ("feature", feature["id"] if isinstance(feature["id"], str) else properties["id"])


@lru_cache(maxsize=None)
def read(server, layer, zoom):
    """Both formats of every tile at a zoom that shows something of the layer."""
    features = server.features(layer)
    return {
        (x, y): (geojson_tile(server, layer, zoom, x, y), vector_tile(server, layer, zoom, x, y))
        for x, y in covering(features, zoom)
    }


EVERY_LAYER = [("sample_server", layer) for layer in sample.layer_names()] + [
    ("invented_server", "shapes"), ("invented_server", "crowds"),
]
ZOOMS = {"shapes": range(0, 9), "crowds": range(0, 11)}


def each_zoom(request, fixture, layer):
    server = request.getfixturevalue(fixture)
    for zoom in ZOOMS.get(layer, range(0, 17)):
        yield server, zoom, read(server, layer, zoom)


@pytest.mark.parametrize("fixture, layer", EVERY_LAYER)
def test_both_formats_show_the_same_features(request, fixture, layer):
    for _, zoom, tiles in each_zoom(request, fixture, layer):
        for (x, y), (geojson, vector) in tiles.items():
            place = f"{zoom}/{x}/{y}"
            assert set(map(label, geojson)) == set(map(label, vector)), place
            points = {label(f): f["geometry"]["coordinates"] for f in vector if f["geometry"]["type"] == "Point"}
            for feature in geojson:
                if feature["geometry"]["type"] == "Point":
                    column, row = world(*feature["geometry"]["coordinates"], zoom)
                    expected = (column - x) * EXTENT, (row - y) * EXTENT
                    assert points[label(feature)] == pytest.approx(expected, abs=1.5), place


@pytest.mark.parametrize("fixture, layer", EVERY_LAYER)
def test_nothing_is_missing_at_any_zoom(request, fixture, layer):
    for server, zoom, tiles in each_zoom(request, fixture, layer):
        for format in (0, 1):
            seen = {label(feature) for tile in tiles.values() for feature in tile[format]}
            features = {one[1] for one in seen if one[0] == "feature"}
            clusters = {one[1]: one[2] for one in seen if one[0] == "cluster"}
            total = len(located(server.features(layer)))
            assert len(features) + sum(clusters.values()) == total, f"zoom {zoom}"


@pytest.mark.parametrize("zoom", range(17, 23))
@pytest.mark.parametrize("layer", sample.layer_names())
def test_where_nothing_is_clustered_every_feature_stands_in_its_tile(sample_server, layer, zoom):
    for feature in located(sample_server.features(layer)):
        place = feature["geometry"]["coordinates"]
        while not isinstance(place[0], (int, float)):
            place = place[0]
        x, y = tile_at(*place, zoom)
        plain = {one["id"]: one for one in geojson_tile(sample_server, layer, zoom, x, y)}
        vector = {one["properties"]["id"]: one for one in vector_tile(sample_server, layer, zoom, x, y)}
        assert feature["id"] in plain and plain.keys() == vector.keys(), f"{zoom}/{x}/{y}"
        if feature["geometry"]["type"] == "Point":
            assert plain[feature["id"]]["geometry"] == feature["geometry"]
            left, top = vector[feature["id"]]["geometry"]["coordinates"]
            across, down = world(*place, zoom)
            assert abs(left - (across - x) * EXTENT) <= 0.6 and abs(top - (down - y) * EXTENT) <= 0.6


@pytest.mark.parametrize("fixture, layer", EVERY_LAYER)
def test_ids_are_the_same_at_every_zoom(request, fixture, layer):
    numbers, names = defaultdict(set), defaultdict(set)
    known = {feature["id"] for feature in request.getfixturevalue(fixture).features(layer)}
    for _, _, tiles in each_zoom(request, fixture, layer):
        for _, vector in tiles.values():
            for feature in vector:
                # The further parts of a mixed collection bear the public id only.
                if not feature["properties"].get("cluster") and feature.get("id"):
                    numbers[feature["properties"]["id"]].add(feature["id"])
                    names[feature["id"]].add(feature["properties"]["id"])
    assert set(numbers) <= known
    assert all(len(ids) == 1 for ids in numbers.values())
    assert all(len(ids) == 1 for ids in names.values())
    assert all(0 < number <= 2**53 for number in names)


@pytest.mark.parametrize("fixture, layer", EVERY_LAYER)
def test_cluster_properties_stand_on_clusters_only(request, fixture, layer):
    wanted = {"cluster", "cluster_id", "point_count", "point_count_abbreviated", "expansion_zoom"}
    for _, zoom, tiles in each_zoom(request, fixture, layer):
        for tile in tiles.values():
            for feature in tile[0] + tile[1]:
                names = set(feature["properties"])
                if "cluster" in names:
                    assert wanted <= names
                    assert feature["properties"]["cluster"] is True
                    assert feature["properties"]["point_count"] >= 2
                    assert feature["properties"]["expansion_zoom"] > zoom
                else:
                    assert not names & wanted


def twice_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


def polygons(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons(part)]
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else []


@pytest.mark.parametrize("fixture, layer", EVERY_LAYER)
def test_rings_are_closed_and_wound_as_each_format_asks(request, fixture, layer):
    """RFC 7946 wants exteriors counterclockwise with y up; the vector tile, of positive area with y down."""
    for _, zoom, tiles in each_zoom(request, fixture, layer):
        for place, (geojson, vector) in tiles.items():
            for feature in geojson + vector:
                for exterior, *holes in polygons(feature["geometry"]):
                    assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in [exterior, *holes])
                    assert twice_area(exterior) > 0, f"{zoom}/{place}"
                    assert all(twice_area(hole) < 0 for hole in holes), f"{zoom}/{place}"


def test_a_court_is_a_hole_in_both_formats(invented_server):
    x, y = tile_at(2.85, 48.85, 8)
    for tile in (geojson_tile(invented_server, "shapes", 8, x, y), vector_tile(invented_server, "shapes", 8, x, y)):
        [square] = [f for f in tile if f["properties"]["title"] == "square with a court"]
        assert any(len(polygon) > 1 for polygon in polygons(square["geometry"]))


@pytest.mark.parametrize("fixture, layer", EVERY_LAYER)
def test_a_geojson_tile_stays_within_its_buffer_and_prints_no_more_than_seven_decimals(request, fixture, layer):
    for server, zoom, tiles in each_zoom(request, fixture, layer):
        for (x, y), (geojson, _) in tiles.items():
            for feature in geojson:
                for longitude, latitude in sample.positions(feature["geometry"]):
                    column, row = world(longitude, latitude, zoom)
                    assert -0.5 < column - x < 1.5 and -0.5 < row - y < 1.5, f"{zoom}/{x}/{y}"
                    assert longitude == round(longitude, 7) and latitude == round(latitude, 7)


@pytest.mark.parametrize("zoom", range(17, 23))
def test_beyond_the_clusters_a_lone_point_is_itself(invented_server, zoom):
    counted = Counter(row[1:] for row in invented.places(1000))
    name, longitude, latitude = next(
        row for row in invented.places(1000) if counted[row[1:]] == 1 and abs(row[2]) < 85 and abs(row[1]) < 179
    )
    x, y = tile_at(longitude, latitude, zoom)
    for tile in (
        geojson_tile(invented_server, "everywhere", zoom, x, y), vector_tile(invented_server, "everywhere", zoom, x, y),
    ):
        assert name in [feature["properties"].get("title") for feature in tile]


def test_an_empty_tile_is_an_empty_collection(sample_server):
    layer = sample.layer_names()[0]
    reply = sample_server.get(f"/xyz/{layer}/16/0/0.geojson")
    assert reply.kind == "application/geo+json"
    assert reply.json() == {"type": "FeatureCollection", "features": []}
    assert vector_tile(sample_server, layer, 16, 0, 0) == []


def test_tiles_say_what_they_are(sample_server):
    layer = sample.layer_names()[0]
    assert sample_server.get(f"/xyz/{layer}/0/0/0.geojson").kind == "application/geo+json"
    assert sample_server.get(f"/xyz/{layer}/0/0/0.mvt").kind == "application/vnd.mapbox-vector-tile"


@pytest.mark.parametrize(
    "address",
    ["23/0/0.mvt", "23/0/0.geojson", "3/8/0.mvt", "3/0/8.geojson", "0/1/0.mvt", "-1/0/0.mvt", "2/-1/0.mvt",
     "a/0/0.mvt", "0/0/0.png", "0/0/99999999999999999999.mvt"],
)
def test_outside_the_matrix_is_404(sample_server, address):
    reply = sample_server.get(f"/xyz/{sample.layer_names()[0]}/{address}", expected=404)
    assert reply.kind == "application/problem+json"


def test_the_last_zoom_is_22(sample_server):
    layer = sample.layer_names()[0]
    assert sample_server.get(f"/xyz/{layer}/22/0/0.geojson").json()["features"] == []
    sample_server.get(f"/xyz/{layer}/22/4194303/4194303.mvt")


def test_a_layer_that_is_not_has_no_tiles(sample_server):
    sample_server.get("/xyz/nulle-part/0/0/0.mvt", expected=404)
