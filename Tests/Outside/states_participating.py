"""The pages on which people give something, find it again, and answer for a child."""

from asked import LAYER
from states_reading import page


class Giving:
    """Somebody on the way through the form, with a finger."""

    def __init__(self, visitor, world, layer=LAYER, language="fr"):
        self.visitor, self.world = visitor, world
        visitor.open(f"{world.url}/contribute/{layer}?interface={language}", quiet=0.3)
        visitor.until("document.body?.classList.contains('is-scripted')")

    def go(self, step, to):
        self.visitor.touch(f"[data-step={step}] [data-go]")
        self.visitor.until(f"!document.querySelector('[data-step={to}]').hidden")

    def tell(self):
        self.go("welcome", "what")
        self.visitor.fill("#title", self.world.say("Le bal du quatorze juillet"))
        self.visitor.fill("#text", self.world.say("On dansait dans la cour, jusqu’au matin."))
        self.go("what", "place")

    def say_where(self, way):
        self.visitor.touch(f"label[data-way={way}]")

    def point(self):
        self.say_where("arrows")
        self.visitor.until("document.querySelector('#cross svg')")
        self.visitor.evaluate("document.querySelector('#cross').focus()")
        self.visitor.press("ArrowUp")
        self.go("place", "precision")


def after(*steps, **options):
    """The form after some steps of a `Giving`, each a function of it."""
    def reach(visitor, world):
        giving = Giving(visitor, world, **options)
        for step in steps:
            step(giving)
        visitor.wait(0.3)
    return reach


def to(step, following):
    return lambda giving: giving.go(step, following)


def missing(step):
    return lambda giving: giving.visitor.touch(f"[data-step={step}] [data-go]")


def way(name, until):
    def say(giving):
        giving.say_where(name)
        giving.visitor.until(until, within=40)
    return say


tell, point = Giving.tell, Giving.point
to_when = (tell, point, to("precision", "when"))
to_consent = (*to_when, to("when", "who"), to("who", "consent"))
agree = lambda giving: giving.visitor.touch("#consent")  # noqa: E731
to_preview = (*to_consent, agree, to("consent", "preview"))


def send(giving):
    giving.visitor.touch("#sending .go")
    giving.visitor.until("!document.querySelector('#sent').hidden")


def offline(giving):
    giving.visitor.block(f"*/collections/{LAYER}/items")
    giving.visitor.touch("#sending .go")
    giving.visitor.until("document.querySelector('#f-all').textContent")
    giving.visitor.block()


def child(giving):
    giving.visitor.touch("[value=under-15]")


def unknown_date(giving):
    giving.visitor.fill("#when", "mercredi")
    giving.visitor.touch("[data-step=when] [data-go]")


def licence(giving):
    giving.visitor.evaluate("document.querySelector('[data-step=consent] details').open = true")


def own(name, script="", language="fr"):
    """One's own contribution, opened by its link, and what is touched there."""
    def reach(visitor, world):
        visitor.open(f"{world.url}/mine?interface={language}#{world.receipts[name]}", quiet=0.2)
        visitor.until("document.querySelector('#withdraw')")
        if script:
            visitor.touch(script)
        visitor.wait(0.3)
    return reach


def wrong_code(visitor, world):
    page("/mine?interface=fr")(visitor, world)
    visitor.fill("#code", "abc")
    visitor.press("Enter")
    visitor.until("document.querySelector('#f-code').textContent")


def parent(visitor, world):
    visitor.open(world.parents["child"] + "?interface=fr", quiet=0.3)


def giving(name, *steps, **more):
    options = {key: more.pop(key) for key in ("layer", "language") if key in more}
    if "language" in options:
        more["language"] = options["language"]
    return dict(name=f"giving, {name}", reach=after(*steps, **options), keeps=True, **more)


STATES = [
    giving("welcome"),
    giving("welcome, English", language="en", width=1280),
    giving("with an invitation", missing("welcome"), layer="invites"),
    dict(name="giving, closed", reach=page("/contribute/passe?interface=fr")),
    dict(name="giving, curators only", reach=page("/contribute/maison?interface=fr")),
    dict(name="giving, without JavaScript", reach=page(f"/contribute/{LAYER}?interface=fr"), scripts=False),
    giving("what", to("welcome", "what")),
    giving("what, missing", to("welcome", "what"), missing("what")),
    giving("place", tell),
    giving("place, missing", tell, missing("place")),
    giving("place, landmarks", tell, way("landmark", "document.querySelector('#said-place, #found')")),
    giving("place, arrows", tell, way("arrows", "document.querySelector('#cross svg')")),
    giving("place, map", tell, way("map", "document.querySelector('#said-place').textContent.includes('Touchez la carte')"), width=768),
    giving("precision", tell, point),
    giving("precision, English", tell, point, language="en", width=1280),
    giving("when", *to_when),
    giving("when, not understood", *to_when, unknown_date),
    giving("who", *to_when, to("when", "who")),
    giving("who, a child", *to_when, to("when", "who"), child),
    giving("consent, licence open", *to_consent, licence),
    giving("consent, missing", *to_consent, missing("consent")),
    giving("preview", *to_preview),
    giving("offline", *to_preview, offline, refused=True),
    giving("receipt", *to_preview, send),
    dict(name="mine, door", reach=page("/mine?interface=fr")),
    dict(name="mine, wrong code", reach=wrong_code, refused=True),
    dict(name="mine, pending", reach=own("pending")),
    dict(name="mine, public, English", reach=own("published", language="en"), language="en", width=1280),
    dict(name="mine, refused", reach=own("rejected")),
    dict(name="mine, changing", reach=own("pending", "#change")),
    dict(name="mine, withdrawing", reach=own("pending", "#withdraw")),
    dict(name="parent", reach=parent),
]
