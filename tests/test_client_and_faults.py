"""The client of this repository meets the faults of its fake, and the judge finds nothing to say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo_client import NemoClient
from nemovideo_client.errors import NemoError, TurnFailed
from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.core.variants import SseDialect, Variants
from nemovideo_pytest.darkroom import FILM
from support.faulty import ENDS, STARTS, kinds_of, staged_fake

CLIENT = "someone"


class Meeting:
    """A client with 1000 credits, and the fake it talks to."""

    def __init__(self, fake: Fake, nemo: NemoClient) -> None:
        self.fake = fake
        self.nemo = nemo
        nemo.connect()
        (account,) = fake.world().accounts
        account.ledger.grant(900, at=fake.clock.now(), reference="test")


Meetings = Callable[..., Meeting]


@pytest.fixture
def meetings() -> Iterator[Meetings]:
    """A function that lets a client meet a fake that follows some variants."""
    with ExitStack() as stack:

        def met(**variants: Any) -> Meeting:
            fake = stack.enter_context(staged_fake(Options(variants=Variants(**variants))))
            http = stack.enter_context(httpx.Client(transport=fake.transport()))
            clock = fake.clock
            return Meeting(
                fake,
                NemoClient(
                    base_url="http://127.0.0.1",
                    client_id=CLIENT,
                    http_client=http,
                    sleep=clock.sleep_sync,
                    now=clock.now,
                ),
            )

        yield met


@pytest.fixture
def meeting(meetings: Meetings) -> Iterator[Meeting]:
    """A meeting whose faults must all fire, and whose client the judge must not accuse."""
    met = meetings()
    yield met
    met.fake.faults.assert_all_fired()
    assert [verdict.rule for verdict in met.fake.verdicts().verdicts] == []


@pytest.mark.parametrize("dialect", ["typed", "adk", "flat"])
@pytest.mark.parametrize(
    ("at", "said"),
    [("turn.accepted", ""), ("turn.heartbeat[1]", STARTS), ("turn.settled", f"{STARTS}\n{ENDS}")],
)
def test_the_client_hears_that_work_failed(
    meetings: Meetings, dialect: SseDialect, at: str, said: str
) -> None:
    """In every dialect: why, and what had been said by then; its credits are back when it looks."""
    met = meetings(sse_dialect=dialect)
    met.fake.arm(at, {"fail": "The renderer is out of paint."})

    with pytest.raises(TurnFailed, match="The renderer is out of paint") as failed:
        met.nemo.chat("a beach at dawn")

    assert "\n".join(failed.value.turn.messages) == said
    assert failed.value.turn.ended == "failed"
    met.fake.clock.jump(60)
    assert met.nemo.credits().available == 1000


@pytest.mark.parametrize("how", ["reset", "truncated", "half_closed", "stall"])
@pytest.mark.parametrize(
    ("at", "side"),
    [
        ("POST /run_sse", "after"),
        ("turn.frozen", "after"),
        ("turn.first_event", "before"),
        ("turn.stage_two", "after"),
        ("turn.settled", "before"),
    ],
)
def test_the_client_finds_what_it_did_not_hear(
    meeting: Meeting, at: str, side: str, how: str
) -> None:
    """Wherever the stream breaks: the message is sent once and paid once, and the state tells the rest."""
    meeting.fake.arm(at, {"break": how}, side=side)

    result = meeting.nemo.chat("a beach at dawn")

    assert result.recovered
    assert result.changes
    assert len(list(kinds_of(meeting.fake, "turn.accepted"))) == 1
    meeting.fake.clock.jump(60)
    assert meeting.nemo.credits().total == 900


def test_the_client_is_told_of_what_never_began(meeting: Meeting) -> None:
    """Refused before it was taken, a message costs nothing, and it is told why."""
    meeting.fake.arm("turn.frozen", {"code": 2001, "message": "no credits today"})

    with pytest.raises(NemoError):
        meeting.nemo.chat("a beach at dawn")

    assert list(kinds_of(meeting.fake, "turn.accepted")) == []
    assert meeting.nemo.credits().total == 1000


@pytest.mark.parametrize(
    "do", [{"delay": 60}, {"drip": 1}, {"malformed": True}], ids=lambda do: next(iter(do))
)
def test_the_client_bears_what_travels_badly(meeting: Meeting, do: dict[str, Any]) -> None:
    """A late, slow or unreadable event is no end of the stream."""
    meeting.fake.arm("turn.heartbeat[2]", do)

    result = meeting.nemo.chat("a beach at dawn")

    assert (result.ended, result.messages[-1]) == ("closed", ENDS)


@pytest.mark.parametrize(
    ("at", "do", "side"),
    [
        ("GET /api/render/proxy/lambda/{}", {"status": 503}, "before"),
        ("render.completed", {"break": "reset"}, "before"),
        ("render.completed", {"break": "truncated"}, "after"),
        ("render.submitted", {"break": "reset"}, "after"),
        ("render.submitted", {"fail": "no worker"}, "before"),
        ("render.completed", {"fail": "the worker was lost"}, "before"),
        ("download.byte[500]", {"break": "reset"}, "before"),
        ("download.byte[1]", {"break": "truncated"}, "after"),
        ("download.byte[1024]", {"drip": 5}, "before"),
    ],
    ids=str,
)
def test_the_client_brings_the_film_home(
    meeting: Meeting, tmp_path: Path, at: str, do: dict[str, Any], side: str
) -> None:
    """Whatever goes wrong once on the way of an export, in the end the whole film is there."""
    meeting.nemo.chat("a beach at dawn")
    meeting.fake.arm(at, do, side=side)

    meeting.nemo.export(tmp_path / "film.mp4")

    assert (tmp_path / "film.mp4").read_bytes() == FILM
