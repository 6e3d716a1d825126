"""The names of an OpenStreetMap extract, each with one position, for a phone that searches them by itself.

Reads GeoJSON features, one a line, as `osmium export --format geojsonseq` writes them, and writes one JSON object:

    {"attribution": "…", "names": [["Rue Oberkampf", "street", 2.37541, 48.86522], …]}

with the kinds street, square, station and venue, longitude before latitude, in the order of the alphabet.
"""

import json
import math
import sys
import unicodedata

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
STREETS = {
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "pedestrian", "road", "service", "footway", "path", "cycleway", "track", "steps",
}
VENUES = {
    "theatre", "cinema", "library", "arts_centre", "community_centre", "concert_hall", "music_venue", "events_venue",
    "social_centre", "place_of_worship", "townhall", "school", "university", "college", "marketplace", "hospital",
    "cafe", "bar", "pub", "restaurant", "nightclub", "post_office", "kindergarten",
}
SIGHTS = {"museum", "gallery", "attraction", "artwork"}
GREEN = {"park", "garden", "playground", "common"}
# Parts of a street of one name that lie nearer to each other than this are one street (metres).
NEAR = {"street": 400, "square": 250, "station": 500, "venue": 80}
METRES_A_DEGREE = 111_320
LONGEST = 100


def kind(properties):
    """What a named thing is to somebody who looks for it; None for what nobody looks for."""
    railway = properties.get("railway", "")
    if railway in ("station", "halt", "tram_stop") or properties.get("public_transport") == "station":
        return "station"
    if properties.get("place") == "square":
        return "square"
    if properties.get("amenity") in VENUES or properties.get("tourism") in SIGHTS:
        return "venue"
    if properties.get("leisure") in GREEN:
        return "square"
    highway = properties.get("highway", "").removesuffix("_link")
    is_own_way = properties.get("footway") not in ("crossing", "sidewalk") and properties.get("indoor") != "yes"
    if highway in STREETS and is_own_way:
        return "street"
    return None


def paths(geometry):
    """Its lines, rings and points, each a list of positions."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return [[coordinates]]
        case "LineString" | "MultiPoint":
            return [coordinates]
        case "Polygon":
            return coordinates[:1]
        case "MultiLineString":
            return coordinates
        case "MultiPolygon":
            return [polygon[0] for polygon in coordinates]
    return []


def metres(a, b):
    """Between two positions of one quarter, on a plane."""
    east = (a[0] - b[0]) * math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot(east, a[1] - b[1]) * METRES_A_DEGREE


def heaps(parts, near):
    """Parts that lie near each other, directly or over others, together; whatever their order."""
    heaps = []
    for part in parts:
        touching = [heap for heap in heaps if any(is_near(part, other, near) for other in heap)]
        heaps = [heap for heap in heaps if heap not in touching]
        heaps.append([part, *(member for heap in touching for member in heap)])
    return heaps


def is_near(first, second, near):
    return any(metres(a, b) <= near for a in first[::max(len(first) // 8, 1)] for b in second)


def middle(parts):
    """The vertex nearest to the centre of all: on the street itself, where a centre of a bend is not."""
    vertices = sorted({tuple(position) for part in parts for position in part})
    west, east = min(v[0] for v in vertices), max(v[0] for v in vertices)
    south, north = min(v[1] for v in vertices), max(v[1] for v in vertices)
    centre = ((west + east) / 2, (south + north) / 2)
    if all(len(part) > 3 and part[0] == part[-1] for part in parts):
        return centre
    return min(vertices, key=lambda vertex: (metres(vertex, centre), vertex))


def alphabetical(name):
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    return plain, name


def names(lines):
    found = {}
    for line in lines:
        feature = json.loads(line.lstrip("\x1e"))
        properties = feature["properties"]
        name = " ".join(properties.get("name", "").split())
        sort = kind(properties)
        if name and sort and len(name) <= LONGEST:
            found.setdefault((unicodedata.normalize("NFC", name), sort), []).extend(paths(feature["geometry"]))
    entries = []
    for (name, sort), parts in found.items():
        for heap in heaps(sorted(parts), NEAR[sort]):
            longitude, latitude = middle(heap)
            entries.append([name, sort, round(longitude, 5), round(latitude, 5)])
    return sorted(entries, key=lambda entry: (alphabetical(entry[0]), entry[1:]))


def main():
    entries = names(line for line in sys.stdin if line.strip())
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    head = json.dumps(ATTRIBUTION, ensure_ascii=False)
    sys.stdout.write(f'{{"attribution":{head},"names":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
