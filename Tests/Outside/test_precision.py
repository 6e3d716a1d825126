"""The cells of the server, of the phone and of PROJ are the same cells."""

import collections
import json
import math
import os
import random
import subprocess
import time

import numpy
import pytest

import invented
from chromium import Chromium
from command import binary, environment

COUNT = int(os.environ.get("LIEUDIT_CELL_POINTS", "1000000"))
FRANCE = (-5, 41, 9.6, 51.2)
EUROPE = (-35, 24, 45, 73)
WORLD = (-180, -90, 180, 90)


def places(count, seed, *boxes):
    """Longitude and latitude, each box in turn; one in ten to seven decimals, some at the ends of the areas."""
    chance = random.Random(seed)
    ends = [(180, 12.5), (-180, 12.5), (7, 90), (7, -90), (-35, 24), (45, 73), (45, 50), (10, 24), (10, 52), (0, 0)]
    rows = []
    for number in range(count - len(ends)):
        west, south, east, north = boxes[number % len(boxes)]
        place = chance.uniform(west, east), chance.uniform(south, north)
        rows.append(tuple(round(value, 7) for value in place) if number % 10 == 0 else place)
    return rows + ends


def is_in_europe(longitude, latitude):
    return -35 <= longitude <= 45 and 24 <= latitude <= 73


def lines(rows):
    return "".join(f"{first!r} {second!r}\n" for first, second in rows)


def cells(rows, *options):
    """What the command answers."""
    done = subprocess.run(
        [binary(), "cells", *options], input=lines(rows), capture_output=True, text=True, env=environment(), check=True)
    return done.stdout.splitlines()


def positions(rows, grid, source="OGC:CRS84"):
    """Easting and northing as PROJ has them, through GDAL."""
    done = subprocess.run(
        ["gdaltransform", "-s_srs", source, "-t_srs", f"EPSG:{grid}", "-output_xy"],
        input=lines(rows), capture_output=True, text=True, check=True)
    return numpy.array(done.stdout.split(), dtype=float).reshape(-1, 2)


def cells_by_proj(rows, side, offset=0.0):
    names = numpy.empty(len(rows), dtype=object)
    inside = numpy.array([is_in_europe(*row) for row in rows])
    for grid, numbers in (("3035", numpy.flatnonzero(inside)), ("6933", numpy.flatnonzero(~inside))):
        # One place has one cell, whatever its name.
        chosen = [rows[number] for number in numbers]
        chosen = [(0 if abs(y) == 90 else -180 if x == 180 else x, y) for x, y in chosen]
        corners = (numpy.floor((positions(chosen, grid) + offset) / side) * side).astype(int)
        for number, (easting, northing) in zip(numbers, corners):
            names[number] = f"CRS{grid}RES{side}mN{northing}E{easting}"
    return list(names)


def mismatches(first, second):
    assert len(first) == len(second)
    return sum(one != other for one, other in zip(first, second))


class Phone:
    """The module that our pages load, in a browser."""

    def __init__(self, browser, server):
        browser.open(server.url + "/", quiet=0.5)
        self.browser = browser
        assert browser.evaluate("import('/assets/precision.js').then((it) => { globalThis.precision = it; return 1; })")

    def each(self, expression, rows, batch=50_000):
        """The value of an expression in `row` for each of the rows."""
        answers = []
        for start in range(0, len(rows), batch):
            part = json.dumps(rows[start:start + batch])
            text = f"JSON.stringify({part}.map((row) => {expression}))"
            answers += json.loads(self.browser.evaluate(text))
        return answers


@pytest.fixture(scope="module")
def phone(sample_server, tmp_path_factory):
    chromium = Chromium(tmp_path_factory.mktemp("chromium") / "profile")
    yield Phone(chromium, sample_server)
    chromium.close()


@pytest.mark.parametrize("precision, side, count", [("about", 200, COUNT), ("wide", 1000, COUNT // 10)])
def test_a_million_places_have_the_same_cell_on_the_phone_on_the_server_and_by_proj(phone, precision, side, count):
    rows = places(count, invented.SEED + side, FRANCE, WORLD, EUROPE, WORLD)
    began = time.monotonic()
    server = cells(rows, "--precision", precision)
    answered = time.monotonic()
    by_phone = phone.each(f"precision.cellOf(...row, '{precision}')", rows)
    reckoned = time.monotonic()
    by_proj = cells_by_proj(rows, side)
    print(
        f"{precision}, seed {invented.SEED + side}: of {len(rows)} cells {mismatches(by_phone, server)} differ between "
        f"phone and server, {mismatches(by_proj, server)} between PROJ and server; server "
        f"{answered - began:.1f} s, phone {reckoned - answered:.1f} s")
    assert mismatches(by_phone, server) == 0
    assert mismatches(by_proj, server) == 0


def test_a_metre_more_shows_in_that_comparison():
    rows = places(20_000, invented.SEED, FRANCE)
    wrong = mismatches(cells_by_proj(rows, 200, offset=1.0), cells(rows))
    assert 100 < wrong < 400


def test_the_area_drawn_on_the_phone_is_the_one_that_the_server_publishes(phone, tmp_path):
    # As many households as places: crowded in France, so that natural cells of every side come about.
    chance = random.Random(invented.SEED)
    crowd = [(2.3 + chance.gauss(0, 1) ** 3 / 3, 48 + chance.gauss(0, 1) ** 3 / 5) for _ in range(6000)]
    table = tmp_path / "households.csv"
    counts = collections.Counter(cells(crowd))
    table.write_text("cell,households\n" + "".join(f"{cell},{count}\n" for cell, count in counts.items()))
    features = [
        json.loads(line)
        for rows, options in [
            (crowd, ["--households", str(table)]), (places(3000, 1, WORLD, EUROPE), []),
            (places(2000, 2, WORLD, EUROPE), ["--precision", "wide"]),
        ]
        for line in cells(rows, "--geojson", *options)
    ]
    assert len(features) >= 10_000
    assert {feature["properties"]["precision_m"] for feature in features} == {200, 1000, 2000, 4000, 8000, 16000, 32000}
    drawn = phone.each("precision.cellPolygon(row)", [feature["properties"]["cell"] for feature in features])
    assert mismatches(drawn, [feature["geometry"] for feature in features]) == 0


@pytest.mark.parametrize("precision", ["about", "wide"])
def test_what_the_phone_sends_instead_of_the_place_leads_the_server_to_the_same_cell(phone, precision):
    rows = places(20_000, 3, FRANCE, WORLD)
    # Some metres on either side of the ends of Europe's area.
    chance = random.Random(invented.SEED)
    rows += [(45 + chance.uniform(-1, 1) / 300, chance.uniform(25, 72)) for _ in range(3000)]
    rows += [(chance.uniform(-34, 44), 24 + chance.uniform(-1, 1) / 300) for _ in range(3000)]
    sent = phone.each(f"precision.snap(...row, '{precision}')", rows)
    assert cells(sent, "--precision", precision) == phone.each(f"precision.cellOf(...row, '{precision}')", rows)
    # And it tells no more than the cell does.
    told = {}
    for place, cell in zip(sent, cells(rows, "--precision", precision)):
        assert told.setdefault(cell, place) == place
    assert phone.each(f"precision.snap(...row, '{precision}')", sent) == sent


def test_exact_sends_the_place_to_seven_decimals_and_none_sends_nothing(phone):
    assert phone.each("precision.snap(...row, 'exact')", [(2.123456789, -48.98765432)]) == [[2.1234568, -48.9876543]]
    assert phone.each("precision.snap(...row, 'none')", [(2.3, 48)]) == [None]


def test_a_pin_moved_by_half_a_side_keeps_its_cell_on_the_phone(phone):
    chance = random.Random(invented.SEED)
    before = [(chance.uniform(-4, 8), chance.uniform(42, 50)) for _ in range(10_000)]
    after = [(x + chance.gauss(0, 0.0015), y + chance.gauss(0, 0.001)) for x, y in before]
    old = cells(before)
    now = phone.each("precision.cellForMoved(row[0], row[1], row[2])", [[*a, o] for a, o in zip(after, old)])
    kept = 0
    for (easting, northing), was, new, cell in zip(positions(after, 3035), cells(after), now, old):
        south, west = (int(number) for number in cell.split("mN")[1].split("E"))
        gap = math.hypot(
            max(west - easting, easting - west - 200, 0), max(south - northing, northing - south - 200, 0))
        assert new == (cell if gap <= 100 else was)
        kept += new == cell != was
    assert kept > 1000


@pytest.mark.parametrize(
    "call",
    ["cellOf(181, 0)", "cellOf(0, 90.1)", "cellOf(NaN, 0)", "cellOf(2, 48, 'exact')", "cellOf(undefined, 1)",
     "cellPolygon('CRS3035RES200mN2890401E3762800')", "cellPolygon('CRS6933RES200mN-0E0')", "cellPolygon('')",
     "cellPolygon('CRS6933RES200mN7342400E0')", "snap(2, 48, 'near')", "cellForMoved(2, 48, 'x')"])
def test_what_is_no_place_no_cell_or_no_precision_is_refused_on_the_phone(phone, call):
    said = phone.browser.evaluate(
        f"(() => {{ try {{ return precision.{call}; }} catch (error) {{ return error.name; }} }})()")
    assert said == "RangeError"


def test_the_command_tells_cells_and_refuses_what_is_no_position():
    assert cells([(2.3795, 48.868)]) == ["CRS3035RES200mN2890400E3762800"]
    assert cells([(2.3795, 48.868)], "--precision", "wide") == ["CRS3035RES1000mN2890000E3762000"]
    for words, text, status, sentence in [
        (["cells"], "2 48\n2\n", 1, "line 2: expected longitude and latitude"),
        (["cells"], "2 98\n", 1, "line 1: the latitude 98.0"),
        (["cells", "--precision", "exact"], "", 64, "no cell shows"),
        (["cells", "--households", "nowhere.csv"], "", 1, "nowhere.csv cannot be read"),
    ]:
        done = subprocess.run([binary(), *words], input=text, capture_output=True, text=True, env=environment())
        assert done.returncode == status and sentence in done.stderr
