"""Items: pages, boxes and filters, against the sample's files and brute force."""

import re
import unicodedata
from urllib.parse import quote

import pytest

import invented
import sample
from command import done
from served import next_link

LAYER = sample.layer_names()[0]
ITEMS = f"/collections/{LAYER}/items"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_pages_together_are_the_layer(sample_server, size):
    if size == 1000:
        assert len(list(sample_server.pages(LAYER, f"limit={size}"))) == 1
    ids = []
    for page in sample_server.pages(LAYER, f"limit={size}"):
        assert page["numberReturned"] == len(page["features"]) <= size
        assert page["timeStamp"].endswith("Z")
        ids += [feature["id"] for feature in page["features"]]
    assert len(ids) == len(set(ids)) == len(sample.features(LAYER))


@pytest.mark.parametrize(
    "query", ["near=2.3795,48.868", "near=0,89&radius=1000000", "bbox=-10,-10,60,60", "bbox=170,-30,-170,30"]
)
def test_the_pages_of_a_question_together_are_its_answer(invented_server, query):
    whole = [feature["id"] for feature in invented_server.features("everywhere", f"{query}&limit=10000")]
    paged = [feature["id"] for feature in invented_server.features("everywhere", f"{query}&limit=37")]
    assert paged == whole and len(set(whole)) == len(whole) > 0


def test_a_page_goes_on_with_another_limit(invented_server):
    first = invented_server.collection("everywhere", "limit=10")
    following = re.sub(r"limit=10(?=&|$)", "limit=25", next_link(first))
    second = invented_server.get(following).json()
    whole = [feature["id"] for feature in invented_server.features("everywhere")]
    assert [feature["id"] for feature in first["features"] + second["features"]] == whole[:35]


def test_pages_stay_stable_while_others_write(store, tmp_path, serve):
    file = invented.write_csv(tmp_path / "first.csv", invented.places(60, seed=1))
    done(store, "import", file, "--layer", "places")
    server = serve(store)
    before = {feature["id"] for feature in server.features("places")}
    seen = []
    for number, page in enumerate(server.pages("places", "limit=10")):
        seen += [feature["id"] for feature in page["features"]]
        assert number < 60, "the pages do not end"
        if number < 3:
            more = invented.write_csv(tmp_path / "more.csv", invented.places(20, seed=number + 2))
            done(store, "import", more, "--layer", "places")
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def within(box, position):
    west, south, east, north = box
    longitude, latitude = position
    across = west <= longitude <= east if west <= east else longitude >= west or longitude <= east
    return across and south <= latitude <= north


BOXES = [
    (-180, -90, 180, 90), (2, 48, 3, 49), (170, -30, -170, 30), (-180, 80, 180, 90), (-180, -90, 180, -80),
    (180, -90, 180, 90), (-180, -90, -180, 90), (179, -90, -179, 90), (10, 0, -10, 1), (0, 0, 0, 0),
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_answers_as_brute_force_does(invented_server, box):
    """Where ±180 are one meridian and a pole is one place, either answer at that very edge is let pass."""
    query = "bbox=" + ",".join(map(str, box)) + "&limit=10000"
    found = {feature["properties"]["title"] for feature in invented_server.features("everywhere", query)}
    for name, longitude, latitude in invented.places(1000):
        if within(box, (longitude, latitude)):
            assert name in found, f"{name} is missing, LIEUDIT_SEED={invented.SEED}"
        elif abs(longitude) != 180 and abs(latitude) != 90:
            assert name not in found, f"{name} is too many, LIEUDIT_SEED={invented.SEED}"


@pytest.mark.parametrize("layer", sample.layer_names())
def test_kinds_and_themes_keep_what_bears_them(sample_server, layer):
    features = sample_server.features(layer)
    for kind in ("place", "memory", "encounter", "place,memory"):
        wanted = {f["id"] for f in features if f["properties"]["kind"] in kind.split(",")}
        assert {f["id"] for f in sample_server.features(layer, f"kind={kind}")} == wanted
    themes = {theme for feature in features for theme in feature["properties"].get("theme", [])}
    for theme in themes:
        wanted = {f["id"] for f in features if theme in f["properties"].get("theme", [])}
        assert {f["id"] for f in sample_server.features(layer, f"theme={quote(theme)}")} == wanted


@pytest.mark.parametrize("layer", sample.layer_names())
def test_words_are_found_whatever_their_accents_and_case(sample_server, layer):
    for feature in sample_server.features(layer)[:10]:
        word = max(re.findall(r"\w+", feature["properties"]["title"]), key=len)
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).upper()
        for asked in (word, bare):
            found = {one["id"] for one in sample_server.features(layer, f"q={quote(asked)}")}
            assert feature["id"] in found, "a word of a title does not find its feature"


def test_properties_chooses_what_is_sent(sample_server):
    for feature in sample_server.collection(LAYER, "properties=title&limit=5")["features"]:
        assert set(feature["properties"]) == {"title"}


def test_one_feature_is_the_same_alone(sample_server):
    for feature in sample_server.collection(LAYER, "limit=5")["features"]:
        alone = sample_server.get(f"{ITEMS}/{feature['id']}")
        assert alone.kind == "application/geo+json"
        for member in ("type", "id", "geometry", "properties"):
            assert alone.json()[member] == feature[member]
        assert len(feature["id"]) >= 22, "128 bits need 22 letters at least"
