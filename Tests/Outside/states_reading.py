"""The pages that are read: the door, a layer with its list and map, one contribution, an encounter point, what is for programs."""

from world import CELLS, POINTS, SAME_SPOT

READY = "document.querySelector('.near[aria-pressed]')"
IDLE = "document.querySelector('canvas.maplibregl-canvas') && !document.querySelector('.waiting') && !document.querySelector('[aria-busy=true]')"


def page(path):
    def reach(visitor, world):
        visitor.open(world.url + path.format(**world.items, cells=CELLS, points=POINTS), quiet=0.3)
    return reach


def wall(name, language="fr"):
    return lambda visitor, world: visitor.open(f"{world.url}/e/{world.codes[name]}?interface={language}", quiet=0.3)


def layer(script="", until="", path="/map/{cells}?interface=fr", map_too=False):
    """The page of a layer, and what is done there."""
    def reach(visitor, world):
        page(path)(visitor, world)
        visitor.until(READY)
        if map_too:
            visitor.until(IDLE, "the map is not drawn", within=40)
        if script:
            visitor.evaluate(f"(() => {{ {script} }})()")
        if until:
            visitor.until(until, within=40)
        visitor.wait(0.5)
    return reach


ON_PHONE = "location.hash = '#carte'"
CHOSEN = "document.querySelector('.items article:has(.show) .show').click()"
SEARCH = "document.querySelector('#mots').value = '{}'; document.querySelector('.filters').requestSubmit()"


def group_open(visitor, world):
    """What stands at one very place no zoom parts: it is listed."""
    layer(path=f"/map/{{cells}}?interface=fr#carte=16/{SAME_SPOT[0]}/{SAME_SPOT[1]}", map_too=True)(visitor, world)
    visitor.until("document.querySelector('.groups button')")
    visitor.evaluate("document.querySelector('.groups button').focus()")
    visitor.press("Enter")
    visitor.until("document.querySelector('.leaves')")
    visitor.wait(0.3)


def on_paper(visitor, world):
    layer(map_too=True)(visitor, world)
    visitor.press("Tab")
    visitor.wait(0.3)
    visitor.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.until("document.querySelector('.on-paper')?.complete")


STATES = [
    dict(name="door", reach=page("/?interface=fr")),
    dict(name="door, English", reach=page("/?interface=en"), language="en", width=1280),
    dict(name="layer, list", reach=layer()),
    dict(name="layer, English", reach=layer(path="/map/{cells}?interface=en"), language="en"),
    dict(name="layer, without JavaScript", reach=page("/map/{cells}?interface=fr"), scripts=False),
    dict(name="layer, filters open", reach=layer("document.querySelector('.refine').open = true")),
    dict(name="layer, filtered", reach=layer(path="/map/{cells}?interface=fr&kind=memory&theme=fête&from=1960&to=1980")),
    dict(name="layer, nothing found", reach=layer(SEARCH.format("zzz"), "!document.querySelector('.empty').hidden")),
    dict(name="layer, empty", reach=page("/map/vide?interface=fr")),
    dict(name="layer, other layers", reach=layer("document.querySelector('nav details').open = true")),
    dict(name="layer, encounter points", reach=layer(path="/map/{points}?interface=fr")),
    dict(name="layer, walks and areas", reach=layer(path="/map/lieux-du-quartier?interface=fr")),
    dict(name="map, phone", reach=layer(ON_PHONE, IDLE)),
    dict(name="map, phone, legend", reach=layer(ON_PHONE + "; document.querySelector('.legend').open = true", IDLE)),
    dict(name="map, phone, one chosen", reach=layer(CHOSEN, f"{IDLE} && document.querySelector('.is-loud')")),
    dict(name="map, beside the list", reach=layer(map_too=True), width=1280),
    dict(name="map, English, legend", width=1280, language="en",
         reach=layer("document.querySelector('.legend').open = true", path="/map/{cells}?interface=en", map_too=True)),
    dict(name="map, one chosen", reach=layer(CHOSEN, "document.querySelector('.is-loud')", map_too=True), width=1280),
    dict(name="map, a group open", reach=group_open, width=1280),
    dict(name="map, close", reach=layer(path="/map/{cells}?interface=fr#carte=16.2/2.3795/48.868", map_too=True), width=1280),
    dict(name="map, encounter points", reach=layer(path="/map/{points}?interface=fr", map_too=True), width=1280),
    dict(name="map, tablet", reach=layer(map_too=True), width=768),
    dict(name="layer, on paper", reach=on_paper, width=768, media="print"),
    dict(name="one contribution", reach=page("/collections/{cells}/items/{cell-about}?f=html&interface=fr")),
    dict(name="one contribution, English", reach=page("/collections/{cells}/items/{cell-exact}?f=html&interface=en"), width=1280, language="en"),
    dict(name="one contribution, without a place", reach=page("/collections/{cells}/items/{cell-none}?f=html&interface=fr")),
    dict(name="encounter, alive", reach=wall("alive")),
    dict(name="encounter, asleep", reach=wall("asleep")),
    dict(name="encounter, moved, English", reach=wall("moved", "en"), language="en"),
    dict(name="encounter, unknown", reach=page("/e/7K3M-0QXA-T9ZD?interface=fr"), refused=True, bears_words=False),
    dict(name="nothing here", reach=page("/map/nulle-part?interface=fr"), refused=True),
    dict(name="for programs, layers", reach=page("/collections?f=html&interface=fr")),
    dict(name="for programs, one layer", reach=page("/collections/{cells}?f=html&interface=fr")),
    dict(name="for programs, addresses", reach=page("/api?f=html&interface=fr"), bears_words=False),
    dict(name="for programs, styles, English", reach=page("/styles?f=html&interface=en"), language="en", bears_words=False),
    dict(name="moderation in figures", reach=page("/moderation/history?f=html&interface=fr"), bears_words=False),
]
