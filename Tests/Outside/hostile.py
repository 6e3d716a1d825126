"""What somebody may write to break a page: markup, endless words, both directions of writing, signs beyond the alphabet."""

_CALL = "window.harmed=1"
_TAGS = [
    f"<script>{_CALL}</script>", f"</script><script>{_CALL}</script>", f"<img src=x onerror={_CALL}>",
    f"\"><img src=x onerror={_CALL}>", f"'><svg onload={_CALL}>", f"<svg/onload={_CALL}>", f"<svg><script>{_CALL}</script></svg>",
    f"<svg><animate onbegin={_CALL} attributeName=x dur=1s>", f"<math><mtext><script>{_CALL}</script></mtext></math>",
    f"<body onload={_CALL}>", f"<iframe srcdoc='<script>parent.{_CALL}</script>'></iframe>", f"<iframe src=javascript:{_CALL}>",
    f"<details open ontoggle={_CALL}>", f"<input autofocus onfocus={_CALL}>", f"<video><source onerror={_CALL}></video>",
    f"<audio src=x onerror={_CALL}>", f"<object data=javascript:{_CALL}>", f"<embed src=javascript:{_CALL}>",
    f"<a href=javascript:{_CALL}>x</a>", f"<form action=javascript:{_CALL}><button>x</button></form>",
    f"<base href=javascript:{_CALL}//>", f"<meta http-equiv=refresh content='0;url=javascript:{_CALL}'>",
    "<link rel=stylesheet href=//strange.example/x.css>", "<style>@import '//strange.example/x';body{display:none}</style>",
    "<img src=//strange.example/x.png>", f"<template><script>{_CALL}</script></template>", f"<noscript><img src=x onerror={_CALL}></noscript>",
    f"<textarea></textarea><script>{_CALL}</script>", f"</title><script>{_CALL}</script>", f"</textarea><img src=x onerror={_CALL}>",
    f"<marquee onstart={_CALL}>", f"<select autofocus onfocus={_CALL}>", f"<img srcset='x 1x' src=x onerror={_CALL}>",
    f"<div style='animation:x 1s' onanimationstart={_CALL}>x</div>", f"<portal src=javascript:{_CALL}>", f"<isindex type=image src=1 onerror={_CALL}>",
]
_TURNS = [
    f"\" autofocus onfocus=\"{_CALL}", f"' onmouseover='{_CALL}", f"` onmouseover=`{_CALL}", f"javascript:{_CALL}", f"data:text/html,<script>{_CALL}</script>",
    f"&lt;script&gt;{_CALL}&lt;/script&gt;", f"&#60;script&#62;{_CALL}&#60;/script&#62;", f"\\u003cscript\\u003e{_CALL}\\u003c/script\\u003e", "{{constructor.constructor('window.harmed=1')()}}",
    "{{{title}}}", "{{#items}}{{title}}{{/items}}", f"${{{_CALL}}}", f"<%= {_CALL} %>", f"]]><script>{_CALL}</script>", f"--><script>{_CALL}</script>",
    f"<\u0301img src=x onerror={_CALL}>", f"\u0600<img src=x onerror={_CALL}>", f"<scr\u00adipt>{_CALL}</script>", f"＜script＞{_CALL}＜/script＞",
    "'; DROP TABLE published_feature; --", "=HYPERLINK(\"//strange.example\")", f"\u2028{_CALL}\u2029",
]
PAYLOADS = _TAGS + _TURNS

ENDLESS = "m" * 200  # The longest title there may be.
ENDLESS_TEXT = "w" * 5000  # And the longest text, of one word.
RIGHT_TO_LEFT = "شارع الذكريات: the end"
OVERRIDE = "\u202eegassem nedih\u202d left open"
SIGNS = "👩🏽‍🚀🏳️‍🌈🇫🇷 e\u0301\u0323\u0302 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘"


def features():
    """Points beside each other that bear all of it, in every property that shows."""
    strange = [(word, word) for word in PAYLOADS]
    strange += [(ENDLESS, ENDLESS_TEXT), (RIGHT_TO_LEFT, RIGHT_TO_LEFT * 5), (OVERRIDE, OVERRIDE), (SIGNS, SIGNS * 20)]
    return [{
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [2.37 + number % 9 / 500, 48.86 + number // 9 / 700]},
        "properties": {"kind": "memory", "title": title[:200], "text": text, "author": title[:80],
                       "theme": [title[:60].replace(",", ";") or "x"], "when": "1987"},
    } for number, (title, text) in enumerate(strange)]
