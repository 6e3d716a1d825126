"""The desk, as those use it who look after layers: by keyboard, with what people have written in front of them."""

import json
import tempfile

import pytest

import accessible
import asked
import hostile
from asked import bearer, give
from command import done
from visiting import Visitor

LAYER = "fabrique"
OTHER = "ailleurs"
RULES = "On ne nomme personne sans son accord. Pas d’adresse privée."


class Curator(Visitor):
    """Somebody at the desk."""

    def sign_in(self, server, token, section="", language="fr"):
        self.server = server
        # A page of its own: only what changes behind the sharp would not be another page.
        self.open("about:blank", quiet=0.1)
        self.open(f"{server.url}/desk?interface={language}#{section}", quiet=0.4)
        self.until("[...document.querySelectorAll('#door, #sections')].some((part) => !part.hidden)")
        if self.evaluate("document.querySelector('#door')?.hidden === false"):
            self.fill("#token", token)
            self.press("Enter")
        self.until("document.querySelector('#sections')?.hidden === false")
        self.until("document.querySelector('#place').textContent")

    def card(self, words):
        return f"[...document.querySelectorAll('.desk-card')].find((card) => card.textContent.includes({json.dumps(words)}))"

    def see(self, words):
        self.until(f"document.querySelector('#place').innerText.includes({json.dumps(words)})", f"{words!r} is not in {self.text('#place')[:1500]!r}")

    def said(self, words):
        self.until(f"document.querySelector('#said').textContent.includes({json.dumps(words)})", f"{self.text('#said')!r} does not say {words!r}")

    def tab_to(self, what, within=40):
        """Presses Tab until the focus is on what an expression on `it` says."""
        for _ in range(within):
            self.press("Tab")
            if self.evaluate(f"((it) => Boolean({what}))(document.activeElement)"):
                return
        raise AssertionError(f"Tab never comes to {what}")

    def select_in(self, selector, words):
        """Selects words in a field as Shift and the arrows do."""
        self.evaluate(f"""((area) => {{ const at = area.value.indexOf({json.dumps(words)});
            area.focus(); area.setSelectionRange(at, at); }})(document.querySelector({json.dumps(selector)}))""")
        for _ in range(len(words)):
            self._ask("Input.dispatchKeyEvent", session=self._session, type="keyDown", key="ArrowRight", code="ArrowRight", windowsVirtualKeyCode=39, modifiers=8)
            self._ask("Input.dispatchKeyEvent", session=self._session, type="keyUp", key="ArrowRight", code="ArrowRight", windowsVirtualKeyCode=39, modifiers=8)

    @property
    def focused_text(self):
        return self.evaluate("document.activeElement.innerText ?? ''")

    @property
    def focused_card(self):
        return self.evaluate("document.activeElement.closest('.desk-card')?.querySelector('.desk-title')?.innerText ?? ''")


@pytest.fixture
def place(tmp_path):
    """A store with two layers, its server, and who looks after them."""
    store = tmp_path / "lieudit.sqlite"
    done(store, "layer", "create", LAYER, "--title", "Fabrique des seuils", "--rules", RULES)
    done(store, "layer", "create", OTHER, "--title", "Ailleurs")
    tokens = {
        "operator": done(store, "token", "create", "--role", "operator").output.strip(),
        "curator": done(store, "token", "create", "--role", "curator", "--layer", LAYER, "--label", "Léa").output.strip(),
    }
    server = asked.serve(store)
    server.store, server.tokens = store, tokens
    yield server
    assert server.stop() == 0 and server.complaints == []


@pytest.fixture
def curator(tmp_path):
    curator = Curator(tmp_path / "profile", 1280, 900)
    yield curator
    curator.close()


def send(server, path, body, who="operator", method="POST", expected=(200, 201, 204)):
    reply = server.ask(path, method, json.dumps(body), **bearer(server.tokens[who]))
    assert reply.status in expected, reply.text
    return reply.json() if reply.body else None


def published(server, **properties):
    given = give(server, LAYER, **properties)
    asked.decide(server, server.tokens["curator"], given["id"], "publish")
    return given


def waiting(server):
    return asked.queue(server, server.tokens["curator"], LAYER)


def state(server, given):
    reply = server.ask(f"/collections/{LAYER}/items/{given['id']}", **bearer(given["receipt"]["token"]))
    return reply.json()["state"] if reply.status == 200 else None


def foreign_complaints(curator):
    """But for sections and parts that are not there."""
    return [c for c in curator.complaints if "status of 404" not in c]


def test_a_wrong_token_is_told_and_a_right_one_opens_with_a_cookie_that_no_script_sees(place, curator):
    curator.open(f"{place.url}/desk?interface=fr", quiet=0.4)
    curator.until("document.querySelector('#door')?.hidden === false")
    curator.fill("#token", "0123456789abcdefghjkmnpqrs")
    curator.press("Enter")
    curator.until("document.querySelector('#f-token').textContent.includes('n’ouvre rien')")
    assert curator.focused == "token"
    curator.sign_in(place, place.tokens["curator"])
    assert "Léa" in curator.text(".desk-top") and "Fabrique des seuils" in curator.text(".desk-top")
    assert curator.evaluate("document.cookie") == "" and curator.evaluate("localStorage.length + sessionStorage.length") == 0
    # Reloaded, one is still there; after leaving, not any more.
    curator.open(f"{place.url}/desk?interface=fr", quiet=0.5)
    curator.until("document.querySelector('#sections')?.hidden === false")
    curator.touch("#leave")
    curator.until("document.querySelector('#door')?.hidden === false")
    assert curator.text("#place") == "" and "Léa" not in curator.evaluate("document.documentElement.outerHTML")
    curator.open(f"{place.url}/desk?interface=fr", quiet=0.5)
    curator.until("document.querySelector('#door')?.hidden === false")


def test_a_whole_review_goes_by_keyboard_and_the_focus_goes_on(place, curator):
    plain = give(place, LAYER, title="Le bal", text="On dansait.")
    phone = give(place, LAYER, title="La cour", text="Appelez le 06 12 34 56 78 ou venez.")
    home = give(place, LAYER, title="Chez nous", text="La cuisine.", when="1974")
    order = [item["feature"]["properties"]["title"] for item in waiting(place)]
    curator.open(f"{place.url}/desk?interface=fr#queue", quiet=0.4)
    curator.until("document.querySelector('#door')?.hidden === false")
    curator.tab_to("it.id === 'token'")
    curator.type(place.tokens["curator"])
    curator.press("Enter")
    curator.until("document.querySelectorAll('.desk-card').length === 3")
    curator.tab_to("it.closest('.desk-card')")
    assert curator.focused_card == order[0]
    acts = {"Le bal": "p", "La cour": "m", "Chez nous": "a"}
    for place_in_line, title in enumerate(order):
        if place_in_line == 0:
            curator.press("j")
            curator.press("k")
        assert curator.focused_card == title
        curator.press(acts[title])
        if title == "La cour":
            curator.select_in("[id^=mask-text]", "06 12 34 56 78")
            curator.tab_to("it.dataset.mask === 'text'", within=1)
            curator.press("Space")
            curator.until("document.querySelector('.desk-masked s')?.textContent.includes('06 12 34 56 78')")
        if title != "Le bal":
            if not curator.evaluate("document.activeElement.id.startsWith('template')"):
                curator.tab_to("it.id.startsWith('template')")
            curator.press("ArrowDown")
            curator.press("Tab")
            curator.press("Enter")
            curator.until("document.activeElement.id.startsWith('reasons') && document.activeElement.value")
            curator.type(" Merci à vous.")
            curator.tab_to("it.type === 'submit'")
            curator.press("Enter")
        curator.until(f"document.querySelectorAll('.desk-done').length === {place_in_line + 1}")
    curator.see("Rien n’attend")
    assert [state(place, given) for given in (plain, phone, home)] == ["published", "pending", "asked"]
    [own] = waiting(place)
    assert own["feature"]["properties"]["text"] == "Appelez le […] ou venez."
    reasons = asked.bearer(home["receipt"]["token"])
    assert "Merci à vous." in place.get(f"/collections/{LAYER}/items/{home['id']}", **reasons).json()["question"]
    assert foreign_complaints(curator) == []


def test_the_keys_do_nothing_where_somebody_types(place, curator):
    given = give(place, LAYER, title="Le bal")
    curator.sign_in(place, place.tokens["curator"], "queue")
    curator.until("document.querySelector('.desk-card')")
    curator.evaluate("document.querySelector('.desk-card').focus()")
    curator.press("r")
    curator.until("document.activeElement.id.startsWith('template')")
    for letter in "pehx":
        curator.press(letter)
    curator.tab_to("it.id.startsWith('reasons')")
    for letter in "pehx":
        curator.press(letter)
    assert state(place, given) == "pending"
    curator.touch(".desk-decision [type=submit]")
    curator.until("document.querySelector('.desk-decision [role=alert]').textContent.includes('raisons')")
    assert state(place, given) == "pending"


def test_an_edit_stands_beside_what_shows_and_says_what_differs_without_colour(place, curator):
    given = published(place, title="La porte", text="Elle grinçait chaque matin.", when="1974")
    change = json.dumps({"properties": {"text": "Elle grinçait chaque soir.", "when": "1975"}})
    assert place.ask(f"/collections/{LAYER}/items/{given['id']}", "PATCH", change, **bearer(given["receipt"]["token"])).status == 200
    curator.sign_in(place, place.tokens["curator"], "queue")
    curator.until("document.querySelector('.desk-sides')")
    assert curator.evaluate("document.querySelector('.desk-side-before del').lastChild.textContent") == "matin"
    assert curator.evaluate("document.querySelector('.desk-side-after ins').lastChild.textContent") == "soir"
    assert "line-through" in curator.evaluate("getComputedStyle(document.querySelector('del')).textDecorationLine")
    assert "retiré" in curator.evaluate("document.querySelector('del').textContent")
    assert "change" in curator.text(".desk-side-after .is-changed") and "1975" in curator.text(".desk-side-after .is-changed")
    boxes = curator.evaluate("[...document.querySelectorAll('.desk-side')].map((side) => side.getBoundingClientRect().left)")
    assert boxes[0] < boxes[1]
    curator.touch("[data-decision=publish]")
    curator.said("est publiée")
    assert place.get(f"/collections/{LAYER}/items/{given['id']}").json()["properties"]["when"] == "1975"


def test_what_has_changed_meanwhile_is_told_with_its_new_words_and_nothing_typed_is_lost(place, curator):
    given = give(place, LAYER, title="Le bal", text="Un soir.")
    curator.sign_in(place, place.tokens["curator"], "queue")
    curator.until("document.querySelector('.desk-card')")
    curator.touch("[data-decision=reject]")
    curator.until("document.querySelector('[id^=reasons]')")
    curator.fill("[id^=reasons]", "Des mots que j’ai pesés.")
    change = json.dumps({"properties": {"text": "Un autre soir."}})
    assert place.ask(f"/collections/{LAYER}/items/{given['id']}", "PATCH", change, **bearer(given["receipt"]["token"])).status == 200
    curator.touch(".desk-decision [type=submit]")
    curator.see("Un autre soir.")
    assert "modifié" in curator.text(".desk-card [role=status]")
    assert curator.evaluate("document.querySelector('[id^=reasons]').value") == "Des mots que j’ai pesés."
    assert state(place, given) == "pending"
    curator.touch(".desk-decision [type=submit]")
    curator.said("est refusée")
    assert state(place, given) == "rejected"


def test_a_session_that_ends_is_begun_again_and_nothing_typed_is_lost(place, curator):
    given = give(place, LAYER, title="Le bal")
    curator.sign_in(place, place.tokens["curator"], "queue")
    curator.until("document.querySelector('.desk-card')")
    curator.touch("[data-decision=hide]")
    curator.fill("[id^=reasons]", "Le temps de vérifier.")
    # As in another window.
    curator.evaluate("fetch('/session', { method: 'DELETE', credentials: 'same-origin' }).then(() => true)")
    curator.touch(".desk-decision [type=submit]")
    curator.until("document.querySelector('#again').open")
    curator.fill("#again-token", place.tokens["curator"])
    curator.press("Enter")
    curator.said("est cachée")
    assert state(place, given) == "hidden"


def test_several_are_decided_at_once_all_or_none(place, curator):
    given = [give(place, LAYER, title=f"Souvenir {number}") for number in range(3)]
    curator.sign_in(place, place.tokens["curator"], "queue")
    curator.until("document.querySelectorAll('.desk-card').length === 3")
    curator.evaluate("document.querySelectorAll('.desk-card .desk-check input').forEach((box) => box.click())")
    curator.until("document.querySelector('.desk-bar').innerText.includes('3 choisies')")
    change = json.dumps({"properties": {"text": "Autrement."}})
    assert place.ask(f"/collections/{LAYER}/items/{given[1]['id']}", "PATCH", change, **bearer(given[1]["receipt"]["token"])).status == 200
    curator.evaluate("[...document.querySelectorAll('.desk-bar button')].find((button) => button.textContent === 'Publier').click()")
    curator.until("document.querySelector('.desk-bar form')")
    curator.touch(".desk-bar [type=submit]")
    curator.until("document.querySelector('.desk-bar [role=alert]').textContent.includes('Rien n’a été décidé')")
    assert [state(place, one) for one in given] == ["pending"] * 3
    curator.touch(".desk-bar [type=submit]")
    curator.said("3 décisions")
    assert [state(place, one) for one in given] == ["published"] * 3


def test_a_report_is_read_and_dealt_with_for_both_sides(place, curator):
    given = published(place, title="Le café", text="Chez Anne Dupont, tous les soirs.")
    report = place.ask(f"/collections/{LAYER}/items/{given['id']}/reports", "POST", json.dumps({"reason": "personal-data", "text": "C’est ma tante."})).json()
    other = place.ask(f"/collections/{LAYER}/items/{given['id']}/reports", "POST", json.dumps({"reason": "other", "text": "Je n’aime pas."})).json()
    curator.sign_in(place, place.tokens["curator"], "reports")
    curator.see("C’est ma tante.")
    curator.evaluate(f"{curator.card('ma tante')}.querySelector('[data-decision=mask]').click()")
    curator.select_in("[id^=mask-text]", "Anne Dupont")
    curator.touch("[data-mask=text]")
    curator.fill("[id^=reasons]", "On ne nomme personne sans son accord.")
    curator.touch(".desk-decision [type=submit]")
    curator.said("clos")
    assert place.get(f"/collections/{LAYER}/items/{given['id']}").json()["properties"]["text"] == "Chez […], tous les soirs."
    told = place.get(f"/reports/{report['reference']}", **bearer(report["receipt"]["token"])).json()
    assert told["outcome"] == "acted" and "nomme personne" in told["reasons"]
    curator.evaluate(f"{curator.card('Je n’aime pas')}.querySelector('[data-outcome=kept]').click()")
    curator.fill("[id^=answer]", "Cela se lit sans blesser.")
    curator.touch(".desk-decision [type=submit]")
    curator.until("document.querySelectorAll('.desk-card.is-closed').length === 2")
    assert place.get(f"/reports/{other['reference']}", **bearer(other["receipt"]["token"])).json()["outcome"] == "kept"
    assert foreign_complaints(curator) == []


def test_somebody_is_invited_to_one_layer_signs_in_and_is_shown_out_again(place, curator, tmp_path):
    give(place, LAYER, title="Le bal")
    curator.sign_in(place, place.tokens["operator"], "people")
    curator.until("document.querySelector('.desk-invite')")
    curator.evaluate(f"document.querySelector('#p-layer').value = '{LAYER}'")
    curator.fill("#p-label", "Ahmed, artiste")
    curator.touch(".desk-invite [type=submit]")
    curator.until("document.querySelector('.desk-secret')")
    token = curator.text(".desk-secret")
    assert len(token) == 26 and curator.evaluate("document.querySelector('.desk-ticket svg.qr') !== null")
    curator.touch("#given-done")
    assert token not in curator.evaluate("document.documentElement.outerHTML")
    invited = Curator(tmp_path / "invited", 390, 800)
    try:
        # As the photographed code opens it.
        invited.open(f"{place.url}/desk?interface=fr#access/{token}", quiet=0.4)
        invited.until("document.querySelector('#token')?.value.length === 26")
        assert token not in invited.evaluate("location.href")
        invited.press("Enter")
        invited.until("document.querySelector('.desk-card')?.innerText.includes('Le bal')")
        assert "Ahmed, artiste" in invited.text(".desk-top") and "Ailleurs" not in invited.text("main")
        assert place.ask(f"/moderation/{OTHER}/queue", **bearer(token)).status == 404
        curator.evaluate("[...document.querySelectorAll('.desk-person')].find((line) => line.innerText.includes('Ahmed')).querySelector('button').click()")
        curator.until("document.querySelector('#question').open")
        curator.touch("#question [value=yes]")
        curator.said("est retiré")
        invited.touch("[data-decision=publish]")
        invited.until("document.querySelector('#again').open", "the session outlives its token")
        assert len(waiting(place)) == 1
    finally:
        invited.close()
    curator.evaluate("location.hash = 'journal'")
    curator.see("a retiré un accès")
    assert "entier" in curator.text(".desk-note") and "Le bal" not in curator.text("#place")


def test_a_partner_clears_one_by_one_and_all_and_by_a_rule(place, curator):
    partner = send(place, "/partners", {"name": "Le Théâtre", "origins": ["https://theatre.example"]})["id"]
    place.tokens["partner"] = send(place, "/tokens", {"role": "partner", "partner": partner})["token"]
    key = send(place, "/embeds", {"partner": partner, "layer": LAYER, "title": "Autour du théâtre"})["key"]
    shown = lambda: sorted(f["properties"]["title"] for f in place.collection(LAYER, f"embed={key}")["features"])
    for title in ("Premier", "Deuxième", "Troisième", "Quatrième"):
        published(place, title=title, consents={"partners": True})
    curator.sign_in(place, place.tokens["partner"])
    assert curator.evaluate("[...document.querySelectorAll('#sections a')].map((a) => a.dataset.section)") == ["clearance", "history"]
    curator.until("document.querySelectorAll('.desk-card [data-act=clear]').length === 4")
    curator.evaluate(f"{curator.card('Premier')}.querySelector('[data-act=clear]').click()")
    curator.said("se montre chez vous")
    assert shown() == ["Premier"]
    curator.evaluate(f"{curator.card('Deuxième')}.querySelector('[data-act=refuse]').click()")
    curator.said("écartée")
    curator.touch("#clear-all")
    curator.until("document.querySelector('#question').open")
    curator.touch("#question [value=yes]")
    curator.said("2 contributions accordées")
    assert shown() == ["Premier", "Quatrième", "Troisième"]
    curator.evaluate("document.querySelector('.desk-fields input[value=memory]').click()")
    curator.evaluate("document.querySelector('.desk-fields').closest('form').requestSubmit()")
    curator.said("La règle est posée")
    published(place, title="Cinquième", consents={"partners": True})
    assert shown() == ["Cinquième", "Premier", "Quatrième", "Troisième"]
    assert foreign_complaints(curator) == []


@pytest.mark.parametrize("section", ["queue", "reports"])
def test_hostile_words_run_nothing_at_the_desk(place, curator, section):
    curator.before_each_page(hostile.WITNESS)
    texts = hostile.PAYLOADS
    strange = [hostile.RIGHT_TO_LEFT * 5, hostile.SIGNS * 10, hostile.ENDLESS_TEXT]
    for text in texts + strange:
        reply = place.ask(f"/collections/{LAYER}/items", "POST", json.dumps({
            "type": "Feature", "geometry": None,
            "properties": {"title": text[:200], "text": text, "author": text[:80], "consent": True, "precision": "none"}}))
        if reply.status != 201:
            continue  # What hides a direction or a control is refused at the door.
        if section == "reports":
            given = reply.json()
            asked.decide(place, place.tokens["curator"], given["id"], "publish")
            told = place.ask(f"/collections/{LAYER}/items/{given['id']}/reports", "POST", json.dumps({"reason": "other", "text": text, "contact": text[:200].replace("\n", " ")}))
            assert told.status in (201, 422)
    curator.sign_in(place, place.tokens["curator"], section)
    for _ in range(8):
        curator.until("document.querySelectorAll('.desk-card').length")
        if curator.evaluate("document.querySelector('.desk-queue-list + p button').hidden"):
            break
        before = curator.evaluate("document.querySelectorAll('.desk-card').length")
        curator.evaluate("document.querySelector('.desk-queue-list + p button').click()")
        curator.until(f"document.querySelectorAll('.desk-card').length > {before}")
    assert curator.evaluate("document.querySelectorAll('.desk-card').length") > 100
    for width in (360, 1280):
        curator.resize(width, 900)
        assert curator.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    if section == "queue":
        # The form repeats them: what is masked, and in several at once.
        curator.evaluate("[...document.querySelectorAll('[data-decision=mask]')].slice(0, 30).forEach((button) => button.click())")
        curator.until("document.querySelectorAll('[id^=mask-text]').length >= 20")
    assert hostile.harm_done(curator) == []
    assert foreign_complaints(curator) == []


def test_a_word_of_ten_thousand_letters_breaks_no_page(place, curator):
    """Longer than the form takes: as an operator's file may bring it, and a report about it."""
    with tempfile.NamedTemporaryFile("w", suffix=".geojson") as file:
        json.dump({"type": "FeatureCollection", "features": [{
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [2.38, 48.868]},
            "properties": {"title": "m" * 200, "text": "w" * 5000}}]}, file)
        file.flush()
        done(place.store, "import", file.name, "--layer", LAYER)
    [feature] = place.features(LAYER)
    report = {"reason": "other", "text": "z" * 5000}
    assert place.ask(f"/collections/{LAYER}/items/{feature['id']}/reports", "POST", json.dumps(report)).status == 201
    given = give(place, LAYER, title="x" * 200, text="y" * 5000)
    for section in ("queue", "reports"):
        curator.sign_in(place, place.tokens["curator"], section)
        curator.until("document.querySelector('.desk-card')")
        for width in (320, 768):
            curator.resize(width, 800)
            assert curator.evaluate("document.documentElement.scrollWidth <= innerWidth"), (section, width)
    assert state(place, given) == "pending"


def test_everybody_can_use_each_section(place, curator):
    """Names, order, targets, contrast and width of every state, in both themes."""
    given = published(place, title="La porte", text="Appelez le 06 12 34 56 78.")
    place.ask(f"/collections/{LAYER}/items/{given['id']}/reports", "POST", json.dumps({"reason": "other", "text": "Hm."}))
    change = json.dumps({"properties": {"text": "Appelez le 06 98 76 54 32."}})
    place.ask(f"/collections/{LAYER}/items/{given['id']}", "PATCH", change, **bearer(given["receipt"]["token"]))
    give(place, LAYER, title="Le bal", age_band="15-17")
    curator.open(f"{place.url}/desk?interface=fr", quiet=0.4)
    curator.until("document.querySelector('#door')?.hidden === false")
    assert accessible.faults(curator) == []
    for section in ("queue", "reports", "people", "journal", "history"):
        curator.sign_in(place, place.tokens["operator"], section)
        curator.until(f"document.querySelector('[data-section={section}][aria-current]')")
        curator.until("document.querySelector('.desk-section').childElementCount > 1")
        if section == "queue":
            curator.until("document.querySelectorAll('.desk-card').length === 2")
            curator.evaluate("document.querySelectorAll('[data-decision=mask]').forEach((button) => button.click())")
            curator.until("document.querySelectorAll('.desk-decision').length === 2")
        for theme in ("light", "dark"):
            curator.media(prefers_color_scheme=theme)
            for width in (360, 1280):
                curator.resize(width, 900)
                assert accessible.faults(curator) == [], (section, theme, width)


def test_a_section_that_fails_leaves_the_others(place, curator):
    curator.block("*/assets/desk-reports.js", "*/assets/desk-people.js")
    curator.sign_in(place, place.tokens["curator"], "reports")
    sections = curator.evaluate("[...document.querySelectorAll('#sections a')].map((a) => a.dataset.section)")
    assert "reports" not in sections and {"queue", "journal", "history"} <= set(sections)
    curator.see("Rien n’attend")
