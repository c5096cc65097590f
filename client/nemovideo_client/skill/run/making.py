"""Values of our own making, for what a user, a machine or the moment would give."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from nemovideo_client.skill import wording
from nemovideo_client.skill.document.parts import Document
from nemovideo_client.skill.run import media

FIRST_TIME = 1_988_000_000
"""Seconds since 1970: what `date +%s` is said to print first; one more each time."""

MESSAGE = "Make a 30-second lo-fi loop at 80 BPM"
LONGEST_MESSAGE = 200

ADDRESSES: Mapping[str, str] = MappingProxyType(
    {
        "png": "https://example.com/photo.png",
        "wav": "https://example.com/song.mp3",
        "avi": "https://example.com/clip.mp4",
    }
)
"""What is sent as the address of a medium; the fake fetches none of it."""


class Maker:
    """Makes values for one run: the same ones in each."""

    def __init__(self, base: str, folder: Path, document: Document) -> None:
        front = document.front
        self._folder = folder
        self._times = 0
        self._fixed = {
            "base": base,
            "web": base,
            "client_id": str(uuid.uuid5(uuid.NAMESPACE_URL, "nemo-client skill check")),
            "message": message(document),
            "language": "en",
            "platform": "unknown",
            "name": front.name if front else "unknown",
            "version": front.version if front else "0",
        }

    def make(self, what: str, name: str) -> str | None:
        """Return a value with a meaning, for somebody who calls it `name`; None if that is not ours to make."""
        if what == "time":
            self._times += 1
            return str(FIRST_TIME + self._times)
        if what == "file":
            return str(media.make(self._folder, name))
        if what == "url":
            return ADDRESSES[media.kind(name)]
        return self._fixed.get(what)


def message(document: Document) -> str:
    """Return the first thing that the skill suggests to say, without what would have to be escaped."""
    said = wording.try_saying(document.text)
    short = (line for line in (*said.en, *said.zh) if len(line) <= LONGEST_MESSAGE)
    return "".join(sign for sign in next(short, MESSAGE) if sign not in '"\\`$')
