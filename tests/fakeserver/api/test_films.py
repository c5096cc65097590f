"""Films that are due and not there yet, where time stands and where it runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api import films
from nemovideo_fakeserver.clock import SLOWEST
from nemovideo_fakeserver.wire.messages import Head, Pending, Reply
from nemovideo_pytest.darkroom import FILM
from support import server
from support.caller import Caller
from support.stage import darkroom
from support.wire import content, refusal

LAMBDA = "/api/render/proxy/lambda"
DOWNLOAD = "/api/render/proxy/r1/download"


def finish(fake: Fake) -> None:
    """End the work on the one film."""
    (job,) = darkroom(fake).jobs
    job.set_result(darkroom(fake).film(darkroom(fake).orders[0].draft))


def asked(fake: Fake, caller: Caller, path: str = f"{LAMBDA}/r1", method: str = "GET") -> Pending:
    """Ask as a door does, and return what the door is to wait for."""
    headers = tuple((name.lower(), value) for name, value in caller.headers.items())
    reply = fake.admit(Head(method=method, path=path, headers=headers))
    assert isinstance(reply, Reply)
    assert isinstance(reply.body, Pending)
    return reply.body


@pytest.fixture
def due(fake: Fake, edited: Caller) -> Caller:
    """A caller whose film is due, and whose encoder is not done; time runs, if only just."""
    darkroom(fake).slow = True
    edited.submit("r1")
    fake.clock.jump(90)
    fake.clock.set_rate(SLOWEST)
    return edited


@pytest.fixture(params=["in-process", "served"])
def hasty(
    request: pytest.FixtureRequest, fake: Fake, due: Caller, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Caller]:
    """That caller at either door, with a fake whose patience is over as soon as it begins."""
    monkeypatch.setattr(films, "PATIENCE", 0.0)
    with ExitStack() as stack:
        if request.param == "served":
            url = stack.enter_context(server.thread(fake))
            due.http = stack.enter_context(closing(httpx.Client(base_url=url, timeout=20)))
        yield due


def shown(caller: Caller) -> dict[str, Any]:
    """What a poll shows."""
    told: dict[str, Any] = caller.get(f"{LAMBDA}/r1").json()
    return told


def test_where_time_stands_a_film_is_waited_for_without_end(fake: Fake, due: Caller) -> None:
    """What a poll or a download says does not depend on the machine: no real second ends the wait."""
    fake.clock.set_rate(0)

    assert asked(fake, due).patience is None
    assert asked(fake, due, DOWNLOAD).patience is None


def test_where_time_runs_patience_is_short(fake: Fake, due: Caller) -> None:
    """A skill's curl gives up after some seconds of real time; the answer comes well before."""
    assert asked(fake, due).patience == films.PATIENCE == 5
    assert asked(fake, due, DOWNLOAD).patience == films.PATIENCE


def test_a_film_that_comes_within_patience_is_completed(fake: Fake, due: Caller) -> None:
    """The wait ends with the work, and the poll shows what has come of it."""
    waiting = asked(fake, due)
    finish(fake)

    assert content(waiting.resume()).startswith(b'{"taskId":"r1","status":"completed"')


def test_a_poll_whose_patience_ends_shows_a_render_in_process(fake: Fake, hasty: Caller) -> None:
    """It is processing at 95, as often as it is asked, time goes on; once the film is there it is completed."""
    first, again = shown(hasty), shown(hasty)
    fake.clock.jump(60)
    later = shown(hasty)
    finish(fake)
    last = shown(hasty)

    assert first == again == later == {"taskId": "r1", "status": "processing", "progress": 95}
    assert (last["status"], last["progress"]) == ("completed", 100)
    assert hasty.get(DOWNLOAD).content == FILM


def test_a_download_whose_patience_ends_is_that_of_an_unfinished_render(
    fake: Fake, hasty: Caller
) -> None:
    """409 at the endpoint and at the film's address, which send the film once it is there."""
    url = next(iter(fake.world().renders)).url
    early = [refusal(hasty.get(DOWNLOAD)), refusal(hasty.get(url.partition("127.0.0.1")[2]))]
    finish(fake)

    assert early == [(409, 409, "render 'r1' is processing: there is nothing to download")] * 2
    assert hasty.get(url.partition("127.0.0.1")[2]).content == FILM


def test_a_film_that_is_due_and_not_there_is_cancelled_at_once(fake: Fake, hasty: Caller) -> None:
    """Nobody was told that it is completed: it never will be, and its work ends."""
    reply = hasty.post(f"{LAMBDA}/r1/cancel")

    assert reply.json() == shown(hasty) == {"taskId": "r1", "status": "cancelled", "progress": 95}
    assert darkroom(fake).jobs[0].cancelled()
    assert refusal(hasty.get(DOWNLOAD))[0] == 409


def test_a_poll_that_waits_hears_of_the_cancelling(fake: Fake, due: Caller) -> None:
    """The work that it waits for ends by being cancelled, which is what it shows."""
    waiting = asked(fake, due)
    due.post(f"{LAMBDA}/r1/cancel")

    assert waiting.job.cancelled()
    assert content(waiting.resume()).startswith(b'{"taskId":"r1","status":"cancelled"')


def test_where_time_stands_what_is_due_is_not_cancelled(fake: Fake, due: Caller) -> None:
    """The encoder's speed does not decide: a cancel that comes too late waits and says completed."""
    fake.clock.set_rate(0)
    waiting = asked(fake, due, f"{LAMBDA}/r1/cancel", "POST")
    finish(fake)

    assert content(waiting.resume()).startswith(b'{"taskId":"r1","status":"completed"')


def test_a_clock_that_is_stopped_meanwhile_makes_a_poll_wait_on(fake: Fake, due: Caller) -> None:
    """When patience ends and time no longer runs, the answer is the one that time alone decides."""
    waiting = asked(fake, due)
    fake.clock.set_rate(0)

    goes_on = waiting.resume()

    assert isinstance(goes_on.body, Pending)
    assert goes_on.body.patience is None
