"""The small modules of the participants' pages, each by itself: dates in a person's words, and codes to photograph."""

import json
import random
import shutil
import subprocess

import pytest

import asked
from chromium import Chromium
from command import done

TODAY = "new Date(2026, 10, 22)"
# What somebody writes, and what is kept: EDTF, "" where they do not know, None where it is not understood.
WHEN = {
    "1974": "1974", "en 1974": "1974", "C’était en 1974.": "1974", "  1974  ": "1974", "68": "1968", "en 05": "2005",
    "années 60": "196X", "ANNÉES 60": "196X", "les années 1960": "196X", "dans les années soixante": "196X",
    "années soixante-dix": "197X", "les années quatre-vingt-dix": "199X", "années 20": "192X", "années 10": "201X",
    "années 2000": "200X", "début des années 80": "198X", "fin des années 80": "198X", "étés des années 80": "198X",
    "vers 1970": "1970~", "environ 1970": "1970~", "vers les années 50": "195X~", "vers mai 1968": "1968-05~",
    "vers l’été 1985": "1985-22~", "peut-être 1970": "1970?", "1970 ?": "1970?", "peut-être vers 1970": "1970%",
    "été 1985": "1985-22", "à l'été 1985": "1985-22", "l’été 85": "1985-22", "hiver 1985-1986": "1985-24",
    "printemps 1968": "1968-21", "automne 2003": "2003-23", "mai 1968": "1968-05", "en mai 68": "1968-05",
    "le 13 mai 1968": "1968-05-13", "1er janvier 2000": "2000-01-01", "13/05/1968": "1968-05-13", "05/1968": "1968-05",
    "29 février 2000": "2000-02-29", "noël 1980": "1980-12", "à la rentrée 1980": "1980-09",
    "entre 1970 et 1975": "1970/1975", "de 1970 à 1975": "1970/1975", "1970-1975": "1970/1975", "1970-75": "1970/1975",
    "de mai 1968 à juin 1969": "1968-05/1969-06", "depuis 1990": "1990/..", "jusqu'en 1980": "../1980",
    "avant 1980": "../1980", "après 1980": "1980/..", "XXe siècle": "19XX", "19e siècle": "18XX",
    "aujourd'hui": "2026-11", "hier": "2026-11", "le mois dernier": "2026-10", "cette année": "2026",
    "l'année dernière": "2025", "il y a 20 ans": "2006~",
    "je ne sais plus": "", "je sais plus": "", "Je ne sais pas.": "", "?": "", "": "", "aucune idée": "",
    "in the 60s": "196X", "the sixties": "196X", "1960s": "196X", "in the late sixties": "196X", "late 80s": "198X",
    "around 1970": "1970~", "circa 1970": "1970~", "maybe 1970": "1970?", "summer 1985": "1985-22",
    "in the summer of 1985": "1985-22", "May 1968": "1968-05", "13 May 1968": "1968-05-13", "May 13, 1968": "1968-05-13",
    "between 1970 and 1975": "1970/1975", "since 1990": "1990/..", "until 1980": "../1980", "20th century": "19XX",
    "20 years ago": "2006~", "last year": "2025", "I don't remember": "",
    "197X": "197X", "1974-06": "1974-06", "1985-22": "1985-22", "1970~": "1970~", "1990/..": "1990/..",
    "quand j'étais petite": None, "31/02/1970": None, "29 février 1900": None, "1975-1970": None, "mercredi": None,
    "13 brumaire 1970": None, "<script>": None, "99999": None, "il était une fois 1970": None, "31 juin 1970": None,
    "1970-13": None, "1970 1980": None, "x" * 5000: None, "\u202e1974": None,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    store = tmp_path_factory.mktemp("modules") / "lieudit.sqlite"
    done(store, "layer", "create", asked.LAYER)
    server = asked.serve(store)
    yield server
    assert server.stop() == 0 and server.complaints == []


@pytest.fixture(scope="module")
def browser(server, tmp_path_factory):
    chromium = Chromium(tmp_path_factory.mktemp("chromium") / "profile")
    chromium.open(server.url + "/mine", quiet=0.5)
    for name in ("when", "qr", "words", "sending"):
        assert chromium.evaluate(f"import('/assets/{name}.js').then((it) => {{ globalThis.{name}_module = it; return 1; }})")
    yield chromium
    chromium.close()


def test_dates_in_a_persons_words_become_edtf(browser):
    found = browser.evaluate(
        f"JSON.stringify({json.dumps(list(WHEN))}.map((words) => when_module.edtf(words, {TODAY}) ?? null))")
    wrong = [(words, got, wanted) for (words, wanted), got in zip(WHEN.items(), json.loads(found)) if got != wanted]
    assert wrong == []


def test_the_server_takes_every_date_that_the_page_makes(server):
    """And what they mean is neither empty nor the wrong way round, or it would be refused."""
    for date in sorted({date for date in WHEN.values() if date}):
        asked.give(server, when=date)


def test_every_date_that_the_page_makes_is_said_back_in_words(browser):
    words = json.loads(browser.evaluate("document.querySelector('main').dataset.words"))["time"]
    dates = sorted({date for date in WHEN.values() if date})
    said = browser.evaluate(
        f"JSON.stringify({json.dumps(dates)}.map((date) => words_module.timeInWords(date, {json.dumps(words)}, 'fr')))")
    for date, words in zip(dates, json.loads(said)):
        assert words and "X" not in words and "~" not in words and ".." not in words, (date, words)


def test_random_dates_written_out_in_french_are_read_back(browser):
    seed = 20261122
    chance = random.Random(seed)
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    days = [(chance.randint(1000, 2026), chance.randint(1, 12), chance.randint(1, 28)) for _ in range(2000)]
    texts = [f"le {day} {months[month - 1]} {year}" for year, month, day in days]
    found = json.loads(browser.evaluate(f"JSON.stringify({json.dumps(texts)}.map((words) => when_module.edtf(words)))"))
    assert found == [f"{year:04}-{month:02}-{day:02}" for year, month, day in days], f"seed {seed}"


# Of ASCII only, as links are: of other letters the decoder guesses the encoding.
ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789:/#.-?="


def image(modules, scale=4):
    """A bitmap in which a decoder finds the code: modules of some pixels, four of them light around."""
    side = (len(modules) + 8) * scale
    rows = []
    for y in range(side):
        row, line = y // scale - 4, []
        for x in range(side):
            column = x // scale - 4
            inside = 0 <= row < len(modules) and 0 <= column < len(modules)
            line.append("1" if inside and modules[row][column] else "0")
        rows.append(" ".join(line))
    return f"P1\n{side} {side}\n" + "\n".join(rows) + "\n"


def read(path):
    done = subprocess.run(["zbarimg", "-q", "--raw", "--nodbus", str(path)], capture_output=True, text=True)
    return done.stdout.removesuffix("\n")


def test_codes_of_every_version_are_read_by_another_program(browser, tmp_path):
    assert shutil.which("zbarimg"), "there is no zbarimg: Tools/setup test installs it"
    seed = 20261122
    chance = random.Random(seed)
    # One byte more than a version holds needs the next one.
    lengths = [1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213]
    sizes = set()
    for length in lengths * 2:
        text = "".join(chance.choice(ALPHABET) for _ in range(length))
        modules = browser.evaluate(f"qr_module.qrModules({json.dumps(text)})")
        sizes.add(len(modules))
        picture = tmp_path / "code.pbm"
        picture.write_text(image(modules))
        assert read(picture) == text, f"{length} bytes, seed {seed}"
    assert sizes == {17 + 4 * version for version in range(1, 11)}


def test_a_code_with_a_wrong_module_in_its_format_and_data_is_not_the_same(browser, tmp_path):
    """The control: the decoder does not answer what was meant to be drawn, but what is."""
    modules = browser.evaluate("qr_module.qrModules('http://127.0.0.1/mine#abc')")
    for row in range(9, len(modules)):
        for column in range(9, len(modules)):
            modules[row][column] = not modules[row][column]
    picture = tmp_path / "code.pbm"
    picture.write_text(image(modules))
    assert read(picture) != "http://127.0.0.1/mine#abc"


def test_what_is_too_long_for_a_code_is_refused(browser):
    assert browser.evaluate("(() => { try { qr_module.qrModules('a'.repeat(214)); } catch (error) { return error.name; } })()") == "RangeError"


def test_the_path_of_a_code_draws_its_modules_and_a_quiet_zone(browser):
    found = browser.evaluate("""(() => {
        const modules = qr_module.qrModules("https://lieudit.example/mine#0123456789abcdefghjkmnpqrs");
        const { path, side } = qr_module.qrPath(modules);
        const drawn = new Set([...path.matchAll(/M(\\d+) (\\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
        return [side - modules.length, drawn.size === modules.flat().filter(Boolean).length,
          modules.every((row, y) => row.every((dark, x) => dark === drawn.has(`${x + 4} ${y + 4}`)))];
    })()""")
    assert found == [8, True, True]


@pytest.mark.parametrize("pointer, field", [
    ("/properties/title", "title"), ("/geometry", "place"), ("/geometry/coordinates", "place"), ("/properties/precision", "precision"),
    ("/properties/age_band", "age"), ("/properties/consents/licence", "licence"), ("", ""),
])
def test_a_pointer_of_the_server_leads_to_its_field(browser, pointer, field):
    assert browser.evaluate(f"sending_module.fieldOf({json.dumps(pointer)})") == field
