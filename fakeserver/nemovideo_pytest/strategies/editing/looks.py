"""How clips look and how fast they play. Adjustments go from -100 to 100, 0 being the clip as it is."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.edit import Asking, Edit, Said, wish
from nemovideo_pytest.strategies.editing.effects import Changed, Shifted
from nemovideo_pytest.strategies.editing.picture_effects import Paced
from nemovideo_pytest.strategies.editing.timeline import Kind, about

_REST: tuple[Kind, ...] = ("music", "title", "subtitle")
_SPEEDS: dict[float, Said] = {
    2.0: (("Play the video at 2x speed", "Double the speed of the video"), ("视频2倍速播放",)),
    0.5: (("Play the video at half speed",), ("视频0.5倍速播放",)),
    1.5: (("Set the video speed to 150%",), ("视频1.5倍速播放",)),
    1.0: (("Play the video at normal speed",), ("视频恢复正常速度",)),
}
_STEPS: dict[tuple[str, int], Said] = {
    ("brightness", 1): (("Make the video brighter",), ("画面亮一点",)),
    ("brightness", -1): (("Make the video darker",), ("画面暗一点",)),
    ("contrast", 1): (("Increase the contrast",), ("提高对比度",)),
    ("saturation", -1): (("Reduce the saturation",), ("降低饱和度",)),
}


def paced(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another speed, for all clips."""
    shown = asking.of("picture")
    ways = [
        wish(asking, "pace", said, Paced(speed=speed))
        for speed, said in _SPEEDS.items()
        if shown and all(timeline.speed(s) != speed for s in shown)
    ]
    # doubled is doubled: what is said of the speed as it is holds at normal speed only
    normal = all(timeline.speed(s) == 1 for s in shown)
    return st.one_of(ways) if ways and normal else None


def adjusted(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Brighter, darker, or such."""
    ways = list(_adjustments(asking))
    return st.one_of(ways) if ways else None


def _adjustments(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    shown = asking.of("picture")
    if not shown:
        return
    for (key, by), said in _STEPS.items():
        if all(abs(about(s).get(key, 0)) < 60 for s in shown):
            yield wish(asking, "looks", said, Shifted(kind="picture", key=key, by=by), keeps=_REST)
    if all("brightness" not in about(s) for s in shown):
        yield st.integers(1, 99).flatmap(
            lambda n: wish(
                asking,
                "looks",
                (("Set the brightness to {n}%",), ("亮度调到{n}%",)),
                Changed(kind="picture", m={"brightness": n}),
                keeps=_REST,
                n=n,
            )
        )
