"""Bad questions, on every route that the served definition names: refused in one form, and never a failure."""

import re
import urllib.parse

import pytest

import sample
from served import next_link
from test_definition import real_values

LAYER, OTHER = sample.layer_names()[:2]
ITEMS = f"/collections/{LAYER}/items"
UNKNOWN = "http://www.opengis.net/def/crs/EPSG/0/27700"
# What else has to be asked for a parameter to mean anything.
BESIDE = {"radius": "near=2.3795,48.868&", "bbox-crs": "bbox=2,48,3,49&"}
# A limit above the greatest is that many, and no error (F12).
CLAMPED = {"limit"}
# Texts that nothing but their meaning forbids.
MEANINGLESS = {
    "datetime": ["yesterday", "2020-13", "2021/2020", "../..x", ""], "cursor": ["not-a-cursor", ""],
    "crs": [UNKNOWN, "EPSG:2154", ""], "bbox-crs": [UNKNOWN, "EPSG:2154", ""],
    "bbox": ["2,48,3,49,50", "2,49,3,48", "2,48,3", "-181,0,1,1", "0,-91,1,1", "a,b,c,d"],
    "near": ["2.3795,91", "181,48", "here"], "collections": ["nulle-part", f"{LAYER},nulle-part"],
    "layer": ["nulle-part", ""],
}


@pytest.fixture(scope="module")
def routes(sample_server):
    """Every route that anybody can read: its operation, and its address with what there is to be found under it."""
    definition = sample_server.get("/api?f=json").json()
    real = {name: value[0] if isinstance(value, list) else value for name, value in real_values(sample_server).items()}
    found = []
    for path, item in definition["paths"].items():
        # A code is a secret, which its own tests hold (test_encounter, test_parents).
        if "get" not in item or "security" in item["get"] or "{code}" in path:
            continue
        address = re.sub(r"{(\w+)}", lambda name: str(real[f"path.{name[1]}"]), path)
        found.append((path, address, item["get"]))
    assert len(found) > 20
    return found


def parameters(operation, where):
    return [one for one in operation.get("parameters", []) if one["in"] == where]


def refused(server, address, operation, status, word="", **headers):
    reply = server.ask(address, **headers)
    assert reply.status == status, f"{address} answered {reply.status}: {reply.body[:300]!r}"
    assert str(status) in operation["responses"], f"{address}: {status} is not declared"
    assert reply.kind == "application/problem+json", f"{address} was refused as {reply.kind}"
    problem = reply.json()
    assert problem["status"] == status and problem["code"] and problem["description"], problem
    assert word in problem["description"], f"{address}: {problem}"


def asking(address, query):
    return f"{address}{'&' if '?' in address else '?'}{query}"


def wrong(parameter):
    """Values of a parameter that its own schema forbids, or its meaning."""
    name, schema = parameter["name"], parameter["schema"]
    values = list(MEANINGLESS.get(name, []))
    single = schema.get("items", schema)
    if single["type"] in ("integer", "number"):
        few, many = schema.get("minItems", 1), schema.get("maxItems", 1)
        values += [",".join(["ten"] * few), ",".join(["NaN"] * few), ",".join(["1"] * (many + 1)), ""]
        values += ["1.5"] if single["type"] == "integer" else []
        values += [str(single["minimum"] - 1)] if "minimum" in single else []
        values += [str(single["maximum"] + 1)] if "maximum" in single and name not in CLAMPED else []
        values += [",".join(["1"] * (few - 1))] if few > 1 else []
    if "enum" in single:
        values += ["nonsense", "", single["enum"][0].upper() + "x"]
    if "minLength" in single or "minItems" in schema:
        values += [""]
    return dict.fromkeys(values)


def test_every_route_answers_a_good_question(sample_server, routes):
    for _, address, _ in routes:
        sample_server.get(address)


def test_an_unknown_parameter_is_refused_everywhere(sample_server, routes):
    for _, address, operation in routes:
        for name in ("inconnu", "LIMIT", "limit%20"):
            refused(sample_server, asking(address, f"{name}=1"), operation, 400, urllib.parse.unquote(name))


def test_a_wrong_value_is_refused_wherever_its_parameter_is_offered(sample_server, routes):
    tried = 0
    for _, address, operation in routes:
        for parameter in parameters(operation, "query"):
            name, beside = parameter["name"], BESIDE.get(parameter["name"], "")
            for value in wrong(parameter):
                query = f"{beside}{name}={urllib.parse.quote(value)}"
                # A key is unknown rather than wrong: whoever has one that was closed is told the same.
                status, word = (404, "") if name == "embed" else (400, name)
                refused(sample_server, asking(address, query), operation, status, word)
                tried += 1
            once = urllib.parse.quote(str(parameter["schema"].get("enum", ["1"])[0]))
            twice = f"{beside}{name}={once}&{name}={once}"
            refused(sample_server, asking(address, twice), operation, 400, name)
    assert tried > 100


def test_the_parameters_of_the_standards_are_among_those_tried(routes):
    offered = {one["name"]: list(wrong(one)) for _, _, operation in routes for one in parameters(operation, "query")}
    for name in ("bbox", "bbox-crs", "crs", "datetime", "limit", "cursor", "near", "radius", "kind", "f"):
        assert offered[name]
    assert "0" in offered["limit"] and "2,48,3,49,50" in offered["bbox"] and UNKNOWN in offered["crs"]


# Name of a path's part → what stands nowhere.
NOWHERE = {
    "layer": ["nulle-part", "Pas%20un%20nom", "a" * 65], "id": ["inconnu", "0" * 26, "%00"],
    "style": ["nulle-part", "..%2Flieudit"], "cluster": ["a", "-1", "9" * 30, "999999999"],
    "z": ["23", "-1", "a", "1.5", "014", "9" * 30], "tileMatrix": ["23", "-1", "a", "014"],
    **dict.fromkeys(["x", "y", "tileRow", "tileCol"], [str(2**14), "-1", "a", "1.5", "2147483647", "9" * 30]),
}


def test_what_a_path_names_and_is_not_is_404_everywhere(sample_server, routes):
    for path, address, operation in routes:
        for parameter in parameters(operation, "path"):
            parts, names = address.split("/"), path.split("/")
            place = next(number for number, name in enumerate(names) if f"{{{parameter['name']}}}" in name)
            ending = names[place].partition("}")[2]
            for value in NOWHERE[parameter["name"]]:
                elsewhere = "/".join([*parts[:place], value + ending, *parts[place + 1:]])
                refused(sample_server, elsewhere, operation, 404)


def test_a_media_type_that_is_not_offered_is_406_everywhere(sample_server, routes):
    for _, address, operation in routes:
        refused(sample_server, address, operation, 406, Accept="image/png")


def cursor_of(server, query):
    """The token of the second page of a question."""
    address = urllib.parse.urlsplit(next_link(server.collection(LAYER, f"limit=1&{query}")))
    return urllib.parse.parse_qs(address.query)["cursor"][0]


NEAR = "near=2.38,48.87"


@pytest.mark.parametrize("query, other", [("kind=place", NEAR), (NEAR, "kind=place"), (NEAR, "limit=5")])
def test_a_cursor_of_another_order_is_refused(sample_server, routes, query, other):
    operation = next(operation for path, _, operation in routes if path == "/collections/{layer}/items")
    cursor = cursor_of(sample_server, query)
    sample_server.get(f"{ITEMS}?{query}&cursor={cursor}")
    refused(sample_server, f"{ITEMS}?{other}&cursor={cursor}", operation, 400, "cursor")
    for text in (cursor[1:], cursor[:-4], cursor + "AAAA", f"_{cursor[1:]}"):
        refused(sample_server, f"{ITEMS}?{query}&cursor={text}", operation, 400, "cursor")


@pytest.mark.parametrize("layer", [LAYER, OTHER])
@pytest.mark.parametrize("query", ["kind=encounter", "bbox=2.37,48.86,2.375,48.87", "q=rue", "theme=travail"])
def test_a_cursor_of_another_filter_or_layer_is_refused(sample_server, routes, layer, query):
    operation = next(operation for path, _, operation in routes if path == "/collections/{layer}/items")
    cursor = cursor_of(sample_server, "kind=place,memory")
    refused(sample_server, f"/collections/{layer}/items?{query}&cursor={cursor}", operation, 400, "cursor")
