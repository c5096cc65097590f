"""The film is cut where it begins or ceases to repeat itself, and every frame is what the draft says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.picture import lettering, words
from nemovideo_fakeserver.media.picture.passages import runs
from nemovideo_fakeserver.media.timeline import reading
from support.pictures import cut, pixels, plane, shown

OrderMaker = Callable[..., RenderOrder]
PaintMaker = Callable[..., Path]

BLACK = {"s": 90_000, "d": 1}
"""A picture far behind the film's end, so that all of the film is a gap."""


def captioned(*segments: Mapping[str, Any], d: int = 1000, over: Any = None) -> dict[str, Any]:
    """A draft with these words, each on a track of its own, above a gap or a picture."""
    tracks = [{"tt": 7, "sg": [{"d": d, **segment}]} for segment in segments]
    return {"t": [{"tt": 0, "sg": [over or BLACK]}, *tracks], "d": d}


def lit(order: RenderOrder) -> list[bool]:
    """At which frames anything is seen above black."""
    return [bool(plane(f).max() > 60) for f in shown(order)]


def lightest(order: RenderOrder) -> list[int]:
    """How light the lightest pixel of each frame is."""
    return [int(plane(f).max()) for f in shown(order)]


@pytest.mark.parametrize("frames", [1, 4])
def test_words_are_there_when_they_should_be(frames: int, order: OrderMaker) -> None:
    """From their first frame to their last, above a gap as well, and not one frame more."""
    draft = captioned({"s": 300, "d": 100 * frames, "m": {"text": "Hi"}})

    assert lit(order(draft)) == [False] * 3 + [True] * frames + [False] * (7 - frames)


@pytest.mark.parametrize("d", [100, 400])
def test_words_are_above_footage_for_as_long(
    d: int, order: OrderMaker, make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """A film that is drawn frame by frame has its words at the same frames."""
    film = make_film(tmp_path / "film.mp4", lumas=[40] * 10, size=(64, 36), sound=False)
    draft = captioned({"s": 300, "d": d, "m": {"text": "Hi"}}, over={"d": 1000, "src": "u"})

    seen = lit(order(draft, {"u": film}))

    assert seen == [False] * 3 + [True] * (d // 100) + [False] * (7 - d // 100)


def test_words_that_stand_still_are_drawn_once(order: OrderMaker) -> None:
    """Around them, and with them, a picture that stands still does so in whole passages."""
    draft = captioned({"s": 300, "d": 400, "m": {"text": "Hi"}})

    cuts = list(cut(order(draft)))

    assert [(p.frames, p.loop) for p in cuts] == [(3, 1), (4, 1), (3, 1)]
    assert len({id(frame) for frame in islice(cuts[1].pictures, 9)}) == 1


def test_words_fade(order: OrderMaker) -> None:
    """They come and go evenly, drawn frame by frame only meanwhile."""
    m = {"text": "M", "size": 200, "bold": True, "fade_in": 300, "fade_out": 400}
    draft = captioned({"d": 1000, "m": m})

    levels = lightest(order(draft))

    assert [(p.frames, p.loop) for p in cut(order(draft))] == [(3, None), (3, 1), (4, None)]
    assert levels == sorted(levels[:6]) + sorted(levels[6:], reverse=True)
    assert levels[0] == levels[-1] == 16
    assert levels[1] == pytest.approx(16 + 219 / 3, abs=5)
    assert levels[3] == levels[5] > 230


@pytest.mark.parametrize(
    ("s", "d"), [(1000, 500), (5000, 500), (400, 0), (400, 20), (-900, -5), (400, None)]
)
def test_words_outside_of_the_film_or_without_time_are_not_there(
    s: int, d: int | None, order: OrderMaker
) -> None:
    """After its end, or for less than half a frame."""
    draft = captioned({"s": s, "d": d, "m": {"text": "Hi"}})

    assert lit(order(draft)) == [False] * 10
    assert [(p.frames, p.loop) for p in cut(order(draft))] in ([(10, 1)], [(4, 1), (6, 1)])


def test_words_that_outlast_the_film_end_with_it(order: OrderMaker) -> None:
    """They are seen from their beginning to its last frame."""
    draft = captioned({"s": 500, "d": 90_000, "m": {"text": "Hi"}})

    assert lit(order(draft)) == [False] * 5 + [True] * 5
    assert [(p.frames, p.loop) for p in cut(order(draft))] == [(5, 1), (5, 1)]


def test_later_tracks_are_painted_above(order: OrderMaker) -> None:
    """Of two captions without room for both, the second is seen, whichever began first."""
    big = {"text": "M", "size": 200, "bold": True}
    red, blue = ({"m": {**big, "color": colour}} for colour in ("red", "blue"))
    size = {"width": 160, "height": 90}

    for under, above, grey in ((red, blue, 41), ({**blue, "s": 200}, red, 81)):
        both = shown(order(captioned(under, above), **size))[5]
        alone = plane(shown(order(captioned(above), **size))[5])
        ink = abs(alone - grey) < 2
        assert ink.sum() > 100
        assert (abs(plane(both)[ink] - grey) < 4).mean() > 0.7


def test_several_captions_are_seen_together(order: OrderMaker) -> None:
    """Each at its place and its time."""
    top = {"d": 600, "m": {"text": "AB", "position": "top-left"}}
    bottom = {"s": 400, "d": 600, "m": {"text": "CD", "position": "bottom-right"}}

    seen = shown(order(captioned(top, bottom), width=128, height=72))

    up = [bool(plane(f)[:36, :64].max() > 60) for f in seen]
    down = [bool(plane(f)[36:, 64:].max() > 60) for f in seen]
    assert up == [True] * 6 + [False] * 4
    assert down == [False] * 4 + [True] * 6


def test_no_more_captions_are_seen_than_the_limit(
    order: OrderMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of too many at once, those of the first tracks."""
    places = ("top-left", "top-right", "bottom-left")
    draft = captioned(*({"m": {"text": "A", "position": place}} for place in places))
    monkeypatch.setattr(words, "AT_ONCE", 2)

    frame = plane(shown(order(draft))[0])

    assert frame[:18].max() > 60
    assert frame[18:].max() < 20


def test_letters_are_made_once(
    order: OrderMaker, paint: PaintMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many frames, shots and fades a caption goes through."""
    made: list[str] = []

    def lettered(caption: Any, *where: Any) -> Any:
        made.append(caption.text)
        return lettering.lettered(caption, *where)

    monkeypatch.setattr(words, "lettered", lettered)
    segments = [{"s": 200 * n, "d": 200, "src": "u"} for n in range(5)]
    draft = captioned(
        {"m": {"text": "one", "fade_in": 500, "fade_out": 500}}, {"m": {"text": "two"}}
    )
    draft["t"][0]["sg"] = segments

    shown(order(draft, {"u": paint(90)}))

    assert sorted(made) == ["one", "two"]


def test_a_card_goes_on_under_words(order: OrderMaker) -> None:
    """Its motion is not begun anew where words come or go; its passages repeat as it does."""
    scene = {"d": 9000, "src": "x", "m": {"name": "The sea"}}
    words_above = {"s": 3000, "d": 500, "m": {"text": "A"}}
    plain, said = (order(captioned(*w, over=scene, d=9000)) for w in ((), (words_above,)))

    cuts = list(cut(said))
    same = [pixels(a) == pixels(b) for a, b in zip(shown(plain), shown(said), strict=True)]

    loop = cuts[0].loop
    assert loop is not None
    assert [(p.frames, p.loop) for p in cuts] == [(30, loop), (5, loop), (55, loop)]
    assert same == [True] * 30 + [False] * 5 + [True] * 55


def test_a_card_repeats_itself_as_its_passage_says(order: OrderMaker) -> None:
    """Frame by frame, from whichever of its frames the clip begins."""
    whole, late = (
        next(cut(order(captioned(over={"d": 30_000, "src": "x", "in": start}, d=30_000), fps=2)))
        for start in (0, 1500)
    )

    first, second = (list(map(pixels, islice(p.pictures, 30))) for p in (whole, late))

    assert whole.loop == late.loop
    assert whole.loop is not None
    assert first[whole.loop :] == first[: -whole.loop]
    assert first[3:] == second[:-3]


@pytest.mark.parametrize("fps", [1, 7, 24, 60])
def test_any_rate_will_do(fps: int, order: OrderMaker) -> None:
    """Words are there for their time, in frames of any length."""
    draft = captioned({"s": 1000, "d": 2000, "m": {"text": "Hi"}}, d=4000)

    assert lit(order(draft, fps=fps)) == [False] * fps + [True] * 2 * fps + [False] * fps


@given(
    spans=st.lists(
        st.tuples(st.integers(-5, 60), st.integers(0, 20)).map(lambda s: (s[0], s[0] + s[1])),
        max_size=6,
    ),
    first=st.integers(0, 20),
    frames=st.integers(1, 40),
)
def test_runs_cover_all_frames_and_move_only_within_spans(
    spans: list[tuple[int, int]], first: int, frames: int
) -> None:
    """End to end; a run that stands still has no border of a span inside it."""
    found = list(runs(first, first + frames, spans))

    assert [found[0][0][0], found[-1][0][1]] == [first, first + frames]
    assert all(one[0][1] == other[0][0] for one, other in pairwise(found))
    for (start, end), moves in found:
        assert start < end
        for number in range(start, end):
            assert moves == any(a <= number < b for a, b in spans)
        if not moves:
            assert not any(start < edge < end for span in spans for edge in span)


NUMBERS = st.integers(-50, 900) | st.floats()
PICTURES = st.fixed_dictionaries(
    {"d": st.integers(-10, 900)},
    optional={
        "s": NUMBERS,
        "in": NUMBERS,
        "src": st.sampled_from(["mp4", "jpg", "moving", "mp3", "nobody"]) | st.none(),
        "m": st.fixed_dictionaries(
            {},
            optional={
                "name": st.text(max_size=12),
                "speed": st.floats(),
                "fade_in": NUMBERS,
                "fade_out": NUMBERS,
                "transition": st.sampled_from(["crossfade", "wipe", "slide", "zoom", "?"])
                | st.none(),
                "brightness": st.integers(-120, 120) | st.floats(),
                "contrast": st.integers(-120, 120),
                "saturation": st.integers(-120, 120),
                "temperature": st.integers(-120, 120),
                "sharpness": st.integers(-120, 120),
                "filter": st.sampled_from(["sepia", "vintage", "blur", "dreamy", "cinematic", "x"]),
            },
        ),
    },
)
WORDS = st.fixed_dictionaries(
    {"d": st.integers(-10, 900), "m": st.fixed_dictionaries(
        {"text": st.text(max_size=8)},
        optional={
            "fade_in": NUMBERS,
            "fade_out": NUMBERS,
            "position": st.sampled_from(["top-left", "center", "bottom-right", "?"]),
            "size": st.integers(0, 300),
        },
    )},
    optional={"s": NUMBERS},
)  # fmt: skip


@pytest.fixture(scope="session")
def media(samples: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A film, a photo, an animation and a sound."""
    moving = tmp_path_factory.mktemp("moving") / "moving.gif"
    pages = [Image.effect_noise((32, 32), 60) for _ in range(3)]
    pages[0].save(moving, save_all=True, append_images=pages[1:], duration=[100, 70, 230])
    return {**{name: samples[name] for name in ("mp4", "jpg", "mp3")}, "moving": moving}


@settings(max_examples=40)
@given(
    tracks=st.lists(st.lists(PICTURES, max_size=3), min_size=1, max_size=2),
    captions=st.lists(WORDS, max_size=3),
    canvas=st.sampled_from([(64, 36, 10), (36, 64, 7), (16, 16, 25)]),
)
def test_any_timeline_is_cut_into_passages_that_are_what_they_say(
    tracks: list[Any], captions: list[Any], canvas: tuple[int, int, int], media: Any, order: Any
) -> None:
    """They fill the film, with frames of its size and format; what repeats itself really does."""
    width, height, fps = canvas
    draft = {
        "t": [*({"tt": 0, "sg": sg} for sg in [[{"d": 40}], *tracks]), {"tt": 7, "sg": captions}],
        "d": 800,
    }
    asked = order(draft, media, width=width, height=height, fps=fps)

    frames = 0
    for passage in cut(asked):
        seen = list(islice(passage.pictures, passage.frames))
        frames += passage.frames
        assert len(seen) == passage.frames > 0
        assert {(f.width, f.height, f.format.name) for f in seen} == {(width, height, "yuv420p")}
        for one, other in zip(seen, seen[passage.loop or len(seen) :], strict=False):
            assert pixels(one) == pixels(other)
    assert frames == reading.read(asked).frames == round(0.8 * fps)
