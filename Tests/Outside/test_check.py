"""`lieudit check` says what it looked at, and ends badly when something is wrong."""

import re
import shutil
import sqlite3

from command import lieudit


def test_a_sound_store_is_found_sound(sample_store):
    finished = lieudit(sample_store, "check")
    assert finished.status == 0, finished.output + finished.error
    for word in ("integrity_check", "foreign_key_check", "CheckSpatialIndex", "journal_mode", "wal", "synchronous",
                 "secure_delete", "trusted_schema"):
        assert word in finished.output, word


def test_check_works_beside_a_server(sample_store, sample_server):
    assert lieudit(sample_store, "check").status == 0


def test_a_damaged_store_is_found_damaged(sample_store, sample_server, tmp_path):
    """A copy whose pages are overwritten in the middle; never a crash."""
    copy = tmp_path / "damaged.sqlite"
    with sqlite3.connect(f"file:{sample_store}?mode=ro", uri=True) as whole, sqlite3.connect(copy) as target:
        whole.backup(target)
    size = copy.stat().st_size
    with open(copy, "r+b") as file:
        file.seek(size // 3)
        file.write(b"\x5a" * (size // 3))
    finished = lieudit(copy, "check")
    assert finished.status == 1, finished.output + finished.error
    assert re.search(r"integrity|malformed|damaged|corrupt", finished.output + finished.error, re.IGNORECASE)


def test_a_file_that_is_no_store_is_refused_with_a_sentence(tmp_path):
    file = tmp_path / "letter.sqlite"
    file.write_text("Chère Madame, " * 1000, encoding="utf-8")
    kept = tmp_path / "kept"
    shutil.copy(file, kept)
    finished = lieudit(file, "check")
    assert finished.status == 1 and finished.error.strip()
    assert file.read_bytes() == kept.read_bytes()


def test_a_missing_store_is_refused_and_not_made(tmp_path):
    finished = lieudit(tmp_path / "none.sqlite", "check")
    assert finished.status == 1
    assert "none.sqlite" in finished.error
    assert not (tmp_path / "none.sqlite").exists()
