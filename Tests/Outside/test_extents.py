"""Published extents hold all they speak of, wherever it stands and however many decimals it has."""

import json
import random
import re

import pytest
import shapely
from shapely.geometry import shape

import drawn
import invented
import sample
from command import done
from served import Server
from test_clients import gdal
from test_reference_systems import is_geographic, is_northing_first, well_known_text

URI = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def _points(*positions):
    return [{"type": "Point", "coordinates": list(position)} for position in positions]


def _random(count, west, south, east, north):
    chance = random.Random(f"{west} {invented.SEED}")
    return _points(*((chance.uniform(west, east), chance.uniform(south, north)) for _ in range(count)))


# Positions with as many decimals as a computer has, and where boxes have their edges and seams.
AWKWARD = {
    "one-point": _points((2.123456789012345, 48.987654321098765)),
    "many-decimals": _random(60, 2.1, 48.1, 2.9, 48.9),
    "thirds": _points((1 / 3, 2 / 3), (-1 / 3, -2 / 3), (1e-9, -1e-9), (0.99999999999, 0.00000004999)),
    "across-180": _random(30, 179.2, -20, 180, -10) + _random(30, -180, -20, -179.3, -10),
    "on-180": _points((180, 10.12345678901), (-180, -10.98765432109), (179.99999999999, 0), (-179.99999999999, 1)),
    "north-pole": _points((0, 90), (137.3333333333, 90), (-45.123456789, 89.99999999999), (90, 85.5)),
    "south-pole": _points((0, -90), (12, -89.999999949), (-170, -89.5)),
    "line-across-180": [
        {"type": "MultiLineString", "coordinates": [[[179.1234567891, 1], [180, 1.5]], [[-180, 1.5], [-179.5, 2]]]}
    ],
    "areas-at-180": [
        {"type": "MultiPolygon", "coordinates": [
            [[[179.3333333333, -1], [180, -1], [180, 1], [179.3333333333, -1]]],
            [[[-180, -1], [-179.4444444444, 0], [-180, 1], [-180, -1]]],
        ]}
    ],
    "world": _random(100, -180, -90, 180, 90) + _points((-180, -90), (180, 90)),
    "drawings": [one["geometry"] for family in drawn.FAMILIES for one in drawn.features(family)],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("extents")
    store = folder / "lieudit.sqlite"
    for layer, geometries in AWKWARD.items():
        features = [
            {"type": "Feature", "properties": {"title": f"{layer} {number}"}, "geometry": geometry}
            for number, geometry in enumerate(geometries)
        ]
        file = folder / f"{layer}.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        done(store, "import", file, "--layer", layer)
    running = Server(store)
    yield running
    assert running.stop() == 0, running.error


def extent(server, layer):
    [box] = server.get(f"/collections/{layer}").json()["extent"]["spatial"]["bbox"]
    return box


def titles(features):
    return {feature["properties"]["title"] for feature in features}


def every(layer):
    return {f"{layer} {number}" for number in range(len(AWKWARD[layer]))}


def area(box):
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180), (-180, east)]
    return shapely.union_all([shapely.box(left, south, right, north) for left, right in parts])


def asked(server, layer, box, uri=CRS84):
    numbers = ",".join(map(str, box))
    return titles(server.features(layer, f"bbox={numbers}&bbox-crs={uri}&limit=10000"))


@pytest.mark.parametrize("layer", AWKWARD)
def test_every_feature_lies_in_the_extent_as_it_is_served(server, layer):
    features = server.features(layer)
    assert titles(features) == every(layer)
    held = area(extent(server, layer))
    for feature in features:
        assert held.covers(shape(feature["geometry"])), feature


@pytest.mark.parametrize("layer", AWKWARD)
def test_the_extent_is_no_wider_than_what_it_holds(server, layer):
    """To 10⁻⁶ degree, or it would be easy to be honest. A pole is at every longitude; ±180 is one meridian."""
    west, south, east, north = extent(server, layer)
    places = [place for feature in server.features(layer) for place in sample.positions(feature["geometry"])]
    assert (south, north) == pytest.approx((min(p[1] for p in places), max(p[1] for p in places)), abs=1e-6)
    for edge in (west, east):
        assert any(abs((place[0] - edge + 180) % 360 - 180) <= 1e-6 for place in places) or abs(edge) == 180


@pytest.mark.parametrize("layer", AWKWARD)
def test_a_box_of_the_extent_holds_all(server, layer):
    box = extent(server, layer)
    assert asked(server, layer, box) == every(layer)
    written = ",".join(f"{number:.7f}" for number in box)
    assert titles(server.features(layer, f"bbox={written}&limit=10000")) == every(layer)


@pytest.mark.parametrize("layer", AWKWARD)
def test_the_tilejson_and_the_metadata_of_tiles_tell_of_the_same_box(server, layer):
    box = pytest.approx(extent(server, layer), abs=1e-6)
    assert server.get(f"/xyz/{layer}.json").json()["bounds"] == box
    told = server.get(f"/collections/{layer}/tiles/WebMercatorQuad?f=json").json()["boundingBox"]
    assert [*told["lowerLeft"], *told["upperRight"]] == box


def systems(server):
    uris = server.get("/collections").json()["crs"]
    assert uris[0] == CRS84 and len(uris) >= 8
    return [int(uri.removeprefix(URI)) for uri in uris[1:]]


def area_of_use(system):
    south, west, north, east = map(float, re.search(r"BBOX\[([-\d., ]+)\]", well_known_text(system))[1].split(","))
    return shapely.box(west, south, east, north)


def bounds_by_gdal(geometry, system, folder):
    """The least box around a geometry in another system, worked out by GDAL, in the order of its axes."""
    file, out = folder / "one.geojson", folder / "other.geojson"
    file.write_text(shapely.to_geojson(geometry), encoding="utf-8")
    out.unlink(missing_ok=True)
    gdal("ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=9", "-t_srs",
         f"EPSG:{system}", out, file)
    [feature] = json.loads(out.read_text(encoding="utf-8"))["features"]
    box = shape(feature["geometry"]).bounds
    return [box[1], box[0], box[3], box[2]] if is_northing_first(system) else list(box)


@pytest.mark.parametrize("layer", ["one-point", "many-decimals", "drawings", "thirds", "world"])
def test_a_box_in_each_system_holds_all_that_stands_in_its_area_of_use(server, tmp_path, layer):
    features = server.features(layer)
    tried = 0
    for system in systems(server):
        used = area_of_use(system)
        inside = [one for one in features if used.covers(shape(one["geometry"]))]
        if not inside:
            continue
        everything = shapely.GeometryCollection([shape(one["geometry"]) for one in inside])
        box = bounds_by_gdal(everything, system, tmp_path)
        found = asked(server, layer, box, f"{URI}{system}")
        assert titles(inside) <= found, system
        # And it chooses: half of the box holds less, and what it leaves out stands in the other half.
        tried += 1
        if len(inside) > 20:
            half = [*box[:2], (box[0] + box[2]) / 2, box[3]]
            kept = asked(server, layer, half, f"{URI}{system}")
            assert set() < kept < titles(features), system
            beyond = asked(server, layer, [half[2], *box[1:]], f"{URI}{system}")
            assert titles(inside) <= kept | beyond, system
    assert tried >= {"thirds": 2, "world": 4}.get(layer, 7)


@pytest.mark.parametrize("layer", ["many-decimals", "drawings"])
def test_the_least_box_of_one_feature_holds_it_in_each_system(server, tmp_path, layer):
    for system in systems(server):
        for feature in server.features(layer)[::23]:
            box = bounds_by_gdal(shape(feature["geometry"]), system, tmp_path)
            decimals = 7 if is_geographic(system) else 3
            # As a client would who rounds to what is printed.
            box = [round(number, decimals) for number in box]
            assert feature["properties"]["title"] in asked(server, layer, box, f"{URI}{system}"), (system, box)
