"""A quarter that nobody has been to, as an OpenStreetMap extract: all that a basemap knows how to draw, once or twice."""

import subprocess
import xml.sax.saxutils as xml

WEST, SOUTH = 2.3740, 48.8650
# Steps of about ten metres to the east and to the north.
EAST, NORTH = 0.000137, 0.0000898


class Extract:
    """Nodes and ways, numbered as they come."""

    def __init__(self):
        self.nodes, self.ways = [], []

    def at(self, east, north, **tags):
        """A node so many steps from the south-western corner."""
        self.nodes.append((WEST + east * EAST, SOUTH + north * NORTH, tags))
        return len(self.nodes)

    def way(self, *places, **tags):
        self.ways.append(([self.at(*place) for place in places], tags))

    def area(self, west, south, east, north, **tags):
        corners = [self.at(*place) for place in ((west, south), (east, south), (east, north), (west, north))]
        self.ways.append(([*corners, corners[0]], tags))

    def text(self):
        def inside(tags):
            return "".join(f"<tag k={xml.quoteattr(k)} v={xml.quoteattr(v)}/>" for k, v in tags.items())

        about = 'version="1" timestamp="2020-01-01T00:00:00Z" changeset="1"'
        yield '<osm version="0.6" generator="made by hand">'
        for number, (longitude, latitude, tags) in enumerate(self.nodes, 1):
            yield f'<node id="{number}" {about} lon="{longitude:.7f}" lat="{latitude:.7f}">{inside(tags)}</node>'
        for number, (nodes, tags) in enumerate(self.ways, 1):
            members = "".join(f'<nd ref="{node}"/>' for node in nodes)
            yield f'<way id="{number}" {about}>{members}{inside(tags)}</way>'
        yield "</osm>"


def extract():
    made = Extract()
    # One street in two parts, and another of the same name far away.
    made.way((0, 40), (50, 40), highway="residential", name="Rue des Essais")
    made.way((50, 40), (100, 40), highway="residential", name="Rue des Essais", oneway="yes")
    made.way((300, 400), (340, 400), highway="residential", name="Rue des Essais")
    made.way((0, 10), (50, 12), (110, 30), highway="primary", name="Avenue de l’Étoile")
    made.way((60, 0), (60, 80), highway="tertiary", name="Οδός Ερμού")
    made.way((20, 0), (20, 80), highway="living_street", name="<script>alert(1)</script>")
    made.way((30, 40), (30, 10), highway="footway", name="Passage des Échos")
    made.way((61, 40), (63, 40), highway="footway", footway="crossing", name="Traversée")
    made.way((10, 38), (12, 36), highway="steps")
    made.way((0, 70), (110, 75), railway="rail")
    made.way((0, 72), (110, 77), railway="rail", tunnel="yes", name="Sous terre")
    made.way((5, 0), (8, 78), waterway="canal", name="Canal Tranquille")
    made.area(70, 45, 90, 60, leisure="park", name="Jardin du Lavoir")
    made.area(72, 47, 78, 51, natural="water")
    made.area(25, 44, 35, 52, building="yes")
    made.area(37, 44, 45, 52, building="yes", amenity="theatre", name="Théâtre du Seuil")
    made.area(52, 28, 58, 36, place="square", highway="pedestrian", area="yes", name="Place du Marché")
    made.at(60, 41, railway="station", name="Essais")
    made.at(62, 43, railway="station", name="Essais")
    made.at(66, 20, amenity="cafe", name="Café du Coin")
    made.at(50, 50, place="quarter", name="Quartier des Essais")
    made.at(51, 51, natural="tree", name="Un arbre")
    return made


# What is in it to be found by name → how often. Coordinates are looked at one by one in the test.
NAMES = {
    ("Avenue de l’Étoile", "street"): 1, ("Café du Coin", "venue"): 1, ("Essais", "station"): 1,
    ("Jardin du Lavoir", "square"): 1, ("Passage des Échos", "street"): 1, ("Place du Marché", "square"): 1,
    ("Rue des Essais", "street"): 2, ("Théâtre du Seuil", "venue"): 1, ("<script>alert(1)</script>", "street"): 1,
    ("Οδός Ερμού", "street"): 1,
}


def write(folder):
    """The extract as the tool takes it."""
    plain, packed = folder / "quartier.osm", folder / "quartier.osm.pbf"
    plain.write_text("\n".join(extract().text()), encoding="utf-8")
    subprocess.run(["osmium", "cat", "--overwrite", plain, "-o", packed], check=True, capture_output=True)
    return packed
