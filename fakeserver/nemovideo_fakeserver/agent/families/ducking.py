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
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.timeline import about, music
from nemovideo_fakeserver.core.draft import Change

_NEW = re.compile(
    rf"{nouns.ADD}|\b(?:generat|creat|compos|produc)(?:e|ing)\b|生成|创作|制作|谱写|配(?:上|一)"
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
        and nouns.head(lowered) == "music"
        and composing.recognise(clause, bench)
    )
    return None if new else Ducking(clause)


def perform(request: Ducking, bench: Bench) -> Deeds:
    """Set how far the music steps back."""
    chosen, lowered = music(bench.draft), request.clause.lowered
    if not chosen:
        return (no_music(bench),)
    steps = {s["id"]: ducking.step(lowered, float(about(s).get("volume", 100))) for s in chosen}
    duck = max(steps.values())
    told = (
        bench.speak(
            f"The music steps back by {duck}% while the clips are heard.",
            f"视频有声音时，背景音乐会压低{duck}%。",
        )
        if duck
        else bench.speak(
            "The music keeps its volume while the clips are heard.",
            "视频有声音时，背景音乐不再压低。",
        )
    )
    return (
        Work(
            op="duck_music",
            told=told,
            facts={"track": "audio", "segments": list(steps), "duck": duck},
            operations=tuple(Change(id_, {"m": {"duck": n}}) for id_, n in steps.items()),
        ),
    )


FAMILY = Family(recognise=recognise, perform=perform)
