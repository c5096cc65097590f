"""Getting requests into a fake without a network, and keeping what was sent.

A request goes straight to the brain, as both doors would hand it over: what a client does is cheap, so that
there can be thousands. `http` is the real in-process door, for some of them.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeAlias

import httpx

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.wire.messages import (
    Body,
    BodyPlan,
    Head,
    Headers,
    Part,
    Probe,
    Reply,
    Request,
    Spooled,
    Unreadable,
)
from support.caller import ATTRIBUTION
from support.machine.acting import Ask
from support.machine.deeds import Deed

BASE = "http://127.0.0.1"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""

CONTENTS = {"dot.png": PNG, "broken.mp4": b"This is no film."}
"""What is in the files that are uploaded."""

PROBES: dict[str, Probe | Unreadable] = {
    "dot.png": Probe(kind="image", format="png", width=1, height=1),
    "broken.mp4": Unreadable("It is no media file."),
}
"""What looking into them would find, which takes longer than all else."""


@dataclass(slots=True, eq=False)
class Sent:
    """A request as it was sent; `path` with the world's prefix. One that `lasts` has a reply that takes time."""

    number: int
    method: str
    path: str
    headers: Headers
    body: Any = None
    files: tuple[str, ...] = ()
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """Whoever sent the request with this number went away."""

    number: int


Done: TypeAlias = Deed | Sent | Left
"""What was done, as a person would have to do it: each deed, and what it came to."""


@dataclass(eq=False)
class Door:
    """Sends requests to a fake; `log` is what was done so far."""

    fake: Fake
    log: list[Done] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(transport=self.fake.transport(), base_url=BASE, timeout=900)

    def send(self, ask: Ask, prefix: str = "") -> Reply:
        """Send a request and return the reply as the brain gives it."""
        sent = self._sent(ask, prefix)
        head = Head(method=sent.method, path=sent.path, headers=sent.headers, base=BASE)
        answer = self.fake.admit(head)
        if isinstance(answer, BodyPlan):
            answer = self.fake.dispatch(Request(head=head, body=self._body(sent)))
        return answer

    def stream(self, ask: Ask, prefix: str) -> httpx.Response:
        """Send a request through the in-process door; its body is still to be read."""
        sent = self._sent(ask, prefix)
        request = self.http.build_request(
            sent.method, sent.path, headers=list(sent.headers), json=sent.body
        )
        return self.http.send(request, stream=True)

    @property
    def last(self) -> Sent:
        """The latest request."""
        return next(done for done in reversed(self.log) if isinstance(done, Sent))

    def moved(self, prefix: str, seconds: float) -> None:
        """Note that time has moved for a reader, as if somebody had asked for it."""
        ask = Ask("POST", "/__fake__/clock", body={"jump": seconds}, bare=True)
        self._sent(ask, prefix)

    def _sent(self, ask: Ask, prefix: str) -> Sent:
        number = len(self.log)
        sent = Sent(number, ask.method, prefix + ask.path, _headers(ask), ask.body, ask.files)
        self.log.append(sent)
        return sent

    def _body(self, sent: Sent) -> Body:
        if sent.files:
            return Spooled(tuple(map(self._part, range(len(sent.files)), sent.files)))
        return b"" if sent.body is None else json.dumps(sent.body).encode()

    def _part(self, number: int, name: str) -> Part:
        content = CONTENTS[name]
        path = self.fake.spool / f"{len(self.log)}-{number}"
        path.write_bytes(content)
        return Part(
            field="files",
            filename=name,
            content_type="application/octet-stream",
            path=path,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            probe=PROBES[name],
        )


def _headers(ask: Ask) -> Headers:
    said = {} if ask.bare else {name.lower(): value for name, value in ATTRIBUTION.items()}
    if ask.token is not None:
        said["authorization"] = f"Bearer {ask.token}"
    if ask.client is not None:
        said["x-client-id"] = ask.client
    if ask.files:
        said["content-type"] = "multipart/form-data; boundary=-"
    elif ask.body is not None:
        said["content-type"] = "application/json"
    return tuple(said.items())
