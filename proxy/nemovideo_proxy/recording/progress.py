"""What a person, or a program, is told of each interaction and of the whole. No value of anybody's is in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nemovideo_proxy.model import Interaction, Response
from nemovideo_proxy.recording import media_kinds
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.signature import signature_of

_EVENT = re.compile(rb"(?:^|\n)[^\r\n][^\r\n]*\r?\n(?=\r?\n)")


@dataclass(slots=True, kw_only=True)
class Progress:
    """Says a line for each interaction by `say`; as JSON, or in words."""

    say: Callable[[str], None]
    guard: Guard
    as_json: bool = False
    interactions: int = 0
    frames: int = 0
    ends: Counter[str] = field(default_factory=Counter)

    def ready(self, url: str, told: dict[str, Any], advice: str) -> None:
        """Say that the recording has begun."""
        self._event("ready", {"url": url, **told}, advice)

    def done(self, interaction: Interaction) -> None:
        """Say what was recorded."""
        frames = frames_of(interaction.response)
        self.interactions += 1
        self.frames += frames
        self.ends[interaction.end] += 1
        told = self._told(interaction, frames)
        credits_ = "" if self.guard.limit is None else f", {self.guard.spent:g} credits so far"
        status = told["status"] or "no reply"
        counted = f", {frames} frame{'' if frames == 1 else 's'}" if frames else ""
        end = "" if interaction.end == "eof" else f", {interaction.end}"
        self._event(
            "interaction",
            told,
            f"{interaction.number:4} {told['method']} {told['shape']}: {status}{counted}, "
            f"{interaction.ended:.3f} s{end}{credits_}",
        )

    def would(self, text: str) -> None:
        """Show what would be written."""
        self._event("would-write", {"document": text}, text.rstrip("\n"))

    def ended(self, told: dict[str, Any], words: str) -> None:
        """Say what the whole came to."""
        self._event("end", told, words)

    def _told(self, interaction: Interaction, frames: int) -> dict[str, Any]:
        signature = signature_of(interaction.request)
        told: dict[str, Any] = {
            "number": interaction.number,
            "method": signature.method,
            "shape": signature.shape,
            "status": None if interaction.response is None else interaction.response.status,
            "frames": frames,
            "seconds": interaction.ended,
            "end": interaction.end,
        }
        if self.guard.limit is not None:
            told["credits"] = self.guard.spent
        return told

    def _event(self, event: str, told: dict[str, Any], words: str) -> None:
        self.say(json.dumps({"event": event, **told}) if self.as_json else words)


def frames_of(response: Response | None) -> int:
    """Return how many frames of a stream came whole."""
    if response is None or not isinstance(response.body, bytes):
        return 0
    if not media_kinds.is_stream(media_kinds.content_type_of(response.headers)):
        return 0
    return len(_EVENT.findall(response.body))
