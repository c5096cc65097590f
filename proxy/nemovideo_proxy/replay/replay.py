"""Replay in a program: recordings, a clock, and the doors to the player.

with Replay("session.yaml") as replay:
    with httpx.Client(transport=replay.transport(), base_url="http://127.0.0.1") as http:
        http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
    replay.assert_all_played()
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import Brain
from nemovideo_proxy import fake_child
from nemovideo_proxy.cassette.reading import Cassette
from nemovideo_proxy.matching.lanes import Record, Source
from nemovideo_proxy.matching.rules import USUAL, criteria
from nemovideo_proxy.replay.ageing import Expired, Expiry, too_old
from nemovideo_proxy.replay.finding import Way
from nemovideo_proxy.replay.handover.fakes import Fakes
from nemovideo_proxy.replay.handover.going_on import GoingOn
from nemovideo_proxy.replay.missing import Broken, Miss
from nemovideo_proxy.replay.player import Player
from nemovideo_proxy.replay.polls import Polls
from nemovideo_proxy.replay.speed import Speed

if TYPE_CHECKING:
    from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport


Then: TypeAlias = Literal["fake"]
"""Who goes on where a recording ends."""

HURRY = 600.0
"""How fast the time of a fake runs that goes on where nobody waits for recorded times."""


class NotAllPlayed(AssertionError):
    """Some of what was recorded was not asked for."""


class Replay:
    """Replays recordings: one or more cassettes, by path or open.

    `speed`: `virtual` (time jumps over every wait, in its order), `recorded`, `instant` or `10x`; see
    `Speed`. `polls`: `time` or `order`, see `replay.polls`; at `instant` they go by order. `match_on`: what
    has to be the same, some of `method path query body headers`. `allow_playback_repeats`: an act that was
    recorded once may be replayed any number of times. `then="fake"`: where the recording of a client has run
    out, a fake goes on from there, instead of a miss. `expires_after` (days) counts for what the recordings
    say; one that is older at `now` warns, or raises `Expired` (`expiry="error"`).

    ValueError for a setting that does not exist, `NoFake` where no fake is installed to go on; what is wrong
    with a cassette, or with the first interaction in it, is raised as `Cassette.open` does.
    """

    def __init__(  # noqa: PLR0913 each is a setting that users name
        self,
        recordings: str | Path | Source | Iterable[str | Path | Source],
        *,
        speed: str = "virtual",
        polls: Polls = "time",
        match_on: Iterable[str] = USUAL,
        allow_playback_repeats: bool = False,
        expires_after: float | None = None,
        expiry: Expiry = "warn",
        now: datetime | None = None,
        then: Then | None = None,
    ) -> None:
        pace = Speed.of(speed)
        way = Way(
            polls="order" if pace.instant else polls,
            instant=pace.instant,
            match_on=criteria(match_on),
            repeats=allow_playback_repeats,
        )
        self.clock: Clock = pace.clock()
        with ExitStack() as undo:
            sources = [_opened(each, undo) for each in _each(recordings)]
            _check_age(sources, now or datetime.now(UTC), expires_after, expiry)
            spool = undo.enter_context(tempfile.TemporaryDirectory(prefix="nemo-replay-"))
            self.player = Player(sources, clock=self.clock, spool=Path(spool), way=way)
            self.brain: Brain = self.player
            if then is not None:
                self.brain = undo.enter_context(_going_on(self.player, self.clock, pace, then))
            self._end = undo.pop_all()

    def transport(self) -> SyncTransport:
        """Return an httpx transport that reaches the player in-process."""
        from nemovideo_fakeserver.surfaces.httpx_transport import SyncTransport

        return SyncTransport(self.brain)

    def async_transport(self) -> AsyncTransport:
        """Return an httpx transport for asyncio that reaches the player in-process."""
        from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport

        return AsyncTransport(self.brain)

    @property
    def misses(self) -> tuple[Miss, ...]:
        """The requests that had no recorded answer, in order."""
        return tuple(self.player.misses)

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The requests whose recorded answers could not be read, in order."""
        return tuple(self.player.broken)

    def unplayed(self) -> list[Record]:
        """Return what was recorded and not asked for."""
        return self.player.unplayed()

    def assert_all_played(self) -> None:
        """Raise `NotAllPlayed` with the list if something was recorded and not asked for."""
        if left := self.unplayed():
            listed = "\n".join(f"  {record} ({record.where})" for record in left)
            raise NotAllPlayed(f"recorded, but not asked for:\n{listed}")

    def close(self) -> None:
        """Close the cassettes that were opened here, and remove what was uploaded."""
        self._end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _going_on(player: Player, clock: Clock, pace: Speed, then: str) -> Iterator[Brain]:
    if then != "fake":
        raise ValueError(f"{then!r} cannot go on where a recording ends: there is fake")
    fake_child.demand()
    rate = HURRY if pace.instant or not pace.rate else pace.rate
    with Fakes(clock, rate=rate) as fakes:
        yield GoingOn(player, fakes)


def _each(
    recordings: str | Path | Source | Iterable[str | Path | Source],
) -> list[str | Path | Source]:
    if isinstance(recordings, (str, Path, Cassette)) or not isinstance(recordings, Iterable):
        return [recordings]  # a cassette may be iterated, too: over what it holds
    return list(recordings)


def _opened(recording: str | Path | Source, undo: ExitStack) -> Source:
    if isinstance(recording, (str, Path)):
        cassette = undo.enter_context(Cassette.open(recording))
        for entry in cassette.entries[:1]:  # who edited a cassette by hand is told at once
            cassette.interaction(entry)
        return cassette
    return recording


def _check_age(
    sources: Iterable[Source], now: datetime, expires_after: float | None, expiry: Expiry
) -> None:
    for source in sources:
        sentence = too_old(source, now, expires_after)
        if sentence and expiry == "error":
            raise Expired(sentence)
        if sentence:
            warnings.warn(sentence, stacklevel=3)
