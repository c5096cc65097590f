"""How replies are worded otherwise: with an envelope, another or none, and with less in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

Change: TypeAlias = Callable[[Any], Any]


def bare(told: Any) -> Any:
    """Leave the envelope out, as 55942617650 and 57416889069 read it."""
    return told["data"]


def success(told: Any) -> Any:
    """Put `success` in the place of `code` (52127510908, for renders)."""
    return {"success": True, "data": told["data"]}


def of_render(**fields: Any) -> Change:
    """Say something else of a render, wherever that is told: at the top, in `data`, or in both."""

    def change(told: Any) -> Any:
        data = told.get("data")
        inner = {"data": data | fields} if data else {}
        return told | inner | (fields if "status" in told else {})

    return change


def linked(url: str) -> Change:
    """Let the link to a finished film be this one, wherever it is told."""

    def change(told: Any) -> Any:
        if "output" in told:
            told = told | {"output": {"url": url}}
        if "outputUrl" in (told.get("data") or {}):
            told = told | {"data": told["data"] | {"outputUrl": url}}
        return told

    return change


def without(*names: str) -> Change:
    """Leave fields of the data out."""
    return lambda told: {
        **told,
        "data": {name: value for name, value in told["data"].items() if name not in names},
    }


ENVELOPES = pytest.mark.parametrize("change", [bare, success])
