"""One memory from the door of the venue to a partner's page and back, with four people, four devices and no reload."""

import time

import pytest

import accessible
import asked
from arranged import Partner
from asked import HERE, LAYER, NOTHING_KEPT, Participant, server, store, token  # noqa: F401, fixtures among them
from framed import PartnerVisitor, Site
from test_desk import Curator
from test_page import strangers

TITLE = "Le bal du quatorze juillet"
SHOWN = f"[...document.querySelectorAll('.items h3')].some((it) => it.textContent === {TITLE!r})"
AREAS = "document.querySelector('.names')?.innerText.includes('à 200 m près')"


@pytest.fixture
def people(tmp_path):
    """Who pins, who looks after the layer, who reads at the partner's, and who has only the paper."""
    found = [Participant(tmp_path / "street", width=360, height=740), Curator(tmp_path / "desk", 1280, 900),
             PartnerVisitor(tmp_path / "partner", 1100, 1200), Participant(tmp_path / "elsewhere")]
    yield found
    for one in found:
        one.close()


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


def pin(person, server):
    """From the door on; answers the paper code and how long it took."""
    begun = time.monotonic()
    person.stand_at(*HERE, server.url)
    person.begin(server)
    person.tell(TITLE)
    person.say_where("here")
    person.until("document.querySelector('#said-place').textContent.includes('carré')")
    person.go("place", "precision")
    assert person.evaluate("document.querySelector('[name=precision]:checked').value") == "about"
    person.go("precision", "when")
    person.fill("#when", "1974")
    person.go("when", "who")
    person.go("who", "consent")
    person.touch("#consent")
    person.touch("#partners")
    person.go("consent", "preview")
    person.send()
    return person.code, time.monotonic() - begun


def test_a_memory_is_pinned_reviewed_shown_at_a_partners_and_withdrawn_from_paper(server, store, token, people, site):
    person, curator, reader, other = people
    partner = Partner(server, store, site.url)
    page = site.page("/", f"<script type=module src='{server.url}/embed.js'></script>"
                          f"<lieudit-map layer={LAYER} embed={partner.embed()}><a href='{server.url}/map/{LAYER}'>Voir</a></lieudit-map>")
    reader.open(page, quiet=1)
    reader.until_inside("document.querySelector('canvas.maplibregl-canvas') && !document.querySelector('.waiting')")
    reader.evaluate("window.untouched = true")
    code, seconds = pin(person, server)
    print(f"pinned in {seconds:.0f} s")
    assert seconds < 120 and person.kept == NOTHING_KEPT and b"%PDF" in person.print()[:8]

    curator.sign_in(server, token, f"queue/{LAYER}")
    curator.see(TITLE)
    curator.evaluate(f"{curator.card(TITLE)}.querySelector('[data-decision=publish]').click()")
    curator.said("publiée")

    reader.look_again()
    reader.until_inside(SHOWN)
    reader.until_inside(AREAS)
    # What was empty goes where the first memory is: there it is an area and no dot.
    reader.until_inside("document.querySelector('.maplibregl-ctrl-scale').textContent.endsWith('\\u00a0m')")
    assert reader.evaluate("window.untouched") and accessible.faults(person) == []

    other.open(f"{server.url}/mine?interface=fr", quiet=0.3)
    other.fill("#code", code)
    other.press("Enter")
    other.until("document.querySelector('#withdraw')")
    other.touch("#withdraw")
    other.touch("#withdraw-yes")
    other.until("document.querySelector('#news').textContent.includes('retiré')")
    assert server.features(LAYER) == [] and asked.queue(server, token) == []

    reader.look_again()
    reader.until_inside(f"!({SHOWN})")
    assert reader.evaluate("window.untouched")
    assert strangers([one for one in person.requests + other.requests if not one.startswith("blob:")]) == []
