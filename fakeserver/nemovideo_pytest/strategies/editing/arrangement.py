"""Which clips are shown, and in which order: reordering, and uploads that are not on the timeline yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edit import Asking, Edit, wish
from nemovideo_pytest.strategies.editing.effects import Added
from nemovideo_pytest.strategies.editing.picture_effects import Laid, Ordered
from nemovideo_pytest.strategies.editing.removal import NUMBERS
from nemovideo_pytest.strategies.editing.timeline import Kind

SOUNDS = (".mp3", ".wav", ".m4a", ".aac")
_REST: tuple[Kind, ...] = ("title", "subtitle")


def ordered(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another order, where there are two clips or more."""
    ways = list(_orders(asking)) if asking.film_ms and len(asking.of("picture")) > 1 else []
    return st.one_of(ways) if ways else None


def _orders(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    numbers = tuple(range(len(asking.of("picture"))))
    said = (("Reverse the order of the clips",), ("把片段顺序反过来",))
    yield wish(asking, "order", said, Ordered(order=numbers[::-1]), keeps=_REST)
    for number, (english, chinese) in list(enumerate(NUMBERS))[: len(numbers)]:
        rest = tuple(n for n in numbers if n != number)
        gaps: dict[str, Any] = {"en": english, "zh": chinese}
        if number:
            said = (("Move the {en} clip to the beginning",), ("把第{zh}个片段放到最前面",))
            yield wish(asking, "order", said, Ordered(order=(number, *rest)), keeps=_REST, **gaps)
        if number < numbers[-1]:
            said = (("Move the {en} clip to the end",), ("把第{zh}个片段移到末尾",))
            yield wish(asking, "order", said, Ordered(order=(*rest, number)), keeps=_REST, **gaps)


def laid(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """An upload that is shown joins what is on the timeline."""
    names = [name for name in asking.nameable if not name.lower().endswith(SOUNDS)]
    said = (("Add {name} to the timeline",), ("把{name}加到时间线上",))
    ways = [wish(asking, "clips", said, Laid(name=n), name=n) for n in names]
    return st.one_of(ways) if ways else None


def recorded(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """An upload that is heard plays under the picture."""
    names = [name for name in asking.nameable if name.lower().endswith(SOUNDS)]
    said = (("Use {name} as background music",), ("用{name}做背景音乐",))
    ways = [
        wish(asking, "recordings", said, Added(kind="music", m={"name": n}), keeps=_REST, name=n)
        for n in names
        if asking.of("picture")
    ]
    return st.one_of(ways) if ways else None


def repeated(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """What was done to the only clip is done to an upload, which takes its place."""
    names = [name for name in asking.nameable if not name.lower().endswith(SOUNDS)]
    said = (("Do the same with {name}",), ("{name}也一样",))
    ways = [
        wish(asking, "repetition", said, Laid(name=n, alone=True), name=n)
        for n in names
        if len(asking.of("picture")) == 1
    ]
    return st.one_of(ways) if ways else None
