"""The words of a draft as SRT or WebVTT; no render is needed for it (public skill page 51934287673).

Where some texts are subtitles, titles are left out; where none is, all texts are told. A text without
a length lasts until the end of the timeline.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from nemovideo_client.draft.telling import SUBTITLE
from nemovideo_client.draft.timeline import Segment, Timeline, read
from nemovideo_client.models import Json


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines that are shown from `start` to `end`, in milliseconds."""

    start: int
    end: int
    lines: tuple[str, ...]


def srt(draft: Json) -> str:
    """Return the subtitles as SubRip, or "" where there is none."""
    blocks = (
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{_srt_text(cue)}\n"
        for number, cue in enumerate(cues(draft), 1)
    )
    return "\n".join(blocks)


def vtt(draft: Json) -> str:
    """Return the subtitles as WebVTT, or "" where there is none."""
    blocks = [
        f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n{_vtt_text(cue)}\n"
        for cue in cues(draft)
    ]
    return "\n".join(("WEBVTT\n", *blocks)) if blocks else ""


def cues(draft: Json) -> list[Cue]:
    """Return what is shown and when, by start; they may overlap. Texts without words are left out."""
    line = read(draft)
    texts = [s for s in line.segments if s.kind == "text"]
    spoken = [s for s in texts if s.role == SUBTITLE] or texts
    found = [Cue(s.start, _end(s, line), _lines(s.text or "")) for s in spoken]
    return sorted(
        (cue for cue in found if cue.lines and cue.end > cue.start),
        key=lambda cue: (cue.start, cue.end),
    )


def _end(segment: Segment, line: Timeline) -> int:
    return segment.end if segment.duration else line.duration or 0


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that have something on them: a blank one would end the cue."""
    cleaned = (" ".join(_printable(line).split()) for line in text.splitlines())
    return tuple(line for line in cleaned if line)


def _printable(text: str) -> str:
    """Return the text without control characters and halves of characters, which no file can hold."""
    return "".join(c for c in text if c == "\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _time(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1_000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def _srt_text(cue: Cue) -> str:
    """SubRip has no escapes, and an arrow would begin a cue in some readers."""
    return "\n".join(cue.lines).replace("-->", "→")


def _vtt_text(cue: Cue) -> str:
    text = "\n".join(cue.lines)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
