"""The definition under /api, before two judges that are not ours: openapi-spec-validator and schemathesis."""

import json
import pathlib
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator, validate

import invented
import sample
from test_tiles import tile_at

LAYER = sample.layer_names()[0]
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
# `positive_data_acceptance` is not asked for: no schema tells which cursor was ever given, or which day there is.
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance",
]


def links(server, relation):
    return [link for link in server.get("/").json()["links"] if link["rel"] == relation]


@pytest.fixture(scope="module")
def definition(sample_server):
    [link] = links(sample_server, "service-desc")
    return sample_server.get(link["href"]).json()


def operations(definition):
    """Every operation as schemathesis names it."""
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    return {f"{m.upper()} {path}": item[m] for path, item in definition["paths"].items() for m in methods & set(item)}


@pytest.mark.parametrize(
    "relation, kind",
    [("service-desc", OPENAPI), ("service-doc", "text/html"), ("conformance", "application/json"),
     ("data", "application/json")],
)
def test_the_landing_page_leads_to_the_definition_conformance_and_data(sample_server, relation, kind):
    [link] = links(sample_server, relation)
    assert link["type"] == kind
    reply = sample_server.get(link["href"], Accept=kind)
    assert reply.header("Content-Type").replace("; ", ";").removesuffix(";charset=utf-8") == kind


def test_the_definition_is_valid_openapi(definition):
    validate(definition, cls=OpenAPIV30SpecValidator)


def test_the_first_server_of_the_definition_is_where_it_answers(sample_server, definition):
    address = definition["servers"][0]["url"]
    assert address == sample_server.url
    for path, item in definition["paths"].items():
        if "{" not in path and "get" in item and "security" not in item["get"]:
            sample_server.get(address + path)


@pytest.mark.parametrize("path", ["/collections/{layer}/items", "/xyz/{layer}/{z}/{x}/{y}.mvt", "/api", "/styles"])
def test_the_definition_holds_what_is_served(definition, path):
    assert definition["paths"][path]["get"]["responses"]["200"]["content"]


@dataclass
class Judgement:
    """How schemathesis ended, and for each operation which statuses it was answered how often."""

    status: int
    output: str
    answers: dict


def settings(real):
    """schemathesis.toml: a single value of `real` always stands, one of several stands nine times in ten."""
    lists = {name: value for name, value in real.items() if isinstance(value, list)}
    lines = [f"seed = {invented.SEED}", "[generation]", 'database = "none"']
    for number, values in enumerate(lists.values()):
        lines += [f"[dictionaries.values{number}]", f"values = {json.dumps(values)}"]
    lines += ["[parameters]"]
    lines += [f'"{name}" = {json.dumps(value)}' for name, value in real.items() if name not in lists]
    for number, name in enumerate(lists):
        lines += [f'"{name}" = {{ dictionary = "values{number}", probability = 0.9 }}']
    return "\n".join(lines) + "\n"


def judged(definition, server, folder, real, checks=CHECKS, examples=12):
    folder.mkdir()
    (folder / "api.json").write_text(json.dumps(definition), encoding="utf-8")
    (folder / "schemathesis.toml").write_text(settings(real), encoding="utf-8")
    report = folder / "report.ndjson"
    finished = subprocess.run(
        [str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", "schemathesis.toml",
         "run", "api.json", "--url", server.url, "--checks", ",".join(checks), "--no-color", "--no-shrink",
         "--phases", "examples,coverage,fuzzing", "--max-examples", str(examples),
         "--request-timeout", "10", "--report", "ndjson", "--report-ndjson-path", str(report)],
        cwd=folder, capture_output=True, text=True, timeout=240,
    )
    return Judgement(finished.returncode, finished.stdout + finished.stderr, answers(report))


def answers(report):
    seen = defaultdict(Counter)
    for line in report.read_text(encoding="utf-8").splitlines():
        if scenario := json.loads(line).get("ScenarioFinished"):
            recorder = scenario["recorder"]
            for interaction in recorder.get("interactions", {}).values():
                if interaction["response"]:
                    seen[recorder["label"]][interaction["response"]["status_code"]] += 1
    return seen


def real_values(server):
    """What is there to ask for in the sample: a layer, one of its features and clusters, a tile, a style, a page."""
    feature = next(feature for feature in server.features(LAYER) if feature["geometry"])
    column, row = tile_at(*feature["geometry"]["coordinates"], 14)
    whole = server.get(f"/xyz/{LAYER}/0/0/0.geojson").json()["features"]
    return {
        "path.layer": LAYER,
        "path.id": feature["id"],
        "path.style": server.get("/styles").json()["styles"][0]["id"],
        "path.cluster": next(f["properties"]["cluster_id"] for f in whole if f["properties"].get("cluster")),
        "path.z": [14], "path.x": [column], "path.y": [row],
        "path.tileMatrix": ["14"], "path.tileCol": [column], "path.tileRow": [row],
        "query.layer": [LAYER], "query.collections": [LAYER],
        "query.datetime": ["1987", "2023-05", "1980/1989", "1980/..", "../2020"],
    }


def lenient(definition):
    """The definition without the greatest `limit`.

    Who asks for more than the greatest limit is given that many (F12; OGC API Features, Part 1), so that such a
    request is no bad one although the schema says so.
    """
    whole = json.loads(json.dumps(definition))
    for operation in operations(whole).values():
        for parameter in operation.get("parameters", []):
            if parameter["name"] == "limit":
                del parameter["schema"]["maximum"]
    return whole


@pytest.mark.parametrize("there", [True, False], ids=["values that are there", "values that are invented"])
def test_no_answer_is_a_failure_or_other_than_declared(sample_server, definition, tmp_path, there):
    """No 5xx, no undeclared status, media type or method, no body beside its schema, no bad request accepted."""
    asked = lenient(definition)
    judgement = judged(asked, sample_server, tmp_path / "judged", real_values(sample_server) if there else {})
    assert judgement.status == 0, judgement.output
    assert set(judgement.answers) == set(operations(asked))
    for operation, statuses in judgement.answers.items():
        assert not [status for status in statuses if status >= 500], operation
        # What is written needs a secret that nobody invents, or a consent.
        is_open = "security" not in operations(asked)[operation] and "{code}" not in operation
        if there and operation.startswith("GET ") and is_open:
            assert statuses[200] >= 2, f"{operation} was hardly ever answered with more than a refusal: {statuses}"


def other_schema(definition):
    schemas = definition["components"]["schemas"]
    wrong = {**schemas["featureCollection"], "required": ["type", "features", "never"]}
    return {**definition, "components": {"schemas": {**schemas, "featureCollection": wrong}}}


def without_status(definition, status):
    paths = json.loads(json.dumps(definition["paths"]))
    for operation in (operation for item in paths.values() for operation in item.values()):
        operation["responses"].pop(status, None)
    return {**definition, "paths": paths}


def with_another_kind(definition):
    paths = json.loads(json.dumps(definition["paths"]).replace('"application/geo+json"', '"application/json"'))
    return {**definition, "paths": paths}


@pytest.mark.parametrize(
    "spoil, found",
    [(lambda whole: without_status(whole, "400"), "Undocumented status code"),
     (with_another_kind, "Undocumented Content-Type"), (other_schema, "Response violates schema")],
    ids=["a status", "a media type", "a schema"],
)
def test_a_definition_that_errs_is_found_out(sample_server, definition, tmp_path, spoil, found):
    """The judge judges: with the same settings it sees what was put in wrongly."""
    path = "/collections/{layer}/items"
    one = spoil({**definition, "paths": {path: definition["paths"][path]}})
    judgement = judged(one, sample_server, tmp_path / "judged", real_values(sample_server))
    assert judgement.status == 1 and found in judgement.output, judgement.output
