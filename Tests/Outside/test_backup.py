"""Backups and how they are brought back, by the commands and beside a running server."""

import json
import mmap
import os
import pathlib
import re
import subprocess
import time

import pytest

from command import binary, done, environment, lieudit
from served import Server
from test_contribute import ITEMS, LAYER, bearer, contribute


@pytest.fixture
def open_layer(store, serve):
    done(store, "layer", "create", LAYER, "--review", "after")
    return serve(store)


def titles(server):
    return sorted(feature["properties"]["title"] for feature in server.features(LAYER))


def withdraw(server, given):
    reply = server.ask(f"{ITEMS}/{given['id']}", "DELETE", **bearer(given["receipt"]["token"]))
    assert reply.status == 204, reply.text


def test_what_was_withdrawn_after_the_backup_is_not_served_again(store, open_layer, serve, tmp_path):
    for name in ("Un", "Deux", "Trois"):
        last = contribute(open_layer, title=name)
    backup = tmp_path / "soir.backup"
    said = done(store, "backup", backup)
    assert "3 contributions" in said.output
    withdraw(open_layer, last)
    contribute(open_layer, title="Plus tard")
    restored = tmp_path / "new" / "lieudit.sqlite"
    refused = lieudit(restored, "restore", backup)
    assert refused.status == 1 and not restored.exists()
    assert re.search(r"withdrawals since \d{4}-\d\d-\d\dT[\d:]+Z are unknown", refused.error), refused.error
    answer = done(restored, "restore", backup, "--tombstones", f"{store}.tombstones")
    assert "Forgotten again: 1 contributions" in answer.output
    assert titles(serve(restored)) == ["Deux", "Un"]
    told = tmp_path / "told" / "lieudit.sqlite"
    done(told, "restore", backup, "--without-tombstones")
    assert titles(serve(told)) == ["Deux", "Trois", "Un"]


def test_an_encrypted_backup_needs_its_key(store, open_layer, tmp_path):
    contribute(open_layer, title="Quintaphore")
    key = tmp_path / "key"
    public = done(None, "backup-key", key).output.strip()
    assert key.stat().st_mode & 0o777 == 0o600
    backup = tmp_path / "backup"
    done(store, "backup", backup, "--key", public)
    assert subprocess.run(["grep", "-qaF", "Quintaphore", str(backup)]).returncode == 1
    new = tmp_path / "new.sqlite"
    assert "--key" in lieudit(new, "restore", backup, "--without-tombstones").error
    done(new, "restore", backup, "--without-tombstones", "--key", key)
    assert done(new, "export", LAYER).output.count("Quintaphore") >= 1


@pytest.mark.parametrize("spoil, sentence", [
    (lambda data: data[:len(data) // 2], "cut short"),
    (lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:], "damaged"),
    (lambda data: b"Ch\xc3\xa8re Madame, " * 100, "no backup"),
    (lambda data: b"", "no backup"),
])
def test_a_backup_that_is_not_as_it_was_is_refused(store, open_layer, tmp_path, spoil, sentence):
    contribute(open_layer, title="Un")
    backup = tmp_path / "backup"
    done(store, "backup", backup)
    backup.write_bytes(spoil(backup.read_bytes()))
    new = tmp_path / "new.sqlite"
    finished = lieudit(new, "restore", backup, "--tombstones", f"{store}.tombstones")
    assert finished.status == 1 and sentence in finished.error, finished.error
    assert list(tmp_path.glob("new.sqlite*")) == []


def test_serving_makes_backups_by_itself_removes_old_ones_and_a_drill_proves_the_last(store, tmp_path, monkeypatch):
    done(store, "layer", "create", LAYER, "--review", "after")
    folder = tmp_path / "backups"
    folder.mkdir()
    old = folder / "lieudit-20200101T000000Z.backup"
    old.write_bytes(b"of long ago")
    key = tmp_path / "key"
    public = done(None, "backup-key", key).output.strip()
    configured = tmp_path / "lieudit.json"
    configured.write_text(json.dumps({
        "backups": str(folder), "backupKey": public, "backupDays": 30, "tombstones": str(tmp_path / "elsewhere")}))
    server = Server(store, "--config", str(configured))
    try:
        contribute(server, title="Un")
        deadline = time.monotonic() + 30
        while (old.exists() or not (made := list(folder.glob("*.backup")))) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(made) == 1 and not old.exists()
    finally:
        assert server.stop() == 0, server.error
    answer = done(store, "drill", folder, "--key", key, "--tombstones", tmp_path / "elsewhere")
    assert "can be restored" in answer.output
    made[0].write_bytes(made[0].read_bytes()[:-3])
    assert lieudit(store, "drill", folder, "--key", key, "--without-tombstones").status == 1


def test_a_server_that_could_not_write_down_withdrawals_does_not_start(store, tmp_path):
    done(store, "layer", "create", LAYER, "--review", "after")
    configured = tmp_path / "lieudit.json"
    configured.write_text(json.dumps({"tombstones": "/dev/full"}))
    finished = lieudit(store, "serve", "--config", configured, "--port", "0", timeout=20)
    assert finished.status == 1
    assert "what is erased cannot be written down in /dev/full" in finished.error, finished.error


def test_backups_go_on_beside_writing_and_each_holds_one_moment(store, serve, tmp_path):
    done(store, "layer", "create", LAYER, "--review", "after")
    open_layer = serve(store, "--writes-per-minute", "0")
    for number in range(30):
        contribute(open_layer, title=f"Avant {number}")
    running = subprocess.Popen(
        [binary(), "backup", str(tmp_path / "backup"), "--store", str(store), "--json"],
        stdout=subprocess.PIPE, env=environment())
    number = 0
    while running.poll() is None:
        number += 1
        contribute(open_layer, title=f"Pendant {number}")
    assert running.returncode == 0
    assert 30 <= json.load(running.stdout)["contributions"] <= 30 + number
    assert not [name for name in os.listdir(pathlib.Path(store).parent) if ".copy-" in name]


def test_a_backup_leaves_the_page_cache_to_those_who_are_answered(store, open_layer, tmp_path):
    contribute(open_layer, title="Un")
    if not goes_past_the_page_cache(tmp_path / "probe"):
        pytest.skip("here everything goes through the page cache, or lies in memory anyway")
    backup = tmp_path / "backup"
    done(store, "backup", backup)
    # What fills no block goes through the cache: the last page of the file.
    assert remembered(backup) <= 1
    usual = tmp_path / "usual"
    usual.write_bytes(backup.read_bytes())
    assert remembered(usual) > 100, "the control, written as anybody writes"


def goes_past_the_page_cache(path):
    """Whether the file system takes writes to the disk itself, and keeps nothing of them."""
    try:
        file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_DIRECT)
    except OSError:
        return False
    try:
        # Memory of a mapping begins where such a write may begin.
        os.write(file, mmap.mmap(-1, 1 << 20))
    finally:
        os.close(file)
    return remembered(path) == 0


def remembered(path):
    """How many pages of a file the kernel holds in memory."""
    told = subprocess.run(["fincore", "--noheadings", "--output", "PAGES", path], capture_output=True, text=True, check=True)
    return int(told.stdout)


def test_a_backup_steps_aside_for_whoever_is_being_answered(store, open_layer, tmp_path):
    contribute(open_layer, title="Un")
    for number in range(50):
        process = subprocess.Popen([binary(), "backup", tmp_path / f"{number}.backup", "--store", store],
                                   env=environment(), stdout=subprocess.DEVNULL)
        found = priorities_at_work(process, store.with_name(f"{store.name}.copy-{process.pid}"))
        assert process.wait() == 0
        if found:
            break
    assert found == {19}


def priorities_at_work(process, copy):
    """Of the thread that has worked most, for as long as the copy of the store is there; 19 is the last there is."""
    found = set()
    while process.poll() is None:
        try:
            if copy.exists():
                busiest = max(os.listdir(f"/proc/{process.pid}/task"), key=lambda thread: work(process, thread))
                found.add(os.getpriority(os.PRIO_PROCESS, int(busiest)))
        except (ProcessLookupError, FileNotFoundError):
            pass
    return found


def work(process, thread):
    """In nanoseconds of the processor."""
    return int(pathlib.Path(f"/proc/{process.pid}/task/{thread}/schedstat").read_text().split()[0])
