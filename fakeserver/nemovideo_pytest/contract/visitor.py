"""A visitor: does over plain HTTP what a skill does with curl. No cleverness, no retries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from nemovideo_pytest.contract import replies
from nemovideo_pytest.contract.replies import Seen
from nemovideo_pytest.contract.stream import Event, Heard, events
from nemovideo_pytest.service import Service

ATTRIBUTION = {
    "X-Skill-Source": "nemo-contract",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}
PATIENCE = 120.0
"""Seconds that a render may take; the documents say 20 to 90."""


@dataclass(slots=True, kw_only=True)
class Visitor:
    """One client of the service; `token`, `user`, `task` and `session` are what it was given."""

    service: Service
    http: httpx.Client
    client_id: str
    headers: dict[str, str] = field(default_factory=lambda: dict(ATTRIBUTION), repr=False)
    token: str = field(default="", repr=False)
    task: str = ""
    session: str = ""
    orders: int = 0

    @property
    def is_alone(self) -> bool:
        """Whether the service is this test's own: its fake, or its cassette, recorded or replayed.

        What is asked of it then rests on nothing but the test, and so its replay asks the same.
        """
        return self.service.fake is not None or self.service.target == "cassette"

    # who it is

    def ask_token(self, client_id: str | None = None, **more: Any) -> httpx.Response:
        """Ask for an anonymous token, in the name of this visitor or of another client."""
        named = {"X-Client-Id": self.client_id if client_id is None else client_id}
        return self.http.post("/api/auth/anonymous-token", headers=named, **more)

    def identify(self) -> Self:
        """Get a token."""
        return self.take(replies.data(self.ask_token())["token"])

    def take(self, token: str) -> Self:
        """Use this token from now on."""
        self.token = token
        self.headers["Authorization"] = f"Bearer {token}"
        return self

    def open(self, **body: Any) -> Self:
        """Open a session."""
        opened = replies.data(self.ask_session(**body))
        self.task, self.session = opened["task_id"], opened["session_id"]
        return self

    def ask_session(self, user: str = "me", **body: Any) -> httpx.Response:
        """Ask for a session."""
        asked = {"task_name": "project", **body}
        return self.post(f"/api/tasks/{user}/with-session/nemo_agent", asked)

    @property
    def user(self) -> str:
        """Its user id, which the state tells."""
        return str(replies.data(self.ask_state())["user_id"])

    def with_token(self, token: str) -> Visitor:
        """Return a visitor in the same session with another token."""
        other = Visitor(
            service=self.service,
            http=self.http,
            client_id=self.client_id,
            headers=dict(self.headers),
            task=self.task,
            session=self.session,
        )
        return other.take(token)

    def new_token(self, *scopes: str, **more: Any) -> dict[str, Any]:
        """Create a further token of the account, and return what the service tells of it."""
        asked = {"name": "one more", **({"scopes": list(scopes)} if scopes else {}), **more}
        made: dict[str, Any] = replies.data(self.post("/api/tokens", asked))
        return made

    # plain requests

    def get(self, path: str, **more: Any) -> httpx.Response:
        """GET with all headers."""
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """POST, JSON if there is a body, with all headers."""
        return self.ask("POST", path, **({} if body is None else {"json": body}), **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send a request with all headers, and those in `headers`; None takes one away."""
        headers = {**self.headers, **more.pop("headers", {})}
        present = {name: value for name, value in headers.items() if value is not None}
        return self.http.request(method, path, headers=present, **more)

    # talking

    def message(self, text: str, **more: Any) -> dict[str, Any]:
        """Return the documented body of a message."""
        return {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.session,
            "new_message": {"parts": [{"text": text}]},
            **more,
        }

    @contextmanager
    def saying(self, text: str, **more: Any) -> Iterator[Iterator[Event]]:
        """Say something; gives the events as they come. Leaving early closes the connection."""
        began = self.service.now()
        headers = {**self.headers, "Accept": "text/event-stream"}
        with self.http.stream(
            "POST", "/run_sse", headers=headers, json=self.message(text, **more)
        ) as response:
            kind = response.headers["content-type"]
            assert kind.startswith("text/event-stream"), response.read()[:300]
            yield events(response.iter_bytes(), lambda: self.service.now() - began)

    def say(self, text: str, **more: Any) -> Heard:
        """Say something, and hear the stream to its end."""
        began = self.service.now()
        with self.saying(text, **more) as stream:
            heard = tuple(stream)
        return Heard(events=heard, ended=self.service.now() - began)

    def leave(self, text: str) -> None:
        """Say something, and go away at once."""
        with self.saying(text):
            pass

    def try_saying(self, text: str, **more: Any) -> httpx.Response:
        """Say something that is refused, and return the reply."""
        return self.post("/run_sse", self.message(text, **more))

    def spends(self, *texts: str) -> list[int]:
        """Say something each time the last is done, and return what each cost."""
        prices = []
        for text in texts:
            before = self.credits()["total"]
            self.say(text)
            prices.append(before - self.credits()["total"])
        return prices

    # looking

    def credits(self) -> dict[str, int]:
        """Return `available`, `frozen` and `total`."""
        told: dict[str, int] = replies.data(self.get("/api/credits/balance/simple"))
        return told

    def ask_state(self, session: str | None = None, user: str = "me") -> httpx.Response:
        """Ask for the state of a session, one's own unless it is named."""
        named = self.session if session is None else session
        return self.get(f"/api/state/nemo_agent/{user}/{named}/latest")

    def state(self) -> dict[str, Any]:
        """Return `data.state`."""
        told: dict[str, Any] = replies.data(self.ask_state())["state"]
        return told

    def draft(self) -> dict[str, Any]:
        """Return the draft; empty where there is none."""
        return self.state().get("draft") or {}

    def segments(self, kind: int) -> list[dict[str, Any]]:
        """Return the segments of the tracks of a kind: 0 video, 1 audio, 7 text."""
        tracks = self.draft().get("t", [])
        return [segment for track in tracks if track["tt"] == kind for segment in track["sg"]]

    # bringing

    @property
    def upload_path(self) -> str:
        """Where files go."""
        return f"/api/upload-video/nemo_agent/me/{self.session}"

    def upload(self, *files: tuple[str, bytes], field_: str = "files") -> httpx.Response:
        """Upload files, each a name and its content."""
        return self.post(self.upload_path, files=[(field_, file) for file in files])

    def upload_urls(self, *urls: Any, **more: Any) -> httpx.Response:
        """Let URLs be uploaded."""
        return self.post(self.upload_path, {"urls": list(urls), "source_type": "url", **more})

    # exporting

    def order(self, **body: Any) -> httpx.Response:
        """Order a render of the draft as it is."""
        return self.post("/api/render/proxy/lambda", self.order_body(**body))

    def order_body(self, **body: Any) -> dict[str, Any]:
        """Return the documented body of an order, with an id of its own."""
        self.orders += 1
        asked = {"id": f"render_{int(self.service.now() * 1000)}_{self.orders}", **body}
        asked.setdefault("sessionId", self.session)
        if "draft" not in asked:
            asked["draft"] = self.draft()
        return asked

    def ordered(self, **body: Any) -> Seen:
        """Order a render, and return how it stands."""
        return replies.seen(self.order(**body))

    def poll(self, render: str) -> httpx.Response:
        """Ask how a render stands."""
        return self.get(f"/api/render/proxy/lambda/{render}")

    def look(self, render: str) -> Seen:
        """Return how a render stands."""
        return replies.seen(self.poll(render))

    def cancel(self, render: str) -> httpx.Response:
        """Stop a render."""
        return self.post(f"/api/render/proxy/lambda/{render}/cancel")

    def finished(self, render: str) -> Seen:
        """Wait until a render is over, and return how it stands."""
        until = self.service.now() + PATIENCE
        while (stands := self.look(render)).status in ("pending", "processing"):
            assert self.service.now() < until, f"after {PATIENCE:g} seconds: {stands}"
            self.service.sleep(10)
        return stands

    def download(self, render: str, method: str = "GET", **headers: Any) -> httpx.Response:
        """Ask for a finished film; `headers` with a `_` where they have a `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(method, f"/api/render/proxy/{render}/download", headers=named)

    def fetch(self, url: str, method: str = "GET", **headers: Any) -> httpx.Response:
        """Ask for what a reply's URL leads to, without a token."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.request(method, url, headers=named)
