from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.model import Response
from support.proxy_cassette import HEADER, streamed

RECORDER = """
import sys
from dataclasses import replace
from nemovideo_proxy.cassette import Writer
from support.proxy_cassette import EVENTS, streamed

for round_ in range(1_000):
    with Writer.extend(sys.argv[1]) as writer:
        first = writer.next_number()
        numbers = [first, *(writer.next_number() for _ in range(3))]
        openings = {}
        for number in numbers:
            whole = streamed(number)
            openings[number] = writer.begin(number, whole.at, whole.request)
            print("begun", number, flush=True)
        for number, opening in openings.items():
            whole = streamed(number)
            opening.head(200, "OK", "HTTP/1.1", whole.response.headers, 0.1)
            for event, piece in zip(EVENTS, whole.response.pieces):
                opening.piece(piece.at, event)
                print("piece", number, flush=True)
        for number in reversed(numbers):
            writer.add(streamed(number))
            print("ended", number, flush=True)
"""


def recorded_and_killed(path: Path, lines: int, spins: int) -> list[tuple[str, int]]:
    """Record in a child process, kill it after some lines and a little, and return what it had said."""
    command = (sys.executable, "-c", RECORDER, str(path))
    environment = {"PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(lines)]
        for _ in range(spins):
            pass  # somewhere in the middle of a write, a rename, a close
        child.send_signal(signal.SIGKILL)
        said += child.stdout.readlines()
    words = [line.split() for line in said if line.endswith("\n")]
    return [(what, int(number)) for what, number in words]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_kill_loses_nothing_that_had_ended(tmp_path: Path, seed: int) -> None:
    """What was added is there whole, what had begun is there up to its last piece, in a recording taken up again too."""
    dice = Random(seed)
    path = tmp_path / "talk.yaml"
    Writer.create(path, HEADER).close()
    ended: set[int] = set()
    pieces: dict[int, int] = {}
    for _ in range(3):
        said = recorded_and_killed(path, dice.randrange(1, 90), dice.randrange(60_000))
        assert said, "the child has recorded something"
        for what, number in said:
            if what == "ended":
                ended.add(number)
            else:
                pieces[number] = pieces.get(number, 0) + (what == "piece")

        with Cassette.open(path) as cassette:
            found = {each.number: each for each in cassette}
        for number, count in pieces.items():
            whole, each = streamed(number), found[number]
            if number in ended:
                assert each == whole
            else:
                assert each.request == whole.request
                assert isinstance(whole.response, Response)
                got = each.response.pieces if each.response else ()
                assert got == whole.response.pieces[: len(got)]
                assert len(got) >= count

    with Writer.extend(path), Cassette.open(path) as cassette:
        assert {each.number: each for each in cassette} == found
    assert list(tmp_path.iterdir()) == [path]
