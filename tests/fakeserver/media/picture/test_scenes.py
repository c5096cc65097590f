"""What is not a film or a picture of its own is a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver.core.assets import Asset, Synthetic, imagined
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.card import Card
from support.pictures import cut, pixels, shown

OrderMaker = Callable[..., RenderOrder]

CANVAS = Canvas(64, 36, 10)


def scene(kind: Any = "video", **notes: Any) -> Asset:
    """A generated scene of the sea."""
    source = Synthetic(kind=kind, seconds=1, label="The sea", seed=99, notes=notes)
    return imagined(source, filename="s", url="s", hash_="", origin="generated")


def of(asked: RenderOrder, asset: Asset) -> RenderOrder:
    """The same order, in which the source `s` is that asset."""
    return replace(asked, media={"s": asset})


def drawn(card: Card, *numbers: int) -> list[bytes]:
    """Some frames of a card."""
    return [pixels(next(iter(card.frames(number)))) for number in numbers]


def video(*segments: Mapping[str, Any]) -> dict[str, Any]:
    """A draft with one video track."""
    return {"t": [{"tt": 0, "sg": list(segments)}]}


@pytest.mark.parametrize("number", [None, 3])
def test_a_generated_scene_is_its_card(number: int | None, order: OrderMaker) -> None:
    """Subject, number and seed are those of its description, and it moves as the card does."""
    asked = order(video({"d": 500, "src": "s"}))

    (passage,) = cut(of(asked, scene(**({"scene": number} if number else {}))))

    card = Card(CANVAS, "The sea", number, 99)
    assert passage.loop == card.loop
    assert [pixels(f) for f in islice(passage.pictures, 5)] == drawn(card, *range(5))


def test_a_generated_picture_is_a_card_that_stands_still(order: OrderMaker) -> None:
    """It is the card when it begins."""
    asked = order(video({"d": 500, "src": "s"}))

    (passage,) = cut(of(asked, scene("image")))

    assert (passage.frames, passage.loop) == (5, 1)
    assert pixels(next(iter(passage.pictures))) == drawn(Card(CANVAS, "The sea", None, 99), 0)[0]


def test_a_cut_scene_goes_on_where_it_was_cut(order: OrderMaker) -> None:
    """Its offset, and what another clip hides of it, count into the card's motion."""
    cover = {"s": 0, "d": 200, "src": "other"}
    asked = order(video(cover, {"s": 0, "d": 500, "src": "s", "in": 1000}))

    seen = shown(of(asked, scene()))

    assert [pixels(f) for f in seen[2:]] == drawn(Card(CANVAS, "The sea", None, 99), 12, 13, 14)


def test_unknown_sources_are_never_opened(
    samples: Mapping[str, Path], order: OrderMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths, file URLs and anything else outside the order's media become cards of their own."""
    path = samples["mp4"]
    sources = [str(path), f"file://{path}", f"concat:{path}", "http://127.0.0.1:1/x.mp4", ""]
    draft = video(*({"s": 100 * i, "d": 100, "src": src} for i, src in enumerate(sources)))
    monkeypatch.chdir(path.parent)

    cuts = list(cut(order(draft)))

    assert [(p.frames, p.loop) for p in cuts] == [(1, Card(CANVAS, "", None, 0).loop)] * 5


def test_an_unknown_source_is_called_what_the_draft_calls_it(order: OrderMaker) -> None:
    """The name of a segment is what can be said of it."""
    seen = [
        pixels(shown(order(video({"d": 100, "src": "x", "m": {"name": name}})))[0])
        for name in ("beach.mp4", "beach.mp4", "forest.mp4")
    ]

    assert seen[0] == seen[1] != seen[2]


def test_a_sound_on_a_picture_track_is_a_card(
    samples: Mapping[str, Path], order: OrderMaker
) -> None:
    """An uploaded sound has no picture of its own."""
    segment = {"d": 500, "src": "u", "m": {"name": "song.mp3"}}

    (passage,) = cut(order(video(segment), {"u": samples["mp3"]}))

    assert passage.loop == Card(CANVAS, "", None, 0).loop


def test_a_film_without_pictures_shows_a_card(order: OrderMaker) -> None:
    """Only sound, or only words, are exported above one plain card with the film's title."""
    draft = {"t": [{"tt": 1, "sg": [{"d": 500, "src": "bgm"}]}], "m": {"title": "My song"}}

    (passage,) = cut(order(draft))

    assert (passage.frames, passage.loop) == (5, Card(CANVAS, "", None, 0).loop)
