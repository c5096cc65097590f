"""The same again for another file: `do the same with b.mp4`, `b.mp4也一样`.

Law: what was asked for the former file is read off the timeline, so only what stands there is repeated:
music from the same brief, titles, the look, speed and trim of the clip. What cannot be carried over is
said. The other file starts a timeline of its own (see `staging`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.titles import title
from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.marks import FILE
from nemovideo_fakeserver.agent.reading.openings import after_lead
from nemovideo_fakeserver.agent.reading.revision import refined
from nemovideo_fakeserver.agent.stage.bench import Bench, Deed, Work
from nemovideo_fakeserver.agent.stage.scoring import Place, compose
from nemovideo_fakeserver.agent.stage.scoring import lay as lay_music
from nemovideo_fakeserver.agent.stage.staging import lay
from nemovideo_fakeserver.agent.stage.targets import mentions, visible
from nemovideo_fakeserver.agent.stage.timeline import (
    about,
    cut,
    music,
    pictures,
    subtitles,
    titles,
    total,
)
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import Change, Segment

_SAME = re.compile(
    r"\b(?:the )?same(?: thing)?(?: again| edits?| treatment)?\b.{0,20}\b(?:for|with|to|on)\b|\bdo (?:that|this|it) (?:too |also )?(?:for|with|to) |\brepeat (?:that|this|it) (?:for|with|on)\b"
    rf"|{FILE}.{{0,3}} (?:the )?same\b|\blikewise\b|\bsame again\b|(?:一样|同样|相同|照样|也这样|也这么)(?!的?(?:标题|文字|字体|颜色))"
)
_NEXT = re.compile(r"\bnext\b|下一?个")
_KEPT = (
    "volume",
    "brightness",
    "contrast",
    "saturation",
    "temperature",
    "sharpness",
    "filter",
    "fade_in",
    "fade_out",
    "speed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A wish to have another file treated as the one on the timeline."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Repetition | None:  # noqa: ARG001  # a family's signature
    """Take what asks for the same, and a plain `now do b.mp4`."""
    plain = re.fullmatch(
        rf"do {FILE}(?: (?:too|as well|next|now))?|(?:the )?next(?: one| clip| video| file)?|下一个",
        after_lead(clause.lowered),
    )
    return Repetition(clause=clause) if plain or _SAME.search(clause.lowered) else None


def perform(request: Repetition, bench: Bench) -> Deeds:
    """Lay the other file and repeat on it what was done on the timeline."""
    other = _other(request.clause, bench)
    if other is None:
        return (
            bench.answer(
                "Which file should get the same? Upload it, or tell me its name.",
                "要对哪个文件做同样的处理？请先上传，或者告诉我文件名。",
            ),
        )
    shown = pictures(bench.draft)
    if not shown and not music(bench.draft):
        return (
            bench.answer(
                f"Nothing has been edited yet that I could repeat. What should I do with {other.filename}?",
                f"还没有可以重复的编辑。要对 {other.filename} 做什么？",
            ),
        )
    return tuple(_repeated(request.clause, other, bench))


def _other(clause: Clause, bench: Bench) -> Asset | None:
    """Return the file meant: the one named, the one after the present one, else the newest not shown."""
    urls = [s.get("src") for s in pictures(bench.draft)]
    named = [a for a in mentions(clause, bench).uploads if a.url not in urls]
    waiting = [a for a in visible(bench) if a.url not in urls]
    if named or clause.files or not waiting:
        return named[0] if named else None
    return waiting[0 if _NEXT.search(clause.lowered) else -1]


def _repeated(clause: Clause, other: Asset, bench: Bench) -> Iterator[Deed]:
    before = bench
    shown = pictures(before.draft)
    laid = _laid(other, shown, bench)
    yield laid
    bench = bench.after(laid)
    room = total(bench.draft)
    for number, track in enumerate(music(before.draft)):
        if track["s"] < room:
            work = _scored(clause, track, total(before.draft), bench.at("again", number))
            yield work
            bench = bench.after(work)
    for number, text in enumerate(titles(before.draft)):
        if text["s"] < room:
            looks = {k: v for k, v in about(text).items() if k not in ("text", "role")}
            times = (text["s"], min(text["s"] + text["d"], room))
            work = title(bench.at("again title", number), about(text).get("text", ""), times, looks)
            yield work
            bench = bench.after(work)
    if len(shown) > 1 or subtitles(before.draft):
        yield bench.answer(
            "The cuts between several clips and the subtitles are not repeated; tell me what you want there.",
            "多个片段之间的剪辑和字幕没有重复，需要的话请告诉我。",
        )


def _laid(other: Asset, shown: list[Segment], bench: Bench) -> Work:
    """Lay the file like the only clip that was shown: same part of it, same look and speed."""
    laid = lay(bench, (other,), fresh=True)
    if len(shown) != 1:
        return laid
    there = bench.after(laid)
    (segment,) = pictures(there.draft)
    operations = list(laid.operations)
    kept = {k: v for k, v in about(shown[0]).items() if k in _KEPT}
    start, stop = _part(shown[0], segment, bench)
    operations += cut(there, stop, segment["d"]) if stop < segment["d"] else ()
    operations += cut(there, 0, start) if start else ()
    speed = float(kept.get("speed", 1))
    operations.append(
        Change(segment["id"], {"d": max(1, round((stop - start) / speed)), "m": kept})
    )
    return Work(op=laid.op, told=laid.told, facts=laid.facts, operations=tuple(operations))


def _part(old: Segment, new: Segment, bench: Bench) -> tuple[int, int]:
    """Return the part of the new clip that answers to the part shown of the old one."""
    if old["d"] == new["d"] or "src" not in old:
        return 0, int(new["d"])
    whole = {a.url: round(a.seconds * 1_000) for a in (*bench.uploads, *bench.generated)}
    length = whole.get(str(old["src"]), 0)
    start = int(old.get("in", 0))
    stop = start + round(old["d"] * float(about(old).get("speed", 1)))
    to_end = stop >= length
    last = int(new["d"])
    start = start if start < last else 0
    return start, last if to_end else min(max(stop, start + 1), last)


def _scored(clause: Clause, track: Segment, before: int, bench: Bench) -> Work:
    """Lay the same recording again, or compose from the same brief, with what the clause changes."""
    noted: dict[str, Any] = about(track)
    room = total(bench.draft)
    whole = track["s"] == 0 and track["d"] >= before
    ms = room if whole else min(track["d"], room - track["s"])
    mix: dict[str, int] = {
        k: noted[k] for k in ("volume", "duck", "fade_in", "fade_out") if k in noted
    }
    place = Place(start=track["s"], ms=ms, partly=not whole, mix={"volume": 100, **mix})
    if "bpm" in noted:
        return compose(bench, refined(briefs.recalled(noted), clause.lowered), place)
    own = next((a for a in bench.uploads if a.url == track.get("src")), None)
    if own is None:
        return compose(bench, briefs.read("", bench.chance), place)
    return lay_music(bench, own, {"name": own.filename}, place)


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
