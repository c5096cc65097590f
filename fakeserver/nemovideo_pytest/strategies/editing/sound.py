"""How loud things are: volume, muting and fades."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edit import Asking, Edit, wish
from nemovideo_pytest.strategies.editing.effects import Changed, Shifted
from nemovideo_pytest.strategies.editing.timeline import Kind, about

_REST: tuple[Kind, ...] = ("picture", "title", "subtitle")
_OTHERS: tuple[Kind, ...] = ("music", "title", "subtitle")


def mixed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Another volume of the music, or of the clips' own sound."""
    ways = [*_music(asking), *_original(asking)]
    return st.one_of(ways) if ways else None


def _music(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    played = asking.of("music")
    if not played:
        return
    volumes = [int(about(s).get("volume", 100)) for s in played]
    yield st.integers(0, 100).filter(lambda n: n not in volumes).flatmap(lambda n: _at(asking, n))
    if max(volumes) < 100:
        said = (("Turn the music up", "Make the music louder"), ("音乐大声一点", "把音乐调大一点"))
        yield wish(
            asking,
            "mixing",
            said,
            Shifted(kind="music", key="volume", by=1, unless=100),
            keeps=_REST,
        )
    if min(volumes) > 10:
        said = (
            ("Turn the music down", "Make the music quieter"),
            ("音乐小声一点", "把音乐调小一点"),
        )
        yield wish(
            asking,
            "mixing",
            said,
            Shifted(kind="music", key="volume", by=-1, unless=100),
            keeps=_REST,
        )
    if 0 not in volumes:
        yield wish(
            asking,
            "mixing",
            (("Mute the music",), ("把音乐静音",)),
            Changed(kind="music", m={"volume": 0}),
            keeps=_REST,
        )
    yield st.integers(1, 9).flatmap(lambda n: _faded(asking, n))


def _at(asking: Asking, volume: int) -> st.SearchStrategy[Edit]:
    said = (
        ("Set the music volume to {volume}%", "Set the BGM to {volume} percent"),
        ("把音乐音量调到{volume}%", "背景音乐音量设为百分之{volume}"),
    )
    effect = Changed(kind="music", m={"volume": volume})
    return wish(asking, "mixing", said, effect, keeps=_REST, volume=volume)


def _faded(asking: Asking, seconds: int) -> st.SearchStrategy[Edit]:
    for_music = {
        "fade_in": (("Fade in the music over {n} seconds",), ("音乐淡入{n}秒",)),
        "fade_out": (("Fade out the music over {n} seconds",), ("音乐淡出{n}秒",)),
    }
    return st.one_of(
        [
            wish(
                asking,
                "mixing",
                said,
                Changed(kind="music", m={key: seconds * 1_000}),
                keeps=_REST,
                n=seconds,
            )
            for key, said in for_music.items()
            if all(about(s).get(key) != seconds * 1_000 for s in asking.of("music"))
        ]
        or [_at(asking, seconds)]
    )


def _original(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    shown = asking.of("picture")
    if shown and any(about(s).get("volume", 100) for s in shown):
        said = (
            ("Mute the original sound", "Turn off the original audio"),
            ("关闭原声", "静音原声"),
        )
        yield wish(asking, "mixing", said, Changed(kind="picture", m={"volume": 0}), keeps=_OTHERS)
