"""The shapes of OGC API Tiles and 2D Tile Matrix Set 2.0, in our own words, as far as this service speaks them.

A member that no schema names here is refused, so that a new one is thought of; the standards themselves allow more.
"""

TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "pattern": "^https?://"}
COUNT = {"type": "integer", "minimum": 0}
POSITIVE = {"type": "number", "exclusiveMinimum": 0}
PAIR = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


def closed(required, **optional):
    members = {**required, **optional}
    return {
        "type": "object", "required": list(required), "properties": members, "additionalProperties": False,
    }


def several(items, least=1):
    return {"type": "array", "items": items, "minItems": least}


LINK = closed({"href": URI, "rel": TEXT, "type": TEXT}, title=TEXT, templated={"const": True})
LINKS = several(LINK)
LIMITS = closed({
    "tileMatrix": TEXT, "minTileRow": COUNT, "maxTileRow": COUNT, "minTileCol": COUNT, "maxTileCol": COUNT,
})
BOX = closed({"lowerLeft": PAIR, "upperRight": PAIR}, crs=URI, orderedAxes=several(TEXT, 2))
PROPERTY = closed({}, type={"enum": ["string", "integer", "number", "boolean", "array", "object"]}, description=TEXT)
LAYER = closed(
    {"id": TEXT, "dataType": {"const": "vector"}},
    title=TEXT, description=TEXT, geometryDimension={"enum": [0, 1, 2]}, minTileMatrix=TEXT, maxTileMatrix=TEXT,
    boundingBox=BOX, links=LINKS,
    propertiesSchema=closed({"type": {"const": "object"}, "properties": {"type": "object", "additionalProperties": PROPERTY}}),
)
ENTRY = {
    "title": TEXT, "dataType": {"const": "vector"}, "crs": URI, "tileMatrixSetId": TEXT, "tileMatrixSetURI": URI,
    "tileMatrixSetLimits": several(LIMITS), "links": LINKS,
}
TILESETS = closed({"tilesets": several(closed(ENTRY, boundingBox=BOX)), "links": LINKS})
TILESET = closed(
    ENTRY, boundingBox=BOX, description=TEXT, mediaTypes=several(TEXT), layers=several(LAYER),
    centerPoint=closed({"coordinates": PAIR}, crs=URI, tileMatrix=TEXT),
)

MATRIX = closed({
    "id": TEXT, "scaleDenominator": POSITIVE, "cellSize": POSITIVE, "pointOfOrigin": PAIR, "tileWidth": {"const": 256},
    "tileHeight": {"const": 256}, "matrixWidth": {"type": "integer", "minimum": 1},
    "matrixHeight": {"type": "integer", "minimum": 1},
})
MATRIX_SET = closed({
    "id": TEXT, "title": TEXT, "uri": URI, "crs": URI, "orderedAxes": several(TEXT, 2), "wellKnownScaleSet": URI,
    "tileMatrices": several(MATRIX),
})
MATRIX_SETS = closed({
    "tileMatrixSets": several(closed({"id": TEXT, "title": TEXT, "uri": URI, "crs": URI, "links": LINKS})),
    "links": LINKS,
})

PROBLEM = {
    "type": "object", "required": ["code", "description"], "properties": {"code": TEXT, "description": TEXT},
}
