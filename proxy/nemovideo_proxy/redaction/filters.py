"""The three filters of the rules: what is called so is left out, or says something else.

Where a length changes, Content-Length says the new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote_plus

from nemovideo_proxy.model import Headers, Multipart, Part, Request, Response, first
from nemovideo_proxy.redaction.encodings import with_length
from nemovideo_proxy.redaction.rules import Filter, Rules

_Table = dict[str, str | None]


def filtered_request(rules: Rules, request: Request) -> Request:
    """Return a request as the filters leave it."""
    if rules.filter_headers or rules.filter_query_parameters:
        request = replace(
            request,
            headers=_headers(rules.filter_headers, request.headers),
            url=_url(rules.filter_query_parameters, request.url),
        )
    table = _table(rules.filter_post_data_parameters)
    return _posted(table, request) if table else request


def filtered_response(rules: Rules, response: Response) -> Response:
    """Return a reply as the filters leave it: without headers."""
    if not rules.filter_headers:
        return response
    return replace(response, headers=_headers(rules.filter_headers, response.headers))


def _table(filters: Iterable[Filter]) -> _Table:
    pairs = [(each, None) if isinstance(each, str) else each for each in filters]
    return {name.lower(): instead for name, instead in pairs}


def _headers(filters: Iterable[Filter], headers: Headers) -> Headers:
    table = _table(filters)
    made = [(name, table.get(name.lower(), value)) for name, value in headers]
    return tuple((name, value) for name, value in made if value is not None)


def _url(filters: Iterable[Filter], url: str) -> str:
    path, mark, query = url.partition("?")
    if not filters or not mark:
        return url
    left = _form(_table(filters), query)
    return f"{path}?{left}" if left else path


def _form(table: _Table, query: str) -> str:
    """Filter `a=1&b=2`; what is not filtered stays as it was written."""
    kept = []
    for pair in query.split("&"):
        name, equals, _ = pair.partition("=")
        key = unquote_plus(name).lower()
        instead = table.get(key)
        if key not in table:
            kept.append(pair)
        elif instead is not None:
            kept.append(name + (equals or "=") + quote(instead, safe=""))
    return "&".join(kept)


def _posted(table: _Table, request: Request) -> Request:
    if isinstance(request.body, Multipart):
        parts = [_part(table, part) for part in request.body.parts]
        kept = tuple(part for part in parts if part is not None)
        return replace(request, body=replace(request.body, parts=kept))
    if not isinstance(request.body, bytes) or not request.body:
        return request
    kind = request.header("content-type") or ""
    body = request.body
    if "form-urlencoded" in kind:
        body = _form(table, body.decode("latin-1")).encode("latin-1")
    elif "json" in kind:
        body = _object(table, body)
    if body == request.body:
        return request
    return replace(request, body=body, headers=with_length(request.headers, len(body)))


def _object(table: _Table, body: bytes) -> bytes:
    """Filter the keys of a JSON object; one that has none of them stays as it was written."""
    try:
        value: Any = json.loads(body)
    except ValueError:
        return body
    if not isinstance(value, dict) or not any(str(key).lower() in table for key in value):
        return body
    made = {key: table.get(key.lower(), inner) for key, inner in value.items()}
    kept = {
        key: inner for key, inner in made.items() if inner is not None or key.lower() not in table
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _part(table: _Table, part: Part) -> Part | None:
    said = first(part.headers, "content-disposition") or ""
    for name, instead in table.items():
        if f'name="{name}"' in said.lower():
            return replace(part, body=instead.encode()) if instead is not None else None
    return part
