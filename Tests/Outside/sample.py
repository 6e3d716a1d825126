"""The layers of GeoData/sample as their files say."""

import json

from command import REPOSITORY, done

FOLDER = REPOSITORY / "GeoData" / "sample"
HERE = (2.3795, 48.8680)  # 94 rue Jean-Pierre-Timbaud, Paris: longitude, latitude


def layers():
    return json.loads((FOLDER / "layers.json").read_text(encoding="utf-8"))


def layer_names():
    return [layer["id"] for layer in layers()]


def features(layer):
    file = next(entry["file"] for entry in layers() if entry["id"] == layer)
    return json.loads((FOLDER / file).read_text(encoding="utf-8"))["features"]


def fill(store):
    for layer in layers():
        fields = [field for field in ("title", "description", "prompt", "opens", "closes") if layer.get(field)]
        words = [word for field in fields for word in (f"--{field}", layer[field])]
        done(store, "layer", "create", layer["id"], *words)
        done(store, "import", FOLDER / layer["file"], "--layer", layer["id"])


def positions(geometry):
    """Every [longitude, latitude] of a GeoJSON geometry."""
    if geometry is None:
        return
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from positions(part)
        return
    waiting = [geometry["coordinates"]]
    while waiting:
        value = waiting.pop()
        if value and isinstance(value[0], (int, float)):
            yield value
        else:
            waiting.extend(value)


def bounds(features):
    """West, south, east, north of features that do not cross the antimeridian."""
    every = [position for feature in features for position in positions(feature["geometry"])]
    return (
        min(p[0] for p in every), min(p[1] for p in every), max(p[0] for p in every), max(p[1] for p in every),
    )
