"""Rows of the route tables as operations of OpenAPI, by path and method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any

from nemovideo_fakeserver.api.openapi import parameters, replies
from nemovideo_fakeserver.api.openapi.operation import Operation, operation_id
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.provenance import REGISTRY

BEARER = "bearer"


def of_service(
    routes: Iterable[Route], operations: Mapping[str, tuple[str, Operation]], variants: Variants
) -> dict[str, Any]:
    """Return the paths of the service; `operations` have the tag of each, and its operation."""
    return _grouped(
        (route, _served(route, *operations[route.name], variants))
        for route in routes
        if route.offered is None or route.offered(variants)
    )


def of_control(
    routes: Iterable[Route], operations: Mapping[str, tuple[str, Operation]]
) -> dict[str, Any]:
    """Return the control paths."""
    return _grouped((route, _steered(route, *operations[route.name])) for route in routes)


def _grouped(described: Iterable[tuple[Route, Schema]]) -> dict[str, Any]:
    ordered = sorted(described, key=lambda pair: pair[0].path)
    return {
        path: {route.method.lower(): operation for route, operation in group}
        for path, group in groupby(ordered, key=lambda pair: pair[0].path)
    }


def _served(route: Route, tag: str, operation: Operation, variants: Variants) -> Schema:
    known = REGISTRY[route.name]
    return {
        **_common(route, tag, operation),
        "description": f"{known.says[:1].upper()}{known.says[1:]}.",
        "security": [] if route.scope is None else [{BEARER: [route.scope]}],
        "responses": replies.of_service(route, operation, variants.error_http),
        "x-provenance": {key: value for key, value in asdict(known).items() if key != "name"},
    }


def _steered(route: Route, tag: str, operation: Operation) -> Schema:
    return {
        **_common(route, tag, operation),
        "security": [],
        "responses": replies.of_control(route, operation),
    }


def _common(route: Route, tag: str, operation: Operation) -> Schema:
    told: Schema = {
        "operationId": operation_id(route.name),
        "summary": route.says.replace("`", ""),
        "tags": [tag],
    }
    if all_of := [*parameters.of_path(route.path), *operation.parameters]:
        told["parameters"] = all_of
    if operation.body:
        told["requestBody"] = {"required": operation.demanded, "content": operation.body}
    return told
