"""A life: a fake that plays a scenario, a client before it, and what the client does, held to the laws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver import scenario as scenarios
from nemovideo_fakeserver.judge.rule import Severity
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.machine.books import Books
from nemovideo_pytest.machine.broken import JUDGE, broken
from nemovideo_pytest.machine.laws import BOOKS, ERRORS, LAWS
from nemovideo_pytest.machine.step import Drafts, Step
from nemovideo_pytest.machine.telling import EFFECT
from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing.effect import read
from nemovideo_pytest.strategies.playing.acts import Act

if TYPE_CHECKING:
    from nemovideo_fakeserver.core.journal import Fact


class Rules(Protocol):
    """What a life is held to."""

    errors: tuple[type[BaseException], ...]
    judge: tuple[Severity, ...]
    pardoned: Collection[str]
    spared: Collection[str]

    def client(self, fake: Fake) -> Any:
        """Return a client before a fake."""


class Life:
    """One life, from its scenario to its end; `done` are its acts so far. Nothing is encoded in it."""

    def __init__(self, scenario: Mapping[str, Any], rules: Rules) -> None:
        self.scenario = dict(scenario)
        self.rules = rules
        self.done: list[Act] = []
        self.books = Books()
        self.filmed = False
        """Whether a film was ordered, and by the client that is here now."""
        self._told = 0
        self._at_work_until = 0.0
        self._stack = ExitStack()
        options = Options(scenario=scenarios.of(self.scenario)).with_(rate=0.0)
        self.fake = self._stack.enter_context(Fake(options, studio=Darkroom()))
        try:
            self.client = rules.client(self.fake)
        except BaseException:
            self.close()
            raise
        if callable(getattr(self.client, "close", None)):
            self._stack.callback(self.client.close)

    @property
    def draft(self) -> Draft:
        """The draft of the latest session; `{}` before there is one."""
        return next(reversed(list(self._drafts().values())), {})

    @property
    def uploads(self) -> tuple[str, ...]:
        """The names of the files of the latest session that its timeline does not show."""
        latest = next(reversed(list(self.fake.world().sessions)), None)
        if latest is None:
            return ()
        tracks = latest.draft.get("t", ())
        shown = {segment.get("src") for track in tracks for segment in track["sg"]}
        return tuple(file.filename for file in latest.uploads if file.url not in shown)

    def do(self, act: Act) -> Step:
        """Let the client do something, and hold it to the laws; raises LawBroken."""
        self.done.append(act)
        before, busy = self._drafts(), self._at_work_until > self.fake.clock.now()
        result, error = self._played(act)
        facts = self._news()
        self._hold(BOOKS, list(self.books.read(facts)))
        noted = act.notes.get(EFFECT)
        step = Step(
            act=act,
            result=result,
            error=error,
            facts=facts,
            before=before,
            after=self._drafts(),
            now=self.fake.clock.now(),
            struck=any(armed.fired for armed in self.fake.faults.armed),
            busy=busy,
            effect=read(noted) if noted else None,
        )
        self._at_work_until = max(self._at_work_until, *(t["ends_at"] for t in step.accepted), 0.0)
        self.filmed = act.name != "resume" and (
            self.filmed or (act.name in ("order", "export") and error is None)
        )
        for name, law in LAWS.items():
            self._hold(name, list(law(step, self.books)))
        self._judged()
        return step

    def close(self) -> None:
        """End the life."""
        self._stack.close()

    def _played(self, act: Act) -> tuple[Any, BaseException | None]:
        try:
            return act.play(self.client), None
        except self.rules.errors as error:
            return None, error
        except Exception as error:
            told = (
                f"{act.name} raised {type(error).__name__}, which is none of the errors it reports"
            )
            raise broken(ERRORS, f"{told}: {error}") from error

    def _drafts(self) -> Drafts:
        return {session.id: session.draft for session in self.fake.world().sessions}

    def _news(self) -> list[Fact]:
        """Return the facts since last time; the world is up to the present."""
        facts = [fact for fact in self.fake.journal.facts() if fact.number > self._told]
        self._told = facts[-1].number if facts else self._told
        return facts

    def _judged(self) -> None:
        if not self.rules.judge:
            return
        found = [
            verdict
            for verdict in self.fake.verdicts().of(*self.rules.judge)
            if not verdict.open and verdict.rule not in self.rules.pardoned
        ]
        if found:
            rule = max(found, key=lambda verdict: verdict.cost or 0).rule
            said = [f"{rule}: {v.did} ({v.source})" for v in found if v.rule == rule]
            self._hold(JUDGE, said, rule)

    def _hold(self, law: str, breaches: list[str], rule: str = "") -> None:
        if breaches and law not in self.rules.spared:
            raise broken(law, "; ".join(breaches), rule)
