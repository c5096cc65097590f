"""How programs write JSON: a value and the name of a style give back the same bytes.

Law: only what gives back the same bytes is taken. A key twice, `1.00`, `NaN`, an escape nobody needs: such
a body is text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, NoReturn, TypeAlias, get_args

Style: TypeAlias = Literal[
    "compact",
    "compact ascii",
    "spaced ascii",
    "spaced",
    "indented",
    "indented ascii",
    "compact newline",
    "compact ascii newline",
    "spaced ascii newline",
    "spaced newline",
    "indented newline",
    "indented ascii newline",
]
"""`compact` has no white space, `spaced` what Python's `json.dumps` has, `indented` two spaces a level.
`ascii` escapes all else, `newline` ends with one."""

STYLES: tuple[Style, ...] = get_args(Style)
PLAIN: Style = "compact"
"""The style that need not be named."""

ON_A_LINE: tuple[Style, ...] = ("compact", "compact ascii", "spaced ascii", "spaced")
"""The styles without a line break."""

_SEPARATORS = {"compact": (",", ":"), "spaced": (", ", ": "), "indented": (",", ": ")}


def _encoder(style: Style) -> json.JSONEncoder:
    words = style.split()
    return json.JSONEncoder(
        ensure_ascii="ascii" in words,
        separators=_SEPARATORS[words[0]],
        indent=2 if words[0] == "indented" else None,
        allow_nan=False,
    )


_ENCODERS = {style: (_encoder(style), "\n" * style.endswith("newline")) for style in STYLES}


def given(value: Any, style: Style = PLAIN) -> str:
    """Return the JSON text of a value; raises ValueError where it is none."""
    encoder, tail = _ENCODERS[style]
    return encoder.encode(value) + tail


def taken(text: str, styles: Iterable[Style] = STYLES) -> tuple[Any, Style] | None:
    """Return the value and the style that give back `text`, or None."""
    try:
        value = json.loads(text, parse_constant=_refuse)
        found = next((style for style in styles if given(value, style) == text), None)
    except (ValueError, RecursionError):
        return None
    return None if found is None else (value, found)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
