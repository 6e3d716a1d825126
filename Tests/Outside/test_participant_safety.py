"""Whatever somebody types is text, and whoever comes with a keyboard, a screen reader or a small screen gets through."""

import json
import pathlib
import re
import urllib.parse

import pytest

import asked
import hostile_calls as hostile
from asked import LAYER, Participant, give
from command import REPOSITORY, done
from test_page import strangers


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = tmp_path_factory.mktemp("safety") / "lieudit.sqlite"
    asked.fill(store)
    return store


@pytest.fixture(scope="module")
def token(store):
    return done(store, "token", "create", "--role", "curator").output.strip()


@pytest.fixture(scope="module")
def server(store, token):
    server = asked.serve(store)
    yield server
    assert server.stop() == 0 and server.error == ""


@pytest.fixture
def person(tmp_path):
    person = Participant(tmp_path / "profile")
    yield person
    person.close()


POLICY = """addEventListener("securitypolicyviolation", (event) => { (globalThis.violations ??= []).push(event.blockedURI + " " + event.violatedDirective); });"""
RUN = """(async (payloads) => {
  const wait = (done) => new Promise((next) => { const look = () => (done() ? next() : setTimeout(look, 5)); look(); });
  const failures = [];
  for (const text of payloads) {
    for (const name of ["title", "text", "author", "when"]) {
      const field = document.getElementById(name);
      field.value = text.slice(0, 79);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    document.getElementById("when").value = "";
    document.querySelector("[data-step=consent] [data-go]").click();
    await wait(() => !document.querySelector("[data-step=preview]").hidden);
    const shown = ["h3", ".text", ".author"].map((part) => document.querySelector(`#preview ${part}`)?.textContent);
    if (shown.some((one) => one !== text.slice(0, 79).trim())) failures.push([text, shown]);
    document.querySelector("#sending [data-back]").click();
    await wait(() => !document.querySelector("[data-step=consent]").hidden);
  }
  return JSON.stringify({ failures, wasPwned: globalThis.wasPwned, violations: globalThis.violations ?? [] });
})"""


def test_there_are_many_hostile_texts():
    assert len(set(hostile.PAYLOADS)) >= 60


def test_the_mark_shows_a_script_that_runs(server, person):
    """The control: where a text does become HTML, the test sees it."""
    person.before_each_page(hostile.MARK)
    person.open(f"{server.url}/contribute/{LAYER}", quiet=0.3)
    assert person.evaluate("wasPwned") is False
    person.evaluate("(() => { const script = document.createElement('script'); script.src = URL.createObjectURL(new Blob([])); globalThis.pwned(); })()")
    assert person.evaluate("wasPwned") is True


def test_no_hostile_text_runs_in_the_preview(server, person):
    person.before_each_page(hostile.MARK + POLICY)
    person.begin(server)
    person.tell("a", "b")
    person.say_where()
    person.fill("#when", "")
    person.go("when", "who")
    person.go("who", "consent")
    person.touch("#consent")
    result = json.loads(person.evaluate(f"{RUN}({json.dumps(hostile.PAYLOADS)})"))
    assert result == {"failures": [], "wasPwned": False, "violations": []}
    assert strangers(person.requests) == [] and person.complaints == []


def test_no_hostile_text_runs_where_one_finds_ones_own_or_in_the_receipt(server, token, person):
    person.before_each_page(hostile.MARK + POLICY)
    taken = 0
    for payload in hostile.PAYLOADS:
        body = {"type": "Feature", "geometry": None, "properties": {
            "precision": "none", "title": payload, "text": payload, "author": payload[:79], "consent": True}}
        reply = server.ask(f"/collections/{LAYER}/items", "POST", json.dumps(body))
        assert reply.status in (201, 422), reply.text
        if reply.status == 422:
            continue
        taken += 1
        given = reply.json()
        if taken % 3 == 0:
            asked.decide(server, token, given["id"], "reject", reasons=payload)
        person.open(f"{server.url}/mine?interface=fr#{given['receipt']['token']}", quiet=0.05)
        person.until("document.querySelector('#withdraw')")
        assert person.evaluate("document.querySelector('.own h2').textContent") == payload.strip()
        person.touch("#change")
        assert person.evaluate("document.querySelector('#new-title').value") == payload.strip()
        assert person.evaluate("wasPwned") is False and person.evaluate("globalThis.violations ?? null") is None
        person.open("about:blank", quiet=0.05)
    assert taken >= 55
    assert strangers(person.requests) == [] and person.complaints == []


@pytest.mark.parametrize("payload", hostile.PAYLOADS[::12])
def test_no_hostile_text_runs_where_it_is_sent_without_scripts_and_read_with_them(server, person, payload):
    body = urllib.parse.urlencode({"title": payload, "text": payload, "when": payload, "author": payload[:79]})
    reply = server.ask(f"/contribute/{LAYER}", "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert reply.status == 422
    page = re.sub(r'data-words="[^"]*"', "", reply.text)
    assert "<script>" not in page.replace('<script type="module"', "") and "<img src=x" not in page and "onerror=pwned()>" not in page
    assert 'onfocus=pwned() autofocus x="' not in page


def test_landmarks_are_texts(store, server, person, tmp_path):
    features = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.38, 48.868]}, "properties": {"title": payload}} for payload in hostile.PAYLOADS]
    file = tmp_path / "hostile.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    done(store, "import", file, "--layer", "piege")
    person.before_each_page(hostile.MARK + POLICY)
    person.begin(server, "piege")
    person.tell()
    person.say_where("landmark")
    person.until("document.querySelector('#found button')")
    person.touch("#found button")
    person.say_where("arrows")
    person.until("document.querySelector('#cross svg')")
    assert person.evaluate("wasPwned") is False and person.complaints == []


def test_long_and_foreign_texts_fit_on_a_small_screen(server, person):
    person.resize(320, 640)
    given = give(server, title="ا" * 150, text="متنٌ عربيّ 🎉👩‍👩‍👧 " * 200 + "w" * 900, author="ש" * 60)
    person.open(f"{server.url}/mine?interface=fr#{given['receipt']['token']}", quiet=0.2)
    person.until("document.querySelector('#withdraw')")
    assert person.evaluate("document.documentElement.scrollWidth") <= 320
    person.begin(server)
    person.evaluate("['title', 'text'].forEach((name) => document.getElementById(name).value = 'w'.repeat(name === 'title' ? 200 : 5000))")
    person.go("what", "place")
    person.say_where()
    person.finish()
    assert person.evaluate("document.documentElement.scrollWidth") <= 320


# What keeps a screen from being usable: controls without a name, small targets, faint letters, a page that is too wide.
LOOK = r"""(() => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".unseen, .skip, .pin-map, [aria-hidden=true]");
  const nameOf = (node) => (node.getAttribute("aria-label") ?? [...(node.labels ?? [])].map((label) => label.textContent).join(" ") + node.textContent).trim();
  const where = (node) => node.id || `${node.localName}.${node.className} ${node.textContent.slice(0, 30)}`;
  const faults = [];
  const controls = [...document.querySelectorAll("button, input, select, textarea, summary, a[href], [tabindex='0']")].filter(shown);
  for (const node of controls) {
    if (!nameOf(node)) faults.push(`no name: ${where(node)}`);
    const target = node.matches("[type=radio], [type=checkbox]") ? node.closest("label") : node;
    const { width, height } = target.getBoundingClientRect();
    const isInText = node.localName === "a" && !node.matches(".button, .masthead a, .tongue a");
    if (Math.round(Math.min(width, height)) < (isInText ? 24 : 44)) faults.push(`small: ${where(node)} ${width}×${height}`);
    for (const id of (node.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)) {
      if (!document.getElementById(id)) faults.push(`describes nothing: ${id}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`twice: ${id}`);
  for (const image of document.querySelectorAll("[role=img]")) if (shown(image) && !image.getAttribute("aria-label")) faults.push("a drawing without words");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([red, green, blue]) => [red, green, blue].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)).reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (node) => { for (let one = node; one; one = one.parentElement) { const found = colour(getComputedStyle(one).backgroundColor); if (found[3] === 255) return found; } return [255, 255, 255]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(node) || node.closest("script, style, svg, noscript, option")) continue;
    const [one, other] = [light(colour(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) faults.push(`faint ${ratio.toFixed(2)}: ${where(node)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`wide: ${document.documentElement.scrollWidth}`);
  return faults;
})()"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_can_be_used_by_everybody(server, token, person, width, scheme):
    person.resize(width, 640)
    person.media(prefers_color_scheme=scheme)
    looked = {}

    def look(name):
        looked[name] = person.evaluate(LOOK)

    person.open(f"{server.url}/contribute/{LAYER}?interface=fr", quiet=0.4)
    look("welcome")
    person.begin(server)
    look("what")
    person.touch("[data-step=what] [data-go]")
    look("what is missing")
    person.tell()
    look("place")
    person.say_where("landmark")
    look("landmarks")
    person.say_where("arrows")
    person.until("document.querySelector('#cross svg')")
    person.evaluate("document.querySelector('#cross').focus()")
    person.press("ArrowUp")
    look("arrows")
    person.go("place", "precision")
    look("precision")
    person.go("precision", "when")
    person.fill("#when", "été 1985")
    look("when")
    person.go("when", "who")
    person.touch("[value=under-15]")
    look("who")
    person.touch("[value=adult]")
    person.go("who", "consent")
    person.evaluate("document.querySelector('[data-step=consent] details').open = true")
    look("consent")
    person.touch("#consent")
    person.go("consent", "preview")
    look("preview")
    person.block(f"*/collections/{LAYER}/items")
    person.touch("#sending .go")
    person.until("document.querySelector('#f-all').textContent")
    look("offline")
    person.block()
    person.send()
    look("receipt")
    person.touch("#to-mine")
    person.until("document.querySelector('#withdraw')")
    look("mine")
    person.touch("#change")
    look("edit")
    person.touch("#save")
    person.until("document.querySelector('#withdraw')")
    person.touch("#withdraw")
    look("withdraw")
    person.touch("#withdraw-yes")
    person.until("document.querySelector('#door').checkVisibility()")
    look("door")
    faults = {name: found for name, found in looked.items() if found}
    assert faults == {}
    assert len(looked) == 17


def test_what_the_look_finds_is_found(server, person):
    """The control: a button without a name, small and faint, is told."""
    person.open(f"{server.url}/mine?interface=fr", quiet=0.3)
    person.evaluate("""(() => { const button = document.createElement("button"); button.style.minHeight = button.style.padding = "0"; button.style.minHeight = "10px";
        document.querySelector("main").append(button); const text = document.createElement("p"); text.textContent = "pâle"; text.style.color = "#ccc"; document.querySelector("main").append(text); })()""")
    faults = person.evaluate(LOOK)
    assert any(fault.startswith("no name") for fault in faults) and any(fault.startswith("small") for fault in faults)
    assert any(fault.startswith("faint") for fault in faults)


def test_the_sentences_of_the_french_pages_are_short():
    words = json.loads((pathlib.Path(REPOSITORY) / "Sources/MapServer/Resources/words/fr-participant.json").read_text())
    sentences = [sentence for group in words.values() for text in group.values() for sentence in re.split(r"(?<=[.!?:])\s+", text)]
    long = [sentence for sentence in sentences if len(re.findall(r"[\w’'-]+", sentence)) > 12]
    assert long == []
