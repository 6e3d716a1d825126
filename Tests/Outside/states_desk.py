"""The desk, for each who looks after something there: its door, its sections, and what they ask."""

from looked_after import SHARED, WORKSHOP

DOOR = "document.querySelector('#door')?.hidden === false"
QUESTION = "document.querySelector('#question').open"
SECTION = "document.querySelector('.desk-{}')?.childElementCount > {}"


def door(language="fr", do=lambda visitor: None):
    def reach(visitor, world):
        visitor.open(f"{world.url}/desk?interface={language}", quiet=0.3)
        visitor.until(DOOR)
        do(visitor)
    return reach


def wrong_token(visitor):
    visitor.fill("#token", "0123456789abcdefghjkmnpqrs")
    visitor.press("Enter")
    visitor.until("document.querySelector('#f-token').textContent")


def section(fragment, until="", do="", then="", who="operator", language="fr"):
    """A section of whoever has signed in, and what is touched there until something shows."""
    def reach(visitor, world):
        looked_after = world.looked_after
        visitor.open(f"{world.url}/desk?interface={language}#{fragment.format(workshop=WORKSHOP, shared=SHARED, **looked_after.names)}", quiet=0.3)
        visitor.until(DOOR)
        visitor.fill("#token", looked_after.tokens[who])
        visitor.press("Enter")
        visitor.until(SECTION.format(fragment.split("/")[0], 0))
        visitor.until(until or "true", within=30)
        if do:
            visitor.until(f"document.querySelector({do!r})?.checkVisibility()")
            visitor.evaluate(f"document.querySelector({do!r}).click()")
            visitor.until(then)
        visitor.wait(0.4)
    return reach


def desk(name, fragment, *steps, width=360, language="fr", refused=False, **more):
    reach = section(fragment, *steps, language=language, **more)
    return dict(name=f"desk, {name}", reach=reach, width=width, language=language, signed_in=True, refused=refused)


CARD = "document.querySelector('.desk-card')"
STATES = [
    dict(name="desk, door", reach=door(), bears_words=False),
    dict(name="desk, door, English", reach=door("en"), language="en", width=1280, bears_words=False),
    dict(name="desk, wrong token", reach=door(do=wrong_token), refused=True, bears_words=False),
    dict(name="desk, door, without JavaScript", reach=lambda visitor, world: visitor.open(f"{world.url}/desk?interface=fr", quiet=0.3), scripts=False, bears_words=False),
    desk("queue", "queue/{workshop}", "document.querySelector('.desk-sides')"),
    desk("queue, English", "queue/{workshop}", "document.querySelector('.desk-sides')", width=1280, language="en"),
    desk("queue, masking", "queue/{workshop}", CARD, "[data-decision=mask]", "document.querySelector('[id^=mask-text]')"),
    desk("queue, several chosen", "queue/{workshop}", CARD, "li:nth-child(2) .desk-check input", "document.querySelector('.desk-check input:checked')"),
    desk("queue, nothing waiting", "queue/{shared}"),
    desk("reports", "reports/{workshop}", CARD),
    desk("reports, answering", "reports/{workshop}", CARD, "[data-outcome=kept]", "document.querySelector('[id^=answer]')"),
    desk("usage", "usage", "document.querySelector('.desk-usage tbody tr')"),
    desk("usage, English", "usage", "document.querySelector('.desk-usage tbody tr')", width=768, language="en"),
    desk("journal", "journal/{workshop}", SECTION.format("journal", 1)),
    desk("history, English", "history", SECTION.format("history", 1), language="en"),
    desk("people", "people", "document.querySelector('.desk-person')"),
    desk("people, taking an access away", "people", "document.querySelector('.desk-person')", ".desk-person .desk-grave", QUESTION),
    desk("layers", "layers", CARD),
    desk("layers, a new one", "layers/new", "document.querySelector('#layer-title')"),
    desk("layers, one, English", "layers/{workshop}", "document.querySelector('#layer-title')", width=768, language="en"),
    desk("layers, deleting one", "layers/{workshop}", "document.querySelector('#delete-layer')", "#delete-layer", QUESTION),
    desk("encounters", "encounters/{workshop}", "document.querySelector('[data-point]')"),
    desk("encounters, a new one", "encounters/{workshop}/new", "document.querySelector('#point-title')"),
    desk("encounters, one with a code", "encounters/{workshop}/{point}", "document.querySelector('[data-code]')"),
    desk("encounters, replacing a code", "encounters/{workshop}/{point}", "document.querySelector('[data-code]')", "[data-act=reissue]", QUESTION),
    desk("encounters, no sheets without an address", "encounters/{workshop}", "document.querySelector('[data-point]')", "#prepare-sheets",
         "document.querySelector('.craft-fault')?.textContent", refused=True),
    desk("exports", "exports/{workshop}", "document.querySelector('.craft-address')"),
    desk("imports", "imports/{workshop}", "document.querySelector('input[type=file]')"),
    desk("imports, no file chosen, English", "imports/{workshop}", "document.querySelector('input[type=file]')", "#place .desk-acts .button",
         "document.querySelector('#place .desk-field .desk-fault:not([hidden])')", language="en", refused=True),
    desk("partners", "partners", "document.querySelector('[data-embed]')"),
    desk("partners, a partner, English", "partners/partner/{partner}", "document.querySelector('#partner-name')", language="en"),
    desk("partners, an embed", "partners/embed/{embed}", "document.querySelector('.embed-line')"),
    desk("partners, a new embed", "partners/embed/new", "document.querySelector('#embed-title')", width=1280),
    desk("clearance", "clearance/{waiting}", "document.querySelector('.embed-line')", who="partner"),
    desk("clearance, all at once, English", "clearance/{waiting}", "document.querySelector('#clear-all')", "#clear-all", QUESTION, who="partner", language="en", width=768),
    desk("what a partner sees of decisions", "history", SECTION.format("history", 1), who="partner"),
]
