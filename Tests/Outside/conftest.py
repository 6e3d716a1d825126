import pytest

import drawn
import invented
import sample
from command import done
from served import Server
from world import hostile_world, world  # noqa: F401, fixtures for every file


@pytest.fixture
def store(tmp_path):
    """Where a store may come to be; nothing is there yet."""
    return tmp_path / "lieudit.sqlite"


@pytest.fixture
def serve():
    """Starts servers that are stopped when the test ends."""
    running = []

    def start(store, *options):
        running.append(Server(store, *options))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    """A store with the sample; tests only read it."""
    store = tmp_path_factory.mktemp("sample") / "lieudit.sqlite"
    sample.fill(store)
    return store


@pytest.fixture(scope="session")
def sample_server(sample_store):
    server = Server(sample_store)
    yield server
    assert server.stop() == 0, server.error


@pytest.fixture(scope="session")
def invented_server(tmp_path_factory):
    """Layers nobody has been to: `everywhere` (also on the poles and ±180°), `crowds`, and `shapes` of every type."""
    folder = tmp_path_factory.mktemp("invented")
    store = folder / "lieudit.sqlite"
    done(store, "import", invented.write_csv(folder / "everywhere.csv", invented.places(1000)), "--layer", "everywhere")
    crowds = invented.places(3000, draw=invented.crowd)
    done(store, "import", invented.write_csv(folder / "crowds.csv", crowds), "--layer", "crowds")
    done(store, "import", invented.write_shapes(folder / "shapes.geojson"), "--layer", "shapes")
    server = Server(store)
    yield server
    assert server.stop() == 0, server.error


@pytest.fixture(scope="session")
def drawings_server(tmp_path_factory):
    """One layer a family of geometries: `points`, `lines`, `areas`, `mixtures`."""
    folder = tmp_path_factory.mktemp("drawings")
    store = folder / "lieudit.sqlite"
    for family in drawn.FAMILIES:
        done(store, "import", drawn.write(folder / f"{family}.geojson", family), "--layer", family)
    server = Server(store)
    yield server
    assert server.stop() == 0, server.error
