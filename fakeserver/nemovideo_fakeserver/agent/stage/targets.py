"""Which clips a clause speaks of.

Law: a clip is meant by its file name, by a number (`the second clip`, `第二个视频`), or as the new one.
A number counts the pictures on the timeline as soon as there are two of them, else the uploads, so that
files handed in together can be worked on one after the other. Who names no clip means all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.agent.stage.timeline import pictures, total
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import Segment, end

T = TypeVar("T")

_THING = r"(?:clips?|songs?|tracks?|videos?|photos?|pictures?|images?|files?|shots?|uploads?|scenes?|segments?)"
_THING_ZH = r"(?:歌|音频|视频|片段|照片|图片|文件|素材|镜头|短片)"
_HANDLED_ZH = r"(?:[剪裁加放静改调配去删慢快换移设变显的和与,]|$)"
"""What follows 段 or 条 that counts pictures: 第一段音乐 and 第一条字幕 count other things."""
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first|1st",
            "second|2nd",
            "third|3rd",
            "fourth|4th",
            "fifth|5th",
            "sixth|6th",
            "seventh|7th",
            "eighth|8th",
        ),
        1,
    )
    for word in words.split("|")
}
_ORDINAL = re.compile(
    rf"\b({'|'.join(ORDINALS)}|last) (?:uploaded )?(?:{_THING}|one)\b|\bthe ({'|'.join(ORDINALS)})(?= with\b| gets?\b| to have\b|$)|\b(?:{_THING}) ?(?:#|no\.? ?|number )?(\d{{1,3}})(?![a-z0-9.:%×倍])"
    rf"|第(\d{{1,3}})(?:[个段张条份首幅]?{_THING_ZH}|个(?=[剪裁加放静改调配去删慢快]))|第(\d{{1,3}})(?:[张幅](?!{_THING_ZH}|字幕)|[段条](?={_HANDLED_ZH}))|{_THING_ZH}(\d{{1,3}})(?![a-z0-9.:%×倍])|(最后)[一1]?(?:[个段张条幅]?{_THING_ZH}|[张幅]|[段条](?={_HANDLED_ZH}))"
)
_NEW = re.compile(
    rf"\b(?:the|my|that|this) (?:new|latest|newest|other|newly uploaded|just uploaded) (?:{_THING}|one)\b"
    rf"|\b(?:the |my )?(?:last )?(?:{_THING}|one|what) (?:that |which )?i(?: have|'ve)? ?(?:just|last|recently) uploaded\b|\b(?:the |my )?last (?:{_THING}|one|thing) (?:that |which )?i(?: have|'ve)? uploaded\b"
    rf"|新(?:的|上传的)?{_THING_ZH}|刚刚?上?传的(?:那个)?(?:{_THING_ZH})?|最[后新]上传的(?:那个)?(?:{_THING_ZH})?|最新的?{_THING_ZH}"
)
_SONGS = re.compile(
    rf"\b(?:{'|'.join(ORDINALS)}|last) (?:uploaded )?(?:songs?|tracks?)\b|第\d{{1,3}}[个首段]?(?:歌|音频)|最后一?首歌"
)
_THIS = re.compile(rf"\bthis (?:{_THING}|one)\b|这[个段张条](?:{_THING_ZH})?(?!标题|音)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Uploads and segments that a clause names; `unknown` is a number that names nothing."""

    uploads: tuple[Asset, ...] = ()
    segments: tuple[str, ...] = ()
    unknown: str | None = None

    def __bool__(self) -> bool:
        return bool(self.uploads or self.segments)


def mentions(clause: Clause, bench: Bench) -> Mentions:
    """Return what the clause names; audio files count only where the music is asked for."""
    seen = visible(bench)
    files = tuple(a for a in clause.files if a.kind != "audio")
    shown = pictures(bench.draft)
    newest = _NEW.search(clause.lowered) or (_THIS.search(clause.lowered) and not shown)
    if not files and seen and newest:
        files = seen[-1:]
    numbers = ordinals(_SONGS.sub(" ", _NEW.sub(" ", clause.lowered)))
    pool: list[Asset | Segment] = [*shown] if len(shown) > 1 or not seen else [*seen]
    chosen = [picked(pool, n) for n in numbers] if pool else []
    return Mentions(
        uploads=(*files, *(c for c in chosen if isinstance(c, Asset))),
        segments=tuple(dict.fromkeys(c["id"] for c in chosen if isinstance(c, dict))),
        unknown=next((str(n) for n, c in zip(numbers, chosen, strict=False) if c is None), None),
    )


def visible(bench: Bench) -> tuple[Asset, ...]:
    """Return the uploads that can be shown, in order."""
    return tuple(a for a in bench.uploads if a.kind != "audio")


def ordinals(lowered: str) -> list[int]:
    """Return the numbers of the things a text counts to, -1 for the last."""
    return [_number(m) for m in _ORDINAL.finditer(lowered)]


def _number(match: re.Match[str]) -> int:
    word, alone, after, han, bare, han_after, last = match.groups()
    if last or word == "last":
        return -1
    counted = word or alone
    return ORDINALS[counted] if counted else int(after or han or bare or han_after)


def without_ordinals(lowered: str) -> str:
    """Return a text without `the first clip`, `the last one` and their kind."""
    return _ORDINAL.sub(" ", _NEW.sub(" ", lowered))


def picked(pool: Sequence[T], number: int) -> T | None:
    """Return the thing with a number counted from 1, -1 being the last, or None."""
    if number == -1:
        return pool[-1]
    return pool[number - 1] if 0 < number <= len(pool) else None


def aimed(clause: Clause, bench: Bench) -> list[Segment]:
    """Return the pictures on the timeline that the clause names, or all of them if it names none."""
    named = mentions(clause, bench)
    urls = {asset.url for asset in named.uploads}
    shown = pictures(bench.draft)
    return [s for s in shown if s["id"] in named.segments or s.get("src") in urls] or shown


def span(clause: Clause, bench: Bench) -> tuple[int, int]:
    """Return start and end of what the clause names, in milliseconds; without a picture, of everything."""
    chosen = aimed(clause, bench)
    if not chosen or len(chosen) == len(pictures(bench.draft)):
        return 0, total(bench.draft)
    return min(s["s"] for s in chosen), max(end(s) for s in chosen)
