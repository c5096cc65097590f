"""A turn that passes every moment, and what a reader makes of replies that faults have struck."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import AUDIO, VIDEO, Put
from nemovideo_fakeserver.core.plan import Beat, Call, Edit, Made, Plan, Result, Say, Scene
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller
from support.stage import grant

STARTS = "Here we go. 开始"
ENDS = "Here it is."


def two_stages(message: str, scene: Scene) -> Plan:
    """Plan a generation of fifty seconds in two stages; a message with `talk` is answered with words alone."""
    if "talk" in message:
        return Plan(kind="text", beats=(Beat(5.0, Say("Well.")),), lasts=5.0)
    clip = _clip(scene, "raw", "video")
    song = _clip(scene, "song", "audio")
    beats = (
        Beat(1.0, Say(STARTS)),
        Beat(20.0, Call("generate_video", {"prompt": "dawn"})),
        Beat(28.0, Made(clip)),
        Beat(
            28.0, Edit(Put(VIDEO, {"id": f"v{scene.number}", "s": 0, "d": 5000, "src": clip.url}))
        ),
        Beat(29.0, Result("generate_video", {"status": "success"})),
        Beat(35.0, Call("add_music", {"mood": "calm"})),
        Beat(38.0, Made(song)),
        Beat(
            38.0, Edit(Put(AUDIO, {"id": f"a{scene.number}", "s": 0, "d": 5000, "src": song.url}))
        ),
        Beat(40.0, Result("add_music", {"status": "success"})),
        Beat(50.0, Say(ENDS)),
    )
    return Plan(kind="generate", beats=beats, lasts=50.0)


TOLD = (1, 15, 20, 29, 30, 35, 40, 45, 50)
"""When each event of such a generation is told, in seconds after the message; the 2nd, 5th and 8th are heartbeats."""


def _clip(scene: Scene, word: str, kind: Any) -> Asset:
    name = f"{word}_{scene.number}.{'mp4' if kind == 'video' else 'mp3'}"
    source = Synthetic(kind=kind, seconds=5.0, label=word, seed=1, width=0, height=0, fps=0.0)
    return Asset(
        kind=kind,
        filename=name,
        url=f"{scene.cdn}/generated/{scene.chance.hex(8, word)}_{name}",
        seconds=5.0,
        width=0,
        height=0,
        fps=0.0,
        hash=scene.chance.hex(64, word),
        source=source,
        origin="generated",
    )


def staged_fake(options: Options | None = None) -> Fake:
    """Return a fake whose every message is such a generation, and whose films are there at once; close it."""
    return Fake(options, agent=two_stages, studio=Darkroom())


@dataclass(frozen=True)
class Met:
    """What a reader met: status (None where no reply began), the body, when each piece of it came, and how it broke.

    Times are virtual seconds after the request was sent.
    """

    status: int | None
    body: bytes
    pieces: tuple[tuple[float, bytes], ...]
    broke: type[Exception] | None

    @property
    def ended(self) -> float:
        """When the last piece came."""
        return self.pieces[-1][0]

    @property
    def events(self) -> list[tuple[float, bytes]]:
        """The events of a stream, each with the time at which it was whole."""
        found, heard = [], b""
        for at, piece in self.pieces:
            heard += piece
            while b"\n\n" in heard:
                event, _, heard = heard.partition(b"\n\n")
                found.append((at, event))
        return found


def is_json(text: bytes) -> bool:
    """Say whether a text is JSON."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def meet(fake: Fake, http: httpx.Client, request: httpx.Request) -> Met:
    """Send a request in-process, and read as far as it goes."""
    began = fake.clock.now()
    status: int | None = None
    pieces: list[tuple[float, bytes]] = []
    broke: type[Exception] | None = None
    try:
        response = http.send(request, stream=True)
        status = response.status_code
        with closing(response):
            for piece in response.iter_raw():
                pieces.append((fake.clock.now() - began, piece))  # noqa: PERF401 kept when it breaks off
    except httpx.TransportError as error:
        broke = type(error)
    return Met(status, b"".join(piece for _, piece in pieces), tuple(pieces), broke)


def rich_caller(fake: Fake, http: httpx.Client) -> Caller:
    """Return a caller with a token, a session, and 900 credits more than it came with."""
    caller = Caller(http).connect()
    grant(fake, caller, 900)
    return caller


def kinds_of(fake: Fake, kind: str) -> Iterator[dict[str, Any]]:
    """Yield what the journal tells of the facts of one kind."""
    return (dict(fact.what) for fact in fake.journal if fact.kind == kind)
