"""Hypothesis strategies for NemoVideo: drafts, edits with their effects, event streams, faults, sessions.

    from hypothesis import given
    from nemovideo_pytest import strategies as nemo

    @given(nemo.drafts())
    def test_my_summary_reads_any_draft(draft): ...

`docs/strategies.md` shows each of them at work. Each is imported when first asked for.
"""

from typing import TYPE_CHECKING

from nemovideo_pytest.with_hypothesis import public

if TYPE_CHECKING:
    from nemovideo_pytest.strategies.any_json import json_values
    from nemovideo_pytest.strategies.drafting import drafts
    from nemovideo_pytest.strategies.editing.edit import Edit
    from nemovideo_pytest.strategies.editing.edits import FAMILIES, asides, edits
    from nemovideo_pytest.strategies.editing.effect import All, Effect, Untouched
    from nemovideo_pytest.strategies.editing.furnishing import furnished
    from nemovideo_pytest.strategies.editing.projects import PROJECT, project, projects
    from nemovideo_pytest.strategies.playing.acts import ACTS, Act, Player
    from nemovideo_pytest.strategies.playing.case import Case
    from nemovideo_pytest.strategies.playing.http_player import HttpPlayer, Refused
    from nemovideo_pytest.strategies.playing.nemo_player import NemoPlayer
    from nemovideo_pytest.strategies.playing.session import Played, Session
    from nemovideo_pytest.strategies.playing.sessions import sessions
    from nemovideo_pytest.strategies.streaming.event_streams import chunkings, event_streams
    from nemovideo_pytest.strategies.streaming.stream import EventStream, Piece
    from nemovideo_pytest.strategies.streaming.telling import Told
    from nemovideo_pytest.strategies.striking import faults
    from nemovideo_pytest.strategies.wording import words

_HOME = {
    "ACTS": "playing.acts",
    "Act": "playing.acts",
    "All": "editing.effect",
    "Case": "playing.case",
    "Edit": "editing.edit",
    "Effect": "editing.effect",
    "EventStream": "streaming.stream",
    "FAMILIES": "editing.edits",
    "HttpPlayer": "playing.http_player",
    "NemoPlayer": "playing.nemo_player",
    "PROJECT": "editing.projects",
    "Piece": "streaming.stream",
    "Played": "playing.session",
    "Player": "playing.acts",
    "Refused": "playing.http_player",
    "Session": "playing.session",
    "Told": "streaming.telling",
    "Untouched": "editing.effect",
    "asides": "editing.edits",
    "chunkings": "streaming.event_streams",
    "drafts": "drafting",
    "edits": "editing.edits",
    "event_streams": "streaming.event_streams",
    "faults": "striking",
    "furnished": "editing.furnishing",
    "json_values": "any_json",
    "project": "editing.projects",
    "projects": "editing.projects",
    "sessions": "playing.sessions",
    "words": "wording",
}

__all__ = [
    "ACTS",
    "FAMILIES",
    "PROJECT",
    "Act",
    "All",
    "Case",
    "Edit",
    "Effect",
    "EventStream",
    "HttpPlayer",
    "NemoPlayer",
    "Piece",
    "Played",
    "Player",
    "Refused",
    "Session",
    "Told",
    "Untouched",
    "asides",
    "chunkings",
    "drafts",
    "edits",
    "event_streams",
    "faults",
    "furnished",
    "json_values",
    "project",
    "projects",
    "sessions",
    "words",
]


def __getattr__(name: str) -> object:
    return public(__name__, _HOME, name)
