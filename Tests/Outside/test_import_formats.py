"""What comes in through GDAL: every format that leaves, foreign files, and files that mean harm."""

import http.server
import json
import sqlite3
import subprocess
import threading
import zipfile

import pytest

import invented
from command import done, exported, lieudit


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(longitude=2.3795, latitude=48.868):
    return {"type": "Point", "coordinates": [longitude, latitude]}


CELL = "CRS3035RES200mN2890400E3762800"


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A store with every type of geometry and a cell in it."""
    folder = tmp_path_factory.mktemp("given")
    file = folder / "given.geojson"
    shapes = [
        feature(shape, title=title, text="Une ligne", theme=["bal", "été"], when="1987-06-21", author="Zoé")
        for title, shape in invented.SHAPES.items()]
    cell = feature(point(), title="Carreau", precision="about", cell=CELL, kind="memory")
    file.write_text(collection(*shapes, feature(None, title="nulle part"), cell), encoding="utf-8")
    done(folder / "lieudit.sqlite", "import", file, "--layer", "formes")
    return folder / "lieudit.sqlite"


def described(store, layer):
    return {one["properties"]["title"]: (one["geometry"], one["properties"]) for one in exported(store, layer)}


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "kml", "gpx"])
def test_what_has_left_comes_back_the_same(given, store, tmp_path, ending):
    file = tmp_path / f"formes.{ending}"
    done(given, "export", "formes", "--output", file)
    done(store, "import", file, "--layer", "formes")
    before, after = described(given, "formes"), described(store, "formes")
    lost = {
        "gpkg": set(), "kml": set(), "fgb": {"nulle part"},
        "gpx": {title for title, (shape, properties) in before.items() if "cell" not in properties and (
            shape is None or shape["type"] not in ("Point", "LineString", "MultiLineString"))}}[ending]
    assert set(after) == set(before) - lost
    for title, (geometry, properties) in after.items():
        wanted, said = before[title]
        if ending == "gpx" and wanted["type"] == "LineString":
            wanted = {"type": "MultiLineString", "coordinates": [wanted["coordinates"]]}
        assert geometry == wanted, title
        properties.pop("attribution", None)
        assert properties == said, title
    assert after["Carreau"][1]["cell"] == CELL and after["Carreau"][1]["precision"] == "about"


def test_a_cell_in_a_table_comes_back_as_the_cell_even_without_its_name(given, store, tmp_path):
    file = tmp_path / "formes.csv"
    done(given, "export", "formes", "--output", file)
    table = file.read_bytes().decode("utf-8")
    assert "Carreau ± 200 m" in table
    wanted = described(given, "formes")["Carreau"]
    for layer, text in (("tout", table), ("sans-nom", table.replace(CELL, ""))):
        file.write_bytes(text.encode("utf-8"))
        done(store, "import", file, "--layer", layer)
        geometry, properties = described(store, layer)["Carreau"]
        assert geometry == wanted[0] and properties["precision"] == "about" and properties["cell"] == CELL


def shapefile(folder, system, *features):
    source = folder / "source.geojson"
    source.write_text(collection(*features), encoding="utf-8")
    file = folder / "lieux.shp"
    subprocess.run(
        ["ogr2ogr", "-f", "ESRI Shapefile", file, source, "-t_srs", system, "-lco", "ENCODING=ISO-8859-1"],
        check=True, timeout=60)
    return file


def test_a_shapefile_in_lambert_93_and_latin_1_stands_where_it_should(store, tmp_path):
    file = shapefile(tmp_path, "EPSG:2154", feature(point(), name="Été à la cité"))
    done(store, "import", file, "--layer", "lieux")
    (found,) = exported(store, "lieux")
    assert found["properties"]["title"] == "Été à la cité"
    assert found["geometry"]["coordinates"] == pytest.approx([2.3795, 48.868], abs=1e-6)


def test_a_shapefile_that_does_not_say_its_system_is_refused_until_somebody_does(store, tmp_path):
    file = shapefile(tmp_path, "EPSG:2154", feature(point(), name="Ici"))
    (tmp_path / "lieux.prj").unlink()
    finished = lieudit(store, "import", file, "--layer", "lieux")
    assert finished.status == 1 and "--crs EPSG:2154" in finished.error
    done(store, "import", file, "--layer", "lieux", "--crs", "EPSG:2154")
    assert exported(store, "lieux")[0]["geometry"]["coordinates"] == pytest.approx([2.3795, 48.868], abs=1e-6)


def test_a_zip_with_a_shapefile_is_one(store, tmp_path):
    shapefile(tmp_path, "EPSG:4326", feature(point(), name="Ici"))
    with zipfile.ZipFile(tmp_path / "lieux.zip", "w") as packed:
        for part in tmp_path.glob("lieux.*"):
            if part.suffix != ".zip":
                packed.write(part, part.name)
    done(store, "import", tmp_path / "lieux.zip", "--layer", "lieux")
    assert len(exported(store, "lieux")) == 1


class Listener:
    """Counts who comes."""

    def __init__(self):
        visits = self.visits = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                visits.append(self.path)
                self.send_error(404)

            do_HEAD = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"


def test_links_of_a_kml_are_not_followed(store, tmp_path):
    listener = Listener()
    place = "<Placemark><name>Ici</name><Point><coordinates>2.38,48.87</coordinates></Point></Placemark>"
    link = f"<NetworkLink><name>x</name><Link><href>{listener.address}/more.kml</href></Link></NetworkLink>"
    style = f"<styleUrl>{listener.address}/style.kml#a</styleUrl>"
    file = tmp_path / "liens.kml"
    file.write_text(
        f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "{listener.address}/entity">]>'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{link}{place.replace("<Point>", style + "<Point>")}'
        "</Document></kml>", encoding="utf-8")
    finished = lieudit(store, "import", file, "--layer", "liens")
    assert listener.visits == []
    if finished.status == 0:
        assert [one["properties"]["title"] for one in exported(store, "liens")] == ["Ici"]
    else:
        assert "GDAL cannot read it" in finished.error


def test_a_gpx_of_a_million_points_is_read_in_little_memory(store, tmp_path):
    file = tmp_path / "long.gpx"
    with file.open("w", encoding="utf-8") as output:
        output.write('<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">')
        for number in range(20):
            output.write(f"<trk><name>t{number}</name><trkseg>")
            output.writelines(
                f'<trkpt lat="{48 + step / 1e6:.6f}" lon="{2 + number / 100:.6f}"/>' for step in range(50_000))
            output.write("</trkseg></trk>")
        output.write("</gpx>")
    finished = lieudit(store, "import", file, "--layer", "long", timeout=300)
    assert finished.memory < 400_000_000
    assert finished.status == 0 or finished.error.strip().endswith((".", "bytes", "MiB")), finished.error


def test_a_bomb_in_a_zip_is_stopped_at_a_limit_or_refused(store, tmp_path):
    bomb = tmp_path / "bombe.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open("lieux.kml", "w", force_zip64=True) as inside:
            inside.write(b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>')
            for _ in range(3_000):
                inside.write(b"A" * (1 << 20))
    assert bomb.stat().st_size < 10_000_000
    finished = lieudit(store, "import", bomb, "--layer", "bombe", timeout=300)
    assert finished.status == 1 and "GDAL cannot read it" in finished.error
    # The peak of the command and of the program that it runs, which is held to one gibibyte.
    assert finished.memory < 1_200_000_000
    assert not list(tmp_path.glob("*.geojsonl"))


def test_triggers_and_views_of_a_geopackage_do_no_harm(store, tmp_path):
    file = tmp_path / "lieux.gpkg"
    source = tmp_path / "source.geojson"
    source.write_text(collection(feature(point(), name="Ici")), encoding="utf-8")
    subprocess.run(["ogr2ogr", "-f", "GPKG", file, source, "-nln", "lieux"], check=True, timeout=60)
    with sqlite3.connect(file) as database:
        database.execute(
            "CREATE TABLE endless_view (fid INTEGER PRIMARY KEY)")
        database.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid FROM n")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('endless', 'attributes', 'endless')")
    before = file.read_bytes()
    finished = lieudit(store, "import", file, "--layer", "lieux", timeout=300)
    assert file.read_bytes() == before
    assert finished.status == 1 and ("limit" in finished.error or "too long" in finished.error), "nothing came in by halves"
    assert lieudit(store, "export", "lieux").status == 1


def test_triggers_of_a_geopackage_never_fire(store, tmp_path):
    file, hand = tmp_path / "lieux.gpkg", tmp_path / "hand.gpkg"
    source = tmp_path / "source.geojson"
    source.write_text(collection(feature(point(), name="Ici")), encoding="utf-8")
    subprocess.run(["ogr2ogr", "-f", "GPKG", file, source, "-nln", "lieux"], check=True, timeout=60)
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE fired (name TEXT)")
        for table in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_ogr_contents"):
            for act in ("INSERT", "UPDATE", "DELETE"):
                database.execute(
                    f"CREATE TRIGGER {table}_{act} AFTER {act} ON {table} BEGIN INSERT INTO fired VALUES ('{table}'); END")
        for act in ("UPDATE", "DELETE"):
            database.execute(
                f"CREATE TRIGGER lieux_{act} BEFORE {act} ON lieux BEGIN INSERT INTO fired VALUES ('lieux'); END")
    before = file.read_bytes()
    finished = lieudit(store, "import", file, "--layer", "lieux")
    assert finished.status == 0, finished.error
    assert file.read_bytes() == before
    assert [one["properties"]["title"] for one in exported(store, "lieux")] == ["Ici"]
    # Who writes to it fires them.
    hand.write_bytes(before)
    with sqlite3.connect(hand) as database:
        database.execute("UPDATE gpkg_contents SET identifier = 'autre' WHERE table_name = 'lieux'")
        assert database.execute("SELECT name FROM fired").fetchall() == [("gpkg_contents",)]


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "kml", "gpx", "shp", "zip", "kmz"])
def test_what_is_none_of_it_is_refused_in_a_sentence(store, tmp_path, ending):
    # A file of GDAL's own that would read others.
    other = tmp_path / "secret.geojson"
    other.write_text(collection(feature(point(), name="secret")), encoding="utf-8")
    for content in (b"", b"rien", f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{other}'
                    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>".encode()):
        file = tmp_path / f"faux.{ending}"
        file.write_bytes(content)
        finished = lieudit(store, "import", file, "--layer", "faux")
        assert finished.status == 1 and finished.error.strip(), content
        assert "secret" not in finished.output
