"""Renders: a film ordered under an id the client chose; its status is a function of time.

Documented: pending, processing, then completed or failed; 20-90 seconds; free of charge; a failed
render is tried again under a new id; 402 without attribution headers. Assumed: an id is taken once per
account (409), a draft without segments fails as `invalid draft`, cancelling what is over changes
nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from nemovideo_fakeserver.core import draft as drafts
from nemovideo_fakeserver.core.accounts import Account
from nemovideo_fakeserver.core.ports import SIDES, Film, RenderError, RenderOrder, Studio
from nemovideo_fakeserver.core.refusals import ExportBlocked, RenderConflict, RenderUnknown
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.setting import Setting

Status = Literal["pending", "processing", "completed", "failed", "cancelled"]

PENDING_SECONDS = 2.0
FAILS_AFTER = 5.0

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True, eq=False)
class Render:
    """One film; `order` is what is to be made, None for a draft that cannot be rendered.

    `job` is the making. A render that was here before a restart has none until its film is needed.
    """

    id: str
    url: str
    account: Account
    submitted_at: float
    lasts: float
    order: RenderOrder | None
    job: Future[Film] | None = None
    cancelled_at: float | None = None

    @property
    def ends_at(self) -> float:
        """When the status stops changing by itself."""
        return self.submitted_at + self.lasts


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
    """Say how a render stands; pure in `now`, but for whether the real file is there."""
    seen = now if render.cancelled_at is None else render.cancelled_at
    age = seen - render.submitted_at
    progress = min(95, 5 + int(90 * age / render.lasts))
    if render.cancelled_at is not None:
        return View(status="cancelled", progress=progress)
    if seen < render.ends_at:
        return View(status="pending" if age < PENDING_SECONDS else "processing", progress=progress)
    return _finished(render, progress)


def _finished(render: Render, progress: int) -> View:
    if render.order is None:
        return View(
            status="failed", progress=progress, error="invalid draft: no track has a segment"
        )
    job = render.job
    if job is None:
        return View(status="processing", progress=progress, idle=True)
    if not job.done():
        return View(status="processing", progress=progress, wait=job)
    problem = _problem(job)
    if problem is None:
        return View(status="completed", progress=100, film=job.result())
    refused = isinstance(problem, RenderError)
    error = str(problem) if refused else "render failed: submit it again under a new id"
    return View(status="failed", progress=progress, error=error)


def _problem(job: Future[Film]) -> BaseException | None:
    return CancelledError() if job.cancelled() else job.exception()


def _log_defect(id_: str, job: Future[Film]) -> None:
    """Write down what clients are not told: why a render failed that is neither refused nor given up."""
    problem = _problem(job)
    if problem is not None and not isinstance(problem, RenderError | CancelledError):
        _log.error("render %r failed", id_, exc_info=problem)


class Renders:
    """All renders of a world."""

    def __init__(self, setting: Setting, studio: Studio) -> None:
        self._setting = setting
        self._studio = studio
        self._by_id: dict[tuple[str, str], Render] = {}
        self._by_key: dict[str, Render] = {}

    def check_export(self, account: Account) -> None:
        """Raise `ExportBlocked` when the account's plan does not export (variant `free_plan_export`)."""
        if account.kind == "anonymous" and self._setting.variants.free_plan_export == "block":
            raise ExportBlocked(
                "export is blocked on the free plan: a matter of the subscription tier, not of credits."
                " Register at nemovideo.com to unlock export."
            )

    def submit(
        self,
        session: Session,
        id_: str,
        draft: drafts.Draft,
        output: Mapping[str, Any],
        *,
        cdn: str,
    ) -> Render:
        """Order a film; raises `RenderConflict` for an id this account has used."""
        account = session.account
        if (account.uid, id_) in self._by_id:
            raise RenderConflict(f"render id {id_!r} exists already: submit again under a new id")
        who = {"account": account.uid, "session": session.id}
        with self._setting.moment("render.submitted", **who):
            return self._submit(session, id_, draft, output, cdn=cdn)

    def _submit(
        self,
        session: Session,
        id_: str,
        draft: drafts.Draft,
        output: Mapping[str, Any],
        *,
        cdn: str,
    ) -> Render:
        account = session.account
        here = self._setting.chance.at(account.uid, "render", id_)
        key = here.hex(32, "key")
        ready = drafts.ready_for_export(draft)
        order = self._order(session, draft, output, here.number("look")) if ready else None
        render = Render(
            id=id_,
            url=f"{cdn}/render-result/{key}/{id_}.mp4",
            account=account,
            submitted_at=self._setting.now,
            lasts=here.uniform(20, 90, "lasts") if ready else FAILS_AFTER,
            order=order,
            job=self._start(id_, order) if order else None,
        )
        self._take(render)
        self._setting.note(
            "render.submitted",
            account=account.uid,
            session=session.id,
            render=id_,
            ends_at=render.ends_at,
        )
        return render

    def get(self, account: Account, id_: str) -> Render:
        """Return the account's render; raises `RenderUnknown`."""
        render = self._by_id.get((account.uid, id_))
        if render is None:
            raise RenderUnknown(f"render not found: {id_[:80]!r} was not submitted by this account")
        return render

    def cancel(self, render: Render) -> None:
        """Stop a render that is not over, and its work; its status stays cancelled for good."""
        now = self._setting.now
        if render.cancelled_at is None and now < render.ends_at:
            render.cancelled_at = now
            if render.job:
                self._studio.discard(render.job)
            self._setting.note("render.cancelled", account=render.account.uid, render=render.id)

    def forget(self, account: Account) -> None:
        """Drop an account's renders, and end their work."""
        for render in [r for r in self._by_id.values() if r.account is account]:
            del self._by_id[account.uid, render.id]
            del self._by_key[render.url.split("/")[-2]]
            if render.job:
                self._studio.discard(render.job)

    def restore(self, render: Render) -> None:
        """Take in a render that was here before; its film is made again when it is needed."""
        self._take(render)

    def look(self, render: Render) -> View:
        """Say how a render stands; where its film is needed and nobody makes it, that begins."""
        seen = view(render, self._setting.now)
        if not seen.idle or render.order is None:
            return seen
        render.job = self._start(render.id, render.order)
        return view(render, self._setting.now)

    def __iter__(self) -> Iterator[Render]:
        return iter(tuple(self._by_id.values()))

    def looked_at(self, render: Render, seen: View) -> AbstractContextManager[None]:
        """Be inside while a poll is answered: for a completed film that is a moment of its own."""
        if seen.status != "completed":
            return nullcontext()
        return self._setting.moment("render.completed", account=render.account.uid)

    def by_key(self, key: str) -> Render | None:
        """Return the render whose result has `key` in its URL."""
        return self._by_key.get(key)

    def _take(self, render: Render) -> None:
        self._by_id[render.account.uid, render.id] = render
        self._by_key[render.url.split("/")[-2]] = render

    def _start(self, id_: str, order: RenderOrder) -> Future[Film]:
        job = self._studio.render(order)
        job.add_done_callback(partial(_log_defect, id_))
        return job

    def _order(
        self, session: Session, draft: drafts.Draft, output: Mapping[str, Any], seed: int
    ) -> RenderOrder:
        width, height = _size(session, draft, output)
        return RenderOrder(
            draft=draft,
            media={a.url: a for a in (*session.uploads, *session.planned_media)},
            width=width,
            height=height,
            fps=int(output.get("fps", 30)),
            seed=seed,
        )


def _size(session: Session, draft: drafts.Draft, output: Mapping[str, Any]) -> tuple[int, int]:
    """The draft's canvas; a `resolution` of n lines scales its short side to n, within `SIDES`."""
    least, most = SIDES
    about = draft.get("m")
    asked = about if isinstance(about, dict) else {}
    width, height = (
        value if isinstance(value, int) and least <= value <= most else fallback
        for value, fallback in zip(
            (asked.get("width"), asked.get("height")), session.canvas, strict=True
        )
    )
    lines = output.get("lines")
    if not lines:
        return width, height
    scale = min(lines / min(width, height), most / max(width, height))
    return round(width * scale), round(height * scale)
