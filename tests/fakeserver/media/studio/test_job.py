"""A job is begun or cancelled, once; and who waits for it is told under no lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import cast

import pytest

from nemovideo_fakeserver.media.studio.job import GivenUp, Job
from support.jobs import Mutes, elsewhere


def free(job: Job[str]) -> list[bool]:
    """Note, when a job is done, whether another thread can give it up meanwhile."""
    found: list[bool] = []
    job.add_done_callback(lambda _: found.append(elsewhere(lambda: job.give_up("too late"))))
    return found


def test_who_is_told_of_a_cancelled_job_may_wait_for_others() -> None:
    """Another thread that gives the same job up is not kept waiting until all are told."""
    job = Job(lambda _: "never")
    found = free(job)

    job.give_up("nobody wants it")

    assert (found, job.cancelled()) == ([True], True)


@pytest.mark.parametrize("line", ["", "broken"])
def test_who_is_told_of_a_job_that_is_done_may_wait_for_others(line: str) -> None:
    """Whatever came of it."""
    job = Job(lambda ask: {"": "a"}[ask("", 1) and line])
    found = free(job)

    job.run(Mutes())

    assert found == [True]
    assert (job.lost, job.cancelled()) == (bool(line), False)


def test_a_job_is_given_up_in_the_midst_of_it() -> None:
    """Its child is killed, and the first reason counts."""

    def work(ask: Callable[[str, float], str]) -> str:
        job.give_up("nobody wants it")
        job.give_up("nobody ever wanted it")
        return ask("", 1)

    job = Job(work)
    job.run(Mutes())

    with pytest.raises(GivenUp, match="nobody wants it"):
        job.result()


def test_a_job_that_was_cancelled_by_another_hand_is_given_up_quietly() -> None:
    """As a future it has a `cancel` of its own; giving it up and running it are nothing after that."""
    for job in (Job(lambda _: ""), Job(lambda _: "")):
        assert job.cancel()
        job.give_up("nobody wants it")
        job.run(Mutes())

        with pytest.raises(CancelledError):
            cast("Future[str]", job).result(0)


def test_a_job_that_runs_is_not_cancelled() -> None:
    """What was begun before is done when it is given up after its child has answered."""
    job = Job(lambda ask: ask("", 1))
    job.run(Mutes())

    job.give_up("too late")

    assert job.result(0) == "answer"
