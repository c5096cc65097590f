"""New music from a brief.

Law: asked for a length it has that length, else that of the picture or of the music it replaces, else half a minute. What speaks of
`the music` wants no new one (see `refinement`), unless it swaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.mixing import level
from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.accompaniment import accompanies
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.ducking import take_step
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, INSTRUMENTS, WEAK
from nemovideo_fakeserver.agent.reading.lengths import LONGEST_MS
from nemovideo_fakeserver.agent.reading.quantities import (
    clamp,
    take_fades,
    take_length,
    take_moment,
    take_range,
)
from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.agent.stage.scoring import Place, compose, usual_step, usual_volume
from nemovideo_fakeserver.agent.stage.targets import mentions, span
from nemovideo_fakeserver.agent.stage.timeline import about, music, pictures, total

_WISH = re.compile(rf"{nouns.CREATE}|{nouns.ADD}|\b(?:swap|replac)(?:e|ing)?\b|换")
OLD = re.compile(
    r"\b(?:the|this|that|my|current|existing|its) (?:[\w-]+ ){0,2}?(?:music|bgm|soundtrack|songs?|track|tune|score|loop|beat|melody|piece)\b|\bit\b|它"
)
_WITH = re.compile(r"\b(?:with|gets?|to have)\b|配")
_COMPOSE = re.compile(r"\bcompos(?:e|ing)\b|谱写|作曲")
_GENRE_ENDS = re.compile(
    r"\b(?:pop|rock|country|classical|soul|house|trap|latin|corporate|acoustic) ?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A wish for new music, in the words of its clause."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Composition | None:
    """Take what asks for music that is not there yet."""
    lowered = clause.lowered
    wished = (
        _WISH.search(lowered) is not None
        or bool(_WITH.search(lowered) and mentions(clause, bench))
        or scores(clause, bench)
    )
    musical = is_musical(lowered, wished=wished) or scores(clause, bench)
    if not musical or (OLD.search(lowered) and not _swaps(lowered)):
        return None
    return Composition(clause=clause) if nouns.head(lowered) in (None, "music") else None


def scores(clause: Clause, bench: Bench) -> bool:
    """Say whether a clause is the music part of the film that was just generated."""
    return bench.last == "generate_video" and accompanies(clause.lowered)


def is_musical(lowered: str, *, wished: bool) -> bool:
    """Say whether a text is about music: by a noun, a genre of clear meaning, or a wished instrument."""
    clear = any(g not in WEAK for g in GENRE_NAMES.find(lowered))
    played = bool(INSTRUMENTS.find(lowered)) or _GENRE_ENDS.search(nouns.subject(lowered))
    return (
        nouns.mentions("music", lowered)
        or clear
        or bool(_COMPOSE.search(lowered))
        or bool(played and wished)
    )


def _swaps(lowered: str) -> bool:
    return (
        re.search(r"\b(?:swap|replac|switch|chang)(?:e|ing)?\b|换|改成|改为", lowered) is not None
    )


def perform(request: Composition, bench: Bench) -> Deeds:
    """Compose the piece and lay it under the clips the clause names."""
    clause = request.clause
    place = placed(clause, bench)
    return (compose(bench, briefs.read(clause.lowered, bench.chance, _known(bench)), place),)


def _known(bench: Bench) -> set[str]:
    """Return the genres that play now: who wants new music wants other music."""
    return {str(about(s).get("genre")) for s in music(bench.draft)}


def placed(clause: Clause, bench: Bench) -> Place:
    """Read where the music of a clause goes, and how loud it is."""
    fades, lowered = take_fades(clause.lowered)
    duck, lowered = take_step(lowered)
    start, stop = span(clause, bench)
    partly = (start, stop) != (0, total(bench.draft))
    between, bare = take_range(briefs.without_drop(lowered))
    moment, bare = take_moment(bare)
    asked, _ = take_length(bare)
    if between:
        start, asked, partly = between[0], between[1] - between[0], True
    elif moment and start + moment < stop:
        start, partly = start + moment, True
    covered = stop - start if pictures(bench.draft) or music(bench.draft) else None
    ms = covered if asked is None else int(clamp(asked, 1_000, LONGEST_MS))
    return Place(
        start=start,
        ms=ms,
        partly=partly,
        asked=asked is not None,
        mix={
            "volume": level(lowered, usual_volume(bench)),
            **(usual_step(bench) if duck is None else {"duck": duck} if duck else {}),
            **fades,
        },
    )


FAMILY = Family(recognise=recognise, perform=perform)
