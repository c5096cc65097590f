"""Renders: a film ordered under an id the client chose; its status is a function of time.

Documented: pending, processing, then completed or failed; 20-90 seconds; free of charge; a failed
render is tried again under a new id; 402 without attribution headers. Whether a used id is an error
(409) or gives the render there is, documents disagree (`duplicate_render`). Assumed: it is used once
per account, a draft without segments fails as `invalid draft`, cancelling what is over changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from functools import partial

from nemovideo_fakeserver.core import draft as drafts
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.course import USUAL
from nemovideo_fakeserver.core.outputs import Output
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder, Studio
from nemovideo_fakeserver.core.refusals import ExportBlocked, RenderConflict, RenderUnknown
from nemovideo_fakeserver.core.render import FAILS_AFTER, Render, View, problem, view
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.sizes import size

OVER = "render.completed"

_log = logging.getLogger(__name__)


def _log_defect(id_: str, job: Future[Film]) -> None:
    """Write down what clients are not told: why a render failed that is neither refused nor given up."""
    reason = problem(job)
    if reason is not None and not isinstance(reason, RenderError | CancelledError):
        _log.error("render %r failed", id_, exc_info=reason)


class Renders:
    """All renders of a world, which go as its `course` says."""

    def __init__(self, setting: Setting, studio: Studio) -> None:
        self._setting = setting
        self._studio = studio
        self._by_id: dict[tuple[str, str], Render] = {}
        self._by_key: dict[str, Render] = {}
        self._ended = False
        self.course = USUAL

    def check_export(self, account: Account) -> None:
        """Raise `ExportBlocked` when the account's plan does not export (variant `free_plan_export`)."""
        variants = self._setting.variants
        if account.plan == "free" and variants.free_plan_export == "block":
            raise ExportBlocked(
                "export is blocked on the free plan: a matter of the subscription tier, not of credits."
                f" Register at {variants.site} to unlock export."
            )

    def submit(
        self,
        session: Session,
        id_: str,
        draft: drafts.Draft,
        output: Output,
        *,
        cdn: str,
    ) -> Render:
        """Order a film. An id this account has used gives that render, or raises `RenderConflict`."""
        account = session.account
        if used := self._by_id.get((account.uid, id_)):
            if self._setting.variants.duplicate_render == "existing":
                return used
            raise RenderConflict(f"render id {id_!r} exists already: submit again under a new id")
        who = {"account": account.uid, "session": session.id}
        with self._setting.moment("render.submitted", **who):
            return self._submit(session, id_, draft, output, cdn=cdn)

    def _submit(
        self,
        session: Session,
        id_: str,
        draft: drafts.Draft,
        output: Output,
        *,
        cdn: str,
    ) -> Render:
        account = session.account
        here = self._setting.chance.at(account.uid, "render", id_)
        key = here.hex(32, "key")
        ready, course = drafts.ready_for_export(draft), self.course
        stillborn, fails = self._failure(session, ready=ready)
        order = self._order(session, draft, output) if ready else None
        lasts = here.uniform(course.shortest, course.longest, "lasts") if ready else FAILS_AFTER
        render = Render(
            id=id_,
            url=f"{cdn}/render-result/{key}/{id_}.{output.format}",
            account=account,
            session=session.id,
            submitted_at=self._setting.now,
            lasts=0.0 if stillborn else lasts,
            order=order,
            polls=course.polls if ready and not stillborn else None,
            fails=fails,
        )
        self._take(render)
        if order and fails is None:
            self._start(render, order)
        self._setting.note(
            "render.submitted",
            account=account.uid,
            session=session.id,
            render=id_,
            ends_at=None if render.polls else render.ends_at,
        )
        return render

    def _failure(self, session: Session, *, ready: bool) -> tuple[bool, str | None]:
        """Return whether a render fails as soon as it is ordered, and why it fails, if it does."""
        who = {"account": session.account.uid, "session": session.id}
        stillborn = self._setting.failure("render.submitted", "before", "after", **who)
        if stillborn is not None:
            return True, stillborn
        fails = self.course.failure(len(self._by_id))
        if fails is None and ready:  # else it will never be completed
            fails = self._setting.failure(OVER, "before", **who)
        return False, fails

    def get(self, account: Account, id_: str) -> Render:
        """Return the account's render; raises `RenderUnknown`."""
        render = self._by_id.get((account.uid, id_))
        if render is None:
            raise RenderUnknown(f"render not found: {id_[:80]!r} was not submitted by this account")
        return render

    def cancel(self, render: Render) -> None:
        """Stop a render that is not over, and its work; its status stays cancelled for good."""
        now = self._setting.now
        if render.cancelled_at is None and not (render.over(now) and self._settled(render)):
            render.cancelled_at = now
            if render.job:
                self._studio.discard(render.job)
            self._setting.note("render.cancelled", account=render.account.uid, render=render.id)

    def _settled(self, render: Render) -> bool:
        """Say whether a render whose time is up has come to its end.

        Where time runs by itself, not before its film is there: nobody has been told yet that it is. Where
        time stands, at once: how fast the machine is must not decide what can be cancelled.
        """
        if render.shown or not self._setting.clock.rate:
            return True
        seen = view(render, self._setting.now)
        return seen.wait is None and not seen.idle

    def forget(self, account: Account) -> None:
        """Drop an account's renders, and end their work."""
        for render in [r for r in self._by_id.values() if r.account is account]:
            del self._by_id[account.uid, render.id]
            del self._by_key[render.key]
            if render.job:
                self._studio.discard(render.job)

    def end(self) -> None:
        """Discard all films, and every one that is ordered yet: their world is no more."""
        self._ended = True
        for render in self:
            if render.job:
                self._studio.discard(render.job)

    def polled(self, render: Render) -> None:
        """Count a poll, where polls decide how far a render is."""
        if render.polls and render.cancelled_at is None and not render.over(0):
            render.looks += 1
            self._setting.note(
                "render.polled", account=render.account.uid, render=render.id, looks=render.looks
            )

    def shows(self, render: Render, seen: View) -> None:
        """Note that a reply shows how a render stands: the first one that shows it completed is a moment."""
        if seen.status == "completed" and not render.shown:
            who = {"account": render.account.uid, "session": render.session}
            with self._setting.moment(OVER, **who):
                render.shown = True
                self._setting.note("render.shown", render=render.id, **who)

    def restore(self, render: Render) -> None:
        """Take in a render that was here before; its film is made again when it is needed."""
        self._take(render)

    def look(self, render: Render) -> View:
        """Say how a render stands; where its film is needed and nobody makes it, that begins."""
        seen = view(render, self._setting.now)
        if not seen.idle or render.order is None:
            return seen
        self._start(render, render.order)
        return view(render, self._setting.now)

    def __iter__(self) -> Iterator[Render]:
        return iter(tuple(self._by_id.values()))

    def by_key(self, key: str) -> Render | None:
        """Return the render whose result has `key` in its URL."""
        return self._by_key.get(key)

    def _take(self, render: Render) -> None:
        self._by_id[render.account.uid, render.id] = render
        self._by_key[render.key] = render

    def _start(self, render: Render, order: RenderOrder) -> None:
        render.job = self._studio.render(order)
        render.job.add_done_callback(partial(_log_defect, render.id))
        if self._ended:
            self._studio.discard(render.job)

    def _order(self, session: Session, draft: drafts.Draft, output: Output) -> RenderOrder:
        """Return the order; what looks drawn depends on the session alone, so that equal orders are equal."""
        width, height = size(draft, session.canvas, output.lines)
        here = self._setting.chance.at(session.account.uid, session.id)
        return RenderOrder(
            draft=draft,
            media={a.url: a for a in (*session.uploads, *session.planned_media)},
            width=width,
            height=height,
            fps=output.fps,
            seed=here.number("look"),
            format=output.format,
            quality=output.quality,
        )
