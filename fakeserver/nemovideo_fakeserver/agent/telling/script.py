"""From deeds to beats: when things are said, called and changed.

Law (documented): talk takes 5-15 s, edits 10-30 s in all, a generation 100-300 s; about 30 % of edits say
nothing at all; now and then a meaningless apology follows a success. A tool's edits happen at the moment
of its result. The generation takes the lion's share of its plan, so that what is added to the raw video
comes well after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from nemovideo_fakeserver.agent.stage.bench import EDIT, GENERATE, Answer, Bench, Deed, Work
from nemovideo_fakeserver.agent.telling import prose
from nemovideo_fakeserver.core.plan import Beat, Call, Edit, Made, Plan, Result, Say

SECONDS = {"text": (5.0, 15.0), "edit": (10.0, 30.0), "generate": (100.0, 300.0)}
SILENT_EDITS = 0.3
NOISY = 0.06
_WEIGHT = {GENERATE: 8.0, EDIT: 1.0}


def script(deeds: Sequence[Deed], bench: Bench) -> Plan:
    """Lay deeds out in time; `bench` is as they left it, with the message's place in the tree of draws."""
    works = [d for d in deeds if isinstance(d, Work)]
    answers = [d for d in deeds if isinstance(d, Answer) and not (d.idle and works)]
    said = list(dict.fromkeys(d.text for d in answers))
    kind = _kind(works)
    lasts = bench.chance.uniform(*SECONDS[kind], "lasts")
    if not works:
        return Plan(
            kind=kind, beats=(Beat(round(lasts * 0.6, 3), Say("\n".join(said))),), lasts=lasts
        )
    silent = kind == "edit" and not said and bench.chance.happens(SILENT_EDITS, "silent")
    beats = list(_performed(works, lasts, bench, silent=silent))
    if not silent:
        beats.append(Beat(round(lasts * 0.96, 3), Say(_closing(works, said, bench))))
        if bench.chance.happens(NOISY, "noise"):
            beats.append(Beat(lasts, Say(prose.NOISE)))
    return Plan(kind=kind, beats=tuple(beats), lasts=lasts)


def _kind(works: Sequence[Work]) -> Literal["text", "edit", "generate"]:
    if not works:
        return "text"
    return "generate" if any(w.tool == GENERATE for w in works) else "edit"


def _performed(
    works: Sequence[Work], lasts: float, bench: Bench, *, silent: bool
) -> Iterator[Beat]:
    """Yield the opening and the calls, each with a share of the time from 6 % to 92 %."""
    generating = _kind(works) == "generate"
    if not silent:
        table = prose.GENERATING if generating else prose.OPENINGS
        yield Beat(round(lasts * 0.02, 3), Say(prose.say(table, bench, "opening")))
    whole = sum(_WEIGHT[w.tool] for w in works)
    at = lasts * 0.06
    for number, work in enumerate(works):
        share = lasts * 0.86 * _WEIGHT[work.tool] / whole
        yield from _called(work, at, at + share)
        at += share
        finishing = work.tool != EDIT and number + 1 < len(works)
        if finishing and works[number + 1].tool == EDIT:
            yield Beat(round(at, 3), Say(prose.say(prose.BETWEEN, bench, "between")))


def _called(work: Work, begins: float, ends: float) -> Iterator[Beat]:
    """Yield a call, its result near the end of its share, and at the same moment what it changed."""
    done = round(begins + (ends - begins) * 0.95, 3)
    yield Beat(round(begins, 3), Call(work.tool, {"op": work.op, **work.facts}))
    yield Beat(
        done,
        Result(
            work.tool,
            {"status": "success", "op": work.op, "segments": work.facts.get("segments", [])},
        ),
    )
    for asset in work.made:
        yield Beat(done, Made(asset))
    for operation in work.operations:
        yield Beat(done, Edit(operation))


def _closing(works: Sequence[Work], said: Sequence[str], bench: Bench) -> str:
    sentences = (*(w.told for w in works), *said, prose.say(prose.CLOSINGS, bench, "closing"))
    return bench.speak(" ", "").join(dict.fromkeys(sentences))
