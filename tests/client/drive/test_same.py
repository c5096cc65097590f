"""Both drivers come to the same: the same requests, the same things shown, the same result."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo_client.errors import NemoError
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.conversation import converse
from nemovideo_client.flows.turn import turn
from nemovideo_client.wire.messages import Answer
from nemovideo_client.wire.steps import Flow
from support.driving import NOON, Handler, Pieces, awaited, blocking
from support.playbook import Service, Streamed, play
from support.replies import (
    ASK_CREDITS,
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    ASK_UPLOAD,
    BEAT,
    CALL,
    DONE,
    ONE_TRACK,
    RENEWED,
    SESSION,
    SUBMIT,
    context,
    film,
    no,
    ok,
    render,
    rendered,
    session,
    state,
    status,
    text,
    token,
    told,
)

FILM = b"film" * 256
RENDER = f"GET /api/render/proxy/lambda/render_{int(NOON * 1000)}"
LINK = "https://cdn.test/film.mp4"

Answers = dict[str, Answer | Streamed | list[Answer | Streamed]]
GOOD: Answers = {
    ASK_TOKEN: token(RENEWED),
    ASK_SESSION: session(),
    ASK_STATE: state(ONE_TRACK),
    ASK_CREDITS: ok({"available": 90, "frozen": 10}),
    ASK_UPLOAD: ok({"files": [{"filename": "a.mp4"}]}),
    "POST /run_sse": told(BEAT, CALL, DONE, text("Done.")),
    SUBMIT: render("pending"),
    RENDER: [render("processing", 50), rendered(LINK)],
    f"GET {LINK}": film(len(FILM)),
}

FLOWS: dict[str, tuple[Callable[[Context, Path], Flow[Any]], Answers]] = {
    "credits": (lambda ctx, _: endpoints.credits(ctx), {}),
    "renewed": (lambda ctx, _: endpoints.credits(ctx), {ASK_CREDITS: [no(1001), ok({"available": 1})]}),
    "refused": (lambda ctx, _: endpoints.credits(ctx), {ASK_CREDITS: no(1001)}),
    "lost session": (
        lambda ctx, _: endpoints.state(ctx),
        {
            ASK_STATE: no(1002),
            ASK_SESSION: session("7"),
            ASK_STATE.replace(SESSION, "7"): state(ONE_TRACK),
        },
    ),
    "chat": (lambda ctx, _: turn(ctx, "x"), {}),
    "dear chat": (lambda ctx, _: turn(ctx, "x"), {"POST /run_sse": no(2001)}),
    "lost chat": (lambda ctx, _: turn(ctx, "x"), {"POST /run_sse": status(502)}),
    "export": (lambda ctx, folder: endpoints.export(ctx, folder / "film.mp4"), {}),
    "film elsewhere": (
        lambda ctx, folder: endpoints.export(ctx, folder / "film.mp4"),
        {
            f"GET {LINK}": status(404),
            f"GET {RENDER.removeprefix('GET ').replace('lambda/', '')}/download": film(len(FILM)),
        },
    ),
    "no film": (
        lambda ctx, folder: endpoints.export(ctx, folder / "film.mp4"),
        {
            f"GET {LINK}": status(404),
            f"GET {RENDER.removeprefix('GET ').replace('lambda/', '')}/download": status(404),
        },
    ),
    "conversation": (
        lambda ctx, folder: converse(ctx, text="Make it blue, then export", folder=folder),
        {},
    ),
    "upload": (
        lambda ctx, folder: converse(ctx, text="", files=[str(folder / "a.mp4")], folder=folder),
        {},
    ),
}  # fmt: skip


class Server:
    """The service of a play, as a handler of httpx; keeps what was asked."""

    def __init__(self, answers: Answers) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self._answers = {
            said: list(answer) if isinstance(answer, list) else [answer]
            for said, answer in answers.items()
        }

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer from the table; of a list, the last answer stays."""
        url = str(request.url).removeprefix("https://api.test/base")
        kind = request.headers.get("content-type", "")
        body = json.loads(request.content) if "json" in kind else None
        self.asked.append(
            (f"{request.method} {url}", request.headers.get("authorization", ""), body)
        )
        answers = self._answers[f"{request.method} {url}"]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        head, pieces = (
            (answer.head, answer.pieces) if isinstance(answer, Streamed) else (answer, None)
        )
        content = FILM if head.header("content-type") == "video/mp4" else head.body
        stream = Pieces([piece for piece in pieces or [content] if isinstance(piece, bytes)])
        return httpx.Response(head.status, headers=list(head.headers), stream=stream)


def outcome(
    run: Callable[[Flow[Any], Handler], tuple[list[Any], Any]], name: str, folder: Path
) -> tuple[Any, ...]:
    """Return all there is to see of a run."""
    make, answers = FLOWS[name]
    server, ctx = Server(GOOD | answers), context()
    try:
        shown, result = run(make(ctx, folder), server)
    except NemoError as error:
        shown, result = [], (type(error), str(error))
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    return [repr(thing) for thing in shown], result, server.asked, files, ctx.account.token


@pytest.mark.parametrize("name", FLOWS)
def test_both_come_to_the_same(name: str, tmp_path: Path) -> None:
    """Blocking or not, nothing differs: what was asked, shown, returned, raised, saved."""
    seen = []
    for run in (blocking, awaited):
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "a.mp4").write_bytes(b"clip")
        seen.append(outcome(run, name, folder))
        folder.rename(tmp_path / f"done with {run.__name__}")

    assert seen[0] == seen[1]
    assert seen[0][2]


def test_and_a_play_comes_to_the_same() -> None:
    """What flow tests play is what the drivers do."""
    make, _ = FLOWS["chat"]
    stream = GOOD["POST /run_sse"]
    assert isinstance(stream, Streamed)
    service = Service({ASK_STATE: state(ONE_TRACK), "open POST /run_sse": stream})

    played = play(make(context(), Path()), service, now=NOON)
    shown, result = blocking(make(context(), Path()), Server(GOOD))

    assert (played.shown, played.result) == (shown, replace(result))
