"""The timeline in words, one numbered entry for each track."""

from __future__ import annotations

from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.agent.stage.timeline import SUBTITLE, about
from nemovideo_fakeserver.agent.telling.settings import seconds
from nemovideo_fakeserver.core.draft import AUDIO, TEXT, VIDEO, Segment, end, tracks

_KINDS = {VIDEO: ("Video", "视频"), AUDIO: ("BGM", "背景音乐"), TEXT: ("Title", "标题")}
_MOST = 6


def summary(bench: Bench) -> str:
    """Return what is on the timeline, or that it is empty."""
    listed = tracks(bench.draft)
    if not listed:
        return bench.speak("The timeline is empty so far.", "时间线还是空的。")
    entries = [
        f"{number}. {_entry(track['tt'], track['sg'], bench)}"
        for number, track in enumerate(listed, 1)
    ]
    opening = bench.speak(
        f"Timeline ({len(listed)} track{'s' * (len(listed) > 1)}):",
        f"时间线（{len(listed)}条轨道）：",
    )
    return " ".join((opening, *entries))


def _entry(tt: int, segments: list[Segment], bench: Bench) -> str:
    kind = bench.speak(*_KINDS.get(tt, ("Track", "轨道")))
    if segments and about(segments[0]).get("role") == SUBTITLE:
        kind = bench.speak("Subtitles", "字幕")
    more = ", …" if len(segments) > _MOST else ""
    return f"{kind}: {', '.join(_named(tt, s, bench) for s in segments[:_MOST])}{more}"


def _named(tt: int, segment: Segment, bench: Bench) -> str:
    inner = about(segment)
    name = f'"{inner.get("text", "")}"' if tt == TEXT else str(inner.get("name", ""))
    volume = f", {inner['volume']}%" if tt == AUDIO and "volume" in inner else ""
    return f"{name} ({seconds(segment['s'], end(segment), bench.language)}{volume})"
