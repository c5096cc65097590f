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


def without(*names: str) -> Change:
    """Leave fields of the data out."""
    return lambda told: {
        **told,
        "data": {name: value for name, value in told["data"].items() if name not in names},
    }


ENVELOPES = pytest.mark.parametrize("change", [bare, success])
