"""Answers against brute force over all points, before anything is measured."""
import math, random

# WGS 84
SEMIMAJOR, FLATTENING = 6_378_137.0, 1 / 298.257223563


def metres(a, b):
    """On the ellipsoid, by Vincenty's inverse formula (Survey Review 23(176), 1975)."""
    if a == b:
        return 0.0
    minor = SEMIMAJOR * (1 - FLATTENING)
    difference = math.radians(b[0] - a[0])
    u, v = (math.atan((1 - FLATTENING) * math.tan(math.radians(p[1]))) for p in (a, b))
    (sin_u, cos_u), (sin_v, cos_v) = (math.sin(u), math.cos(u)), (math.sin(v), math.cos(v))
    longitude = difference
    for _ in range(100):
        sine = math.hypot(cos_v * math.sin(longitude), cos_u * sin_v - sin_u * cos_v * math.cos(longitude))
        cosine = sin_u * sin_v + cos_u * cos_v * math.cos(longitude)
        arc = math.atan2(sine, cosine)
        azimuth = cos_u * cos_v * math.sin(longitude) / sine
        squared = 1 - azimuth * azimuth
        middle = cosine - 2 * sin_u * sin_v / squared if squared else 0.0
        c = FLATTENING / 16 * squared * (4 + FLATTENING * (4 - 3 * squared))
        before, longitude = longitude, difference + (1 - c) * FLATTENING * azimuth * (
            arc + c * sine * (middle + c * cosine * (2 * middle * middle - 1)))
        if abs(before - longitude) < 1e-12:
            break
    k = squared * (SEMIMAJOR ** 2 - minor ** 2) / minor ** 2
    big = 1 + k / 16384 * (4096 + k * (k * (320 - 175 * k) - 768))
    small = k / 1024 * (256 + k * (k * (74 - 47 * k) - 128))
    return minor * big * (arc - small * sine * (middle + small / 4 * (
        cosine * (2 * middle ** 2 - 1) - small / 6 * middle * (4 * sine ** 2 - 3) * (4 * middle ** 2 - 3))))


def check(server, points, layer="bench", seed=5, rounds=5):
    generator = random.Random(seed)
    for _ in range(rounds):
        here = generator.choice(points)
        near = [point for point in points if abs(point[1] - here[1]) < 0.5 and abs(point[0] - here[0]) < 1]
        check_box(server, layer, near, here)
        check_nearest(server, layer, near, here)
        check_circle(server, layer, near, here)
    check_tiles(server, layer, points)


def positions(found):
    return sorted(tuple(feature["geometry"]["coordinates"]) for feature in found["features"])


def check_box(server, layer, points, here):
    west, south, east, north = here[0] - 0.02, here[1] - 0.02, here[0] + 0.02, here[1] + 0.02
    expected = sorted(p for p in points if west <= p[0] <= east and south <= p[1] <= north)
    found = server.json(f"/collections/{layer}/items?bbox={west:.6f},{south:.6f},{east:.6f},{north:.6f}&limit=10000")
    if positions(found) != expected[:10_000] and len(expected) <= 10_000:
        raise SystemExit(f"A box holds {found['numberReturned']} features where brute force counts {len(expected)}.")


def check_nearest(server, layer, points, here):
    expected = sorted(metres(here, point) for point in points)[:10]
    found = server.json(f"/collections/{layer}/items?near={here[0]},{here[1]}&limit=10")
    told = [metres(here, tuple(feature["geometry"]["coordinates"])) for feature in found["features"]]
    if len(expected) == 10 and any(abs(a - b) > 0.001 for a, b in zip(told, expected, strict=True)):
        raise SystemExit("The nearest are not the nearest.")


def check_circle(server, layer, points, here):
    expected = sum(metres(here, point) <= 5_000 for point in points)
    found = server.json(f"/collections/{layer}/items?near={here[0]},{here[1]}&radius=5000&limit=10000")
    if found["numberReturned"] != min(expected, 10_000):
        raise SystemExit(f"{found['numberReturned']} features within 5 km where brute force counts {expected}.")


def check_tiles(server, layer, points, zoom=2):
    """Over all tiles of a zoom, what stands in each stands for every point once."""
    counted = 0
    for column in range(2 ** zoom):
        for row in range(2 ** zoom):
            found = server.json(f"/xyz/{layer}/{zoom}/{column}/{row}.geojson")
            counted += sum(feature["properties"].get("point_count", 1) for feature in found["features"]
                           if column_row(feature["geometry"]["coordinates"], zoom) == (column, row))
    if counted != len(points):
        raise SystemExit(f"The tiles of zoom {zoom} stand for {counted} features where there are {len(points)}.")


def column_row(point, zoom):
    side = 2 ** zoom
    y = math.log(math.tan(math.pi / 4 + math.radians(point[1]) / 2))
    return (min(int((point[0] / 360 + 0.5) * side), side - 1),
            min(max(int((0.5 - y / 2 / math.pi) * side), 0), side - 1))
