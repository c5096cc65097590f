"""What is too large for people to read goes into the folder beside, and a binary stands for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nemovideo_proxy.cassette.bodies import text_of
from nemovideo_proxy.model import Blob, Body, Interaction, Multipart, Part, Response

LARGE = 2**10
"""Bytes that a body which is no text may have in a document."""

VERY_LARGE = 2**22
"""Bytes that text may have."""

Keep = Callable[[bytes], Blob]


def put_aside(interaction: Interaction, keep: Keep) -> Interaction:
    """Return an interaction with what is large in it kept elsewhere."""
    request, response = interaction.request, interaction.response
    return replace(
        interaction,
        request=replace(request, body=_body(request.body, keep)),
        response=response and _response(response, keep),
    )


def _response(response: Response, keep: Keep) -> Response:
    if (response.header("content-type") or "").startswith("text/event-stream"):
        return response
    return replace(response, body=_content(response.body, keep))


def _body(body: Body, keep: Keep) -> Body:
    if isinstance(body, Multipart):
        parts = (Part(headers=each.headers, body=_content(each.body, keep)) for each in body.parts)
        return replace(body, parts=tuple(parts))
    return _content(body, keep)


def _content(body: bytes | Blob, keep: Keep) -> bytes | Blob:
    if isinstance(body, Blob) or len(body) <= LARGE:
        return body
    return keep(body) if len(body) > VERY_LARGE or text_of(body) is None else body
