"""QGIS as a partner has it: it opens our layers and tiles, asks for a box, and draws what is there where it is."""

import json
import os
import pathlib
import struct
import subprocess

import numpy
import pytest
import shapely
from shapely.geometry import shape

import drawn
import sample
from test_clients import BOX, gdal

PYTHON = "/usr/bin/python3"
LAYERS = ("points", "lines", "areas")  # QGIS has no layer of collections.
BOXES = {**dict.fromkeys(sample.layer_names(), BOX), **dict.fromkeys(LAYERS, (0.0, 45.0, 4.0, 48.0))}
# It draws one type of geometry a layer, that of the first features.
DRAWN = {**dict.fromkeys(sample.layer_names(), ["Point"]), **{layer: drawn.FAMILIES[layer] for layer in LAYERS}}
REACH = 6  # pixels that a mark takes around its place


def asked(server, layers, folder):
    question = {
        "server": server.url, "folder": str(folder), "layers": [{"name": name, "box": BOXES[name]} for name in layers]
    }
    script = pathlib.Path(__file__).with_name("in_qgis.py")
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    folder.chmod(0o700)
    finished = subprocess.run(
        [PYTHON, "-B", str(script), json.dumps(question)], capture_output=True, text=True, timeout=120,
        env={"PATH": os.environ["PATH"], **home},
    )
    assert finished.returncode == 0, f"Tools/setup test installs QGIS; {finished.stderr}"
    return json.loads(finished.stdout)


@pytest.fixture(scope="module")
def answers(sample_server, drawings_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("qgis")
    return {
        **asked(sample_server, sample.layer_names(), folder), **asked(drawings_server, LAYERS, folder)
    }


def on_file(layer):
    """Title and shape of each feature, as the files have them that were imported."""
    features = drawn.features(layer) if layer in drawn.FAMILIES else sample.features(layer)
    return [(one["properties"]["title"], shape(one["geometry"])) for one in features if one["geometry"]]


def in_box(layer):
    return {title: one for title, one in on_file(layer) if shapely.box(*BOXES[layer]).intersects(one)}


@pytest.mark.parametrize("layer", BOXES)
def test_qgis_opens_a_layer_with_its_count_and_extent(answers, layer):
    whole, features = answers[layer]["whole"], on_file(layer)
    total = len(drawn.features(layer) if layer in drawn.FAMILIES else sample.features(layer))
    assert whole["valid"] and whole["system"] == "EPSG:4326"
    assert whole["count"] == len(whole["ids"]) == len(set(whole["ids"])) == total
    assert whole["extent"] == pytest.approx(shapely.total_bounds([one for _, one in features]), abs=1e-6)


@pytest.mark.parametrize("layer", BOXES)
def test_qgis_gets_from_the_server_what_is_in_a_box(answers, layer):
    pages = [address for address in answers[layer]["requests"] if "/items?" in address]
    # It looks at ten features to learn of which kind they are; all else it asks for by the box.
    assert all(page.endswith("/items?limit=10") or "&bbox=" in page for page in pages), pages
    assert any("&bbox=" in page for page in pages), pages
    wanted, read = in_box(layer), answers[layer]["features"].values()
    assert sorted(title for title, _ in read) == sorted(wanted)
    assert 0 < len(wanted) < len(on_file(layer))
    for title, text in read:
        assert shapely.hausdorff_distance(shapely.from_wkt(text), wanted[title]) < 1e-7, title


def ink(picture):
    """Which pixels are not white, rows from the top; GDAL takes the PNG apart."""
    file = pathlib.Path(picture["file"])
    assert picture["errors"] == []
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    gdal("gdal_translate", "-q", "-of", "ENVI", "-co", "INTERLEAVE=BSQ", file, file.with_suffix(".raw"))
    bands = numpy.fromfile(file.with_suffix(".raw"), dtype=numpy.uint8).reshape(-1, height, width)
    return (bands[:3] != 255).any(axis=0)


def on_picture(shapes, box, pixels, project=lambda places: places):
    west, south, east, north = box
    height, width = pixels.shape
    scale = numpy.array([width / (east - west), height / (south - north)])
    return shapely.transform(list(shapes), lambda places: (project(places) - [west, north]) * scale)


def mercator(places):
    """Metres of the web's projection, on a ball of the equator's radius."""
    longitude, latitude = numpy.radians(places).T
    return 6_378_137 * numpy.column_stack([longitude, numpy.log(numpy.tan(numpy.pi / 4 + latitude / 2))])


def errors_of(pixels, shapes):
    """Ink where nothing is, and places without ink."""
    rows, columns = numpy.nonzero(pixels)
    reached = shapely.union_all(shapely.buffer(shapes, REACH))
    shapely.prepare(reached)
    stray = int((~shapely.contains_xy(reached, columns + 0.5, rows + 0.5)).sum())
    frame = shapely.box(REACH, REACH, pixels.shape[1] - REACH, pixels.shape[0] - REACH)
    seen = [one.intersection(frame).representative_point() for one in shapes if one.intersects(frame)]
    bare = [spot.wkt for spot in seen if not pixels[around(spot.y), around(spot.x)].any()]
    return stray, bare


def around(number):
    return slice(int(number) - 2, int(number) + 3)


@pytest.mark.parametrize("layer", DRAWN)
def test_qgis_draws_what_is_there_and_nothing_else(answers, layer):
    picture = answers[layer]["picture"]
    pixels = ink(picture)
    shapes = [one for one in in_box(layer).values() if one.geom_type in DRAWN[layer]]
    assert shapes and 0 < pixels.sum() < pixels.size
    assert errors_of(pixels, on_picture(shapes, picture["shows"], pixels)) == (0, [])


@pytest.mark.parametrize("layer", sample.layer_names())
def test_qgis_draws_our_vector_tiles(answers, layer):
    picture = answers[layer]["tiles"]["picture"]
    assert answers[layer]["tiles"]["valid"]
    pixels = ink(picture)
    assert 0 < pixels.sum() < pixels.size
    assert errors_of(pixels, on_picture(in_box(layer).values(), picture["shows"], pixels, mercator)) == (0, [])


def test_a_picture_of_other_places_would_be_seen(answers):
    """The judge judges."""
    picture = answers["areas"]["picture"]
    pixels = ink(picture)
    others = on_picture([shape(one["geometry"]) for one in drawn.features("areas", seed=1)], picture["shows"], pixels)
    stray, bare = errors_of(pixels, others)
    assert stray > 0 and bare
    assert errors_of(numpy.zeros_like(pixels), on_picture(in_box("areas").values(), picture["shows"], pixels))[1]
