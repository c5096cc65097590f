"""A caller that does over httpx what a skill does with curl: no cleverness, no retries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

ATTRIBUTION = {
    "X-Skill-Source": "a-skill",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}


@dataclass
class Caller:
    """One client of the API; `http` may lead to any door."""

    http: httpx.Client
    headers: dict[str, str] = field(default_factory=lambda: dict(ATTRIBUTION))
    uid: str = ""
    task: str = ""
    session: str = ""

    def connect(self, client_id: str = "someone") -> Self:
        """Get a token and open a session."""
        return self.identify(client_id).open()

    def identify(self, client_id: str = "someone") -> Self:
        """Get a token."""
        data = self.http.post(
            "/api/auth/anonymous-token", headers={"X-Client-Id": client_id}
        ).json()["data"]
        self.uid = data["user_id"]
        self.headers["Authorization"] = f"Bearer {data['token']}"
        return self

    def open(self, **body: Any) -> Self:
        """Open a session."""
        asked = {"task_name": "project", **body}
        data = self.post("/api/tasks/me/with-session/nemo_agent", asked).json()["data"]
        self.task, self.session = data["task_id"], data["session_id"]
        return self

    def get(self, path: str) -> httpx.Response:
        """GET with all headers."""
        return self.http.get(path, headers=self.headers)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        """POST JSON with all headers."""
        return self.http.post(path, headers=self.headers, json=body)

    def message(self, text: str) -> dict[str, Any]:
        """Return the documented body for a chat message."""
        return {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.session,
            "new_message": {"parts": [{"text": text}]},
        }

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message, read the stream to its end, return the events; an empty `data:` is `{}`."""
        with self.http.stream(
            "POST", "/run_sse", headers=self.headers, json=self.message(text)
        ) as response:
            assert response.headers["content-type"].startswith("text/event-stream"), response.read()
            return [
                json.loads(line[5:].strip() or "{}")
                for line in response.iter_lines()
                if line.startswith("data:")
            ]

    def upload(self, name: str, content: bytes) -> httpx.Response:
        """Upload one file."""
        path = f"/api/upload-video/nemo_agent/me/{self.session}"
        return self.http.post(path, headers=self.headers, files={"files": (name, content)})

    def upload_url(self, name: str) -> httpx.Response:
        """Let the file of this name be fetched."""
        path = f"/api/upload-video/nemo_agent/me/{self.session}"
        return self.post(path, {"source_type": "url", "urls": [f"https://x.test/{name}"]})

    def balance(self) -> dict[str, int]:
        """Return available, frozen and total."""
        data: dict[str, int] = self.get("/api/credits/balance/simple").json()["data"]
        return data

    def state(self) -> dict[str, Any]:
        """Return `data.state`."""
        state: dict[str, Any] = self.get(f"/api/state/nemo_agent/me/{self.session}/latest").json()[
            "data"
        ]["state"]
        return state

    def tracks(self) -> list[dict[str, Any]]:
        """Return the draft's tracks, none when there is no draft."""
        tracks: list[dict[str, Any]] = self.state()["draft"].get("t", [])
        return tracks

    def submit(self, id_: str, **more: Any) -> httpx.Response:
        """Order a render of the present draft."""
        order = {"id": id_, "sessionId": self.session, "draft": self.state()["draft"], **more}
        return self.post("/api/render/proxy/lambda", order)
