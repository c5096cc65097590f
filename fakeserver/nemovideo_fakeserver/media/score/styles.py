"""Genres: the groove, the feel of the harmony, and who plays where a brief leaves it open."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.media.score.rhythm import GROOVES, Groove


@dataclass(frozen=True, slots=True)
class Style:
    """`feel` names a family of progressions; with `sevenths` chords have four tones.

    `flowing` players break their chords into single notes. `echo` is how loud a melody comes back.
    """

    groove: Groove
    mood: str
    instruments: tuple[str, ...]
    feel: str = ""
    sevenths: bool = False
    flowing: bool = False
    echo: float = 0.0


PLAIN = Style(GROOVES["straight"], "upbeat", ("piano", "drums", "bass"))

_BEAT = ("synth", "drums", "bass")

STYLES = {
    "lo-fi hip hop": Style(
        GROOVES["lazy"], "calm", ("electric piano", "drums", "bass"), "smooth", sevenths=True
    ),
    "lo-fi": Style(
        GROOVES["lazy"], "calm", ("electric piano", "drums", "bass"), "smooth", sevenths=True
    ),
    "hip hop": Style(GROOVES["boom"], "confident", ("drums", "bass", "synth")),
    "jazz": Style(
        GROOVES["swing"], "smooth", ("piano", "saxophone", "bass"), "smooth", sevenths=True
    ),
    "rock": Style(GROOVES["rock"], "energetic", ("electric guitar", "drums", "bass")),
    "electronic": Style(GROOVES["four"], "energetic", _BEAT, echo=0.3),
    "house": Style(GROOVES["four"], "groovy", _BEAT, sevenths=True, echo=0.25),
    "techno": Style(GROOVES["driving"], "driving", ("synth", "drums"), echo=0.35),
    "trap": Style(GROOVES["trap"], "dark", ("drums", "bass", "synth"), echo=0.2),
    "synthwave": Style(GROOVES["driving"], "nostalgic", _BEAT, echo=0.35),
    "ambient": Style(GROOVES["still"], "peaceful", ("pads",), "gentle", flowing=True, echo=0.4),
    "orchestral": Style(GROOVES["grand"], "epic", ("strings", "brass", "timpani")),
    "classical": Style(GROOVES["still"], "graceful", ("piano", "strings"), "gentle", flowing=True),
    "cinematic": Style(
        GROOVES["grand"], "epic", ("strings", "piano"), "gentle", flowing=True, echo=0.2
    ),
    "acoustic": Style(GROOVES["strummed"], "warm", ("acoustic guitar",), flowing=True),
    "folk": Style(GROOVES["strummed"], "warm", ("acoustic guitar", "violin"), flowing=True),
    "country": Style(GROOVES["strummed"], "warm", ("acoustic guitar", "drums")),
    "pop": Style(GROOVES["straight"], "upbeat", _BEAT, echo=0.2),
    "corporate": Style(GROOVES["straight"], "upbeat", ("piano", "acoustic guitar", "drums")),
    "funk": Style(
        GROOVES["funk"], "groovy", ("bass", "electric guitar", "drums"), "smooth", sevenths=True
    ),
    "disco": Style(GROOVES["disco"], "groovy", ("bass", "strings", "drums")),
    "ballad": Style(GROOVES["strummed"], "soft", ("piano", "strings"), "gentle", flowing=True),
    "blues": Style(
        GROOVES["shuffle"], "melancholic", ("electric guitar", "drums"), "blue", sevenths=True
    ),
    "soul": Style(
        GROOVES["lazy"], "warm", ("electric piano", "bass", "drums"), "smooth", sevenths=True
    ),
    "reggae": Style(GROOVES["offbeat"], "relaxed", ("electric guitar", "bass", "drums")),
    "latin": Style(GROOVES["latin"], "playful", ("acoustic guitar", "drums", "brass")),
    "bossa nova": Style(
        GROOVES["bossa"], "relaxed", ("acoustic guitar", "piano"), "smooth", sevenths=True
    ),
    "metal": Style(GROOVES["heavy"], "aggressive", ("electric guitar", "drums", "bass")),
    "guofeng": Style(
        GROOVES["strummed"], "graceful", ("guzheng", "flute"), "gentle", flowing=True, echo=0.25
    ),
    "waltz": Style(GROOVES["waltz"], "graceful", ("piano", "strings"), "gentle"),
}

FITTING = ("cinematic", "lo-fi", "ambient", "electronic", "acoustic")
"""What is drawn from when a brief names neither genre nor instruments."""
