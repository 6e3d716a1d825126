"""The package on a machine that systemd runs: it starts, is shut in, is brought up again, upgraded, and goes back."""

import os
import re
import shutil
import time

import pytest

from booted import Booted, may_boot
from test_package import package, said  # noqa: F401, the first is a fixture

HEALTH = "curl -sf --noproxy '*' http://127.0.0.1:8080/health"


@pytest.fixture(scope="module")
def machine(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    for name in ("trial", "over", "packages"):
        (folder / name).mkdir()
    if not may_boot(folder / "trial"):
        pytest.skip("only root, and only where systemd is, may start a machine inside this one")
    shutil.copy(package, folder / "packages/first.deb")
    tree = folder / "second"
    said("dpkg-deb", "-R", package, str(tree))
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: .*$", "Version: 99.0", control.read_text(), flags=re.M))
    said("dpkg-deb", "--root-owner-group", "--build", str(tree), str(folder / "packages/second.deb"))
    # The tests' own build finds Swift's libraries there.
    swift = [path for path in ("/opt/swift",) if os.path.isdir(path)]
    booted = Booted(folder / "over", folder / "packages", *swift)
    try:
        booted.installed = booted.run("dpkg -i /root/packages/first.deb", timeout=300)
        yield booted
    finally:
        booted.stop()


def test_it_answers_as_soon_as_it_is_installed(machine):
    status, told = machine.installed
    assert status == 0, told
    machine.said(HEALTH)
    assert machine.said("systemctl is-enabled lieudit").strip() == "enabled"


def test_its_user_owns_what_it_keeps_and_nobody_else_reads_it(machine):
    machine.said("lieudit layer create quartier --title Quartier")
    assert "sound" in machine.said("lieudit check")
    kept = machine.said("stat -c '%U %a %n' /var/lib/lieudit/lieudit.sqlite* /var/lib/lieudit-tombstones/*")
    for line in kept.splitlines():
        assert line.startswith("lieudit 600 "), line
    assert machine.said("stat -c '%U %a' /var/lib/lieudit").strip() == "lieudit 750"
    assert machine.run("setpriv --reuid nobody --clear-groups ls /var/lib/lieudit")[0] != 0


def test_the_service_is_shut_in(machine):
    """What the unit promises holds in the kernel: each look is made in the place where the server itself lives."""
    pid = machine.said("systemctl show --property MainPID --value lieudit").strip()
    status = machine.said(f"cat /proc/{pid}/status")
    assert re.search(r"^CapEff:\s+0+$", status, re.M) and re.search(r"^CapBnd:\s+0+$", status, re.M)
    assert re.search(r"^NoNewPrivs:\s+1$", status, re.M) and re.search(r"^Seccomp:\s+2$", status, re.M)
    mounts = machine.said(f"cat /proc/{pid}/mountinfo")
    assert re.search(r" / / ro,", mounts) and re.search(r" /var/lib/lieudit rw,", mounts), mounts
    inside = f"nsenter --target {pid} --mount setpriv --reuid lieudit --clear-groups"
    assert machine.run(f"{inside} touch /var/lib/lieudit/here && rm /var/lib/lieudit/here")[0] == 0
    for place in ("/etc/lieudit", "/usr/lib/lieudit", "/var/log", "/home"):
        assert machine.run(f"nsenter --target {pid} --mount touch {place}/here")[0] != 0, place


def test_it_is_brought_up_again_after_it_was_killed(machine):
    before = machine.said("systemctl show --property MainPID --value lieudit").strip()
    machine.said(f"kill -KILL {before}")
    machine.wait_until(HEALTH)
    assert machine.said("systemctl show --property MainPID --value lieudit").strip() != before
    assert "quartier" in machine.said("lieudit layer list")


def test_it_stops_cleanly_within_ten_seconds_though_somebody_still_listens(machine):
    slow = "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /' >&3; touch /tmp/listening; sleep 60"
    machine.said(f"systemd-run --unit slow bash -c \"{slow}\"")
    machine.wait_until("test -e /tmp/listening")
    began = time.monotonic()
    machine.said("systemctl stop lieudit")
    assert time.monotonic() - began < 10
    assert "Result=success" in machine.said("systemctl show --property Result lieudit")
    machine.said("systemctl start lieudit && systemctl stop slow")
    machine.said(HEALTH)


def test_its_log_says_nothing_of_threads_and_nothing_of_people(machine):
    told = machine.said("journalctl --unit lieudit --output cat")
    assert "thread priority" not in told and "Lieudit: http://127.0.0.1:8080" in told


def test_an_upgrade_keeps_what_was_and_the_way_back_is_open(machine):
    machine.said("dpkg -i /root/packages/second.deb")
    machine.said(HEALTH)
    assert "backup" in machine.said("ls /var/lib/lieudit/before-upgrade")
    machine.said("lieudit layer create later --title Plus-tard")
    machine.said("lieudit-go-back")
    machine.said(HEALTH)
    layers = machine.said("lieudit layer list")
    assert "quartier" in layers and "later" not in layers


def test_purging_takes_the_program_and_leaves_what_people_gave(machine):
    machine.said("dpkg --purge lieudit")
    assert machine.run(HEALTH)[0] != 0
    assert "lieudit.sqlite" in machine.said("ls /var/lib/lieudit")
    assert machine.run("systemctl cat lieudit")[0] != 0
