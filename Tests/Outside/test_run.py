"""`Tools/run`, the first command of the README, as a newcomer types it."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request

import pytest

from command import REPOSITORY, environment, layer_ids
from sample import layer_names


class Run:
    """`Tools/run` until it has said its two lines."""

    def __init__(self, store, port="0"):
        settings = {**environment(), "LIEUDIT_STORE": str(store), "LIEUDIT_PORT": str(port)}
        self.process = subprocess.Popen(
            [REPOSITORY / "Tools" / "run"], env=settings, cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )

    def lines(self, count, within=300):
        late = threading.Timer(within, self.process.kill)
        late.start()
        read = [self.process.stdout.readline().rstrip("\n") for _ in range(count)]
        late.cancel()
        return read

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.rest, self.error = self.process.communicate(timeout=60)
        return self.process.returncode


def answers(address):
    open_it = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    with open_it(address, timeout=20) as reply:
        return reply.status == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_makes_the_sample_serves_it_and_names_links_that_answer(tmp_path, how):
    store = tmp_path / "new" / "lieudit.sqlite"
    run = Run(store)
    first, links = run.lines(2)
    try:
        url = re.fullmatch(r"Lieudit: (http://127\.0\.0\.1:\d+)", first)[1]
        assert links.startswith(f"Map: {url}/map/")
        addresses = re.findall(r"http\S+", links)
        assert len(addresses) == 3 and all(answers(address) for address in addresses)
    finally:
        status = run.stop(how)
    assert status == 0, run.error
    assert run.rest == ""
    assert layer_ids(store) == layer_names()
    assert [path for path in store.parent.iterdir() if path.name.startswith(".sample")] == []
    with pytest.raises(OSError):
        answers(url + "/health")


def test_a_second_start_keeps_the_store_as_it_is(tmp_path):
    store = tmp_path / "lieudit.sqlite"
    for _ in range(2):
        run = Run(store)
        run.lines(2)
        assert run.stop() == 0, run.error
        assert layer_ids(store) == layer_names()


def test_a_port_that_is_taken_is_said_at_once(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = Run(tmp_path / "lieudit.sqlite", port)
        run.lines(1, within=30)
        assert run.stop() == 1
    assert f"Port {port} is taken" in run.error
    assert not (tmp_path / "lieudit.sqlite").exists()


def test_an_interrupted_first_start_leaves_no_half_sample(tmp_path):
    store = tmp_path / "lieudit.sqlite"
    run = Run(store)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob(".sample*")) and time.monotonic() < deadline and run.process.poll() is None:
        time.sleep(0.002)
    os.killpg(run.process.pid, signal.SIGTERM)
    run.process.communicate(timeout=60)
    if store.exists():
        assert layer_ids(store) == layer_names()
    else:
        assert list(tmp_path.iterdir()) == []
