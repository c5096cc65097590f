"""Music that steps back while clips are heard, and no longer.

Law: `m.duck` of the music says by how many per cent it gets quieter; nobody listens for speech. New music
that is to step back is a matter of `music`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families import music as composing
from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.mixing import no_music
from nemovideo_fakeserver.agent.reading import ducking, nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.timeline import about, music
from nemovideo_fakeserver.core.draft import Change, Segment

_NEW = re.compile(
    rf"{nouns.ADD}|\b(?:generat|creat|compos|produc|swap|replac)(?:e|ing)\b|生成|创作|制作|谱写|配(?:上|一)|换"
)


@dataclass(frozen=True, slots=True)
class Ducking:
    """A wish that the music steps back for what is said, or no longer does."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Ducking | None:
    """Take what is about ducking, unless it asks for new music that ducks."""
    lowered = clause.lowered
    if not ducking.asked(lowered):
        return None
    new = (
        _NEW.search(lowered)
        and (nouns.head(lowered) == "music" or GENRE_NAMES.find(lowered))
        and composing.recognise(clause, bench)
    )
    return None if new else Ducking(clause)


def perform(request: Ducking, bench: Bench) -> Deeds:
    """Set how far the music steps back: each piece by its own step, where its volume makes a difference."""
    chosen, lowered = music(bench.draft), request.clause.lowered
    if not chosen:
        return (no_music(bench),)
    steps = [ducking.step(lowered, float(about(s).get("volume", 100))) for s in chosen]
    return tuple(
        _stepped([s for s, step in zip(chosen, steps, strict=True) if step == duck], duck, bench)
        for duck in dict.fromkeys(steps)
    )


def _stepped(pieces: list[Segment], duck: int, bench: Bench) -> Work:
    whole = len(pieces) == len(music(bench.draft))
    named = ", ".join(str(about(s).get("name", "")) for s in pieces)
    en, zh = ("The music", "背景音乐") if whole else (named, named)
    told = (
        bench.speak(
            f"{en} steps back by {duck}% while the clips are heard.",
            f"视频有声音时，{zh}会压低{duck}%。",
        )
        if duck
        else bench.speak(
            f"{en} keeps its volume while the clips are heard.",
            f"视频有声音时，{zh}不再压低。",
        )
    )
    return Work(
        op="duck_music",
        told=told,
        facts={"track": "audio", "segments": [s["id"] for s in pieces], "duck": duck},
        operations=tuple(Change(s["id"], {"m": {"duck": duck}}) for s in pieces),
    )


FAMILY = Family(recognise=recognise, perform=perform)
