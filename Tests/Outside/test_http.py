"""The HTTP contract, as a strict client sees it."""

import html
import re
import signal

import pytest

import invented
import sample
from command import done
from served import located

LAYER = sample.layer_names()[0]
ITEMS = f"/collections/{LAYER}/items"
TILE = f"/xyz/{LAYER}/0/0/0"

# Every kind of thing that can be read.
READ = [
    "/", "/collections", f"/collections/{LAYER}", f"{ITEMS}?limit=5", f"{ITEMS}?near=2.3795,48.868&limit=5",
    f"{TILE}.geojson", f"{TILE}.mvt", f"/xyz/{LAYER}.json", f"/exports/{LAYER}.geojson", f"/map/{LAYER}",
]
UNCOMPARED = {"date", "connection", "keep-alive", "transfer-encoding"}


def headers(reply):
    return {name.lower(): value for name, value in reply.headers.items() if name.lower() not in UNCOMPARED}


@pytest.mark.parametrize("path", [*READ, "/health"])
def test_head_answers_the_headers_of_get_and_no_body(sample_server, path):
    get, head = sample_server.ask(path), sample_server.ask(path, method="HEAD")
    assert get.status == head.status == 200
    assert head.body == b"" and get.body != b""
    told = headers(head)
    # A stream is sent in chunks; only HEAD says how long it is, and then truly.
    assert int(told.pop("content-length")) == len(get.body)
    wanted = headers(get)
    wanted.pop("content-length", None)
    assert told == wanted


@pytest.mark.parametrize("path", READ)
def test_what_has_not_changed_is_not_sent_again(sample_server, path):
    first = sample_server.get(path)
    tag = first.header("ETag")
    assert re.fullmatch(r'(W/)?"[^"]+"', tag or "")
    assert first.header("Last-Modified") is None
    assert "must-revalidate" in first.header("Cache-Control")
    for asked in (tag, f'"another", {tag}', tag.removeprefix("W/"), "*"):
        again = sample_server.ask(path, If_None_Match=asked)
        assert again.status == 304, asked
        assert again.body == b""
        assert again.header("ETag") == tag
        assert again.header("Access-Control-Allow-Origin") == first.header("Access-Control-Allow-Origin")
    assert sample_server.ask(path, If_None_Match='"another"').status == 200


@pytest.mark.parametrize("path", [f"{TILE}.geojson", f"{TILE}.mvt", f"/exports/{LAYER}.geojson"])
def test_what_bears_no_clock_has_strong_tags_one_an_encoding(sample_server, path):
    plain = sample_server.get(path)
    packed = sample_server.get(path, Accept_Encoding="gzip")
    assert packed.header("Content-Encoding") == "gzip"
    assert packed.plain == plain.body
    assert not plain.header("ETag").startswith("W/") and not packed.header("ETag").startswith("W/")
    assert plain.header("ETag") != packed.header("ETag")
    assert sample_server.ask(path, Accept_Encoding="gzip", If_None_Match=packed.header("ETag")).status == 304


@pytest.mark.parametrize("path", READ)
def test_gzip_is_sent_to_those_who_take_it_only(sample_server, path):
    packed = sample_server.get(path, Accept_Encoding="gzip")
    assert "accept-encoding" in (packed.header("Vary") or "").lower()
    assert packed.header("Content-Encoding") in (None, "gzip")
    assert packed.plain
    for refused in ("identity", "gzip;q=0"):
        assert sample_server.get(path, Accept_Encoding=refused).header("Content-Encoding") in (None, "identity")


@pytest.mark.parametrize(
    "path", [path for path in READ if not path.startswith("/map")] + [f"{ITEMS}?nonsense=1", "/collections/nulle-part"]
)
def test_any_site_may_read(sample_server, path):
    assert sample_server.ask(path, Origin="https://partenaire.example").header("Access-Control-Allow-Origin") == "*"


# query → what the problem has to name
BAD_PARAMETERS = {
    "nonsense=1": "nonsense", "BBOX=1,2,3,4": "BBOX", "limit=0": "limit", "limit=-1": "limit", "limit=ten": "limit",
    "limit=1.5": "limit", "limit=": "limit", "limit=1&limit=2": "limit",
    "bbox=1,2,3": "bbox", "bbox=1,2,3,4,5": "bbox", "bbox=a,b,c,d": "bbox", "bbox=NaN,0,1,1": "bbox",
    "bbox=0,inf,1,1": "bbox", "bbox=0,10,1,5": "bbox", "bbox=0,-91,1,1": "bbox", "bbox=-181,0,1,1": "bbox",
    "bbox=": "bbox", "bbox=0,0,,1": "bbox",
    "near=2.3": "near", "near=2.3,48.8,1": "near", "near=200,48": "near", "near=2.3,95": "near",
    "near=NaN,48": "near", "near=here": "near",
    "radius=10": "radius", "near=2,48&radius=-1": "radius", "near=2,48&radius=1000001": "radius",
    "near=2,48&radius=far": "radius", "near=2,48&radius=NaN": "radius",
    "cursor=not-a-cursor": "cursor", "cursor=": "cursor",
    "datetime=yesterday": "datetime", "datetime=2020-13-01T00:00:00Z": "datetime",
    "datetime=2021-01-01T00:00:00Z/2020-01-01T00:00:00Z": "datetime",
}


@pytest.mark.parametrize("query", BAD_PARAMETERS)
def test_a_bad_parameter_is_a_problem_that_names_it(sample_server, query):
    reply = sample_server.get(f"{ITEMS}?{query}", expected=400)
    assert reply.kind == "application/problem+json"
    problem = reply.json()
    assert problem["code"] and BAD_PARAMETERS[query] in problem["description"], problem
    if query.startswith("bbox=0,10"):
        assert "west,south,east,north" in problem["description"]


@pytest.mark.parametrize("path", [path.split("?")[0] for path in READ if not path.startswith("/map")])
def test_an_unknown_parameter_is_refused_on_every_route_of_the_contract(sample_server, path):
    reply = sample_server.get(f"{path}?inconnu=1", expected=400)
    assert reply.kind == "application/problem+json" and "inconnu" in reply.text


def test_a_page_ignores_parameters_that_shared_links_gain(sample_server):
    sample_server.get(f"/map/{LAYER}?utm_source=lettre")


@pytest.mark.parametrize(
    "path",
    ["/nulle-part", "/collections/nulle-part", "/collections/nulle-part/items", f"{ITEMS}/inconnu",
     "/xyz/nulle-part.json", "/exports/nulle-part.geojson", f"/exports/{LAYER}.exe", f"/collections/{LAYER}/nothing"],
)
def test_what_is_not_there_is_404(sample_server, path):
    reply = sample_server.get(path, expected=404)
    assert reply.kind == "application/problem+json"
    assert reply.json()["code"] and reply.json()["description"]


@pytest.mark.parametrize(
    "path", ["/map/nulle-part", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift", "/assets/none.js"]
)
def test_pages_and_files_that_are_not_there_are_404(sample_server, path):
    sample_server.get(path, expected=404)


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "POST"])
@pytest.mark.parametrize("path", ["/", f"/collections/{LAYER}/schema", f"{TILE}.mvt", f"/map/{LAYER}", "/health"])
def test_a_method_that_is_not_offered_is_405_and_those_offered_are_named(sample_server, path, method):
    reply = sample_server.ask(path, method=method)
    assert reply.status == 405
    assert {"GET", "HEAD"} <= set(re.split(r",\s*", reply.header("Allow")))


def test_the_collections_are_the_layers(sample_server):
    answer = sample_server.get("/collections", Accept="application/json").json()
    titles = {layer["id"]: layer["title"] for layer in answer["collections"]}
    assert titles == {layer["id"]: layer["title"] for layer in sample.layers()}
    for layer in answer["collections"]:
        [box] = layer["extent"]["spatial"]["bbox"]
        assert box == pytest.approx(sample.bounds(located(sample_server.features(layer["id"]))), abs=1e-6)
        assert any(link["rel"] == "items" for link in layer["links"])


def test_health_is_good(sample_server):
    assert sample_server.get("/health").status == 200


@pytest.mark.parametrize("layer", sample.layer_names())
def test_tilejson_leads_to_tiles(sample_server, layer):
    reply = sample_server.get(f"/xyz/{layer}.json")
    told = reply.json()
    assert reply.kind == "application/json"
    assert re.fullmatch(r"3\.\d+\.\d+", told["tilejson"])
    assert (told["minzoom"], told["maxzoom"]) == (0, 22)
    assert [one["id"] for one in told["vector_layers"]] == [layer]
    assert all(isinstance(value, str) for value in told["vector_layers"][0]["fields"].values())
    west, south, east, north = told["bounds"]
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    assert told["tiles"]
    for template in told["tiles"]:
        assert all(part in template for part in ("{z}", "{x}", "{y}"))
        sample_server.get(template.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0"))


@pytest.mark.parametrize("layer", sample.layer_names())
def test_the_page_holds_every_title_without_any_script(sample_server, layer):
    reply = sample_server.get(f"/map/{layer}")
    assert reply.kind == "text/html" and "utf-8" in reply.header("Content-Type").lower()
    visible = html.unescape(re.sub(r"<(script|style)\b.*?</\1>", "", reply.text, flags=re.DOTALL | re.IGNORECASE))
    for feature in sample.features(layer):
        assert feature["properties"]["title"] in visible
    assert not re.search(r"""(?:src|srcset)\s*=\s*["']?(?:https?:)?//""", reply.text)
    assert "<html lang=" in reply.text and "<title>" in reply.text


def test_behind_a_proxy_every_link_is_on_the_public_address(store, tmp_path, serve):
    public = "https://carte.example/lieux"
    done(store, "import", invented.write_csv(tmp_path / "p.csv", invented.places(30)), "--layer", "places")
    server = serve(store, "--public-url", public)
    items = "/collections/places/items?limit=5"
    for path in ("/?f=json", "/collections", "/collections/places", items, "/xyz/places.json"):
        addresses = re.findall(r'"(https?:[^"]+)"', server.get(path).text.replace("\\/", "/"))
        ours = [address for address in addresses if "127.0.0.1" in address or "carte.example" in address]
        assert ours and all(f"{address}/".startswith(f"{public}/") for address in ours), path


def test_a_server_stops_cleanly_when_asked(store, serve):
    for how in (signal.SIGTERM, signal.SIGINT):
        server = serve(store)
        server.get("/health")
        assert server.stop(how) == 0
        assert server.process.stdout.read() == ""
