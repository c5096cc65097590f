from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder
from nemovideo_fakeserver.core.render import Render, view

FILM = Film(path=Path("film.mp4"), seconds=4.0, size=99)
ORDER = RenderOrder(draft={}, media={}, width=16, height=16, fps=30, seed=0)
ORDER_OF_STATUS = ["pending", "processing", "completed", "failed", "cancelled"]


def a_render(job: Future[Film] | None, lasts: float = 30.0) -> Render:
    """A render submitted at the epoch."""
    return Render(
        id="r",
        url="u",
        account=Account(uid="anon_1"),
        submitted_at=EPOCH,
        lasts=lasts,
        order=ORDER if job else None,
        job=job,
    )


def job(film: Film | None = FILM, problem: Exception | None = None) -> Future[Film]:
    """The encoding of a film: done, failed, or (with neither) still running."""
    future: Future[Film] = Future()
    if problem:
        future.set_exception(problem)
    elif film:
        future.set_result(film)
    return future


@pytest.mark.parametrize(
    ("age", "status", "progress"),
    [
        (0.0, "pending", 5),
        (1.999, "pending", 10),
        (2.0, "processing", 11),
        (15.0, "processing", 50),
        (29.999, "processing", 94),
        (30.0, "completed", 100),
        (1e6, "completed", 100),
    ],
)
def test_a_render_goes_its_way_by_time_alone(age: float, status: str, progress: int) -> None:
    """Pending for 2 s, then processing, completed when its time is up: even if the file was there before."""
    seen = view(a_render(job()), EPOCH + age)

    assert (seen.status, seen.progress) == (status, progress)
    assert seen.film == (FILM if status == "completed" else None)


def test_a_file_that_is_not_there_yet_is_waited_for() -> None:
    """When the time is up before the encoder is done, the view says what to wait for; then it is there."""
    running = job(film=None)
    render = a_render(running)

    waiting = view(render, render.ends_at)
    running.set_result(FILM)

    assert (waiting.status, waiting.wait, waiting.film) == ("processing", running, None)
    assert view(render, render.ends_at).film == FILM


def test_an_encoder_that_refuses_fails_the_render() -> None:
    """What is wrong with the order is told, once the time is up and not before."""
    render = a_render(job(problem=RenderError("invalid draft: too long")))

    assert view(render, render.ends_at - 0.001).status == "processing"
    seen = view(render, render.ends_at)
    assert (seen.status, seen.error, seen.film) == ("failed", "invalid draft: too long", None)


def test_a_defect_is_not_shown_to_clients() -> None:
    """A problem that is not the order's, or an encoder that was closed, gives a general sentence."""
    broken, closed = job(problem=OSError(28, "disk full", "/home/me/film.mp4")), job(film=None)
    closed.cancel()

    seen = [view(a_render(done), EPOCH + 60) for done in (broken, closed)]

    assert [s.status for s in seen] == ["failed", "failed"]
    assert {s.error for s in seen} == {"render failed: submit it again under a new id"}


@given(
    st.lists(st.integers(0, 100_000).map(lambda ms: EPOCH + ms / 1000), min_size=2).map(sorted),
    st.sampled_from(["done", "broken", "none"]),
    st.integers(20_000, 90_000).map(lambda ms: ms / 1000),
    st.none() | st.integers(0, 19_000).map(lambda ms: EPOCH + ms / 1000),
)
def test_a_view_is_pure_and_goes_one_way(
    polls: list[float], how: str, lasts: float, cancelled_at: float | None
) -> None:
    """Polling twice at one time sees the same, and no later poll sees less progress or an earlier status."""
    jobs = {"done": job(), "broken": job(problem=OSError("no")), "none": None}
    render = a_render(jobs[how], lasts)
    render.cancelled_at = cancelled_at

    views = [view(render, now) for now in polls]

    assert views == [view(render, now) for now in polls]
    assert [v.progress for v in views] == sorted(v.progress for v in views)
    ranks = [ORDER_OF_STATUS.index(v.status) for v in views]
    assert ranks == sorted(ranks)
