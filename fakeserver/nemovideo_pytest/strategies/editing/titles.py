"""Titles: new ones by their words, looks and time, and other words or looks for the one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.edit import Asking, Edit, wish
from nemovideo_pytest.strategies.editing.effects import Added, Changed, Shifted
from nemovideo_pytest.strategies.editing.timeline import Kind, about

COLORS = {"white": "白色", "red": "红色", "blue": "蓝色", "yellow": "黄色", "neon blue": "霓虹蓝"}
PLACES = {
    "center": ("in the center", "中间"),
    "top-center": ("at the top", "顶部"),
    "bottom-center": ("at the bottom", "底部"),
    "top-left": ("at the top left", "左上角"),
    "bottom-right": ("at the bottom right", "右下角"),
}
NO_QUOTES = str.maketrans(dict.fromkeys("\"'`“”‘’「」『』《》\\\n\r\t\u2028\x85"))
"""What would end a quotation."""

_REST: tuple[Kind, ...] = ("picture", "music", "subtitle")


def quotable(asking: Asking) -> st.SearchStrategy[str]:
    """Texts that can stand between quotation marks."""
    return asking.texts.map(lambda text: text.translate(NO_QUOTES).strip()).filter(bool)


def added(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """A new title."""
    return quotable(asking).flatmap(lambda text: _plain(asking, text) | _detailed(asking, text))


def _plain(asking: Asking, text: str) -> st.SearchStrategy[Edit]:
    said = (
        ('Add the title "{text}"', 'Add a title that says "{text}"'),
        ("添加标题“{text}”", "加一个标题「{text}」"),
    )
    return wish(
        asking, "titles", said, Added(kind="title", m={"text": text}), keeps=_REST, text=text
    )


@st.composite
def _detailed(draw: st.DrawFn, asking: Asking, text: str) -> Edit:
    color, place = draw(st.sampled_from(list(COLORS))), draw(st.sampled_from(list(PLACES)))
    room = 1 if asking.lays_uploads else (timeline.length(asking.draft) or 20_000) // 1_000
    start = draw(st.integers(0, max(0, room - 1)))
    lasts = draw(st.integers(1, max(1, room - start)))
    said = (
        ('Add a title "{text}" in {color} {place} at {start} seconds for {lasts} seconds',),
        ("在第{start}秒加标题“{text}”，{color_zh}，{place_zh}，持续{lasts}秒",),
    )
    effect = Added(
        kind="title",
        m={"text": text, "color": color, "position": place},
        start=start * 1_000,
        lasts=lasts * 1_000,
    )
    gaps: dict[str, Any] = {
        "color_zh": COLORS[color],
        "place": PLACES[place][0],
        "place_zh": PLACES[place][1],
    }
    times: dict[str, Any] = {"start": start, "lasts": lasts}
    return draw(
        wish(asking, "titles", said, effect, keeps=_REST, text=text, color=color, **gaps, **times)
    )


def changed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another look or other words for the title, where there is only one to be meant."""
    if len(asking.of("title")) != 1:
        return None
    return st.one_of(list(_changes(asking)))


def _changes(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    now = about(asking.of("title")[0])
    for color, chinese in COLORS.items():
        if now.get("color") != color:
            said = (("Make the title {en}",), ("把标题改成{zh}",))
            effect = Changed(kind="title", m={"color": color})
            yield wish(asking, "titles", said, effect, keeps=_REST, en=color, zh=chinese)
    for way, english, chinese in ((1, "bigger", "大"), (-1, "smaller", "小")):
        if 20 <= now.get("size", 48) <= 150:
            said = (("Make the title {en}",), ("标题{zh}一点",))
            sized = Shifted(kind="title", key="size", by=way, unless=48)
            yield wish(asking, "titles", said, sized, keeps=_REST, en=english, zh=chinese)
    others = quotable(asking).filter(lambda text: text != now.get("text"))
    yield others.flatmap(lambda text: _reworded(asking, text))


def _reworded(asking: Asking, text: str) -> st.SearchStrategy[Edit]:
    said = (('Change the title to "{text}"',), ("把标题改成“{text}”",))
    effect = Changed(kind="title", m={"text": text})
    return wish(asking, "titles", said, effect, keeps=_REST, text=text)
