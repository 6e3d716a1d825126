"""Reading: what is asked, at least 2,000 distinct requests each where there are so many, and the figure to reach."""
import random
from dataclasses import dataclass

from . import load, truth

DISTINCT = 2_000


@dataclass
class Workload:
    name: str
    requests: list
    at_least: float | None = None
    """Of the ceiling."""
    size: int | None = None
    """Of a body of the ceiling; nil: the mean of the answers."""
    p99_at_most: float | None = None


def reading(server, points, layer="bench", seed=7):
    generator = random.Random(seed)
    starts = [generator.choice(points) for _ in range(DISTINCT)]
    base = f"/collections/{layer}/items"
    pages, identifiers = paging(server, base)
    single = [f"{base}/{identifier}" for identifier in identifiers]
    hot14 = tiles(layer, starts, 14, "mvt")
    yield Workload("box of 100", boxes(server, base, starts, 100), 0.60)
    yield Workload("box of 1,000", boxes(server, base, starts, 1_000))
    yield Workload("nearest 10", [f"{base}?near={x},{y}&limit=10" for x, y in starts], 0.60)
    yield Workload("within 5 km, 100", [f"{base}?near={x},{y}&radius=5000&limit=100" for x, y in starts])
    for limit in (1, 100, 1_000):
        yield Workload(f"items, pages of {limit:,}", [f"{base}?limit={limit}&cursor={page}" for page in pages])
    yield Workload("single item", single, 0.85)
    held = [(path, {"If-None-Match": server.header(path, "ETag")}) for path in single[:DISTINCT]]
    yield Workload("304 of an item", held, 0.90, size=0)
    held = [(path, {"If-None-Match": server.header(path, "ETag")}) for path in hot14]
    yield Workload("304 of a tile", held, 0.90, size=0)
    for zoom in (0, 6, 10, 14):
        for ending in ("mvt", "geojson"):
            yield Workload(f"hot tile z{zoom}.{ending}", tiles(layer, starts, zoom, ending), 0.90)


def cold(points, layer="bench", seed=8):
    """For a server that keeps no tile: the same tile is made anew each time."""
    generator = random.Random(seed)
    starts = [generator.choice(points) for _ in range(DISTINCT)]
    for zoom in (0, 6, 10, 14):
        for ending in ("mvt", "geojson"):
            yield Workload(f"cold tile z{zoom}.{ending}", tiles(layer, starts, zoom, ending), p99_at_most=5)


def shapes_cold(server, layer="shapes"):
    """Tiles of lines and polygons, some of a hundred thousand positions, never out of the cache."""
    found = server.json(f"/collections/{layer}/items?limit=10000")["features"]
    generator = random.Random(9)
    middles = [middle(feature["geometry"]) for feature in generator.sample(found, min(DISTINCT, len(found)))]
    for zoom in (0, 6, 10, 14):
        yield Workload(f"cold shapes z{zoom}.mvt", tiles(layer, middles, zoom, "mvt"), p99_at_most=5)


def middle(geometry):
    positions = geometry["coordinates"] if geometry["type"] == "LineString" else geometry["coordinates"][0]
    return positions[len(positions) // 2]


def tiles(layer, places, zoom, ending):
    addresses = {truth.column_row(place, zoom) for place in places}
    return [f"/xyz/{layer}/{zoom}/{column}/{row}.{ending}" for column, row in sorted(addresses)]


def boxes(server, base, starts, count):
    """Around what is nearest to a place, so that each holds about so many."""
    requests = []
    for longitude, latitude in starts:
        found = server.json(f"{base}?near={longitude},{latitude}&limit={count}") if count <= 100 else None
        if found:
            xs, ys = zip(*(feature["geometry"]["coordinates"] for feature in found["features"]))
            edges = min(xs), min(ys), max(xs), max(ys)
        else:
            edges = longitude - 0.6, latitude - 0.4, longitude + 0.6, latitude + 0.4
        requests.append(f"{base}?bbox={','.join(f'{edge:.6f}' for edge in edges)}&limit={count}")
    return requests


def paging(server, base, page=100):
    """Cursors of so many pages, and the ids that stand there."""
    cursors, identifiers, path = [], [], f"{base}?limit={page}"
    while path and len(cursors) < DISTINCT:
        found = server.json(path)
        identifiers.append(found["features"][0]["id"])
        following = next((link["href"] for link in found["links"] if link["rel"] == "next"), None)
        path = following and following[following.index(base):]
        if path:
            cursors.append(path.split("cursor=")[1].split("&")[0])
    return cursors, identifiers


def measure(server, workload, options, table):
    size = workload.size
    if size is None:
        paths = [request[0] if isinstance(request, tuple) else request for request in workload.requests]
        sample = random.Random(3).sample(paths, min(40, len(paths)))
        size = sum(len(server.get(path)) for path in sample) // len(sample)
    asked, constant = load.requests(workload.requests), load.requests([f"/constant/{size}"])
    seconds = max(options.seconds // 3, 1)
    load.wrk(server.url, asked, 1, options.connections)
    round, ceiling, ratio = load.in_turn(
        lambda: load.timed(server, asked, seconds, options.connections),
        lambda: load.timed(server, constant, seconds, options.connections))
    table.row(workload.name, round, size, ceiling, ratio, server.memory(), workload.at_least, workload.p99_at_most)
    return round
