"""What a fault does: frozen values, each written with one word in YAML, JSON and Python alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, get_args

from nemovideo_fakeserver.core.faults.moments import Kind
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown, hint, shown
from nemovideo_fakeserver.wire.steps import HowToCut

LONGEST = 366 * 86_400.0
"""Seconds that nothing is held back longer than."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The request is answered with an HTTP `status`, a business `code`, or both.

    A status alone is its own code. A code alone comes as the service would say it: one that HTTP has
    under that status, a business code with 200 (or as the variant `error_http` says). `retry_after` is
    in whole seconds.
    """

    kind: ClassVar[Kind] = "answer"
    status: int | None = None
    code: int | None = None
    message: str | None = None
    retry_after: int | None = None

    def __post_init__(self) -> None:
        if self.status is None and self.code is None:
            raise FaultUnknown("do", "an answer needs a status such as 503 or a code such as 1001")
        _whole("status", self.status, 200, 599)
        _whole("code", self.code, 1, 99_999)
        _whole("retry_after", self.retry_after, 0, int(LONGEST))
        if self.message is not None:
            _text("message", self.message)


@dataclass(frozen=True, slots=True)
class Fail:
    """The turn or the render fails; `why` is what its reader is told."""

    kind: ClassVar[Kind] = "fail"
    why: str

    def __post_init__(self) -> None:
        _text("fail", self.why)


@dataclass(frozen=True, slots=True)
class Delay:
    """The reply, or the rest of the stream, is held back for so many virtual seconds."""

    kind: ClassVar[Kind] = "delay"
    seconds: float

    def __post_init__(self) -> None:
        _seconds("delay", self.seconds)


@dataclass(frozen=True, slots=True)
class Break:
    """The connection ends badly (see `wire.steps.HowToCut`)."""

    kind: ClassVar[Kind] = "break"
    how: HowToCut

    def __post_init__(self) -> None:
        if self.how not in HOW:
            raise FaultUnknown("break", f"break cannot be {shown(self.how)}; {hint(self.how, HOW)}")


@dataclass(frozen=True, slots=True)
class Malformed:
    """The reply, or the next event of the stream, is no JSON."""

    kind: ClassVar[Kind] = "malformed"


@dataclass(frozen=True, slots=True)
class Drip:
    """The reply, or the rest of the stream, comes in small pieces, so many virtual seconds apart."""

    kind: ClassVar[Kind] = "drip"
    seconds: float

    def __post_init__(self) -> None:
        _seconds("drip", self.seconds)


Action: TypeAlias = Answer | Fail | Delay | Break | Malformed | Drip
Decision: TypeAlias = Answer | Fail | Break
"""What decides how a request, or the work, ends; the others only change how a reply travels."""

ACTIONS = (Answer, Fail, Delay, Break, Malformed, Drip)
HOW: tuple[str, ...] = tuple(sorted(get_args(HowToCut)))
ANSWERING = ("status", "code", "message", "retry_after")
MEANS: Mapping[str, tuple[str, str]] = {
    "status": (
        "{status: 503}",
        "the request is answered with an HTTP status, which is its code, too",
    ),
    "code": (
        "{code: 1001, message: expired}",
        "the request is answered with a business code; also `status`, `message`, `retry_after` (seconds)",
    ),
    "fail": ("{fail: no worker}", "the turn or the render fails, and says why"),
    "delay": ("{delay: 5}", "the reply, or the rest of the stream, comes so many seconds later"),
    "break": ("{break: reset}", "the connection breaks: see below"),
    "malformed": ("{malformed: true}", "the reply, or the next event of the stream, is no JSON"),
    "drip": (
        "{drip: 1}",
        "the reply, or the rest of the stream, comes in drops so many seconds apart",
    ),
}
"""The words one of which every action has; how each is written, and what it does."""

WORDS = tuple(MEANS)
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(ANSWERING, Answer.kind),
    **{kind.kind: kind.kind for kind in ACTIONS if kind is not Answer},
}


def kind_of(word: str) -> Kind:
    """Return the kind of the actions that a word spells."""
    return _KINDS[word]


def decides(action: Action) -> bool:
    """Say whether an action takes the place of something; where it stands, no other one can."""
    return isinstance(action, Decision)


def spelled(action: Action) -> dict[str, Any]:
    """Return the action in words, ready for JSON."""
    match action:
        case Answer():
            said = {word: getattr(action, word) for word in ANSWERING}
            return {word: value for word, value in said.items() if value is not None}
        case Fail(why):
            return {"fail": why}
        case Delay(seconds):
            return {"delay": seconds}
        case Break(how):
            return {"break": how}
        case Malformed():
            return {"malformed": True}
        case Drip(seconds):
            return {"drip": seconds}


def read(words: Mapping[str, Any]) -> Action:
    """Return the action that is spelled so; raises `FaultUnknown`."""
    said = {word: value for word, value in words.items() if value is not None}
    for word in said:
        if word not in (*WORDS, *ANSWERING):
            raise FaultUnknown("do", f"no action is called {shown(word)}; {hint(word, WORDS)}")
    kinds = {kind_of(word) for word in said}
    if len(kinds) != 1:
        found = f"not {' and '.join(sorted(said))} at once" if said else "and has none"
        raise FaultUnknown("do", f"a fault does one thing, {found}; {hint('', WORDS)}")
    return _made(kinds.pop(), said)


def _made(kind: str, said: Mapping[str, Any]) -> Action:
    match kind:
        case "answer":
            return Answer(**said)
        case "fail":
            return Fail(said["fail"])
        case "delay":
            return Delay(said["delay"])
        case "break":
            return Break(said["break"])
        case "drip":
            return Drip(said["drip"])
    if said["malformed"] is not True:
        raise FaultUnknown(
            "malformed", f"malformed is true or not there, not {shown(said['malformed'])}"
        )
    return Malformed()


def _whole(key: str, value: object, least: int, most: int) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if value is not None and not (whole and least <= value <= most):  # type: ignore[operator]  # whole
        raise FaultUnknown(
            key, f"{key} is a whole number from {least} to {most}, not {shown(value)}"
        )


def _seconds(key: str, value: object) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (number and 0 < value <= LONGEST):  # type: ignore[operator]  # number
        raise FaultUnknown(
            key, f"{key} is seconds, more than 0 and at most {LONGEST:.0f}, not {shown(value)}"
        )


def _text(key: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise FaultUnknown(key, f"{key} is a text that says something, not {shown(value)}")
