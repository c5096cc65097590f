"""How a test left the cassette that it replayed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nemovideo_pytest.ending.ending import Ending

if TYPE_CHECKING:
    from nemovideo_proxy import Cassette, Replay
    from nemovideo_proxy.replay.missing import Miss
    from nemovideo_pytest.cassettes.wishes import Wish


def ending(replay: Replay, cassette: Cassette, wish: Wish, command: str) -> Ending:
    """Return what was asked for and is not there, and where that matters what was not asked for.

    `command` records the cassette anew.
    """
    missed = [_told(miss, command) for miss in replay.misses]
    broken = [str(each) for each in replay.broken]
    return Ending(
        undone=tuple(_unplayed(replay)) if wish.strict else (),
        unexpected=(*missed, *broken),
        story=lambda: "\n".join(_story(replay, len(cassette.entries), wish.shown)),
    )


def _told(miss: Miss, command: str) -> str:
    near = f"; nearest: {miss.nearest} ({miss.nearest.where})" if miss.nearest else ""
    return "\n".join(
        (
            f"{miss.request}: {miss.why}{near}",
            *(f"    {each}" for each in miss.differences),
            f"    to record anew: {command}",
        )
    )


def _unplayed(replay: Replay) -> Iterator[str]:
    if left := replay.unplayed():
        yield "recorded, and not asked for:\n" + "\n".join(
            f"    {record} ({record.where})" for record in left
        )


def _story(replay: Replay, every: int, shown: str) -> Iterator[str]:
    left = replay.unplayed()
    yield f"{shown}: {every - len(left)} of {every} interactions were asked for"
    for record in left:
        yield f"  not: {record}"
