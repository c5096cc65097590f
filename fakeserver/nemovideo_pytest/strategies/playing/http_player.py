"""A player that does over httpx what a skill does with curl: no cleverness, no retries.

What is answered is returned as it came: the JSON, or the events of a stream. A broken connection raises
what httpx raises, a status of 400 or more `httpx.HTTPStatusError`, a business code `Refused`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

ATTRIBUTION = {
    "X-Skill-Source": "nemovideo-pytest",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}
PATIENCE = 20
"""Polls of an export, 30 s apart."""


class Refused(Exception):
    """The service answered with a business code; `code` is 1001, 1002, 2001, 4001, 4002, ..."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


@dataclass
class HttpPlayer:
    """One user; `http` may lead to any door of a fake, to a replay, or to a service.

    `wait` lets seconds pass: `fake.clock.sleep_sync` in virtual time.
    """

    http: httpx.Client
    wait: Callable[[float], Any]
    client_id: str = "somebody"
    headers: dict[str, str] = field(default_factory=lambda: dict(ATTRIBUTION))
    session_id: str = ""
    ordered: int = 0

    def token(self) -> Any:
        """Get a token."""
        asked = {"X-Client-Id": self.client_id}
        data = _answer(self.http.post("/api/auth/anonymous-token", headers=asked))
        self.headers["Authorization"] = f"Bearer {data['token']}"
        return data

    def session(self) -> Any:
        """Open a session."""
        body = {"task_name": "project"}
        data = self._post("/api/tasks/me/with-session/nemo_agent", body)
        self.session_id = data["session_id"]
        return data

    def upload(self, file: str) -> Any:
        """Upload a file, or let a URL be fetched."""
        path = f"/api/upload-video/nemo_agent/me/{self.session_id}"
        if file.startswith(("http://", "https://")):
            return self._post(path, {"source_type": "url", "urls": [file]})
        files = {"files": (Path(file).name, Path(file).read_bytes())}
        return _answer(self.http.post(path, headers=self.headers, files=files))

    def say(self, message: str) -> list[Any]:
        """Send a message; return the events, an empty one as None."""
        return self._events(message, None)

    def leave(self, message: str) -> list[Any]:
        """Send a message, and go away with the first event."""
        return self._events(message, 1)

    def _events(self, message: str, most: int | None) -> list[Any]:
        body = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.session_id,
            "new_message": {"parts": [{"text": message}]},
        }
        headers = {**self.headers, "Accept": "text/event-stream"}
        events: list[Any] = []
        with self.http.stream("POST", "/run_sse", headers=headers, json=body) as reply:
            if not reply.headers.get("content-type", "").startswith("text/event-stream"):
                reply.read()
                return [_answer(reply)]
            for line in reply.iter_lines():
                if line.startswith("data:"):
                    said = line.removeprefix("data:").strip()
                    events.append(json.loads(said) if said else None)
                if most is not None and len(events) >= most:
                    break
        return events

    def credits(self) -> Any:
        """Ask for the balance."""
        return self._get("/api/credits/balance/simple")

    def state(self) -> Any:
        """Ask for the state of the session."""
        return self._get(f"/api/state/nemo_agent/me/{self.session_id}/latest")["state"]

    def order(self) -> Any:
        """Order a film of the draft as it is, under a new id."""
        draft = self.state()["draft"]
        self.ordered += 1
        body = {"id": self._render_id, "sessionId": self.session_id, "draft": draft}
        return self._post("/api/render/proxy/lambda", body)

    def poll(self) -> Any:
        """Ask how the film stands."""
        return self._get(f"/api/render/proxy/lambda/{self._render_id}")

    def cancel(self) -> Any:
        """Call off the film."""
        return self._post(f"/api/render/proxy/lambda/{self._render_id}/cancel", None)

    def download(self) -> bytes:
        """Fetch the film."""
        path = f"/api/render/proxy/{self._render_id}/download"
        reply = self.http.get(path, headers=self.headers, follow_redirects=True)
        return reply.raise_for_status().content

    def export(self) -> Any:
        """Order a film, poll every 30 s until it is over, and fetch it."""
        self.order()
        for _ in range(PATIENCE):
            self.wait(30)
            stands = self.poll()
            if stands["status"] not in ("pending", "processing"):
                break
        if stands["status"] == "completed":
            self.download()
        return stands

    def resume(self) -> None:
        """Know token and session, and no film."""
        self.ordered = 0

    @property
    def _render_id(self) -> str:
        return f"render_{self.client_id}_{self.session_id}_{self.ordered}"

    def _get(self, path: str) -> Any:
        return _answer(self.http.get(path, headers=self.headers))

    def _post(self, path: str, body: Any) -> Any:
        return _answer(self.http.post(path, headers=self.headers, json=body))


def _answer(reply: httpx.Response) -> Any:
    """Return what a reply says, out of its envelope where it has one."""
    reply.raise_for_status()
    said = reply.json()
    if not isinstance(said, dict) or "code" not in said:
        return said
    if said["code"] != 0:
        raise Refused(said["code"], str(said.get("message", "")))
    return said["data"]
