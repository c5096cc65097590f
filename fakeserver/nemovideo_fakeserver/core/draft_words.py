"""What an operation on a draft does, in a few words for the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.core.draft import (
    AUDIO,
    TEXT,
    VIDEO,
    Change,
    Describe,
    Operation,
    Order,
    Put,
    Remove,
    end,
    start,
)

_KINDS = {VIDEO: "video", AUDIO: "audio", TEXT: "text"}
_LONGEST = 120


def in_words(operation: Operation) -> str:
    """Return such as `text "Paradise Found" 0-3s` or `seg_2: volume=40`, at most 120 characters."""
    match operation:
        case Put(tt, segment):
            span = f"{start(segment) / 1000:g}-{end(segment) / 1000:g}s"
            words = f"{_KINDS.get(tt, 'other')} {_name(segment)} {span}"
        case Change(id_, patch):
            words = f"{id_}: {_changes(patch)}"
        case Remove(id_):
            words = f"{id_} removed"
        case Order(ids):
            words = f"order: {', '.join(ids)}"
        case Describe(patch):
            words = _changes(patch)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _name(segment: Mapping[str, Any]) -> str:
    about = segment.get("m") or {}
    if "text" in about:
        return f'"{about["text"]}"'
    return str(about.get("name") or segment.get("id"))


def _changes(patch: Mapping[str, Any]) -> str:
    flat = {**{k: v for k, v in patch.items() if k != "m"}, **(patch.get("m") or {})}
    return ", ".join(f"{key}={value}" for key, value in flat.items())
