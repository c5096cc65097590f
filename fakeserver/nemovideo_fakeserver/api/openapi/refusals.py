"""How refusals look: those of the service in its envelope, those of the control paths in their own shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nemovideo_fakeserver.api.control.refusing import (
    Absent,
    Conflict,
    Forbidden,
    Malformed,
    Refused,
    TooLarge,
)
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.replies import status_of
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.core.refusals import (
    RateLimited,
    Refusal,
    RequestMalformed,
    ScopeMissing,
    SessionUnknown,
    TokenRefused,
)
from nemovideo_fakeserver.core.variants import ErrorHttp
from nemovideo_fakeserver.provenance import REGISTRY

SCHEMAS: Mapping[str, Schema] = {
    "Refusal": js.record(
        {
            "code": js.whole("A business code, or the HTTP status"),
            "message": js.text("What is wrong, and what to do"),
            "data": js.null(),
        },
        "How the service says no (assumed: no document shows it)",
    ),
    "Refused": js.record(
        {
            "fake": js.only("nemovideo"),
            "refused": js.text("What is wrong, and what to do"),
        },
        "How the control paths say no",
    ),
}


def of_service(route: Route, operation: Operation) -> Iterator[type[Refusal]]:
    """Yield the ways a route of the service says no: those that follow from its row, then its own."""
    if route.scope is not None:
        yield from (TokenRefused, ScopeMissing)
    if "{user}" in route.path or "{session}" in route.path:
        yield SessionUnknown
    if route.body != "none":
        yield RequestMalformed
    yield from (kind for kind in operation.refuses if issubclass(kind, Refusal))


def by_status(kinds: Iterable[type[Refusal]], error_http: ErrorHttp) -> dict[int, list[int]]:
    """Return the codes of refusals by the HTTP status under which they come."""
    codes: dict[int, list[int]] = {}
    for kind in kinds:
        of_status = codes.setdefault(status_of(kind.code, error_http), [])
        if kind.code not in of_status:
            of_status.append(kind.code)
    return codes


def refusal(codes: Iterable[int]) -> Schema:
    """Return the schema of a refusal with one of these codes."""
    narrowed = {"properties": {"code": js.choice(*codes)}}
    return {"allOf": [js.ref("Refusal"), narrowed]}


def in_words(codes: Iterable[int]) -> str:
    """Return what these codes mean, one after the other."""
    return "; ".join(f"{code}: {REGISTRY[f'code {code}'].says}" for code in codes)


def headers(status: int) -> dict[str, Schema]:
    """Return the headers that come with a refusal of this status beside those of every reply."""
    if status != RateLimited.code:
        return {}
    told = {"description": "Whole seconds until the next try can succeed", "required": True}
    return {"Retry-After": {**told, "schema": js.whole()}}


def of_control(route: Route, operation: Operation) -> dict[int, str]:
    """Return what it means when a control path says no, by the HTTP status under which that comes."""
    kinds: set[type[Refused]] = {Malformed, Forbidden}
    if route.body != "none":
        kinds |= {TooLarge}
    if "{" in route.path:
        kinds |= {Absent}
    kinds |= {kind for kind in operation.refuses if issubclass(kind, Refused)}
    return {kind.status: _MEANS[kind] for kind in sorted(kinds, key=lambda kind: kind.status)}


_MEANS: Mapping[type[Refused], str] = {
    Malformed: "The request does not say what this path takes.",
    Forbidden: "Who asks may not steer.",
    Absent: "There is nothing of this name.",
    Conflict: "It cannot be done as things stand.",
    TooLarge: "The body is larger than anybody needs.",
}
