"""When an encounter point is awake, as the page works it out from what is published, by the clock on its wall."""

import datetime
import json
import random
import zoneinfo

import pytest

from chromium import Chromium
from invented import SEED

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
EVENINGS = {"weekly": [{"days": ["fri", "sat"], "from": "22:00", "to": "02:30", "overnight": True}]}
# Hours, a moment, and whether somebody finds it awake.
CASES = [
    ({}, "2026-11-22T12:00+01:00", False),
    ({"weekly": [{"days": ["sun"], "from": "00:00", "to": "24:00"}]}, "2026-11-22T23:59+01:00", True),
    ({"weekly": [{"days": ["sun"], "from": "00:00", "to": "24:00"}]}, "2026-11-23T00:00+01:00", False),
    ({"weekly": [{"days": ["sun"], "from": "10:00", "to": "12:00"}]}, "2026-11-22T10:00+01:00", True),
    ({"weekly": [{"days": ["sun"], "from": "10:00", "to": "12:00"}]}, "2026-11-22T12:00+01:00", False),
    ({"weekly": [{"days": ["sun"], "from": "10:00", "to": "12:00", "since": "2026-11-23"}]}, "2026-11-22T11:00+01:00", False),
    ({"weekly": [{"days": ["sun"], "from": "10:00", "to": "12:00", "until": "2026-11-22"}]}, "2026-11-22T11:00+01:00", True),
    (EVENINGS, "2026-11-21T02:29+01:00", True), (EVENINGS, "2026-11-21T02:30+01:00", False), (EVENINGS, "2026-11-23T01:00+01:00", False),
    ({**EVENINGS, "exceptions": [{"date": "2026-11-21", "closed": True}]}, "2026-11-21T01:00+01:00", True),
    ({**EVENINGS, "exceptions": [{"date": "2026-11-21", "closed": True}]}, "2026-11-21T23:00+01:00", False),
    ({**EVENINGS, "exceptions": [{"date": "2026-11-21", "closed": True}]}, "2026-11-22T01:00+01:00", False),
    ({"exceptions": [{"date": "2026-11-22", "windows": [{"from": "18:00", "to": "20:00"}]}]}, "2026-11-22T19:00+01:00", True),
    ({"dated": [{"from": "2026-11-20", "to": "2026-11-22"}]}, "2026-11-22T23:59+01:00", True),
    ({"dated": [{"from": "2026-11-20", "to": "2026-11-22"}]}, "2026-11-23T00:00+01:00", False),
    ({"dated": [{"from": "2026-11-20T18:00", "to": "2026-11-22T06:00"}]}, "2026-11-22T05:59+01:00", True),
    ({"dated": [{"from": "2026-11-20T18:00", "to": "2026-11-22T06:00"}]}, "2026-11-20T17:59+01:00", False),
    ({"dated": [{"from": "2026-11-20", "to": "2026-11-22"}], "exceptions": [{"date": "2026-11-21", "closed": True}]}, "2026-11-21T12:00+01:00", False),
    ({"dated": [{"from": "2026-11-22T10:00:00Z", "to": "2026-11-22T11:00:00Z"}]}, "2026-11-22T11:30+01:00", True),
    ({"dated": [{"from": "2026-11-22T10:00:00Z", "to": "2026-11-22T11:00:00Z"}]}, "2026-11-22T12:00+01:00", False),
    # The clocks go back on 25 October 2026: half past two comes twice; and forward on 29 March: it does not come.
    ({"weekly": [{"days": ["sun"], "from": "02:10", "to": "02:50"}]}, "2026-10-25T02:30+02:00", True),
    ({"weekly": [{"days": ["sun"], "from": "02:10", "to": "02:50"}]}, "2026-10-25T02:30+01:00", True),
    ({"weekly": [{"days": ["sun"], "from": "01:30", "to": "02:30"}]}, "2026-03-29T03:10+02:00", False),
]


@pytest.fixture(scope="module")
def browser(sample_server, tmp_path_factory):
    chromium = Chromium(tmp_path_factory.mktemp("hours") / "profile")
    chromium.open(sample_server.url + "/", quiet=0.2)
    assert chromium.evaluate("import('/assets/hours.js').then((it) => { globalThis.hours = it; return 1; })")
    yield chromium
    chromium.close()


def awake(browser, cases):
    asked = [[{"time_zone": "Europe/Paris", **hours}, moment] for hours, moment in cases]
    return browser.evaluate(f"{json.dumps(asked)}.map(([windows, moment]) => hours.isAlive(windows, typeof moment === 'string' ? Date.parse(moment) : moment))")


def test_it_is_awake_when_the_clock_on_the_wall_says_so(browser):
    found = awake(browser, [(hours, moment) for hours, moment, _ in CASES])
    assert [(case, is_awake) for case, is_awake in zip(CASES, found) if is_awake != case[2]] == []


def test_at_any_minute_of_years_it_is_what_a_calendar_of_another_says(browser):
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    names, cases, expected = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], [], []
    for _ in range(3000):
        start, length = chance.randrange(0, 1440), chance.randrange(1, 1440)
        end = start + length
        days = sorted(chance.sample(range(7), chance.randint(1, 7)))
        clock = lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}"  # noqa: E731
        window = {"days": [names[day] for day in days], "from": clock(start), "to": clock(end % 1440 if end > 1440 else end)}
        if end > 1440:
            window["overnight"] = True
        moment = datetime.datetime.fromtimestamp(chance.randrange(1_700_000_000, 1_900_000_000), PARIS)
        minute, today = moment.hour * 60 + moment.minute, moment.weekday()
        cases.append(({"weekly": [window]}, int(moment.timestamp() * 1000)))
        expected.append(today in days and start <= minute < end or (today - 1) % 7 in days and start <= minute + 1440 < end)
    assert awake(browser, cases) == expected
    assert 500 < sum(expected) < 2500


def test_what_a_curator_has_said_comes_before_the_clock(browser):
    asked = [{"kind": "encounter", "encounter_state": "stolen"}, {"kind": "encounter"}, {"kind": "memory"},
             {"kind": "encounter", "hours": json.dumps({"time_zone": "Europe/Paris", "dated": [{"from": "2150-01-01", "to": "2150-01-02"}]})}]
    assert browser.evaluate(f"{json.dumps(asked)}.map((properties) => hours.stateOf(properties) ?? '')") == ["stolen", "alive", "", "asleep"]
