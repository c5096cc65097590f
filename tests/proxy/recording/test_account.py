"""The account of a recording leaves nothing out, and says nothing that is not so."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.recording.account import summary
from nemovideo_proxy.recording.progress import Progress
from nemovideo_proxy.recording.spending import Guard
from support.proxy_command import PATIENCE, recording
from support.raw_upstream import SSE, chunk, raw


def _words(progress: Progress, failure: str = "") -> list[str]:
    return summary(progress, (), Path("x.yaml"), failure)[1].splitlines()


def _progress(*, interactions: int = 0, calls: int = 0, lost: int = 0) -> Progress:
    return Progress(
        say=lambda _: None,
        guard=Guard(calls=calls),
        interactions=interactions,
        frames=interactions,
        ends=Counter(lost=lost),
    )


def test_one_is_not_many() -> None:
    """Numbers and words agree."""
    one = _words(_progress(interactions=1, calls=1, lost=1))
    two = _words(_progress(interactions=2, calls=2, lost=2))

    assert one[0].startswith("1 interaction, 1 frame;")
    assert one[1] == "1 exchange was cut off (end: lost)"
    assert one[2].startswith("1 message was sent;")
    assert two[0].startswith("2 interactions, 2 frames;")
    assert two[1] == "2 exchanges were cut off (end: lost)"
    assert two[2].startswith("2 messages were sent;")


def test_a_failure_is_not_called_written() -> None:
    """Beside the sentence that says why, nothing promises that all is there."""
    assert "written: x.yaml" in _words(_progress())
    failed = _words(_progress(), "the cassette cannot be written: No space left on device")
    assert not any(line.startswith("written") for line in failed)


def test_what_ctrl_c_cuts_off_is_in_the_account(tmp_path: Path) -> None:
    """The stream that is open has its line; pressing twice changes nothing."""
    pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")
    path = tmp_path / "x.yaml"
    with (
        raw() as service,
        recording(service.url, path) as recorder,
        httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http,
    ):
        service.say(SSE + chunk(b"data: 1\n\n"))
        with http.stream("POST", "/run_sse") as reply:
            assert next(reply.iter_lines()) == "data: 1"
            recorder.process.send_signal(signal.SIGINT)
            recorder.process.send_signal(signal.SIGTERM)
            line = recorder.event("interaction")
            recorder.process.send_signal(signal.SIGINT)
            code, account, problem = recorder.stop()

    assert (code, problem) == (0, "")
    assert (line["shape"], line["end"]) == ("/run_sse", "lost")
    assert (account["interactions"], account["ends"]) == (1, {"lost": 1})
    with Cassette.open(path) as cassette:
        assert [each.end for each in cassette] == ["lost"]
