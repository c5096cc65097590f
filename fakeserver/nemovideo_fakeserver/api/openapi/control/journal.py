"""The journal, what is drawn of it, and what the judge makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from nemovideo_fakeserver.api.control.journal import FAR, PAGE, WIDTHS
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import PLAIN, Operation, Success, media, ok
from nemovideo_fakeserver.api.openapi.parameters import query
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.judge.rule import Severity
from nemovideo_fakeserver.verify.kinds import KINDS

ABOUT = "What happened, drawn and judged."

_SEVERITY = js.choice(*get_args(Severity))
_NAME = js.nullable(js.text())
_VERDICT = js.record(
    {
        "rule": js.text(),
        "severity": _SEVERITY,
        "source": js.text("Where the rule stands"),
        "did": js.text("What the client did, in a sentence"),
        "at": js.number("Virtual seconds since 1970"),
        "requests": js.each(js.whole(), "The numbers of the facts that show it"),
        "request_id": _NAME,
        "account": _NAME,
        "session": _NAME,
        "turn": _NAME,
        "cost": js.nullable(js.whole("Credits; null where they do not come into it")),
        "open": js.flag("Whether a later act may still keep the rule"),
        "time": js.text(),
    }
)
_TALLY = js.record(
    {
        "name": js.text(),
        "severity": _SEVERITY,
        "source": js.text(),
        "says": js.text("What to do"),
        "seen": js.whole("How often there was an occasion"),
        "kept": js.whole(),
        "broken": js.whole(),
    }
)
SCHEMAS: Mapping[str, Schema] = {
    "Fact": js.record(
        {
            "number": js.whole("From 1, in order of writing", minimum=1),
            "at": js.number("Virtual seconds since 1970"),
            "kind": js.choice(*KINDS),
            "what": js.sheet({}, "What there is to tell of it"),
        }
    ),
    "Verdict": _VERDICT,
    "Tally": _TALLY,
}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe reading the journal as it is, as a drawing, and as a judgement."""
    facts = {
        "facts": js.each(js.ref("Fact")),
        "more": js.whole("How many more there are"),
        "kept": js.whole("How many facts the journal has"),
        "dropped": js.whole("How many it has let go"),
    }
    judged = {
        "verdicts": js.each(js.ref("Verdict")),
        "rules": js.each(js.ref("Tally")),
        "totals": js.table(js.whole()),
    }
    drawn = media(PLAIN, js.text("The drawing"))
    return {
        "GET /__fake__/journal": Operation(parameters=_READING, gives=ok(js.record(facts))),
        "GET /__fake__/timeline": Operation(
            parameters=_DRAWING, gives={200: Success(content=drawn)}
        ),
        "GET /__fake__/verdicts": Operation(gives=ok(js.record(judged))),
    }


_NARROW, _WIDE = WIDTHS
_READING = (
    query("kind", js.choice(*KINDS), "Facts of this kind alone"),
    query("after", js.whole(maximum=FAR), "Facts with a higher number"),
    query("limit", js.whole(maximum=PAGE), f"At most so many; {PAGE} unless said"),
)
_DRAWING = (
    query("session", js.text(), "This session alone"),
    query("account", js.text(), "This account alone"),
    query("width", js.whole(minimum=_NARROW, maximum=_WIDE), "Columns; 100 unless said"),
)
