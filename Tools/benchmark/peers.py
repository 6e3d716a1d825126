"""Peers on the same data, in the same run: PostGIS through pgbench and Redis GEOSEARCH (both without HTTP), MapServer on
PostGIS, and nginx with our own tiles as files. Debian packages, installed only when asked for."""
import os, pathlib, random, re, shutil, signal, socket, subprocess, tempfile, time

from . import load, redis, truth, workloads

PACKAGES = ["postgresql", "postgresql-15-postgis-3", "redis-server", "nginx-light", "cgi-mapserver", "spawn-fcgi"]


def measure(others, server, folder, places, options, table):
    install()
    ours = {}
    starts = random.Random(7).sample(places.points, workloads.DISTINCT)
    base = "/collections/bench/items"
    edges = [edges_of(path) for path in workloads.boxes(server, base, starts[:400], 100)]
    asked = {
        "box of 100": [f"{base}?bbox={','.join(map(str, box))}&limit=100" for box in edges],
        "nearest 10": [f"{base}?near={x},{y}&limit=10" for x, y in starts],
        "within 5 km, 100": [f"{base}?near={x},{y}&radius=5000&limit=100" for x, y in starts],
        "tile z10": workloads.tiles("bench", starts, 10, "mvt"),
    }

    def own(name):
        return load.wrk(server.url, load.requests(asked[name]), max(options.seconds // 3, 1), options.connections)

    for peer in others:
        try:
            with peer(server, folder, places, starts, edges, asked) as other:
                for name, run, at_least in other.workloads(options):
                    mine, theirs, ratio = load.in_turn(lambda: own(name), run)
                    table.line(f"{name}, against {peer.__name__}",
                               f"{mine.rate:,.0f} to {theirs.rate:,.0f} a second, {ratio:.2f} ×", ratio >= at_least,
                               f"≥ {at_least} ×")
        except (OSError, subprocess.CalledProcessError) as problem:
            table.line(peer.__name__, f"could not be measured: {problem}")


def install():
    missing = [name for name in PACKAGES if subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status}", name], capture_output=True, text=True).stdout != "installed"]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit("Some packages of the peers are missing. As root: apt-get install --no-install-recommends "
                         + " ".join(missing))
    print("Installing Debian packages:", " ".join(missing), flush=True)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive", RUNLEVEL="1")
    subprocess.run(["apt-get", "-q", "update"], check=True, stdout=subprocess.DEVNULL, env=quiet)
    subprocess.run(["apt-get", "-q", "install", "-y", "--no-install-recommends", *missing], check=True,
                   stdout=subprocess.DEVNULL, env=quiet)


def edges_of(path):
    return [float(edge) for edge in path.split("bbox=")[1].split("&")[0].split(",")]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_open(port, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise OSError(f"nothing answers on port {port}")


class Peer:
    def __init__(self, server, folder, places, starts, edges, asked):
        self.server, self.places, self.starts, self.edges, self.asked = server, places, starts, edges, asked
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="peer-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.processes = []

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # The last first, and at once: PostgreSQL would wait for its clients when asked politely.
        for process in reversed(self.processes):
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run_daemon(self, *command, **options):
        self.processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options))


class PostGIS(Peer):
    """A cluster of its own beside whatever else runs, with a GiST index, clustered along it and vacuumed."""
    name_of_user = "postgres"

    def start(self):
        self.bin = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        data = self.folder / "data"
        data.mkdir()
        shutil.chown(self.folder, self.name_of_user)
        shutil.chown(data, self.name_of_user)
        self.as_user(self.bin / "initdb", "-D", data, "-A", "trust", "--no-sync")
        self.run_daemon("setpriv", "--reuid", self.name_of_user, "--regid", self.name_of_user, "--clear-groups",
                        str(self.bin / "postgres"), "-D", str(data), "-p", str(self.port), "-k", str(self.folder),
                        "-c", "shared_buffers=1GB", "-c", "fsync=off", "-c", "listen_addresses=127.0.0.1")
        until_open(self.port)
        rows = self.folder / "rows.csv"
        with open(rows, "w", encoding="utf-8") as file:
            for number, (x, y) in enumerate(self.places.points):
                file.write(f"{number},SRID=4326;POINT({x} {y}),Au {number % 97} rue du Moulin\n")
        self.sql("CREATE EXTENSION postgis; CREATE TABLE place (id int PRIMARY KEY, geom geometry(Point, 4326), title text)")
        self.sql(f"\\copy place FROM '{rows}' CSV")
        self.sql("CREATE INDEX place_geom ON place USING gist (geom); CLUSTER place USING place_geom; VACUUM ANALYZE place")

    def as_user(self, *command):
        subprocess.run(["setpriv", "--reuid", self.name_of_user, "--regid", self.name_of_user, "--clear-groups",
                        *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def sql(self, text):
        for part in ([text] if text.startswith("\\") else text.split(";")):
            subprocess.run(["psql", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", self.name_of_user, "-c", part],
                           check=True, stdout=subprocess.DEVNULL)

    def workloads(self, options):
        answer = "json_build_object('type','Feature','id',id,'geometry',ST_AsGeoJSON(geom)::json,'properties',json_build_object('title',title))"
        boxes = "SELECT " + answer + " FROM place WHERE geom && ST_MakeEnvelope(:w,:s,:e,:n,4326) LIMIT 100;"
        near = "SELECT " + answer + " FROM place ORDER BY geom <-> ST_SetSRID(ST_MakePoint(:x,:y),4326) LIMIT 10;"
        yield "box of 100", lambda: self.pgbench(boxes, [dict(zip("wsen", edge)) for edge in self.edges], options), 1
        yield "nearest 10", lambda: self.pgbench(near, [{"x": x, "y": y} for x, y in self.starts], options), 1

    def pgbench(self, query, rows, options):
        """Its variables are numbers of a table of cases, drawn at random and fetched by nothing but a look-up."""
        scripts = []
        for number, row in enumerate(random.Random(2).sample(rows, min(200, len(rows)))):
            path = self.folder / f"query-{number}.sql"
            text = query
            for name, value in row.items():
                text = re.sub(rf":{name}\b", repr(value), text)
            path.write_text(text)
            scripts += ["-f", str(path)]
        # pgbench takes 128 scripts at most.
        out = subprocess.run(["pgbench", "-n", "-M", "prepared", "-h", "127.0.0.1", "-p", str(self.port), "-U",
                              self.name_of_user, "-c", str(options.connections), "-j", "2", "-T",
                              str(max(options.seconds // 3, 1)), *scripts[:256], "postgres"],
                             check=True, capture_output=True, text=True).stdout
        return load.Round(float(re.search(r"tps = ([\d.]+)", out)[1]), 0, 0)


class Redis(Peer):
    def start(self):
        self.run_daemon("redis-server", "--port", str(self.port), "--save", "", "--dir", str(self.folder))
        until_open(self.port)
        lines = "".join(f"GEOADD places {x} {y} {number}\r\n" for number, (x, y) in enumerate(self.places.points))
        subprocess.run(["redis-cli", "-p", str(self.port), "--pipe"], input=lines, text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def workloads(self, options):
        nearest = "FROMLONLAT {x} {y} BYRADIUS 20 km ASC COUNT 10"
        circle = "FROMLONLAT {x} {y} BYRADIUS 5 km ASC COUNT 100"
        yield "nearest 10", lambda: self.search(nearest, options), 1
        yield "within 5 km, 100", lambda: self.search(circle, options), 1

    def search(self, question, options):
        """The same places that we are asked about, ids only."""
        asked = ["GEOSEARCH places " + question.format(x=x, y=y) for x, y in self.starts]
        return load.Round(redis.rate(self.port, asked, options.connections, max(options.seconds // 3, 1)), 0, 0)


class Nginx(Peer):
    """Our own tiles as files: what no computing at all would give."""

    def start(self):
        self.paths = self.asked["tile z10"]
        for path in self.paths:
            file = self.folder / path[1:]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.server.get(path))
        (self.folder / "nginx.conf").write_text(
            f"worker_processes 2; pid {self.folder}/pid; error_log /dev/null; daemon off;\n"
            f"events {{ worker_connections 256; }}\nhttp {{ access_log off; keepalive_requests 1000000; "
            f"open_file_cache max=10000; server {{ listen 127.0.0.1:{self.port}; root {self.folder}; }} }}\n")
        subprocess.run(["chmod", "-R", "a+rX", str(self.folder)], check=True)
        self.run_daemon("nginx", "-c", str(self.folder / "nginx.conf"))
        until_open(self.port)

    def workloads(self, options):
        asked = load.requests(self.paths)
        yield "tile z10", lambda: load.wrk(f"http://127.0.0.1:{self.port}", asked, max(options.seconds // 3, 1),
                                           options.connections), 0.4


class MapServer(PostGIS):
    """OGC API Features on PostGIS, by FastCGI behind nginx."""

    def start(self):
        super().start()
        self.web = free_port()
        (self.folder / "bench.map").write_text(f"""MAP
  NAME "bench" EXTENT -180 -90 180 90 PROJECTION "epsg:4326" END
  WEB METADATA "oga_onlineresource" "http://127.0.0.1:{self.web}/api" "ows_enable_request" "*" END END
  LAYER NAME "bench" TYPE POINT STATUS ON CONNECTIONTYPE POSTGIS
    CONNECTION "host=127.0.0.1 port={self.port} user=postgres dbname=postgres" PROCESSING "CLOSE_CONNECTION=DEFER"
    DATA "geom from place using unique id using srid=4326" PROJECTION "epsg:4326" END
    METADATA "oga_title" "bench" "gml_include_items" "all" "gml_featureid" "id" "oga_max_limit" "10000" END
    TEMPLATE "void" END
END
""")
        (self.folder / "mapserver.conf").write_text(
            f'CONFIG ENV MS_MAP_PATTERN "." OGCAPI_HTML_TEMPLATE_DIRECTORY "/usr/share/mapserver/ogcapi/templates/html-bootstrap4/" END'
            f' MAPS BENCH "{self.folder}/bench.map" END END')
        for number in range(2):
            self.run_daemon("spawn-fcgi", "-n", "-s", str(self.folder / f"socket{number}"), "-M", "0666", "--",
                            "/usr/lib/cgi-bin/mapserv", env=dict(os.environ, MAPSERVER_CONFIG_FILE=str(self.folder / "mapserver.conf")))
        workers = " ".join(f"server unix:{self.folder}/socket{number};" for number in range(2))
        (self.folder / "front.conf").write_text(
            f"user root; worker_processes 2; pid {self.folder}/front.pid; error_log /dev/null; daemon off;\nevents {{ worker_connections 256; }}\n"
            f"http {{ access_log off; keepalive_requests 1000000; upstream maps {{ {workers} keepalive 2; }} server {{ listen 127.0.0.1:{self.web};"
            "location / { fastcgi_pass maps; fastcgi_keep_conn on; fastcgi_param PATH_INFO $uri; fastcgi_param QUERY_STRING $query_string;"
            " fastcgi_param REQUEST_METHOD GET; fastcgi_param SERVER_NAME localhost; fastcgi_param SERVER_PORT 80; fastcgi_param SCRIPT_NAME \"\"; } } }\n")
        self.run_daemon("nginx", "-c", str(self.folder / "front.conf"))
        until_open(self.web)

    def workloads(self, options):
        front = f"http://127.0.0.1:{self.web}"
        asked = [f"/BENCH/ogcapi/collections/bench/items?f=json&bbox={','.join(map(str, box))}&limit=100" for box in self.edges]
        script = load.requests(asked)
        yield "box of 100", lambda: load.wrk(front, script, max(options.seconds // 3, 1), options.connections), 10
