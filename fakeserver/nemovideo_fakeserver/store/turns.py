"""Turns, from the domain to a record and back.

What happens in a turn is written in the words of a scenario's steps, and at the seconds from the start of
its work; changes of the draft at one moment are one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from nemovideo_fakeserver.core.plan import Call, Drop, Edit, Made, Result, Say, Trouble
from nemovideo_fakeserver.core.ports import Vault
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.turns import Fact, Happening, Heartbeat, Settlement, Turn
from nemovideo_fakeserver.store import assets, drafting, records
from nemovideo_fakeserver.store.times import Instant, since


def taken(turn: Turn) -> records.Turn:
    """Return the record of a turn."""
    late = turn.starts_at != turn.accepted_at
    return records.Turn(
        message=turn.message,
        work=turn.kind,
        price=turn.price,
        accepted_at=Instant(turn.accepted_at),
        starts_at=Instant(turn.starts_at) if late else None,
        failed=turn.failed,
        cue=turn.cue,
        steps=tuple(_steps(turn)),
    )


def _steps(turn: Turn) -> Iterator[records.Step]:
    for (at, edits), facts in groupby(turn.facts, lambda f: (f.at, isinstance(f.what, Edit))):
        seconds = since(turn.starts_at, at)
        if edits:
            yield records.Step(at=seconds, draft=tuple(_operations(facts)))
        else:
            yield from (
                records.Step(at=seconds, **_WORDS[type(fact.what)](fact.what)) for fact in facts
            )


def _operations(facts: Iterator[Fact]) -> Iterator[records.Operation]:
    for fact in facts:
        assert isinstance(fact.what, Edit)
        yield drafting.taken(fact.what.operation)


_WORDS: Mapping[type, Callable[[Any], dict[str, Any]]] = {
    Say: lambda said: {"text": said.text},
    Call: lambda call: {"tool_call": records.ToolCall(name=call.name, args=dict(call.args))},
    Result: lambda answer: {
        "tool_result": records.ToolResult(name=answer.name, result=dict(answer.result))
    },
    Made: lambda made: {"media": assets.taken(made.asset)},
    Trouble: lambda trouble: {"trouble": trouble.text},
    Drop: lambda drop: {"drop": drop.how},
    Heartbeat: lambda _: {"heartbeat": True},
    Settlement: lambda _: {"settled": True},
}
"""What is written of each thing that may happen, but for changes of the draft."""


def restored(record: records.Turn, session: Session, number: int, vault: Vault) -> Turn:
    """Return the turn of a record, the `number`th of its session, from 1.

    The draft from which it started is no longer told: only the reader of its stream would ask.
    """
    starts_at = float(record.accepted_at if record.starts_at is None else record.starts_at)
    facts = tuple(_facts(record, starts_at, vault))
    return Turn(
        id=f"{session.id}/{number}",
        number=number,
        account=session.account.uid,
        session=session.id,
        message=record.message,
        kind=record.work,
        price=record.price,
        accepted_at=float(record.accepted_at),
        starts_at=starts_at,
        ends_at=facts[-1].at,
        failed=record.failed,
        before={},
        facts=facts,
        cue=record.cue,
    )


def _facts(record: records.Turn, starts_at: float, vault: Vault) -> Iterator[Fact]:
    heartbeats = 0
    for step in record.steps:
        heartbeats += bool(step.heartbeat)
        for what in _happenings(step, heartbeats, vault):
            yield Fact(starts_at + step.at, what)


def _happenings(step: records.Step, heartbeats: int, vault: Vault) -> Iterator[Happening]:
    if step.text is not None:
        yield Say(step.text)
    elif step.tool_call is not None:
        yield Call(step.tool_call.name, step.tool_call.args)
    elif step.tool_result is not None:
        yield Result(step.tool_result.name, step.tool_result.result)
    elif step.draft is not None:
        yield from (Edit(drafting.restored(operation)) for operation in step.draft)
    elif step.media is not None:
        yield Made(assets.restored(step.media, vault, "generated"))
    elif step.trouble is not None:
        yield Trouble(step.trouble)
    elif step.drop is not None:
        yield Drop(step.drop)
    else:
        yield Heartbeat(heartbeats) if step.heartbeat else Settlement()
