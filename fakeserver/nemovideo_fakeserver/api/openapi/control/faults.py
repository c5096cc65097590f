"""Faults: what may go wrong, where and when, from the tables of `core.faults`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nemovideo_fakeserver.api.control.faults import MOST
from nemovideo_fakeserver.api.control.refusing import Conflict
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json, leading, leads_to, ok
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.faults.actions import ANSWERING, HOW, LONGEST, WORDS
from nemovideo_fakeserver.core.faults.fault import ALWAYS, TALKING
from nemovideo_fakeserver.core.faults.moments import LINE, MOMENTS, SIDES, Kind, Moment, Side, place
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Faults: what is to go wrong."

_SECONDS = js.number(f"Virtual seconds, at most {LONGEST:.0f}", exclusiveMinimum=0, maximum=LONGEST)
_ANSWER = {
    "status": js.whole("An HTTP status such as 503", minimum=200, maximum=599),
    "code": js.whole("A business code such as 1001", minimum=1, maximum=99_999),
    "message": js.text("What it says", pattern=js.INK),
    "retry_after": js.whole("Seconds in Retry-After", maximum=int(LONGEST)),
}
_SILENT = {word: js.null() for word in (*WORDS, *ANSWERING)}
"""Null says nothing, whatever it stands for."""


def _action(word: str, value: Schema, says: str) -> Schema:
    """Return the schema of an action that is one word with its value."""
    return js.record(
        {**_SILENT, word: value}, says, optional=[other for other in _SILENT if other != word]
    )


_ACTIONS: Mapping[Kind, Schema] = {
    "answer": js.record(
        {**_SILENT, **{word: js.nullable(value) for word, value in _ANSWER.items()}},
        "The request is answered so",
        optional=tuple(_SILENT),
        anyOf=[
            js.sheet({word: {"type": "integer"}}, required=(word,)) for word in ("status", "code")
        ],
    ),
    "fail": _action("fail", js.text("Why", pattern=js.INK), "The turn or the render fails"),
    "delay": _action("delay", _SECONDS, "The reply, or the rest of the stream, comes later"),
    "break": _action("break", js.choice(*HOW), "The connection ends badly"),
    "malformed": _action(
        "malformed", js.only(value=True), "The reply, or the next event, is no JSON"
    ),
    "drip": _action("drip", _SECONDS, "The reply comes in small pieces, that far apart"),
}
_ID = js.nullable(js.text(minLength=1))
_OFTEN: Mapping[str, Schema] = {
    "times": js.either(js.only(ALWAYS), js.whole("1 unless said", minimum=1)),
    "probability": js.number("Each time, drawn from the seed; 1 unless said", maximum=1),
    "account": _ID,
    "session": _ID,
}
_MESSAGE = js.text("A regular expression found in the user's message", format="regex")
_METHODS, _, _PATH = LINE.pattern.removeprefix("(").partition(") ")


def _fault() -> Schema:
    """Return the schema of a fault: where it may sit decides what it may do there."""
    return {"oneOf": list(_places())}


def _places() -> Iterator[Schema]:
    for (kinds, sides, told), where in _alike().items():
        yield _at(where, kinds, sides, {"message": js.nullable(_MESSAGE) if told else js.null()})
    for kinds, methods in _routes().items():
        pattern = f"^({'|'.join(methods)}) {_PATH}$"
        route = js.text("A route; {} is any one segment", pattern=pattern)
        yield _at([route], kinds, SIDES, {"message": js.null()})
    talking = place(TALKING).moment.kinds
    yield _at([js.only(TALKING)], talking, SIDES, {"message": _MESSAGE}, "message")


def _routes() -> dict[tuple[Kind, ...], list[str]]:
    """Return the methods whose routes allow the same."""
    alike: dict[tuple[Kind, ...], list[str]] = {}
    for method in _METHODS.split("|"):
        alike.setdefault(place(f"{method} /").moment.kinds, []).append(method)
    return alike


def _alike() -> dict[tuple[tuple[Kind, ...], tuple[Side, ...], bool], list[Schema]]:
    """Return the moments that allow the same on the same sides."""
    alike: dict[tuple[tuple[Kind, ...], tuple[Side, ...], bool], list[Schema]] = {}
    for moment in MOMENTS.values():
        before, after = (_allowed(moment, side) for side in SIDES)
        both = before == after
        for kinds, sides in (
            ((before, SIDES),) if both else ((before, SIDES[:1]), (after, SIDES[1:]))
        ):
            alike.setdefault((kinds, sides, moment.told), []).append(_spelt(moment))
    return alike


def _allowed(moment: Moment, side: Side) -> tuple[Kind, ...]:
    return tuple(kind for kind in moment.kinds if moment.allows(kind, side))


def _spelt(moment: Moment) -> Schema:
    if not moment.indexed:
        return js.only(moment.name, moment.means)
    pattern = rf"^{re.escape(moment.name)}\[[1-9][0-9]{{0,14}}\]$"
    return js.text(moment.means, pattern=pattern, examples=[f"{moment.name}[2]"])


def _at(
    where: list[Schema],
    kinds: Sequence[Kind],
    sides: Sequence[Side],
    message: Mapping[str, Schema],
    *required: str,
) -> Schema:
    known = {
        "at": js.either(*where),
        "do": js.either(*(_ACTIONS[kind] for kind in kinds)),
        "side": js.choice(*sides),
        **_OFTEN,
        **message,
    }
    needed = {"at", "do", *required, *(() if SIDES[0] in sides else ("side",))}
    return js.record(known, optional=[key for key in known if key not in needed])


_ARMED = js.record(
    {
        "id": js.text(examples=["f1"]),
        "fault": js.sheet({}, "The fault as it was armed", required=("at", "do")),
        "armed_at": js.number("Virtual seconds since 1970"),
        "reached": js.whole("How often its place was reached"),
        "fired": js.whole("How often it fired"),
        "left": js.either(js.only(ALWAYS), js.whole("How often it may still fire")),
        "firings": js.each(
            js.record({"at": js.number(), "request": js.nullable(js.whole("The request's fact"))})
        ),
    }
)
SCHEMAS: Mapping[str, Schema] = {"Fault": _fault(), "ArmedFault": _ARMED}

_UNAVAILABLE = {"at": "POST /run_sse", "do": {"status": 503, "retry_after": 2}, "times": 2}
_BROKEN = {"at": "turn.heartbeat[2]", "do": {"break": "reset"}, "side": "after"}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe arming faults, and what became of them."""
    armed, one = js.each(js.ref("ArmedFault")), "DELETE /__fake__/faults/{fault}"
    some, report = js.record({"faults": armed}), {"faults": armed, "all_fired": js.flag()}
    several = js.record({"faults": js.each(js.ref("Fault"), maxItems=MOST)})
    return {
        "GET /__fake__/faults": Operation(gives=ok(js.record(report))),
        "POST /__fake__/faults": Operation(
            body=json(
                {"oneOf": [several, js.ref("Fault")]},
                unavailable=_UNAVAILABLE,
                broken={"faults": [_BROKEN]},
            ),
            gives=leading(some, {"disarm": leads_to(one, fault="$response.body#/faults/0/id")}),
            refuses=(Conflict,),
        ),
        "DELETE /__fake__/faults": Operation(gives=ok(some)),
        one: Operation(gives=ok(some)),
    }
