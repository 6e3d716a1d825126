"""Positions in other coordinate reference systems: ours beside those that GDAL works out by itself."""

import functools
import json
import math
import re

import pytest

import drawn
import sample
from test_clients import by_id, gdal

URI = "http://www.opengis.net/def/crs/EPSG/0/"
SYSTEMS = (2154, 3035, 4326, 3857, 32631, 4258, 4171)
CENTIMETRE = 0.01
DEGREE = math.radians(1) * 6_378_137


@functools.cache
def well_known_text(system):
    return gdal("gdalsrsinfo", "-o", "wkt2_2019", f"EPSG:{system}").stdout


def is_northing_first(system):
    return re.search(r'AXIS\["[^"]*",(north|east)', well_known_text(system))[1] == "north"


def is_geographic(system):
    return well_known_text(system).lstrip().startswith("GEOGCRS")


def by_gdal(folder, server, layer, system):
    """What ogr2ogr makes of a layer; it writes east before north in whatever system."""
    file = folder / f"{layer}-{system}.geojson"
    options = ("-lco", "COORDINATE_PRECISION=10", "-lco", "RFC7946=NO")
    gdal("ogr2ogr", "-f", "GeoJSON", file, f"OAPIF:{server.url}", layer, "-t_srs", f"EPSG:{system}", *options)
    document = json.loads(file.read_text(encoding="utf-8"))
    # GDAL names no system where it is the CRS84 of GeoJSON.
    named = document.get("crs", {}).get("properties", {}).get("name", "urn:ogc:def:crs:OGC:1.3:CRS84")
    assert named == ("urn:ogc:def:crs:OGC:1.3:CRS84" if system == 4326 else f"urn:ogc:def:crs:EPSG::{system}")
    return {id: feature["geometry"] for id, feature in by_id(document["features"]).items()}


def by_us(server, layer, system):
    reply = server.get(f"/collections/{layer}/items?limit=10000&crs={URI}{system}")
    assert reply.header("Content-Crs") == f"<{URI}{system}>"
    return {feature["id"]: feature["geometry"] for feature in reply.json()["features"]}


def outline(value):
    """A geometry without its numbers: what it is made of, and of how many."""
    if isinstance(value, dict):
        return {name: outline(member) for name, member in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], (int, float)):
        return len(value)
    return [outline(member) for member in value] if isinstance(value, list) else value


def gaps(theirs, ours, system):
    """Metres between the vertices of both readings, one by one; theirs have east before north."""
    northing_first, geographic = is_northing_first(system), is_geographic(system)
    assert set(theirs) == set(ours) != set()
    for id, geometry in theirs.items():
        if geometry is None:
            assert ours[id] is None
            continue
        assert outline(geometry) == outline(ours[id])
        for (east, north), position in zip(sample.positions(geometry), sample.positions(ours[id]), strict=True):
            our_east, our_north = position[::-1] if northing_first else position
            metres = (DEGREE * math.cos(math.radians(north)), DEGREE) if geographic else (1, 1)
            yield math.hypot((our_east - east) * metres[0], (our_north - north) * metres[1])


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("layer", drawn.FAMILIES)
def test_every_vertex_of_every_type_is_where_gdal_puts_it(drawings_server, tmp_path, layer, system):
    theirs, ours = by_gdal(tmp_path, drawings_server, layer, system), by_us(drawings_server, layer, system)
    assert {geometry["type"] for geometry in theirs.values()} == set(drawn.FAMILIES[layer])
    found = list(gaps(theirs, ours, system))
    drawings = drawn.features(layer)
    assert len(found) == sum(1 for one in drawings for _ in sample.positions(one["geometry"])) > len(drawings)
    assert max(found) <= CENTIMETRE


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("layer", sample.layer_names())
def test_every_vertex_of_the_sample_is_where_gdal_puts_it(sample_server, tmp_path, layer, system):
    theirs, ours = by_gdal(tmp_path, sample_server, layer, system), by_us(sample_server, layer, system)
    assert max(gaps(theirs, ours, system)) <= CENTIMETRE


def test_one_feature_alone_is_where_the_list_has_it(drawings_server):
    for id, geometry in list(by_us(drawings_server, "areas", 3035).items())[:5]:
        reply = drawings_server.get(f"/collections/areas/items/{id}?crs={URI}3035")
        assert reply.header("Content-Crs") == f"<{URI}3035>"
        assert reply.json()["geometry"] == geometry


def test_the_axes_are_those_of_the_authority():
    assert {system for system in SYSTEMS if is_northing_first(system)} == {3035, 4326, 4258, 4171}


@pytest.mark.parametrize("system", [2154, 3035, 4326])
def test_axes_in_the_other_order_or_two_centimetres_would_be_seen(drawings_server, tmp_path, system):
    """The judge judges."""
    theirs, ours = by_gdal(tmp_path, drawings_server, "points", system), by_us(drawings_server, "points", system)
    turned = {id: turn(geometry) for id, geometry in ours.items()}
    assert max(gaps(theirs, turned, system)) > 100_000
    moved = {id: turn(geometry, 0.02 / (DEGREE if is_geographic(system) else 1)) for id, geometry in turned.items()}
    assert max(gaps(theirs, moved, system)) > CENTIMETRE


def turn(geometry, shift=0.0):
    """With each position the other way round, and moved."""
    places = geometry["coordinates"]
    single = geometry["type"] == "Point"
    turned = [[b + shift, a + shift] for a, b in ([places] if single else places)]
    return {**geometry, "coordinates": turned[0] if single else turned}
