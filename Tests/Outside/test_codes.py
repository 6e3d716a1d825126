"""A printed code is read again: from the picture, from the drawing in a browser, and from the sheet that goes to a wall."""

import base64
import json
import os
import pathlib
import re
import subprocess
import time

import pytest

from command import binary, done, environment
from served import Server
from test_contribute import ITEMS, LAYER, bearer, contribute, curators_token, decide, feature
from visiting import Visitor

KNOWN = "https://lieu.example"


def read(picture, tmp_path):
    """What an independent reader finds in a picture."""
    file = tmp_path / "seen.png"
    file.write_bytes(picture)
    found = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)],
                           capture_output=True, text=True, check=False)
    return found.stdout.split("\n")[:-1]


@pytest.fixture
def venue(store):
    done(store, "layer", "create", LAYER, "--title", "La fabrique du canal")
    servers = []

    def start(*options):
        servers.append(Server(store, *options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def points(server, token, count):
    made = []
    for number in range(count):
        given = contribute(server, title=f"Le banc n° {number + 1}, celui qui écoute passer l’eau du canal Saint-Martin",
                           kind="encounter", precision="exact")
        assert decide(server, token, given["id"], "publish").status == 200
        made.append(given["id"])
    return made


def ask(server, token, address, body):
    return server.ask(address, "POST", json.dumps(body), **bearer(token))


class Reader(Visitor):
    """Somebody who prints, and who looks at one sheet only."""

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._receive(0.05)

    def printed(self):
        return base64.b64decode(self._ask("Page.printToPDF", session=self._session, printBackground=True, preferCSSPageSize=True)["data"])

    def part(self, x, y, width, height):
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        told = self._ask("Page.captureScreenshot", session=self._session, clip=clip, captureBeyondViewport=True)
        return base64.b64decode(told["data"])


@pytest.fixture
def reader(tmp_path):
    reader = Reader(tmp_path / "profile", width=900, height=1200)
    yield reader
    reader.close()


def show(reader, markup, server):
    """Shows a page that was answered to a bearer as a browser draws it, at the address of the server."""
    reader.open(f"{server.url}/mine", quiet=0.4)
    reader.evaluate(f"document.documentElement.innerHTML = {json.dumps(markup)}; document.documentElement.className = ''")
    reader.wait(0.5)


def test_a_code_is_read_from_its_picture_its_drawing_and_its_sheet(store, venue, reader, tmp_path):
    server = venue("--public-url", KNOWN)
    token = curators_token(store)
    [point] = points(server, token, 1)
    issued = ask(server, token, f"/encounters/{point}/codes", {"label": "mur"}).json()
    link = f"{KNOWN}/e/{issued['code']}"
    assert issued["link"] == link
    address = f"/encounters/{point}/codes/{issued['id']}/code"
    png = ask(server, token, address + ".png", {"code": issued["code"]})
    assert png.status == 200 and read(png.body, tmp_path) == [link]
    svg = ask(server, token, address + ".svg", {"code": issued["code"]})
    show(reader, f"<body>{svg.text}</body>", server)
    assert read(reader.screenshot(), tmp_path) == [link]
    sheet = ask(server, token, f"/moderation/{LAYER}/sheets", {"codes": [{"point": point, **issued}]})
    assert sheet.status == 200, sheet.text
    show(reader, sheet.text, server)
    assert read(reader.screenshot(), tmp_path) == [link]
    assert f"lieu.example/e/{issued['code']}" in reader.evaluate("document.body.textContent.replace(/\\s+/g, '')")
    assert reader.evaluate("document.querySelector('.sheet').scrollHeight <= document.querySelector('.sheet').clientHeight")


def test_a_code_is_read_with_a_quarter_of_it_painted_over_and_not_with_half(store, venue, reader, tmp_path):
    server = venue("--public-url", KNOWN)
    token = curators_token(store)
    [point] = points(server, token, 1)
    issued = ask(server, token, f"/encounters/{point}/codes", {"label": ""}).json()
    svg = ask(server, token, f"/encounters/{point}/codes/{issued['id']}/code.svg", {"code": issued["code"]}).text
    paint = "<rect x='14' y='14' width='{0}' height='{0}' fill='#777'/></svg>"
    for side, expected in ((8, True), (24, False)):
        painted = svg.replace("</svg>", paint.format(side)).replace('width="40mm" height="40mm"', 'width="600" height="600"')
        show(reader, f"<body>{painted}</body>", server)
        found = read(reader.screenshot(), tmp_path)
        assert (found == [issued["link"]]) is expected, (side, found)


def test_one_print_for_a_whole_layer_has_a_sheet_a_page_and_each_code_opens(store, venue, reader, tmp_path):
    server = venue("--public-url", KNOWN)
    token = curators_token(store)
    made = points(server, token, 5)
    codes = ask(server, token, f"/moderation/{LAYER}/codes", {"label": "affiche"}).json()["codes"]
    assert sorted(code["point"] for code in codes) == sorted(made)
    sheets = ask(server, token, f"/moderation/{LAYER}/sheets", {"codes": codes})
    show(reader, sheets.text, server)
    kept = os.environ.get("LIEUDIT_SCREENSHOTS")
    if kept:
        pathlib.Path(kept, "sheets.png").write_bytes(reader.screenshot())
        pathlib.Path(kept, "sheets.pdf").write_bytes(reader.printed())
    pages = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", reader.printed())
    assert len(pages) == 5 and all((round(float(wide)), round(float(high))) == (298, 420) for wide, high in pages), pages
    read_back = []
    for number in range(5):
        box = reader.evaluate(f"(({{x, y, width, height}}) => [x + scrollX, y + scrollY, width, height])(document.querySelectorAll('.sheet')[{number}].getBoundingClientRect())")
        assert abs(box[2] / box[3] - 105 / 148) < 0.01, box
        read_back += read(reader.part(*box), tmp_path)
    assert sorted(read_back) == sorted(code["link"] for code in codes)
    for link in read_back:
        assert server.get(link.removeprefix(KNOWN)).json()["state"] == "alive"


def test_printing_is_refused_with_what_to_set_until_the_address_is_known(store, venue, monkeypatch):
    for options in ((), ("--public-url", "http://localhost:8080")):
        server = venue(*options)
        token = curators_token(store)
        reply = ask(server, token, f"/moderation/{LAYER}/codes", {})
        assert reply.status == 409 and "LIEUDIT_PUBLIC_URL" in reply.json()["detail"]
        assert server.stop() == 0


def test_what_was_printed_under_a_former_address_goes_on_opening(store, venue):
    first = venue("--public-url", "https://ancien.example")
    token = curators_token(store)
    [point] = points(first, token, 1)
    issued = ask(first, token, f"/encounters/{point}/codes", {}).json()
    assert issued["link"].startswith("https://ancien.example/e/") and first.stop() == 0
    server = venue("--public-url", KNOWN, "--former-public-url", "https://ancien.example", "--former-public-url", "http://plus.ancien.example:8080/")
    for host in ("ancien.example", "plus.ancien.example:8080"):
        page = server.get(f"/e/{issued['code']}", Host=host, Accept="text/html").text
        assert f'rel="canonical" href="{KNOWN}/e/{issued["code"]}"' in page
        assert "canonical" not in server.get("/e/7K3M-0QXA-T9ZD", 404, Host=host, Accept="text/html").text
        assert f'href="{KNOWN}/contribute/{LAYER}"' in server.get(f"/contribute/{LAYER}", Host=host).text
    assert "canonical" not in server.get(f"/e/{issued['code']}", Host="lieu.example", Accept="text/html").text
    # Pages read there may give from there, and nobody who only says so.
    for host, origin, status in [
        ("ancien.example", "https://ancien.example", 201), ("lieu.example", KNOWN, 201), ("lieu.example", "https://ancien.example", 403),
        ("ancien.example", "https://evil.example", 403), ("ancien.example.evil.example", "https://ancien.example", 403),
        ("ancien.example", "http://ancien.example", 403),
    ]:
        given = server.ask(ITEMS, "POST", feature(), Host=host, Origin=origin, Content_Type="application/geo+json")
        assert given.status == status, (host, origin, given.text)
    assert ITEMS in server.get(f"/e/{issued['code']}", Host="ancien.example").json()["contribute"]["href"]


@pytest.mark.parametrize("address", ["lieu.example", "ftp://lieu.example", "https://lieu.example/chemin", "https://a@b.example"])
def test_a_former_address_that_is_none_is_refused_in_a_sentence(store, address):
    done(store, "layer", "create", LAYER)
    refused = subprocess.run([binary(), "serve", "--store", str(store), "--port", "0", "--former-public-url", address],
                             capture_output=True, text=True, env=environment(), timeout=60, check=False)
    assert refused.returncode == 1 and "former public address" in refused.stderr
