"""What an export is made of: the draft that the state shows, as it shows it."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.judge.asks import Ask, Place
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import SUBMITS
from nemovideo_fakeserver.judge.rule import KEPT, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, REF, V19


def without_state(evidence: Evidence) -> Iterator[Finding]:
    """In a session that began within sight, the state was asked for before the first export."""
    created = _created(evidence)
    for ask in _orders(evidence):
        place = (ask.account, ask.session or "")
        if place in created and created[place] < ask.number:
            looked = evidence.looked(place, created[place], ask.number)
            said = "Ordered a render of a session whose state had never been asked for"
            yield KEPT if looked else broken(said, ask)


def of_nothing(evidence: Evidence) -> Iterator[Finding]:
    """The draft of an order has tracks, and a length."""
    for ask in _orders(evidence):
        size = _size(ask)
        if size is not None:
            empty = not size[0] or size[1] == 0
            yield broken("Ordered a render of an empty draft", ask) if empty else KEPT


def not_verbatim(evidence: Evidence) -> Iterator[Finding]:
    """The draft of an order is as large as the session's draft once was.

    Only where every change to that draft is within sight, and nobody meddled with it from outside.
    """
    created, known = _created(evidence), _sizes(evidence)
    for ask in _orders(evidence):
        place, size = (ask.account, ask.session or ""), _size(ask)
        seen = [told for number, told in known.get(place, ()) if number < ask.number]
        if not seen or not size or not size[0] or place not in created:
            continue
        if any(created[place] < fact.number < ask.number for fact in evidence.of("control")):
            continue
        if size in seen:
            yield KEPT
        else:
            said = f"Ordered a render of a draft with {_told(size)}; the session's has"
            yield broken(f"{said} {_told(seen[-1])}", ask)


def _told(size: tuple[int, float | None]) -> str:
    tracks, length = size
    lasts = f" and {length:g} ms" if length is not None else " and no length"
    return f"{tracks} track{'s' if tracks != 1 else ''}{lasts}"


def _orders(evidence: Evidence) -> Iterator[Ask]:
    for ask in evidence.asks:
        if ask.line in SUBMITS and ask.session and isinstance(ask.body, dict):
            yield ask


def _created(evidence: Evidence) -> dict[Place, int]:
    return {
        (fact.what.get("account"), str(fact.what["session"])): fact.number
        for fact in evidence.of("session.created")
    }


def _size(ask: Ask) -> tuple[int, float | None] | None:
    """Return the tracks and milliseconds of an order's draft; None where it has none that can be read."""
    draft = ask.body.get("draft")
    tracks, length = (
        (draft.get("tracks"), draft.get("d")) if isinstance(draft, dict) else (None, None)
    )
    if not isinstance(tracks, int):
        return None
    return tracks, float(length) if isinstance(length, int | float) else None


def _sizes(evidence: Evidence) -> dict[Place, list[tuple[int, tuple[int, float | None]]]]:
    """Return what the drafts of sessions have measured, with the number of the fact that says so."""
    found: dict[Place, list[tuple[int, tuple[int, float | None]]]] = {}
    for fact in evidence.of("draft"):
        what = fact.what
        size = (int(what.get("tracks") or 0), float(what.get("d") or 0))
        place = (what.get("account"), str(what["session"]))
        found.setdefault(place, []).append((fact.number, size))
    return found


RULES = (
    Rule(
        name="render-without-state",
        severity="error",
        source=f"{REF}: draft from the state; {V19}: export",
        says="Ask for the state before an export, and check that the draft is ready.",
        check=without_state,
    ),
    Rule(
        name="render-of-nothing",
        severity="error",
        source=f"{REF}: ready for export; {V19}",
        says="Export when the draft has a track with segments, and not before.",
        check=of_nothing,
    ),
    Rule(
        name="draft-not-verbatim",
        severity="warning",
        source=f"{REF}: the draft object from the state; {ALL4}: export",
        says="Send the draft back as the state shows it.",
        check=not_verbatim,
    ),
)
