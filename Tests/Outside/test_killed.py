"""Two hundred times killed without warning under writing: what was acknowledged is there, and the store is sound."""

import concurrent.futures

import killed


def test_whatever_was_acknowledged_outlives_two_hundred_kills(tmp_path):
    """Two stores side by side, a hundred kills each; `lieudit check` looks at them again and again."""
    stores = [tmp_path / name / "lieudit.sqlite" for name in ("one", "two")]
    for store in stores:
        killed.prepare(store)
    with concurrent.futures.ThreadPoolExecutor(2) as side_by_side:
        outcomes = list(side_by_side.map(lambda each: killed.kill_again_and_again(each[1], 100, each[0]),
                                         enumerate(stores)))
    for acknowledged, withdrawn, faults in outcomes:
        assert faults == []
        assert acknowledged > 200 and withdrawn > 5, "the kills came upon writing"
    print(f"{sum(each[0] for each in outcomes)} acknowledged writes")


def test_an_early_acknowledgement_is_found(tmp_path):
    """The control: who believes what was only sent misses some of it."""
    store = tmp_path / "lieudit.sqlite"
    killed.prepare(store)
    _, _, faults = killed.kill_again_and_again(store, 12, seed=3, early=True, writers=8)
    assert any(fault.startswith("lost: ") for fault in faults), "nothing is missed, so nothing is proved above"
