"""Captions at one place and time stand one below the other, or above, as long as there is room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture import words
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.setting import Setting
from nemovideo_fakeserver.media.picture.stacking import Box, shifts
from nemovideo_fakeserver.media.picture.words import Words
from nemovideo_fakeserver.media.timeline.captions import PLACES, Caption
from support.painted import grey, rgb
from support.pictures import plane, shown

OrderMaker = Callable[..., RenderOrder]

HEIGHT = 40


def box(top: int, tall: int = 6, *, first: int = 0, last: int = 9, **more: Any) -> Box:
    """A box in the middle of the canvas."""
    sides = {"left": 20, "right": 60, **more}
    return Box(first=first, last=last, top=top, bottom=top + tall, **sides)


def moved(boxes: list[Box]) -> list[Box]:
    """The boxes where they are in the end."""
    down = shifts(boxes, HEIGHT)
    return [
        replace(b, top=b.top + d, bottom=b.bottom + d) for b, d in zip(boxes, down, strict=True)
    ]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a pixel at any frame."""
    return all(
        max(getattr(one, low), getattr(other, low)) < min(getattr(one, high), getattr(other, high))
        for low, high in (("first", "last"), ("left", "right"), ("top", "bottom"))
    )


@st.composite
def a_box(draw: st.DrawFn) -> Box:
    """A box on the canvas, for some time; a few are empty."""
    first, left = draw(st.integers(0, 20)), draw(st.integers(0, 70))
    tall = draw(st.integers(0, 16))
    top = draw(st.integers(0, HEIGHT - tall))
    return Box(
        first=first,
        last=first + draw(st.integers(0, 12)),
        left=left,
        top=top,
        right=left + draw(st.integers(0, 40)),
        bottom=top + tall,
        rises=draw(st.booleans()),
    )


@given(st.lists(a_box(), max_size=12))
@example([box(2), box(2), box(2, rises=True), box(34, rises=True), box(34, rises=True)])
def test_captions_do_not_overlap_as_long_as_there_is_room(boxes: list[Box]) -> None:
    """Each is where no earlier one is, on the canvas; else there is no such place, and it has not moved."""
    placed = moved(boxes)

    for number, (now, then) in enumerate(zip(placed, boxes, strict=True)):
        tall = now.bottom - now.top
        assert 0 <= now.top <= HEIGHT - tall
        if any(overlap(now, earlier) for earlier in placed[:number]):
            tries = [replace(now, top=y, bottom=y + tall) for y in range(HEIGHT - tall + 1)]
            assert all(any(overlap(t, earlier) for earlier in placed[:number]) for t in tries)
            assert now == then


@given(st.lists(a_box(), max_size=12))
def test_a_caption_moves_only_for_another_and_no_further_than_it_must(boxes: list[Box]) -> None:
    """Where nobody is in the way it is where it was, and anywhere nearer on its way somebody is."""
    placed = moved(boxes)

    for number, (now, then) in enumerate(zip(placed, boxes, strict=True)):
        step = 1 if now.top > then.top else -1
        for y in range(then.top, now.top, step):
            nearer = replace(then, top=y, bottom=y + now.bottom - now.top)
            assert any(overlap(nearer, earlier) for earlier in placed[:number])


def test_captions_give_way_downwards_and_from_the_bottom_upwards() -> None:
    """In their order; where there is no room that way, the other way."""
    down = [b.top for b in moved([box(17) for _ in range(5)])]
    up = [b.top for b in moved([box(34, rises=True) for _ in range(3)])]

    assert down == [17, 23, 29, 11, 5]
    assert up == [34, 28, 22]


def test_a_caption_keeps_its_place_when_another_ends() -> None:
    """One that overlaps two in time gives way to both, though they never meet; a later one takes what is free."""
    boxes = [box(0, last=5), box(0, first=5), box(0, first=3, last=8), box(0, first=8, last=9)]

    assert [b.top for b in moved(boxes)] == [0, 0, 6, 6]


def test_a_thousand_captions_at_once_are_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is compared with those before it, once; those without room stay."""
    compared = [0]

    def beside(self: Box, other: Box) -> bool:
        compared[0] += 1
        return self is other

    monkeypatch.setattr(Box, "beside", beside)
    placed = moved([box(34, rises=True)] * 1000)

    assert compared[0] == 1000 * 999 / 2
    assert {b.top for b in placed} == {34, 28, 22, 16, 10, 4}


# Words


def caption(text: str, **about: Any) -> Caption:
    """A caption of a second."""
    return Caption(text=text, **{"start": 0, "seconds": 1, **about})


def ink(
    captions: list[Caption], frame: int = 0, size: tuple[int, int] = (320, 180)
) -> NDArray[Any]:
    """What is changed on a grey frame by the captions above it."""
    above = Words.of(captions, Canvas(*size, 10)).above(frame, grey(*size))
    return np.asarray(np.abs(rgb(above) - rgb(grey(*size))).max(axis=-1))


def rows(changed: NDArray[Any]) -> list[tuple[int, int]]:
    """The first and the last row of each run of rows that have clear ink."""
    lit = np.flatnonzero((changed > 90).any(axis=1))
    runs = np.split(lit, np.flatnonzero(np.diff(lit) > 1) + 1)
    return [(int(run[0]), int(run[-1])) for run in runs]


@pytest.mark.parametrize("place", PLACES)
def test_a_caption_alone_is_where_it_was(place: str) -> None:
    """Exactly where its letters are without any others, also beside one at another time or place."""
    one = caption("Hejo", place=place)
    other = caption("Later", place=place, start=1)
    far = caption(
        "Far", place="top-left" if place.startswith("bottom") else "bottom-right", size=16
    )
    canvas = Canvas(320, 180, 10)

    alone = np.abs(rgb(lettered(one, canvas).onto(grey(320, 180))) - rgb(grey(320, 180))).max(-1)

    assert np.array_equal(ink([one]), alone)
    assert np.array_equal(ink([other, one]), alone)
    both, beside = ink([far, one]), ink([far])
    assert np.array_equal(both[beside == 0], alone[beside == 0])


@pytest.mark.parametrize("place", PLACES)
def test_two_captions_at_one_place_are_both_legible(place: str) -> None:
    """The first is where it is alone, the second in rows of its own; the same words twice are seen twice."""
    captions = [caption("HHH", place=place), caption("HHH", place=place)]

    both, alone = ink(captions), ink(captions[:1])

    (one, other), [first] = rows(both), rows(alone)
    rising = place.startswith("bottom")
    assert (other if rising else one) == first
    assert other[1] - other[0] == pytest.approx(one[1] - one[0], abs=1)
    # as far apart as two lines of one text
    assert other[0] - one[0] == pytest.approx(1.3 * 12, abs=2)


def test_a_title_at_the_bottom_stands_above_the_subtitles() -> None:
    """Whatever its size, and through all subtitles, of one line or two, that are seen meanwhile."""
    size = (320, 180)
    lines = [
        caption("a subtitle", place="bottom-center", size=24, seconds=0.5),
        caption("one of\ntwo lines", place="bottom-center", size=24, start=0.5, seconds=0.5),
    ]
    title = caption("TITLE", place="bottom-left", size=80)
    wide = caption("A title that is as wide as all of it", place="bottom-left", size=60)

    for shown_title, moves in ((title, False), (wide, True)):
        early, late = (
            [rows(ink([*lines, shown_title], frame))[0] for frame in frames]
            for frames in ((0, 4), (5, 9))
        )
        assert early == late
        alone = rows(ink([shown_title]))[0]
        assert (early[0][0] < alone[0]) == moves
        assert rows(ink(lines, 5))[0] == rows(ink(lines, 9))[0]
    tops = [Setting.of(c, Canvas(*size, 10)).box[1] for c in lines]
    assert rows(ink([*lines, wide]))[0][1] <= min(tops) + 2


def test_titles_of_a_draft_do_not_print_over_each_other(order: OrderMaker) -> None:
    """In a film, too: of two tracks with a title at the same place and time both are seen whole."""
    red, blue = ({"d": 1000, "m": {"text": "MM", "color": c, "size": 160}} for c in ("red", "blue"))
    size = {"width": 160, "height": 90}

    def luma(*segments: Any) -> NDArray[Any]:
        tracks = [{"tt": 7, "sg": [segment]} for segment in segments]
        sea = {"tt": 0, "sg": [{"s": 90_000, "d": 1}]}
        return plane(shown(order({"t": [sea, *tracks], "d": 1000}, **size))[3])

    both = luma(red, blue)
    counts = [(abs(luma(one) - grey) < 2).sum() for one, grey in ((red, 81), (blue, 41))]

    assert min(counts) > 100
    assert [(abs(both - grey) < 2).sum() for grey in (81, 41)] == pytest.approx(counts, rel=0.1)


def test_without_room_a_caption_is_printed_over_the_others() -> None:
    """However many there are, the last one is seen, where it would be alone."""
    canvas = Canvas(320, 180, 10)
    many = [caption("MMMMMM", place="top-center", size=120) for _ in range(8)]
    red = caption("MMMMMM", place="top-center", size=120, colour=(255, 0, 0))

    alone, last = (
        rgb(Words.of(captions, canvas).above(0, grey(320, 180)))
        for captions in ([red], [*many, red])
    )
    inside = (np.abs(alone - (255, 0, 0)) < 12).all(axis=-1)

    assert inside.sum() > 200
    assert np.abs(last[inside] - (255, 0, 0)).max() < 16


def test_words_of_nothing_take_no_room() -> None:
    """An invisible caption, or one that is over before its first frame, moves nobody."""
    seen = caption("Hejo")
    for unseen in (caption("\u200b"), caption("Hejo", seconds=0.01)):
        assert np.array_equal(ink([unseen, seen]), ink([seen]))


def test_nothing_is_measured_before_words_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forecast of the work costs none."""
    monkeypatch.setattr(words, "Setting", None)

    found = Words.of([caption("one"), caption("two")], Canvas(320, 180, 10))

    assert len(found.within(0, 5).spans) == 4


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            caption,
            st.text(max_size=8),
            place=st.sampled_from(PLACES),
            size=st.floats(8, 200),
            start=st.sampled_from([0, 0.5, 0.7]),
            seconds=st.sampled_from([0.01, 0.3, 1]),
            italic=st.booleans(),
        ),
        max_size=4,
    ),
    st.sampled_from([(64, 36), (36, 64), (16, 16)]),
)
def test_any_captions_can_be_placed(captions: list[Caption], size: tuple[int, int]) -> None:
    """Whatever they are, on any canvas, at every frame."""
    canvas = Canvas(*size, 10)
    above = Words.of(captions, canvas)

    for frame in range(0, 17, 4):
        assert (above.above(frame, grey(*size)).width, canvas.height) == size
