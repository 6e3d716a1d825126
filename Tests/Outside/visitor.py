"""Somebody in front of a page: with fingers or keys, somewhere in the world, in a dark room, on paper, with or without a network."""

import base64
import json
import time

from chromium import Chromium, PageGone

KEYS = {
    "Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, ""), "Space": (32, " "), "ArrowRight": (39, ""), "ArrowLeft": (37, ""),
    "ArrowDown": (40, ""), "ArrowUp": (38, ""), "Home": (36, ""), "End": (35, ""),
}


class Visitor(Chromium):
    """A browser whose page is used as people do; `tabs` counts how often Tab was pressed."""

    tabs = 0

    def _page(self, method, **parameters):
        return self._ask(method, session=self._session, **parameters)

    # Fingers and keys

    def press(self, key, shift=False):
        key = "Space" if key == " " else key
        self.tabs += key == "Tab"
        code, text = KEYS.get(key, (ord(key[0].upper()), ""))
        common = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self._page("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self._page("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text):
        self._page("Input.insertText", text=text)

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self._page("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def touch(self, selector):
        """A click in the middle of what it finds, after bringing it into sight."""
        place = self.until(f"""(() => {{
            const node = document.querySelector({json.dumps(selector)});
            if (!node?.checkVisibility()) return null;
            node.scrollIntoView({{ block: "center", behavior: "instant" }});
            const box = node.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()""", f"nothing to touch at {selector}")
        self.click(*place)

    def fill(self, selector, text):
        self.until(f"document.querySelector({json.dumps(selector)})?.checkVisibility()", f"nothing to fill at {selector}")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).select?.()")
        self.type(text)

    # Where they are, and what they have asked of their device

    def stand(self, address, longitude, latitude):
        """The device is there, and lets the page know when it asks."""
        self._ask("Browser.grantPermissions", origin=address, permissions=["geolocation"])
        self._page("Emulation.setGeolocationOverride", longitude=longitude, latitude=latitude, accuracy=5)

    def prefer(self, media="", **features):
        """Such as `prefers_color_scheme="dark"`, or print."""
        wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self._page("Emulation.setEmulatedMedia", media=media, features=wanted)

    def resize(self, width, height):
        self._page("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def network(self, is_there):
        self._page("Network.emulateNetworkConditions", offline=not is_there, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def block(self, *patterns):
        """Requests that never arrive, while the device believes itself connected."""
        self._page("Network.setBlockedURLs", urls=list(patterns))

    def before_each_page(self, script):
        return self._page("Page.addScriptToEvaluateOnNewDocument", source=script)["identifier"]

    def allow_scripts(self, are_allowed):
        self._page("Emulation.setScriptExecutionDisabled", value=not are_allowed)

    def forget(self, address):
        """As a new person: nothing kept, nothing seen, nothing listened to."""
        self.open("about:blank", quiet=0.05)
        self._page("Storage.clearDataForOrigin", origin=address, storageTypes="all")
        self.events.clear()

    # What they see

    def text(self, selector="body"):
        return self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def until(self, expression, complaint="", within=20):
        """The value of an expression, as soon as it has one."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            try:
                value = self.evaluate(f"((value) => value instanceof Node ? true : value)({expression})")
            except PageGone:
                # The next page has an answer of its own.
                value = None
            if value:
                return value
            self._receive(0.05)
        raise AssertionError(complaint or f"never: {expression}; the page says {self.text()[:800]!r}")

    def wait(self, seconds=0.8):
        """Until nothing has happened for so long, twenty seconds at most."""
        end, last = time.monotonic() + 20, time.monotonic()
        while time.monotonic() < end and time.monotonic() - last < seconds:
            if self._receive(0.05):
                last = time.monotonic()

    @property
    def cookies(self):
        """All that the browser holds for the page, also what no script sees."""
        return self._page("Network.getCookies")["cookies"]

    @property
    def focused(self):
        """The id of what has the focus, or its tag."""
        return self.evaluate("document.activeElement.id || document.activeElement.localName")

    @property
    def sent_bodies(self):
        """What every request has carried, addresses and headers too."""
        requests = [e["params"]["request"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [json.dumps(request) for request in requests]

    def weights(self):
        """What each address has cost on the line, in bytes."""
        names = {e["params"]["requestId"]: e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"}
        return [(names.get(e["params"]["requestId"], ""), e["params"]["encodedDataLength"]) for e in self.events
                if e["method"] == "Network.loadingFinished"]

    def print(self):
        return base64.b64decode(self._page("Page.printToPDF", printBackground=True)["data"])

    def full_screenshot(self, path, tallest=6000):
        """The whole page, as far down as that many pixels."""
        size = self._page("Page.getLayoutMetrics")["cssContentSize"]
        data = self._page("Page.captureScreenshot", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": size["width"], "height": min(size["height"], tallest), "scale": 1})
        path.write_bytes(base64.b64decode(data["data"]))
