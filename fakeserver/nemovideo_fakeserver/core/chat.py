"""Accepting messages, and letting happen what they set in motion."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeAlias

from nemovideo_fakeserver.core import draft as drafts
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.discretion import discreet
from nemovideo_fakeserver.core.draft_words import in_words
from nemovideo_fakeserver.core.plan import Agent, Edit, Made, Plan, Scene
from nemovideo_fakeserver.core.refusals import OutOfCredits
from nemovideo_fakeserver.core.sessions import Session, canvas
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turn_moments import failing
from nemovideo_fakeserver.core.turns import Fact, Settlement, Turn, schedule

Due: TypeAlias = tuple[float, tuple[float, str, int, int], Fact, Turn, Session]
"""When something is due and which of those due at one instant it is: earlier messages go first."""

MOST_TOLD = 2000
"""Characters of a message that the journal keeps."""


class Chat:
    """The turns of a world, and its agenda: what is due when. `took` hears of each plan that is taken."""

    def __init__(
        self, setting: Setting, agent: Agent, took: Callable[[Plan], object] | None = None
    ) -> None:
        self._setting = setting
        self._agent = agent
        self._took = took
        self._agenda: list[Due] = []
        self._generated: dict[str, Asset] = {}

    def say(self, session: Session, message: str, *, cdn: str) -> Turn:
        """Accept a message: plan it, price it, freeze the price, and put all of it on the agenda.

        Raises `OutOfCredits` with nothing changed when the price is more than what is available.
        """
        number = len(session.turns) + 1
        plan = self._agent(message, self._scene(session, number, cdn))
        turn = self._turn(session, plan, message, number)
        self._check_price(turn, session)
        who = {"account": turn.account, "session": turn.session, "message": message}
        with self._setting.moment("turn.accepted", **who):
            if turn.price:
                with self._setting.moment("turn.frozen", **who):
                    return self._accept(turn, plan, session)
            return self._accept(turn, plan, session)

    def settle(self, now: float) -> None:
        """Let everything happen that is due, in order of time."""
        while self._agenda and self._agenda[0][0] <= now:
            _, _, fact, turn, session = heapq.heappop(self._agenda)
            self._happen(fact, turn, session)

    def restore(self, session: Session, settled_at: float) -> None:
        """Take up the turns of a session that was here before: what is later than `settled_at` is due again."""
        for fact in (fact for turn in session.turns for fact in turn.facts):
            if isinstance(fact.what, Made) and fact.at <= settled_at:
                self._make(fact.what.asset, session)
        session.planned, session.planned_media = session.draft, list(session.generated)
        for turn in session.turns:
            later = [fact for fact in turn.facts if fact.at > settled_at]
            session.planned, session.planned_media = _outcome(session, later)
            self._enter(turn, session, after=settled_at)

    def forget(self, sessions: Collection[Session]) -> None:
        """Drop what is still to happen in these sessions, and what they generated."""
        ids = {session.id for session in sessions}
        self._agenda = [entry for entry in self._agenda if entry[4].id not in ids]
        heapq.heapify(self._agenda)
        for session in sessions:
            for asset in session.generated:
                self._generated.pop(asset.url.rpartition("/")[2], None)

    def generated(self, name: str) -> Asset | None:
        """Return the generated media whose URL ends in `name`, once it has come into being."""
        return self._generated.get(name)

    def _scene(self, session: Session, number: int, cdn: str) -> Scene:
        width, height = canvas(session.planned)
        return Scene(
            draft=session.planned,
            assets=tuple(session.uploads),
            generated=tuple(session.planned_media),
            width=width,
            height=height,
            language=session.language,
            cdn=cdn,
            number=number,
            account=session.account.uid,
            chance=self._chance(session, number),
        )

    def _chance(self, session: Session, number: int) -> Chance:
        return self._setting.chance.at(session.account.uid, session.id, "turn", number)

    def _check_price(self, turn: Turn, session: Session) -> None:
        ledger = session.account.ledger
        try:
            ledger.require(turn.price)
        except OutOfCredits:
            self._setting.note(
                "turn.refused",
                account=turn.account,
                session=turn.session,
                code=OutOfCredits.code,
                price=turn.price,
                available=ledger.available,
            )
            raise

    def _accept(self, turn: Turn, plan: Plan, session: Session) -> Turn:
        turn = failing(turn, self._setting)
        self._note(
            turn,
            turn.accepted_at,
            "turn.accepted",
            work=turn.kind,
            price=turn.price,
            message=turn.message[:MOST_TOLD],
            silent=turn.silent,
            failed=turn.failed,
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
        )
        if turn.price:
            session.account.ledger.freeze(turn.price, at=turn.accepted_at, reference=turn.id)
        session.turns.append(turn)
        session.planned, session.planned_media = _outcome(session, turn.facts)
        self._enter(turn, session)
        if self._took is not None:
            self._took(plan)
        self.settle(self._setting.now)
        return turn

    def _turn(self, session: Session, plan: Plan, message: str, number: int) -> Turn:
        now, variants = self._setting.now, self._setting.variants
        starts_at = max(now, session.busy_until)
        usual = variants.costs.price(
            plan.kind, edit_paid=session.edit_paid, chance=self._chance(session, number)
        )
        return Turn(
            id=f"{session.id}/{number}",
            number=number,
            account=session.account.uid,
            session=session.id,
            message=discreet(message),
            kind=plan.kind,
            price=usual if plan.price is None else plan.price,
            accepted_at=now,
            starts_at=starts_at,
            ends_at=starts_at + plan.lasts,
            failed=plan.failed,
            cue=plan.cue,
            before=session.planned,
            facts=schedule(
                plan,
                accepted_at=now,
                starts_at=starts_at,
                heartbeat_interval=variants.heartbeat_interval,
            ),
        )

    def _enter(self, turn: Turn, session: Session, after: float = -math.inf) -> None:
        for number, fact in enumerate(turn.facts):
            if isinstance(fact.what, Edit | Made | Settlement) and fact.at > after:
                order = (turn.accepted_at, session.id, turn.number, number)
                heapq.heappush(self._agenda, (fact.at, order, fact, turn, session))

    def _happen(self, fact: Fact, turn: Turn, session: Session) -> None:
        match fact.what:
            case Edit(operation):
                session.draft = drafts.apply(session.draft, operation)
                self._note(
                    turn,
                    fact.at,
                    "draft",
                    did=type(operation).__name__,
                    tracks=len(session.draft["t"]),
                    d=session.draft["d"],
                    said=in_words(operation),
                )
            case Made(asset):
                self._make(asset, session)
                self._note(
                    turn,
                    fact.at,
                    "media.made",
                    media=asset.kind,
                    filename=asset.filename,
                )
            case _:
                self._end(turn, session)

    def _make(self, asset: Asset, session: Session) -> None:
        session.generated.append(asset)
        self._generated[asset.url.rpartition("/")[2]] = asset

    def _end(self, turn: Turn, session: Session) -> None:
        ledger = session.account.ledger
        if turn.price and turn.failed:
            ledger.release(at=turn.ends_at, reference=turn.id)
        elif turn.price:
            ledger.settle(at=turn.ends_at, reference=turn.id)
            session.edit_paid = session.edit_paid or turn.kind == "edit"
        spent = 0 if turn.failed else turn.price
        self._note(
            turn, turn.ends_at, "turn.ended", work=turn.kind, failed=turn.failed, spent=spent
        )

    def _note(self, turn: Turn, at: float, kind: str, /, **what: Any) -> None:
        """Write a fact about a turn into the journal."""
        whose = {"account": turn.account, "session": turn.session, "turn": turn.id}
        self._setting.journal.add(at, kind, **whose, **what)


def _outcome(session: Session, facts: Iterable[Fact]) -> tuple[drafts.Draft, list[Asset]]:
    """Return what a session's draft and media will be after these facts of its next turn."""
    planned, media = session.planned, list(session.planned_media)
    for fact in facts:
        if isinstance(fact.what, Edit):
            planned = drafts.apply(planned, fact.what.operation)
        elif isinstance(fact.what, Made):
            media.append(fact.what.asset)
    return planned, media
