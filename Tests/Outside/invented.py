"""Places nobody has been to: the same for the same seed."""

import csv
import json
import os
import random

SEED = int(os.environ.get("LIEUDIT_SEED", "20260921"))


def _draw(chance):
    """A position, more often than not where the arithmetic is hardest."""
    where = chance.randrange(6)
    if where == 0:
        return chance.choice([-180.0, 180.0, -179.9999999, 179.9999999]), chance.uniform(-90, 90)
    if where == 1:
        return chance.uniform(-180, 180), chance.choice([-90.0, 90.0, -89.9999, 89.9999, 89.9])
    if where == 2:
        return chance.uniform(179, 180) * chance.choice([-1, 1]), chance.uniform(-20, -10)
    if where == 3:
        return chance.uniform(2.2, 2.5), chance.uniform(48.8, 48.95)
    return chance.uniform(-180, 180), chance.uniform(-90, 90)


def places(count, seed=SEED, draw=_draw):
    """Rows of name, longitude, latitude with 7 decimals; one in fifty stands where another stands."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        if rows and chance.randrange(50) == 0:
            _, longitude, latitude = chance.choice(rows)
        else:
            longitude, latitude = (round(value, 7) for value in draw(chance))
        rows.append((f"place {number}", longitude, latitude))
    return rows


def crowd(chance):
    """Crowded around a few streets, thin elsewhere, as real places are."""
    centre = chance.choice([(2.3795, 48.868), (2.3522, 48.8566), (-70.6, -33.4), (0.0, 0.0), (139.7, 35.7)])
    spread = chance.choice([0.0005, 0.01, 0.3])
    return centre[0] + chance.gauss(0, spread), centre[1] + chance.gauss(0, spread)


def queries(count, seed=SEED + 1):
    chance = random.Random(seed)
    return [tuple(round(value, 6) for value in _draw(chance)) for _ in range(count)]


def write_csv(path, rows, columns=("name", "lon", "lat")):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def _square(west, south, side, clockwise=False):
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return ring[::-1] if clockwise else ring


SHAPES = {
    "point": {"type": "Point", "coordinates": [2.38, 48.868]},
    "points": {"type": "MultiPoint", "coordinates": [[2.1, 48.6], [2.9, 49.1]]},
    "walk": {"type": "LineString", "coordinates": [[1.0, 48.0], [2.0, 49.5], [3.5, 48.2], [4.0, 50.0]]},
    "walks": {
        "type": "MultiLineString",
        "coordinates": [[[1.0, 47.0], [3.0, 47.5]], [[1.0, 46.0], [3.0, 46.5], [3.5, 46.0]]],
    },
    "square with a court": {
        "type": "Polygon", "coordinates": [_square(2.0, 48.0, 2.0), _square(2.5, 48.5, 0.7, clockwise=True)],
    },
    "square drawn the other way": {"type": "Polygon", "coordinates": [_square(6.0, 44.0, 1.0, clockwise=True)]},
    "two squares": {
        "type": "MultiPolygon", "coordinates": [[_square(-3.0, 43.0, 1.5)], [_square(0.0, 43.0, 1.0)]],
    },
    "a bit of all": {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "Point", "coordinates": [5.0, 51.0]},
            {"type": "LineString", "coordinates": [[5.0, 51.0], [6.0, 52.0]]},
        ],
    },
}


def write_shapes(path):
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"title": title, "kind": "place"}}
        for title, geometry in SHAPES.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
