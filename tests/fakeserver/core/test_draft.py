from __future__ import annotations

import copy
from functools import reduce
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.draft import (
    AUDIO,
    TEXT,
    VIDEO,
    Change,
    Describe,
    Draft,
    Operation,
    Order,
    Put,
    Remove,
    apply,
    end,
    segments,
    tracks,
)

IDS = ["a", "b", "c", "d"]
ids = st.sampled_from(IDS)
times = st.integers(0, 20).map(lambda n: n * 500)
notes = st.dictionaries(st.sampled_from(["name", "volume", "x"]), st.none() | st.integers(0, 100))
rich = st.builds(lambda: {"deep": [{"er": 1}]})
patches = st.fixed_dictionaries(
    {}, optional={"s": times, "d": times, "src": st.none() | st.just("u"), "y": rich, "m": notes}
)
puts = st.builds(
    Put,
    st.sampled_from([VIDEO, AUDIO, TEXT]),
    st.fixed_dictionaries({"id": ids, "s": times, "d": times}, optional={"m": notes, "y": rich}),
    st.booleans(),
)
operations: st.SearchStrategy[Operation] = st.one_of(
    puts,
    st.builds(Change, ids, patches),
    st.builds(Remove, ids),
    st.builds(Order, st.lists(ids, max_size=4).map(tuple)),
    st.builds(Describe, notes),
)
drafts = st.lists(operations, max_size=12).map(lambda ops: made(*ops))


def made(*ops: Operation) -> Draft:
    """What the operations make of nothing."""
    return reduce(apply, ops, {})


def piece(id_: str, s: int = 0, d: int = 1000, **more: Any) -> dict[str, Any]:
    """A segment."""
    return {"id": id_, "s": s, "d": d, **more}


def listed(draft: Draft) -> list[tuple[int, list[str]]]:
    """The tracks as (type, ids)."""
    return [(t["tt"], [s["id"] for s in t["sg"]]) for t in tracks(draft)]


def scribble(value: Any) -> None:
    """Write into every object of a draft."""
    if isinstance(value, dict):
        for inner in value.values():
            scribble(inner)
        value["scribble"] = True
    elif isinstance(value, list):
        for inner in value:
            scribble(inner)


# Every operation


@given(drafts, operations)
def test_a_draft_is_a_value(draft: Draft, operation: Operation) -> None:
    """An operation leaves the old draft and its own words as they were."""
    before = copy.deepcopy((draft, operation))

    apply(draft, operation)

    assert (draft, operation) == before


@pytest.mark.parametrize(
    "operation",
    [
        Put(VIDEO, {"id": "b", "s": 0, "d": 1, "m": {"deep": [{}]}}),
        Change("a", {"y": [{}], "m": {"deep": [{}]}}),
        Order(("a",)),
        Describe({"deep": [{}]}),
    ],
)
def test_a_draft_shares_nothing_with_what_made_it(operation: Operation) -> None:
    """Whatever is written into the new draft reaches neither the old one nor the operation."""
    draft = made(Put(VIDEO, piece("a", y=[{}])))
    before = copy.deepcopy((draft, operation))

    scribble(apply(draft, operation))

    assert (draft, operation) == before


@given(drafts, operations)
def test_the_total_is_what_the_picture_lasts(draft: Draft, operation: Operation) -> None:
    """After any operation `d` is the end of the last picture, or without picture of the last segment."""
    after = apply(draft, operation)

    ends = {tt: [s.get("s", 0) + s.get("d", 0) for s in segments(after, tt)] for tt in (0, 1, 7)}
    assert after["d"] == max(ends[VIDEO] or ends[AUDIO] + ends[TEXT] or [0])


@given(drafts, operations)
def test_no_track_is_left_empty(draft: Draft, operation: Operation) -> None:
    """Every track has a segment, whatever was taken away."""
    after = apply(draft, operation)

    assert all(track["sg"] for track in after["t"])


@given(drafts, operations)
def test_unknown_keys_survive(draft: Draft, operation: Operation) -> None:
    """Keys nobody documents stay, on the draft, its `m`, a track, a segment and its `m`."""
    stranger = {"unknown": [1]}
    mine = {**piece("mine"), **stranger, "m": dict(stranger)}
    known = {**draft, **stranger, "m": {**draft.get("m", {}), **stranger}}
    known["t"] = [*draft.get("t", []), {"tt": 5, "sg": [mine], **stranger}]

    after = apply(known, operation)

    track = next(t for t in after["t"] if t["tt"] == 5)
    for place in (after, after["m"], track, track["sg"][0], track["sg"][0]["m"]):
        assert place["unknown"] == [1]


@pytest.mark.parametrize(
    "operation",
    [Change("gone", {"d": 9, "m": {"text": "x"}}), Remove("gone"), Order(("a", "gone")), Order(())],
)
@given(draft=drafts)
def test_what_is_gone_cannot_be_edited(operation: Operation, draft: Draft) -> None:
    """An operation on a segment that is not there changes nothing."""
    draft = apply(draft, Put(VIDEO, piece("a")))

    assert apply(draft, operation) == draft


# One by one


def test_put_joins_the_first_track_of_its_type_in_order_of_time() -> None:
    """A segment takes its place by start in the first track of its type."""
    draft = made(
        Put(VIDEO, piece("a", 0)),
        Put(AUDIO, piece("bgm", 0)),
        Put(VIDEO, piece("c", 4000)),
        Put(VIDEO, piece("b", 2000)),
    )

    assert listed(draft) == [(VIDEO, ["a", "b", "c"]), (AUDIO, ["bgm"])]


def test_put_can_ask_for_a_track_of_its_own() -> None:
    """With `new_track` a segment opens a track though there is one of its type."""
    draft = made(Put(TEXT, piece("a")), Put(TEXT, piece("b"), new_track=True))

    assert listed(draft) == [(TEXT, ["a"]), (TEXT, ["b"])]


def test_put_reaches_a_track_whose_segments_lost_their_start() -> None:
    """A segment without a start counts as starting at 0, as it does for the total."""
    draft = made(Put(VIDEO, piece("a", 500)), Change("a", {"s": None}), Put(VIDEO, piece("b", 100)))

    assert listed(draft) == [(VIDEO, ["a", "b"])]


def test_change_merges_and_none_removes() -> None:
    """A patch sets keys, goes into `m` key by key, and None takes a key away."""
    draft = made(Put(AUDIO, piece("a", src="u", m={"name": "Lo-fi", "volume": 35, "fade_in": 2})))

    after = apply(draft, Change("a", {"d": 3000, "src": None, "m": {"volume": 80, "name": None}}))

    assert after["t"][0]["sg"] == [
        {"id": "a", "s": 0, "d": 3000, "m": {"volume": 80, "fade_in": 2}}
    ]


def test_change_gives_a_segment_its_first_m() -> None:
    """A segment without `m` gets one."""
    after = made(Put(TEXT, piece("a")), Change("a", {"m": {"text": "Hi"}}))

    assert next(segments(after))["m"] == {"text": "Hi"}


def test_remove_takes_a_track_that_becomes_empty() -> None:
    """A track goes with its last segment, and the others stay."""
    draft = made(
        Put(VIDEO, piece("a", 0)), Put(VIDEO, piece("b", 2000)), Put(TEXT, piece("c", 0, 500))
    )

    assert listed(apply(draft, Remove("b"))) == [(VIDEO, ["a"]), (TEXT, ["c"])]
    assert listed(apply(draft, Remove("c"))) == [(VIDEO, ["a", "b"])]


@given(
    st.lists(ids, unique=True, min_size=1),
    st.lists(st.tuples(times, times), min_size=4, max_size=4),
)
def test_order_lays_segments_end_to_end(order: list[str], spans: list[tuple[int, int]]) -> None:
    """The named come first, the others follow as they were, from the earliest start without gaps."""
    draft = made(*(Put(VIDEO, piece(i, s, d)) for i, (s, d) in zip(IDS, spans, strict=True)))
    (_, were), *_ = listed(draft)

    after = apply(draft, Order(tuple(order)))

    track = after["t"][0]["sg"]
    assert [s["id"] for s in track] == order + [i for i in were if i not in order]
    assert track[0]["s"] == min(s for s, _ in spans)
    assert all(end(one) == two["s"] for one, two in pairwise(track))
    assert {s["id"]: s["d"] for s in track} == {i: d for i, (_, d) in zip(IDS, spans, strict=True)}


@given(drafts, st.lists(ids, max_size=5))
def test_order_neither_loses_nor_doubles(draft: Draft, order: list[str]) -> None:
    """Naming an id twice, or one that two segments share, moves segments and no more."""
    after = apply(draft, Order(tuple(order)))

    def kept(of: Draft) -> list[tuple[int, list[str]]]:
        return [(tt, sorted(held)) for tt, held in listed(of)]

    assert kept(after) == kept(draft)


def test_describe_merges_into_the_drafts_own_m() -> None:
    """The draft's `m` is merged key by key, and None takes a key away."""
    draft = made(Describe({"title": "One", "width": 1080}), Describe({"title": None, "height": 9}))

    assert draft["m"] == {"width": 1080, "height": 9}
