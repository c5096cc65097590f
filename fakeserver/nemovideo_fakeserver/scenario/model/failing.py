"""Faults in a scenario's words; what they mean is `core.faults`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from nemovideo_fakeserver.core.faults.actions import WORDS, read
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.moments import MOMENTS
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.scenario.model.part import Name, Part, Seconds, Text, attribute, says
from nemovideo_fakeserver.wire.steps import HowToCut

_KEYS = ("status", "code", "message", "retry_after", *WORDS[2:])


class Do(Part, frozen=True, kw_only=True):
    """What happens: one action."""

    status: Annotated[int | None, says("Answer with this HTTP status, such as 503")] = None
    code: Annotated[int | None, says("Answer with this business code, such as 1001")] = None
    message: Annotated[str | None, says("The message of that answer")] = None
    retry_after: Annotated[int | None, says("Seconds in its Retry-After header")] = None
    fail: Annotated[str | None, says("The turn or render fails, and says this")] = None
    delay: Annotated[Seconds | None, says("The reply, or the rest of the stream, comes later")] = (
        None
    )
    break_: Annotated[HowToCut | None, says("The connection breaks")] = msgspec.field(
        default=None, name="break"
    )
    malformed: Annotated[Literal[True] | None, says("The reply, or the next event, is no JSON")] = (
        None
    )
    drip: Annotated[
        Seconds | None,
        says("The reply, or the rest of the stream, comes in small pieces, that far apart"),
    ] = None


class FaultWords(Part, frozen=True, kw_only=True):
    """One thing that is to go wrong."""

    at: Annotated[
        str,
        says(
            "A moment (" + ", ".join(m.spelling for m in MOMENTS.values()) + ")"
            " or a route such as POST /run_sse, {} standing for any segment of its path"
        ),
    ]
    do: Annotated[Do, says("What happens")]
    side: Annotated[
        Literal["before", "after"],
        says("Whether it happens instead of the moment, or after it has come"),
    ] = "before"
    times: Annotated[int | Literal["always"], says("How often")] = 1
    probability: Annotated[
        float, says("How probable it is each time, drawn from the seed", ge=0, le=1)
    ] = 1.0
    account: Annotated[
        Name | None, says("Only for this account: its name in the scenario, or its id")
    ] = None
    session: Annotated[
        Name | None, says("Only in this session: its name in the scenario, or its id")
    ] = None
    message: Annotated[
        Text | None,
        says("A regular expression found in the user's message, in upper or lower case"),
    ] = None

    def __post_init__(self) -> None:
        try:
            read(_words(self.do))
        except FaultUnknown as problem:
            path = ("do",) if problem.key == "do" else ("do", problem.key)
            raise Wrong(str(problem), path) from None
        try:
            self.fault()
        except FaultUnknown as problem:
            raise Wrong(str(problem), (problem.key,)) from None

    def fault(self, account: str | None = None, session: str | None = None) -> Fault:
        """Return the fault, limited to an account and a session by their ids instead of their names."""
        return Fault(
            at=self.at,
            do=read(_words(self.do)),
            side=self.side,
            times=self.times,
            probability=self.probability,
            account=account or self.account,
            session=session or self.session,
            message=self.message,
        )


def _words(do: Do) -> dict[str, Any]:
    said = {key: getattr(do, attribute(key)) for key in _KEYS}
    return {
        key: float(value) if isinstance(value, Seconds) else value
        for key, value in said.items()
        if value is not None
    }
