"""The command `lieudit` as a person would type it, and what it cost."""

import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def binary():
    path = os.environ.get("LIEUDIT_BINARY", str(REPOSITORY / ".build/release/lieudit"))
    if not os.access(path, os.X_OK):
        raise FileNotFoundError(f"there is no lieudit at {path}: Tools/test builds it and names it in LIEUDIT_BINARY")
    return path


def environment():
    """The caller's environment without settings of Lieudit, so that only what a test says counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIEUDIT_")}
    if "LIEUDIT_MAPLIBRE" in os.environ:
        kept["LIEUDIT_MAPLIBRE"] = os.environ["LIEUDIT_MAPLIBRE"]
    kept["LIEUDIT_STYLES"] = str(REPOSITORY / "Styles")
    return kept


@dataclass
class Finished:
    """How a command ended. `memory` is its own peak of resident bytes."""

    status: int
    output: str
    error: str
    memory: int


def lieudit(store, *arguments, timeout=120):
    """Runs one command to its end on the store and never raises for a refusal."""
    words = [binary(), *map(str, arguments)]
    if store is not None:
        words += ["--store", str(store)]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as error:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=error, env=environment(), cwd=REPOSITORY
        )
        status, used = _wait(process, timeout)
        output.seek(0)
        error.seek(0)
        return Finished(
            status, output.read().decode("utf-8", "replace"), error.read().decode("utf-8", "replace"),
            used.ru_maxrss * 1024,
        )


def _wait(process, timeout):
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, used
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    os.wait4(process.pid, 0)
    process.returncode = -signal.SIGKILL
    raise TimeoutError(f"{process.args} still ran after {timeout} s")


def done(store, *arguments, **options):
    """The same, for a command that has to succeed."""
    finished = lieudit(store, *arguments, **options)
    assert finished.status == 0, f"lieudit {arguments} ended with {finished.status}: {finished.error}"
    return finished


def layer_ids(store):
    answer = json.loads(done(store, "layer", "list", "--json").output)
    layers = answer["layers"] if isinstance(answer, dict) else answer
    return [layer["id"] for layer in layers]


def exported(store, layer):
    """The published features of a layer, through the command."""
    return json.loads(done(store, "export", layer, "--format", "geojson").output)["features"]


def titles(store, layer):
    return sorted(feature["properties"]["title"] for feature in exported(store, layer))


def refused(finished, line, reason):
    assert finished.status == 1, f"ended with {finished.status}: {finished.error}"
    assert re.search(rf"line {line}\b", finished.error), finished.error
    assert re.search(reason, finished.error, re.IGNORECASE), finished.error
    assert "Fatal error" not in finished.error and "place 3" not in finished.error
