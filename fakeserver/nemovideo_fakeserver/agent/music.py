"""New music: from a brief, by name, or a file of the user's own.

Law: asked for a length it has that length, else that of the picture, else half a minute. What speaks of
`the music` wants no new one (see `refinement`), unless it swaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

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
from nemovideo_fakeserver.agent.scoring import DEFAULT_MS, Place, compose, lay, usual_volume
from nemovideo_fakeserver.agent.targets import span
from nemovideo_fakeserver.agent.timeline import about, music, pictures, total
from nemovideo_fakeserver.core.assets import Asset

_WISH = re.compile(rf"{nouns.CREATE}|{nouns.ADD}|\b(?:swap|replac)(?:e|ing)?\b|换")
OLD = re.compile(
    r"\b(?:the|this|that|my|current|existing|its) (?:[\w-]+ ){0,2}?(?:music|bgm|soundtrack|songs?|track|tune|score|loop|beat|melody|piece)\b|\bit\b|它"
)
_OWN_AUDIO = re.compile(
    r"\b(?:my|uploaded|own) (?:[\w-]+ )?(?:mp3|audio|song|music|track|file)\b|上传的(?:音乐|音频|歌)|我的(?:音乐|音频|歌)|mp3"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A wish for new music, in the words of its clause."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Composition | None:
    """Take what asks for music that is not there yet."""
    low = clause.low
    if own_audio(clause, bench):
        return Composition(clause=clause)
    wished = _WISH.search(low) is not None
    if not is_musical(low, wished=wished) or (OLD.search(low) and not _swaps(low)):
        return None
    return Composition(clause=clause) if nouns.head(low) in (None, "music") else None


def is_musical(low: str, *, wished: bool) -> bool:
    """Say whether a text is about music: by a noun, a genre of clear meaning, or a wished instrument."""
    clear = any(g not in WEAK for g in GENRE_NAMES.find(low))
    instruments = INSTRUMENTS.find(low)
    return nouns.mentions("music", low) or clear or (bool(instruments) and wished)


def _swaps(low: str) -> bool:
    return re.search(r"\b(?:swap|replac|switch|chang)(?:e|ing)?\b|换|改成|改为", low) is not None


def own_audio(clause: Clause, bench: Bench) -> Asset | None:
    """Return the uploaded audio file a clause asks for."""
    named = [a for a in clause.files if a.kind == "audio"]
    uploaded = [a for a in bench.uploads if a.kind == "audio"]
    return next(iter(named), None) or (
        uploaded[-1] if uploaded and _OWN_AUDIO.search(clause.low) else None
    )


def perform(request: Composition, bench: Bench) -> Deeds:
    """Compose the piece, or take the user's file, and lay it under the clips the clause names."""
    clause = request.clause
    place = placed(clause, bench)
    own = own_audio(clause, bench)
    if own is None:
        return (compose(bench, briefs.read(clause.low, bench.chance, _known(bench)), place),)
    length = round(own.seconds * 1_000) or DEFAULT_MS
    return (
        lay(bench, own, {"name": own.filename}, replace(place, ms=min(place.ms or length, length))),
    )


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
    covered = stop - start if pictures(bench.draft) else None
    ms = covered if asked is None else int(clamp(asked, 1_000, briefs.LONGEST_MS))
    return Place(
        start=start, ms=ms, partly=partly, mix={"volume": level(low, usual_volume(bench)), **fades}
    )


FAMILY = Family(recognise=recognise, perform=perform)
