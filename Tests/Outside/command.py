"""The command `lieudit` as a person would type it, and what it cost."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
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
        status, memory = _measured(words, timeout, output, error)
        output.seek(0)
        error.seek(0)
        return Finished(
            status, output.read().decode("utf-8", "replace"), error.read().decode("utf-8", "replace"), memory)


# A process begins with the peak of the one that started it (getrusage(2) on Linux keeps it across exec): the one that
# runs all tests has grown, so that a small one stands between.
_MEASURE = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(child, 0)
os.write(int(sys.argv[1]), f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss * 1024}".encode())
"""


def _measured(words, timeout, output, error):
    """Exit status, and peak of resident bytes of the command or of the largest that it waited for."""
    read, write = os.pipe()
    with os.fdopen(read) as told:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _MEASURE, str(write), *words], stdin=subprocess.DEVNULL, stdout=output,
            stderr=error, env=environment(), cwd=REPOSITORY, pass_fds=[write], process_group=0,
        )
        os.close(write)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise TimeoutError(f"{words} still ran after {timeout} s") from None
        status, memory = told.read().split()
        return int(status), int(memory)


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
