"""Names of streets searched on the phone, themes and languages, a word before sending, a pin moved, a question answered."""

import json
import pathlib
import re

import pytest

import asked
from asked import HERE, LAYER, NOTHING_KEPT, Participant, give, person, server, store, token  # noqa: F401, fixtures among them
from command import REPOSITORY, done
from served import Server
from test_page import strangers

CORPUS = pathlib.Path(REPOSITORY) / "Tests/ContributionsTests/Flags/flagged-texts.txt"
NAMES = [["Avenue de l’Étoile", "street", 2.38, 48.869], ["Essais", "station", 2.3815, 48.8685], ["Théâtre du Seuil", "venue", 2.3805, 48.8682]]


def own(server, given, layer=LAYER):
    return server.get(f"/collections/{layer}/items/{given['id']}/mine", **asked.bearer(given["receipt"]["token"])).json()


def open_with_link(person, server, given):
    person.open(f"{server.url}/mine?interface=fr#{given['receipt']['token']}", quiet=0.3)
    person.until("document.querySelector('#withdraw')")


# What the words hold


def on_phone(person, server, texts):
    person.open(f"{server.url}/mine", quiet=0.3)
    return json.loads(person.evaluate(f"import('/assets/text-flags.js').then((it) => JSON.stringify({json.dumps(texts)}.map((text) => it.flagsOf(text))))"))


def by_curators(server, token, texts):
    """What the server finds in each, as the queue tells it."""
    layer = "large"
    flags = {}
    for text in texts:
        body = {"type": "Feature", "geometry": None, "properties": {"precision": "none", "text": text, "consent": True}}
        reply = server.ask(f"/collections/{layer}/items", "POST", json.dumps(body))
        assert reply.status == 201, (text, reply.text)
        flags[reply.json()["id"]] = None
    order = list(flags)
    address = f"/moderation/{layer}/queue?limit=1000"
    while address:
        page = server.get(address, **asked.bearer(token)).json()
        for item in page["items"]:
            flags[item["id"]] = [{key: flag[key] for key in ("kind", "start", "end")} for flag in item["flags"] if flag["pointer"] == "/properties/text"]
        address = page.get("next") and re.sub(r"^http://[^/]+", "", page["next"])
    return [flags[identifier] for identifier in order]


MORE = [
    "Au 12 bis, rue de la Roquette, hier", "👩‍👩‍👧 au 06 12 34 56 78 ou lou@exemple.fr", "１２ rue de la Roquette", "06‑12‑34‑56‑78", "zéro six douze trente-quatre cinquante-six",
    "48° 51' 24\" N, 2° 21' 07\" E", "8FW4V9V2+X6 et V9V2+X6", "1234 AB 75, AB-123-CD", "ISBN 0123456789", "https://osm.org/go/0BOd2Hx.", "geo:48.8,2.3", "///table.chaise.lampe",
    "Paris 75011 et 75011 Parisiens", "lou (at) exemple point fr", "rue de la Folie-Méricourt, 19", "12 cours, 2 places", "x" * 400 + " 75011 Paris",
]


def test_the_phone_finds_in_a_text_what_the_server_finds(server, token, person):
    texts = [line.split("\t", 1)[1] for line in CORPUS.read_text(encoding="utf-8").splitlines() if line] + MORE
    assert len(texts) > 500
    # Spaces at the ends are taken off before the server looks.
    texts = [text.strip() for text in texts]
    here, there = on_phone(person, server, texts), by_curators(server, token, texts)
    unlike = [(text, one, other) for text, one, other in zip(texts, here, there) if one != other]
    assert unlike == []
    found = {flag["kind"] for flags in here for flag in flags}
    assert found == {"address", "phone", "email", "plate", "coordinates", "plus-code", "map-link"}


def test_costly_texts_cost_the_phone_no_more_than_their_length(server, person):
    pieces = ["1", "0 6 ", "a@", "(at)", "rue ", "1 rue ", "+", "48.8566,", "1° ", "AB-", "http://osm.org", "zero ", "///a.", "deux ", "l'", "75011 "]
    person.open(f"{server.url}/mine", quiet=0.3)
    millis = person.evaluate(f"""import('/assets/text-flags.js').then((it) => {{
        const start = performance.now();
        for (const piece of {json.dumps(pieces)}) it.flagsOf(piece.repeat(5000 / piece.length));
        return performance.now() - start; }})""")
    print(f"{millis:.0f} ms for {len(pieces)} texts of 5,000 signs")
    assert millis < 2000


def test_a_kind_word_comes_before_sending_and_nothing_leaves_for_it(server, person):
    person.begin(server)
    person.tell("Chez Lou", "Au 12 rue de la Roquette. Appelez le 06 12 34 56 78.")
    person.say_where()
    person.finish(author="lou@exemple.fr")
    person.until("!document.querySelector('#warning').hidden")
    for words in ("une adresse", "un numéro de téléphone", "une adresse de courriel", "Vous pouvez l’enlever"):
        assert words in person.text("#warning"), words
    assert not any("Roquette" in body for body in person.sent_bodies)
    person.touch("#changes button")
    person.fill("#text", "Près du canal.")
    for step, following in (("what", "place"), ("place", "when"), ("when", "who")):
        person.go(step, following)
    person.evaluate("document.querySelector('#author').value = ''")
    person.go("who", "consent")
    person.go("consent", "preview")
    person.until("document.querySelector('#warning').hidden")
    person.send()
    assert person.complaints == []


# Themes and languages


def test_a_theme_and_a_language_are_chosen_and_sent(server, token, person):
    person.begin(server, "themes")
    person.fill("#title", "الرقصة")
    person.touch("[data-step=what] details summary")
    assert person.evaluate("[...document.querySelectorAll('#theme option')].map((it) => it.value)") == ["", "danse", "travail"]
    assert person.evaluate("[...document.querySelectorAll('#lang option')].map((it) => it.value)") == ["", "fr", "ar"]
    person.evaluate("for (const [id, value] of [['theme', 'danse'], ['lang', 'ar']]) { const it = document.getElementById(id); it.value = value; it.dispatchEvent(new Event('input', { bubbles: true })); it.dispatchEvent(new Event('change', { bubbles: true })); }")
    person.go("what", "place")
    person.begin(server, "themes")
    assert person.evaluate("['theme', 'lang'].map((id) => document.getElementById(id).value)") == ["danse", "ar"]
    person.go("what", "place")
    person.say_where()
    person.finish()
    person.send()
    [waiting] = asked.queue(server, token, "themes")
    properties = waiting["feature"]["properties"]
    assert (properties["theme"], properties["lang"]) == (["danse"], "ar")
    # What comes back is changed again.
    person.touch("#to-mine")
    person.until("document.querySelector('#withdraw')")
    person.touch("#change")
    person.until("document.querySelector('#new-theme')")
    person.touch("#new-theme [value=travail]")
    person.evaluate("document.querySelector('#new-lang').value = 'fr'")
    person.touch("#save")
    person.until("document.querySelector('#news').textContent.includes('enregistré')")
    [waiting] = asked.queue(server, token, "themes")
    properties = waiting["feature"]["properties"]
    assert (sorted(properties["theme"]), properties["lang"]) == (["danse", "travail"], "fr")


@pytest.mark.parametrize("words, tongue", [("Le bal du quartier", "fr"), ("الرقصة في الساحة", None), ("Бал", None)])
def test_the_language_of_the_page_is_named_only_for_words_in_its_letters(server, token, person, words, tongue):
    person.begin(server)
    person.tell(words, "")
    person.say_where()
    person.finish()
    person.send()
    [waiting] = [item for item in asked.queue(server, token) if item["feature"]["properties"]["title"] == words]
    assert waiting["feature"]["properties"].get("lang") == tongue


# Names of streets


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A server with a ground of nothing but names."""
    import sqlite3
    folder = tmp_path_factory.mktemp("named")
    with sqlite3.connect(folder / "ground.mbtiles") as tiles:
        tiles.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        tiles.execute("CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        tiles.executemany("INSERT INTO metadata VALUES (?, ?)", [("format", "pbf"), ("minzoom", "0"), ("maxzoom", "14"), ("bounds", "2.37,48.86,2.39,48.88"), ("json", '{"vector_layers":[]}')])
        tiles.execute("INSERT INTO tiles VALUES (0, 0, 0, x'1A050A01617802')")
    tiles.close()
    (folder / "ground.names.json").write_text(json.dumps({"attribution": "© OpenStreetMap contributors, ODbL", "names": NAMES}, ensure_ascii=False))
    store = folder / "lieudit.sqlite"
    done(store, "layer", "create", LAYER, "--finest", "exact")
    server = Server(store, "--writes-per-minute", "0", "--basemap", str(folder / "ground.mbtiles"))
    yield server
    assert server.stop() == 0 and server.complaints == []


def test_a_street_is_found_on_the_phone_and_nothing_typed_leaves(named, person):
    person.begin(named)
    person.tell()
    person.say_where("landmark")
    person.until("document.querySelector('#search').checkVisibility()")
    person.evaluate("new Promise((done) => setTimeout(done, 600)).then(() => 1)")
    asked_before = len(person.requests)
    assert [address for address in person.requests if address.endswith("/basemap/names.json")]
    for text, found in (("etoile", "Avenue de l’Étoile"), ("SEUIL", "Théâtre du Seuil lieu"), ("essais", "Essais gare ou métro")):
        person.fill("#search", text)
        person.until(f"document.querySelector('#found button')?.textContent === {json.dumps(found)}")
    person.fill("#search", "zebrulon")
    person.until("document.querySelector('#said-place').textContent.includes('Aucun endroit')")
    person.fill("#search", "etoile")
    person.until("document.querySelector('#found button')")
    assert "OpenStreetMap" in person.text("#found")
    person.touch("#found button")
    assert "Avenue de l’Étoile" in person.text("#said-place")
    later = [address for address in person.requests[asked_before:] if not re.search("/assets/|/contribute/|/sw.js|/favicon", address)]
    assert later == []
    assert not [body for body in person.sent_bodies for word in ("etoile", "SEUIL", "zebrulon") if word in body]
    # A street is long: no spot of it is the one that is meant.
    person.go("place", "precision")
    assert person.evaluate("[...document.querySelectorAll('[name=precision]')].map((it) => it.value)") == ["about", "wide", "none"]
    assert strangers(person.requests) == [] and person.complaints == []


# Placing the pin again


def cell_of(server, given):
    return own(server, given)["feature"]["properties"].get("cell")


def move_with_arrows(person, *keys):
    person.touch("#move")
    person.until("document.querySelector('#moving')")
    person.touch("#moving label[data-way=arrows]")
    person.until("document.querySelector('#moving #cross svg')")
    person.evaluate("document.querySelector('#moving #cross').focus()")
    for key in keys:
        person.press(key)
    person.until("document.querySelector('#moved-shows').checkVisibility()")


def test_a_pin_is_moved_with_the_drawing_of_what_will_show(server, person):
    given = give(server)
    before = cell_of(server, given)
    open_with_link(person, server, given)
    move_with_arrows(person, "ArrowRight", "ArrowRight", "ArrowUp")
    assert person.evaluate("document.querySelectorAll('#moved-shows .plan-area').length") == 1
    assert "à 200 m près" in person.text("#moved-shows")
    person.touch("#save-place")
    person.until("document.querySelector('#news').textContent.includes('nouveau lieu')")
    assert "à 200 m près" in person.text("#own")
    # A real move has a new name; the receipt follows.
    reply = server.ask("/receipts", "POST", json.dumps({"token": given["receipt"]["token"]})).json()
    moved = server.get(f"/collections/{LAYER}/items/{reply['id']}/mine", **asked.bearer(given["receipt"]["token"])).json()
    after = moved["feature"]["properties"]["cell"]
    north, east = ([int(re.search(rf"{axis}(\d+)", name)[1]) for name in (before, after)] for axis in "NE")
    # The grid lies a little askew to the north; half a side is kept.
    assert 200 <= east[1] - east[0] <= 600 and 0 <= north[1] - north[0] <= 400
    person.touch("#hide, #withdraw")
    assert person.complaints == []


def test_the_cell_beside_is_reached_and_a_small_move_keeps_the_cell(server, person):
    """What leaves the phone is a place of the cell only, and yet the server must not take it for the old one."""
    person.open(f"{server.url}/mine", quiet=0.3)
    found = json.loads(person.evaluate("""import('/assets/precision.js').then((it) => {
        const old = "CRS3035RES200mN2890400E3762800";
        const [west, south] = it.representative(old);
        const rows = [];
        for (let east = -3; east <= 3; east += 0.25) for (let north = -3; north <= 3; north += 0.25) {
          const pin = [west + east * 0.00137, south + north * 0.0009];
          const shown = it.movedCell(...pin, "about", old);
          const sent = it.snapMoved(...pin, "about", old);
          rows.push({ isOld: shown === old, shown, sent, again: it.movedCell(...sent, "about", old), isKept: it.cellForMoved(...pin, old) === old });
        }
        return JSON.stringify(rows);
    })"""))
    assert all(row["again"] == row["shown"] and row["isOld"] == row["isKept"] for row in found)
    shown = {}
    for row in found:
        shown.setdefault(row["shown"], set()).add(tuple(row["sent"]))
    assert all(len(sent) == 1 for sent in shown.values()), "what is sent says no more than the cell"
    assert len(shown) > 12
    given = give(server)
    for name, [sent] in list(shown.items())[:6]:
        given = give(server)
        assert cell_of(server, given) == "CRS3035RES200mN2890400E3762800"
        body = {"geometry": {"type": "Point", "coordinates": sent}, "properties": {"precision": "about"}}
        reply = server.ask(f"/collections/{LAYER}/items/{given['id']}", "PATCH", json.dumps(body), **asked.bearer(given["receipt"]["token"]))
        assert reply.json()["properties"]["cell"] == name


def test_the_same_square_changes_nothing(server, person):
    given = give(server)
    open_with_link(person, server, given)
    person.stand_at(*HERE, server.url)
    person.touch("#move")
    person.touch("#moving label[data-way=here]")
    person.until("document.querySelector('#moved-shows').checkVisibility()")
    person.touch("#save-place")
    person.until("document.querySelector('#news').textContent.includes('même carré')")
    assert own(server, given)["revision"] == 1 or own(server, given)["change_waiting"] is False


# A question, a decision, an agreement


def test_a_question_is_read_and_answered(server, token, person):
    given = give(server, title="Le bal de la rue")
    asked.decide(server, token, given["id"], "ask", reasons="En quelle année était-ce ?")
    open_with_link(person, server, given)
    assert "En quelle année était-ce ?" in person.text("#asked-words")
    person.touch("#send-answer")
    assert "Écrivez votre réponse" in person.text("#f-answer") and person.focused == "answer"
    person.fill("#answer", "C’était en 1985, je crois.")
    person.touch("#send-answer")
    person.until("document.querySelector('#news').textContent.includes('partie')")
    assert "C’était en 1985" in person.text("#answered") and not person.evaluate("document.querySelector('#answer-form')")
    [waiting] = [item for item in asked.queue(server, token) if item["id"] == given["id"]]
    assert (waiting["question"], waiting["answer"]) == ("En quelle année était-ce ?", "C’était en 1985, je crois.")
    assert person.complaints == []


def test_a_decision_is_answered(server, token, person):
    given = give(server)
    asked.decide(server, token, given["id"], "reject", reasons="Le texte nomme une voisine.")
    open_with_link(person, server, given)
    person.fill("#answer", "Elle est d’accord.")
    person.touch("#send-answer")
    person.until("document.querySelector('#news').textContent.includes('partie')")
    assert own(server, given)["state"] == "pending"


def test_what_was_agreed_to_is_read_with_the_rules_of_that_day(server, person):
    given = give(server, consents={"partners": True})
    open_with_link(person, server, given)
    person.touch("#agreed summary")
    text = person.text("#agreed")
    assert "sera montré à tout le monde" in text or "will be shown to everybody" in text
    address = person.evaluate("document.querySelector('#agreed a').getAttribute('href')")
    assert "/pages/rules?version=" in address and server.get(re.sub(r"^http://[^/]+", "", address)).status == 200


# Who comes next


def test_under_15_the_parents_code_is_on_the_receipt_and_leads_to_their_page(server, person):
    person.begin(server)
    person.tell("Le toboggan")
    person.say_where()
    person.go("when", "who")
    person.touch("[value=under-15]")
    person.go("who", "consent")
    person.touch("#consent")
    person.go("consent", "preview")
    person.send()
    assert "Un parent doit dire oui" in person.text("#receipt")
    link = person.evaluate("document.querySelector('.ticket.parent a').href")
    given_link = person.link
    person.open(link, quiet=0.3)
    assert "Le toboggan" in person.text("main")
    person.touch("button[value=agree]")
    person.until("!document.querySelector('button[value=agree]')")
    person.open(given_link.replace("?interface=fr", ""), quiet=0.3)
    person.until("document.querySelector('#withdraw')")
    assert "waits to be read" in person.text("#own") and "parent" not in person.text(".state")


def test_the_next_person_finds_no_theme_no_warning_and_no_waiting_draft(server, person):
    person.begin(server, "themes")
    person.fill("#title", "Chez moi, 12 rue de la Roquette")
    person.touch("[data-step=what] details summary")
    person.evaluate("(() => { const it = document.querySelector('#theme'); it.value = 'danse'; it.dispatchEvent(new Event('input', { bubbles: true })); })()")
    person.go("what", "place")
    person.say_where()
    person.finish(author="Mina")
    person.until("!document.querySelector('#warning').hidden")
    person.block("*/collections/themes/items")
    person.touch("#sending .go")
    person.until("document.querySelector('#f-all').textContent.includes('Pas de réseau')")
    assert "Roquette" in person.kept
    person.touch("#forget-waiting")
    person.until("document.body?.classList.contains('is-scripted') && !document.querySelector('[data-step=welcome]').hidden")
    person.block()
    person.evaluate("new Promise((done) => setTimeout(done, 600)).then(() => 1)")
    assert person.kept == NOTHING_KEPT
    everything = person.evaluate("document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((it) => it.value) + JSON.stringify(history.state)")
    assert "Roquette" not in everything and "Mina" not in everything
    assert person.evaluate("document.querySelector('#theme').value") == ""
    entries = person._ask("Page.getNavigationHistory", session=person._session)["entries"]
    assert all("Roquette" not in json.dumps(entry) for entry in entries)
