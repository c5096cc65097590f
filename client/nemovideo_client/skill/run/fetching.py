"""What a skill takes for granted is asked for on the way: a token, a session, the draft."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nemovideo_client.skill.run.making import Maker
from nemovideo_client.skill.run.outgoing import Outgoing
from nemovideo_client.skill.run.sending import Sender

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "token": "nothing of the skill has brought a token so far",
        "session_id": "nothing of the skill has made a session so far",
        "task_id": "nothing of the skill has made a session so far",
        "draft": "the draft is the state's",
    }
)
"""What may be asked for, and why."""


class Fetcher:
    """Sends the requests that an agent would make of itself; each says that the check has sent it."""

    def __init__(self, sender: Sender, maker: Maker) -> None:
        self.line = 1
        self._sender = sender
        self._maker = maker

    def fetch(self, what: str, why: str = "") -> str | None:
        """Return a value that a request gives, and None where none does."""
        if what not in REASONS:
            return None
        why = why or REASONS[what]
        answers = self._sender.answers
        if answers.get("token") is None:
            self._request("POST", "/api/auth/anonymous-token", None, REASONS["token"])
        if what in ("session_id", "task_id"):
            path = "/api/tasks/me/with-session/nemo_agent"
            self._request("POST", path, '{"task_name":"project"}', why)
        if what == "draft":
            return self._draft(why)
        return answers.get(what)

    def _draft(self, why: str) -> str | None:
        session = self._sender.answers.get("session_id")
        if session is not None and self._sender.draft is None:
            self._request("GET", f"/api/state/nemo_agent/me/{session}/latest", None, why)
        return self._sender.draft

    def _request(self, method: str, path: str, body: str | None, why: str) -> None:
        token = self._sender.answers.get("token")
        headers: list[tuple[str, str]] = []
        if token is None:
            headers.append(("X-Client-Id", self._maker.make("client_id", "") or ""))
        else:
            headers += [("Authorization", f"Bearer {token}"), *self._sender.who]
        if body is not None:
            headers.append(("Content-Type", "application/json"))
        leaving = Outgoing(method, self._sender.base + path, tuple(headers), body)
        self._sender.send(leaving, self.line, f"sent by the check itself: {why}", own=True)
