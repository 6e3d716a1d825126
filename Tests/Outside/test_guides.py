"""The guides for those who install and look after layers: each command that needs no root is run as it is written."""

import json
import os
import re
import subprocess

import pytest

import asked
from command import REPOSITORY, binary
from served import Server

GUIDES = REPOSITORY / "Documentation/Guides"
LANGUAGES = ("fr", "en")
PAGES = {language: sorted((GUIDES / language).glob("*.md")) for language in LANGUAGES}
BLOCK = re.compile(r"^```(.*)\n((?:.*\n)*?)^```$", re.MULTILINE)
# Longer than what somebody reads in one breath.
LONGEST_SENTENCE = 30


def blocks(page):
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Where somebody sits who follows the guides from the first page to the last, beside a server that runs."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "bin").mkdir()
    (folder / "bin/lieudit").symlink_to(binary())
    settings = folder / "lieudit.json"
    settings.write_text(json.dumps({"tombstones": str(folder / "retraits")}))
    server = Server(folder / "lieudit.sqlite", "--writes-per-minute", "0", "--config", str(settings))
    yield folder, server
    assert server.stop() == 0, server.error


def follow(desk, page):
    """Runs what stands on a page for a shell."""
    folder, server = desk
    script = "set -euo pipefail\n" + "".join(body for kind, body in blocks(page) if kind == "sh")
    environment = os.environ | {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LIEUDIT_STORE": str(folder / "lieudit.sqlite"), "LIEUDIT_TOMBSTONES": str(folder / "retraits")}
    return subprocess.run(["bash", "-c", script.replace("http://127.0.0.1:8080", server.url)], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_each_guide_is_there_in_both_languages_with_the_same_commands():
    assert len(PAGES["fr"]) == len(PAGES["en"]) >= 8
    for french, english in zip(PAGES["fr"], PAGES["en"]):
        assert french.name[0] == english.name[0] and blocks(french) == blocks(english), english.name
    index = (GUIDES / "README.md").read_text(encoding="utf-8")
    assert [name for language in LANGUAGES for page in PAGES[language] if (name := f"({language}/{page.name})") not in index] == []


def test_what_is_linked_is_there():
    for page in [GUIDES / "README.md", *PAGES["fr"], *PAGES["en"]]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_sentences_are_short():
    for page in [*PAGES["fr"], *PAGES["en"]]:
        words = BLOCK.sub("", page.read_text(encoding="utf-8"))
        long = [one for one in re.split(r"[.:;!?]\s|\n", words) if len(one.split()) > LONGEST_SENTENCE]
        assert long == [], page.name


def test_the_commands_of_every_page_do_what_they_say_one_page_after_the_other(desk):
    folder, server = desk
    for page in PAGES["fr"]:
        if page.name.startswith("4"):
            asked.give(server, "seuils", title="La porte")
            token = subprocess.run([binary(), "token", "create", "--role", "curator", "--store", folder / "lieudit.sqlite"], capture_output=True, text=True)
            [waiting] = asked.queue(server, token.stdout.strip(), "seuils")
            asked.decide(server, token.stdout.strip(), waiting["id"], "publish")
        done = follow(desk, page)
        assert done.returncode == 0, f"{page.name}: {done.stdout[-500:]} {done.stderr[-1500:]}"
    assert (folder / "seuils.csv").read_text(encoding="utf-8").count("La porte") == 1
    assert server.features("seuils") == []


def test_a_command_that_fails_is_found_out(desk, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```sh\nlieudit layer create Non\ntrue\n```\n", encoding="utf-8")
    assert follow(desk, page).returncode != 0
