"""`lieudit households`: the table that makes cells coarser, with a server and without one."""

import contextlib
import json

import served
from command import lieudit

ROWS = "cell,households\nCRS3035RES200mN2890400E3762800,3\nCRS3035RES200mN2000000E4000000,40\n"


def contribute(server):
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.3795, 48.868]},
               "properties": {"title": "Le bal", "consent": True, "precision": "about"}}
    reply = server.ask(
        "/collections/fabrique/items", "POST", json.dumps(feature).encode(), Content_Type="application/geo+json")
    assert reply.status == 201, reply
    return reply.json()["shows"]["precision_m"]


@contextlib.contextmanager
def serving(store):
    server = served.Server(store)
    try:
        yield server
    finally:
        server.stop()


def test_without_a_table_the_operator_is_told_what_200_m_may_be(tmp_path):
    store = tmp_path / "store.sqlite"
    assert lieudit(store, "layer", "create", "fabrique").status == 0
    for arguments in (["households"], ["check"]):
        finished = lieudit(store, *arguments)
        assert finished.status == 0 and "a cell of 200 m may be a single house" in finished.output, finished
    table = tmp_path / "table.csv"
    table.write_text(ROWS)
    loaded = lieudit(store, "households", "load", table)
    assert loaded.status == 0 and "Loaded 2 cells." in loaded.output, loaded
    assert lieudit(store, "households", "--json").output == '{"cells":2,"households":43.0}\n'
    checked = lieudit(store, "check")
    assert checked.status == 0 and "single house" not in checked.output and "2 cells of 200 m, 43 households" in checked.output


def test_a_table_that_is_none_is_refused_with_its_line(tmp_path):
    store = tmp_path / "store.sqlite"
    assert lieudit(store, "layer", "create", "fabrique").status == 0
    table = tmp_path / "table.csv"
    for text, sentence in ((ROWS + "CRS3035RES200mN1,2\n", "line 4"), ("cell,households\n", "no row"),
                           ("cell,people\n", "no column named households")):
        table.write_text(text)
        refused = lieudit(store, "households", "load", table)
        assert refused.status == 1 and sentence in refused.error, refused
    assert lieudit(store, "households", "load", tmp_path / "none.csv").status == 1
    assert lieudit(store, "households", "--json").output == '{"cells":0,"households":0.0}\n'


def test_beside_a_running_server_a_table_is_in_force_at_once_and_after_a_restart(tmp_path):
    store = tmp_path / "store.sqlite"
    assert lieudit(store, "layer", "create", "fabrique", "--review", "after").status == 0
    table = tmp_path / "table.csv"
    table.write_text(ROWS)
    with serving(store) as server:
        assert contribute(server) == 200
        loaded = lieudit(store, "households", "load", table)
        assert loaded.status == 0, loaded
        assert contribute(server) == 32_000
    with serving(store) as server:
        assert contribute(server) == 32_000
