"""Fetching a film: from its link without a secret, else from the service itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nemovideo_client.errors import APIResponseError, DownloadFailed, NemoError, UsageError
from nemovideo_client.flows.endpoints import download_render, export
from nemovideo_client.models import Render
from nemovideo_client.wire.messages import Answer
from nemovideo_client.wire.steps import Save
from support.playbook import Answered, Pair, Service, broken, play
from support.replies import (
    ASK_TOKEN,
    ATTRIBUTION,
    LINK,
    RENEWED,
    TOKEN,
    context,
    film,
    no,
    rendered,
    status,
    token,
)

FILM = Path("folder/film.mp4")
RENDER = Render(id="r9", status="completed", url=LINK)
OPEN_LINK = f"open GET {LINK}"
OPEN_API = "open GET /api/render/proxy/r9/download"
SAVED: Pair = ("save film.mp4", 1024)


def test_the_link_gets_no_secret() -> None:
    """The film's link leads to another host: neither token nor attribution go there."""
    played = play(download_render(context(), RENDER, FILM), [(OPEN_LINK, film()), SAVED])

    (request,) = played.requests
    assert dict(request.headers) == {"Accept-Encoding": "identity"}
    assert (played.result.path, played.result.size) == (FILM, 1024)


@pytest.mark.parametrize(
    "failure",
    [
        status(403),
        status(404),
        status(200),
        no(0),
        broken(sent=False),
        APIResponseError("The link makes no sense"),
    ],
    ids=["403", "404", "page", "json", "nobody", "no link"],
)
def test_falling_back(failure: Answered) -> None:
    """Where the link gives no film, the service is asked, with token and attribution."""
    service = Service({OPEN_LINK: failure, OPEN_API: film()})

    played = play(download_render(context(), RENDER, FILM), service)

    assert played.result.size == 1024
    assert played.requests[-1].headers == (("Authorization", f"Bearer {TOKEN}"), *ATTRIBUTION)


@pytest.mark.parametrize("link", [None, "", "/film.mp4", "ftp://cdn.test/film.mp4", "file:///etc"])
def test_without_a_usable_link(link: str | None) -> None:
    """Only http links are followed; without one the service is asked at once."""
    render = Render(id="r9", status="completed", url=link)

    played = play(download_render(context(), render, FILM), [(OPEN_API, film()), SAVED])

    assert played.result.size == 1024


def test_both_are_tried_again_before_giving_up() -> None:
    """Two back-offs each, then DownloadFailed with the id and the reason."""
    service = Service({OPEN_LINK: broken(), OPEN_API: status(502)})

    played = play(download_render(context(), RENDER, FILM), service)

    assert isinstance(played.error, DownloadFailed)
    assert played.error.render_id == "r9"
    assert played.slept == [0.5, 1, 0.5, 1]
    assert isinstance(played.error.__cause__, NemoError)


def test_a_film_that_breaks_off_is_fetched_anew() -> None:
    """A short body is a broken connection: tried again from the beginning."""
    short = broken()
    script: list[Pair] = [
        (OPEN_LINK, film()),
        ("save film.mp4", short),
        ("sleep 0.5", None),
        (OPEN_LINK, film()),
        SAVED,
    ]

    assert play(download_render(context(), RENDER, FILM), script).result.size == 1024


def test_a_place_that_cannot_be_written_is_the_callers() -> None:
    """UsageError is not mended by fetching the film from elsewhere."""
    script: list[Pair] = [(OPEN_LINK, film()), ("save film.mp4", UsageError("no such folder"))]

    assert isinstance(play(download_render(context(), RENDER, FILM), script).error, UsageError)


@pytest.mark.parametrize(
    ("headers", "size"),
    [
        ((("content-length", "1024"),), 1024),
        ((), None),
        ((("content-length", "many"),), None),
        ((("content-length", "1024"), ("content-encoding", "identity")), 1024),
        ((("content-length", "99"), ("content-encoding", "gzip")), None),
    ],
)
def test_announced_size(headers: Any, size: int | None) -> None:
    """What must arrive is what was announced, unless it was packed for the journey."""
    answer = Answer(status=200, headers=(("content-type", "video/mp4"), *headers))

    played = play(download_render(context(), RENDER, FILM), [(OPEN_LINK, answer), SAVED])

    (save,) = [step for step in played.steps if isinstance(step, Save)]
    assert (save.path, save.size) == (FILM, size)


def test_a_refused_token_is_renewed_for_the_service() -> None:
    """The fallback is a call like any other: 1001 gets a new token."""
    script: list[Pair] = [
        (OPEN_LINK, status(404)),
        (OPEN_API, no(1001)),
        (ASK_TOKEN, token(RENEWED)),
        (OPEN_API, film()),
        SAVED,
    ]

    played = play(download_render(context(), RENDER, FILM), script)

    assert dict(played.requests[-1].headers)["Authorization"] == f"Bearer {RENEWED}"


def test_an_export_with_a_path_downloads() -> None:
    """With a path the finished film is saved there, and bytes are told."""
    told: list[tuple[int, int | None]] = []
    asked = "GET /api/render/proxy/lambda/r9"
    script: list[Pair] = [
        (asked, rendered()),
        (OPEN_LINK, film()),
        SAVED,
    ]

    def hear(done: int, total: int | None) -> None:
        told.append((done, total))

    played = play(export(context(), FILM, render_id="r9", on_download=hear), script)

    (save,) = [step for step in played.steps if isinstance(step, Save)]
    assert save.progress is hear
    assert (played.result.path, played.result.size) == (FILM, 1024)
