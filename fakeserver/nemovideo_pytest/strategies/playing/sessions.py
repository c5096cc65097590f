"""Whole user sessions: acts in an order that makes sense, or in any."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edits import asides, edits
from nemovideo_pytest.strategies.named import known
from nemovideo_pytest.strategies.playing.acts import ACTS, Act
from nemovideo_pytest.strategies.playing.session import Session

WAITS = (1.0, 15.0, 60.0, 600.0, 3_600.0, 86_400.0)
"""Seconds. A token lasts 604,800 (7 days)."""

FILES = ("https://example.test/beach.mp4", "https://example.test/song.mp3")
"""What a fake fetches from nowhere: a seeded clip of the kind the URL names stands in for it."""

LATER = tuple(name for name in ACTS if name not in ("token", "session"))
_OF_A_FILM = ("poll", "cancel", "download")
"""What can be done once a film was ordered."""


def sessions(  # noqa: PLR0913 all are keyword-only
    *,
    acts: Sequence[str] = LATER,
    messages: st.SearchStrategy[str] | None = None,
    files: Sequence[str] = FILES,
    waits: Sequence[float] = WAITS,
    max_acts: int = 10,
    orderly: bool = True,
) -> st.SearchStrategy[Session]:
    """Sessions of at most `max_acts` acts after a token and a session; they shrink to these two.

    `acts` are those that may come (names of `ACTS`), `messages` what is said, `files` paths or URLs to
    upload, `waits` seconds that may pass. `orderly`: nobody asks how a film stands that was never ordered; without,
    any act may come at any time, even before there is a token. Raises ValueError for acts that do not exist.
    """
    usual = (edits() | asides()).map(lambda edit: edit.message)
    told: dict[str, st.SearchStrategy[str | float]] = {
        "message": usual if messages is None else messages,
        "file": st.sampled_from(files),
        "seconds": st.sampled_from(waits),
    }
    names = known("act", acts, ACTS)
    return _sessions(names, told, max_acts, orderly=orderly)


@st.composite
def _sessions(
    draw: st.DrawFn,
    names: tuple[str, ...],
    told: dict[str, st.SearchStrategy[str | float]],
    most: int,
    *,
    orderly: bool,
) -> Session:
    first = ["token", "session"]
    if not orderly and draw(st.booleans()):
        first = draw(st.lists(st.sampled_from(first), max_size=2))
    done = [_act(draw, name, told) for name in first]
    for name in draw(st.lists(st.sampled_from(names), max_size=most)):
        if not orderly or name not in _OF_A_FILM or any(act.name == "order" for act in done):
            done.append(_act(draw, name, told))
    return Session(tuple(done))


def _act(draw: st.DrawFn, name: str, told: dict[str, st.SearchStrategy[str | float]]) -> Act:
    return Act(name=name, told=draw(told[ACTS[name]]) if ACTS.get(name) else None)
