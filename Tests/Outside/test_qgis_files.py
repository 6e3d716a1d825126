"""QGIS opens the GeoPackage of a layer as a curator would: every title there, in the style that the file brings."""

import json
import os
import pathlib
import re
import sqlite3
import subprocess

import pytest

import sample

LAYER = "lieux-du-quartier"


@pytest.fixture(scope="module")
def opened(sample_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("qgis-files")
    folder.chmod(0o700)
    file = folder / f"{LAYER}.gpkg"
    file.write_bytes(sample_server.get(f"/exports/{LAYER}.gpkg").body)
    script = pathlib.Path(__file__).with_name("in_qgis_file.py")
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    finished = subprocess.run(
        ["/usr/bin/python3", "-B", str(script), str(file), str(folder / "map.png")], capture_output=True, text=True,
        timeout=120, env={"PATH": os.environ["PATH"], **home})
    assert finished.returncode == 0, f"Tools/setup test installs QGIS; {finished.stderr}"
    return file, json.loads(finished.stdout)


def test_every_feature_is_there(opened):
    _, told = opened
    titles = [title for layer in told["layers"].values() for title in layer["titles"]]
    on_map = [one["properties"]["title"] for one in sample.features(LAYER) if one["geometry"]]
    assert sorted(titles) == sorted(on_map)
    assert all(layer["valid"] and layer["system"] == "EPSG:4326" for layer in told["layers"].values())


def test_it_wears_the_style_of_the_file(opened):
    file, told = opened
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    assert set(told["layers"]) <= set(styles)
    for name, layer in told["layers"].items():
        ink = re.search(r'name="(?:line_)?color"[^>]*value="(\d+),(\d+),(\d+)', styles[name]).groups()
        assert layer["colour"] == "#%02x%02x%02x" % tuple(map(int, ink))
    assert told["picture"]["errors"] == []
