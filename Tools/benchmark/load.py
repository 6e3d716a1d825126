"""wrk, and the ceiling: what the same process answers for a constant body of the same size, in turn, so that a machine
which slows down slows both."""
import json, statistics, subprocess, tempfile
from dataclasses import dataclass

DONE = """
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("\\nRESULT %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.read + errors.write + errors.timeout))
end
"""
READING = """
local n = 0
request = function() n = n + 1; local it = requests[n % #requests + 1]; return wrk.format("GET", it[1], it[2]) end
"""


@dataclass
class Round:
    rate: float
    p50: float
    p99: float
    """Milliseconds."""
    processor: float = 0
    """Microseconds of the server's processors for one request."""


def requests(paths):
    """Paths, or pairs of a path and its headers, as a table for wrk."""
    def line(request):
        path, headers = request if isinstance(request, tuple) else (request, {})
        fields = ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items())
        return "{" + json.dumps(path) + ", {" + fields + "}}"
    return "local requests = {\n" + ",\n".join(map(line, paths)) + "}\n" + READING


def wrk(url, script, seconds, connections=16):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + DONE)
        file.flush()
        out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", file.name, url],
                             capture_output=True, text=True, check=True).stdout
    count, micros, p50, p99, errors = map(int, out.split("RESULT")[1].split()[:5])
    if errors:
        raise SystemExit(f"{errors} of {count} requests failed.")
    return Round(count / micros * 1e6, p50 / 1000, p99 / 1000)


def timed(server, script, seconds, connections=16):
    """The same, with what it took the server."""
    before = server.cpu()
    round = wrk(server.url, script, seconds, connections)
    round.processor = (server.cpu() - before) / max(round.rate * seconds, 1) * 1e6
    return round


def middle(rounds):
    """The median of each, by itself."""
    return Round(*(statistics.median(getattr(one, name) for one in rounds) for name in ("rate", "p50", "p99", "processor")))


def in_turn(first, second, rounds=3):
    """Two measurements, one after the other and again: the medians of both, and the median of the ratios of rates."""
    pairs = [(first(), second()) for _ in range(rounds)]
    ratio = statistics.median(a.rate / b.rate for a, b in pairs)
    return middle([a for a, _ in pairs]), middle([b for _, b in pairs]), ratio
