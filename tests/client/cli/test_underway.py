"""What whoever leaves is told: it depends on what was asked for so far."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from nemovideo_client.cli.underway import Underway, Watched
from nemovideo_client.errors import NotFound
from nemovideo_client.wire import calls
from nemovideo_client.wire.messages import Request
from nemovideo_client.wire.steps import Flow, Open, Send, Sleep, Step

UPLOAD = Send(calls.upload_files("7", [Path("beach.mp4")]).request)
STATE = Send(calls.state("7").request)
MESSAGE = Open(calls.run_sse("7", "hi").request, 1)
ORDER = Send(calls.submit_render("render_7", "7", {}).request)
ANOTHER = Send(calls.submit_render("render_8", "7", {}).request)
POLL = Send(calls.render_status("render_7").request)
DOWNLOAD = Open(Request(method="GET", url="https://x.test/film.mp4"), 1)
PAID = "What was sent goes on at NemoVideo, and may be paid; /state shows what became of it."
RENDER = "The render goes on; get the film with: nemo-client export --resume {}"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((), ""),
        ((STATE, UPLOAD), ""),
        ((STATE, MESSAGE), PAID),
        ((MESSAGE, STATE, UPLOAD), PAID),
        ((STATE, ORDER, Sleep(30), POLL, DOWNLOAD), RENDER.format("render_7")),
        ((ORDER, POLL, ANOTHER), RENDER.format("render_8")),
        ((MESSAGE, ORDER), RENDER.format("render_7")),
        ((ORDER, MESSAGE), PAID),
    ],
    ids=["nothing", "upload", "message", "answered", "film", "again", "both", "message after"],
)
def test_what_goes_on_is_told(steps: Iterable[Step], sentence: str) -> None:
    """A message may be paid, a render can be resumed, and nothing goes on of an upload."""
    underway = Underway("/state")

    for step in steps:
        underway.see(step)

    assert underway.sentence == sentence


def test_a_render_resumed_is_known_from_the_start() -> None:
    """It was ordered by another command."""
    underway = Underway(render_id="render_7")

    underway.see(POLL)

    assert underway.sentence == RENDER.format("render_7")


def test_a_flow_does_not_notice_that_it_is_watched() -> None:
    """Answers, failures, the result and the end reach it; each step is seen before it is taken."""
    left: list[str] = []

    def flow() -> Flow[str]:
        try:
            said: str = yield STATE
            try:
                yield UPLOAD
            except NotFound:
                said += " and failed"
            yield POLL
            return said
        finally:
            left.append("left")

    seen: list[Step] = []
    watched = Watched(flow(), seen.append)

    assert watched.send(None) is STATE
    assert watched.send("answered") is UPLOAD
    assert watched.throw(NotFound("no")) is POLL
    assert seen == [STATE, UPLOAD, POLL]
    with pytest.raises(StopIteration, match="answered and failed"):
        watched.send(None)
    again = Watched(flow(), seen.append)
    next(again)
    again.close()
    assert left == ["left", "left"]
