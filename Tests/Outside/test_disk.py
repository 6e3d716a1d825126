"""A disk that is full, takes no writing, or holds something else: a sentence, never a false acknowledgement."""

import os
import resource
import shutil
import signal
import subprocess
import time

import pytest

from command import binary, done, environment, lieudit
from served import Server
from test_contribute import ITEMS, LAYER, feature


def give(server, title, text=""):
    return server.ask(ITEMS, "POST", feature(title=title, text=text), Content_Type="application/geo+json")


def shown(server):
    return {item["properties"]["title"] for item in server.features(LAYER)}


def fill(server, most=3000):
    """Gives until it is refused; the titles that were acknowledged and the refusal."""
    kept = set()
    for number in range(most):
        reply = give(server, f"Lourd {number}", "long " * 900)
        if reply.status != 201:
            return kept, reply
        kept.add(f"Lourd {number}")
    raise AssertionError("the disk never was full")


class MountedServer(Server):
    """A server whose store lies on a small file system of its own, in a mount namespace of its own."""

    def __init__(self, place, prepared, size, mode="rw"):
        self.place = place
        self.script = (f"mount -t tmpfs -o size={size} tmpfs {place} && cp {prepared}/* {place}/ && "
                       f"mount -o remount,{mode} {place} && exec \"$@\"")
        super().__init__(f"{place}/lieudit.sqlite", "--writes-per-minute", "0")

    def program(self):
        return ["unshare", "-m", "sh", "-c", self.script, "sh", binary()]

    @property
    def inside(self):
        return f"/proc/{self.process.pid}/root{self.place}"


@pytest.fixture
def prepared(tmp_path):
    folder = tmp_path / "prepared"
    done(folder / "lieudit.sqlite", "layer", "create", LAYER, "--review", "after")
    return folder


def as_root_with_namespaces():
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"]).returncode == 0


needs_mounting = pytest.mark.skipif(not as_root_with_namespaces(), reason="only root may mount a small file system")


@needs_mounting
def test_a_full_disk_is_said_and_works_again_when_there_is_room(tmp_path, prepared):
    place = tmp_path / "small"
    place.mkdir()
    server = MountedServer(place, prepared, "16m")
    try:
        assert give(server, "Avant").status == 201
        filler = f"{server.inside}/filler"
        with open(filler, "wb") as file:
            left = os.statvfs(server.inside)
            file.write(b"\0" * (left.f_bavail * left.f_frsize - 200_000))
        kept, refusal = fill(server)
        assert refusal.status == 507 and refusal.json()["code"] == "NoRoom", refusal.text
        assert "disk is full" in refusal.json()["detail"]
        assert server.get("/health").json() == {"status": "ok", "writing": "failing"}
        assert shown(server) == kept | {"Avant"}, "reading goes on, and shows what was acknowledged"
        os.unlink(filler)
        deadline = time.monotonic() + 15
        while (after := give(server, "Après")).status != 201 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert after.status == 201, after.text
        assert server.get("/health").json()["writing"] == "ok"
        expected = kept | {"Avant", "Après"}
        assert shown(server) == expected
        shutil.copytree(server.inside, tmp_path / "after", ignore=shutil.ignore_patterns("*.socket"))
    finally:
        assert server.stop() == 0, server.error
    done(tmp_path / "after" / "lieudit.sqlite", "check")
    again = Server(tmp_path / "after" / "lieudit.sqlite")
    try:
        assert shown(again) == expected
    finally:
        again.stop()


def test_a_file_that_may_not_grow_is_said_and_grows_again_later(prepared):
    """The same without a file system of its own: the kernel refuses that files grow (EFBIG)."""
    store = prepared / "lieudit.sqlite"
    server = Server(store, "--writes-per-minute", "0")
    try:
        soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (store.stat().st_size + 300_000, hard))
        kept, refusal = fill(server)
        assert refusal.status in (503, 507), refusal.text
        assert refusal.json()["code"] in ("NoRoom", "Unwritable")
        assert shown(server) == kept
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (soft, hard))
        assert give(server, "Après").status == 201
        assert shown(server) == kept | {"Après"}
    finally:
        assert server.stop() == 0, server.error
    done(store, "check")


@needs_mounting
def test_a_backup_for_which_there_is_no_room_says_so_and_leaves_nothing_behind(tmp_path, prepared):
    place = tmp_path / "small"
    place.mkdir()
    whole = (prepared / "lieudit.sqlite").stat().st_size
    # The store and half of its copy; the store, its copy and half of the backup.
    for size, what in ((whole * 3 // 2, "copy"), (whole * 5 // 2, "backup")):
        script = (f"mount -t tmpfs -o size={size} tmpfs {place} && cp {prepared}/lieudit.sqlite {place}/ && "
                  f'"$@"; echo "status $?"; ls {place}')
        said = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", binary(), "backup", place / "one.backup", "--store",
                               place / "lieudit.sqlite"], capture_output=True, text=True, env=environment(), check=True)
        status, *left = said.stdout.split("\n")[:-1]
        assert status == "status 1" and ("full" in said.stderr or "no room" in said.stderr), (what, said.stderr, left)
        assert not [name for name in left if ".copy-" in name or "one.backup" in name], left


@needs_mounting
def test_a_disk_that_takes_no_writing_keeps_the_server_from_starting_with_a_sentence(tmp_path, prepared):
    place = tmp_path / "fixed"
    place.mkdir()
    with pytest.raises(AssertionError) as refusal:
        MountedServer(place, prepared, "16m", mode="ro")
    assert "cannot be taken" in str(refusal.value) or "may not write" in str(refusal.value)


def test_a_missing_folder_is_made_and_a_file_in_its_place_is_refused(tmp_path):
    (tmp_path / "file").write_text("no folder")
    finished = lieudit(tmp_path / "file" / "lieudit.sqlite", "serve", "--port", "0")
    assert finished.status == 1 and finished.error.strip() and "Fatal" not in finished.error


@pytest.mark.parametrize("content", [b"Letter " * 2000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_what_is_no_store_is_neither_served_nor_touched(tmp_path, content):
    store = tmp_path / "lieudit.sqlite"
    store.write_bytes(content)
    finished = lieudit(store, "serve", "--port", "0")
    assert finished.status == 1 and "no store" in finished.error.replace("not a store", "no store"), finished.error
    assert store.read_bytes() == content


def test_a_store_that_rots_under_a_running_server_is_not_acknowledged_upon(prepared):
    """Its pages are overwritten by another program, as a dying disk would: an honest failure, and no crash."""
    store = prepared / "lieudit.sqlite"
    server = Server(store, "--writes-per-minute", "0")
    try:
        for number in range(200):
            give(server, f"Avant {number}")
        kept = shown(server)
        with open(store, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(4096)
            file.write(b"\x5a" * max(size - 4096, 4096))
        answers = {give(server, f"Pendant {number}").status for number in range(20)}
        assert answers <= {201, 500, 503}, answers
        assert server.process.poll() is None, "it runs still"
        assert kept <= shown(server), "what is in memory is shown still"
    finally:
        server.stop(signal.SIGKILL)
