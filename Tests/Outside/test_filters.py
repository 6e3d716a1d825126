"""Properties as parameters and sorted pages, against filtering and sorting by hand."""

import functools
import json
import random
import unicodedata
from urllib.parse import quote

import jsonschema
import pytest

import invented
import sample
from command import done
from served import Server, next_link

LAYER = "told"
TITLES = ["Été", "été", "Ete", "Œuvre", "oeuf", "Zoé, 8 ans", "zoo", "", '"lang":"fr"', "a\\b", "École", "Zoe\u0301, 8 ans"]
LANGUAGES = [None, "fr", "en", "fr-CA", "FR"]
AUTHORS = [None, "Zoé", "Zoe\u0301", "zoé", 'x","lang":"fr', "Élie, Léa"]
TIMES = {"1987": 1987, "1950/1960": 1950, "198X": 1980, "2001-01": 2001, None: None}
KINDS = ["place", "memory", "encounter"]
# What looks like a property of ours and stands one level too deep.
FREE = [None, {"lang": "fr", "author": "Zoé"}, [{"lang": "fr"}], '"lang":"fr","author":"Zoé"']


def told(count, seed=invented.SEED):
    chance = random.Random(seed)
    for number in range(count):
        properties = {
            "title": chance.choice(TITLES), "kind": chance.choice(KINDS), "lang": chance.choice(LANGUAGES),
            "author": chance.choice(AUTHORS), "when": chance.choice(list(TIMES)), "sub": chance.choice(FREE),
        }
        place = {"type": "Point", "coordinates": [round(chance.uniform(2, 3), 5), round(chance.uniform(48, 49), 5)]}
        yield {"type": "Feature", "geometry": place if number % 7 else None, "properties": properties}


def write(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def told_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    store = folder / "lieudit.sqlite"
    done(store, "import", write(folder / "told.geojson", told(300)), "--layer", LAYER)
    done(store, "layer", "create", "nothing")
    server = Server(store)
    yield server
    assert server.stop() == 0, server.error


def composed(text):
    return unicodedata.normalize("NFC", text)


def folded(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))
    return plain.replace("œ", "oe")


def value(feature, name):
    """What a feature is sorted by; None where it has nothing."""
    if name == "id":
        return feature["id"]
    text = feature["properties"].get(name)
    if not text:
        return None
    if name == "when":
        return TIMES[text]
    return text if name == "kind" else (folded(text), composed(text))


def by_hand(features, order):
    terms = [(term.lstrip("+-"), term.startswith("-")) for term in order.split(",")]

    def compare(a, b):
        for name, falling in terms + [("id", False)]:
            own, other = value(a, name), value(b, name)
            if own == other:
                continue
            if own is None or other is None:
                return 1 if own is None else -1
            return -1 if (own < other) != falling else 1
        return 0

    return [feature["id"] for feature in sorted(features, key=functools.cmp_to_key(compare))]


@pytest.mark.parametrize("name, values", [("title", TITLES), ("lang", LANGUAGES), ("author", AUTHORS), ("when", TIMES)])
def test_a_property_keeps_what_has_exactly_that_value(told_server, name, values):
    features = told_server.features(LAYER)
    for asked in filter(None, values):
        wanted = {f["id"] for f in features if composed(f["properties"].get(name) or "") == composed(asked)}
        assert wanted, f"none has {asked!r}, LIEUDIT_SEED={invented.SEED}"
        query = f"{name}={quote(asked)}&limit=10000"
        assert {f["id"] for f in told_server.features(LAYER, query)} == wanted, f"LIEUDIT_SEED={invented.SEED}"
        lines = told_server.get(f"/exports/{LAYER}.geojsonl?{name}={quote(asked)}").text.splitlines()
        assert {json.loads(line)["id"] for line in lines} == wanted


def test_several_values_are_one_of_them_and_conditions_add_up(told_server):
    wanted = {
        f["id"] for f in told_server.features(LAYER)
        if f["properties"].get("lang") in ("fr", "en") and f["properties"]["kind"] == "memory"
        and composed(f["properties"].get("author") or "") == "Zoé"
    }
    found = told_server.features(LAYER, "lang=fr,en&kind=memory&author=Zo%C3%A9&limit=2")
    assert wanted and sorted(f["id"] for f in found) == sorted(wanted)


@pytest.mark.parametrize(
    "order", ["title", "-title", "+when", "-when", "kind,-title", "lang,-when", "-author,title", "id", "-id", "when,-id"]
)
@pytest.mark.parametrize("condition", ["", "&lang=fr,en", "&bbox=2.2,48.2,2.8,48.8"])
def test_pages_are_sorted_as_by_hand(told_server, order, condition):
    features = told_server.features(LAYER, f"limit=10000{condition}")
    expected = by_hand(features, order)
    assert len(expected) > 20
    for limit in (1 if order == "title" and not condition else 97, 10000):
        found = [f["id"] for f in told_server.features(LAYER, f"sortby={order}{condition}&limit={limit}")]
        assert found == expected, f"LIEUDIT_SEED={invented.SEED}"


def test_sorted_pages_stay_whole_while_another_import_adds_features(store, tmp_path, serve):
    done(store, "import", write(tmp_path / "first.geojson", told(60, seed=1)), "--layer", LAYER)
    server = serve(store)
    before = server.features(LAYER)
    seen = []
    for number, page in enumerate(server.pages(LAYER, "sortby=title,-when&limit=10")):
        seen += page["features"]
        assert number < 60, "the pages do not end"
        if number < 3:
            more = write(tmp_path / "more.geojson", told(20, seed=number + 2))
            done(store, "import", more, "--layer", LAYER)
    ids = [feature["id"] for feature in seen]
    assert len(ids) == len(set(ids)) > 60
    assert {feature["id"] for feature in before} <= set(ids)
    assert ids == by_hand(seen, "title,-when")


@pytest.mark.parametrize(
    "query, name",
    [("sortby=nope", "sortby"), ("sortby=", "sortby"), ("near=2,48&sortby=title", "sortby"), ("lang=", "lang"),
     ("precision=fine", "precision"), ("colour=red", "colour"), ("Lang=fr", "Lang")],
)
def test_what_cannot_be_asked_is_refused_by_name(told_server, query, name):
    reply = told_server.get(f"/collections/{LAYER}/items?{query}", expected=400)
    assert f"“{name}”" in reply.json()["detail"]


def test_a_cursor_belongs_to_its_order(told_server):
    following = next_link(told_server.collection(LAYER, "sortby=title&limit=5"))
    for other in ("sortby=-title", "sortby=when", "near=2,48", "kind=place,memory,encounter"):
        reply = told_server.get(following.replace("sortby=title", other), expected=400)
        assert reply.json()["parameter"] == "cursor"


def test_a_layer_without_features_answers_too(told_server):
    for query in ("sortby=title", "lang=fr", "sortby=-when&author=x"):
        page = told_server.collection("nothing", query)
        assert page["features"] == [] and not next_link(page)


@pytest.mark.parametrize("name", ["queryables", "sortables", "schema"])
def test_the_schemas_are_schemas_that_features_and_links_agree_with(told_server, name):
    relation = f"http://www.opengis.net/def/rel/ogc/1.0/{name}"
    [link] = [link for link in told_server.get(f"/collections/{LAYER}").json()["links"] if link["rel"] == relation]
    reply = told_server.get(link["href"], Accept="application/schema+json")
    assert reply.kind == link["type"] == "application/schema+json"
    schema = reply.json()
    assert schema["$id"] == link["href"]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert told_server.get(link["href"], Accept="text/html").kind == "text/html"
    if name == "schema":
        plain = {key: member for key, member in schema["properties"].items() if key not in ("id", "geometry")}
        for feature in told_server.features(LAYER) + told_server.features(LAYER, "sortby=when"):
            jsonschema.validate(feature["properties"], {**schema, "properties": plain})


def test_one_feature_is_sent_with_the_properties_asked_for(sample_server):
    layer = sample.layer_names()[0]
    [feature] = sample_server.collection(layer, "limit=1")["features"]
    alone = sample_server.get(f"/collections/{layer}/items/{feature['id']}?properties=kind,title,never").json()
    assert alone["properties"] == {name: feature["properties"][name] for name in ("kind", "title")}
    assert alone["geometry"] == feature["geometry"]
