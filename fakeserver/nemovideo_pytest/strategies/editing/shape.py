"""The shape that a draft must have for somebody to ask for an edit of it.

Keys may be missing, and nobody minds unknown ones. But what is there is of the documented type: nothing can be
foretold of a volume that is no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from nemovideo_pytest.strategies.drafting import Draft

Types: TypeAlias = tuple[type, ...]

NUMBER: Types = (int, float)
TEXT: Types = (str,)
_WORDS: Mapping[Types, str] = {
    NUMBER: "a number",
    TEXT: "a text",
    (list,): "a list",
    (dict,): "a mapping",
}

_DRAFT: Mapping[str, Types] = {"t": (list,), "d": NUMBER, "m": (dict,)}
_TRACK: Mapping[str, Types] = {"tt": NUMBER, "sg": (list,)}
_SEGMENT: Mapping[str, Types] = {
    "s": NUMBER,
    "d": NUMBER,
    "in": NUMBER,
    "src": TEXT,
    "id": TEXT,
    "m": (dict,),
}
_ABOUT: Mapping[str, Types] = {
    **dict.fromkeys(("name", "text", "color", "position", "role"), TEXT),
    **dict.fromkeys(
        ("volume", "duck", "speed", "fade_in", "fade_out", "size", "bpm", "brightness"), NUMBER
    ),
}


def checked(draft: Draft) -> Draft:
    """Return the draft; raises TypeError for what is none, and ValueError for a part of a wrong type."""
    if not isinstance(draft, dict):
        raise TypeError(
            f"edits are asked of one draft, such as PROJECT or {{}}, not of a {type(draft).__name__};"
            " those of any draft are drafts().flatmap(edits)"
        )
    wrong = next(_wrong(draft), None)
    if wrong is not None:
        raise ValueError(f"nothing can be asked of this draft: {wrong} (drafts() draws whole ones)")
    return draft


def _wrong(draft: Draft) -> Iterator[str]:
    """Yield a sentence for each part of a wrong type; a part within it is not looked at before."""
    yield from _differs("the draft", draft, _DRAFT)
    for track in draft.get("t", ()):
        yield from _differs("a track", track, _TRACK)
        for segment in track.get("sg", ()):
            yield from _differs("a segment", segment, _SEGMENT)
            yield from _differs("the m of a segment", segment.get("m", {}), _ABOUT)


def _differs(where: str, found: Any, types: Mapping[str, Types]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where} is {found!r}, not a mapping"
        return
    for key, wanted in types.items():
        if key in found and (not isinstance(found[key], wanted) or isinstance(found[key], bool)):
            yield f"{key} of {where} is {found[key]!r}, not {_WORDS[wanted]}"
