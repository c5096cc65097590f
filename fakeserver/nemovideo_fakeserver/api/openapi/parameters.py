"""The variable parts of paths, by name, and the headers that requests bring."""

from __future__ import annotations

from nemovideo_fakeserver.api.attribution import ATTRIBUTION
from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi.schema import Schema, said, text

_IN_PATHS: dict[str, tuple[str, str]] = {
    "user": ("`me`, or the caller's own user id", "me"),
    "session": ("A session's id", examples.SESSION),
    "render": ("The id a render was ordered under", examples.RENDER),
    "token": ("A token's public id", examples.TOKEN_ID),
    "key": ("What makes the address unguessable", "9b1f6c2e8d4a4f0c"),
    "name": ("A file's name", "beach.mp4"),
    "account": ("An account's id, or its user id", examples.USER),
    "fault": ("The id a fault was armed under", "f1"),
}


def of_path(path: str) -> list[Schema]:
    """Describe the variable parts of a path."""
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [_part(name) for name in names]


def _part(name: str) -> Schema:
    says, example = _IN_PATHS[name]
    schema = text(minLength=1)
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": says,
        "schema": schema,
        "example": example,
    }


def header(name: str, schema: Schema, says: str, *, required: bool = False) -> Schema:
    """Describe a header of a request."""
    told: Schema = {"name": name, "in": "header", "description": says, "schema": schema}
    return {**told, "required": True} if required else told


def query(name: str, schema: Schema, says: str) -> Schema:
    """Describe a parameter of the query, which may be left out."""
    return {"name": name, "in": "query", "description": says, "schema": schema}


def attribution(*, required: bool) -> tuple[Schema, ...]:
    """Describe the three headers that say which skill is behind a request."""
    told = ("the skill's name", "the skill's version", "where the skill runs, or unknown")
    values = ("topmediai-ai-music-generator", "1.0.0", "unknown")
    return tuple(
        header(name, said(most=4000, examples=[value]), f"Attribution: {what}", required=required)
        for name, what, value in zip(ATTRIBUTION, told, values, strict=True)
    )
