from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.course import LONGEST, SHORTEST, USUAL, Course, Polls
from nemovideo_fakeserver.core.draft import Draft
from nemovideo_fakeserver.core.faults.actions import Fail
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.outputs import Output
from nemovideo_fakeserver.core.ports import Film
from nemovideo_fakeserver.core.render import Render, view
from nemovideo_fakeserver.core.sessions import Session

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

DRAFT: Draft = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 1000}]}], "d": 1000}


def submit(stage: Stage, session: Session, id_: str = "r1", draft: Draft = DRAFT) -> Render:
    """Order a film."""
    stage.world.settle()
    return stage.world.renders.submit(session, id_, draft, Output(), cdn="http://cdn")


def finished(stage: Stage) -> None:
    """Let the encoder finish whatever it was asked for."""
    for job in stage.studio.jobs:
        if not job.done():
            job.set_result(Film(path=Path("film.mp4"), seconds=1.0, size=1))


def look(stage: Stage, render: Render) -> str:
    """Poll a render; return its status."""
    stage.world.settle()
    stage.world.renders.polled(render)
    return view(render, stage.setting.now).status


# How they end


@pytest.mark.parametrize(
    ("course", "ends"),
    [
        (USUAL, [None, None, None]),
        (Course(failures=("a",)), ["a", None, None]),
        (Course(failures=(None, "b")), [None, "b", None]),
        (Course(failures=("a",), last_sticks=True), ["a", "a", "a"]),
        (Course(failures=("a", None), last_sticks=True), ["a", None, None]),
        (Course(last_sticks=True), [None, None, None]),
    ],
)
def test_renders_end_as_they_are_told_in_order(course: Course, ends: list[str | None]) -> None:
    """The list first; then they complete, or go on ending as its last did."""
    assert [course.failure(number) for number in range(3)] == ends


def test_the_order_is_that_of_all_accounts(stage: Stage) -> None:
    """The second film that anybody orders is the one that fails, and it has no work."""
    stage.world.renders.course = Course(failures=(None, "no worker"))
    one, two = (stage.session(stage.account(name)) for name in ("ann", "bob"))

    first, second = submit(stage, one), submit(stage, two)
    stage.later(90.0)

    assert (first.fails, second.fails, second.job) == (None, "no worker", None)
    assert view(second, stage.setting.now).error == "no worker"


# How long they take


@given(st.floats(1, 50), st.floats(0, 50))
def test_renders_take_as_long_as_they_are_told(
    new_stage: Callable[[], Stage], shortest: float, more: float
) -> None:
    """Between the shortest and the longest time, to a millisecond."""
    stage = new_stage()
    stage.world.renders.course = Course(shortest=shortest, longest=shortest + more)

    render = submit(stage, stage.session())

    assert shortest - 0.001 <= render.lasts <= shortest + more + 0.001


def test_usually_they_take_what_is_documented() -> None:
    """20 to 90 seconds, by time, and complete."""
    assert (SHORTEST, LONGEST) == (20.0, 90.0)
    assert Course() == USUAL


# By polls


def test_polls_decide_however_long_they_take(stage: Stage) -> None:
    """Pending until the poll that says processing, processing until the one that says completed."""
    stage.world.renders.course = Course(polls=Polls(processing=2, over=4))
    render = submit(stage, stage.session())
    finished(stage)
    stage.later(1_000.0)

    assert [look(stage, render) for _ in range(6)] == [
        "pending",
        "processing",
        "processing",
        *["completed"] * 3,
    ]
    assert render.looks == 4
    assert stage.noted("render.submitted")[0]["ends_at"] is None


def test_a_render_by_polls_may_fail_by_polls(stage: Stage) -> None:
    """The poll that would say completed says failed."""
    stage.world.renders.course = Course(polls=Polls(processing=1, over=2), failures=("lost",))
    render = submit(stage, stage.session())

    assert [look(stage, render) for _ in range(3)] == ["processing", "failed", "failed"]


def test_each_look_is_a_fact_until_it_is_over(stage: Stage) -> None:
    """Also of one that is called off, which then counts no more."""
    stage.world.renders.course = Course(polls=Polls(processing=1, over=9))
    render = submit(stage, stage.session())

    look(stage, render)
    stage.world.renders.cancel(render)
    seen = look(stage, render)

    assert seen == "cancelled"
    assert [fact["looks"] for fact in stage.noted("render.polled")] == [1]


def test_by_time_polls_do_not_count(stage: Stage) -> None:
    """Looking changes nothing and is no fact of its own."""
    render = submit(stage, stage.session())

    look(stage, render)

    assert render.looks == 0
    assert stage.noted("render.polled") == []


# What faults make of it


def arm(stage: Stage, at: str, why: str) -> None:
    """Arm a fault that makes a render fail."""
    stage.setting.faults.arm(Fault(at=at, do=Fail(why)), now=0.0)


def test_what_fails_when_it_is_ordered_needs_no_poll(stage: Stage) -> None:
    """By polls or by time: it is over before it began, whatever it would have come to."""
    stage.world.renders.course = Course(polls=Polls(processing=2, over=4), failures=("later",))
    arm(stage, "render.submitted", "at once")

    render = submit(stage, stage.session())

    seen = view(render, stage.setting.now)
    assert (seen.status, seen.error, seen.progress) == ("failed", "at once", 5)


def test_a_fault_waits_for_a_render_that_would_be_completed(stage: Stage) -> None:
    """One that fails anyway, or has nothing to show, does not use it up."""
    stage.world.renders.course = Course(failures=("told",))
    arm(stage, "render.completed", "struck")
    session = stage.session()

    ends = [
        submit(stage, session, "r1").fails,
        submit(stage, session, "r2", {"t": []}).fails,
        submit(stage, session, "r3").fails,
        submit(stage, session, "r4").fails,
    ]

    assert ends == ["told", None, "struck", None]
