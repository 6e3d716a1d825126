"""The slowest of a hundred steady reads while a backup of the whole store is made beside them, against the same without."""
import random, subprocess, threading, time

from . import load, workloads

RATE = 500
READERS = 10


def measure(binary, server, store, points, options, table):
    script, seconds = steady(points), max(options.seconds, 6)
    rounds = []
    for number in range(3):
        alone = load.wrk(server.url, script, seconds, READERS)
        with Backups(binary, store, store.parent / "backups") as backups:
            rounds.append((alone, load.wrk(server.url, script, seconds, READERS), backups))
    alone, beside, backups = sorted(rounds, key=lambda one: one[1].p99 / one[0].p99)[1]
    table.head("backup")
    table.row("steady reads alone", alone)
    table.row("steady reads beside a backup", beside)
    ratio = beside.p99 / alone.p99
    table.line("p99 beside a backup", f"{ratio:.1f} × alone at {beside.rate:.0f} reads/s; {store.stat().st_size >> 20} MiB saved and "
               f"looked at in {backups.seconds:.1f} s", ratio <= 2 and beside.rate >= 0.8 * RATE, f"≤ 2 × at {RATE}/s")


def steady(points):
    """Boxes, nearness and tiles, each connection waiting between two of them."""
    places = random.Random(12).sample(points, 1_500)
    reads = [f"/collections/bench/items?near={x},{y}&limit=10" for x, y in places[:500]]
    reads += [f"/collections/bench/items?bbox={x - 0.02},{y - 0.02},{x + 0.02},{y + 0.02}" for x, y in places[500:1_000]]
    reads += workloads.tiles("bench", places[1_000:], 12, "mvt")
    random.Random(3).shuffle(reads)
    return load.requests(reads) + f"delay = function() return {READERS * 1000 // RATE} end\n"


class Backups:
    """One backup after the other, as the command makes them, for as long as one looks."""

    def __init__(self, binary, store, folder):
        self.binary, self.store, self.folder, self.seconds, self.ends = binary, store, folder, 0.0, False
        folder.mkdir(exist_ok=True)

    def __enter__(self):
        self.work = threading.Thread(target=self.repeat)
        self.work.start()
        time.sleep(0.2)
        return self

    def repeat(self):
        while not self.ends:
            target, start = self.folder / f"{time.monotonic_ns()}.backup", time.monotonic()
            subprocess.run([self.binary, "backup", target, "--store", self.store], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            self.seconds = time.monotonic() - start
            target.unlink()

    def __exit__(self, *_):
        self.ends = True
        self.work.join()
