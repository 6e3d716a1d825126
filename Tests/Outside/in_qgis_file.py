"""What QGIS makes of a file, told as JSON. Run by Debian's Python, which is the one that QGIS speaks to:

    python3 in_qgis_file.py FILE.gpkg PICTURE.png
"""

import json
import sys

from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer

from in_qgis import drawn


def told(layer):
    """As somebody sees it who has only dropped the file onto the map: its style is the file's own."""
    symbol = layer.renderer().symbol()
    return {
        "valid": layer.isValid(), "system": layer.crs().authid(), "renderer": layer.renderer().type(),
        "colour": symbol.color().name(), "labels": layer.labelsEnabled(), "titles": [one["title"] for one in layer.getFeatures()],
    }


def opened(file, picture):
    parts = QgsProviderRegistry.instance().querySublayers(file)
    layers = {part.name(): QgsVectorLayer(part.uri(), part.name(), "ogr") for part in parts if part.name() != "layer_styles"}
    on_map = {name: layer for name, layer in layers.items() if layer.isSpatial()}
    first = next(iter(on_map.values()))
    extent = first.extent()
    extent.grow(0.002)
    box = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    return {"layers": {name: told(layer) for name, layer in on_map.items()}, "picture": drawn(first, "EPSG:4326", box, picture)}


def main(file, picture):
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(opened(file, picture)))
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
