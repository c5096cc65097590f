"""A JSON object per line, for programs. Control characters stay, escaped: nothing is lost."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from nemovideo_client.display import Problem, Shown, Working
from nemovideo_client.errors import NemoError
from nemovideo_client.models import Json

MEBIBYTE = 1 << 20
FACTS = ("code", "next_step", "render_id", "link")
"""What a program may want to know of an error that has it."""


class JsonFront:
    """Prints what is shown as `{"show": ...}`, and at last `{"result": ...}`."""

    def __init__(self) -> None:
        self._reached: tuple[str, int] | None = None

    def show(self, thing: Shown) -> None:
        """Print a thing; of a progress, a line for each per cent."""
        if isinstance(thing, Working):
            reached = _reached(thing)
            if reached == self._reached:
                return
            self._reached = reached
        _print({"show": type(thing).__name__.lower(), **_fields(thing)})

    def result(self, value: Json | None) -> None:
        """Print what it came to."""
        _print({"result": value})

    def close(self) -> None:
        """Do nothing: every line is whole."""


def _print(value: Json) -> None:
    print(json.dumps(value), flush=True)


def _reached(thing: Working) -> tuple[str, int]:
    share = 100 * thing.done // thing.total if thing.total else thing.done // MEBIBYTE
    return thing.stage, share


def _fields(thing: Shown) -> Json:
    """Return the fields of a thing, under their own names, as far as JSON has their kind."""
    if isinstance(thing, Problem):
        return {"text": thing.text, "error": type(thing.error).__name__, **_facts(thing.error)}
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _facts(error: NemoError) -> Json:
    told = {name: getattr(error, name, None) for name in FACTS}
    return {name: value for name, value in told.items() if value}
