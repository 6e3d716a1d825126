"""Files as people send them, written by a few lines here."""

import json


def feature(number, geometry=None, **properties):
    geometry = geometry or {"type": "Point", "coordinates": [2.38 + number / 1000, 48.868]}
    return json.dumps(
        {"type": "Feature", "geometry": geometry, "properties": {"title": f"place {number}", **properties}}
    )


def collection(*features):
    """A FeatureCollection whose first feature stands on line 2, one a line."""
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"


GOOD = {
    "geojson": collection(*(feature(number) for number in range(5))),
    "geojsonl": "".join(feature(number) + "\n" for number in range(5)),
    "csv": "name,lon,lat\n" + "".join(f"place {number},{2.38 + number / 1000},48.868\n" for number in range(5)),
}
