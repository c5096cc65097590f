"""In what a segment differs from what it was, a phrase for each setting.

A setting that people have no word for is told by its key in the draft, if that is a plain word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from nemovideo_client.draft.phrases import Voice, number
from nemovideo_client.draft.telling import quoted
from nemovideo_client.draft.timeline import Segment
from nemovideo_client.models import Json

Phrase: TypeAlias = Callable[[Any, Any, Voice], str]
"""Says what a setting was and is."""

_PLAIN_WORD = re.compile(r"[a-z]{3,20}(?:[_ ][a-z]{2,20}){0,2}")
_MOST_KEYS = 4


def differences(
    before: Segment, after: Segment, voice: Voice, *, moved: bool = True
) -> tuple[str, ...] | None:
    """Return what is different in phrases, none where there is no word for it; None: nothing is.

    Unless `moved`, another start is no difference.
    """
    rows = {key: row for key, row in _ROWS.items() if moved or key != "s"}
    told = {
        key: phrase(was, now, voice)
        for key, (field, phrase) in rows.items()
        if (was := getattr(before, field)) != (now := getattr(after, field))
    }
    ignored = told.keys() if moved else {*told, "s"}
    other = [key for key in altered(before.keys, after.keys) if key not in ignored]
    if not told and not other:
        return None
    changed = {key: (before.keys.get(key), after.keys.get(key)) for key in other}
    return (*told.values(), *(_changed(word, changed, voice) for word in _plain(other)))


def altered(before: Json, after: Json) -> Iterator[str]:
    """Yield the keys under which two objects differ."""
    absent = object()
    for key in {**after, **before}:
        if before.get(key, absent) != after.get(key, absent):
            yield key


def plain_words(keys: list[str], voice: Voice) -> tuple[str, ...]:
    """Return the first few of the keys that are plain words, as people would say them."""
    return tuple(_spoken(key, voice) for key in _plain(keys))


def _plain(keys: list[str]) -> list[str]:
    return [key for key in keys if _PLAIN_WORD.fullmatch(key)][:_MOST_KEYS]


def _spoken(key: str, voice: Voice) -> str:
    return voice.word(key).replace("_", " ")


def _changed(key: str, values: dict[str, tuple[Any, Any]], voice: Voice) -> str:
    """Return what a key was and is where both can be said, else the key: `BPM 80 → 70`."""
    was, now = (_sayable(value) for value in values[key])
    word = _spoken(key, voice)
    return voice.say("turned", word, was, now) if was and now else word


def _sayable(value: Any) -> str | None:
    """Return a short text or a number as one would say it; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = value if isinstance(value, str) else number(value)
    return text if 0 < len(text) <= 30 and text.isprintable() else None


def _turned(noun: str, form: Callable[[Any, Voice], str]) -> Phrase:
    """Return the phrase `volume 100% → 35%`."""

    def phrase(was: Any, now: Any, voice: Voice) -> str:
        if now is None:
            return voice.say("no", voice.say(noun))
        if was is None:
            return voice.say("set", voice.say(noun), form(now, voice))
        return voice.say("turned", voice.say(noun), form(was, voice), form(now, voice))

    return phrase


def _seconds(milliseconds: int, voice: Voice) -> str:
    return voice.seconds(milliseconds)


def _lasting(was: int | None, now: int | None, voice: Voice) -> str:
    if was is None or now is None:
        return _turned("duration", _seconds)(was, now, voice)
    verb = "shortened" if now < was else "lengthened"
    return voice.say(verb, voice.seconds(was), voice.seconds(now))


def _moved(was: int, now: int, voice: Voice) -> str:
    return voice.say("moved", voice.seconds(was), voice.seconds(now))


def _replaced(_was: object, _now: object, voice: Voice) -> str:
    return voice.say("replaced")


def _said(key: str) -> Callable[[float, Voice], str]:
    return lambda value, voice: voice.say(key, number(value))


def _word(value: str, voice: Voice) -> str:
    return voice.word(value)


_ROWS: dict[str, tuple[str, Phrase]] = {
    "name": ("name", _turned("name", quoted)),
    "text": ("text", _turned("words", quoted)),
    "src": ("source", _replaced),
    "s": ("start", _moved),
    "d": ("duration", _lasting),
    "in": ("offset", _turned("offset", _seconds)),
    "volume": ("volume", _turned("loudness", _said("percent"))),
    "speed": ("speed", _turned("pace", _said("times"))),
    "color": ("color", _turned("color", _word)),
    "position": ("position", _turned("position", _word)),
    "size": ("size", _turned("letters", _said("size"))),
    "fade_in": ("fade_in", _turned("fade in", _seconds)),
    "fade_out": ("fade_out", _turned("fade out", _seconds)),
}
"""What is said of each key: the field of a segment it is read into, and the phrase."""
