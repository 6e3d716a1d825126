"""Every state of every page: judged by axe-core, measured, listened to, and kept as a picture to look at."""

import os
import pathlib
import re

import pytest

import accessible
from command import REPOSITORY
from page_states import STATES
from test_page import strangers
from visitor import Visitor

SCREENS = pathlib.Path(os.environ.get("LIEUDIT_SCREENSHOTS", REPOSITORY / ".build/screens"))
LIGHTS = {"day": {}, "night": {"prefers_color_scheme": "dark"}, "contrast": {"prefers_contrast": "more"}}
WIDTHS = (360, 768, 1280)
KEPT = """indexedDB.databases().then(async (bases) => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...bases.map(({ name }) => name), ...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(() => "a worker")].filter(Boolean))"""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory):
    visitor = Visitor(tmp_path_factory.mktemp("states") / "profile", width=360, height=800)
    yield visitor
    visitor.close()


def arrive(visitor, world, state):
    """At a state as a new person, with nothing kept from the one before."""
    visitor.allow_scripts(True)
    visitor.forget(world.url)
    visitor.resize(state.width, 800)
    light(visitor, state, "day")
    visitor.allow_scripts(state.scripts)
    state.reach(visitor, world)
    # What a page without scripts is, is there by now; the judges are scripts themselves.
    visitor.allow_scripts(True)
    if state.media:
        light(visitor, state, "day")


def light(visitor, state, name):
    visitor.prefer(state.media, **{"prefers_color_scheme": "light", "prefers_reduced_motion": "reduce", **LIGHTS[name]})


def complaints(visitor, state):
    return [told for told in visitor.complaints if not (state.refused and (told == "" or re.search(r"status of 4|ERR_BLOCKED", told)))]


def wrong_cookies(visitor, state):
    """Those of a page on which nobody has signed in, and those that a script or another site may use."""
    cookies = visitor.cookies
    if state.signed_in and len(cookies) != 1:
        return [f"{len(cookies)} cookies of somebody who has signed in"]
    return [f"a cookie: {one['name']}" for one in cookies if not (state.signed_in and one["httpOnly"] and one.get("sameSite") == "Strict")]


def keep(visitor, state):
    """A picture at each width in each light, for people to look at."""
    if state.media:
        (SCREENS / f"{name_of(state)}.pdf").write_bytes(visitor.print())
        return
    for width in WIDTHS:
        visitor.resize(width, 800)
        for name in ("day", "night"):
            light(visitor, state, name)
            is_map = visitor.evaluate("document.body.classList.contains('map-open') || Boolean(document.querySelector('.with-map')) && innerWidth >= 768")
            visitor.wait(0.9 if is_map or visitor.evaluate("Boolean(document.querySelector('.embed canvas'))") else 0.1)
            path = SCREENS / f"{name_of(state)}-{width}-{name}.png"
            path.write_bytes(visitor.screenshot()) if is_map else visitor.full_screenshot(path, tallest=2400)


def name_of(state):
    return re.sub(r"\W+", "-", state.name.lower())


def test_there_are_many_states_in_both_languages():
    assert len(STATES) >= 40 and {state.language for state in STATES} == {"fr", "en"}
    assert any(not state.scripts for state in STATES) and any(state.media == "print" for state in STATES)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_everybody_can_use_it_and_it_tells_nobody(world, visitor, state):
    arrive(visitor, world, state)
    wrong = [f"asks a stranger: {address}" for address in strangers(visitor.requests)] + complaints(visitor, state)
    if not state.keeps:
        wrong += [f"keeps: {name}" for name in visitor.evaluate(KEPT)]
    wrong += wrong_cookies(visitor, state)
    if visitor.evaluate("document.documentElement.lang") != state.language:
        wrong.append("another language")
    if not state.media:
        for name in LIGHTS:
            light(visitor, state, name)
            wrong += [f"{name}: {fault}" for fault in accessible.judged(visitor)]
            wrong += [f"{name}: {fault}" for fault in accessible.measured(visitor)]
        light(visitor, state, "day")
        wrong += accessible.faults_in_every_way(visitor, state.width)
    else:
        wrong += accessible.judged(visitor)
    if os.environ.get("LIEUDIT_SCREENSHOTS") != "none":
        SCREENS.mkdir(parents=True, exist_ok=True)
        keep(visitor, state)
    assert wrong == [], "\n".join(dict.fromkeys(wrong))


# The control: what is wrong is seen


@pytest.mark.parametrize("spoil, said", [
    ("document.querySelector('.near').replaceChildren(); document.querySelector('.near').title = ''", "button-name"), ("document.querySelector('.lede, h1').style.color = '#cccccc'", "color-contrast"),
    ("document.querySelector('.lede, h1').style.color = '#cccccc'", "contrast 1"), ("document.querySelector('main').style.width = '3000px'", "wider"),
    ("document.querySelector('.near').style.minHeight = document.querySelector('.near').style.height = '20px'", "small"),
    ("document.querySelector('h3').outerHTML = '<h6>x</h6><h4>y</h4>'", "heading-order"), ("document.documentElement.lang = ''", "html-has-lang"),
    ("document.querySelector('#mots').style.borderColor = '#eeeeee'", "an edge"), ("document.querySelector('#mots').labels[0].remove()", "label"),
    ("Object.assign(document.querySelector('h1').style, { height: '10px', overflow: 'hidden' })", "cut off"),
])
def test_a_fault_that_is_planted_is_found(world, visitor, spoil, said):
    arrive(visitor, world, next(state for state in STATES if state.name == "layer, list"))
    visitor.evaluate(spoil)
    assert any(said in fault for fault in accessible.faults(visitor))


def test_what_is_kept_and_whoever_is_asked_is_seen(world, visitor):
    arrive(visitor, world, next(state for state in STATES if state.name == "door"))
    visitor.evaluate("document.cookie = 'seen=1'; localStorage.setItem('seen', 1); new Image().src = 'http://127.0.0.2/x.png'")
    visitor.wait(0.3)
    assert visitor.evaluate(KEPT) == ["seen=1", "seen"]
    visitor._page("Network.setCookie", url=world.url, name="unseen", value="1", httpOnly=True)
    assert sorted(wrong_cookies(visitor, STATES[0])) == ["a cookie: seen", "a cookie: unseen"]
    # The policy refuses it before it leaves, and says so.
    assert complaints(visitor, STATES[0])
