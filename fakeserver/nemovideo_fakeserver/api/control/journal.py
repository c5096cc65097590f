"""The journal over HTTP: its facts, questions to it, and a drawing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control import asking
from nemovideo_fakeserver.api.control.asking import asked, number
from nemovideo_fakeserver.api.control.refusing import Malformed
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.wire.messages import Reply

PAGE = 1000
"""Facts of one answer, unless fewer are asked for."""

FAR = 10**15 - 1
"""No fact has a higher number."""

WIDTHS = (40, 400)
"""Columns of a drawing."""

TEXT = (("Content-Type", "text/plain; charset=utf-8"),)


def read(call: Call) -> Reply:
    """Show facts in order of writing: `?kind=` of one kind, `?after=` a number, at most `?limit=`."""
    given = asked(call, "kind", "after", "limit")
    after = number(given, "after", default=0, low=0, high=FAR)
    limit = number(given, "limit", default=PAGE, low=0, high=PAGE)
    kind = _kind(given)
    journal = call.world.journal
    found = [fact for fact in journal if fact.number > after and kind in (None, fact.kind)]
    shown = found[:limit]
    return plain(
        {
            "facts": [fact.as_dict() for fact in shown],
            "more": len(found) - len(shown),
            "kept": len(journal),
            "dropped": journal.dropped,
        }
    )


def find(call: Call) -> Reply:
    """Show the requests, with their replies and streams, or the facts that a query asks for."""
    from nemovideo_fakeserver import verify

    body = asking.body(call)

    def found() -> dict[str, Any]:
        every = verify.find(call.world.journal, verify.Query.of(body))
        return {"count": len(every), "found": [verify.as_json(each) for each in every[:PAGE]]}

    return _answered(found)


def check(call: Call) -> Reply:
    """Say whether a query finds as many as expected, or a sequence is there; and if not, what came nearest."""
    from nemovideo_fakeserver import verify

    body = asking.body(call)

    def outcome() -> dict[str, Any]:
        came = verify.verify_data(call.world.journal, body)
        return {**came.as_json(), "says": verify.explain(came)}

    return _answered(outcome)


def timeline(call: Call) -> Reply:
    """Draw `?session=`, `?account=` or everything as text, `?width=` columns wide."""
    from nemovideo_fakeserver import timeline as drawing

    given = asked(call, "session", "account", "width")
    low, high = WIDTHS
    width = number(given, "width", default=100, low=low, high=high)
    drawn = drawing.draw(
        call.world.journal, given.get("session"), width, account=given.get("account")
    )
    return Reply(headers=TEXT, body=f"{drawn}\n".encode())


def verdicts(call: Call) -> Reply:
    """Show what the judge says of the clients so far."""
    from nemovideo_fakeserver.judge import judge

    journal = call.world.journal
    return plain(judge(journal.facts(), dropped=journal.dropped).as_dict())


def _kind(given: dict[str, str]) -> str | None:
    """Return the kind of fact that is asked for; one that there is not would find nothing, and say nothing."""
    if "kind" not in given:
        return None
    from nemovideo_fakeserver.verify.kinds import KINDS
    from nemovideo_fakeserver.verify.malformed import no_such

    if given["kind"] not in KINDS:
        raise Malformed(str(no_such("no fact is of the kind", given["kind"], KINDS)))
    return given["kind"]


def _answered(answer: Callable[[], dict[str, Any]]) -> Reply:
    from nemovideo_fakeserver.verify import QueryMalformed

    try:
        return plain(answer())
    except QueryMalformed as problem:
        raise Malformed(str(problem)) from None
