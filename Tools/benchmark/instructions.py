"""Instructions of one request by valgrind's callgrind: a count, so that a regression shows on a noisy machine."""
import http.client, json, os, pathlib, re, shutil, subprocess, urllib.parse

from . import workloads
from .server import bring_in

# valgrind 3.19 does not survive the call with which the main thread of a Swift server goes to sleep.
SLEEP = "#include <signal.h>\n#include <unistd.h>\nint sigsuspend(const sigset_t *mask) { for (;;) pause(); }\n"
COUNT = 300


def measure(binary, folder, places, options, table, count=100_000):
    for tool in ("valgrind", "cc"):
        if not shutil.which(tool):
            return table.line("instructions", f"not counted: there is no {tool} here (Tools/setup bench installs it)")
    few = places.points[:count]
    store, file = folder / "counted.sqlite", places.write(folder / "counted.csv", len(few))
    bring_in(binary, file, "bench", store)
    with Counted(binary, folder, store) as server:
        starts = few[:: len(few) // 200]
        paths = {
            "constant 4 kB": ["/constant/4096"],
            "box of 100": workloads.boxes(server, "/collections/bench/items", starts, 100),
            "nearest 10": [f"/collections/bench/items?near={x},{y}&limit=10" for x, y in starts],
            "hot tile": workloads.tiles("bench", starts, 14, "mvt"),
        }
        for asked in paths.values():
            server.count(asked)
    for name, told in zip(paths, server.results()):
        table.line(f"instructions, {name}", f"{told:,} a request")


class Counted:
    """A server under callgrind, on one connection."""

    def __init__(self, binary, folder, store):
        self.folder, self.out = folder, folder / "callgrind"
        (folder / "sleep.c").write_text(SLEEP)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "sleep.so", folder / "sleep.c"], check=True)
        # callgrind does not read the debugging sections that the Swift compiler writes; names of symbols stay.
        stripped = folder / "lieudit"
        subprocess.run(["strip", "--strip-debug", "-o", stripped, binary], check=True)
        for resources in pathlib.Path(binary).parent.glob("*.resources"):
            (folder / resources.name).symlink_to(resources)
        self.process = subprocess.Popen(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.out}", "--instr-atstart=no", stripped, "serve",
             "--port", "0", "--store", store, "--constant-bodies"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=dict(os.environ, LD_PRELOAD=str(folder / "sleep.so")))
        self.url = self.process.stdout.readline().split()[1]
        address = urllib.parse.urlsplit(self.url)
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=600)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(120)

    def get(self, path):
        self.connection.request("GET", path)
        reply = self.connection.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise SystemExit(f"{path} was answered {reply.status}.")
        return body

    def json(self, path):
        return json.loads(self.get(path))

    def control(self, *arguments):
        subprocess.run(["callgrind_control", *arguments, str(self.process.pid)], capture_output=True, check=True)

    def count(self, paths):
        for path in paths:
            self.get(path)
        self.control("-i", "on")
        self.control("-z")
        for number in range(COUNT):
            self.get(paths[number % len(paths)])
        self.control("-d")
        self.control("-i", "off")

    def results(self):
        """In the order of counting: each dump is a file with the next number."""
        files = sorted(self.folder.glob("callgrind.*"), key=lambda file: int(file.suffix[1:]))
        totals = [re.search(r"^(?:totals|summary): (\d+)", file.read_text(errors="replace"), re.M) for file in files]
        return [int(total[1]) // COUNT for total in totals if total]
