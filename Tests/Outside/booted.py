"""A machine of its own for one test: a copy of this one that goes again, where systemd is the first process."""

import subprocess
import time

BOOT = """
set -e
over=$1 packages=$2
mount -t tmpfs tmpfs "$over"
mkdir "$over/upper" "$over/work" "$over/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$over/upper,workdir=$over/work" "$over/root"
cd "$over/root"
mkdir -p root/packages old
mount --bind "$packages" root/packages
mount -t proc proc proc
# What is not of this machine alone may be read only.
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs tmpfs dev
for device in null zero full random urandom tty; do touch "dev/$device"; mount --bind "/dev/$device" "dev/$device"; done
mkdir dev/shm dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
ip link set lo up
for folder in "${@:3}"; do mkdir -p ".$folder"; mount --bind "$folder" ".$folder"; done
pivot_root . old
cd /
umount -l /old
# Only what Lieudit needs is started, whatever else is installed here.
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=basic.target --show-status=no
"""


class Booted:
    """`over` is an empty folder to lay the copy in; `packages` is seen inside as /root/packages."""

    def __init__(self, over, packages, *folders):
        self.process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "--net", "--cgroup", "--kill-child",
             "bash", "-c", BOOT, "boot", str(over), str(packages), *folders],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            self.first = self._first_process()
            self.wait_until("systemctl is-active --quiet basic.target")
        except AssertionError:
            self.stop()
            raise

    def _first_process(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError("no machine came up")

    def run(self, command, timeout=120):
        """Status, and what was said on both ways out."""
        finished = subprocess.run(
            ["nsenter", "--target", self.first, "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup", "--root", "--wd",
             "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "sh", "-c", command],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)
        return finished.returncode, finished.stdout

    def said(self, command):
        """What a command that succeeds says."""
        status, told = self.run(command)
        assert status == 0, f"{command}: {told}"
        return told

    def wait_until(self, command, within=60):
        deadline = time.monotonic() + within
        while self.run(command)[0] != 0:
            assert time.monotonic() < deadline and self.process.poll() is None, f"{command} never held"
            time.sleep(0.1)

    def stop(self):
        self.process.kill()
        self.process.communicate()


def may_boot(over):
    """Whether this machine lets a test start another inside: as root, with systemd and cgroups of version 2."""
    try:
        Booted(over, over).stop()
    except (AssertionError, OSError):
        return False
    return True
