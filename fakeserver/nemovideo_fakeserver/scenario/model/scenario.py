"""A scenario: how a world begins, and what happens in it that would not happen by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from nemovideo_fakeserver.clock import FASTEST, SLOWEST
from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.scenario.broken import Path, Wrong
from nemovideo_fakeserver.scenario.model.failing import FaultWords
from nemovideo_fakeserver.scenario.model.filming import Renders
from nemovideo_fakeserver.scenario.model.part import Instant, Part, declared, says
from nemovideo_fakeserver.scenario.model.people import Account, Newcomers
from nemovideo_fakeserver.scenario.model.readings import Readings
from nemovideo_fakeserver.scenario.model.telling import Turn

MEDIA = "media:"

Rate = Annotated[float, Meta(ge=0, le=FASTEST)]


class Clock(Part, frozen=True, kw_only=True):
    """The time a world begins with."""

    start: Annotated[
        Instant | None, says("now, or such as 2033-03-03T03:33:33Z, where it begins unless told")
    ] = None
    rate: Annotated[
        Rate | None, says("Virtual seconds per real second; at 0 time moves only by jumps")
    ] = None

    def __post_init__(self) -> None:
        if self.rate and self.rate < SLOWEST:
            raise Wrong(
                f"a clock runs at least {SLOWEST:g} virtual seconds a second, or at 0", ("rate",)
            )


class Scenario(Part, frozen=True, kw_only=True):
    """How a fake NemoVideo begins, and what happens in it."""

    name: Annotated[str, says("What the scenario is called", max_length=200)] = ""
    about: Annotated[str, says("What it is for, in a sentence")] = ""
    seed: Annotated[int | None, says("The seed of every id, token and duration")] = None
    clock: Annotated[Clock | None, says("The time it begins with")] = None
    variants: Annotated[
        Readings | None,
        says("Which readings of the documents hold, and preset for a whole version"),
    ] = None
    silence: Annotated[
        Literal["seeded", "always", "never"],
        says("Whether edits that are not scripted end without a text; seeded is about 30 %"),
    ] = "seeded"
    newcomers: Annotated[Newcomers | None, says("What anonymous tokens come with")] = None
    accounts: Annotated[tuple[Account, ...], says("Who is there at the start")] = ()
    turns: Annotated[
        tuple[Turn, ...],
        says(
            "Scripted answers: the first that fits; a message that fits none gets the usual agent"
        ),
    ] = ()
    renders: Annotated[Renders | None, says("How renders go")] = None
    faults: Annotated[tuple[FaultWords, ...], says("What is to go wrong, in order of arming")] = ()

    def __post_init__(self) -> None:
        _check_names(self)
        accounts = [account.name for account in self.accounts]
        sessions = [s.name for a in self.accounts for s in a.sessions if s.name is not None]
        for number, turn in enumerate(self.turns):
            _check_known(turn.account, accounts, "account", ("turns", number))
            _check_media(turn, ("turns", number), self.labels)
        for number, fault in enumerate(self.faults):
            _check_known(fault.account, accounts, "account", ("faults", number))
            _check_known(fault.session, sessions, "session", ("faults", number))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all media that scripted turns make."""
        steps = (step for turn in self.turns for step in turn.steps)
        return tuple(dict.fromkeys(step.media.label for step in steps if step.media))


def is_id(word: str) -> bool:
    """Say whether a word is the id of an account or session rather than a name."""
    return word.startswith(("anon_", "user_")) or (len(word) == 19 and word.isdecimal())


def _check_known(word: str | None, names: list[str], what: str, path: Path) -> None:
    if word is not None and not is_id(word):
        declared(word, names, what, (*path, what))


def _check_names(scenario: Scenario) -> None:
    seen: set[tuple[str, str]] = set()
    for what, name, path in _named(scenario):
        if (what, name) in seen:
            raise Wrong(f"two {what}s are called {shown(name)}", path)
        seen.add((what, name))


def _named(scenario: Scenario) -> Iterator[tuple[str, str, Path]]:
    for number, account in enumerate(scenario.accounts):
        here: Path = ("accounts", number)
        yield "account", account.name, (*here, "name")
        if account.client_id is not None:
            yield "client", account.client_id, (*here, "client_id")
        for place, session in enumerate(account.sessions):
            if session.name is not None:
                yield "session", session.name, (*here, "sessions", place, "name")


def _check_media(turn: Turn, path: Path, labels: tuple[str, ...]) -> None:
    for number, step in enumerate(turn.steps):
        for place, operation in enumerate(step.draft or ()):
            src = operation.src
            if src is not None and src.startswith(MEDIA):
                kind = "put" if operation.put else "change"
                there = (*path, "steps", number, "draft", place, kind, "src")
                declared(src.removeprefix(MEDIA), labels, "media label", there)
