"""Mutants of the signs of life in a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mutants.changes import dialect
from mutants.mutant import mutant
from mutants.patient import BEACH, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Turn

INTERVAL = "heartbeat interval"


def beats(patient: Patient) -> Any:
    """Return when a generation tells what: heartbeats in both forms, and other events."""
    me = patient.me
    begun = patient.fake.clock.now()
    with patient.http.stream(
        "POST", "/run_sse", headers=me.headers, json=me.message(BEACH)
    ) as stream:
        return [
            (round(patient.fake.clock.now() - begun, 3), line[:30])
            for line in stream.iter_lines()
            if line
        ]


def _only(cut: Surgery, keeps: Callable[[Heartbeat], bool]) -> None:
    def around(tell: Frames, fact: Fact, _turn: Turn) -> Iterable[Frame]:
        return () if isinstance(fact.what, Heartbeat) and not keeps(fact.what) else tell(fact)

    dialect(cut, around)


def _every(cut: Surgery, times: float) -> None:
    def around(schedule: Any, plan: Any, *, heartbeat_interval: float, **when: float) -> Any:
        return schedule(plan, heartbeat_interval=heartbeat_interval * times, **when)

    cut.wrap("core.chat.schedule", around)


@mutant(INTERVAL, beats)
def no_heartbeats(cut: Surgery) -> None:
    """Nothing is heard while work goes on."""
    _only(cut, lambda _beat: False)


@mutant(INTERVAL, beats)
def heartbeats_stop(cut: Surgery) -> None:
    """After the third heartbeat none comes any more."""
    _only(cut, lambda beat: beat.number <= 3)


@mutant(INTERVAL, beats)
def a_heartbeat_is_lost(cut: Surgery) -> None:
    """The fourth heartbeat is lost."""
    _only(cut, lambda beat: beat.number != 4)


@mutant(INTERVAL, beats)
def heartbeats_every_minute(cut: Surgery) -> None:
    """A heartbeat comes once a minute instead of every 15 seconds."""
    _every(cut, 4)


@mutant(INTERVAL, beats)
def heartbeats_every_five_seconds(cut: Surgery) -> None:
    """A heartbeat comes every 5 seconds instead of every 15."""
    _every(cut, 1 / 3)


@mutant("heartbeat_kind=alternate", beats)
def only_typed_heartbeats(cut: Surgery) -> None:
    """Every heartbeat is a typed event, where both forms should come in turn."""
    cut.wrap("api.dialects.heartbeats.frame", lambda frame, beat, _kind: frame(beat, "typed"))


@mutant("heartbeat_kind=alternate", beats)
def only_empty_heartbeats(cut: Surgery) -> None:
    """Every heartbeat is an empty `data:` line, where both forms should come in turn."""
    cut.wrap("api.dialects.heartbeats.frame", lambda frame, beat, _kind: frame(beat, "empty"))


@mutant("heartbeat_kind=alternate", beats)
def heartbeats_are_comments(cut: Surgery) -> None:
    """An empty heartbeat is an SSE comment, which readers of events never see."""

    def around(frame: Any, beat: Heartbeat, kind: str) -> bytes:
        data: bytes = frame(beat, kind)
        return data if data != b"data:\n\n" else b": ping\n\n"

    cut.wrap("api.dialects.heartbeats.frame", around)


@mutant("heartbeat_kind=alternate", beats)
def heartbeats_are_pings(cut: Surgery) -> None:
    """A typed heartbeat has the type `ping`."""
    cut.replace("api.dialects.heartbeats.TYPED", b'data: {"type":"ping"}\n\n')
