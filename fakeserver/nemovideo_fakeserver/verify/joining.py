"""Facts joined to exchanges, and which account and session each belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.exchanges import DONE_BY, Exchange, text


@dataclass(slots=True, kw_only=True)
class _Open:
    """A request, and what has been found of it so far."""

    request: Fact
    reply: Fact | None = None
    ended: Fact | None = None
    acts: list[Fact] = field(default_factory=list)
    frames: list[Fact] = field(default_factory=list)
    faults: list[Fact] = field(default_factory=list)


def exchanges(facts: Iterable[Fact]) -> list[Exchange]:
    """Return the requests among `facts` in order, each with what came of it."""
    found: dict[int, _Open] = {}
    waiting: dict[int, _Open] = {}
    homes: dict[str, str] = {}
    for fact in facts:
        if fact.kind == "request":
            found[fact.number] = waiting[fact.number] = _Open(request=fact)
        elif fact.kind in DONE_BY:
            _did(fact, waiting, homes)
        else:
            _came_of_it(fact, found, waiting)
    return [_exchange(each, homes) for each in found.values()]


def _did(fact: Fact, waiting: dict[int, _Open], homes: dict[str, str]) -> None:
    render, session = text(fact.what, "render"), text(fact.what, "session")
    if render and session:
        homes.setdefault(render, session)
    for each in reversed(waiting.values()):
        known = text(each.request.what, "account")
        on_such_a_line = DONE_BY[fact.kind] in (text(each.request.what, "line") or "")
        if on_such_a_line and known in {None, text(fact.what, "account")}:
            each.acts.append(fact)
            return


def _came_of_it(fact: Fact, found: Mapping[int, _Open], waiting: dict[int, _Open]) -> None:
    number = fact.what.get("request")
    each = found.get(number) if isinstance(number, int) else None
    if each is None:
        return
    match fact.kind:
        case "reply":
            each.reply = fact
            waiting.pop(each.request.number, None)
        case "frame":
            each.frames.append(fact)
        case "stream.ended":
            each.ended = fact
        case "fault":
            each.faults.append(fact)


def _exchange(each: _Open, homes: Mapping[str, str]) -> Exchange:
    return Exchange(
        request=each.request,
        reply=each.reply,
        acts=tuple(each.acts),
        frames=tuple(each.frames),
        ended=each.ended,
        faults=tuple(each.faults),
        account=_account(each),
        session=_session(each, homes),
    )


def _account(each: _Open) -> str | None:
    named = text(each.request.what, "account")
    made = (text(act.what, "account") for act in each.acts)
    return named or next(filter(None, made), None)


def _session(each: _Open, homes: Mapping[str, str]) -> str | None:
    asked = each.request.what
    body = asked.get("body")
    stream = text(each.reply.what, "stream") if each.reply else None
    segments = _segments(text(asked, "line"), text(asked, "path"))
    named = (
        text(asked, "session"),
        segments.get("session"),
        text(body, "session_id", "sessionId") if isinstance(body, Mapping) else None,
        *(text(act.what, "session") for act in each.acts),
        stream.rpartition("/")[0] if stream else None,
        homes.get(segments.get("render", "")),
    )
    return next(filter(None, named), None)


def _segments(line: Any, path: Any) -> dict[str, str]:
    """Return what stands in `path` where `line` has a name in braces."""
    if not line or not path:
        return {}
    names, values = line.partition(" ")[2].split("/"), path.split("/")
    if len(names) != len(values):
        return {}
    pairs = zip(names, values, strict=True)
    return {name[1:-1]: value for name, value in pairs if name[:1] == "{" and name[-1:] == "}"}
