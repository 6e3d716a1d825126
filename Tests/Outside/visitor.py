"""Somebody in front of the page: keys, taps, a place in the world, a dark room, a sheet of paper."""

import base64
import time

from chromium import Chromium

KEYS = {
    "Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, ""), " ": (32, " "), "ArrowRight": (39, ""), "ArrowLeft": (37, ""),
    "ArrowDown": (40, ""), "ArrowUp": (38, ""), "Home": (36, ""), "End": (35, ""),
}


class Visitor(Chromium):
    def _page(self, method, **parameters):
        return self._ask(method, session=self._session, **parameters)

    def press(self, key, shift=False):
        code, text = KEYS[key]
        common = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code,
                  "modifiers": 8 if shift else 0}
        self._page("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self._page("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text):
        self._page("Input.insertText", text=text)

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self._page("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

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

    def print(self):
        return base64.b64decode(self._page("Page.printToPDF", printBackground=True)["data"])

    def wait(self, seconds=0.8):
        """Until nothing has happened for so long, twenty seconds at most."""
        end, last = time.monotonic() + 20, time.monotonic()
        while time.monotonic() < end and time.monotonic() - last < seconds:
            if self._receive(0.05):
                last = time.monotonic()

    def until(self, expression, within=20):
        """Waits until an expression is true."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if self.evaluate(f"Boolean({expression})"):
                return
            self._receive(0.1)
        raise AssertionError(f"never: {expression}")

    def weights(self):
        """What each address has cost on the line, in bytes."""
        names = {e["params"]["requestId"]: e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"}
        return [(names.get(e["params"]["requestId"], ""), e["params"]["encodedDataLength"]) for e in self.events
                if e["method"] == "Network.loadingFinished"]
