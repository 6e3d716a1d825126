"""Every kind of bad file: a sentence with line and reason, and nothing left behind."""

import re

import pytest

from command import done, exported, layer_ids, lieudit, refused, titles
from written import GOOD, collection, feature


def point(longitude, latitude):
    return feature(3, {"type": "Point", "coordinates": [longitude, latitude]})


def nested(depth, opening="[", closing="]"):
    return opening * depth + closing * depth


BAD_POLYGON = {"type": "Polygon", "coordinates": [[[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.1]]]}
PLACE_3 = feature(3)

# What is wrong → the third record as it stands in a file of one record a line, and what the reason must speak of.
BAD_RECORDS = {
    "NaN": (PLACE_3.replace("48.868", "NaN"), r"NaN|number|JSON"),
    "infinity": (PLACE_3.replace("48.868", "1e999"), r"finite|number|range"),
    "swapped axes": (point(-33.9, 151.2), r"swap|longitude first"),
    "longitude out of range": (point(200, 10), r"longitude"),
    "latitude out of range": (point(95, 95), r"latitude"),
    "position of words": (PLACE_3.replace("48.868", '"48.868"'), r"number|position|coordinate"),
    "position of one number": (feature(3, {"type": "Point", "coordinates": [2.38]}), r"position|coordinate|number"),
    "unclosed ring": (feature(3, BAD_POLYGON), r"ring|close"),
    "line of one position": (feature(3, {"type": "LineString", "coordinates": [[2, 48]]}), r"position"),
    "unknown geometry": (feature(3, {"type": "Circle", "coordinates": [2, 48]}), r"Circle|type|geometry"),
    "not a feature": ('{"type":"Point","coordinates":[2,48]}', r"Feature"),
    "10,000 deep coordinates": (
        '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":' + nested(10_000) + "}}",
        r"nest|deep|depth|level",
    ),
    "10,000 deep properties": (
        '{"type":"Feature","geometry":null,"properties":{"a":' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}}",
        r"nest|deep|depth|level",
    ),
    "broken JSON": ('{"type":"Feature","properties":{"title":"x"', r"JSON|end|bracket"),
}


@pytest.mark.parametrize("what", BAD_RECORDS)
@pytest.mark.parametrize("format", ["geojson", "geojsonl"])
def test_a_bad_record_is_named_with_line_and_reason_and_nothing_stays(store, tmp_path, format, what):
    record, reason = BAD_RECORDS[what]
    lines = [feature(1), feature(2), record, feature(4)]
    file = tmp_path / f"bad.{format}"
    file.write_text(collection(*lines) if format == "geojson" else "\n".join(lines) + "\n", encoding="utf-8")
    done(store, "layer", "create", "before")
    # Broken JSON inside a collection is noticed where a bracket does not fit any more.
    line = {"geojsonl": "3", "geojson": "[456]" if what == "broken JSON" else "4"}[format]
    refused(lieudit(store, "import", file, "--layer", "new"), line, reason)
    assert layer_ids(store) == ["before"]
    assert lieudit(store, "import", file, "--layer", "before").status == 1
    assert exported(store, "before") == []


@pytest.mark.parametrize("what", BAD_RECORDS)
def test_a_bad_record_can_be_skipped_and_is_reported(store, tmp_path, what):
    record, reason = BAD_RECORDS[what]
    file = tmp_path / "bad.geojsonl"
    file.write_text("\n".join([feature(1), feature(2), record, feature(4)]) + "\n", encoding="utf-8")
    finished = done(store, "import", file, "--layer", "new", "--skip-invalid")
    assert titles(store, "new") == ["place 1", "place 2", "place 4"]
    told = finished.output + finished.error
    assert re.search(r"line 3\b", told) and re.search(reason, told, re.IGNORECASE), told


BAD_ROWS = {
    "NaN": ("place 3,NaN,48.868", r"NaN|number|finite"),
    "nothing": ("place 3,,48.868", r"empty|missing|number|longitude"),
    "words": ("place 3,two,48.868", r"number|longitude"),
    "two decimal commas": ('place 3,"2,3,8",48.868', r"number|comma|longitude"),
    "swapped axes": ("place 3,-33.9,151.2", r"swap|longitude first"),
    "too many fields": ("place 3,2.38,48.868,more", r"field|column"),
    "a quote left open": ('"place 3,2.38,48.868', r"quote|end"),
}


@pytest.mark.parametrize("what", BAD_ROWS)
def test_a_bad_row_is_named_with_line_and_reason_and_nothing_stays(store, tmp_path, what):
    row, reason = BAD_ROWS[what]
    file = tmp_path / "bad.csv"
    file.write_text(f"name,lon,lat\nplace 2,2.38,48.868\n{row}\nplace 4,2.38,48.868\n", encoding="utf-8")
    refused(lieudit(store, "import", file, "--layer", "new"), "3", reason)
    assert not store.exists() or layer_ids(store) == []


def test_a_file_in_another_encoding_is_refused(store, tmp_path):
    theatre = PLACE_3.replace("place 3", "Théâtre")
    texts = {
        "latin.geojsonl": "\n".join([feature(1), feature(2), theatre]) + "\n",
    }
    for name, text in texts.items():
        file = tmp_path / name
        file.write_bytes(text.encode("latin-1"))
        refused(lieudit(store, "import", file, "--layer", "new"), "3", r"UTF-8")
    assert not store.exists() or layer_ids(store) == []


def test_a_truncated_file_leaves_nothing_wherever_it_is_cut(store, tmp_path):
    done(store, "layer", "create", "before")
    whole = GOOD["geojson"]
    for cut in range(1, len(whole) - 3, 41):
        file = tmp_path / "cut.geojson"
        file.write_text(whole[:cut], encoding="utf-8")
        finished = lieudit(store, "import", file, "--layer", "new")
        assert finished.status == 1, f"cut at {cut}: {finished.error}"
        assert re.search(r"line \d+", finished.error), f"cut at {cut}: {finished.error}"
    assert layer_ids(store) == ["before"]


def test_two_features_with_one_id_are_refused_or_told_apart(store, tmp_path):
    file = tmp_path / "twins.geojsonl"
    twin = feature(3)[:-1] + ', "id": "same"}'
    file.write_text(f"{twin}\n{feature(2)}\n{twin}\n", encoding="utf-8")
    finished = lieudit(store, "import", file, "--layer", "new")
    if finished.status == 0:
        ids = [one["id"] for one in exported(store, "new")]
        assert len(ids) == len(set(ids)) == 3
    else:
        refused(finished, "3", r"\bid\b")
        assert layer_ids(store) == []


@pytest.mark.parametrize("geometry", [
    {"type": "Point", "coordinates": []}, {"type": "Polygon", "coordinates": []},
    {"type": "LineString", "coordinates": []}, {"type": "GeometryCollection", "geometries": []},
])
def test_an_empty_geometry_is_kept_in_the_list_and_off_the_map(store, tmp_path, geometry):
    file = tmp_path / "empty.geojsonl"
    file.write_text(feature(1, geometry) + "\n", encoding="utf-8")
    done(store, "import", file, "--layer", "listed")
    [kept] = exported(store, "listed")
    assert kept["geometry"] is None
    assert kept["properties"]["precision"] == "none"


def test_a_polygon_that_crosses_itself_is_kept_and_named_by_check(store, tmp_path):
    bow = {"type": "Polygon", "coordinates": [[[2.0, 48.0], [2.1, 48.1], [2.1, 48.0], [2.0, 48.1], [2.0, 48.0]]]}
    file = tmp_path / "bow.geojsonl"
    file.write_text(feature(1, bow) + "\n", encoding="utf-8")
    done(store, "import", file, "--layer", "bows")
    [kept] = exported(store, "bows")
    assert kept["geometry"]["type"] == "Polygon"
    told = lieudit(store, "check")
    assert re.search(r"cross|self-intersect|intersects itself", told.output + told.error, re.IGNORECASE)
    assert kept["id"] in told.output + told.error


def test_a_file_of_spaces_is_read_in_little_memory(store, tmp_path):
    small, wide = tmp_path / "small.geojson", tmp_path / "wide.geojson"
    small.write_text(GOOD["geojson"], encoding="utf-8")
    head, tail = GOOD["geojson"].split("\n", 1)
    with open(wide, "w", encoding="utf-8") as file:
        file.write(head)
        for _ in range(200):
            file.write(" " * 1_000_000)
        file.write("\n" + tail)
    usual = done(store, "import", small, "--layer", "small").memory
    finished = lieudit(store, "import", wide, "--layer", "wide")
    assert finished.status in (0, 1)
    assert finished.memory < usual + 60_000_000
    if finished.status == 0:
        assert len(exported(store, "wide")) == 5
    else:
        assert re.search(r"line 1\b", finished.error), finished.error
        assert layer_ids(store) == ["small"]


def test_a_missing_file_and_a_bad_layer_name_are_refused_with_a_sentence(store, tmp_path):
    missing = lieudit(store, "import", tmp_path / "none.csv", "--layer", "new")
    assert missing.status == 1 and "none.csv" in missing.error
    file = tmp_path / "places.csv"
    file.write_text(GOOD["csv"], encoding="utf-8")
    assert lieudit(store, "import", file, "--layer", "Pas un nom !").status in (1, 64)
    assert lieudit(store, "import", file).status == 64
