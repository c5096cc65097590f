"""The length of the picture: trim it, cut a piece out, split it. Whole seconds, as people say them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.edit import Asking, Edit, Said, wish
from nemovideo_pytest.strategies.editing.picture_effects import Shows, Split

_FRONT: Said = (
    ("Trim the video to {n} seconds", "Keep only the first {n} seconds"),
    ("剪到前{n}秒", "保留前{n}秒"),
)
_BACK: Said = (("Keep only the last {n} seconds",), ("只保留最后{n}秒",))
_NO_FRONT: Said = (("Cut the first {n} seconds",), ("剪掉开头{n}秒",))
_NO_BACK: Said = (("Cut the last {n} seconds",), ("剪掉最后{n}秒",))
_OUT: Said = (("Cut out {a}s to {b}s",), ("删掉第{a}秒到第{b}秒",))
_SPLIT: Said = (("Split at {n} seconds",), ("在第{n}秒处分割",))


def trimmed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another length, where the picture has more than a second."""
    whole = asking.film_ms
    if whole <= 1_000:
        return None
    return st.integers(1, (whole - 1) // 1_000).flatmap(
        lambda n: st.one_of([*_ends(asking, n, whole), *_inside(asking, n, whole)])
    )


def _ends(asking: Asking, n: int, whole: int) -> Iterator[st.SearchStrategy[Edit]]:
    ms = n * 1_000
    for said, kept in (
        (_FRONT, (0, ms)),
        (_BACK, (whole - ms, whole)),
        (_NO_FRONT, (ms, whole)),
        (_NO_BACK, (0, whole - ms)),
    ):
        yield wish(asking, "timing", said, Shows(stretches=(kept,)), keeps=(), n=n)


def _inside(asking: Asking, n: int, whole: int) -> Iterator[st.SearchStrategy[Edit]]:
    if n * 1_000 >= 2_000:
        yield st.integers(1, n - 1).flatmap(
            lambda a: wish(
                asking,
                "timing",
                _OUT,
                Shows(stretches=((0, a * 1_000), (n * 1_000, whole))),
                a=a,
                b=n,
            )
        )
    cuts = {timeline.start(s) for s in asking.of("picture")}
    if n * 1_000 not in cuts:
        yield wish(
            asking, "timing", _SPLIT, Split(at=n * 1_000), keeps=("music", "title", "subtitle"), n=n
        )
