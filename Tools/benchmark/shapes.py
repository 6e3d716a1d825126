"""Ten thousand lines and polygons, seeded: most small as houses, some wide as a region, a few of very many positions."""
import json, math, random

COUNT = 10_000
# Every so manieth shape has so many positions.
DETAIL = {1: 12, 10: 120, 500: 3_000, 5_000: 100_000}


def write(path, towns, seed=12):
    generator = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(1, COUNT + 1):
            detail = max(count for every, count in DETAIL.items() if number % every == 0)
            feature = {"type": "Feature", "properties": {"title": f"Forme {number}"},
                       "geometry": shape(generator, generator.choice(towns), detail, is_line=number % 3 == 0)}
            file.write(json.dumps(feature, separators=(",", ":")) + "\n")
    return path


def shape(generator, town, detail, is_line):
    reach = 10 ** generator.uniform(-4, -0.5 if detail < 1_000 else 0.5)
    longitude = min(max(town[0], -180 + 3 * reach), 180 - 3 * reach)
    latitude = min(max(town[1], -80), 80)
    if is_line:
        step = reach / math.sqrt(detail)
        positions, x, y = [], longitude, latitude
        for _ in range(detail):
            x, y = x + generator.uniform(-step, step), y + generator.uniform(-step, step)
            positions.append([round(min(max(x, -180), 180), 6), round(min(max(y, -84), 84), 6)])
        return {"type": "LineString", "coordinates": positions}
    ring = []
    for corner in range(detail):
        angle, away = 2 * math.pi * corner / detail, reach * generator.uniform(0.6, 1)
        ring.append([round(longitude + away * math.cos(angle), 7), round(latitude + away * 0.6 * math.sin(angle), 7)])
    return {"type": "Polygon", "coordinates": [ring + ring[:1]]}
