"""Small drafts to be rendered: whoever sends one need not pay for an edit first."""

from __future__ import annotations

from typing import Any


def card(milliseconds: int = 1000, *, width: int = 64, height: int = 36) -> dict[str, Any]:
    """Return the draft of a film with one clip that is a card."""
    clip = {"id": "seg_1", "s": 0, "d": milliseconds, "in": 0, "m": {"name": "card"}}
    return {
        "t": [{"tt": 0, "sg": [clip]}],
        "d": milliseconds,
        "m": {"title": "card", "width": width, "height": height},
    }


def showing(url: str, milliseconds: int) -> dict[str, Any]:
    """Return the draft of a film that shows an upload."""
    draft = card(milliseconds)
    draft["t"][0]["sg"][0]["src"] = url
    return draft


def titled(text: str) -> dict[str, Any]:
    """Return the draft of a film with a title."""
    draft = card()
    title = {"id": "seg_2", "s": 0, "d": 500, "m": {"text": text, "color": "white"}}
    draft["t"].append({"tt": 7, "sg": [title]})
    return draft


EMPTY: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no tracks": {"t": []},
    "no segments": {"t": [{"tt": 0, "sg": []}], "d": 0},
}
"""Drafts that are not ready for export: no track has a segment."""
