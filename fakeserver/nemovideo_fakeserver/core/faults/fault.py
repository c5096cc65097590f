"""A fault: one thing that is to go wrong, valid at birth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

from nemovideo_fakeserver.core.faults.actions import ACTIONS, WORDS, Action, kind_of, read, spelled
from nemovideo_fakeserver.core.faults.moments import Place, place
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown, hint, shown

ALWAYS: Literal["always"] = "always"
TALKING = "POST /run_sse"
"""The one route whose requests carry a message of the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`do` happens at `at` (a moment or a route), on one `side` of it.

    It strikes `times` times or `always`, each time with `probability` (drawn from the seed). `account`
    and `session` are ids that limit it to one account or session, `message` a regular expression,
    case-insensitive, that the user's message must contain. `place` is `at`, looked up.
    Raises `FaultUnknown`.
    """

    at: str
    do: Action
    side: Literal["before", "after"] = "before"
    times: int | Literal["always"] = 1
    probability: float = 1.0
    account: str | None = None
    session: str | None = None
    message: str | None = None
    place: Place = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", place(self.at))
        _check_action(self)
        _check_count(self)
        for key in ("account", "session"):
            _check_id(key, getattr(self, key))
        if self.message is not None:
            _check_message(self.message, self.place, self.at)

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Self:
        """Return the fault that is spelled so, as YAML or JSON says it; raises `FaultUnknown`."""
        for word in words:
            if word not in KEYS:
                raise FaultUnknown(str(word), f"a fault has no {shown(word)}; {hint(word, KEYS)}")
        for word in ("at", "do"):
            if word not in words:
                raise FaultUnknown(word, f"a fault needs {word}; {hint('', KEYS)}")
        do = words["do"]
        if not isinstance(do, Mapping):
            raise FaultUnknown("do", f"do is an action such as {{status: 503}}, not {shown(do)}")
        return cls(**{**words, "do": read(do)})

    def words(self) -> dict[str, Any]:
        """Return the fault in words, ready for JSON, without what goes without saying."""
        said = {key: getattr(self, key) for key in KEYS if key != "do"}
        said = {key: value for key, value in said.items() if value != _DEFAULTS.get(key)}
        return {"at": self.at, "do": spelled(self.do), **said}


KEYS = tuple(f.name for f in fields(Fault) if f.init)
_DEFAULTS = {f.name: f.default for f in fields(Fault)}


def _check_action(fault: Fault) -> None:
    if not isinstance(fault.do, ACTIONS):
        raise FaultUnknown("do", f"do is an action such as Answer(503), not {shown(fault.do)}")
    if fault.side not in ("before", "after"):
        raise FaultUnknown("side", f"side is before or after, not {shown(fault.side)}")
    moment = fault.place.moment
    if not moment.allows(fault.do.kind, fault.side):
        legal = [word for word in WORDS if moment.allows(kind_of(word), fault.side)]
        word = next(iter(spelled(fault.do)))
        raise FaultUnknown(
            "do", f"{word} makes no sense {fault.side} {fault.at}; {hint(word, legal)}"
        )


def _check_count(fault: Fault) -> None:
    times, odds = fault.times, fault.probability
    counted = isinstance(times, int) and not isinstance(times, bool) and times >= 1
    if times != ALWAYS and not counted:
        raise FaultUnknown("times", f"times is a number from 1 or always, not {shown(times)}")
    if isinstance(odds, bool) or not isinstance(odds, int | float) or not 0 <= odds <= 1:
        raise FaultUnknown("probability", f"probability is from 0 to 1, not {shown(odds)}")


def _check_id(key: str, value: object) -> None:
    if value is not None and (not isinstance(value, str) or not value):
        raise FaultUnknown(key, f"{key} is an id, not {shown(value)}")


def _check_message(message: object, where: Place, at: str) -> None:
    if not where.moment.told and where.route != TALKING:
        raise FaultUnknown(
            "message", f"no message belongs to {at}: it goes with turn moments and {TALKING}"
        )
    try:
        re.compile(message)  # type: ignore[call-overload]  # what is tried
    except (re.error, TypeError) as problem:
        raise FaultUnknown(
            "message", f"message is a regular expression, and {shown(message)} is none: {problem}"
        ) from None
