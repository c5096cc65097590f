"""One render, and how it stands: a function of time, or of how often it was looked at.

Documented: pending, processing, then completed or failed. Assumed: pending for two seconds, progress in
a straight line, a draft without segments fails as `invalid draft`.
"""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Literal

from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.course import Polls
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder

Status = Literal["pending", "processing", "completed", "failed", "cancelled"]

PENDING_SECONDS = 2.0
FAILS_AFTER = 5.0


@dataclass(slots=True, kw_only=True, eq=False)
class Render:
    """One film; `order` is what is to be made, None for a draft that cannot be rendered.

    `job` is the making. A render that was here before a restart has none until its film is needed.
    It takes `lasts` seconds, or `polls`, of which there have been `looks`. `fails` is why it ends badly,
    `session` the id of the one it was ordered in, `shown` whether a reply has shown it completed.
    """

    id: str
    url: str
    account: Account
    submitted_at: float
    lasts: float
    order: RenderOrder | None
    job: Future[Film] | None = None
    polls: Polls | None = None
    fails: str | None = None
    looks: int = 0
    session: str | None = None
    shown: bool = False
    cancelled_at: float | None = None

    @property
    def key(self) -> str:
        """What makes its address unguessable."""
        return self.url.split("/")[-2]

    @property
    def file_name(self) -> str:
        """The name of its film: its id, and the format as an extension."""
        return self.url.rpartition("/")[2]

    @property
    def ends_at(self) -> float:
        """When the status stops changing by itself, unless polls decide that."""
        return self.submitted_at + self.lasts

    def progress(self, now: float) -> float:
        """Return how far it is, from 0 to 1 and beyond; what fails when it is ordered gets nowhere."""
        if self.polls:
            return self.looks / self.polls.over
        if not self.lasts:
            return 1.0 if self.fails is None else 0.0
        return (now - self.submitted_at) / self.lasts

    def over(self, now: float) -> bool:
        """Say whether its status no longer changes by itself."""
        return self.looks >= self.polls.over if self.polls else now >= self.ends_at

    def begun(self, now: float) -> bool:
        """Say whether it is no longer pending."""
        if self.polls:
            return self.looks >= self.polls.processing
        return now - self.submitted_at >= PENDING_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a poll sees: `film` when completed, `error` when failed, `wait` when the file is not there yet.

    When it is `idle`, nobody makes the file.
    """

    status: Status
    progress: int
    film: Film | None = None
    error: str | None = None
    wait: Future[Film] | None = None
    idle: bool = False


def view(render: Render, now: float) -> View:
    """Say how a render stands; pure in `now` and its polls, but for whether the real file is there."""
    seen = now if render.cancelled_at is None else render.cancelled_at
    progress = min(95, 5 + int(90 * render.progress(seen)))
    if render.cancelled_at is not None:
        return View(status="cancelled", progress=progress)
    if not render.over(seen):
        return View(status="processing" if render.begun(seen) else "pending", progress=progress)
    return _finished(render, progress)


def _finished(render: Render, progress: int) -> View:
    if render.fails is not None:
        return View(status="failed", progress=progress, error=render.fails)
    if render.order is None:
        return View(
            status="failed", progress=progress, error="invalid draft: no track has a segment"
        )
    job = render.job
    if job is None:
        return View(status="processing", progress=progress, idle=True)
    if not job.done():
        return View(status="processing", progress=progress, wait=job)
    reason = problem(job)
    if reason is None:
        return View(status="completed", progress=100, film=job.result())
    refused = isinstance(reason, RenderError)
    error = str(reason) if refused else "render failed: submit it again under a new id"
    return View(status="failed", progress=progress, error=error)


def problem(job: Future[Film]) -> BaseException | None:
    """Return why a job came to nothing."""
    return CancelledError() if job.cancelled() else job.exception()
