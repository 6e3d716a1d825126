"""What more points cost, by the processor's time for the same requests, so that a busy machine does not change it."""
import random, statistics

from . import load, workloads
from .server import Server


def cost(server, paths, options, seconds=2):
    """Microseconds of the server's processors for one request."""
    script = load.requests(paths)
    load.wrk(server.url, script, 1, options.connections)
    return load.timed(server, script, seconds, options.connections).processor


def compare(binary, stores, places, options, table):
    """- stores: of ten thousand points, of half of them, and of all."""
    few, half, all = stores
    start = places.points[: 10_000]
    generator = random.Random(10)
    near_few = generator.sample(start, 2_000)
    half_count = len(places.points) // 2
    with Server(binary, few, "--tile-cache", "0") as a, Server(binary, half, "--tile-cache", "0") as b, \
            Server(binary, all, "--tile-cache", "0") as c:
        small, large = ["/xyz/bench/0/0/0.mvt"], ["/xyz/bench/0/0/0.mvt"]
        ratio = statistics.median(cost(c, large, options) / cost(a, small, options) for _ in range(3))
        table.line("z0 tile, all points against 10,000", f"{ratio:.2f} × the processor's time", ratio <= 1.5, "≤ 1.5 ×")
        asked = {
            "nearest 10": [f"/collections/bench/items?near={x},{y}&limit=10" for x, y in near_few],
            "tile z10": workloads.tiles("bench", near_few, 10, "mvt"),
            "tile z6": workloads.tiles("bench", near_few, 6, "mvt"),
        }
        # The same answers from twice the points: boxes that hold a hundred in each.
        pairs = {"box of 100": (workloads.boxes(b, "/collections/bench/items", near_few[:400], 100),
                                workloads.boxes(c, "/collections/bench/items", near_few[:400], 100))}
        pairs |= {name: (paths, paths) for name, paths in asked.items()}
        for name, (halves, wholes) in pairs.items():
            ratio = statistics.median(cost(c, wholes, options) / cost(b, halves, options) for _ in range(3))
            table.line(f"{name}, {len(places.points):,} against {half_count:,} points",
                       f"{ratio:.2f} × the processor's time", ratio <= 1.2, "≤ 1.2 ×")
