"""Fetching a film: from the link in the reply, else from the service itself (vendor skill 1.9).

The link leads to another host, so neither token nor attribution go with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from nemovideo_client.errors import (
    APIConnectionError,
    APIRefusal,
    APIResponseError,
    DownloadFailed,
)
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.exchange import authorized
from nemovideo_client.flows.patience import patiently
from nemovideo_client.flows.refusing import refuse
from nemovideo_client.models import Render
from nemovideo_client.options import is_web_address
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import check_film
from nemovideo_client.wire.messages import Answer, Call, Progress, Request
from nemovideo_client.wire.steps import Flow, Open, Save


def downloaded(ctx: Context, render: Render, path: Path, progress: Progress | None) -> Flow[int]:
    """Save a completed render at `path`, whole or not at all, and return its size in bytes."""
    link = _by_link(render)
    if link is not None:
        try:
            return (yield from _patient(ctx, link, path, progress))
        except (APIConnectionError, APIRefusal, APIResponseError):
            pass  # documented: fall back to the download endpoint

    fallback = calls.download_render(render.id)

    def attempt() -> Flow[int]:
        return (yield from _patient(ctx, fallback, path, progress))

    try:
        return (yield from authorized(ctx, attempt))
    except (APIConnectionError, APIRefusal, APIResponseError) as error:
        raise DownloadFailed(
            f"The film could not be downloaded: {error.message}", render_id=render.id
        ) from error


def _by_link(render: Render) -> Call[NoReturn] | None:
    if render.url is None or not is_web_address(render.url):
        return None
    request = Request(method="GET", url=render.url, headers=(("Accept-Encoding", "identity"),))
    return Call(
        endpoint="GET the film's link",
        request=request,
        read=_no_film,
        repeat="safe",
        authorized=False,
    )


def _no_film(_: Any) -> NoReturn:
    raise KeyError("film")


def _patient(
    ctx: Context, call: Call[NoReturn], path: Path, progress: Progress | None
) -> Flow[int]:
    return (
        yield from patiently(
            lambda: _attempt(ctx, call, path, progress), "safe", ctx.options.max_retries
        )
    )


def _attempt(
    ctx: Context, call: Call[NoReturn], path: Path, progress: Progress | None
) -> Flow[int]:
    request = ctx.dress(call.request) if call.authorized else call.request
    answer: Answer = yield Open(request, ctx.options.timeout)
    if not check_film(answer):
        yield from refuse(ctx, answer, call)
    size: int = yield Save(path, _length(answer), progress)
    return size


def _length(answer: Answer) -> int | None:
    """Return the bytes announced; an encoded body has another length once decoded."""
    length = answer.header("content-length")
    encoded = (answer.header("content-encoding") or "identity") != "identity"
    return int(length) if length is not None and length.isdecimal() and not encoded else None
