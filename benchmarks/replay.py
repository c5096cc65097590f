"""Replaying long recordings. Goals: opens 50 x as fast as vcrpy loads; a request costs the same at any length.

Served, 15 x the requests of `mitmdump --server-replay`, for a processor second and on the wall. All figures are processor time, but for the last ratio of the served rows. `each once`: every request is another
one, and its document is read first; `again`: the same poll all the time, over a few connections.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from benchmarks import replay_served as served
from benchmarks.replay_files import (
    POLL,
    SENT,
    Exchange,
    cassette,
    flows,
    message,
    vcr_cassette,
)
from benchmarks.replay_served import Cost, cost
from nemovideo_proxy.replay.replay import Replay

LENGTHS = (100, 1_000, 5_000)
ASKED = 30
"""The last messages of each recording, which are asked for in-process."""
WARM = 5
"""Of these, the first ones are not counted."""
ROUNDS = 4
MOST = 200
"""Messages that are asked for in a round where they are served, the last ones of the recording."""
POLLS, THEIR_POLLS = 3_000, 300
"""Polls of a round: ours, and those of mitmdump, which takes as long for fewer."""


class Pair(NamedTuple):
    """What the same request costs, ours and that of mitmdump."""

    own: Cost
    theirs: Cost


def opened(measure: Callable[[], object]) -> float:
    """Return the median seconds of a few times."""
    return statistics.median(_spent(measure) for _ in range(3))


def _spent(measure: Callable[[], object]) -> float:
    begun = time.process_time()
    measure()
    return time.process_time() - begun


def load_vcr(path: Path) -> None:
    """Load what vcrpy recorded."""
    with _vcr().use_cassette(str(path)):
        pass


def load_flows(path: Path) -> None:
    """Load flows, as mitmdump does for its replay."""
    from mitmproxy.addons.serverplayback import ServerPlayback
    from mitmproxy.io import FlowReader
    from mitmproxy.test import taddons

    playback: Any = ServerPlayback()  # type: ignore[no-untyped-call] # it has no types
    context: Any = taddons.context
    with context(playback), path.open("rb") as file:
        playback.load_flows(list(FlowReader(file).stream()))


def ours(path: Path, length: int) -> float:
    """Return seconds per request."""
    with Replay(path) as replay:
        return _per_request(httpx.Client(transport=replay.transport()), length)


def vcrpy(path: Path, length: int) -> float:
    """Return seconds per request."""
    with _vcr().use_cassette(str(path)):
        return _per_request(httpx.Client(), length)


def nothing() -> float:
    """Return seconds per request of httpx over a transport that does nothing."""
    answers = {each.asked: each.told for each in map(message, range(1000))}
    transport = httpx.MockTransport(
        lambda asked: httpx.Response(200, content=answers[asked.content])
    )
    return _per_request(httpx.Client(transport=transport), 1000)


def _vcr() -> Any:
    import vcr  # type: ignore[import-untyped] # it has no types

    return vcr.VCR(record_mode="none", match_on=("method", "uri", "body"))


def _per_request(client: httpx.Client, length: int) -> float:
    asked = [message(number) for number in range(length - ASKED, length)]
    with client:
        _ask(client, asked[:WARM])
        gc.collect()  # of what was loaded for others before
        return _spent(lambda: _ask(client, asked[WARM:])) / (ASKED - WARM)


def _ask(client: httpx.Client, exchanges: list[Exchange]) -> None:
    for each in exchanges:
        url = "http://api.test" + each.path
        answer = client.post(url, content=each.asked, headers=SENT)
        assert answer.content == each.told


def main() -> None:
    """Print the rows."""
    print(f"replay: httpx over a transport that does nothing {nothing() * 1e6:.0f} us a request")
    print(_line("", "", "load", "in-process", "each once", "again"))
    with tempfile.TemporaryDirectory() as folder:
        for length in LENGTHS:
            for row in _rows(Path(folder), length):
                print(row)


def _rows(folder: Path, length: int) -> Iterator[str]:
    path = cassette(folder / f"{length}.yaml", length)
    vcr_path = vcr_cassette(folder / f"{length}.vcr.yaml", length)
    upstream = served.free_port()
    recorded = flows(folder / f"{length}.flows", length, upstream)
    loads = (
        opened(lambda: Replay(path).close()),
        opened(lambda: load_vcr(vcr_path)),
        opened(lambda: load_flows(recorded)),
    )
    each = ours(path, length), vcrpy(vcr_path, length)
    with served.ours(path) as server, served.mitmdump(recorded, upstream) as other:
        once = [Pair(*(cost(of, asked) for of in (server, other))) for asked in _rounds(length)]
        again = [
            Pair(cost(server, [POLL] * POLLS), cost(other, [POLL] * THEIR_POLLS))
            for _ in range(ROUNDS)
        ]
    own, theirs = ([_median(pairs, at) for pairs in (once, again)] for at in (0, 1))
    yield _line(length, "ours", _ms(loads[0]), _us(each[0]), *map(_us, own))
    yield _line(length, "vcrpy", _ms(loads[1]), _us(each[1]))
    yield _line(length, "mitmdump", _ms(loads[2]), "", *map(_us, theirs))
    yield _line(length, "x vcrpy", f"{loads[1] / loads[0]:.0f} x", f"{each[1] / each[0]:.1f} x")
    yield _line(
        length, "x mitmdump", f"{loads[2] / loads[0]:.1f} x", "", *map(_ratio, (once, again))
    )
    yield _line(length, "  on the wall", "", "", *map(_ratio_on_the_wall, (once, again)))


def _rounds(length: int) -> list[list[Exchange]]:
    """Return what is asked for in each round: all that the recording has, or the last of it."""
    asked = [message(number) for number in range(max(1, length - ROUNDS * MOST), length)]
    return [asked[at::ROUNDS] for at in range(ROUNDS)]


def _median(pairs: list[Pair], of: int) -> float:
    return statistics.median(pair[of].cpu for pair in pairs)


def _ratio(pairs: list[Pair]) -> str:
    return f"{statistics.median(theirs.cpu / own.cpu for own, theirs in pairs):.1f} x"


def _ratio_on_the_wall(pairs: list[Pair]) -> str:
    return f"{statistics.median(theirs.wall / own.wall for own, theirs in pairs):.1f} x"


def _line(length: int | str, name: str, *cells: str) -> str:
    return f"  {length:>5} {name:13}" + "".join(f"{cell:>12}" for cell in cells)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} us"
