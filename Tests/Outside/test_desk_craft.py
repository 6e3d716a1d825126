"""Layers, encounter points, codes, exports and partners, looked after at the desk with nothing but a keyboard."""

import json
import os
import pathlib
import socket
import subprocess
import time

import pytest

import asked
import hostile
from accessible import faults
from command import done
from served import Server
from test_page import strangers
from visiting import Visitor

KNOWN = "https://lieu.example"
KINDS = ("layers", "encounters", "exports", "partners")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Curator(Visitor):
    """Somebody at the desk whose hands stay on the keyboard."""

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._receive(0.05)

    def enter(self, server, token):
        self.server = server
        self.open(f"{server.url}/desk?interface=fr", quiet=0.5)
        self.until("document.querySelector('#token')?.checkVisibility()")
        self.reach("#token")
        self.type(token)
        self.press("Enter")
        self.until("document.querySelector('#sections a')")

    def reach(self, selector, within=250):
        """Tabs on until the focus is there."""
        wanted = f"document.activeElement?.matches({json.dumps(selector)})"
        for _ in range(within):
            if self.evaluate(wanted):
                return
            self.press("Tab")
        raise AssertionError(f"never reached {selector}; at {self.evaluate('document.activeElement.outerHTML.slice(0, 200)')}")

    def use(self, selector, key="Enter"):
        self.reach(selector)
        self.press(key)

    def write(self, selector, text):
        self.reach(selector)
        self.evaluate("document.activeElement.select?.()")
        self.type(text)

    def go(self, fragment):
        self.evaluate(f"location.hash = {json.dumps(fragment)}")
        self.wait_for_section(fragment.split("/")[0])

    def wait_for_section(self, name):
        self.until(f"document.querySelector('.desk-{name}')?.children.length")

    @property
    def troubles(self):
        """What it complained of, but for refusals that were meant and sections that are not there."""
        return [complaint for complaint in self.complaints if "Failed to load resource" not in complaint]

    def said(self, words):
        """Waits for a word of the desk's, and takes it away so that the next is another."""
        try:
            self.until(f"document.querySelector('#said').textContent.includes({json.dumps(words)})")
        except AssertionError as error:
            raise AssertionError(f"it said {self.text('#said')!r}, asked {self.text('#question[open]')!r}, not {words!r}") from error
        self.evaluate("document.querySelector('#said').textContent = ''")


@pytest.fixture
def venue(store):
    """A server whose public address is known, and the tokens of those who come."""
    asked.fill(store)
    port = free_port()
    server = Server(store, "--port", str(port), "--writes-per-minute", "0", "--public-url", KNOWN,
                    "--former-public-url", f"http://127.0.0.1:{port}")
    yield server, {role: done(store, "token", "create", "--role", role).output.strip() for role in ("curator", "operator")}
    assert server.stop() == 0 and server.complaints == [], server.error


@pytest.fixture
def curator(tmp_path):
    curator = Curator(tmp_path / "profile", width=1280, height=900)
    yield curator
    curator.close()


def picture(curator, name):
    kept = os.environ.get("LIEUDIT_SCREENSHOTS")
    if kept:
        curator.full_screenshot(pathlib.Path(kept, f"{name}.png"))


def read(picture, tmp_path):
    file = tmp_path / "seen.png"
    file.write_bytes(picture)
    return subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)],
                          capture_output=True, text=True, check=False).stdout.split("\n")[:-1]


def layer_from_the_desk(curator, title="Les bruits de l’été"):
    curator.use("[data-section=layers]")
    curator.wait_for_section("layers")
    curator.use(".desk-layers .desk-go")
    curator.until("document.querySelector('#layer-title')")
    curator.write("#layer-title", title)
    curator.write("#layer-prompt", "Qu’entendiez-vous en ouvrant la fenêtre ?")
    assert "ouvrant la fenêtre" in curator.text("#prompt-preview")
    curator.use(".craft-form [type=submit]")
    curator.said("ouvert")


def test_a_fabrique_opened_at_the_desk_takes_a_contribution_is_paused_and_deleted(venue, curator):
    server, tokens = venue
    curator.enter(server, tokens["curator"])
    layer_from_the_desk(curator)
    curator.until("document.querySelector('[data-layer=les-bruits-de-l-ete]')")
    assert server.get("/collections/les-bruits-de-l-ete").json()["prompt"].startswith("Qu’entendiez-vous")
    given = asked.give(server, "les-bruits-de-l-ete", precision="about")
    curator.use("[data-layer=les-bruits-de-l-ete] button")
    curator.until("document.querySelector('#pause')")
    curator.write("#layer-title", "Les bruits")
    curator.use(".craft-form [type=submit]")
    curator.said("enregistré")
    assert server.get("/collections/les-bruits-de-l-ete").json()["title"] == "Les bruits"
    curator.use("#pause")
    curator.said("en pause")
    refused = server.ask("/collections/les-bruits-de-l-ete/items", "POST", json.dumps({
        "type": "Feature", "geometry": None, "properties": {"title": "x", "consent": True, "precision": "none"}}))
    assert refused.json()["code"] == "Paused"
    curator.until("document.querySelector('#delete-layer')")
    curator.use("#delete-layer")
    curator.until("document.querySelector('#question').open")
    curator.press("Escape")
    assert server.get("/collections/les-bruits-de-l-ete").status == 200, "Escape is no"
    curator.use("#delete-layer")
    curator.until("document.querySelector('#question').open")
    curator.use("#question [value=yes]")
    curator.said("supprimé")
    server.get("/collections/les-bruits-de-l-ete", 404)
    server.get(f"/collections/les-bruits-de-l-ete/items/{given['id']}", 404)
    assert curator.troubles == [] and strangers(curator.requests) == []


def test_a_question_asked_again_at_once_waits_for_its_own_answer(venue, curator):
    """A browser tells of a dialog's closing a frame later; on a slow machine the next question is open by then."""
    server, tokens = venue
    curator.enter(server, tokens["curator"])
    curator.go("layers/bals")
    curator.until("document.querySelector('#delete-layer')")
    curator.evaluate("""(() => {
        const remove = document.querySelector("#delete-layer");
        remove.click();
        document.querySelector("#question").close("no");
        remove.click();
    })()""")
    curator.wait(0.5)
    assert server.get("/collections/bals").status == 200, "nothing has been answered"
    curator.use("#question [value=yes]")
    curator.said("supprimé")
    server.get("/collections/bals", 404)
    assert curator.troubles == []


def test_what_is_wrong_with_a_layer_is_said_beside_the_field(venue, curator):
    server, tokens = venue
    curator.enter(server, tokens["curator"])
    curator.go("layers/new")
    curator.write("#layer-title", "Bals")
    curator.until("document.querySelector('#layer-id').value === 'bals'")
    curator.use(".craft-form [type=submit]")
    curator.until("document.querySelector('.craft-fault').textContent.includes('déjà pris')")
    curator.write("#layer-id", "Grand Bal")
    curator.use(".craft-form [type=submit]")
    curator.until("!document.querySelector('#f-layer-id').hidden")
    assert "tirets" in curator.text("#f-layer-id") and curator.focused == "layer-id"
    assert curator.evaluate("document.querySelector('#layer-title').value") == "Bals", "nothing typed is lost"


def test_a_point_is_made_given_hours_and_a_code_that_is_read_from_its_image_and_answers(venue, curator, tmp_path):
    server, tokens = venue
    curator.enter(server, tokens["curator"])
    curator.go("encounters/bals")
    curator.use(".desk-encounters .desk-go")
    curator.until("document.querySelector('#point-title')")
    curator.write("#point-title", "Le banc qui écoute")
    curator.use(".craft-form [type=submit]")
    curator.until("[...document.querySelectorAll('.craft-form .desk-fault')].some((it) => !it.hidden)")
    curator.write("#point-longitude", "2,3795")
    curator.write("#point-latitude", "48,868")
    curator.use(".craft-form [type=submit]")
    curator.said("créé")
    curator.until("document.querySelector('#code-label')")
    [point] = server.features("bals", "kind=encounter")
    assert point["geometry"]["coordinates"] == [2.3795, 48.868]
    # Hours that no day is in are refused where they stand; then Wednesdays.
    curator.use("#all-hours", "Space")
    curator.reach(".craft-list button")
    curator.press("Enter")
    curator.until("document.querySelector('.craft-row')")
    curator.use("#save-point")
    curator.until("[...document.querySelectorAll('#craft-hours .desk-fault')].some((it) => !it.hidden)")
    curator.use(".craft-row input[value=wed]", "Space")
    curator.write("#point-prompt", "Que voit-on d’ici ?")
    curator.write("#point-reveals", "Sous la pierre.")
    curator.use("#save-point")
    curator.said("enregistré")
    told = server.get(f"/encounters/{point['id']}", Authorization=f"Bearer {tokens['curator']}").json()
    assert told["hours"]["weekly"] == [{"days": ["wed"], "from": "14:00", "to": "18:00"}] and told["reveals"] == {"text": "Sous la pierre."}
    # The form shows what it has sent.
    curator.until("document.querySelector('.craft-row input[value=wed]')?.checked")
    curator.use("#all-hours", "Space")
    curator.use("#save-point")
    curator.until("document.querySelector('.craft-tag[data-state=alive]')")
    curator.write("#code-label", "porte")
    curator.use("#issue-code")
    curator.until("document.querySelector('.craft-code-image')?.complete")
    code = curator.text(".craft-code-text")
    picture(curator, "desk-code-1280")
    curator.evaluate("document.querySelector('.craft-code-image').scrollIntoView({block: 'center'})")
    [link] = read(curator.screenshot(), tmp_path)
    assert link == f"{KNOWN}/e/{code}"
    assert server.get(link.removeprefix(KNOWN)).json()["reveals"]["text"] == "Sous la pierre."
    # Its sheet, and what happens when it is replaced and retired.
    curator.use("#sheet-of-code")
    curator.until("Boolean(document.querySelector('.craft-sheets')?.contentDocument?.querySelector('.sheet'))")
    assert code in curator.evaluate("document.querySelector('.craft-sheets').contentDocument.body.textContent")
    curator.use("[data-act=reissue]")
    curator.until("document.querySelector('#question').open")
    curator.use("#question [value=yes]")
    curator.until(f"document.querySelector('.craft-code-text').textContent !== {json.dumps(code)}")
    server.get(f"/e/{code}", 404)
    new = curator.text(".craft-code-text")
    assert server.get(f"/e/{new}").status == 200
    curator.use("[data-act=retire]")
    curator.until("document.querySelector('#question').open")
    curator.use("#question [value=yes]")
    curator.said("retiré")
    server.get(f"/e/{new}", 404)
    assert all(code not in address for address in curator.requests if "/e/" not in address)
    assert curator.troubles == [] and strangers(curator.requests) == []


def test_saving_what_was_only_looked_at_changes_nothing(venue, curator):
    server, tokens = venue
    headers = {"Authorization": f"Bearer {tokens['curator']}"}
    given = asked.give(server, kind="encounter", precision="exact", title="Le banc")
    asked.decide(server, tokens["curator"], given["id"], "publish")
    address = f"/encounters/{given['id']}"
    set_so = {
        "hours": {
            "weekly": [{"days": ["mon", "sun"], "from": "18:00", "to": "24:00", "since": "2026-05-01", "until": "2026-09-30"},
                       {"days": ["fri"], "from": "22:00", "to": "06:00", "overnight": True}, {"days": ["sat"], "from": "00:00", "to": "24:00"}],
            "dated": [{"from": "2150-01-01", "to": "2150-01-03"}, {"from": "2150-02-01T14:00", "to": "2150-02-02T01:30"},
                      {"from": "2150-03-01T10:00:00Z", "to": "2150-03-01T12:00:00Z"}],
            "exceptions": [{"date": "2150-05-01", "closed": True},
                           {"date": "2150-05-02", "windows": [{"from": "08:00", "to": "10:00"}, {"from": "20:00", "to": "02:00", "overnight": True}]}],
        },
        "prompt": "Que voit-on ?\nD’ici.", "state": "stolen",
        "reveals": {"text": "Sous la pierre.", "links": [{"href": "https://a.example/", "title": "Écouter"}, {"href": "https://b.example/"}]},
    }
    assert server.ask(address, "PUT", json.dumps(set_so), **headers).status == 200
    before = server.get(address, **headers).json()
    curator.enter(server, tokens["curator"])
    curator.go(f"encounters/bals/{given['id']}")
    curator.until("document.querySelector('#save-point')")
    curator.use("#save-point")
    curator.said("enregistré")
    after = server.get(address, **headers).json()
    days = lambda told: [sorted(one.pop("days")) for one in told["hours"]["weekly"]]
    assert days(before) == days(after) and before == after


def test_one_print_for_the_whole_layer_is_made_and_seen_at_the_desk(venue, curator):
    server, tokens = venue
    for title in ("La porte", "Le banc", "La fontaine"):
        given = asked.give(server, kind="encounter", precision="exact", title=title)
        asked.decide(server, tokens["curator"], given["id"], "publish")
    curator.enter(server, tokens["curator"])
    curator.go("encounters/bals")
    curator.until("document.querySelectorAll('[data-point]').length === 3")
    curator.use("#prepare-sheets")
    curator.until("Boolean(document.querySelector('.craft-sheets')?.contentDocument?.querySelectorAll('.sheet').length === 3)")
    # Its style comes after its words.
    curator.until("getComputedStyle(document.querySelector('.craft-sheets').contentDocument.querySelector('.sheet')).textAlign === 'center'")
    picture(curator, "desk-sheets-1280")
    curator.evaluate("document.querySelector('.craft-sheets').contentWindow.print = () => { window.printed = true; }")
    curator.use("#print-sheets")
    curator.until("window.printed")
    # Those of this visit can be seen again; a second print makes none in vain.
    curator.go("exports/bals")
    curator.go("encounters/bals")
    curator.until("document.querySelector('#sheets-again')")
    curator.use("#sheets-again")
    curator.until("Boolean(document.querySelector('.craft-sheets')?.contentDocument?.querySelectorAll('.sheet').length === 3)")
    assert curator.troubles == []


def test_printing_is_refused_in_words_while_the_address_is_not_known(store, curator):
    asked.fill(store)
    server = asked.serve(store)
    token = done(store, "token", "create", "--role", "curator").output.strip()
    try:
        given = asked.give(server, kind="encounter", precision="exact")
        asked.decide(server, token, given["id"], "publish")
        curator.enter(server, token)
        curator.go("encounters/bals")
        curator.use("#prepare-sheets")
        curator.until("document.querySelector('.craft-fault').textContent.includes('LIEUDIT_PUBLIC_URL')")
        picture(curator, "desk-refused-1280")
    finally:
        server.stop()


def test_exports_have_addresses_that_answer(venue, curator):
    server, tokens = venue
    curator.enter(server, tokens["curator"])
    curator.go("exports/bals")
    addresses = curator.evaluate("[...document.querySelectorAll('.craft-address code')].map((it) => it.textContent)")
    assert len(addresses) == 11 and all(address.startswith(KNOWN) for address in addresses)
    for address in addresses:
        assert server.get(address.removeprefix(KNOWN) or "/").status == 200


def test_a_partner_and_its_map_are_made_each_wrong_site_named_and_a_pale_colour_refused(venue, curator):
    server, tokens = venue
    asked.decide(server, tokens["curator"], asked.give(server, precision="about")["id"], "publish")
    curator.enter(server, tokens["operator"])
    curator.go("partners")
    curator.use(".desk-partners .desk-go")
    curator.until("document.querySelector('#partner-name')")
    curator.write("#partner-name", "Le Théâtre")
    curator.write(".craft-row:nth-child(1) input", "https://theatre.example")
    for number, site in ((2, "http://pas.sure.example"), (3, "https://*.example")):
        curator.use(".craft-list > .desk-acts button")
        curator.write(f".craft-row:nth-child({number}) input", site)
    curator.use(".craft-form [type=submit]")
    curator.until("[...document.querySelectorAll('.craft-row .desk-fault')].filter((it) => !it.hidden).length === 2")
    told = curator.evaluate("[...document.querySelectorAll('.craft-row')].map((it) => it.querySelector('.desk-fault').textContent)")
    assert told[0] == "" and told[1] and told[2], told
    picture(curator, "desk-origins-1280")
    for _ in range(2):
        curator.use(".craft-row:nth-child(2) .craft-remove")
    curator.use(".craft-form [type=submit]")
    curator.said("enregistré")
    curator.until("document.querySelector('[data-partner]')")
    curator.go("partners/embed/new")
    curator.until("document.querySelector('#embed-title')")
    curator.write("#embed-title", "Autour du théâtre")
    curator.use("#region-from-layer")
    curator.until("document.querySelector('#region-west').value")
    curator.write("#region-west", "200")
    curator.use("#save-embed")
    curator.until("!document.querySelector('#f-embed-region').hidden")
    curator.use("#region-clear")
    curator.use("#save-embed")
    curator.said("enregistré")
    curator.until("document.querySelector('#embed-line')?.textContent.includes('accord')")
    [embed] = server.get("/embeds", Authorization=f"Bearer {tokens['operator']}").json()["embeds"]
    assert embed["title"] == "Autour du théâtre" and embed["region"] is None and embed["origins"] == ["https://theatre.example"]
    curator.until("document.querySelector('#own-accent')")
    curator.use("#own-accent", "Space")
    curator.write("#code-accent", "rouge")
    curator.use("#save-embed")
    curator.until("!document.querySelector('#f-colour-accent').hidden || !document.querySelector('#f-embed-colours').hidden")
    assert strangers(curator.requests) == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_every_section_can_be_used_by_everybody_and_fits_its_screen(venue, curator, width):
    server, tokens = venue
    points = []
    for title in ("Le banc qui écoute", "La porte bleue"):
        given = asked.give(server, kind="encounter", precision="exact", title=title)
        asked.decide(server, tokens["operator"], given["id"], "publish")
        points.append(given["id"])
    body = {"hours": {"weekly": [{"days": ["wed", "sat"], "from": "20:00", "to": "02:00", "overnight": True, "since": "2026-05-01"}],
                      "dated": [{"from": "2150-01-01", "to": "2150-01-03"}], "exceptions": [{"date": "2150-05-01", "closed": True}]},
            "prompt": "Que voit-on d’ici ?", "reveals": {"text": "Sous la pierre.", "links": [{"href": "https://a.example/", "title": "Écouter"}]}}
    headers = {"Authorization": f"Bearer {tokens['operator']}"}
    assert server.ask(f"/encounters/{points[0]}", "PUT", json.dumps(body), **headers).status == 200
    assert server.ask(f"/encounters/{points[0]}/codes", "POST", '{"label": "porte"}', **headers).status == 201
    partner = server.ask("/partners", "POST", json.dumps({"name": "Le Théâtre", "origins": ["https://theatre.example"]}), **headers).json()
    embed = server.ask("/embeds", "POST", json.dumps({"partner": partner["id"], "layer": "bals", "title": "Autour", "region": [2.3, 48.8, 2.4, 48.9],
                                                       "colours": {"accent": "#43348c"}}), **headers).json()
    curator.resize(width, 900)
    curator.enter(server, tokens["operator"])
    pages = ["layers", "layers/new", "layers/bals", "encounters/bals", "encounters/bals/new", f"encounters/bals/{points[0]}",
             "exports/bals", "partners", "partners/partner/new", f"partners/partner/{partner['id']}", "partners/embed/new", f"partners/embed/{embed['key']}"]
    for light in ("light", "dark"):
        curator.media(prefers_color_scheme=light)
        for page in pages:
            curator.go(page)
            curator.until("!document.querySelector('.desk-section:empty')")
            curator.wait(0.4)
            picture(curator, f"desk-{page.replace('/', '-').replace(points[0], 'one').replace(partner['id'], 'one').replace(embed['key'], 'one')}-{width}-{light}")
            assert faults(curator) == [], (page, light)
    assert curator.troubles == [], curator.troubles


def test_hostile_words_at_the_desk_are_only_words(venue, curator):
    curator.before_each_page(hostile.WITNESS)
    server, tokens = venue
    headers = {"Authorization": f"Bearer {tokens['operator']}"}
    words = [hostile.RIGHT_TO_LEFT, hostile.SIGNS, *hostile.PAYLOADS]
    for number, word in enumerate(words):
        said = server.ask("/collections", "POST", json.dumps({"id": f"h-{number}", "title": word[:200], "prompt": word, "rules": word, "description": word}), **headers)
        assert said.status in (201, 422), said.text
    for number, word in enumerate(words[::5]):
        body = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.37, 48.86]},
                "properties": {"kind": "encounter", "precision": "exact", "title": word[:200], "consent": True}}
        given = server.ask("/collections/bals/items", "POST", json.dumps(body), **headers)
        if given.status != 201:
            continue
        identifier = given.json()["id"]
        asked.decide(server, tokens["operator"], identifier, "publish")
        server.ask(f"/encounters/{identifier}", "PUT", json.dumps({"prompt": word, "reveals": {"text": word}}), **headers)
        server.ask(f"/encounters/{identifier}/codes", "POST", json.dumps({"label": word[:80]}), **headers)
        server.ask("/partners", "POST", json.dumps({"name": word[:200], "origins": []}), **headers)
    curator.enter(server, tokens["operator"])
    points = server.get("/moderation/bals/encounters", **headers).json()["points"]
    for page in ["layers", *[f"layers/h-{number}" for number in range(0, 40, 5)], "encounters/bals", *[f"encounters/bals/{point['id']}" for point in points[:8]], "exports/bals", "partners"]:
        if page.startswith("layers/h") and server.ask("/moderation/" + page.split("/")[1] + "/rules", **headers).status != 200:
            continue
        curator.go(page)
        curator.wait(0.3)
        assert hostile.harm_done(curator) == [], page
        assert curator.evaluate("document.documentElement.scrollWidth <= innerWidth"), page
    curator.go("encounters/bals")
    curator.use("#print-which")
    curator.evaluate("document.querySelector('#print-which').value = 'all'")
    curator.use("#prepare-sheets")
    # A sheet has its size once its style and its letters are there.
    curator.until("""((sheets) => Boolean(sheets?.querySelector('.sheet')) && sheets.readyState === 'complete'
        && sheets.fonts.status === 'loaded')(document.querySelector('.craft-sheets')?.contentDocument)""")
    assert hostile.harm_done(curator) == [] and curator.evaluate("document.querySelector('.craft-sheets').contentWindow.harmed") == []
    overfull = curator.evaluate("[...document.querySelector('.craft-sheets').contentDocument.querySelectorAll('.sheet')].filter((it) => it.scrollHeight > it.clientHeight + 1 || it.scrollWidth > it.clientWidth + 1).map((it) => it.innerText)")
    assert overfull == []
