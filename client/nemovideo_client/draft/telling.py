"""What people call a segment, and what they hear of how it is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemovideo_client.draft.phrases import Voice, number
from nemovideo_client.draft.timeline import Segment

SUBTITLE = "subtitle"
"""The `m.role` of a text that says what is spoken (assumed)."""


def kind(segment: Segment) -> str:
    """Return which phrase names the segment's kind. Audio is BGM unless its role says otherwise."""
    if segment.kind == "text" and segment.role == SUBTITLE:
        return SUBTITLE
    if segment.kind == "audio" and segment.role not in (None, "bgm"):
        return "sound"
    return segment.kind


def name(segment: Segment, voice: Voice) -> str:
    """Return what the segment is called: the words of a text, else its name."""
    words = segment.text if segment.kind == "text" else segment.name
    return voice.name(words or segment.name or segment.text or "")


def quoted(text: str, voice: Voice) -> str:
    """Return a name in the quotation marks of a sentence."""
    return voice.say("quoted", voice.name(text))


def names(segments: Sequence[Segment], voice: Voice) -> str:
    """Return the quoted names of segments in a row, the first few of them."""
    return voice.few([quoted(name(s, voice), voice) for s in segments])


def span(segments: Sequence[Segment], voice: Voice) -> str:
    """Return from when to when segments last, in seconds."""
    if not any(s.duration for s in segments):
        return voice.say("length unknown")
    return voice.span(min(s.start for s in segments), max(s.end for s in segments))


def settings(segment: Segment, voice: Voice, *, timed: bool = True) -> Iterator[str]:
    """Yield how a segment is set: `white 32pt`, `top-center`, `3s fade-in` (untimed: `fade-in`)."""
    if segment.kind == "audio" and segment.volume is not None:
        yield voice.say("volume", number(segment.volume))
    if segment.speed not in (None, 1):
        yield voice.say("speed", number(segment.speed or 0))
    if segment.kind == "text":
        yield from _look(segment, voice)
    for key, fade in (("fade in", segment.fade_in), ("fade out", segment.fade_out)):
        if fade:
            yield timed_fade(key, fade, voice) if timed else voice.say(key)


def timed_fade(key: str, milliseconds: int, voice: Voice) -> str:
    """Return `3s fade-in`."""
    return voice.say("timed fade", voice.seconds(milliseconds), voice.say(key))


def _look(segment: Segment, voice: Voice) -> Iterator[str]:
    color = [voice.word(segment.color)] if segment.color else []
    size = [voice.say("size", number(segment.size))] if segment.size else []
    if color or size:
        yield ("" if voice.language == "zh" else " ").join(color + size)
    if segment.position:
        yield voice.word(segment.position)
