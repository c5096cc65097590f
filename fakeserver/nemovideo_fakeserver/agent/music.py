"""New music: from a brief, by name, or a file of the user's own.

Law: there is one background music. New music takes the place of what plays in the same time; asked for
a length it has that length, else that of the picture, else half a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nemovideo_fakeserver.agent import brief as briefs
from nemovideo_fakeserver.agent import nouns
from nemovideo_fakeserver.agent.bench import Bench, Work
from nemovideo_fakeserver.agent.brief import Brief
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
from nemovideo_fakeserver.agent.targets import span
from nemovideo_fakeserver.agent.timeline import later, music, pictures, put, total
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import AUDIO, Change, Operation, Put, Remove, Segment, end

DEFAULT_MS = 30_000
VOLUMES_UNDER_VIDEO = (35, 40)

_WISH = re.compile(rf"{nouns.CREATE}|{nouns.ADD}|\b(?:swap|replac)(?:e|ing)?\b|换")
_MADE_OF = re.compile(
    r"\b(?:the|this|that|my|current|existing|its) (?:[\w-]+ ){0,2}?(?:music|bgm|soundtrack|songs?|track|tune|score|loop|beat|melody|piece)\b|\bit\b|它"
)
_OWN_AUDIO = re.compile(
    r"\b(?:my|uploaded|own) (?:[\w-]+ )?(?:mp3|audio|song|music|track|file)\b|上传的(?:音乐|音频|歌)|我的(?:音乐|音频|歌)|mp3"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A wish for new music, in the words of its clause."""

    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where music goes, in milliseconds (`ms` None: nothing says how long), with volume and fades.

    `partly`: it is meant for a part of the timeline only.
    """

    start: int
    ms: int | None
    partly: bool
    mix: dict[str, int]


def recognise(clause: Clause, bench: Bench) -> Composition | None:
    """Take what asks for music that is not there yet."""
    low = clause.low
    if own_audio(clause, bench):
        return Composition(clause=clause)
    wished = _WISH.search(low) is not None
    if not is_musical(low, wished=wished) or (_MADE_OF.search(low) and not _swaps(low)):
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
        return (compose(bench, briefs.read(clause.low, bench.chance), place),)
    length = round(own.seconds * 1_000) or DEFAULT_MS
    return (
        _lay(
            bench, own, {"name": own.filename}, replace(place, ms=min(place.ms or length, length))
        ),
    )


def placed(clause: Clause, bench: Bench) -> Place:
    """Read where the music of a clause goes, and how loud it is."""
    fades, low = take_fades(clause.low)
    default = bench.chance.choice(VOLUMES_UNDER_VIDEO, "volume") if pictures(bench.draft) else 100
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
    return Place(start=start, ms=ms, partly=partly, mix={"volume": level(low, default), **fades})


def compose(bench: Bench, brief: Brief, place: Place) -> Work:
    """Return the work that makes a piece and lays it at its place, instead of what plays there."""
    ms = place.ms or max(DEFAULT_MS, briefs.room_for(brief.drop))
    notes = {"name": brief.name(bench.language), **brief.notes()}
    return _lay(bench, render(bench, brief, ms), notes, replace(place, ms=ms))


def render(bench: Bench, brief: Brief, ms: int) -> Asset:
    """Return a generated track of `ms` milliseconds."""
    id_ = "music_" + bench.chance.hex(12, "music")
    source = Synthetic(
        kind="audio",
        seconds=ms / 1_000,
        label=brief.name("en"),
        seed=bench.chance.number("music seed") % 2**32,
        notes=brief.notes(),
    )
    return Asset(
        kind="audio",
        filename=f"{id_}.mp3",
        url=f"{bench.scene.cdn}/generated/{id_}.mp3",
        seconds=ms / 1_000,
        width=0,
        height=0,
        fps=0.0,
        hash=bench.chance.hex(64, "music hash"),
        source=source,
        origin="generated",
    )


def _lay(bench: Bench, track: Asset, notes: dict[str, Any], place: Place) -> Work:
    ms = place.ms or DEFAULT_MS
    segment: Segment = {
        "id": bench.new_id("music"),
        "s": place.start,
        "d": ms,
        "src": track.url,
        "in": 0,
        "m": {**notes, "role": "bgm", **place.mix},
    }
    cleared = tuple(_cleared(bench, place.start, place.start + ms, partly=place.partly))
    swept = bench.after_all(cleared)
    name, volume = notes["name"], place.mix["volume"]
    return Work(
        op="replace_bgm" if cleared else "add_bgm",
        told=bench.speak(
            f"{name} now plays as background music at {volume}% volume ({ms / 1_000:g}s).",
            f"已添加背景音乐：{name}，音量{volume}%，时长{ms / 1_000:g}秒。",
        ),
        facts={
            "track": "audio",
            "segments": [segment["id"]],
            "start": place.start,
            "duration": ms,
            **notes,
            **place.mix,
        },
        operations=(*cleared, put(swept.draft, AUDIO, segment)),
        made=(track,) if track.origin == "generated" else (),
    )


def _cleared(bench: Bench, start: int, stop: int, *, partly: bool) -> Iterator[Operation]:
    """Yield what makes room from `start` to `stop`; music meant for a part leaves the rest in place."""
    for segment in music(bench.draft):
        id_, s, e = segment["id"], segment["s"], end(segment)
        if e <= start or s >= stop:
            continue
        yield Change(id_, {"d": start - s}) if partly and s < start else Remove(id_)
        if partly and e > stop:
            yield Put(AUDIO, later(segment, stop, stop, bench.new_id("rest", id_)))


FAMILY = Family(name="music", recognise=recognise, perform=perform)
