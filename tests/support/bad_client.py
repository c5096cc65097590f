"""A client that knows the API and does not care, for misconduct against a real fake; nothing is encoded.

    with playing({"silence": "always"}) as bad:
        bad.connect()
        bad.chat("Add a title")
        print(bad.fake.verdicts().verdicts)

Time is virtual. All that a test does not spoil on purpose is well done: requests are attributed, streams
are accepted and read to their end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller

TOKEN = "/api/auth/anonymous-token"
CREDITS = "/api/credits/balance/simple"
RENDER = "/api/render/proxy/lambda"


@contextmanager
def playing(words: Mapping[str, Any]) -> Iterator[BadClient]:
    """Yield somebody in a fake that plays a scenario, told as plain data; edits speak unless it says."""
    story = scenario.of({"name": "misconduct", "silence": "never", **words})
    with (
        Fake(Options(scenario=story), studio=Darkroom()) as fake,
        httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900) as http,
    ):
        yield BadClient(http, fake=fake)


@dataclass
class BadClient(Caller):
    """Somebody before `fake`, who may do what nobody should; methods return what was answered."""

    fake: Fake = field(kw_only=True)

    @property
    def token(self) -> str:
        """The token in use."""
        return self.headers["Authorization"].removeprefix("Bearer ")

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.fake.clock.sleep_sync(seconds)

    def arrive(self, client_id: str | None = "someone") -> httpx.Response:
        """Ask for a token, and do not care what comes."""
        return self.http.post(TOKEN, headers={"X-Client-Id": client_id} if client_id else {})

    def return_(self) -> None:
        """Be the first account of the scenario, with its first token."""
        account = next(iter(self.fake.world().accounts))
        self.uid = account.uid
        self.headers["Authorization"] = f"Bearer {account.tokens[0].value}"

    def ask(self, path: str = CREDITS, /, **headers: str | None) -> httpx.Response:
        """GET with other headers: `x_skill_source="me"`; None leaves one out."""
        changed = {name.replace("_", "-").title(): value for name, value in headers.items()}
        sent = {name: value for name, value in {**self.headers, **changed}.items() if value}
        return self.http.get(path, headers=sent)

    def look(self) -> httpx.Response:
        """Ask for the state."""
        return self.get(f"/api/state/nemo_agent/me/{self.session}/latest")

    def sending(
        self, text: str, accept: str = "text/event-stream"
    ) -> AbstractContextManager[httpx.Response]:
        """Send a message; what it gives is the open stream."""
        headers = {**self.headers, "Accept": accept}
        return self.http.stream("POST", "/run_sse", headers=headers, json=self.message(text))

    def chat(self, text: str, accept: str = "text/event-stream") -> httpx.Response:
        """Send a message and read what comes of it, as far as it comes."""
        with self.sending(text, accept) as reply, suppress(httpx.TransportError):
            reply.read()
        return reply

    def leave(self, text: str) -> httpx.Response:
        """Send a message and go with the first event."""
        with self.sending(text) as reply:
            next(reply.iter_lines())
        return reply

    def order(self, id_: str, draft: Mapping[str, Any], **more: Any) -> httpx.Response:
        """Order a film of any draft."""
        return self.post(RENDER, {"id": id_, "sessionId": self.session, "draft": draft, **more})

    def film(self, id_: str = "render_1") -> httpx.Response:
        """Edit something where nothing is, look at it, and order a film of it."""
        if not self.tracks():
            self.chat("Add the title Hello")
        return self.order(id_, self.state()["draft"])

    def poll(self, id_: str = "render_1", *, after: float = 30.0) -> httpx.Response:
        """Ask how a film stands, after so many seconds."""
        self.wait(after)
        return self.get(f"{RENDER}/{id_}")
