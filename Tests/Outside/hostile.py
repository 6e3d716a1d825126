"""What somebody may write to break a page: markup of every kind, spoilt in every way, endless words, both directions of writing.

The payloads are made by a grammar of ours: what would run × what it must first break out of × how it is written, so that
each two of these meet at least once; then what only some readers understand, as templates and spreadsheets do."""

# Each calls `harm()`, or asks our own server for /canary, or stops the page with a dialog.
VECTORS = [
    "<script>harm()</script>", "<script src=/canary.js></script>", "<script type=module>harm()</script>", "<img src=x onerror=harm()>",
    "<img srcset=/canary.png onload=harm()>", "<svg onload=harm()>", "<svg><script>harm()</script></svg>",
    "<svg><animate onbegin=harm() attributeName=x dur=1s>", "<svg><a href=javascript:harm()><text y=9>x</text></a></svg>",
    "<svg><use href=/canary.svg#x></use></svg>", "<math><mtext><img src=x onerror=harm()></mtext></math>", "<body onload=harm()>",
    "<iframe srcdoc='<script>parent.harm()</script>'></iframe>", "<iframe src=javascript:parent.harm()></iframe>",
    "<object data=/canary.html></object>", "<embed src=/canary.html>", "<a href=javascript:harm() autofocus>x</a>",
    "<form action=/canary><button autofocus>x</button></form>", "<input autofocus onfocus=harm()>", "<select autofocus onfocus=harm()></select>",
    "<textarea autofocus onfocus=harm()></textarea>", "<details open ontoggle=harm()>x</details>", "<video><source onerror=harm()></video>",
    "<audio src=/canary.ogg onerror=harm()>", "<marquee onstart=harm()>x</marquee>", "<style>@import '/canary.css'</style>",
    "<style>*{background:url(/canary.gif)}</style>", "<link rel=stylesheet href=/canary.css>", "<link rel=prefetch href=/canary.txt>",
    "<meta http-equiv=refresh content='0;url=/canary'>", "<base href=//strange.example/>", "<p style='background:url(/canary.gif)'>x</p>",
    "<p tabindex=0 autofocus onfocus=harm()>x</p>", "<button popovertarget=m autofocus onfocus=harm()>x</button>",
    "<template shadowrootmode=open><img src=x onerror=harm()></template>", "<noscript><p title='</noscript><img src=x onerror=harm()>'>",
    "<script>alert(1)</script>", "<img src=//strange.example/x.png>",
]
CONTEXTS = ["", "\">", "'>", "`>", "</title>", "</textarea>", "</script>", "</style>", "-->", "]]>", "</option></select>", "</noscript>", "\\\">"]


def _each(pattern):
    return lambda text: "".join(pattern.format(ord(sign)) if sign in "<>\"'&" else sign for sign in text)


ENCODINGS = {
    "as it is": lambda text: text,
    "capitals": lambda text: text.replace("script", "SCRIPT").replace("on", "oN").replace("img", "IMG").replace("svg", "sVg"),
    "names": lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
    "decimals": _each("&#{:d};"), "decimals without an end": _each("&#{:07d}"), "hexadecimals": _each("&#x{:x};"),
    "percents": _each("%{:02X}"), "percents twice": _each("%25{:02X}"), "escapes of scripts": _each("\\u{:04x}"),
    "short escapes": _each("\\x{:02x}"),
    "wide letters": lambda text: "".join(chr(ord(sign) + 0xFEE0) if sign in "<>\"'" else sign for sign in text),
    "a sign above": lambda text: text.replace("<", "<\u0301", 1), "slashes for spaces": lambda text: text.replace(" ", "/", 1),
}
_GRAMMAR = [
    (vector, context, way) for number, vector in enumerate(VECTORS) for place, context in enumerate(CONTEXTS)
    for way in [list(ENCODINGS)[(number + place) % len(ENCODINGS)]]
]
# What breaks out of an attribute without opening anything.
_ATTRIBUTES = [f"{quote} {what} x={quote}" for quote in "\"'`" for what in (
    "onfocus=harm() autofocus", "onmouseover=harm()", "style=background:url(/canary.gif)", "formaction=javascript:harm()", "srcdoc=<script>harm()</script>")]
_ADDRESSES = ["javascript:harm()", "JaVaScRiPt:harm()", "java&Tab;script:harm()", "data:text/html,<script>harm()</script>", "//strange.example/x", "/canary"]
_TEMPLATES = ["{{constructor.constructor('harm()')()}}", "{{{title}}}", "{{#items}}{{title}}{{/items}}", "{{> masthead}}", "{{=<% %>=}}<% title %>", "${harm()}", "#{harm()}",
              "<%= harm() %>", "{title}", "{distance} {count} {shown}", "__proto__", "constructor", "toString", "$&$`$'", "%s%n%x", "'; DROP TABLE contribution; --"]
FORMULAS = ["=HYPERLINK(\"//strange.example\")", "=cmd|'/C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "=1+1\",=1+1", "＝1+1", "\uff0b1", "=IMPORTXML(\"/canary\",\"x\")"]
PAYLOADS = list(dict.fromkeys(
    [ENCODINGS[way](context + vector) for vector, context, way in _GRAMMAR] + _ATTRIBUTES + _ADDRESSES + _TEMPLATES + FORMULAS))

LONGEST_TITLE, LONGEST_AUTHOR, LONGEST_THEME = 200, 80, 60
ENDLESS = "m" * LONGEST_TITLE
ENDLESS_TEXT = "w" * 5000  # The longest text, of one word.
RIGHT_TO_LEFT = "شارع الذكريات: the end"
OVERRIDE = "\u202eegassem nedih\u202d left open"
SIGNS = "👩🏽‍🚀🏳️‍🌈🇫🇷 e\u0301\u0323\u0302 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘"
STRANGE = [(ENDLESS, ENDLESS_TEXT), (RIGHT_TO_LEFT, RIGHT_TO_LEFT * 5), (OVERRIDE, OVERRIDE), (SIGNS, SIGNS * 20)]

# What a page is given to bear witness; nobody's script can take it away again.
WITNESS = """
Object.defineProperty(globalThis, "harmed", { value: [] });
Object.defineProperty(globalThis, "harm", { value: (what = "ran") => { harmed.push(String(what)); } });
for (const name of ["alert", "confirm", "prompt", "print"]) globalThis[name] = () => harm(name);
addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective, sample }) => harm(`refused ${effectiveDirective} ${blockedURI} ${sample}`), true);
"""


def harm_done(visitor):
    """What has run, what the policy had to refuse, and what was asked for that nobody here asks for."""
    canaries = [address for address in visitor.requests if "canary" in address.split("?")[0] or "strange.example" in address]
    return visitor.evaluate("[...globalThis.harmed ?? ['no witness']]") + canaries


def features(texts=None):
    """Points beside each other, each with one of the texts in every property that shows."""
    texts = [(word, word) for word in PAYLOADS] + STRANGE if texts is None else texts
    return [{
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [2.37 + number % 23 / 1250, 48.86 + number // 23 / 1750]},
        "properties": {"kind": "memory", "title": title[:LONGEST_TITLE], "text": text, "author": title[:LONGEST_AUTHOR],
                       "theme": [title[:LONGEST_THEME].replace(",", ";") or "x"], "when": "1987"},
    } for number, (title, text) in enumerate(texts)]
