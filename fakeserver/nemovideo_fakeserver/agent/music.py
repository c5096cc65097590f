"""New music: from a brief, by name, or a file of the user's own.

Law: there is one background music. New music takes the place of what plays in the same time; asked for
a length it has that length, else that of the picture, else half a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_fakeserver.agent import brief as briefs
from nemovideo_fakeserver.agent import nouns
from nemovideo_fakeserver.agent.bench import Bench, Work
from nemovideo_fakeserver.agent.brief import Brief
from nemovideo_fakeserver.agent.clauses import Clause
from nemovideo_fakeserver.agent.family import Deeds, Family
from nemovideo_fakeserver.agent.genres import GENRE_NAMES, INSTRUMENTS, WEAK
from nemovideo_fakeserver.agent.mixing import level
from nemovideo_fakeserver.agent.quantities import clamp, take_fades, take_length, take_moment, take_range
from nemovideo_fakeserver.agent.targets import span
from nemovideo_fakeserver.agent.timeline import later, music, pictures, put
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import AUDIO, Change, Operation, Put, Remove, Segment, end

DEFAULT_MS = 30_000
VOLUMES_UNDER_VIDEO = (35, 40)

_WISH = re.compile(rf"{nouns.CREATE}|{nouns.ADD}|\b(?:swap|replac)(?:e|ing)?\b|换")
_MADE_OF = re.compile(r"\b(?:the|this|that|my|current|existing|its) (?:[\w-]+ ){0,2}?(?:music|bgm|soundtrack|songs?|track|tune|score|loop|beat|melody|piece)\b|\bit\b|它")
_OWN_AUDIO = re.compile(r"\b(?:my|uploaded|own) (?:[\w-]+ )?(?:mp3|audio|song|music|track|file)\b|上传的(?:音乐|音频|歌)|我的(?:音乐|音频|歌)|mp3")


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
    if not is_musical(low, wished=wished) or (_MADE_OF.search(low) and not _swaps(low)):
        return None
    return Composition(clause=clause) if nouns.head(low) in (None, "music") else None


def is_musical(low: str, *, wished: bool) -> bool:
    """Say whether a text is about music: by a noun, a genre of clear meaning, or a wished instrument."""
    clear = any(g not in WEAK for g in GENRE_NAMES.find(low))
    instruments = INSTRUMENTS.find(low)
    return nouns.mentions("music", low) or clear or bool(instruments) and wished


def _swaps(low: str) -> bool:
    return re.search(r"\b(?:swap|replac|switch|chang)(?:e|ing)?\b|换|改成|改为", low) is not None


def own_audio(clause: Clause, bench: Bench) -> Asset | None:
    """Return the uploaded audio file a clause asks for."""
    named = [a for a in clause.files if a.kind == "audio"]
    uploaded = [a for a in bench.uploads if a.kind == "audio"]
    return next(iter(named), None) or (uploaded[-1] if uploaded and _OWN_AUDIO.search(clause.low) else None)


def perform(request: Composition, bench: Bench) -> Deeds:
    """Compose the piece, or take the user's file, and lay it under the clips the clause names."""
    clause = request.clause
    start, ms, low = placed(clause, bench)
    if own := own_audio(clause, bench):
        length = min(ms or round(own.seconds * 1_000), round(own.seconds * 1_000)) or DEFAULT_MS
        return (_lay(bench, own, {"name": own.filename}, start, length, low),)
    return (compose(bench, briefs.read(low, bench.chance), start=start, ms=ms or DEFAULT_MS, low=low),)


def placed(clause: Clause, bench: Bench) -> tuple[int, int | None, str]:
    """Return start and length of the music in milliseconds, and the text without its fades."""
    _, low = take_fades(clause.low)
    start, stop = span(clause, bench)
    bare = briefs.without_drop(low)
    between, bare = take_range(bare)
    if between and between[1] > between[0]:
        return between[0], _sane(between[1] - between[0]), clause.low
    moment, bare = take_moment(bare)
    asked, _ = take_length(bare)
    begins = start + (moment or 0) if pictures(bench.draft) and start + (moment or 0) < stop else start
    covered = stop - begins if pictures(bench.draft) else None
    return begins, _sane(asked) if asked is not None else covered, clause.low


def _sane(ms: int) -> int:
    return int(clamp(ms, 1_000, briefs.LONGEST_MS))


def compose(bench: Bench, brief: Brief, *, start: int, ms: int, low: str) -> Work:
    """Return the work that makes a piece and lays it at `start`, in place of what plays there."""
    track = render(bench, brief, ms)
    return _lay(bench, track, {"name": brief.name(bench.language), **brief.notes()}, start, ms, low)


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


def _lay(bench: Bench, track: Asset, notes: dict[str, object], start: int, ms: int, low: str) -> Work:
    default = bench.chance.choice(VOLUMES_UNDER_VIDEO, "volume") if pictures(bench.draft) else 100
    fades, _ = take_fades(low)
    volume = level(low, default)
    segment: Segment = {
        "id": bench.new_id("music"),
        "s": start,
        "d": ms,
        "src": track.url,
        "in": 0,
        "m": {**notes, "role": "bgm", "volume": volume, **fades},
    }
    cleared = tuple(_cleared(bench, start, start + ms))
    swept = bench.after(Work(op="", told="", operations=cleared))
    name = str(notes["name"])
    return Work(
        op="replace_bgm" if cleared else "add_bgm",
        told=bench.speak(
            f"{name} now plays as background music at {volume}% volume ({ms / 1_000:g}s).",
            f"已添加背景音乐：{name}，音量{volume}%，时长{ms / 1_000:g}秒。",
        ),
        facts={"track": "audio", "segments": [segment["id"]], "volume": volume, "duration": ms, **notes},
        operations=(*cleared, put(swept.draft, AUDIO, segment)),
        made=(track,) if track.origin == "generated" else (),
    )


def _cleared(bench: Bench, start: int, stop: int) -> Iterator[Operation]:
    """Yield what makes room between `start` and `stop`: music there goes, or keeps only its ends."""
    for segment in music(bench.draft):
        id_, s, e = segment["id"], segment["s"], end(segment)
        if e <= start or s >= stop:
            continue
        if s < start:
            yield Change(id_, {"d": start - s})
        else:
            yield Remove(id_)
        if e > stop and pictures(bench.draft) and (s < start or start > 0):
            yield Put(AUDIO, later(segment, stop, stop, bench.new_id("rest", id_)))


FAMILY = Family(name="music", recognise=recognise, perform=perform)
