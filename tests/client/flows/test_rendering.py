"""An export: ready or not, under which id, how long it is waited for, and what its ends are called."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.errors import (
    APIConnectionError,
    Conflict,
    ExportBlocked,
    NemoError,
    NotFound,
    NothingToExport,
    RateLimited,
    RenderCancelled,
    RenderError,
    RenderFailed,
    RenderStatusUnknown,
    RenderTimeout,
    ServerError,
)
from nemovideo_client.events import Notice
from nemovideo_client.flows.endpoints import export, submit_render, wait_for_render
from nemovideo_client.models import Render
from nemovideo_client.words import RENDERING_AGAIN, Wording
from support.playbook import MIDNIGHT, Answered, Pair, Service, broken, play
from support.replies import (
    ASK_SESSION,
    ASK_STATE,
    LINK,
    ONE_TRACK,
    SESSION,
    SUBMIT,
    context,
    no,
    render,
    rendered,
    session,
    state,
    status,
)

FIRST = int(MIDNIGHT * 1000)
READY = state(ONE_TRACK)


def poll(number: int = 0) -> str:
    """The line that asks how the render with this id stands."""
    return f"GET /api/render/proxy/lambda/render_{FIRST + number}"


def test_an_export_from_beginning_to_end() -> None:
    """State, submit, then a poll every 30 s until it is there; the order and each poll are shown."""
    script: list[Pair] = [
        (ASK_STATE, READY),
        (SUBMIT, render("pending", 5)),
        ("sleep 30", None),
        (poll(), render("processing", 60)),
        ("sleep 30", None),
        (poll(), rendered()),
    ]

    played = play(export(context()), script)

    assert played.bodies(SUBMIT) == [
        {"id": f"render_{FIRST}", "sessionId": SESSION, "draft": ONE_TRACK}
    ]
    assert [(shown.status, shown.progress) for shown in played.shown] == [
        ("pending", 5),
        ("processing", 60),
        ("completed", 100),
    ]
    assert (played.result.render.url, played.result.path, played.result.size) == (LINK, None, 1024)


def test_output_is_passed_on() -> None:
    """Format, quality and resolution go with the order."""
    output = {"format": "mp4", "resolution": "720p"}
    service = Service({ASK_STATE: READY, SUBMIT: render("pending")})

    played = play(submit_render(context(), output=output), service)

    assert played.bodies(SUBMIT)[0]["output"] == output
    assert played.result.id == f"render_{FIRST}"


@pytest.mark.parametrize(
    "draft", [{}, {"t": []}, {"t": [{"tt": 0, "sg": []}]}, {"t": None}, {"d": 5000}]
)
def test_nothing_on_the_timeline(draft: dict[str, Any]) -> None:
    """Without a segment nothing is submitted."""
    played = play(export(context()), [(ASK_STATE, state(draft))])

    assert isinstance(played.error, NothingToExport)


def test_a_taken_id_gives_way_to_the_next() -> None:
    """409 counts the id up."""
    script: list[Pair] = [
        (ASK_STATE, READY),
        (SUBMIT, status(409)),
        (SUBMIT, no(409, "taken", status=409)),
        (SUBMIT, render("pending")),
        ("sleep 30", None),
        (poll(2), rendered()),
    ]

    played = play(export(context()), script)

    ids = [body["id"] for body in played.bodies(SUBMIT)]
    assert ids == [f"render_{FIRST + number}" for number in range(3)]
    assert played.result.render.id == ids[-1]


def test_when_all_ids_are_taken() -> None:
    """After five ids the conflict is raised."""
    played = play(export(context()), Service({ASK_STATE: READY, SUBMIT: status(409)}))

    assert isinstance(played.error, Conflict)
    assert played.count(SUBMIT) == 5


@pytest.mark.parametrize("loss", [broken(), status(500), status(504)], ids=["broken", "500", "504"])
def test_a_lost_order_is_asked_for_before_it_is_repeated(loss: Answered) -> None:
    """Where the answer is lost the render may exist; only when it does not is it ordered again."""
    there = [
        (ASK_STATE, READY),
        (SUBMIT, loss),
        (poll(), render("processing", 10)),
        ("sleep 30", None),
        (poll(), rendered()),
    ]
    missing = [*there[:2], (poll(), status(404)), (SUBMIT, render("pending")), *there[3:]]

    played = [play(export(context()), script) for script in (there, missing)]

    assert [one.result.render.status for one in played] == ["completed", "completed"]
    assert len({body["id"] for body in played[1].bodies(SUBMIT)}) == 1


def test_a_lost_order_that_arrives_late_is_followed() -> None:
    """Not there when it is asked for, taken when it is ordered again: it is ours, under its id."""
    script: list[Pair] = [
        (ASK_STATE, READY),
        (SUBMIT, broken()),
        (poll(), status(404)),
        (SUBMIT, status(409)),
        (poll(), render("processing", 10)),
        ("sleep 30", None),
        (poll(), rendered()),
    ]

    played = play(export(context()), script)

    assert played.result.render.id == f"render_{FIRST}"


@pytest.mark.parametrize(
    ("loss", "error"), [(broken(), APIConnectionError), (status(503), ServerError)]
)
def test_an_order_lost_for_good(loss: Answered, error: type[Exception]) -> None:
    """When it cannot be asked for either, the first failure is raised, and nothing is ordered again."""
    service = Service({ASK_STATE: READY, SUBMIT: loss, poll(): status(502)})

    played = play(export(context()), service)

    assert type(played.error) is error
    assert played.count(SUBMIT) == 1
    assert getattr(played.error, "endpoint", None) == SUBMIT


def test_a_lost_session_is_replaced_and_then_empty() -> None:
    """1002 while ordering makes a new session, in which there is nothing to export."""
    service = Service(
        {
            ASK_STATE: READY,
            SUBMIT: no(1002),
            ASK_SESSION: session("7"),
            ASK_STATE.replace(SESSION, "7"): state(),
        }
    )

    assert isinstance(play(export(context()), service).error, NothingToExport)


@pytest.mark.parametrize(("cap", "polls"), [(10, 10), (1, 1)])
def test_patience_has_an_end(cap: int, polls: int) -> None:
    """After so many polls 30 s apart, RenderTimeout names the id to resume by."""
    service = Service({ASK_STATE: READY, SUBMIT: render("pending"), poll(): render("processing")})

    played = play(export(context(max_polls=cap)), service)

    assert isinstance(played.error, RenderTimeout)
    assert played.slept == [30.0] * polls
    assert played.error.render_id == f"render_{FIRST}"
    assert played.error.render_id in str(played.error)


def test_patience_without_an_end() -> None:
    """With no cap it is polled for as long as it takes."""
    answers: list[Answered] = [*[render("processing")] * 99, rendered()]
    service = Service({ASK_STATE: READY, SUBMIT: render("pending"), poll(): answers})

    played = play(export(context(max_polls=None, poll_interval=2)), service)

    assert played.result.render.status == "completed"
    assert played.slept == [2.0] * 100


def test_a_failed_render_is_ordered_once_more() -> None:
    """Under a new id, with the draft as it is then; the second failure is raised, with its reason."""
    later = int((MIDNIGHT + 30) * 1000)
    second = f"GET /api/render/proxy/lambda/render_{later}"
    failed = render("failed", error="out of ink")
    service = {ASK_STATE: READY, SUBMIT: render("pending"), poll(): failed}

    mended = play(export(context()), Service({**service, second: rendered()}))
    hopeless = play(export(context()), Service({**service, second: failed}))

    assert [body["id"] for body in mended.bodies(SUBMIT)] == [
        f"render_{FIRST}",
        f"render_{later}",
    ]
    assert mended.result.render.id == f"render_{later}"
    assert mended.shown.count(Notice(RENDERING_AGAIN.en)) == 1
    assert isinstance(hopeless.error, RenderFailed)
    assert "out of ink" in str(hopeless.error)
    assert hopeless.error.render_id == f"render_{later}"
    assert hopeless.count(SUBMIT) == 2


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("cancelled", RenderCancelled),
        ("failed", RenderFailed),
        ("napping", RenderStatusUnknown),
        ("COMPLETED", RenderStatusUnknown),
        ("\x1b[31m" * 99, RenderStatusUnknown),
    ],
)
def test_ends_without_a_film(said: str, error: type[RenderError]) -> None:
    """Each has its own error, which carries the id and is fit to be printed."""
    asked = "GET /api/render/proxy/lambda/r9"

    played = play(wait_for_render(context(), "r9"), [(asked, render(said))])

    assert type(played.error) is error
    assert isinstance(played.error, RenderError)
    assert played.error.render_id == "r9"
    assert str(played.error).isprintable()


def test_resuming() -> None:
    """With an id nothing is ordered, no state is read, and the first look does not wait."""
    asked = "GET /api/render/proxy/lambda/r9"
    told: list[Render] = []

    played = play(
        export(context(session=None), render_id="r9", on_progress=told.append),
        [(asked, render("processing")), ("sleep 30", None), (asked, rendered())],
    )

    assert played.result.render.id == "r9"
    assert told == played.shown


def test_a_failed_render_is_not_ordered_again_when_resumed() -> None:
    """Whoever resumes by id has no order to repeat."""
    asked = "GET /api/render/proxy/lambda/r9"

    played = play(export(context(), render_id="r9"), [(asked, render("failed"))])

    assert isinstance(played.error, RenderFailed)


def test_a_poll_that_fails_is_repeated() -> None:
    """A poll is safe: it is made again after a back-off."""
    asked = "GET /api/render/proxy/lambda/r9"
    service = Service({asked: [broken(), status(502), rendered()]})

    played = play(wait_for_render(context(), "r9"), service)

    assert played.slept == [0.5, 1]
    assert played.result.status == "completed"


@pytest.mark.parametrize("loss", [broken(), status(502), status(429)], ids=["broken", "502", "429"])
def test_looks_that_fail_are_looks(loss: Answered) -> None:
    """The film is being made all the same: after the last one the id is told, and why."""
    asked = "GET /api/render/proxy/lambda/r9"
    ctx = context(max_retries=0, max_polls=3)
    twice: list[Answered] = [loss, loss, rendered()]  # two, as a rate limit is asked again once

    seen = play(wait_for_render(ctx, "r9"), Service({asked: twice}))
    lost = play(wait_for_render(ctx, "r9"), Service({asked: loss}))

    assert seen.result.status == "completed"
    assert isinstance(lost.error, RenderTimeout)
    assert isinstance(lost.error.__cause__, NemoError)
    assert lost.error.render_id == "r9"
    assert "r9" in str(lost.error)


def test_an_old_failure_is_not_why_it_takes_too_long() -> None:
    """A look that failed and one that did not: it is still running, and nothing else is wrong."""
    asked = "GET /api/render/proxy/lambda/r9"
    service = Service({asked: [broken(), render("processing")]})

    played = play(wait_for_render(context(max_retries=0, max_polls=2), "r9"), service)

    assert "still running" in str(played.error)
    assert played.error.__cause__ is None


def test_an_unknown_render() -> None:
    """404 for a poll says so at once."""
    asked = "GET /api/render/proxy/lambda/r9"

    played = play(wait_for_render(context(), "r9"), [(asked, status(404))])

    assert isinstance(played.error, NotFound)


@pytest.mark.parametrize(
    ("language", "advice"), [("en", "Register to export."), ("zh", "注册后可导出。")]
)
def test_a_blocked_export_is_about_the_plan(language: str, advice: str) -> None:
    """402 says what opens it in the skill's words, and does not speak of buying credits."""
    ctx = context(unlock=Wording("Register to export.", "注册后可导出。"), language=language)

    played = play(export(ctx), [(ASK_STATE, READY), (SUBMIT, status(402))])

    assert isinstance(played.error, ExportBlocked)
    assert played.error.unlock == advice
    assert advice in str(played.error)
    assert "not about credits" in str(played.error)


def test_an_order_that_is_rate_limited() -> None:
    """429 waits once; it is a refusal, so no status is asked."""
    played = play(
        export(context()),
        [(ASK_STATE, READY), (SUBMIT, status(429)), ("sleep 30", None), (SUBMIT, status(429))],
    )

    assert isinstance(played.error, RateLimited)


def test_progress_is_told_of_renders_only() -> None:
    """A notice of a new session is shown, but no business of whoever follows a render."""
    new = ASK_STATE.replace(SESSION, "7")
    told: list[Render] = []
    service = Service(
        {
            ASK_STATE: no(1002),
            ASK_SESSION: session("7"),
            new: READY,
            SUBMIT: render("pending"),
            poll(): rendered(),
        }
    )

    played = play(export(context(), on_progress=told.append), service)

    assert len(played.shown) == 3
    assert [type(one) for one in told] == [Render, Render]
