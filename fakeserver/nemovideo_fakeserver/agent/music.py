"""New music from a brief.

Law: asked for a length it has that length, else that of the picture or of the music it replaces, else half a minute. What speaks of
`the music` wants no new one (see `refinement`), unless it swaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent import brief as briefs
from nemovideo_fakeserver.agent import nouns
from nemovideo_fakeserver.agent.bench import Bench
from nemovideo_fakeserver.agent.clauses import Clause
from nemovideo_fakeserver.agent.family import Deeds, Family
from nemovideo_fakeserver.agent.genres import GENRE_NAMES, INSTRUMENTS, WEAK
from nemovideo_fakeserver.agent.mixing import level
from nemovideo_fakeserver.agent.quantities import (
    clamp,
    take_fades,
    take_length,
    take_moment,
    take_range,
)
from nemovideo_fakeserver.agent.scoring import Place, compose, usual_volume
from nemovideo_fakeserver.agent.targets import mentions, span
from nemovideo_fakeserver.agent.timeline import about, music, pictures, total

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
    low = clause.low
    wished = _WISH.search(low) is not None or bool(_WITH.search(low) and mentions(clause, bench))
    if not is_musical(low, wished=wished) or (OLD.search(low) and not _swaps(low)):
        return None
    return Composition(clause=clause) if nouns.head(low) in (None, "music") else None


def is_musical(low: str, *, wished: bool) -> bool:
    """Say whether a text is about music: by a noun, a genre of clear meaning, or a wished instrument."""
    clear = any(g not in WEAK for g in GENRE_NAMES.find(low))
    played = bool(INSTRUMENTS.find(low)) or _GENRE_ENDS.search(nouns.subject(low))
    return (
        nouns.mentions("music", low)
        or clear
        or bool(_COMPOSE.search(low))
        or bool(played and wished)
    )


def _swaps(low: str) -> bool:
    return re.search(r"\b(?:swap|replac|switch|chang)(?:e|ing)?\b|换|改成|改为", low) is not None


def perform(request: Composition, bench: Bench) -> Deeds:
    """Compose the piece and lay it under the clips the clause names."""
    clause = request.clause
    place = placed(clause, bench)
    return (compose(bench, briefs.read(clause.low, bench.chance, _known(bench)), place),)


def _known(bench: Bench) -> set[str]:
    """Return the genres that play now: who wants new music wants other music."""
    return {str(about(s).get("genre")) for s in music(bench.draft)}


def placed(clause: Clause, bench: Bench) -> Place:
    """Read where the music of a clause goes, and how loud it is."""
    fades, low = take_fades(clause.low)
    start, stop = span(clause, bench)
    partly = (start, stop) != (0, total(bench.draft))
    between, bare = take_range(briefs.without_drop(low))
    moment, bare = take_moment(bare)
    asked, _ = take_length(bare)
    if between:
        start, asked, partly = between[0], between[1] - between[0], True
    elif moment and start + moment < stop:
        start, partly = start + moment, True
    covered = stop - start if pictures(bench.draft) or music(bench.draft) else None
    ms = covered if asked is None else int(clamp(asked, 1_000, briefs.LONGEST_MS))
    return Place(
        start=start,
        ms=ms,
        partly=partly,
        asked=asked is not None,
        mix={"volume": level(low, usual_volume(bench)), **fades},
    )


FAMILY = Family(recognise=recognise, perform=perform)
