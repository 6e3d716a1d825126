"""The interface speaks plainly (IN9): how long its French sentences are, in every file of words."""

import json
import re
import statistics

import pytest

from command import REPOSITORY

FILES = sorted((REPOSITORY / "Sources/MapServer/Resources/words").glob("fr*.json"))
# What only programmers read: the API's own page describes addresses and their parameters in its language.
FOR_PROGRAMS = {"operations", "parameters", "members", "relations"}


def sentences(text):
    """A sentence ends with a full stop, a question or a colon; what stands between braces counts for one word."""
    return [part for part in re.split(r"(?<=[.!?:…])\s+", re.sub(r"{\w+}", "x", text)) if words(part)]


def words(sentence):
    """An elision is part of its word, as one says it."""
    return re.findall(r"[^\W\d_][\w’'-]*|\d+", sentence)


def told(file):
    groups = json.loads(file.read_text(encoding="utf-8"))
    return [(f"{file.name} {group}.{name}", sentence) for group, texts in groups.items() if group not in FOR_PROGRAMS
            for name, text in texts.items() for sentence in sentences(text)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_french_sentences_are_short(file):
    found = told(file)
    lengths = [len(words(sentence)) for _, sentence in found]
    print(f"{file.name}: {len(lengths)} sentences, median {statistics.median(lengths)}, longest {max(lengths)}")
    assert [(where, len(words(sentence)), sentence) for where, sentence in found if len(words(sentence)) > 20] == []
    assert statistics.median(lengths) <= 12


def test_no_page_of_ours_has_a_sentence_of_more_than_twelve_words():
    files = [file for file in FILES if file.name in ("fr.json", "fr-reading.json", "fr-participant.json")]
    assert [(where, sentence) for file in files for where, sentence in told(file) if len(words(sentence)) > 12] == []


def test_both_languages_say_the_same_things():
    for file in FILES:
        french, english = (json.loads((file.parent / name).read_text(encoding="utf-8")) for name in (file.name, file.name.replace("fr", "en", 1)))
        assert {group: set(texts) for group, texts in french.items() if group not in FOR_PROGRAMS} == {
            group: set(texts) for group, texts in english.items() if group not in FOR_PROGRAMS}


def test_a_long_sentence_is_seen():
    """The control."""
    long = "Quand vous venez ici pour la première fois, prenez le temps de lire ce que d’autres ont confié avant vous et revenez."
    assert len(words(sentences(long)[0])) == 22 and len(sentences("Un. Deux ? Trois : quatre.")) == 4
