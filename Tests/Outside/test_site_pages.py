"""The pages that a site owes, as a visitor reads them and as the operator writes them."""

import json
import re

import pytest

import accessible
import asked
from asked import LAYER
from command import REPOSITORY, done, lieudit
from visiting import Visitor

PAGES = ("rules", "legal", "privacy", "accessibility", "contact")
TEMPLATES = REPOSITORY / "Sources/MapServer/Resources/site-pages"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = tmp_path_factory.mktemp("pages") / "lieudit.sqlite"
    asked.fill(store)
    return store


@pytest.fixture(scope="module")
def server(store):
    server = asked.serve(store)
    yield server
    assert server.stop() == 0 and server.complaints == []


@pytest.fixture
def visitor(tmp_path):
    visitor = Visitor(tmp_path / "profile")
    yield visitor
    visitor.close()


def own_pages(folder, **pages):
    """The operator's folder: rules_fr becomes rules.fr.md."""
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_can_be_read_by_everybody(server, visitor, width, scheme):
    visitor.resize(width, 800)
    visitor.media(prefers_color_scheme=scheme)
    for page in PAGES:
        for language in ("fr", "en"):
            visitor.open(f"{server.url}/pages/{page}?interface={language}", quiet=0.2)
            visitor.until(f"document.querySelector('.written')?.lang === '{language}' && document.querySelector('.site-links')")
            assert accessible.faults(visitor) == [], (page, language)
    assert visitor.complaints == []


@pytest.mark.parametrize("path", ["/", f"/map/{LAYER}", f"/contribute/{LAYER}", "/mine", "/nulle-part", "/pages/legal", "/api?f=html"])
def test_every_page_leads_to_them(server, visitor, path):
    visitor.open(server.url + path, quiet=0.3)
    links = visitor.evaluate("[...document.querySelectorAll('footer .site-links a')].map((it) => it.pathname)")
    assert links == [f"/pages/{page}" for page in PAGES]
    visitor.touch("footer .site-links a")
    visitor.until("location.pathname === '/pages/rules' && document.querySelector('.written h2')")


def test_the_operators_text_is_shown_and_nothing_of_it_runs(serve, store, tmp_path):
    text = "# Nos règles\n\n<script>alert(1)</script> [ici](javascript:alert(1)) [là](/mine)\n\n- *doux*\n"
    running = serve(tmp_path / "own.sqlite", "--pages", own_pages(tmp_path / "pages", rules_fr=text))
    page = running.get("/pages/rules?interface=fr").text
    assert "<h1 lang=\"fr\">Nos règles</h1>" in page and "<em>doux</em>" in page and "class=\"unfinished\"" not in page
    assert "&lt;script&gt;" in page and "<script" not in page and "href=\"javascript" not in page
    assert '<a href="/mine' in page or f'<a href="{running.url}/mine' in page
    assert "n’existe qu’en" not in page and "in French only" in running.get("/pages/rules?interface=en").text
    assert "n’a pas encore rempli" in running.get("/pages/legal?interface=fr").text


def test_a_file_of_another_name_is_refused_with_the_names_there_are(tmp_path):
    refused = lieudit(tmp_path / "none.sqlite", "serve", "--port", "0", "--pages", own_pages(tmp_path / "p", regles_fr="x"), timeout=60)
    assert refused.status == 1 and "regles.fr.md" in refused.error and "rules.fr.md" in refused.error, refused.error


def consents(server, given):
    reply = server.get(f"/collections/{LAYER}/items/{given['id']}/mine", **asked.bearer(given["receipt"]["token"]))
    return reply.json()["consents"]


def test_a_proof_names_the_rules_of_its_day_and_they_can_be_read_later(serve, tmp_path):
    store, pages = tmp_path / "lieudit.sqlite", tmp_path / "pages"
    done(store, "layer", "create", LAYER)
    first = serve(store, "--pages", own_pages(pages, rules_fr="# Avant\n\nAncien."))
    shown = re.search(r'name="consent_version" value="([^"]+)"', first.get(f"/contribute/{LAYER}?interface=fr").text)[1]
    given = asked.give(first)
    [proof] = consents(first, given)
    # A program that names no words gets those of its own language.
    assert proof["text_version"].endswith(shown.split("+rules-")[1])
    assert first.stop() == 0
    (pages / "before").mkdir()
    (pages / "rules.fr.md").rename(pages / "before" / "2026.md")
    second = serve(store, "--pages", own_pages(pages, rules_fr="# Après\n\nNouveau."))
    [kept] = consents(second, given)
    assert kept["text_version"] == proof["text_version"]
    page = second.get(re.sub(r"^http://[^/]+", "", kept["rules"])).text
    assert "Ancien." in page and "Nouveau." not in page
    # What was shown before the change and waited for a network is taken with the words that were shown.
    late = asked.give(second, consents={"version": shown})
    assert consents(second, late)[0]["text_version"] == shown
    (pages / "before" / "2026.md").unlink()
    assert second.stop() == 0
    third = serve(store, "--pages", pages)
    body = {"type": "Feature", "geometry": None, "properties": {"precision": "none", "title": "x", "consent": True, "consents": {"version": shown}}}
    refused = third.ask(f"/collections/{LAYER}/items", "POST", json.dumps(body), Accept_Language="fr")
    assert refused.status == 422 and "Rouvrez la page" in refused.text
    assert third.ask(re.sub(r"^http://[^/]+", "", kept["rules"])).status == 404


def test_the_sentences_of_the_french_templates_are_short():
    long = []
    for file in TEMPLATES.glob("*.fr.md"):
        text = re.sub(r"\]\([^)]*\)", "", file.read_text(encoding="utf-8"))
        pieces = re.split(r"(?<=[.!?:;])\s+|\n", text)
        long += [(file.name, piece) for piece in pieces if len(re.findall(r"[\w’'-]+", piece)) > 12]
    assert long == []


@pytest.mark.parametrize("page", PAGES)
def test_a_template_says_the_same_in_both_languages(page):
    shapes = []
    for language in ("fr", "en"):
        lines = (TEMPLATES / f"{page}.{language}.md").read_text(encoding="utf-8").splitlines()
        shapes.append([re.match(r"#+|- |\[\?|$|.", line)[0] if line.startswith(("#", "- ")) else bool(line) for line in lines])
    assert shapes[0] == shapes[1]
