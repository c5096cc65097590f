"""The timeline in words, one numbered entry for each track that has something on it.

One line for a chat, as all four skills show it; several for a front end, as the vendor skill 4.4 does.
A track of several segments is told by their first names, its span and their number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from nemovideo_client.draft.phrases import Voice, number, voice
from nemovideo_client.draft.telling import kind, name, settings, span
from nemovideo_client.draft.timeline import Segment, Track, read
from nemovideo_client.models import Json

Details: TypeAlias = Callable[[Segment, Voice], tuple[str, ...]]


def summary(draft: Json, language: str = "en") -> str:
    """Return the timeline on one line: `Timeline (1 track): 1. Video: city timelapse (0-10s)`."""
    told = voice(language)
    between = "" if told.language == "zh" else " "
    return between.join(_told(draft, told, heading="timeline", details=_volume))


def lines(draft: Json, language: str = "en") -> tuple[str, ...]:
    """Return the timeline as a heading and a line for each track, with how it is set."""
    return _told(draft, voice(language), heading="current timeline", details=_settings)


def _told(draft: Json, voice: Voice, *, heading: str, details: Details) -> tuple[str, ...]:
    tracks = [track for track in read(draft).tracks if track.segments]
    if not tracks:
        return (voice.say("empty"),)
    entries = (f"{n}. {_entry(track, voice, details)}" for n, track in enumerate(tracks, 1))
    return (voice.say(heading, len(tracks), s="s" * (len(tracks) > 1)), *entries)


def _entry(track: Track, voice: Voice, details: Details) -> str:
    shown = track.segments
    label = voice.say(kind(shown[0])) + voice.say("colon")
    count = (voice.say(f"{track.kind} count", len(shown)),) if len(shown) > 1 else ()
    aside = voice.aside((span(shown, voice), *count, *_shared(shown, voice, details)))
    return label + voice.few([_called(segment, voice) for segment in shown]) + aside


def _called(segment: Segment, voice: Voice) -> str:
    called = name(segment, voice)
    return voice.say("title", called) if segment.kind == "text" else called


def _shared(segments: Sequence[Segment], voice: Voice, details: Details) -> tuple[str, ...]:
    """Return what is so for all segments, or nothing."""
    first, *others = (details(segment, voice) for segment in segments)
    return first if all(other == first for other in others) else ()


def _volume(segment: Segment, _voice: Voice) -> tuple[str, ...]:
    told = segment.kind == "audio" and segment.volume is not None
    return (f"{number(segment.volume or 0)}%",) if told else ()


def _settings(segment: Segment, voice: Voice) -> tuple[str, ...]:
    return tuple(settings(segment, voice, timed=False))
