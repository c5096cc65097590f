"""What a film will cost is known before it is made."""

from __future__ import annotations

from collections.abc import Callable

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.film.forecast import fresh
from nemovideo_fakeserver.media.timeline import reading
from support.pictures import cut


def test_what_is_drawn_is_foreseen(order: Callable[..., RenderOrder]) -> None:
    """Fades, words and transitions count frame by frame, the rest until it repeats itself."""
    segments = [
        {"d": 20_000, "m": {"fade_in": 1000}},
        {"s": 20_000, "d": 20_000, "m": {"transition": "wipe"}},
        {"s": 40_000, "d": 1000, "m": {"fade_out": 200}},
    ]
    words = [{"s": 10_000, "d": 5000, "m": {"text": "Hi", "fade_in": 2000, "fade_out": 300}}]
    asked = order({"t": [{"tt": 0, "sg": segments}, {"tt": 7, "sg": words}], "d": 50_000})

    foreseen = sum(fresh(reading.read(asked)))

    group = 10
    cost = (p.frames if p.loop is None else min(p.frames, max(p.loop, group)) for p in cut(asked))
    assert foreseen == sum(cost)
