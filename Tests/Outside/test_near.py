"""Nearness, against GeographicLib."""

import pytest
from geographiclib.geodesic import Geodesic

import invented
import sample
from served import located

MILLIMETRE = 0.001


def metres(here, there):
    """Longitude and latitude of both; the geodesic distance on WGS 84."""
    return Geodesic.WGS84.Inverse(here[1], here[0], there[1], there[0], Geodesic.DISTANCE)["s12"]


def ask_near(server, layer, here, **more):
    query = "&".join([f"near={here[0]},{here[1]}", *(f"{name}={value}" for name, value in more.items())])
    return server.collection(layer, query)["features"]


def to_segment(here, start, end):
    """The least distance to the straight line in longitude and latitude, by narrowing in on it."""

    def at(share):
        return metres(here, [a + (b - a) * share for a, b in zip(start, end)])

    low, high = 0.0, 1.0
    for _ in range(60):
        first, second = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, second) if at(first) < at(second) else (first, high)
    return min(at(0), at((low + high) / 2), at(1))


def holds(ring, here):
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > here[1]) != (y2 > here[1]) and here[0] < x1 + (here[1] - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def to_geometry(here, geometry):
    kind, parts = geometry["type"], geometry.get("coordinates")
    if kind == "Point":
        return metres(here, parts)
    if kind == "LineString":
        return min(to_segment(here, a, b) for a, b in zip(parts, parts[1:]))
    if kind == "Polygon":
        if holds(parts[0], here) and not any(holds(hole, here) for hole in parts[1:]):
            return 0.0
        return min(to_segment(here, a, b) for ring in parts for a, b in zip(ring, ring[1:]))
    if kind == "GeometryCollection":
        return min(to_geometry(here, part) for part in geometry["geometries"])
    single = kind.removeprefix("Multi")
    return min(to_geometry(here, {"type": single, "coordinates": part}) for part in parts)


def check_distances(here, features):
    distances = [feature["distance"] for feature in features]
    assert distances == sorted(distances)
    for feature in features:
        allowed = MILLIMETRE if feature["geometry"]["type"] == "Point" else 10 * MILLIMETRE
        assert feature["distance"] == pytest.approx(to_geometry(here, feature["geometry"]), abs=allowed), feature["id"]


def test_the_call_of_the_readme_gives_five_features_with_growing_distances(sample_server):
    features = ask_near(sample_server, "lieux-du-quartier", sample.HERE, limit=5)
    assert len(features) == 5
    check_distances(sample.HERE, features)


@pytest.mark.parametrize("layer", sample.layer_names())
def test_every_distance_of_the_sample_is_true_and_nothing_located_is_missing(sample_server, layer):
    features = ask_near(sample_server, layer, sample.HERE, limit=10000)
    check_distances(sample.HERE, features)
    assert {feature["id"] for feature in features} == {
        feature["id"] for feature in located(sample_server.features(layer))
    }


@pytest.mark.parametrize("here", [sample.HERE, (2.9, 48.9), (3.0, 49.0), (6.5, 44.5), (-1.0, 43.5), (5.5, 51.5)])
def test_lines_and_polygons_are_as_near_as_their_nearest_part(invented_server, here):
    features = ask_near(invented_server, "shapes", here, limit=100)
    assert len(features) == len(invented.SHAPES)
    check_distances(here, features)


@pytest.mark.parametrize("here", invented.queries(20) + [(180, 0), (-180, 0), (0, 90), (77, -90), (179.9999, -15)])
def test_the_ten_nearest_are_those_of_brute_force(invented_server, here):
    features = ask_near(invented_server, "everywhere", here, limit=10)
    check_distances(here, features)
    truth = sorted(metres(here, row[1:]) for row in invented.places(1000))[:10]
    found = [feature["distance"] for feature in features]
    assert found == pytest.approx(truth, abs=MILLIMETRE), f"near {here}, LIEUDIT_SEED={invented.SEED}"


def test_features_at_the_same_place_come_in_the_order_of_their_ids(invented_server):
    places = {}
    for feature in ask_near(invented_server, "everywhere", (2.35, 48.86), limit=1000):
        places.setdefault(tuple(feature["geometry"]["coordinates"]), []).append(feature["id"])
    assert any(len(ids) > 1 for ids in places.values())
    for ids in places.values():
        assert ids == sorted(ids)


@pytest.mark.parametrize("here", invented.queries(8, seed=7) + [(180, -15), (30, 90)])
def test_a_radius_keeps_what_lies_within(invented_server, here):
    for reach in (0, 1000, 250_000, 1_000_000):
        found = ask_near(invented_server, "everywhere", here, radius=reach, limit=10000)
        titles = {feature["properties"]["title"] for feature in found}
        truth = {row[0]: metres(here, row[1:]) for row in invented.places(1000)}
        told = f"within {reach} m of {here}, LIEUDIT_SEED={invented.SEED}"
        assert titles >= {name for name, far in truth.items() if far <= reach - MILLIMETRE}, told
        assert titles <= {name for name, far in truth.items() if far <= reach + MILLIMETRE}, told


def test_a_radius_includes_its_edge(invented_server):
    _, longitude, latitude = invented.places(1000)[17]
    at_its_place = ask_near(invented_server, "everywhere", (longitude, latitude), radius=0, limit=100)
    assert at_its_place and all(feature["distance"] == 0 for feature in at_its_place)
    here = (2.35, 48.86)
    fifth = ask_near(invented_server, "everywhere", here, limit=5)[4]
    edge = fifth["distance"]

    def within(reach):
        return fifth["id"] in [
            feature["id"] for feature in ask_near(invented_server, "everywhere", here, radius=f"{reach:.3f}", limit=10)
        ]

    assert within(edge + MILLIMETRE)
    assert not within(edge - MILLIMETRE)
