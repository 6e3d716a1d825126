"""What QGIS makes of a server, told as JSON. Run by Debian's Python, which is the one that QGIS speaks to:

    python3 in_qgis.py '{"server": URL, "folder": WHERE PICTURES GO, "layers": [{"name": …, "box": [w, s, e, n]}, …]}'
"""

import json
import math
import sys

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsFeatureRequest, QgsMapRendererParallelJob, QgsMapSettings,
    QgsNetworkAccessManager, QgsNetworkRequestParameters, QgsRectangle, QgsSingleSymbolRenderer, QgsSymbol,
    QgsVectorLayer, QgsVectorTileBasicRenderer, QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QSize
from qgis.PyQt.QtGui import QColor

WIDTH = 600
RED = QColor(255, 0, 0)
TURN = math.pi * 6_378_137 / 180


def opened(server, name):
    # As the dialogue writes it with "Only request features overlapping the current view extent" ticked.
    return QgsVectorLayer(f"url='{server}' typename='{name}' restrictToRequestBBOX='1'", name, "OAPIF")


def found(layer, box):
    request = QgsFeatureRequest().setFilterRect(QgsRectangle(*box)).setFlags(QgsFeatureRequest.ExactIntersect)
    return {feature["id"]: [feature["title"], feature.geometry().asWkt(9)] for feature in layer.getFeatures(request)}


def in_red(layer):
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    symbol.setColor(RED)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def drawn(layer, system, box, file):
    """Draws what a box holds and answers the box that the picture shows."""
    rectangle = QgsRectangle(*box)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(system))
    settings.setOutputSize(QSize(WIDTH, round(WIDTH * rectangle.height() / rectangle.width())))
    settings.setExtent(rectangle)
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    job, waiting = QgsMapRendererParallelJob(settings), QEventLoop()
    job.finished.connect(waiting.quit)
    job.start()
    waiting.exec_()
    assert job.renderedImage().save(file, "PNG"), file
    shown = settings.visibleExtent()
    return {"file": file, "errors": [error.message for error in job.errors()],
            "shows": [shown.xMinimum(), shown.yMinimum(), shown.xMaximum(), shown.yMaximum()]}


def whole(server, name):
    layer = opened(server, name)
    extent = layer.extent()
    return {
        "valid": layer.isValid(), "system": layer.crs().authid(), "count": layer.featureCount(),
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "ids": [feature["id"] for feature in layer.getFeatures()],
    }


def in_a_box(server, name, box, folder):
    features = found(opened(server, name), box)
    picture = drawn(in_red(opened(server, name)), "EPSG:4326", box, f"{folder}/{name}.png")
    return {"features": features, "picture": picture}


def mercator(longitude, latitude):
    return TURN * longitude, TURN * math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def tiles(server, name, box, folder):
    layer = QgsVectorTileLayer(f"type=xyz&url={server}/xyz/{name}/{{z}}/{{x}}/{{y}}.mvt&zmin=0&zmax=22", name)
    renderer = QgsVectorTileBasicRenderer()
    renderer.setStyles(QgsVectorTileBasicRenderer.simpleStyle(RED, RED, 0.2, RED, 0.5, RED, RED, 2.0))
    layer.setRenderer(renderer)
    projected = (*mercator(*box[:2]), *mercator(*box[2:]))
    return {"valid": layer.isValid(), "picture": drawn(layer, "EPSG:3857", projected, f"{folder}/{name}-tiles.png")}


def told(question):
    server, folder, answers = question["server"], question["folder"], {}
    requests = []
    network = QgsNetworkAccessManager.instance()
    network.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(
        lambda asked: requests.append(asked.request().url().toString())
    )
    for layer in question["layers"]:
        name, box = layer["name"], layer["box"]
        answers[name] = {"whole": whole(server, name)}
        QgsApplication.processEvents()
        requests.clear()
        answers[name] |= in_a_box(server, name, box, folder)
        QgsApplication.processEvents()
        answers[name]["requests"] = list(requests)
        answers[name]["tiles"] = tiles(server, name, box, folder)
    return answers


def main():
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(told(json.loads(sys.argv[1]))))
    application.exitQgis()


if __name__ == "__main__":
    main()
