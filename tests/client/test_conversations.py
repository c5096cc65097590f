"""A conversation over a client: each message is a stream of things to show, which comes to a yes or no."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from nemovideo_client import (
    AsyncConversation,
    AsyncNemoClient,
    Conversation,
    Delivered,
    NemoClient,
    Problem,
    Say,
    Working,
)

WORDS = {"tt": 7, "sg": [{"id": "w", "s": 0, "d": 1000, "m": {"text": "Hi", "role": "subtitle"}}]}
HERE: dict[str, Any] = {"base_url": "https://api.test", "token": "t", "session": "7"}


def service(request: httpx.Request) -> httpx.Response:
    """A service with one subtitle, which takes every file, and knows no credits."""
    data: dict[str, Any] = {"state": {"draft": {"t": [WORDS]}}, "files": [{"filename": "a.mp4"}]}
    code = 1002 if "credits" in request.url.path else 0
    return httpx.Response(200, json={"code": code, "data": data})


def test_blocking(tmp_path: Path) -> None:
    """What is made is saved in the folder, bytes are told, and a problem is a no."""
    heard: list[Working] = []
    (tmp_path / "a.mp4").write_bytes(b"clip")
    http = httpx.Client(transport=httpx.MockTransport(service))
    conversation = Conversation(
        NemoClient(http_client=http, **HERE), folder=tmp_path, on_bytes=heard.append
    )

    subtitles = conversation.say("export srt")
    upload = conversation.say("", files=[str(tmp_path / "a.mp4")])
    problem = conversation.say("credits")

    path = tmp_path / "subtitles.srt"
    assert list(subtitles) == [Delivered(path, path.stat().st_size, "✅ Subtitles ready!")]
    assert Say("✅ Uploaded a.mp4") in list(upload)
    assert heard == [Working("upload", 4, 4, "Uploading...")]
    assert [type(thing) for thing in problem] == [Problem]
    assert (subtitles.result, upload.result, problem.result) == (True, True, False)


def test_under_asyncio(tmp_path: Path) -> None:
    """The same, awaited."""

    async def scene() -> tuple[list[Any], bool]:
        transport = httpx.MockTransport(service)
        async with httpx.AsyncClient(transport=transport) as http:
            client = AsyncNemoClient(http_client=http, **HERE)
            stream = AsyncConversation(client, folder=tmp_path).say("export vtt")
            return [thing async for thing in stream], stream.result

    shown, result = asyncio.run(scene())

    assert [thing.path.name for thing in shown] == ["subtitles.vtt"]
    assert result
