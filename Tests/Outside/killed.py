"""A server that is written to and killed without warning, again and again, and what it has acknowledged by then."""

import json
import http.client
import random
import signal
import threading
import time
import urllib.parse

from command import done, lieudit
from served import Server

LAYER = "fabrique"
ITEMS = f"/collections/{LAYER}/items"


def prepare(store):
    done(store, "layer", "create", LAYER, "--review", "after", "--title", "La fabrique")


def body(number):
    return json.dumps({
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [2.3 + number % 997 / 10000, 48.868]},
        "properties": {"title": f"Souvenir {number}", "consent": True},
    })


class Writer(threading.Thread):
    """Writes, and now and then withdraws, over one connection until the server is gone.

    `early` makes it believe what it has sent, before the server has answered: the control. It then names what it
    sends by its title, since it has no id.
    """

    def __init__(self, url, numbers, early=False):
        super().__init__(daemon=True)
        self.address = urllib.parse.urlsplit(url)
        self.numbers = numbers
        self.early = early
        self.kept = {}
        self.withdrawn = set()
        self.refusals = []

    def run(self):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=20)
        try:
            while True:
                self.give(connection, next(self.numbers))
        except (OSError, http.client.HTTPException, ValueError):
            return
        finally:
            connection.close()

    def give(self, connection, number):
        title = f"Souvenir {number}"
        connection.request("POST", ITEMS, body(number), {"Content-Type": "application/geo+json"})
        if self.early:
            self.kept[title] = None
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 201:
            self.refusals.append((answer.status, said))
            return
        given = json.loads(said)
        if number % 10 == 3:
            # Until it is answered, either may hold.
            connection.request("DELETE", f"{ITEMS}/{given['id']}", headers={
                "Authorization": f"Bearer {given['receipt']['token']}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status == 204:
                self.withdrawn.add(title)
                self.kept.pop(title, None)
        else:
            self.kept[title] = given["id"]


class Numbers:
    def __init__(self):
        self.lock = threading.Lock()
        self.last = 0

    def __next__(self):
        with self.lock:
            self.last += 1
            return self.last


def kill_again_and_again(store, times, seed, early=False, writers=4):
    """Returns how many writes were acknowledged, and what of them is wrong after the last start."""
    print(f"seed {seed}")
    draw = random.Random(seed)
    numbers, kept, withdrawn, faults = Numbers(), {}, set(), []
    for turn in range(times):
        server = Server(store, "--writes-per-minute", "0")
        hands = [Writer(server.url, numbers, early) for _ in range(writers)]
        for hand in hands:
            hand.start()
        time.sleep(draw.uniform(0.02, 0.12))
        server.process.send_signal(signal.SIGKILL)
        server.stop()
        for hand in hands:
            hand.join(timeout=30)
            kept.update(hand.kept)
            withdrawn |= hand.withdrawn
        # What is damaged does not heal: a look at every tenth turn finds what a look at each would.
        if turn % 10 == 9:
            check = lieudit(store, "check")
            if check.status != 0:
                faults.append(f"turn {turn}: {check.output}")
    server = Server(store, "--writes-per-minute", "0")
    try:
        shown = {feature["properties"]["title"] for feature in server.features(LAYER)}
    finally:
        server.stop()
    faults += [f"lost: {title}" for title in kept if title not in shown]
    faults += [f"back: {title}" for title in withdrawn if title in shown]
    faults += [] if len(shown) == len(set(shown)) else ["something is there twice"]
    return len(kept) + len(withdrawn), len(withdrawn), faults
