"""Music that steps back while somebody speaks, and no longer."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edit import Asking, Edit, Said, wish
from nemovideo_pytest.strategies.editing.effects import Changed
from nemovideo_pytest.strategies.editing.timeline import Kind, about

USUAL = 60
"""Per cent by which music steps back unless the message has a number (assumed)."""

_REST: tuple[Kind, ...] = ("picture", "title", "subtitle")
_USUALLY: Said = (
    ("Duck the music under the voice", "Lower the music when someone is speaking"),
    ("人声时压低音乐", "说话时音乐小一点"),
)
_BY: Said = (("Duck the music by {step}% under the voice",), ("人声时把音乐压低{step}%",))
_UNDONE: Said = (("No ducking", "Stop ducking the music"), ("取消闪避",))


def ducked(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """A step by which the music gets quieter while clips are heard, or none."""
    ways = list(_ways(asking))
    return st.one_of(ways) if ways else None


def _ways(asking: Asking) -> Iterator[st.SearchStrategy[Edit]]:
    steps = {about(segment).get("duck", 0) for segment in asking.of("music")}
    if not steps:
        return
    if steps != {USUAL}:
        yield _wish(asking, _USUALLY, USUAL)
    yield (
        st.integers(1, 100).filter(lambda n: steps != {n}).flatmap(lambda n: _wish(asking, _BY, n))
    )
    if steps != {0}:
        yield _wish(asking, _UNDONE, 0)


def _wish(asking: Asking, said: Said, step: int) -> st.SearchStrategy[Edit]:
    effect = Changed(kind="music", m={"duck": step})
    return wish(asking, "ducking", said, effect, keeps=_REST, step=step)
