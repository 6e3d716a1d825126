"""A headless Chromium, spoken to over a pipe (Chrome DevTools Protocol), with no port and no package in between."""

import base64
import json
import os
import select
import shutil
import subprocess
import time

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-pipe", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-default-apps", "--no-proxy-server", "--hide-scrollbars",
    # The map draws with WebGL; without a graphics card, in software.
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
]


WORKERS = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}


class PageGone(AssertionError):
    """The page went on to another while it was being asked."""


class Chromium:
    """One browser with one page; what it asked for and complained of is kept."""

    def __init__(self, profile, width=1000, height=800):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        assert program, "there is no chromium: Tools/setup test installs it"
        to_browser, self._input = os.pipe()
        self._output, from_browser = os.pipe()
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_browser} 4>&{from_browser}', "chromium", program, *FLAGS,
             f"--user-data-dir={profile}", f"--window-size={width},{height}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._unread, self._number = b"", 0
        self.events = []
        [page] = [t for t in self._ask("Target.getTargets")["targetInfos"] if t["type"] == "page"]
        self._session = self._ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._ask(f"{domain}.enable", session=self._session)
        # A window is never narrower than 500 pixels; what a page is shown on may be.
        self._ask("Emulation.setDeviceMetricsOverride", session=self._session, width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        # The map fetches its tiles in workers, which are targets of their own: each is held until it is listened to.
        self._ask("Target.setAutoAttach", session=self._session, **WORKERS)

    def close(self):
        os.close(self._input)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
            self.process.wait()
        os.close(self._output)

    def without_scripts(self):
        self._ask("Emulation.setScriptExecutionDisabled", session=self._session, value=True)

    def open(self, address, quiet=1.5, within=45):
        """Opens a page and waits until it has come and has asked for nothing during `quiet` seconds."""
        before = len(self.events)
        told = self._ask("Page.navigate", session=self._session, url=address)
        is_coming = "loaderId" in told and "errorText" not in told
        end, last = time.monotonic() + within, time.monotonic()
        while time.monotonic() < end and time.monotonic() - last < quiet:
            is_coming = is_coming and not any(self._is_loaded(event) for event in self.events[before:])
            if self._receive(0.1) or is_coming:
                last = time.monotonic()

    def _is_loaded(self, event):
        return event["method"] == "Page.loadEventFired" and event.get("sessionId") == self._session

    def evaluate(self, expression):
        result = self._ask("Runtime.evaluate", session=self._session, expression=expression, returnByValue=True,
                           awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def screenshot(self):
        return base64.b64decode(self._ask("Page.captureScreenshot", session=self._session)["data"])

    @property
    def requests(self):
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]

    @property
    def complaints(self):
        """Errors on the console, exceptions, and requests that failed."""
        found = []
        for event in self.events:
            told = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                found.append(json.dumps(told["exceptionDetails"])[:500])
            elif event["method"] == "Runtime.consoleAPICalled" and told["type"] in ("error", "assert"):
                found.append(json.dumps(told["args"])[:500])
            elif event["method"] == "Log.entryAdded" and told["entry"]["level"] == "error":
                found.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")
            elif event["method"] == "Network.loadingFailed" and not told.get("canceled"):
                found.append(told["errorText"])
        return found

    def _ask(self, method, session=None, **parameters):
        number = self._send(method, session, **parameters)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            answer = self._receive(1)
            if answer and answer.get("id") == number:
                if "navigated or closed" in answer.get("error", {}).get("message", ""):
                    raise PageGone(method)
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
        raise TimeoutError(f"Chromium did not answer {method}")

    def _send(self, method, session=None, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._input, json.dumps(message).encode() + b"\0")
        return self._number

    def _listen_to(self, session):
        for method in ("Network.enable", "Runtime.enable"):
            self._send(method, session)
        self._send("Target.setAutoAttach", session, **WORKERS)
        self._send("Runtime.runIfWaitingForDebugger", session)

    def _receive(self, seconds):
        """The next message, or None when none came in time."""
        while b"\0" not in self._unread:
            if not select.select([self._output], [], [], seconds)[0]:
                return None
            part = os.read(self._output, 1 << 16)
            assert part, "Chromium has ended"
            self._unread += part
        line, self._unread = self._unread.split(b"\0", 1)
        message = json.loads(line)
        if "method" in message:
            self.events.append(message)
        if message.get("method") == "Target.attachedToTarget" and message.get("sessionId"):
            self._listen_to(message["params"]["sessionId"])
        return message
