"""What a row of a route table is described by, beyond what the row itself says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from nemovideo_fakeserver.api.control.refusing import Refused
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.refusals import Refusal
from nemovideo_fakeserver.core.variants import Variants

Content: TypeAlias = dict[str, Any]
"""What a body may be: by media type, its schema and examples."""

JSON = "application/json"
HTML = "text/html"
PLAIN = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """One way in which a request succeeds: what comes, with which headers, and which links lead on from it."""

    content: Content = field(default_factory=dict)
    says: str = "As asked."
    headers: Mapping[str, Schema] = field(default_factory=dict)
    links: Mapping[str, Schema] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: its parameters beside those of the path, its body, what it gives by HTTP status.

    `refuses` are the ways it says no beside those that follow from the row: from its scope, its body, the
    names in its path. A body that is not `demanded` may be left out.
    """

    gives: Mapping[int, Success]
    parameters: tuple[Schema, ...] = ()
    body: Content = field(default_factory=dict)
    demanded: bool = True
    refuses: tuple[type[Refusal | Refused], ...] = ()


class Noun(Protocol):
    """A module that describes the routes of one noun; `ABOUT` is a sentence, `SCHEMAS` are shared by name."""

    __name__: str

    @property
    def ABOUT(self) -> str:  # noqa: N802 a constant of the module
        """What the noun is."""
        ...

    @property
    def SCHEMAS(self) -> Mapping[str, Schema]:  # noqa: N802 a constant of the module
        """The schemas its operations refer to."""
        ...

    @property
    def operations(self) -> Callable[[Variants], Mapping[str, Operation]]:
        """Return the operations of a world that follows these variants, by the names of their routes."""
        ...


def json(schema: Schema, **examples: Any) -> Content:
    """A JSON body of this schema; examples by name."""
    return media(JSON, schema, **examples)


def media(kind: str, schema: Schema, **examples: Any) -> Content:
    """A body of this media type; examples by name."""
    told: Schema = {"schema": schema}
    if examples:
        told["examples"] = {name: {"value": value} for name, value in examples.items()}
    return {kind: told}


def ok(schema: Schema, **examples: Any) -> Mapping[int, Success]:
    """Success with a JSON body."""
    return {200: Success(content=json(schema, **examples))}


def leading(schema: Schema, links: Mapping[str, Schema]) -> Mapping[int, Success]:
    """Success with a JSON body from which links lead on."""
    return {200: Success(content=json(schema), links=links)}


def leads_to(line: str, **parameters: str) -> Schema:
    """A link: with what a reply, or its request, says one can go on to the route of that name."""
    return {"operationId": operation_id(line), "parameters": parameters}


def operation_id(line: str) -> str:
    """Return what a route is called where a name must be one word: `getApiTokens`."""
    method, path = line.split()
    words = re.findall(r"[A-Za-z0-9]+", path)
    return method.lower() + "".join(word.capitalize() for word in words)
