"""What the executable test suite of OGC API - Features asks (Part 1: F, Part 2: X), asked again in our own words.

The suite itself needs a Java engine. Each test bears the id of the requirement that it proves; it walks from the
landing page by links, as the suite does, and takes everything else from the documents that it finds there.
"""

import html
import json
import re
import urllib.parse

import pytest
import shapely
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV30SpecValidator, validate
from shapely.geometry import shape

import invented
import sample
from command import done
from reference_systems import NORTH_FIRST, place
from served import located, next_link
from test_definition import OPENAPI, operations, real_values

GEOJSON, PROBLEM = "application/geo+json", "application/problem+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LAYER = sample.layer_names()[0]
LANGUAGES = {"fr": "Français", "en": "English"}


def links(document, relation, kind=None):
    return [
        link for link in document["links"] if link["rel"] == relation and (kind is None or link.get("type") == kind)
    ]


def follow(server, document, relation, kind="application/json"):
    [link] = links(document, relation, kind)
    reply = server.get(link["href"], Accept=kind)
    assert reply.header("Content-Type").replace(" ", "").startswith(kind.replace(" ", ""))
    return reply.json()


def header_links(reply):
    """The links of a Link header as a document has them."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"; type="([^"]*)"', reply.header("Link") or "")
    return {"links": [{"href": href, "rel": rel, "type": kind} for href, rel, kind in found]}


@pytest.fixture(scope="module")
def landing(sample_server):
    return sample_server.get("/", Accept="application/json").json()


@pytest.fixture(scope="module")
def definition(sample_server, landing):
    return follow(sample_server, landing, "service-desc", OPENAPI)


@pytest.fixture(scope="module")
def collections(sample_server, landing):
    return follow(sample_server, landing, "data")


@pytest.fixture(scope="module")
def addresses(sample_server, definition):
    """Each path that anybody can read who knows no secret code, with something that is there in the place of each of its names."""
    values = {name.removeprefix("path."): value for name, value in real_values(sample_server).items()}
    values = {name: value[0] if isinstance(value, list) else value for name, value in values.items()}
    return {
        path: re.sub(r"{(\w+)}", lambda name: urllib.parse.quote(str(values[name[1]])), path)
        for path, item in definition["paths"].items() if "get" in item and "security" not in item["get"] and "{code}" not in path
    }


def items_of(collection):
    [link] = links(collection, "items", GEOJSON)
    return link["href"]


def with_query(address, query):
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def page(server, collection, query=""):
    reply = server.get(with_query(items_of(collection), query), Accept=GEOJSON)
    assert reply.header("Content-Type") == GEOJSON
    return reply.json()


def everything(server, collection, query="limit=10000"):
    found = page(server, collection, query)
    features = found["features"]
    while following := next_link(found):
        found = server.get(following).json()
        features += found["features"]
    return features


def parameter(definition, name, path="/collections/{layer}/items"):
    [found] = [one for one in definition["paths"][path]["get"]["parameters"] if one["name"] == name]
    return found


def refused(server, address, status=400):
    reply = server.get(address, expected=status)
    assert reply.kind == PROBLEM
    problem = reply.json()
    assert problem["status"] == status and problem["code"] and problem["description"] == problem["detail"]
    assert problem["type"] and problem["title"]
    return problem


# Landing page, definition, conformance


def test_F1_the_landing_page_leads_to_definition_conformance_and_data(landing):
    for relation in ("service-desc", "service-doc", "conformance", "data", "self", "alternate"):
        assert len(links(landing, relation)) == 1, relation
    assert links(landing, "conformance")[0]["href"].endswith("/conformance")
    assert links(landing, "data")[0]["href"].endswith("/collections")


def test_F2_the_definition_is_linked_with_its_exact_types(sample_server, landing):
    assert [link["type"].replace(" ", "") for link in links(landing, "service-desc")] == [OPENAPI]
    assert [link["type"] for link in links(landing, "service-doc")] == ["text/html"]
    assert all(link["href"].startswith(sample_server.url + "/") for link in landing["links"])


def test_F3_the_definition_is_valid_and_lists_every_status_that_comes(sample_server, definition, addresses):
    validate(definition, cls=OpenAPIV30SpecValidator)
    assert definition["servers"][0]["url"] == sample_server.url
    for path, address in addresses.items():
        declared = definition["paths"][path]["get"]["responses"]
        assert {"400", "406", "414", "500", "503"} <= set(declared), path
        asked = [
            sample_server.ask(address), sample_server.ask(with_query(address, "unknown=1")),
            sample_server.ask(address, Accept="image/png"), sample_server.ask(with_query(address, "x" * 9000)),
            sample_server.ask(re.sub(re.escape(LAYER), "nulle-part", address)),
        ]
        for reply in asked:
            content = declared[str(reply.status)]["content"]
            kinds = [kind.split(";")[0] for kind in content]
            assert reply.kind in kinds, f"{path} answered {reply.status} {reply.kind}"


def test_F4_the_core_is_declared(sample_server, landing):
    declared = follow(sample_server, landing, "conformance")["conformsTo"]
    root = "http://www.opengis.net/spec/ogcapi-"
    for name in ("core", "oas30", "geojson", "html"):
        assert f"{root}features-1/1.0/conf/{name}" in declared
    assert f"{root}features-2/1.0/conf/crs" in declared and f"{root}common-1/1.0/conf/html" in declared
    assert len(declared) == len(set(declared))


def test_F5_head_answers_every_get_and_any_site_may_read(sample_server, addresses):
    for address in addresses.values():
        get, head = sample_server.ask(address), sample_server.ask(address, method="HEAD")
        assert head.body == b"" and int(head.header("Content-Length")) == len(get.body)
        for name in ("Content-Type", "ETag", "Vary", "Link", "Content-Crs", "Cache-Control", "OGC-NumberReturned"):
            assert head.header(name) == get.header(name), f"{name} of {address}"
        others = [sample_server.ask(with_query(address, "unknown=1")), sample_server.ask(address, Accept="image/png")]
        if get.header("ETag"):
            others.append(sample_server.get(address, expected=304, If_None_Match=get.header("ETag")))
        for reply in (get, head, *others):
            assert reply.header("Access-Control-Allow-Origin") == "*"
            exposed = set(re.split(r",\s*", reply.header("Access-Control-Expose-Headers")))
            assert {"Link", "ETag", "Content-Crs", "OGC-NumberMatched", "OGC-NumberReturned"} <= exposed


# Collections


def test_F6_the_collections_link_to_themselves_in_every_encoding(collections):
    assert links(collections, "self", "application/json") and links(collections, "alternate", "text/html")
    assert all(link["type"] for link in collections["links"]) and collections["collections"]


def test_F7_each_collection_says_what_it_is_and_where_its_items_are(sample_server, collections):
    for collection in collections["collections"]:
        kinds = [link["type"] for link in links(collection, "items")]
        assert kinds[0] == GEOJSON and sorted(kinds) == sorted({GEOJSON, "text/html", "text/csv", "application/x-ndjson"})
        for link in links(collection, "items"):
            assert sample_server.get(link["href"], Accept=link["type"]).kind == link["type"]
        assert collection["id"] and collection["title"] and collection["description"]
        assert collection["itemType"] == "feature" and collection["crs"]
        assert links(collection, "self") and links(collection, "alternate", "text/html")
        assert links(collection, "describedby")


def test_F7_a_licence_that_is_known_is_linked(store, serve):
    done(store, "layer", "create", "ouvert", "--licence", "CC-BY-SA-4.0")
    done(store, "layer", "create", "autre", "--licence", "comme vous voulez")
    done(store, "layer", "create", "sans")
    server = serve(store)
    wanted = "https://creativecommons.org/licenses/by-sa/4.0/"
    found = {one["id"]: [link["href"] for link in links(one, "license")]
             for one in server.get("/collections").json()["collections"]}
    assert found == {"ouvert": [wanted], "autre": [], "sans": []}
    for address in ("/collections/ouvert/items?f=csv", "/exports/ouvert.geojsonl"):
        assert [link["href"] for link in links(header_links(server.get(address)), "license")] == [wanted]


def test_F8_the_extent_is_around_all_features(sample_server, invented_server):
    for server in (sample_server, invented_server):
        for collection in server.get("/collections").json()["collections"]:
            extent = collection["extent"]
            for west, south, east, north in extent["spatial"]["bbox"]:
                assert -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
            west, south, east, north = extent["spatial"]["bbox"][0]
            for longitude, latitude, *_ in (p for f in everything(server, collection)
                                            for p in sample.positions(f["geometry"])):
                inside = west <= longitude <= east if west <= east else longitude >= west or longitude <= east
                assert inside and south <= latitude <= north
            for interval in extent.get("temporal", {}).get("interval", []):
                assert len(interval) == 2
                assert all(end is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", end) for end in interval)


def test_F9_a_collection_alone_is_what_the_list_says(sample_server, collections):
    for collection in collections["collections"]:
        alone = follow(sample_server, collection, "self")
        for name in ("id", "title", "description", "extent", "itemType", "crs", "storageCrs"):
            assert alone.get(name) == collection.get(name), name
        assert all(link in alone["links"] for link in collection["links"])


@pytest.mark.parametrize("name", ["dUmmYColLection", "nulle-part", "%20"])
def test_F10_an_unknown_collection_is_not_found(sample_server, name):
    for address in (f"/collections/{name}", f"/collections/{name}/items"):
        refused(sample_server, address, 404)


# Items


def test_F11_items_are_a_feature_collection_with_typed_links(sample_server, collections):
    for collection in collections["collections"]:
        found = page(sample_server, collection, "limit=5")
        assert found["type"] == "FeatureCollection"
        assert [link["type"] for link in links(found, "self")] == [GEOJSON]
        kinds = {link["type"] for link in links(found, "alternate")}
        assert kinds == {"text/html", "text/csv", "application/x-ndjson"}
        for link in found["links"]:
            assert link["type"] and link["href"].startswith(sample_server.url)
            if link["rel"] in ("self", "alternate", "next"):
                assert sample_server.get(link["href"], Accept=link["type"]).kind == link["type"]


def test_F12_limit_is_declared_clamped_and_checked(sample_server, collections, definition):
    schema = parameter(definition, "limit")["schema"]
    assert (schema["type"], schema["minimum"], schema["maximum"]) == ("integer", 1, 10000)
    assert 0 <= schema["default"] <= schema["maximum"]
    for collection in collections["collections"]:
        for limit in (1, 2, 10, 10000, 10001, 99999999):
            found = page(sample_server, collection, f"limit={limit}")
            assert len(found["features"]) <= min(limit, 10000)
        for limit in ("unlimited", "0", "-1", "1.5", "", "1e3"):
            assert refused(sample_server, with_query(items_of(collection), f"limit={limit}"))["parameter"] == "limit"


def test_F13_a_box_is_declared_flat_and_checked(sample_server, collections, definition):
    declared = parameter(definition, "bbox")
    assert (declared["schema"]["type"], declared["schema"]["items"]["type"]) == ("array", "number")
    assert (declared["schema"]["minItems"], declared["schema"]["maxItems"]) == (4, 6)
    assert declared["style"] == "form" and declared["explode"] is False
    address = items_of(collections["collections"][0])
    for box in ("1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "NaN,0,1,1", "0,10,1,5", "a,b,c,d", "", "0,0,0,91"):
        assert refused(sample_server, with_query(address, f"bbox={box}"))["parameter"] == "bbox"
    flat = page(sample_server, collections["collections"][0], "bbox=2.37,48.86,2.38,48.87")
    high = page(sample_server, collections["collections"][0], "bbox=2.37,48.86,-10,2.38,48.87,500")
    assert [f["id"] for f in flat["features"]] == [f["id"] for f in high["features"]]


BOXES = [(1.0, 47.0, 3.5, 49.0), (2.38, 48.868, 2.38, 48.868), (2.55, 48.55, 3.1, 49.1), (4.0, 50.0, 5.0, 51.0),
         (-10, -10, 0, 43), (6.0, 44.0, 6.2, 44.2)]


@pytest.mark.parametrize("box", BOXES)
def test_F14_a_box_finds_what_intersects_it_edges_included(invented_server, box):
    wanted = {name for name, geometry in invented.SHAPES.items() if shape(geometry).intersects(shapely.box(*box))}
    query = "limit=100&bbox=" + ",".join(map(str, box))
    assert {f["properties"]["title"] for f in invented_server.features("shapes", query)} == wanted


def test_F14_what_stands_nowhere_matches_every_box_and_time(store, tmp_path, serve):
    features = [
        {"type": "Feature", "geometry": None, "properties": {"title": "nowhere"}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2, 48]}, "properties": {"title": "here"}},
        {"type": "Feature", "geometry": None, "properties": {"title": "then", "when": "1987"}},
    ]
    file = tmp_path / "some.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    done(store, "import", file, "--layer", "some")
    server = serve(store)

    def titles(query):
        return {feature["properties"]["title"] for feature in server.features("some", query)}

    assert titles("bbox=170,-10,-170,10") == {"nowhere", "then"}
    assert titles("bbox=1,47,3,49") == {"nowhere", "here", "then"}
    assert titles("datetime=2001") == {"nowhere", "here"}
    assert titles("datetime=1987-05") == {"nowhere", "here", "then"}


SUITE_BOXES = ["-1.5,50,1.5,53", "-80,-5,-70,5", "177,65,-177,70", "-180,85,180,90", "-180,-90,180,-85"]


@pytest.mark.parametrize("box", [*SUITE_BOXES, "150,-90,-150,90", "179.9999999,-90,-179.9999999,90"])
def test_F15_a_box_across_the_antimeridian_is_both_its_sides(sample_server, invented_server, collections, box):
    for collection in collections["collections"]:
        page(sample_server, collection, f"bbox={box}")
    west, south, east, north = map(float, box.split(","))
    found = {f["id"] for f in invented_server.features("everywhere", f"bbox={box}&limit=10000")}
    if west > east:
        sides = [f"bbox={west},{south},180,{north}", f"bbox=-180,{south},{east},{north}"]
        assert found == {f["id"] for side in sides for f in invented_server.features("everywhere", f"{side}&limit=10000")}
    assert found or box in SUITE_BOXES


def test_F15_the_extent_as_a_box_finds_everything(sample_server, collections):
    for collection in collections["collections"]:
        box = ",".join(f"{number:.7f}" for number in collection["extent"]["spatial"]["bbox"][0])
        found = everything(sample_server, collection, f"bbox={box}&limit=10000")
        assert {f["id"] for f in found} == {f["id"] for f in everything(sample_server, collection)}


def test_F16_times_are_instants_and_intervals_with_open_ends(sample_server, collections):
    for collection in collections["collections"]:
        whole = {f["id"] for f in everything(sample_server, collection)}
        timeless = {f["id"] for f in everything(sample_server, collection) if "when" not in f["properties"]}
        for time in ("1987-06-21T18:30:00Z", "1980-01-01T00:00:00Z/2000-01-01T00:00:00Z", "../2000-01-01T00:00:00Z",
                     "/2000-01-01T00:00:00Z", "1980-01-01T00:00:00Z/..", "1980-01-01T00:00:00Z/", "1987-06-21"):
            found = {f["id"] for f in everything(sample_server, collection, f"datetime={time}&limit=10000")}
            assert timeless <= found <= whole
        assert {f["id"] for f in everything(sample_server, collection, "datetime=0001-01-01T00:00:00Z/..")} == whole
        for interval in collection["extent"].get("temporal", {}).get("interval", []):
            time = "/".join(end or ".." for end in interval)
            assert {f["id"] for f in everything(sample_server, collection, f"datetime={time}")} == whole
        for time in ("yesterday", "2020-13-01T00:00:00Z", "../..", "", "2021-01-01/2020-01-01"):
            address = with_query(items_of(collection), f"datetime={time}")
            assert refused(sample_server, address)["parameter"] == "datetime"


def test_F17_properties_narrow_together_with_boxes_and_times(sample_server, collections):
    for collection in collections["collections"]:
        features = everything(sample_server, collection)
        for name in ("kind", "theme"):
            given = [f["properties"].get(name) for f in features]
            values = {v for one in given if one for v in (one if isinstance(one, list) else [one])}
            for value in values:
                question = f"{name}={urllib.parse.quote(value)}"
                wanted = {f["id"] for f in features if value in (f["properties"].get(name) or [])}
                assert {f["id"] for f in everything(sample_server, collection, question)} == wanted
                box = "bbox=2.37,48.86,2.38,48.87"
                both = {f["id"] for f in everything(sample_server, collection, f"{question}&{box}")}
                assert both == wanted & {f["id"] for f in everything(sample_server, collection, box)}


def test_F18_an_unknown_parameter_is_refused_on_every_operation(sample_server, definition, addresses):
    for path, address in addresses.items():
        names = [one["name"] for one in definition["paths"][path]["get"]["parameters"] if one["in"] == "query"]
        for name in ["unknownQueryParameter12345", *(name.upper() for name in names[:2])]:
            assert refused(sample_server, with_query(address, f"{name}=1"))["parameter"] == name


def test_F19_the_numbers_are_true_and_the_suite_can_count_to_them(sample_server, collections, definition):
    most = parameter(definition, "limit")["schema"]["maximum"]
    for collection in collections["collections"]:
        for question in ("", "bbox=2.37,48.86,2.38,48.87", "kind=place", "limit=3"):
            found = page(sample_server, collection, question)
            assert found["numberReturned"] == len(found["features"])
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", found["timeStamp"])
            if "numberMatched" not in found:
                continue
            counted, here = len(found["features"]), found
            for _ in range(4):
                if following := next_link(here):
                    here = sample_server.get(with_limit(following, most)).json()
                    counted += len(here["features"])
            assert counted == found["numberMatched"]


def with_limit(address, limit):
    """As the suite does it: the query is taken apart, decoded, encoded again, and the limit replaced."""
    assert "?" in address
    base, query = address.split("?", 1)
    pairs = [urllib.parse.unquote(pair).split("=", 1) for pair in query.split("&")]
    pairs = [(name, str(limit) if name == "limit" else value) for name, value in reversed(pairs)]
    return f"{base}?{urllib.parse.urlencode(pairs)}"


@pytest.mark.parametrize("limit, question", [(7, ""), (40, "&bbox=170,-90,-170,90"), (9, "&near=179.9,-15")])
def test_F20_pages_together_are_the_selection(invented_server, limit, question):
    address = f"/collections/everywhere/items?limit={limit}{question}"
    seen, number = [], 0
    while address:
        found = invented_server.get(address).json()
        seen += [feature["id"] for feature in found["features"]]
        number += 1
        address = next_link(found)
        if address:
            assert re.fullmatch(r"[\w-]+", re.search(r"cursor=([^&]*)", address)[1])
            # Each time with another limit and the parameters turned round.
            address = with_limit(address, limit + number)
    whole = invented_server.get(f"/collections/everywhere/items?limit=10000{question}").json()
    assert not next_link(whole) and number > 2
    assert len(seen) == len(set(seen)) and set(seen) == {feature["id"] for feature in whole["features"]}


def test_F21_coordinates_are_degrees_with_longitude_first(sample_server, invented_server, collections):
    for collection in collections["collections"]:
        for feature in everything(sample_server, collection):
            assert all(2 < p[0] < 3 and 48 < p[1] < 49 for p in sample.positions(feature["geometry"]))
    for feature in invented_server.features("everywhere"):
        assert all(-180 <= p[0] <= 180 and -90 <= p[1] <= 90 for p in sample.positions(feature["geometry"]))


def test_F22_a_feature_alone_is_the_one_of_the_page(sample_server, collections):
    for collection in collections["collections"]:
        for feature in page(sample_server, collection, "limit=10")["features"]:
            assert isinstance(feature["id"], str)
            reply = sample_server.get(f"{items_of(collection)}/{feature['id']}", Accept=GEOJSON)
            assert reply.header("Content-Type") == GEOJSON
            alone = reply.json()
            for name in ("type", "id", "geometry", "properties"):
                assert alone[name] == feature[name]
            for relation, kind in (("self", GEOJSON), ("alternate", "text/html"), ("collection", "application/json")):
                [link] = links(alone, relation)
                assert link["type"] == kind and sample_server.get(link["href"], Accept=kind).kind == kind
        refused(sample_server, f"{items_of(collection)}/inconnu", 404)


def test_F23_errors_are_problems_in_the_form_of_both_versions(sample_server, addresses):
    for address in addresses.values():
        refused(sample_server, with_query(address, "unknown=1"))
        refused(sample_server, address + "/x/y/z", 404)


def test_F24_every_encoding_is_negotiated_on_every_operation(sample_server, definition, addresses):
    for path, address in addresses.items():
        kinds = list(definition["paths"][path]["get"]["responses"]["200"]["content"])
        for kind in (kind.split(";")[0] for kind in kinds):
            for accept in (kind, f"image/png, {kind};q=0.3"):
                reply = sample_server.get(address, Accept=accept)
                assert reply.kind == kind, f"{path} {accept}"
                assert {"Accept", "Accept-Encoding"} <= set(re.split(r",\s*", reply.header("Vary")))
        assert sample_server.get(address, expected=406, Accept="image/png").kind == PROBLEM
        declared = [one for one in definition["paths"][path]["get"]["parameters"] if one["name"] == "f"]
        for name in (name for one in declared for name in one["schema"]["enum"]):
            sample_server.get(with_query(address, f"f={name}"), Accept="image/png")
        written = {method.upper() for method in definition["paths"][path]}
        for method in {"POST", "PUT", "PATCH", "DELETE"} - written:
            reply = sample_server.ask(address, method=method)
            assert reply.status == 405 and {"GET", "HEAD"} <= set(re.split(r",\s*", reply.header("Allow")))
        refused(sample_server, with_query(address, "x" * 9000), 414)


def test_F24_a_page_is_in_the_language_asked_for_and_leads_to_the_other(sample_server, definition, addresses):
    for path, address in addresses.items():
        if "text/html" not in definition["paths"][path]["get"]["responses"]["200"]["content"]:
            continue
        assert parameter(definition, "interface", path)["schema"]["enum"] == list(LANGUAGES)
        for language, other in (("fr", "en"), ("en", "fr")):
            reply = sample_server.get(address, Accept="text/html", Accept_Language=f"{language}, {other};q=0.5")
            assert reply.header("Content-Language") == language and f'<html lang="{language}">' in reply.text
            assert "Accept-Language" in reply.header("Vary")
            told = re.search(rf'<a href="([^"]*)" hreflang="{other}" lang="{other}">([^<]*)</a>', reply.text)
            assert told[2] == LANGUAGES[other]
            turned = sample_server.get(html.unescape(told[1]), Accept="text/html", Accept_Language=language)
            assert turned.header("Content-Language") == other


def test_F25_what_is_held_is_not_sent_again(sample_server, definition, addresses):
    for path, address in addresses.items():
        if path == "/health":
            continue
        for kind in definition["paths"][path]["get"]["responses"]["200"]["content"]:
            for encoding in ("identity", "gzip"):
                first = sample_server.get(address, Accept=kind, Accept_Encoding=encoding)
                again = sample_server.get(
                    address, expected=304, Accept=kind, Accept_Encoding=encoding, If_None_Match=first.header("ETag"))
                assert again.body == b""
                for name in ("ETag", "Cache-Control", "Vary", "Content-Language"):
                    assert again.header(name) == first.header(name), f"{name} of {address}"


@pytest.mark.parametrize("form, kind", [("csv", "text/csv"), ("geojsonl", "application/x-ndjson")])
def test_F26_tables_and_lines_are_paged_by_their_headers(invented_server, form, kind):
    whole = [f["properties"]["title"] for f in invented_server.features("everywhere")]

    def titles(reply):
        if form == "geojsonl":
            return [json.loads(line)["properties"]["title"] for line in reply.text.splitlines()]
        first, *rows = reply.text.splitlines()
        assert first.startswith("id,lon,lat,")
        column = first.split(",").index("title")
        return [row.split(",")[column] for row in rows]

    address, seen = f"/collections/everywhere/items?f={form}&limit=300", []
    while address:
        reply = invented_server.get(address)
        told = header_links(reply)
        assert reply.kind == kind and [link["type"] for link in links(told, "self")] == [kind]
        assert len(titles(reply)) == int(reply.header("OGC-NumberReturned"))
        assert reply.header("OGC-NumberMatched") == str(len(whole)) and reply.header("Date")
        assert GEOJSON in [link["type"] for link in links(told, "alternate")]
        seen += titles(reply)
        address = next_link(told)
    assert seen == whole
    unlimited = invented_server.get(f"/collections/everywhere/items?f={form}")
    assert titles(unlimited) == whole and not next_link(header_links(unlimited))
    assert unlimited.header("OGC-NumberReturned") == unlimited.header("OGC-NumberMatched") == str(len(whole))


def test_F26_exports_and_tiles_have_their_links_in_the_header(sample_server):
    feature = located(sample_server.features(LAYER))[0]
    assert feature
    for ending in ("geojson", "geojsonl", "csv"):
        reply = sample_server.get(f"/exports/{LAYER}.{ending}")
        told = header_links(reply)
        assert [link["type"] for link in links(told, "self")] == [reply.kind]
        for link in links(told, "alternate"):
            assert sample_server.get(link["href"]).kind == link["type"]
        assert int(reply.header("OGC-NumberMatched")) == len(sample.features(LAYER))
    for address in (f"/xyz/{LAYER}/0/0/0.mvt?kind=place", f"/collections/{LAYER}/tiles/WebMercatorQuad/0/0/0?f=mvt",
                    "/tiles/WebMercatorQuad/0/0/0?f=mvt"):
        told = header_links(sample_server.get(address))
        assert [link["href"] for link in links(told, "self")] == [sample_server.url + address]
        [other] = links(told, "alternate")
        assert sample_server.get(other["href"]).kind == other["type"] == GEOJSON


def test_F27_a_page_does_not_say_a_box_that_is_not_of_the_whole(sample_server, collections):
    for collection in collections["collections"]:
        assert "bbox" not in page(sample_server, collection, "limit=2")


# RFC 7946, sections 3.1 to 3.3: a feature may stand nowhere, but says so.
POSITION = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}


def array(items, least=0):
    return {"type": "array", "items": items, "minItems": least}


SHAPES = {
    "Point": POSITION, "MultiPoint": array(POSITION), "LineString": array(POSITION, 2),
    "MultiLineString": array(array(POSITION, 2)), "Polygon": array(array(POSITION, 4), 1),
    "MultiPolygon": array(array(array(POSITION, 4), 1)),
}
GEOMETRY = {"$defs": {"geometry": {"oneOf": [
    *({"type": "object", "required": ["type", "coordinates"],
       "properties": {"type": {"const": name}, "coordinates": positions}} for name, positions in SHAPES.items()),
    {"type": "object", "required": ["type", "geometries"],
     "properties": {"type": {"const": "GeometryCollection"}, "geometries": array({"$ref": "#/$defs/geometry"})}},
]}}}
FEATURE = {
    **GEOMETRY, "type": "object", "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"}, "id": {"type": ["string", "integer"]}, "properties": {"type": ["object", "null"]},
        "geometry": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/geometry"}]},
    },
}


def test_F28_features_have_the_shape_of_rfc_7946(sample_server, invented_server, definition):
    schema = definition["components"]["schemas"]["feature"]
    assert schema["properties"]["geometry"]["nullable"] is True
    judge = Draft202012Validator(FEATURE)
    served = [f for layer in sample.layer_names() for f in sample_server.features(layer)]
    for feature in [*served, *invented_server.features("shapes")]:
        judge.validate(feature)
    assert not judge.is_valid({**served[0], "geometry": {"type": "Point", "coordinates": [1]}})


# Part 2: coordinate reference systems


def test_X1_each_collection_lists_its_systems_the_default_first(collections):
    assert collections["crs"][0] == CRS84
    for collection in collections["collections"]:
        assert collection["crs"][0] == CRS84 and len(set(collection["crs"])) == len(collection["crs"]) >= 4
        assert collection["storageCrs"] in collection["crs"]


def test_X2_coordinates_come_in_the_system_and_order_asked_for(sample_server, collections):
    collection = collections["collections"][0]
    plain = located(everything(sample_server, collection))
    for uri in collection["crs"]:
        asked = f"crs={urllib.parse.quote(uri, safe='')}"
        reply = sample_server.get(with_query(items_of(collection), f"{asked}&limit=10000"))
        assert reply.header("Content-Crs") == f"<{uri}>"
        found = {f["id"]: f for f in reply.json()["features"]}
        alone = sample_server.get(f"{items_of(collection)}/{plain[0]['id']}?{asked}")
        assert alone.header("Content-Crs") == f"<{uri}>"
        assert alone.json()["geometry"] == found[plain[0]["id"]]["geometry"]
        there = [p[:2] for f in plain for p in sample.positions(f["geometry"])]
        wanted = place(there, uri)
        got = [p for f in plain for p in sample.positions(found[f["id"]]["geometry"])]
        near = 1e-6 if max(abs(number) for position in wanted for number in position) < 360 else 0.02
        for one, other in zip(got, wanted, strict=True):
            assert one == pytest.approx(other, abs=near), uri
    for address in (items_of(collection), f"{items_of(collection)}/{plain[0]['id']}"):
        assert sample_server.get(address).header("Content-Crs") == f"<{CRS84}>"


def test_X3_a_box_in_another_system_finds_the_same(sample_server, collections):
    for collection in collections["collections"]:
        box = collection["extent"]["spatial"]["bbox"][0]
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        for part in (box, [box[0], box[1], *middle]):
            wanted = {f["id"] for f in everything(sample_server, collection, "bbox=" + ",".join(map(str, part)))}
            for uri in collection["crs"]:
                # The box around the box, as a client makes it, so that nothing of it is lost.
                edge = [(part[0] + (part[2] - part[0]) * a / 20, part[1] + (part[3] - part[1]) * b / 20)
                        for a in range(21) for b in range(21) if a in (0, 20) or b in (0, 20)]
                first, second = zip(*place(edge, uri))
                around = ",".join(f"{number:.7f}" for number in (min(first), min(second), max(first), max(second)))
                found = everything(
                    sample_server, collection, f"bbox={around}&bbox-crs={urllib.parse.quote(uri, safe='')}&limit=10000")
                ids = {f["id"] for f in found}
                degrees = max(map(abs, first)) < 360
                assert ids == wanted if degrees or part is box else ids >= wanted, uri


def test_X4_a_system_that_is_not_listed_is_refused(sample_server, collections, definition):
    listed = collections["collections"][0]["crs"]
    for name in ("crs", "bbox-crs"):
        assert parameter(definition, name)["schema"]["enum"] == listed
        for uri in ("http://www.opengis.net/def/crs/0/unsupported", "EPSG:4326", "", listed[1] + "0"):
            address = f"{items_of(collections['collections'][0])}?bbox=2,48,3,49&{name}={uri}"
            problem = refused(sample_server, address)
            assert problem["parameter"] == name and CRS84 in problem["description"]


def test_X5_systems_are_named_as_the_suite_reads_them(collections):
    for collection in collections["collections"]:
        for uri in collection["crs"]:
            assert uri == CRS84 or re.fullmatch(r"http://www\.opengis\.net/def/crs/EPSG/0/\d+", uri)
        assert any(uri.rsplit("/", 1)[1] in NORTH_FIRST for uri in collection["crs"])
