"""What stands on a partner's page, what the site owes in writing, and what is printed for a wall."""

import json

from looked_after import SHARED
from states_reading import IDLE, page

OWED = ("rules", "legal", "privacy", "accessibility", "contact")


def embed(shown, language="fr", until="document.querySelector('.items article')", script=""):
    def reach(visitor, world):
        visitor.open(f"{world.url}/embed/{SHARED}?embed={world.looked_after.keys[shown]}&lang={language}", quiet=0.3)
        visitor.until(until, within=40)
        if script:
            visitor.evaluate(script)
        visitor.wait(0.5)
    return reach


def without_scripts(visitor, world):
    visitor.open(f"{world.url}/embed/{SHARED}?embed={world.looked_after.keys['both']}&lang=fr", quiet=0.4)


def written(name, language):
    def reach(visitor, world):
        page(f"/pages/{name}?interface={language}")(visitor, world)
        visitor.until("document.querySelector('.written')")
    return reach


def sheets(visitor, world):
    """As a browser shows what the desk has asked for: it is answered to nobody who only has the address."""
    visitor.open(f"{world.url}/mine?interface=fr", quiet=0.3)
    visitor.evaluate(f"document.open(); document.write({json.dumps(world.looked_after.sheets())}); document.close()")
    visitor.until("document.querySelector('.sheet') && getComputedStyle(document.querySelector('.sheet')).textAlign === 'center'")
    visitor.wait(0.3)


STATES = [
    dict(name="embed, list and map", reach=embed("both", until=IDLE)),
    dict(name="embed, list and map, English", reach=embed("both", "en", until=IDLE), language="en", width=1280),
    dict(name="embed, list only", reach=embed("only")),
    dict(name="embed, list only, English", reach=embed("only", "en"), language="en", width=768),
    dict(name="embed, map with its list folded", reach=embed("none", until=IDLE)),
    dict(name="embed, map with its list open, English", reach=embed("none", "en", IDLE, "document.querySelector('.twin').open = true"), language="en", width=768),
    dict(name="embed, without JavaScript", reach=without_scripts, scripts=False),
    dict(name="embed, unknown key", reach=page(f"/embed/{SHARED}?embed=abcdefghjkmnpqrs&lang=fr"), refused=True, bears_words=False),
    *[dict(name=f"owed, {name}", reach=written(name, language), language=language, width=(360, 768)[number % 2], bears_words=False)
      for number, name in enumerate(OWED) for language in [("fr", "en")[number % 2]]],
    dict(name="sheets for walls", reach=sheets, width=768),
    dict(name="sheets for walls, on paper", reach=sheets, width=768, media="print"),
]
