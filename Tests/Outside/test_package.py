"""The Debian package: what is in it, that it runs from where it is put, and what an upgrade keeps."""

import json
import os
import re
import shutil
import subprocess
import textwrap

import pytest

from command import REPOSITORY, binary, environment
from served import Server


def said(*words, **options):
    finished = subprocess.run(words, capture_output=True, text=True, **options)
    assert finished.returncode == 0, f"{words}: {finished.stdout}{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    return said(str(REPOSITORY / "Tools/package"), "--binary", os.path.realpath(binary()), "--output", str(folder)).strip()


@pytest.fixture(scope="module")
def unpacked(package, tmp_path_factory):
    tree = tmp_path_factory.mktemp("unpacked")
    said("dpkg-deb", "-x", package, str(tree))
    return tree


def test_a_package_says_what_it_needs_and_what_is_the_operators(package):
    control = said("dpkg-deb", "--field", package)
    assert re.search(r"^Package: lieudit$", control, re.M)
    for needed in ("libsqlite3-0", "libspatialite7", "libproj25", "libqrencode4"):
        assert needed in control, control
    assert "/etc/lieudit/lieudit.json" in said("dpkg-deb", "--ctrl-tarfile", package, encoding="latin-1")


def test_a_package_holds_nothing_of_anybody_and_all_that_is_shown(unpacked):
    files = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    for name in ("usr/bin/lieudit", "usr/lib/lieudit/lieudit", "lib/systemd/system/lieudit.service",
                 "usr/share/lieudit/styles/lieudit.json", "usr/share/doc/lieudit/nginx.conf",
                 "usr/share/doc/lieudit/copyright"):
        assert name in files, name
    assert any(name.startswith("usr/lib/lieudit/lieudit_MapServer.resources/") for name in files)
    assert any(name.endswith("0010-usage.sql") for name in files)
    assert not any(name.endswith((".sqlite", ".swift")) for name in files)


class PackagedServer(Server):
    def __init__(self, tree, *options):
        self.tree = tree
        super().__init__(*options)

    def program(self):
        return [str(self.tree / "usr/lib/lieudit/lieudit")]


def test_what_was_unpacked_runs_from_there(unpacked, tmp_path):
    configured = json.loads((unpacked / "etc/lieudit/lieudit.json").read_text())
    assert configured["backupDays"] <= 30
    moved = {name: value.replace("/usr/share", f"{unpacked}/usr/share").replace("/var/lib", str(tmp_path))
             if isinstance(value, str) else value for name, value in configured.items()}
    for folder in ("lieudit/backups", "lieudit-tombstones"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "lieudit.json").write_text(json.dumps(moved))
    server = PackagedServer(unpacked, moved["store"], "--config", str(tmp_path / "lieudit.json"))
    try:
        assert server.get("/health").json()["status"] == "ok"
        assert server.get("/assets/maplibre-gl.js").status == 200
        assert "lieudit" in server.get("/", Accept="text/html").text.lower()
    finally:
        assert server.stop() == 0, server.error


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to judge its unit")
def test_the_unit_is_sound_and_shut_in(unpacked):
    unit = unpacked / "lib/systemd/system/lieudit.service"
    finished = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    complaints = [line for line in finished.stderr.splitlines() if "lieudit.service" in line and "is not executable" not in line]
    assert complaints == []
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)], capture_output=True, text=True)
    assert judged.returncode == 0, judged.stdout[-600:]


UPGRADE = textwrap.dedent("""
    set -e
    mount -t tmpfs tmpfs "$1/over"
    mkdir "$1/over/upper" "$1/over/work" "$1/over/root"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$1/over/upper,workdir=$1/over/work" "$1/over/root"
    cp "$1"/*.deb "$1/over/root/root/"
    mount -t proc proc "$1/over/root/proc"
    mount --rbind /dev "$1/over/root/dev"
    [ ! -d "$2" ] || { mkdir -p "$1/over/root$2"; mount --bind "$2" "$1/over/root$2"; }
    chroot "$1/over/root" /bin/sh -ec '
        dpkg -i /root/first.deb
        lieudit layer create quartier --title Quartier
        lieudit check >/dev/null
        stat -c "%U %a" /var/lib/lieudit/lieudit.sqlite
        dpkg -i /root/second.deb
        ls /var/lib/lieudit/before-upgrade
        lieudit layer create after-the-upgrade
        lieudit-go-back
        lieudit layer list
        dpkg -P lieudit
        ls /var/lib/lieudit
    '
""")


def may_overlay(folder):
    trial = f"mount -t tmpfs t {folder} && mkdir {folder}/u {folder}/w {folder}/m && " \
            f"mount -t overlay o -o lowerdir=/,upperdir={folder}/u,workdir={folder}/w {folder}/m"
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "sh", "-c", trial], capture_output=True).returncode == 0


def test_an_upgrade_backs_up_first_and_can_go_back(package, tmp_path):
    """On a copy of this machine that goes again: an overlay that nobody else sees."""
    (tmp_path / "trial").mkdir()
    if not may_overlay(tmp_path / "trial"):
        pytest.skip("only root may lay a file system over this one")
    (tmp_path / "over").mkdir()
    shutil.copy(package, tmp_path / "first.deb")
    tree = tmp_path / "second"
    said("dpkg-deb", "-R", package, str(tree))
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: .*$", "Version: 99.0", control.read_text(), flags=re.M))
    said("dpkg-deb", "--root-owner-group", "--build", str(tree), str(tmp_path / "second.deb"))
    finished = subprocess.run(
        ["unshare", "-m", "sh", "-c", UPGRADE, "sh", str(tmp_path), "/opt/swift"], capture_output=True, text=True,
        env=environment())
    told = finished.stdout + finished.stderr
    assert finished.returncode == 0, told
    assert "lieudit 600" in told
    assert re.search(r"^lieudit-\d.*\.backup$", told, re.M), told
    listed = told[told.index("runs again"):]
    assert "quartier" in listed and "after-the-upgrade" not in listed.split("Removing")[0], told
    assert "lieudit.sqlite" in listed, "people's words outlive the program"
