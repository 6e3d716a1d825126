"""Seeded points around real towns."""
import csv, pathlib, random

TOWNS = [(2.3522, 48.8566), (-0.1276, 51.5072), (13.405, 52.52), (-74.006, 40.7128), (139.69, 35.69), (151.21, -33.87),
         (-46.63, -23.55), (36.82, -1.29), (77.21, 28.61), (178.44, -18.14), (-149.9, 61.2), (18.42, -33.92), (30.52, 50.45),
         (-99.13, 19.43), (121.47, 31.23), (3.38, 6.52), (55.27, 25.2), (-58.38, -34.6), (174.76, -36.85), (24.94, 60.17)]
STREETS = ["rue du Moulin", "passage des Tisserands", "quai aux Fleurs", "cour Saint-Jean", "place du Marché"]


def towns(file):
    """Longitudes and latitudes: of a GeoNames CSV with lat and lon, or of the list above."""
    if not file or not pathlib.Path(file).exists():
        return TOWNS
    with open(file, encoding="utf-8") as lines:
        return [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines)]


class Places:
    """The first of so many points are the first of any larger number: half the points are half of the whole."""

    def __init__(self, file, count, seed=11):
        self.towns = towns(file)
        generator = random.Random(seed)
        spread = 0.03 if len(self.towns) > 1_000 else 0.15
        self.points = [self.jittered(generator, spread) for _ in range(count)]

    def jittered(self, generator, spread):
        longitude, latitude = generator.choice(self.towns)
        longitude += generator.gauss(0, spread)
        latitude += generator.gauss(0, spread * 2 / 3)
        return round(min(max(longitude, -180), 180), 6), round(min(max(latitude, -84), 84), 6)

    def write(self, path, count):
        with open(path, "w", encoding="utf-8") as file:
            file.write("lon,lat,title,quartier\n")
            for number, (longitude, latitude) in enumerate(self.points[:count]):
                file.write(f"{longitude},{latitude},Au {number % 97} {STREETS[number % 5]},{number % 20}\n")
        return path
