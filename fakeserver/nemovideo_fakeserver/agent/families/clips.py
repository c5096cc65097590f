"""Clips on the timeline: put uploads there, or make a slideshow or a montage of them.

Law: only uploads are laid here; a slideshow and a montage start the timeline afresh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.generation import DESCRIBED as _DESCRIBED
from nemovideo_fakeserver.agent.families.music import is_musical
from nemovideo_fakeserver.agent.reading import lengths, nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.marks import FILE
from nemovideo_fakeserver.agent.reading.quantities import DURATION, clamp, take_length
from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.agent.stage.staging import joins, lay, nothing_to_edit
from nemovideo_fakeserver.agent.stage.targets import mentions, visible, without_ordinals
from nemovideo_fakeserver.agent.stage.timeline import cut, pictures, total
from nemovideo_fakeserver.core.assets import Asset

SHORTEST_MS = 1_000

_PUT = re.compile(
    rf"{nouns.ADD}|拼在|合在|连[在起]|\b(?:stitch|append|join|combine|merge|open|process|edit|load|work on|switch to|start with|(?:go )?back to|return to|do)\b|回到|只用|拼接|合并|追加|处理|编辑|打开|连接|[放加]到|[放加]在|接在"
)
_SLIDES = re.compile(r"\bslide ?show|幻灯片|相册|轮播")
_MONTAGE = re.compile(
    r"\b(?:montage|compilation|highlights?(?: reel)?|recap|mashup)\b|混剪|集锦|合集|剪辑成|拼成|做成"
)
_OURS = re.compile(r"\b(?:my|these|those|our|uploaded|the|all)\b|我|这些|上传|所有|全部")
_MAKE = re.compile(rf"{nouns.CREATE}|\bturn\b|做成|剪成|拼成|剪辑成")
_ANY_VIDEO = re.compile(r"\b(?:a|an|some) (?:new )?(?:[\w-]+ ){0,4}video\b")
_STILLS = re.compile(r"\b(?:photos?|pictures?|images?|pics?|stills?)\b|照片|图片|相片")
_TOGETHER = re.compile(
    r"\b(?:merge|join|combine|stitch|put) (?:them|these|those|everything|it all)\b|拼在一起|合在一起|连在一起|连起来"
)
_ONLY = re.compile(r"\b(?:only|just)\b|只")
_BESIDES = re.compile(
    rf"{FILE}|\b(?:now|only|just|please|pls|then|the|my|on|to|onto|in|timeline|first|next|go|back)\b|{_PUT.pattern}|请|把|将|到|在|上|时间[线轴]|吧|只|要"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipWish:
    """A wish to have uploads on the timeline, plainly, as a `slideshow` or as a `montage` with music."""

    clause: Clause
    how: Literal["plain", "slideshow", "montage"]


def recognise(clause: Clause, bench: Bench) -> ClipWish | None:
    """Take what puts the user's own clips on the timeline."""
    lowered = clause.lowered
    uploads = visible(bench)
    if _SLIDES.search(lowered) and (uploads or _OURS.search(lowered)):
        return ClipWish(clause=clause, how="slideshow")
    if _MAKE.search(lowered) and (
        (_montage(lowered) and uploads) or (nouns.head(lowered) != "music" and _of_ours(lowered))
    ):
        return ClipWish(clause=clause, how="montage")
    meant = bool(mentions(clause, bench)) and not _BESIDES.sub(
        " ", without_ordinals(lowered)
    ).strip(" ,.!。")
    named = (
        nouns.head(lowered) == "picture"
        or _names_picture(clause)
        or meant
        or _TOGETHER.search(lowered)
    )
    if lengths.changed(re.sub(DURATION, "", lowered), 2_000) is not None:
        return None
    if _DESCRIBED.search(lowered) or (
        not _names_only(lowered) and is_musical(lowered, wished=True)
    ):
        return None
    if clause.files and all(asset.kind == "audio" for asset in clause.files):
        return None
    put = _PUT.search(lowered) or (meant and _ONLY.search(lowered))
    plain = put and named and not clause.quotes and not _ANY_VIDEO.search(lowered)
    return ClipWish(clause=clause, how="plain") if plain else None


def _names_only(lowered: str) -> bool:
    """Say whether nothing is said of music that is to go `with` the clips."""
    return re.search(r"\bwith\b|配", lowered) is None


def _names_picture(clause: Clause) -> bool:
    """Say whether what is put is a file that shows something; an audio file is music."""
    shows = any(asset.kind != "audio" for asset in clause.files)
    return shows and re.search(FILE, nouns.subject(clause.lowered)) is not None


def _montage(lowered: str) -> bool:
    return nouns.head(lowered) == "picture" and _MONTAGE.search(lowered) is not None


def _of_ours(lowered: str) -> bool:
    """`make a video from my clips`, `generate my video`: a film of the user's own material."""
    own = r"(?:from|of|with|out of|using) (?:all )?(?:my|these|the uploaded|our) (?:[\w-]+ ){0,2}?(?:clips?|photos?|videos?|footage|pictures?|images?|files?|uploads?)\b"
    bare = r"(?:generat|creat|生成|制作|创作)(?:e|ing)? ?(?:my|我的) ?(?:video|clip|film|视频|影片|短片)"
    return (
        re.search(
            rf"{own}|{bare}|[用把将].{{0,6}}(?:我的|上传的|这些).{{0,8}}(?:做成|生成|制作|剪成)",
            lowered,
        )
        is not None
    )


def perform(request: ClipWish, bench: Bench) -> Deeds:
    """Lay the clips."""
    chosen = _chosen(request, bench)
    if not visible(bench):
        return (nothing_to_edit(bench),)
    if not chosen:
        return (
            bench.answer(
                "Those clips are on the timeline already. Drag them in the timeline panel to rearrange.",
                "这些素材已经在时间线上了，可以在时间线面板里拖拽调整顺序。",
            ),
        )
    length, _ = take_length(request.clause.lowered)
    each = None if length is None else int(clamp(length, SHORTEST_MS, lengths.LONGEST_MS))
    if request.how == "montage":
        return _montaged(bench, chosen, each)
    named = bool(mentions(request.clause, bench))
    alone = named and (_alone(request.clause) or not _adds(request.clause))
    fresh = request.how == "slideshow" or alone
    return (lay(bench, chosen, each_ms=each, fresh=fresh),)


def _adds(clause: Clause) -> bool:
    return joins(clause) or re.search(r"\badd|\bput\b|添加|加|放", clause.lowered) is not None


def _alone(clause: Clause) -> bool:
    """Say whether the clips named are to be the only ones."""
    return _ONLY.search(clause.lowered) is not None and not joins(clause)


def _chosen(request: ClipWish, bench: Bench) -> tuple[Asset, ...]:
    """Return what is to be laid: the clips named, else the photos or all, as far as not yet there."""
    named = mentions(request.clause, bench).uploads
    stills = tuple(a for a in visible(bench) if a.kind == "image")
    wanted = named or (
        stills if _STILLS.search(request.clause.lowered) and stills else visible(bench)
    )
    if request.how != "plain" or re.search(r"\bagain\b|再次|再放", request.clause.lowered):
        return wanted
    there = {s.get("src") for s in pictures(bench.draft)}
    if named and _alone(request.clause) and there - {a.url for a in named}:
        return wanted
    return tuple(a for a in wanted if a.url not in there)


def _montaged(bench: Bench, chosen: Sequence[Asset], ms: int | None) -> Deeds:
    """Lay the clips afresh, cut to the length asked for; `embellishment` adds music that fits."""
    laid = lay(bench, chosen, fresh=True)
    laid = replace(laid, facts={**laid.facts, "montage": True})
    there = bench.after(laid)
    if ms is not None and total(there.draft) > ms:
        laid = replace(laid, operations=(*laid.operations, *cut(there, ms, total(there.draft))))
    return (laid,)


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
