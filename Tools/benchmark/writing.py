"""Writing: durable contributions against what the disk syncs, reading and writing mixed, reading while others write."""
import concurrent.futures, http.client, json, os, random, statistics, time, urllib.parse

from . import load, workloads

POSTING = """
local n = 0
wrk.headers["Content-Type"] = "application/geo+json"
local function gift()
  n = n + 1
  local town = towns[n % #towns + 1]
  return wrk.format("POST", "/collections/LAYER/items", nil, string.format(
    '{"type":"Feature","geometry":{"type":"Point","coordinates":[%.6f,%.6f]},"properties":{"title":"Don ROUND-%d",' ..
    '"text":"Le bal de la rue du Moulin, un soir.","theme":["mémoire"],"when":"1987","precision":"exact","consent":true}}',
    town[1] + math.random() / 20, town[2] + math.random() / 20, n))
end
"""


def posting(places, layer, label, seed=1):
    chosen = random.Random(seed).sample(places, min(500, len(places)))
    towns = "local towns = {" + ", ".join(f"{{{x}, {y}}}" for x, y in chosen) + "}\n"
    return towns + POSTING.replace("LAYER", layer).replace("ROUND", str(label))


def contributions(server, folder, places, options, table):
    """Each durable when it is answered, in turn with what the disk syncs."""
    rounds, seconds, before = [], max(options.seconds // 3, 1), count(server)
    for number in range(3):
        syncs, slowest = disk_syncs(folder, seconds)
        rounds.append((load.wrk(server.url, posting(places, "gifts", number) + "request = gift\n", seconds,
                                options.connections), syncs, slowest))
        if count(server) <= before:
            raise SystemExit("Contributions were answered and cannot be read.")
        before = count(server)
    round, syncs, slowest = sorted(rounds, key=lambda one: one[0].rate)[1]
    least, most = min(1_000, 8 * syncs), max(50, 4_000 / syncs)
    table.row("durable contributions", round)
    table.line("contributions", f"{round.rate / syncs:.1f} a sync of the disk, which syncs {syncs:.0f}/s, p99 {slowest * 1000:.1f} ms",
               round.rate >= least and round.p99 <= most, f"≥ {least:.0f}/s, p99 ≤ {most:.0f} ms")
    read_at_once(server, options.connections)
    table.line("read by anybody as soon as answered", "each")


def count(server, layer="gifts"):
    return server.json(f"/collections/{layer}/items?limit=1")["numberMatched"]


def disk_syncs(folder, seconds):
    """How often the disk syncs 4 KiB at the end of a file beside the store, and its slowest of a hundred in seconds."""
    times = []
    with open(folder / "syncs", "wb", buffering=0) as file:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            start = time.monotonic()
            file.write(os.urandom(4096))
            os.fdatasync(file.fileno())
            times.append(time.monotonic() - start)
    return len(times) / sum(times), sorted(times)[len(times) * 99 // 100]


def read_at_once(server, connections):
    """As many clients as connections: each reads what it has given as soon as it is answered."""
    address = urllib.parse.urlsplit(server.url)

    def give(client):
        connection = http.client.HTTPConnection(address.hostname, address.port)
        for number in range(50):
            feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.35, 48.85]},
                       "properties": {"title": f"Don {client}-{number}", "consent": True}}
            connection.request("POST", "/collections/gifts/items", json.dumps(feature))
            reply = connection.getresponse()
            answer = json.loads(reply.read())
            connection.request("GET", f"/collections/gifts/items/{answer.get('id')}")
            found = connection.getresponse()
            title = json.loads(found.read()).get("properties", {}).get("title")
            if reply.status != 201 or found.status != 200 or title != f"Don {client}-{number}":
                return f"A contribution was answered {reply.status} and then read with {found.status}."
        return None

    with concurrent.futures.ThreadPoolExecutor(connections) as clients:
        for failure in clients.map(give, range(connections)):
            if failure:
                raise SystemExit(failure)


def mixed(server, points, options, table):
    """Of twenty requests one writes into the large layer, and the others ask for tiles that such writes touch."""
    places = random.Random(4).sample(points, 500)
    paths = sum((workloads.tiles("bench", places, zoom, "mvt") for zoom in (0, 6, 10, 14)), [])
    script = load.requests(paths) + posting(places, "bench", "mixed") + """
local read, turn = request, 0
request = function() turn = turn + 1; if turn % 20 == 0 then return gift() end; return read() end
"""
    rounds = [load.wrk(server.url, script, max(options.seconds // 3, 1), options.connections) for _ in range(3)]
    table.row("95 tiles to 5 writes", load.middle(rounds), memory=server.memory())


# So many that a write may take long beside others and the pace is kept.
WRITERS = 100


def reads_beside_writes(server, points, options, table, wanted=500):
    """The slowest of a hundred reads while others write steadily, against the same without."""
    places = random.Random(6).sample(points, 2_000)
    reads = [f"/collections/bench/items?near={x},{y}&limit=10" for x, y in places[:1_000]]
    reads += workloads.tiles("bench", places[1_000:], 10, "mvt")
    random.Random(2).shuffle(reads)
    script, seconds = load.requests(reads), max(options.seconds // 2, 3)
    ratios, rates = [], []
    pace = paced(server, script, points, options.connections, wanted)
    for _ in range(3):
        alone = load.wrk(server.url, script, seconds, options.connections)
        beside, writing = both(server, script, seconds, options.connections, pace)
        rates.append(writing.rate)
        ratios.append((beside.p99 / alone.p99, alone, beside))
    ratio, alone, beside = sorted(ratios, key=lambda one: one[0])[1]
    table.row("reads alone", alone)
    table.row("reads beside writes", beside)
    rate = statistics.median(rates)
    table.line("p99 beside writes", f"{ratio:.1f} × alone, at {rate:.0f} writes/s", ratio <= 3 and rate >= 0.8 * wanted,
               f"≤ 3 × at {wanted}/s")


def paced(server, reading, points, connections, wanted):
    """Each connection waits so long between two writes that all together keep the pace, what a write takes beside the
    reading counted in."""
    def script(wait):
        return posting(points, "bench", "beside") + f"request = gift\ndelay = function() return {wait:.0f} end\n"
    wait = WRITERS * 1000 / wanted
    _, taken = both(server, reading, 3, connections, script(wait))
    return script(max(wait - (WRITERS / taken.rate - WRITERS / wanted) * 1000, 0))


def both(server, reading, seconds, connections, writing):
    """Reads while others write: from half a second after their beginning to half a second before their end."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        writes = pool.submit(load.wrk, server.url, writing, seconds + 1, WRITERS)
        time.sleep(0.5)
        return load.wrk(server.url, reading, seconds, connections), writes.result()
