"""How acts look on the wire: envelopes, errors, pages.

Documented: `{"code":0,"data":...}` around every success but a render's. No document shows an error
body; `{"code","message","data":null}` is what the vendor's own client reads. That business codes come
with HTTP 200 is assumed.
"""

from __future__ import annotations

from typing import Any

import orjson

from nemovideo_fakeserver.core.refusals import RateLimited, Refusal
from nemovideo_fakeserver.wire.messages import Headers, Reply

JSON_TYPE = ("Content-Type", "application/json")


def plain(value: Any, *, status: int = 200, headers: Headers = ()) -> Reply:
    """Reply with a JSON value as it is."""
    return Reply(status=status, headers=(JSON_TYPE, *headers), body=orjson.dumps(value))


def success(data: Any) -> Reply:
    """Reply with data in the documented envelope."""
    return plain({"code": 0, "data": data})


def refused(refusal: Refusal) -> Reply:
    """Reply with an error: a business code over HTTP 200, any other under its own status."""
    body = {"code": refusal.code, "message": refusal.message, "data": None}
    headers: Headers = ()
    if isinstance(refusal, RateLimited):
        headers = (("Retry-After", str(refusal.retry_after)),)
    return plain(body, status=200 if refusal.code >= 1000 else refusal.code, headers=headers)


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
