"""A whole layer in one answer: when its first byte comes, how fast it goes on, and what it takes in memory."""
import time, urllib.request


def measure(server, count, table, layer="bench"):
    for ending in ("geojsonl", "geojson", "csv"):
        server.get(f"/constant/0")
        server.forget_peak()
        before = server.memory()
        start = time.monotonic()
        with urllib.request.urlopen(f"{server.url}/exports/{layer}.{ending}", timeout=600) as reply:
            size = len(reply.read(1))
            first = time.monotonic() - start
            while piece := reply.read(1 << 20):
                size += len(piece)
        seconds, more = time.monotonic() - start, max(server.memory("VmHWM") - before, 0)
        table.line(f"export, {ending}", f"first byte after {first * 1000:.0f} ms, {count / seconds:,.0f} features/s, "
                   f"{size >> 20} MiB, {more >> 20} MiB more memory",
                   count / seconds >= 150_000 and more <= 32 << 20, "≥ 150,000/s in constant memory")
