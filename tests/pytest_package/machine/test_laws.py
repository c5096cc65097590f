"""The laws one by one, over a real fake and clients that break just one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.journal import Fact
from nemovideo_pytest.machine import LawBroken, NemoMachine
from nemovideo_pytest.machine.books import Books
from nemovideo_pytest.machine.broken import broken as make
from nemovideo_pytest.machine.place import folder
from nemovideo_pytest.machine.telling import MOST, told
from nemovideo_pytest.strategies import Act, HttpPlayer, Refused, Untouched
from nemovideo_pytest.strategies.editing.effect import Effect
from nemovideo_pytest.strategies.editing.effects import Added

TITLE = 'Add the title "Hi"'


class Careful(HttpPlayer):
    """Does what the documents ask, as far as these laws go: it looks at the state after every message."""

    def say(self, message: str) -> Any:
        """Send a message, and look."""
        events = super().say(message)
        self.state()
        return events


class Deaf(HttpPlayer):
    """Never looks at the state."""


class Liar(Careful):
    """Says that it has sent a message, and has not; and that it is rich."""

    def say(self, message: str) -> Any:
        """Send nothing."""
        return [message]

    def credits(self) -> Any:
        """Make a balance up."""
        return {"available": 7, "frozen": 0}


class Twice(Careful):
    """Sends every message twice."""

    def say(self, message: str) -> Any:
        """Send a message, and again."""
        super().say(message)
        return super().say(message)


class Nervous(Careful):
    """Raises where nothing is wrong."""

    def credits(self) -> Any:
        """Lose its nerve."""
        raise Refused(0, "I would rather not")

    def state(self) -> Any:
        """Lose its nerve in another way."""
        raise ZeroDivisionError("oh")


Begin = Callable[..., NemoMachine]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begins a life of a kind of player, in a scenario, with a token and a session; ends it, too."""
    begun: list[NemoMachine] = []

    class Lived(NemoMachine):
        """One that writes where the test looks."""

        errors = (Refused, httpx.HTTPError)
        judge = ()
        folder = tmp_path
        player: type[HttpPlayer]

        def client(self, fake: Fake) -> HttpPlayer:
            """Return a player of that kind."""
            http = httpx.Client(
                transport=fake.transport(), base_url="http://127.0.0.1", timeout=900
            )
            return self.player(http, fake.clock.sleep_sync)

    def opened(player: type[HttpPlayer], **scenario: Any) -> NemoMachine:
        lived = Lived()
        lived.player = player
        begun.append(lived)
        lived.open({"silence": "always", "newcomers": {"credits": 500}, **scenario})
        for name in ("token", "session"):
            lived.do(Act(name=name))
        return lived

    yield opened
    for lived in begun:
        lived.teardown()


def say(message: str, effect: Effect | None = None) -> Act:
    """Return the act of saying something that is to have an effect."""
    return Act(name="say", told=message, notes={"effect": effect.words()} if effect else {})


@pytest.mark.parametrize(
    ("player", "act", "law", "says"),
    [
        (Twice, say(TITLE), "done-once", "was sent again"),
        (Twice, say("Generate a 5 second video of rain"), "paid-once", "paid for 2 times"),
        (Deaf, say(TITLE), "silence-looked-into", "the state was not looked at"),
        (Liar, say(TITLE), "nothing-lost", "was never accepted"),
        (Liar, Act(name="credits"), "credits-told", "says (7, 0) credits"),
        (Nervous, Act(name="credits"), "error-has-cause", "though nothing went wrong"),
        (Nervous, Act(name="state"), "typed-errors", "raised ZeroDivisionError"),
        (Careful, say(TITLE, Untouched()), "effect-had", "nothing was to change"),
    ],
)
def test_each_law_is_broken_by_who_breaks_it(
    player: type[HttpPlayer], act: Act, law: str, says: str, begin: Begin
) -> None:
    """The law is named, its breach told, and the life written down."""
    lived = begin(player)

    with pytest.raises(LawBroken) as broken:
        lived.do(act)

    assert broken.value.law == law
    assert says in broken.value.breach
    assert lived.file(law).is_file()


def test_each_rule_of_the_judge_is_a_failure_of_its_own(begin: Begin) -> None:
    """With a file, and a class by which Hypothesis tells it from the others."""
    lived = begin(Deaf)
    lived.judge, lived.spared = ("error",), ("silence-looked-into",)

    lived.do(say(TITLE))
    with pytest.raises(LawBroken) as broken:
        lived.do(say('Add the title "Ho"'))

    rule = broken.value.rule
    assert (broken.value.law, rule) == ("judge", "silence-not-looked-into")
    assert lived.file(f"judge-{rule}").is_file()
    kinds = {type(make(*law)) for law in (("judge", "", rule), ("judge", "", "x"), ("x", ""))}
    assert len(kinds) == 3
    assert type(broken.value) in kinds


def test_a_long_life_is_printed_within_bounds() -> None:
    """The middle of its timeline is left out, and how much that is."""
    shown = told(Path("x.yaml"), "Mine", [Act(name="token")], "\n".join(map(str, range(200))))

    assert len(shown.splitlines()) == 3 + MOST + 1
    assert "... 160 more lines ..." in shown
    assert shown.endswith("\n198\n199")


def test_who_keeps_the_laws_goes_on(begin: Begin, tmp_path: Path) -> None:
    """A title, a balance, a film: nothing to say, and nothing written."""
    lived = begin(Careful)

    lived.do(say(TITLE, Added(kind="title", m={"text": "Hi"})))
    for name in ("credits", "export", "resume"):
        lived.do(Act(name=name))

    assert list(tmp_path.iterdir()) == []


def ledger(entry: str, amount: int, available: int, frozen: int) -> Fact:
    """A movement of credits as the journal tells it."""
    what = {"account": "a", "entry": entry, "amount": amount, "reference": "t"}
    return Fact(1, 0.0, "ledger", {**what, "available": available, "frozen": frozen})


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ([ledger("grant", 100, 100, 0), ledger("freeze", 50, 50, 50)], None),
        ([ledger("grant", 100, 90, 0)], "there are (100, 0)"),
        ([ledger("freeze", 50, -50, 50)], "leaves -50 available"),
        ([Fact(1, 0.0, "turn.accepted", {"turn": "t", "work": "edit", "price": 70})], "priced 70"),
    ],
)
def test_the_books_find_what_cannot_be(facts: list[Fact], says: str | None) -> None:
    """Sums and prices are the machine's own."""
    breaches = list(Books().read(facts))

    assert breaches == [] if says is None else says in breaches[0]


def test_a_payment_that_comes_back_is_none() -> None:
    """What was frozen and released has cost nothing."""
    books = Books()
    moves = [ledger("grant", 100, 100, 0), ledger("freeze", 50, 50, 50)]

    assert list(books.read([*moves, ledger("release", 50, 100, 0)])) == []
    assert books.paid == {"t": 0}


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda root: (root / "pyproject.toml").touch(), ".nemo"),
        (lambda root: None, "tests/deep/.nemo"),
    ],
)
def test_cases_are_kept_at_the_root_of_the_project(
    make: Callable[[Path], None], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what marks it; where nothing does, in the current folder."""
    deep = tmp_path / "tests" / "deep"
    deep.mkdir(parents=True)
    make(tmp_path)
    monkeypatch.chdir(deep)

    assert folder() == tmp_path / expected
    assert folder("mine") == Path("mine")
