"""From what msgspec says of a document that does not fit to a sentence a person can act on."""

from __future__ import annotations

import difflib
import re
from typing import Any

import msgspec
from msgspec.structs import fields

from nemovideo_proxy.cassette import forms
from nemovideo_proxy.cassette.broken import BrokenCassette
from nemovideo_proxy.cassette.yaml_reading import Text

_PLACE = re.compile(r" - at `\$([^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[([0-9]+)\]")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")

_FORMS: dict[str, type[forms.Form]] = {
    "request": forms.RequestForm,
    "response": forms.ResponseForm,
    "multipart": forms.MultipartForm,
    "parts": forms.PartForm,
    "frames": forms.FrameForm,
    "file": forms.FileForm,
}
"""What stands under a key."""


def explained(
    problem: msgspec.ValidationError, text: Text, kind: type[forms.Form]
) -> BrokenCassette:
    """Return the error for a document that should have been a `kind`."""
    said = str(problem)
    place = _PLACE.search(said)
    what = said[: place.start()] if place else said
    steps = _steps(place[1] if place else "")
    if unknown := _UNKNOWN.search(what):
        return _unknown(text, steps, unknown[1], kind)
    what = what[0].lower() + what[1:]
    where = f"`{_spelled(steps)}`: " if steps else ""
    return text.broken(steps, where + what, "docs/cassettes.md says what stands where")


def _unknown(
    text: Text, steps: tuple[str | int, ...], key: str, kind: type[forms.Form]
) -> BrokenCassette:
    names = [step for step in steps if isinstance(step, str)]
    legal = [field.encode_name for field in fields(_FORMS[names[-1]] if names else kind)]
    near = difflib.get_close_matches(key, legal, 1)
    hint = f"did you mean `{near[0]}`?" if near else f"the keys here are {', '.join(legal)}"
    return text.broken((*steps, key), f"`{key}` is no key of {_spelled(steps) or 'this'}", hint)


def _steps(place: str) -> tuple[str | int, ...]:
    return tuple(key or int(number) for key, number in _STEP.findall(place))


def _spelled(steps: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)[1:]


def converted(text: Text, kind: type[Any]) -> Any:
    """Return a document as a `kind`; raises `BrokenCassette`."""
    try:
        return msgspec.convert(text.value, kind)
    except msgspec.ValidationError as problem:
        raise explained(problem, text, kind) from None
