"""Request ids: drawn from the seed, counted for each caller alone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.request_ids import RequestIds


def test_ids_look_alike_and_are_all_different() -> None:
    """`req_` and 16 hex digits, no two the same for one caller or for several."""
    ids = RequestIds(Chance("7"))
    drawn = [ids.next(caller) for caller in ("ann", "bob") for _ in range(1000)]

    assert all(re.fullmatch("req_[0-9a-f]{16}", id_) for id_ in drawn)
    assert len(set(drawn)) == len(drawn)


def test_another_seed_gives_other_ids() -> None:
    """The seed decides where a caller's ids begin."""
    assert RequestIds(Chance("1")).next("ann") != RequestIds(Chance("2")).next("ann")


@given(st.lists(st.sampled_from(["ann", "bob"])))
def test_no_callers_ids_depend_on_another_caller(order: list[str]) -> None:
    """However callers take turns, each gets the ids it would get alone."""
    mixed, alone = RequestIds(Chance("7")), RequestIds(Chance("7"))
    heard = [(caller, mixed.next(caller)) for caller in order]

    for name in ("ann", "bob"):
        assert [id_ for caller, id_ in heard if caller == name] == [
            alone.next(name) for _ in range(order.count(name))
        ]


def test_a_world_that_is_taken_up_again_gives_other_ids() -> None:
    """Run after run: no id of a run before comes again, and the first run's are those of the seed."""
    runs, seen = 0, []
    for _ in range(3):
        ids = RequestIds(Chance("7"), runs)
        seen += [ids.next(caller) for caller in ("ann", "bob") for _ in range(100)]
        runs = ids.runs

    assert runs == 3
    assert len(set(seen)) == len(seen)
    assert seen[0] == RequestIds(Chance("7")).next("ann")


def test_a_run_that_gives_no_id_is_none() -> None:
    """Only what has been used up must not come again."""
    assert RequestIds(Chance("7"), 2).runs == 2
