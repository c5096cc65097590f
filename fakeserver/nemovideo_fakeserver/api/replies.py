"""How acts look on the wire: envelopes, errors, pages.

Documented: `{"code":0,"data":...}` around every success but a render's. No document shows an error
body; `{"code","message","data":null}` is what the vendor's own client reads. With which HTTP status
business codes come nobody says: with 200, or with the nearest one that HTTP has (variant `error_http`).
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from nemovideo_fakeserver.core.refusals import RateLimited, Refusal
from nemovideo_fakeserver.core.variants import ErrorHttp
from nemovideo_fakeserver.wire.messages import Headers, Reply

JSON_TYPE = ("Content-Type", "application/json")

STATUSES = {1001: 401, 1002: 404, 2001: 402, 4001: 415, 4002: 413}
"""The status that says a business code in the words of HTTP (assumed)."""


def plain(value: Any, *, status: int = 200, headers: Headers = ()) -> Reply:
    """Reply with a JSON value as it is."""
    return Reply(status=status, headers=(JSON_TYPE, *headers), body=_written(value))


def _written(value: Any) -> bytes:
    """Write a JSON value down; what clients have sent may hold numbers and characters that orjson will not."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode()


def success(data: Any) -> Reply:
    """Reply with data in the documented envelope."""
    return plain({"code": 0, "data": data})


def refused(refusal: Refusal, error_http: ErrorHttp = "200") -> Reply:
    """Reply with an error: a business code over HTTP 200 or `mapped`, any other under its own status."""
    body = {"code": refusal.code, "message": refusal.message, "data": None}
    headers: Headers = ()
    if isinstance(refusal, RateLimited):
        headers = (("Retry-After", str(refusal.retry_after)),)
    return plain(body, status=status_of(refusal.code, error_http), headers=headers)


def status_of(code: int, error_http: ErrorHttp) -> int:
    """Return the HTTP status with which a code comes."""
    if 200 <= code < 600:
        return code
    return STATUSES.get(code, 200) if error_http == "mapped" else 200


def page(html: str, *, status: int = 200) -> Reply:
    """Reply with a web page that may load nothing from anywhere."""
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
        ),
        ("Referrer-Policy", "no-referrer"),
    )
    return Reply(status=status, headers=headers, body=html.encode())
