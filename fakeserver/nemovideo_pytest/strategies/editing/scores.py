"""Music: composed from a brief, at another tempo, by another name, at another time, once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.edit import Asking, Edit, wish
from nemovideo_pytest.strategies.editing.effects import Added, Changed, Placed, Renewed, Shifted
from nemovideo_pytest.strategies.editing.timeline import Kind, about
from nemovideo_pytest.strategies.editing.titles import quotable

GENRES = {"lo-fi": "lo-fi", "jazz": "爵士", "ambient": "氛围", "piano": "钢琴"}
_REST: tuple[Kind, ...] = ("picture", "title", "subtitle")


def composed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """New music, by genre, length, tempo and volume."""
    return _brief(asking)


@st.composite
def _brief(draw: st.DrawFn, asking: Asking) -> Edit:
    genre = draw(st.sampled_from(list(GENRES)))
    lasts, bpm = draw(st.integers(5, 90)), draw(st.integers(50, 200))
    volume = draw(st.integers(1, 100))
    said = (
        (
            "Add {lasts} seconds of {genre} music at {bpm} BPM at {volume}%",
            "Compose a {lasts}-second {genre} track at {bpm} BPM, volume {volume}%",
        ),
        ("添加{lasts}秒的{chinese}音乐，{bpm}BPM，音量{volume}%",),
    )
    effect = Added(kind="music", m={"bpm": bpm, "volume": volume}, start=0, lasts=lasts * 1_000)
    gaps: dict[str, Any] = {
        "genre": genre,
        "chinese": GENRES[genre],
        "lasts": lasts,
        "bpm": bpm,
        "volume": volume,
    }
    return draw(wish(asking, "music", said, effect, keeps=_REST, **gaps))


def refined(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """The same music at another tempo, where it was composed and has one."""
    played = asking.of("music")
    if not played or not all("bpm" in about(s) for s in played):
        return None
    return st.one_of(list(_tempo(asking, [int(about(s)["bpm"]) for s in played])))


def _tempo(asking: Asking, now: list[int]) -> Iterator[st.SearchStrategy[Edit]]:
    yield (
        st.integers(50, 200)
        .filter(lambda bpm: bpm not in now)
        .flatmap(
            lambda bpm: wish(
                asking,
                "refinement",
                (("Make the music {bpm} BPM",), ("把音乐节奏改成{bpm}BPM",)),
                Changed(kind="music", m={"bpm": bpm}),
                keeps=_REST,
                bpm=bpm,
            )
        )
    )
    if max(now) <= 180:
        said = (("Make the music faster",), ("音乐快一点",))
        yield wish(asking, "refinement", said, Shifted(kind="music", key="bpm", by=1), keeps=_REST)
    if min(now) >= 60:
        said = (("Make the music slower",), ("音乐慢一点",))
        yield wish(asking, "refinement", said, Shifted(kind="music", key="bpm", by=-1), keeps=_REST)


def renamed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another name for the music."""
    played = asking.of("music")
    if len(played) != 1:
        return None
    names = quotable(asking).filter(lambda name: _telling(name, about(played[0]).get("name")))
    return names.flatmap(
        lambda name: wish(
            asking,
            "renaming",
            (('Rename the music to "{name}"',), ("把音乐重命名为“{name}”",)),
            Changed(kind="music", m={"name": name}),
            keeps=_REST,
            name=name,
        )
    )


def _telling(name: str, now: object) -> bool:
    """A name is more than the punctuation at its ends, which belongs to the sentence."""
    return name == name.strip(" .,;:!。，；：！吧") and name != now


def placed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """The music begins or ends at another time."""
    played = asking.of("music")
    if len(played) != 1:
        return None
    start, end = timeline.start(played[0]), timeline.end(played[0])
    whole = range(start // 1_000 + 1, (end - 1) // 1_000 + 1)
    if not whole:
        return None
    return st.sampled_from(whole).flatmap(
        lambda at: _begins(asking, at, end) | _stops(asking, at, start)
    )


def _begins(asking: Asking, at: int, end: int) -> st.SearchStrategy[Edit]:
    said = (("Start the music at {at} seconds",), ("音乐从第{at}秒开始",))
    effect = Placed(kind="music", which=(0,), start=at * 1_000, lasts=end - at * 1_000)
    return wish(asking, "placing", said, effect, keeps=_REST, at=at)


def _stops(asking: Asking, at: int, start: int) -> st.SearchStrategy[Edit]:
    said = (("The music should end at {at} seconds",), ("音乐到第{at}秒结束",))
    effect = Placed(kind="music", which=(0,), start=start, lasts=at * 1_000 - start)
    return wish(asking, "placing", said, effect, keeps=_REST, at=at)


def again(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another take of the music, where it was composed."""
    played = asking.of("music")
    if not played or not all("bpm" in about(s) for s in played):
        return None
    said = (("Regenerate the music",), ("重新生成音乐",))
    return wish(asking, "regeneration", said, Renewed(kind="music"), keeps=_REST)
