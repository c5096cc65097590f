"""The scripted agent: a message and a scene in, a plan out.

Law: pure, total and repeatable. Any text gives a plan and the same text on the same scene the same plan.
A message is tidied (`language`), parted (`clauses`), each clause recognised by the first family that
knows it (`requests`) and done on the draft as the former clause left it (`bench`); the deeds become beats
in `script`. What nobody recognises is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.agent.families.embellishment import embellish
from nemovideo_fakeserver.agent.families.family import Family
from nemovideo_fakeserver.agent.reading.clauses import Clause, clauses
from nemovideo_fakeserver.agent.reading.language import lower, spoken, tidy
from nemovideo_fakeserver.agent.reading.marks import marked
from nemovideo_fakeserver.agent.requests import FAMILIES
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench, Deed, Work
from nemovideo_fakeserver.agent.stage.readable import readable
from nemovideo_fakeserver.agent.stage.staging import stage
from nemovideo_fakeserver.agent.telling import prose
from nemovideo_fakeserver.agent.telling.limits import held
from nemovideo_fakeserver.agent.telling.script import script
from nemovideo_fakeserver.core.plan import Plan, Scene


@dataclass(frozen=True, slots=True)
class _Done:
    """What one clause came to, and the bench afterwards."""

    deeds: tuple[Deed, ...]
    bench: Bench


def plan(message: str, scene: Scene) -> Plan:
    """Plan the work for a message (see `core.plan.Agent`)."""
    text = tidy(message)
    plain = marked(text, scene.assets).text
    bench = Bench(
        scene=scene,
        draft=readable(scene.draft),
        language=spoken(plain, scene.language),
        chance=scene.chance,
    )
    deeds, asked = list(_deeds(text, bench)), lower(plain)
    after = _after(bench, deeds)
    works = [d for d in deeds if isinstance(d, Work)]
    generated = any(w.op == "generate_video" for w in works)
    if generated or any("montage" in w.facts for w in works):
        added = list(embellish(after.at("embellish"), asked, titled=generated))
        deeds += added
        after = _after(after, added)
    return script(deeds or [Answer(text=prose.say(prose.UNKNOWN, bench, "unknown"))], bench)


def _deeds(text: str, bench: Bench) -> Iterator[Deed]:
    found = clauses(text, bench.uploads)
    unknown: list[Clause] = []
    recognised = 0
    for number, clause in enumerate(found):
        done = _do(clause, bench.at("clause", number))
        if done is None:
            unknown.append(clause)
            continue
        recognised += 1
        yield from done.deeds
        bench = done.bench
    if recognised:
        yield from (Answer(text=prose.not_understood(clause.text, bench)) for clause in unknown)


def _do(clause: Clause, bench: Bench) -> _Done | None:
    """Give a clause to the first family that recognises it."""
    for family in FAMILIES:
        request = family.recognise(clause, bench)
        if request is not None:
            return _perform(family, request, clause, bench)
    return None


def _perform(family: Family[Any], request: Any, clause: Clause, bench: Bench) -> _Done:
    """Perform a request, laying the clips it needs before; an answer alone lays nothing."""
    laid = stage(clause, bench) if family.stages else None
    if isinstance(laid, Answer):
        return _Done((laid,), bench)
    ready = bench.after(laid) if laid else bench
    deeds = family.perform(request, ready)
    deeds = (*deeds, *held(clause.lowered, deeds, ready))
    if laid and any(isinstance(d, Work) for d in deeds):
        deeds = (laid, *deeds)
    return _Done(deeds, _after(bench, deeds))


def _after(bench: Bench, deeds: tuple[Deed, ...] | list[Deed] | list[Work]) -> Bench:
    for deed in deeds:
        if isinstance(deed, Work):
            bench = bench.after(deed)
    return bench
