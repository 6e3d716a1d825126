"""Drawings nobody has made: every type of geometry, all within France, the same for the same seed."""

import json
import math
import random

from invented import SEED

BOX = (-4.0, 42.5, 8.0, 50.5)
FAMILIES = {
    "points": ("Point", "MultiPoint"), "lines": ("LineString", "MultiLineString"), "areas": ("Polygon", "MultiPolygon"),
    "mixtures": ("GeometryCollection",),
}


def _position(chance, box=BOX):
    west, south, east, north = box
    return [round(chance.uniform(west, east), 7), round(chance.uniform(south, north), 7)]


def _line(chance):
    return [_position(chance) for _ in range(chance.randint(2, 6))]


def _ring(chance, centre, least, greatest):
    """A star around its centre, and so a ring that does not cross itself."""
    corners = chance.randint(4, 9)
    ring = []
    for number in range(corners):
        angle, radius = 2 * math.pi * (number + chance.uniform(0, 0.8)) / corners, chance.uniform(least, greatest)
        ring.append([round(centre[0] + radius * math.cos(angle), 7), round(centre[1] + radius * math.sin(angle), 7)])
    return [*ring, ring[0]]


def _area(chance, centre=None):
    centre = centre or _position(chance)
    outer = _ring(chance, centre, 0.1, 0.3)
    return [outer, _ring(chance, centre, 0.005, 0.02)[::-1]] if chance.randrange(2) else [outer]


def _areas(chance):
    """Side by side: parts of one geometry may not overlap."""
    west, south = _position(chance)
    return [_area(chance, (west + number, south)) for number in range(chance.randint(2, 3))]


def _several(draw):
    return lambda chance: [draw(chance) for _ in range(chance.randint(2, 4))]


COORDINATES = {
    "Point": _position, "MultiPoint": _several(_position), "LineString": _line, "MultiLineString": _several(_line),
    "Polygon": _area, "MultiPolygon": _areas,
}


def geometry(chance, kind):
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [geometry(chance, one) for one in COORDINATES]}
    return {"type": kind, "coordinates": COORDINATES[kind](chance)}


def features(family, count=40, seed=SEED):
    chance = random.Random(f"{family} {seed}")
    return [
        {"type": "Feature", "properties": {"title": f"{family} {number}"},
         "geometry": geometry(chance, FAMILIES[family][number % len(FAMILIES[family])])}
        for number in range(count)
    ]


def write(path, family):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features(family)}), encoding="utf-8")
    return path
