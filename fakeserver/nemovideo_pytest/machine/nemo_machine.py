"""The machine: Hypothesis chooses the faults and the acts, and shrinks a life that breaks a law.

    class TestMine(NemoMachine.TestCase): ...

What a subclass may say is at the top of the class.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.judge.rule import Severity
from nemovideo_pytest.machine.as_test import Searching
from nemovideo_pytest.machine.broken import LawBroken
from nemovideo_pytest.machine.chosen import check
from nemovideo_pytest.machine.life import Life
from nemovideo_pytest.machine.place import folder
from nemovideo_pytest.machine.telling import EFFECT, WIDTH, told
from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing.edit import Edit
from nemovideo_pytest.strategies.editing.edits import asides, edits
from nemovideo_pytest.strategies.playing.acts import Act
from nemovideo_pytest.strategies.playing.case import Case
from nemovideo_pytest.strategies.playing.session import Session
from nemovideo_pytest.strategies.playing.sessions import FILES, WAITS
from nemovideo_pytest.strategies.striking import Fault, faults


def _chosen(choose: Callable[[Any], st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """What a machine itself offers at this moment."""
    return st.runner().flatmap(choose)


def _can(name: str) -> Callable[[NemoMachine], bool]:
    """Say whether an act is one of those of the machine, and the client has a method for it."""
    return lambda self: name in self.acts and hasattr(self.life.client, name)


def _of_a_film(self: NemoMachine) -> list[str]:
    """Return what can be done about a film: it is asked after once it was ordered."""
    after = self.able("poll", "cancel", "download") if self.life.filmed else []
    return [*self.able("export", "order"), *after]


class NemoMachine(RuleBasedStateMachine):
    """A life of one client before a fake of its own, drawn by Hypothesis.

    A subclass says which client it is (`client`), what it reports (`errors`), and, where the defaults
    do not fit, everything else. After every act the laws of `machine.laws` are checked, the books are
    balanced, and the judge is asked. A life that breaks a law is written to the `file` of that law as a
    scenario with its acts, the smallest one last. Raises ValueError, when the class is made, for a name
    in `acts`, `first`, `judge`, `pardoned` or `spared` that does not exist.
    """

    acts: ClassVar[Collection[str]] = (
        "say",
        "upload",
        "credits",
        "state",
        "export",
        "wait",
        "resume",
    )
    """What may be done, as far as the client has a method for it (names of `strategies.ACTS`)."""

    first: ClassVar[Sequence[str]] = ("token", "session")
    """What is done at the beginning of every life, as far as the client has a method for it."""

    errors: tuple[type[BaseException], ...] = ()
    """What the client may raise; the default stands for `nemovideo_client.NemoError`."""

    judge: tuple[Severity, ...] = ("error",)
    """The verdicts that count; an empty tuple leaves the judge out."""

    pardoned: Collection[str] = ()
    """Rules of the judge that do not count."""

    spared: Collection[str] = ()
    """Laws that do not count, by name."""

    credits: ClassVar[int] = 1_000
    """What an anonymous account comes with. Credits are part of the test: few of them end soon."""

    most_faults: ClassVar[int] = 2
    """How many faults a life has at most."""

    scenario: ClassVar[Mapping[str, Any]] = {}
    """Further words of the scenario that every life plays: variants, accounts, turns, renders."""

    folder: ClassVar[Path | str | None] = None
    """Where lives that break a law are written; unless told, `.nemo` at the root of the project."""

    TestCase = Searching()
    """The machine as a test: it reports every law that is broken. Of its `settings` the phase `explain` is left out."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        check(cls)

    def __init__(self) -> None:
        super().__init__()
        self._life: Life | None = None
        if not self.errors:
            from nemovideo_client.errors import NemoError

            self.errors = (NemoError,)

    def client(self, fake: Fake) -> Any:
        """Return a `strategies.Player` before a fake: a `NemoClient` unless a subclass says otherwise.

        It asks the fake for nothing yet: what is asked for is an act, which may go wrong.
        """
        from nemovideo_pytest.machine.clients import nemo_player

        return nemo_player(fake)

    def faults(self) -> st.SearchStrategy[Fault]:
        """Return what may go wrong: anything but a refusal of what has been done."""
        return faults(lies=False)

    def messages(self, draft: Draft, uploads: Sequence[str]) -> st.SearchStrategy[Edit]:
        """Return what may be said while the draft is this one, and does not show these uploads."""
        return edits(draft, uploads=uploads) | asides()

    @property
    def life(self) -> Life:
        """The life, which has begun."""
        assert self._life is not None, "a life has begun"
        return self._life

    def file(self, law: str) -> Path:
        """Return where a life is written that breaks a law (or `judge-`, and a rule of the judge)."""
        return folder(self.folder) / f"{type(self).__name__}-{law}.yaml"

    def open(self, scenario: Mapping[str, Any]) -> None:
        """Begin a life in a scenario."""
        self._life = Life(scenario, self)

    @initialize(
        armed=_chosen(lambda self: st.lists(self.faults(), max_size=self.most_faults)),
        silence=st.sampled_from(("never", "always", "seeded")),
    )
    def begin(self, armed: list[Fault], silence: str) -> None:
        """A life begins, and what will go wrong in it is settled."""
        words = {"name": type(self).__name__, "seed": 0, "silence": silence, "faults": armed}
        self.open({**words, "newcomers": {"credits": self.credits}, **self.scenario})
        for name in self.first:
            if hasattr(self.life.client, name):
                self.do(Act(name=name))

    def do(self, act: Act) -> None:
        """Let the client do something; a life that breaks a law is written down."""
        try:
            self.life.do(act)
        except LawBroken as broken:
            self._write(broken)
            raise

    @precondition(_can("say"))
    @rule(edit=_chosen(lambda self: self.messages(self.life.draft, self.life.uploads)))
    def say(self, edit: Edit) -> None:
        """Something is said, and the answer heard to its end."""
        notes = {EFFECT: edit.effect.words()}
        self.do(Act(name="say", told=edit.message, notes=notes))

    @precondition(_can("leave"))
    @rule(edit=_chosen(lambda self: self.messages(self.life.draft, self.life.uploads)))
    def leave(self, edit: Edit) -> None:
        """Something is said, and nobody hears the answer to its end."""
        self.do(Act(name="leave", told=edit.message))

    @precondition(_can("upload"))
    @rule(file=st.sampled_from(FILES))
    def upload(self, file: str) -> None:
        """A file is uploaded."""
        self.do(Act(name="upload", told=file))

    @precondition(_can("wait"))
    @rule(seconds=st.sampled_from((*WAITS, 604_800.0)))
    def wait(self, seconds: float) -> None:
        """Time goes on; by a week, in which a token expires."""
        self.do(Act(name="wait", told=seconds))

    @precondition(lambda self: any(_can(name)(self) for name in ("credits", "state", "resume")))
    @rule(name=_chosen(lambda self: st.sampled_from(self.able("credits", "state", "resume"))))
    def look(self, name: str) -> None:
        """Somebody looks at credits or state, or comes back."""
        self.do(Act(name=name))

    @precondition(lambda self: bool(_of_a_film(self)))
    @rule(name=_chosen(lambda self: st.sampled_from(_of_a_film(self))))
    def film(self, name: str) -> None:
        """A film is ordered, or asked after once it was."""
        self.do(Act(name=name))

    def able(self, *names: str) -> list[str]:
        """Return those of some acts that can be done."""
        return [name for name in names if _can(name)(self)]

    def teardown(self) -> None:
        """The life ends."""
        if self._life is not None:
            self._life.close()

    def _write(self, broken: LawBroken) -> None:
        """Write the life down, and say in the error how to live it again."""
        case = Case(
            scenario={**self.life.scenario, "about": str(broken)[:500]},
            session=Session(tuple(self.life.done)),
            remarks=(f"A life of {type(self).__name__} that breaks the law {broken.law}.",),
        )
        file, shown = self.file(broken.name), self.life.fake.timeline(width=WIDTH)
        case.write(file)
        broken.add_note(told(file, type(self).__name__, self.life.done, shown))
