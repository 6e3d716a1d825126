"""What the other tests measure with: a command's memory is its own."""

from command import lieudit


def test_the_memory_of_whoever_runs_the_tests_is_not_counted(store):
    weight = bytearray(700_000_000)
    assert lieudit(store, "--version").memory < 200_000_000 < len(weight)


def test_a_store_with_too_long_a_name_is_refused_before_anything_is_said(store):
    long = store.with_name("a" * 80 + ".sqlite")
    finished = lieudit(long, "serve", "--port", "0")
    assert finished.status != 0 and finished.output == ""
    assert "too long" in finished.error
