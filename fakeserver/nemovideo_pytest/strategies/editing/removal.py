"""Taking things away: music, titles, subtitles, a clip, everything."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edit import Asking, Edit, Said, wish
from nemovideo_pytest.strategies.editing.effects import Removed
from nemovideo_pytest.strategies.editing.picture_effects import Emptied
from nemovideo_pytest.strategies.editing.timeline import KINDS, Kind

NUMBERS = (("first", "一"), ("second", "二"), ("third", "三"), ("fourth", "四"))
_SAID: dict[Kind, Said] = {
    "music": (("Remove the music", "Delete the BGM"), ("去掉音乐", "删除背景音乐")),
    "title": (("Remove the title", "Delete the title"), ("去掉标题", "删除标题")),
    "subtitle": (("Remove the subtitles",), ("去掉字幕", "删除字幕")),
}


def removed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Whatever is there goes away."""
    ways = [*_named(asking), *_clips(asking), *_everything(asking)]
    return st.one_of(ways) if ways else None


def _named(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    for kind, said in _SAID.items():
        if asking.of(kind) and (kind != "title" or len(asking.of(kind)) == 1):
            rest = tuple(other for other in KINDS if other != kind)
            yield wish(asking, "removal", said, Removed(kind=kind), keeps=rest)


def _clips(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    shown = asking.of("picture")
    if len(shown) < 2:
        return
    for number, (english, chinese) in list(enumerate(NUMBERS))[: len(shown)]:
        said = (("Remove the {en} clip",), ("删除第{zh}个片段",))
        effect = Removed(kind="picture", which=(number,))
        yield wish(asking, "removal", said, effect, en=english, zh=chinese)


def _everything(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    if any(asking.of(kind) for kind in KINDS):
        said = (("Remove everything", "Clear the timeline"), ("清空时间线",))
        yield wish(asking, "removal", said, Emptied())
