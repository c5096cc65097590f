"""The whole description: what one world offers below its URL, as its variants have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson

from nemovideo_fakeserver.api.openapi import control, paths, refusals, replies, service
from nemovideo_fakeserver.api.openapi.operation import Noun, Operation
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.core.variants import Variants

_ABOUT = """What a fake NemoVideo answers, and how it is steered.

The service: nothing here was checked against the live one. `x-provenance` says of each operation whether a
public document describes it, and which. Not described: what an armed fault answers instead; a path that no
route has (404, `X-Nemo-Fake: unmatched`); a method that a path does not have (405, with `Allow`).

The control paths, `/__fake__/...`, are no part of the service. They answer to this machine only, and to no web
page from elsewhere.
"""
_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of POST /api/auth/anonymous-token; what it may do are its scopes",
}


@lru_cache(maxsize=32)
def text(
    variants: Variants, base: str, served: tuple[Route, ...], steering: tuple[Route, ...]
) -> bytes:
    """Return the document of a world with these variants and this URL, as JSON."""
    return orjson.dumps(document(variants, base, served, steering))


def document(
    variants: Variants, base: str, served: Iterable[Route], steering: Iterable[Route]
) -> dict[str, Any]:
    """Return the document as plain data."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "NemoVideo, but fake", "version": _version(), "description": _ABOUT},
        "servers": [{"url": base, "description": "This world"}],
        "tags": [*_tags("", service.NOUNS), *_tags("fake: ", control.NOUNS)],
        "paths": {
            **paths.of_service(served, _operations("", service.NOUNS, variants), variants),
            **paths.of_control(steering, _operations("fake: ", control.NOUNS, variants)),
        },
        "components": {
            "schemas": _schemas((*service.NOUNS, *control.NOUNS)),
            "headers": dict(replies.HEADERS),
            "securitySchemes": {paths.BEARER: _BEARER},
        },
    }


def _operations(
    prefix: str, nouns: Iterable[Noun], variants: Variants
) -> dict[str, tuple[str, Operation]]:
    return {
        line: (_tag(prefix, noun), operation)
        for noun in nouns
        for line, operation in noun.operations(variants).items()
    }


def _schemas(nouns: Iterable[Noun]) -> dict[str, Schema]:
    told: dict[str, Schema] = dict(refusals.SCHEMAS)
    for noun in nouns:
        told |= noun.SCHEMAS
    return told


def _tags(prefix: str, nouns: Iterable[Noun]) -> list[Mapping[str, str]]:
    return [{"name": _tag(prefix, noun), "description": noun.ABOUT} for noun in nouns]


def _tag(prefix: str, noun: Noun) -> str:
    return prefix + noun.__name__.rpartition(".")[2]


def _version() -> str:
    try:
        return version("nemovideo-harness")
    except PackageNotFoundError:  # from a checkout that is not installed
        return "0"
