"""Nothing that anybody writes runs, anywhere (SR12): five hundred payloads in every text, on every page and in every export."""

import csv
import http.server
import io
import json
import threading

import pytest

import hostile
from command import done
from page_states import STATES
from served import Server
from skeleton import skeleton
from states_reading import IDLE, READY
from test_page_states import arrive, complaints
from test_page import strangers
from visitor import Visitor

LAYER = "malveillant"
PLAIN = ("Le lavoir", "Un soir d’été")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    store = folder / "lieudit.sqlite"
    (folder / "hostile.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": hostile.features([PLAIN]) + hostile.features()}))
    done(store, "import", folder / "hostile.geojson", "--layer", LAYER)
    running = Server(store)
    yield running
    assert running.stop() == 0, running.error


@pytest.fixture(scope="module")
def visitor(tmp_path_factory):
    visitor = Visitor(tmp_path_factory.mktemp("hostile-profile"), width=1100, height=800)
    visitor.before_each_page(hostile.WITNESS)
    yield visitor
    visitor.close()


def test_there_are_five_hundred_payloads_and_every_two_parts_of_the_grammar_meet():
    assert len(set(hostile.PAYLOADS)) >= 500
    met = hostile._GRAMMAR
    for one, other, count in ((0, 1, len(hostile.VECTORS) * len(hostile.CONTEXTS)), (0, 2, len(hostile.VECTORS) * len(hostile.ENCODINGS)),
                              (1, 2, len(hostile.CONTEXTS) * len(hostile.ENCODINGS))):
        assert len({(entry[one], entry[other]) for entry in met}) == count


# The control: pages of the test's own, on which nothing is escaped


class _Careless(http.server.BaseHTTPRequestHandler):
    policy = ""

    def do_GET(self):
        body = ("<!doctype html><title>x</title><main>" + "\n".join(self.server.payloads) + "</main>").encode() if self.path == "/" else b""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def careless():
    running = []

    def start(payloads, policy=""):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Careless)
        server.payloads, server.policy = payloads, policy
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def test_where_nothing_is_escaped_the_witness_sees_it_run(visitor, careless):
    seen = 0
    calling = [vector for vector in hostile.VECTORS if "onerror=harm()" in vector or "<script>harm()" in vector or "onload=harm()" in vector]
    for vector in [*calling, "<script>alert(1)</script>", "<img src=/canary.png>"]:
        visitor.events.clear()
        visitor.open(careless([vector]), quiet=0.1)
        seen += bool(hostile.harm_done(visitor))
    assert seen >= len(calling) - 1


def test_where_only_the_policy_holds_the_witness_sees_what_it_refuses(server, visitor, careless):
    policy = server.get(f"/map/{LAYER}").header("Content-Security-Policy")
    visitor.events.clear()
    visitor.open(careless(["<script>harm()</script>", "<img src=x onerror=harm()>", "<p style=color:red>x</p>"], policy), quiet=0.2)
    harm = hostile.harm_done(visitor)
    assert len([one for one in harm if one.startswith("refused")]) >= 3 and "ran" not in harm


# Where people read


def test_every_payload_is_words_in_the_list_that_the_server_writes(server, visitor):
    visitor.events.clear()
    visitor.open(f"{server.url}/collections/{LAYER}/items?f=html&limit=1000", quiet=0.6)
    written = set(visitor.evaluate("[...document.querySelectorAll('.items .text')].map(({ textContent }) => textContent.trim())"))
    assert {payload.strip() for payload in hostile.PAYLOADS} <= written
    assert hostile.harm_done(visitor) == [] and strangers(visitor.requests) == []


FILTERED = "[...document.querySelectorAll('.items :is(h3, .text, .author, .themes li)')]"


def test_every_payload_is_words_in_the_list_the_panel_and_the_names_that_scripts_write(server, visitor):
    visitor.events.clear()
    visitor.open(f"{server.url}/map/{LAYER}", quiet=0.5)
    visitor.until(READY)
    visitor.until(IDLE, within=40)
    visitor.evaluate("location.hash = '#carte=14.2/2.3785/48.8665'")
    visitor.wait(0.8)
    while visitor.evaluate("!document.querySelector('.next').hidden"):
        before = visitor.evaluate("document.querySelectorAll('.items article').length")
        visitor.evaluate("document.querySelector('.next a').click()")
        visitor.until(f"document.querySelectorAll('.items article').length > {before}")
    listed = visitor.evaluate("document.querySelectorAll('.items article').length")
    shown = visitor.evaluate(f"""Promise.all([import("/assets/panel.js"), import("/assets/article.js"), fetch("/collections/{LAYER}/items?limit=1000").then((it) => it.json())])
        .then(([{{ Panel }}, {{ Articles }}, {{ features }}]) => {{
            const page = document.querySelector("#page");
            const articles = new Articles({{ layer: "{LAYER}", stay: "", words: JSON.parse(page.dataset.words), language: "fr" }});
            const panel = new Panel(document.querySelector("#carte"), articles, {{ closed() {{}}, chosen() {{}} }});
            const names = features.map((feature) => {{ panel.show(feature); return panel.place.querySelector("h3").textContent; }});
            panel.list(features, features.length);
            return names;
        }})""")
    visitor.wait(0.5)
    assert listed > 400 and {payload[:200].strip() for payload in hostile.PAYLOADS} <= {name.strip() for name in shown}
    made = "script, img, svg, iframe, style, object, embed, form, link, base, meta, input, [onerror], [onload], [style*=url]"
    assert visitor.evaluate(f"[...document.querySelectorAll('.items, .names, .panel, .filters select')].every((node) => !node.querySelector('{made}'))")
    assert visitor.evaluate(f"{FILTERED}.every((node) => node.dir === 'auto' || node.firstElementChild?.dir === 'auto')")
    assert hostile.harm_done(visitor) == [] and strangers(visitor.requests) == [] and visitor.complaints == []


def test_the_page_of_each_contribution_is_made_of_the_same_elements(server, visitor):
    features = server.features(LAYER)
    [plain] = [feature["id"] for feature in features if feature["properties"]["title"] == PLAIN[0]]
    expected = skeleton(server.get(f"/collections/{LAYER}/items/{plain}?f=html").text)
    wrong = [feature["properties"]["title"] for feature in features
             if skeleton(server.get(f"/collections/{LAYER}/items/{feature['id']}?f=html").text) != expected]
    assert wrong == [] and len(features) >= 500
    for feature in features[::45]:
        visitor.events.clear()
        visitor.open(f"{server.url}/collections/{LAYER}/items/{feature['id']}?f=html", quiet=0.2)
        assert visitor.until("document.querySelector('h1')?.textContent") == feature["properties"]["title"]
        assert visitor.evaluate("document.querySelector('meta[property=\"og:title\"]').content") == feature["properties"]["title"]
        assert hostile.harm_done(visitor) == [] and strangers(visitor.requests) == []


@pytest.mark.parametrize("state", [state for state in STATES if state.bears_words], ids=str)
def test_no_page_runs_what_its_people_wrote(hostile_world, visitor, state):
    """Layers, prompts, reasons, reveals, parents, encounter points: every page that there is, in a world of ill will."""
    arrive(visitor, hostile_world, state)
    assert hostile.harm_done(visitor) == []
    assert strangers(visitor.requests) == [] and complaints(visitor, state) == []
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")


# What is taken away


@pytest.mark.parametrize("address", ["/exports/{}.csv", "/collections/{}/items?f=csv&limit=1000"])
def test_no_cell_of_a_table_is_a_formula(server, address):
    rows = list(csv.reader(io.StringIO(server.get(address.format(LAYER)).text.removeprefix("\ufeff"))))
    assert len(rows) > 500
    numbers = {rows[0].index(name) for name in ("lon", "lat", "longitude", "latitude") if name in rows[0]}
    formulas = [cell for row in rows for place, cell in enumerate(row) if place not in numbers and cell[:1] in tuple("=+-@\t\r＝＋－＠") and cell[:1]]
    assert formulas == []
    titles = {title for row in rows for title in [row[rows[0].index("title")]] for title in (title, title.removeprefix("'"))}
    assert {payload[:200] for payload in hostile.PAYLOADS if "\n" not in payload} <= titles


def test_json_says_what_was_written_and_is_not_taken_for_a_page(server):
    for address in (f"/exports/{LAYER}.geojson", f"/collections/{LAYER}/items?limit=1000"):
        reply = server.get(address)
        assert "html" not in reply.kind and reply.header("X-Content-Type-Options") == "nosniff"
        assert {payload for payload in hostile.PAYLOADS} <= {feature["properties"]["text"] for feature in reply.json()["features"]}
