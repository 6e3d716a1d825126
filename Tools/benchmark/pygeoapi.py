"""pygeoapi, which answers OGC API Features from PostGIS as many services of the field do, behind gunicorn."""
import os, pathlib, subprocess, sys

from . import load
from .peers import PostGIS, free_port, until_open

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INSTALLED = ROOT / ".tools/pygeoapi"


def install():
    if (INSTALLED / "bin/gunicorn").exists():
        return
    print("Installing pygeoapi into .tools", flush=True)
    subprocess.run([sys.executable, "-m", "venv", INSTALLED], check=True)
    subprocess.run([INSTALLED / "bin/pip", "install", "-q", "--no-deps", "--require-hashes", "-r",
                    ROOT / "Tools/requirements-peers.txt"], check=True)


class PyGeoAPI(PostGIS):
    def start(self):
        install()
        super().start()
        self.web = free_port()
        configuration, definition = self.folder / "pygeoapi.yml", self.folder / "openapi.yml"
        configuration.write_text(self.configuration())
        own = dict(os.environ, PYGEOAPI_CONFIG=str(configuration), PYGEOAPI_OPENAPI=str(definition))
        subprocess.run([INSTALLED / "bin/pygeoapi", "openapi", "generate", configuration, "--output-file", definition],
                       check=True, env=own, capture_output=True)
        self.run_daemon(str(INSTALLED / "bin/gunicorn"), "--workers", "2", "--threads", "8", "--keep-alive", "60",
                        "--bind", f"127.0.0.1:{self.web}", "pygeoapi.flask_app:APP", env=own)
        until_open(self.web)

    def configuration(self):
        return f"""
server:
  bind: {{host: 127.0.0.1, port: {self.web}}}
  url: http://127.0.0.1:{self.web}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 100, max_items: 10000}}
  map: {{url: "http://127.0.0.1/", attribution: none}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: bench, description: bench, keywords: [bench], keywords_type: theme, terms_of_service: none, url: "http://127.0.0.1/"}}
  license: {{name: none, url: "http://127.0.0.1/"}}
  provider: {{name: bench, url: "http://127.0.0.1/"}}
  contact: {{name: bench}}
resources:
  bench:
    type: collection
    title: bench
    description: bench
    keywords: [bench]
    extents: {{spatial: {{bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data: {{host: 127.0.0.1, port: {self.port}, dbname: postgres, user: postgres, password: none, search_path: [public]}}
        id_field: id
        table: place
        geom_field: geom
"""

    def workloads(self, options):
        asked = [f"/collections/bench/items?f=json&bbox={','.join(map(str, box))}&limit=100" for box in self.edges]
        script, front = load.requests(asked), f"http://127.0.0.1:{self.web}"
        yield "box of 100", lambda: load.wrk(front, script, max(options.seconds // 3, 1), options.connections), 10
