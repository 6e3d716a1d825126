"""Somebody at a page of ours: with a finger, with a keyboard, with and without a network."""

import base64
import json
import time

from chromium import Chromium

KEYS = {
    "Tab": 9, "Enter": 13, "Space": 32, "ArrowUp": 38, "ArrowDown": 40, "ArrowLeft": 37, "ArrowRight": 39, "Escape": 27,
}
PHONE = (360, 740)


class Visitor(Chromium):
    """A browser whose page is used as people do; `tabs` counts how often Tab was pressed."""

    def __init__(self, profile, width=PHONE[0], height=PHONE[1]):
        super().__init__(profile, width, height)
        self.tabs = 0
        # What scrolls slowly is elsewhere when the finger comes down.
        self.media(prefers_reduced_motion="reduce")

    def media(self, **features):
        """What the person has asked of their device, such as prefers_color_scheme="dark"."""
        features = {"prefers_reduced_motion": "reduce", **features}
        self._ask("Emulation.setEmulatedMedia", session=self._session, features=[
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    def resize(self, width, height):
        self._ask("Emulation.setDeviceMetricsOverride", session=self._session, width=width, height=height,
                  deviceScaleFactor=1, mobile=False)

    def stand_at(self, longitude, latitude, origin):
        """Where the device is, and that this page may know it."""
        self._ask("Browser.grantPermissions", origin=origin, permissions=["geolocation"])
        self._ask("Emulation.setGeolocationOverride", session=self._session, longitude=longitude, latitude=latitude,
                  accuracy=5)

    def network(self, is_there):
        self._ask("Network.emulateNetworkConditions", session=self._session, offline=not is_there, latency=0,
                  downloadThroughput=-1, uploadThroughput=-1)

    def block(self, *patterns):
        """Requests that never arrive, while the device believes itself connected."""
        self._ask("Network.setBlockedURLs", session=self._session, urls=list(patterns))

    def before_each_page(self, script):
        self._ask("Page.addScriptToEvaluateOnNewDocument", session=self._session, source=script)

    def press(self, key, shift=False):
        self.tabs += key == "Tab"
        text = {"Enter": "\r", "Space": " "}.get(key, "")
        name = " " if key == "Space" else key
        event = {"key": name, "code": key, "windowsVirtualKeyCode": KEYS.get(key, ord(key[0].upper())),
                 "modifiers": 8 if shift else 0}
        self._ask("Input.dispatchKeyEvent", session=self._session, type="keyDown", text=text, **event)
        self._ask("Input.dispatchKeyEvent", session=self._session, type="keyUp", **event)

    def type(self, text):
        self._ask("Input.insertText", session=self._session, text=text)

    def touch(self, selector):
        """A click in the middle of what it finds, after bringing it into sight."""
        place = self.until(f"""(() => {{
            const node = document.querySelector({json.dumps(selector)});
            if (!node?.checkVisibility()) return null;
            node.scrollIntoView({{ block: "center", behavior: "instant" }});
            const box = node.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()""", f"nothing to touch at {selector}")
        self.touch_at(*place)

    def touch_at(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", session=self._session, type=kind, x=x, y=y, button="left", clickCount=1)

    def fill(self, selector, text):
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).select?.()")
        self.type(text)

    def text(self, selector="body"):
        return self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def until(self, expression, complaint="", within=15):
        """The value of an expression, as soon as it has one."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            value = self.evaluate(f"((value) => value instanceof Node ? true : value)({expression})")
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(complaint or f"{expression} stays false; the page says {self.text()[:800]!r}")

    @property
    def focused(self):
        """The id of what has the focus, or its tag."""
        return self.evaluate("document.activeElement.id || document.activeElement.localName")

    @property
    def sent_bodies(self):
        """What every request has carried, addresses and headers too."""
        requests = [e["params"]["request"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [json.dumps(request) for request in requests]

    def full_screenshot(self, path):
        size = self._ask("Page.getLayoutMetrics", session=self._session)["cssContentSize"]
        data = self._ask("Page.captureScreenshot", session=self._session, captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1})
        path.write_bytes(base64.b64decode(data["data"]))
