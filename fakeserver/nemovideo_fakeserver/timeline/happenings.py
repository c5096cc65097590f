"""Rows of everything that is neither a request nor of a stream nor a movement of credits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.look import Signs, Tone
from nemovideo_fakeserver.timeline.numbers import amount, counted, number
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.times import elapsed
from nemovideo_fakeserver.verify.exchanges import text
from nemovideo_fakeserver.verify.plain import shown

Told: TypeAlias = tuple[str, str, Tone]
"""Name, note, and the tone of the note."""

_DID = {"Put": "+", "Change": "~", "Remove": "-", "Order": "~", "Describe": "~"}


def happening_row(fact: Fact, signs: Signs) -> Row | None:
    """Return the row of a fact, None for one that shows in the passing of time alone."""
    if fact.kind == "clock" and number(fact.what, "jump") is not None:
        return None if text(fact.what, "by") == "wait" else _jump_row(fact, signs)
    name, note, tone = _TELLERS.get(fact.kind, _anything)(fact, signs)
    return Row(
        at=fact.at,
        number=fact.number,
        sort="draft change" if fact.kind == "draft" else "other fact",
        name=name,
        note=signs.safe(note),
        note_tone=tone,
        account=text(fact.what, "account"),
        session=text(fact.what, "session"),
        span=text(fact.what, "turn"),
    )


def _draft(fact: Fact, signs: Signs) -> Told:
    did = text(fact.what, "did") or "?"
    sign = _DID.get(did, did)
    said = text(fact.what, "said") or ""
    after, length = counted(amount(fact.what, "tracks"), "track"), number(fact.what, "d")
    if length is not None:
        after += f", {length / 1_000:g} s"
    return "draft", f"{signs.minus if sign == '-' else sign} {said}  ({after})", "plain"


def _jump_row(fact: Fact, signs: Signs) -> Row:
    """Return the row of a jump of the clock; jumps between polls fold as the polls do."""
    return Row(
        at=fact.at,
        number=fact.number,
        sort="other fact",
        name="clock",
        parts=(f"+{elapsed(number(fact.what, 'jump') or 0.0)}",),
        joint=signs.dot,
        fold="clock",
    )


def _clock(fact: Fact, _: Signs) -> Told:
    return "clock", f"rate {amount(fact.what, 'rate')}", "odd"


def _fault(fact: Fact, _: Signs) -> Told:
    name, side, do = (text(fact.what, key) or "?" for key in ("fault", "side", "do"))
    return "fault", f"{name} {do}, {side} {text(fact.what, 'place') or '?'}", "odd"


def _control(fact: Fact, _: Signs) -> Told:
    did = text(fact.what, "did") or "?"
    details = (value for key, value in fact.what.items() if key != "did")
    return "control", " ".join((did, *map(_plainly, details))), "odd"


def _plainly(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plainly, value))
    return value if isinstance(value, str) else shown(value)


def _account(fact: Fact, _: Signs) -> Told:
    happened = " ".join(filter(None, (fact.kind.partition(".")[2], text(fact.what, "name"))))
    told = (text(fact.what, key) for key in ("kind", "plan", "user_id"))
    changed = fact.what.get("changed")
    return "account", ", ".join(filter(None, (happened, *told, changed and shown(changed)))), "odd"


def _token(fact: Fact, _: Signs) -> Told:
    return "token", f"{text(fact.what, 'token') or '?'} {fact.kind.partition('.')[2]}", "odd"


def _named(name: str, *keys: str) -> Callable[[Fact, Signs], Told]:
    return lambda fact, _: (name, text(fact.what, *keys) or "", "plain")


def _anything(fact: Fact, signs: Signs) -> Told:
    return signs.safe(fact.kind), shown(dict(fact.what)), "quiet"


_TELLERS: Mapping[str, Callable[[Fact, Signs], Told]] = {
    "draft": _draft,
    "clock": _clock,
    "fault": _fault,
    "control": _control,
    "account.created": _account,
    "account.upgraded": _account,
    "account.changed": _account,
    "token.issued": _token,
    "token.revoked": _token,
    "token.expired": _token,
    "claim.issued": _named("claim", "account"),
    "session.created": _named("session", "session"),
    "turn.accepted": _named("turn", "message"),
    "turn.refused": _named("refused", "session"),
    "upload.stored": _named("upload", "filename"),
    "render.submitted": _named("render", "render"),
    "render.cancelled": _named("cancel", "render"),
}
