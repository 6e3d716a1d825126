"""The faults that the proofs of privacy plant on purpose are in test builds only."""

import pathlib

import pytest

from command import binary

# The type that plants them, as the compiler writes it (a build for debuggers names the empty file as well), and the name
# of one of them as a value.
MARKS = [b"10SeededLeak", b"timeOrderedIdentifier"]


def test_the_release_holds_no_seeded_leak():
    path = pathlib.Path(binary()).resolve()
    if "debug" in path.parts:
        pytest.skip("a debug build may hold them")
    content = path.read_bytes()
    assert b"Lieudit" in content, "names would be found if they were there"
    assert [mark for mark in MARKS if mark in content] == []
