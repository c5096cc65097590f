"""docs/draft.md knows every key that the agent writes, and no other."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from nemovideo_fakeserver.core.draft import AUDIO, TEMPI, TEXT, VIDEO
from nemovideo_fakeserver.media.timeline.reading import BRIEF
from support.conversation import Conversation, upload

PAGE = (Path(__file__).parents[2] / "docs" / "draft.md").read_text(encoding="utf-8")
TRACKS = {"video": VIDEO, "audio": AUDIO, "text": TEXT}

CORPUS = (
    "generate a 5-second video of a cat",
    "add both clips to the timeline and slow a.mp4 down to half speed",
    "brightness +20, contrast +10, saturation -5, temperature 8 and sharpness 12",
    "apply a sepia filter",
    "add a crossfade between the clips",
    "fade in the video over 1 second and fade out the video over 1 second",
    "create a 60 second lo-fi loop at 80 BPM in C minor with piano, intro, build, finale, drop at 30 seconds",
    "more bass",
    "duck the music under the voice by 40%",
    "fade in the music over 2 seconds and fade out the music over 3 seconds",
    'add a bold italic title "Hi" in neon blue at the top left, 40pt, fade in 1 second, fade out 1 second',
    "add subtitles in Spanish",
)


def documented() -> dict[int, set[str]]:
    """Return the keys of the table that are written, by the type of track."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for cells in re.findall(r"^\| (`m\..*?) \| (.*?) \| (.*?) \|", PAGE, re.MULTILINE):
        names, tracks, values = cells
        if "not written" in values:
            continue
        for track in TRACKS if tracks == "any" else tracks.split(", "):
            found[TRACKS[track]] |= set(re.findall(r"`m\.(\w+)`", names))
    return found


def written() -> dict[int, set[str]]:
    """Return the keys that the drafts of the corpus have, by the type of track."""
    talk = Conversation(upload("a.mp4"), upload("b.mp4"), upload("song.mp3", "audio"))
    found: defaultdict[int, set[str]] = defaultdict(set)
    for message in CORPUS:
        talk.say(message)
        for track in talk.draft.get("t", ()):
            for segment in track["sg"]:
                found[track["tt"]] |= segment["m"].keys()
    return found


@pytest.mark.parametrize("kind", TRACKS)
def test_the_table_has_what_the_agent_writes(kind: str) -> None:
    """Key by key, for each type of track; what only some clients write says so."""
    assert written()[TRACKS[kind]] == documented()[TRACKS[kind]]


def test_the_brief_of_music_is_in_the_table() -> None:
    """All that the composer heeds of a segment."""
    assert set(BRIEF) <= documented()[AUDIO]


def test_the_tempi_are_those_that_are_played() -> None:
    """Slowest and fastest: what agent and composer take for the nearest."""
    row = next(line for line in PAGE.splitlines() if line.startswith("| `m.bpm` |"))

    assert tuple(map(int, re.findall(r"\d+", row))) == TEMPI
