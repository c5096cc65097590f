"""What an operation may answer, as OpenAPI has it: how it succeeds, and how it says no, by HTTP status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nemovideo_fakeserver.api.openapi import refusals
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import JSON, Content, Operation, Success
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.core.variants import ErrorHttp

HEADERS: Mapping[str, Schema] = {
    "Date": {"description": "The virtual time", "required": True, "schema": js.text()},
    "X-Request-Id": {
        "description": "The request's own id, which the journal has, too (assumed)",
        "required": True,
        "schema": js.text(pattern="^req_[0-9a-f]{16}$"),
    },
    "X-Nemo-Fake": {
        "description": "Says that this is the fake's own, and nothing of NemoVideo's",
        "required": True,
        "schema": js.only("control"),
    },
}
"""The headers that replies share, by name."""


def of_service(route: Route, operation: Operation, error_http: ErrorHttp) -> dict[str, Any]:
    """Return the replies of a route of the service."""
    codes = refusals.by_status(refusals.of_service(route, operation), error_http)
    return {
        str(status): _served(route, status, operation.gives.get(status), codes.get(status, []))
        for status in sorted({*operation.gives, *codes})
    }


def of_control(route: Route, operation: Operation) -> dict[str, Any]:
    """Return the replies of a control path."""
    content = {JSON: {"schema": js.ref("Refused")}}
    no = {
        status: Success(says=says, content=content)
        for status, says in refusals.of_control(route, operation).items()
    }
    return {
        str(status): _written(given, given.says, _shared("Date", "X-Nemo-Fake"))
        for status, given in sorted({**operation.gives, **no}.items())
    }


def _served(
    route: Route, status: int, success: Success | None, codes: Sequence[int]
) -> dict[str, Any]:
    given = success or Success(says="")
    no = f"Refused: {refusals.in_words(codes)}." if codes else ""
    content = {} if route.method == "HEAD" else _content(given.content, codes)
    # a refusal that has the same status does not bring what a success brings
    brought = {name: {**told, "required": not codes} for name, told in given.headers.items()}
    headers = {**_shared("Date", "X-Request-Id"), **refusals.headers(status)}
    told = replace(given, content=content, headers=brought)
    return _written(told, f"{given.says} {no}".strip(), headers)


def _written(given: Success, says: str, headers: Mapping[str, Schema]) -> dict[str, Any]:
    told: dict[str, Any] = {"description": says, "headers": {**headers, **given.headers}}
    if given.content:
        told["content"] = given.content
    if given.links:
        told["links"] = dict(given.links)
    return told


def _content(given: Content, codes: Sequence[int]) -> Content:
    """Return what a body may be: what was asked for, or a refusal, which is JSON."""
    if not codes:
        return given
    no = refusals.refusal(codes)
    if JSON not in given:
        return {**given, JSON: {"schema": no}}
    asked = given[JSON]
    return {**given, JSON: {**asked, "schema": {"oneOf": [asked["schema"], no]}}}


def _shared(*names: str) -> dict[str, Schema]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
