"""JSON Schema in a few words. Each returns a schema as plain data, in the dialect of OpenAPI 3.1 (2020-12).

`says` is the description, `more` are further keywords as JSON Schema spells them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

INK = r"[^\s\x1c-\x1f]"
"""A character that is no blank, to Python as well as to JavaScript."""


def ref(name: str) -> Schema:
    """The schema of that name among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def text(says: str = "", **more: Any) -> Schema:
    """A string."""
    return _of("string", says, more)


def said(says: str = "", *, most: int = 200, **more: Any) -> Schema:
    """A string that is not blank, of at most so many characters."""
    return text(says, minLength=1, maxLength=most, pattern=INK, **more)


def whole(says: str = "", **more: Any) -> Schema:
    """A whole number, from 0 on unless `more` says otherwise."""
    return _of("integer", says, {"minimum": 0, **more})


def number(says: str = "", **more: Any) -> Schema:
    """A number, from 0 on unless `more` says otherwise."""
    return _of("number", says, {"minimum": 0, **more})


def flag(says: str = "") -> Schema:
    """True or false."""
    return _of("boolean", says, {})


def date(says: str = "") -> Schema:
    """An instant as the documents print it."""
    pattern = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
    return text(says, format="date-time", pattern=pattern, examples=["2033-03-10T03:33:33Z"])


def choice(*words: Any, says: str = "") -> Schema:
    """One of these values."""
    return {"enum": list(words), **_described(says)}


def only(value: Any, says: str = "") -> Schema:
    """One value and no other."""
    return {"const": value, **_described(says)}


def null() -> Schema:
    """Null."""
    return {"type": "null"}


def nullable(schema: Schema) -> Schema:
    """That, or null."""
    return either(schema, null())


def either(*schemas: Schema) -> Schema:
    """One of these or several."""
    return {"anyOf": list(schemas)}


def each(items: Schema, says: str = "", **more: Any) -> Schema:
    """A list of these."""
    return _of("array", says, {"items": items, **more})


def table(values: Schema, says: str = "", **more: Any) -> Schema:
    """An object with any keys and these values."""
    return _of("object", says, {"additionalProperties": values, **more})


def anything(says: str = "") -> Schema:
    """Any JSON value."""
    return _described(says)


def record(
    properties: Mapping[str, Schema],
    says: str = "",
    *,
    optional: Sequence[str] = (),
    **more: Any,
) -> Schema:
    """An object with these keys and no others; all are there but the optional ones."""
    return sheet(
        properties,
        says,
        required=[name for name in properties if name not in optional],
        additionalProperties=False,
        **more,
    )


def sheet(
    properties: Mapping[str, Schema], says: str = "", *, required: Sequence[str] = (), **more: Any
) -> Schema:
    """An object that may have these keys, must have the required ones, and others that nobody minds."""
    told: Schema = {"properties": dict(properties), **more}
    if required:
        told["required"] = list(required)
    return _of("object", says, told)


def _of(kind: str, says: str, more: Mapping[str, Any]) -> Schema:
    return {"type": kind, **_described(says), **more}


def _described(says: str) -> Schema:
    return {"description": says} if says else {}
