"""Tables as spreadsheets write them: their letters, what stands between fields, decimal commas."""

import pytest

from command import done, exported, lieudit, layer_ids

WORDS = "Théâtre « œuvre » – 5 €"


def table(delimiter=",", longitude="2.3795", latitude="48.868", title=WORDS):
    quoted = [f'"{value}"' if delimiter in value else value for value in (title, longitude, latitude)]
    return f"nom{delimiter}lon{delimiter}lat\n{delimiter.join(quoted)}\n"


@pytest.mark.parametrize("encoding, mark, said", [
    ("utf-8", b"", "UTF-8"), ("utf-8", b"\xef\xbb\xbf", "UTF-8"), ("utf-16-le", b"\xff\xfe", "UTF-16"),
    ("utf-16-be", b"\xfe\xff", "UTF-16"), ("cp1252", b"", "Windows-1252")])
@pytest.mark.parametrize("delimiter, name", [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
@pytest.mark.parametrize("comma", [True, False])
def test_a_table_is_recognised_and_the_command_says_how(store, tmp_path, encoding, mark, said, delimiter, name, comma):
    file = tmp_path / "lieux.csv"
    longitude, latitude = ("2,3795", "48,868") if comma else ("2.3795", "48.868")
    file.write_bytes(mark + table(delimiter, longitude, latitude).encode(encoding))
    finished = done(store, "import", file, "--layer", "lieux")
    (one,) = exported(store, "lieux")
    assert one["properties"]["title"] == WORDS
    assert one["geometry"] == {"type": "Point", "coordinates": [2.3795, 48.868]}
    assert finished.error.strip() == f"Read as {said}, fields apart by {name}, decimal {'commas' if comma else 'points'}."


def test_latin_1_is_read_and_a_letter_outside_the_basic_plane_survives_utf_16(store, tmp_path):
    for layer, encoding, mark, title in (("latin", "latin-1", b"", "Été à Noël"), ("paire", "utf-16-le", b"\xff\xfe", "Un arbre 🌳")):
        file = tmp_path / f"{layer}.csv"
        # More than one piece, so that pairs lie across their edges.
        rows = "".join(f"{title} {number},2.3795,48.868\n" for number in range(20_000))
        file.write_bytes(mark + ("nom,lon,lat\n" + rows).encode(encoding))
        done(store, "import", file, "--layer", layer)
        assert {one["properties"]["title"] for one in exported(store, layer)} == {f"{title} {n}" for n in range(20_000)}


@pytest.mark.parametrize("content, option", [
    (b"nom;lon,lat\nA;2,48\n", "--delimiter"), (b"nom,lon,lat\ncaf\xe9\x81,2,48\n", "--encoding")])
def test_what_could_be_read_in_several_ways_is_refused_and_the_option_named(store, tmp_path, content, option):
    file = tmp_path / "lieux.csv"
    file.write_bytes(content)
    finished = lieudit(store, "import", file, "--layer", "lieux")
    assert finished.status == 1 and option in finished.error and "Fatal" not in finished.error
    assert not store.exists() or layer_ids(store) == []


def test_the_options_settle_it(store, tmp_path):
    file = tmp_path / "lieux.csv"
    file.write_bytes(b"nom;lon;lat,a,b\nA;2;48\n")
    assert "--delimiter" in lieudit(store, "import", file, "--layer", "lieux").error
    refused = lieudit(store, "import", file, "--layer", "lieux", "--delimiter", "|")
    assert refused.status == 64
    file.write_bytes("nom;lon,lat\nÉté;2,48\n".encode("cp1252"))
    finished = lieudit(
        store, "import", file, "--layer", "lieux", "--delimiter", ",", "--encoding", "windows-1252", "--lon", "nom;lon")
    # With commas the first column holds both, which is no number.
    assert finished.status == 1 and "number of degrees" in finished.error
    file.write_bytes("nom;lon;lat\nÉté;2;48\n".encode("cp1252"))
    done(store, "import", file, "--layer", "lieux", "--encoding", "windows-1252", "--delimiter", ";")
    assert [one["properties"]["title"] for one in exported(store, "lieux")] == ["Été"]
