"""Clients that use a served fake at random, and remember what they were told: what they remember must stay true."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random
from typing import Any

import httpx

from nemovideo_fakeserver.core.ledger import Ledger
from nemovideo_fakeserver.store import accounts, records
from support.caller import ATTRIBUTION
from support.media import png

SMALL = {
    "t": [{"tt": 7, "sg": [{"id": "x", "s": 0, "d": 200, "m": {"text": "Hi"}}]}],
    "d": 200,
    "m": {"width": 64, "height": 36},
}
"""A draft that is a film in no time."""

OVER = ("completed", "failed", "cancelled")
ORDER = ("pending", "processing", *OVER)


class Acknowledged:
    """Counts what clients have been told, together."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.count = 0

    def one(self) -> None:
        """Count one reply."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def reach(self, count: int, within: float) -> None:
        """Wait until so many replies have come; fails after so many real seconds."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.count >= count, within), self.count


@dataclass
class Known:
    """What a client knows of one of its sessions."""

    task: str
    messages: list[str] = field(default_factory=list)
    uploads: dict[str, bytes | None] = field(default_factory=dict)
    segments: set[str] = field(default_factory=set)


class Client:
    """One client, who has a token in one world and remembers every reply."""

    def __init__(self, name: str, seed: int, world: str, acknowledged: Acknowledged) -> None:
        self.name = name
        self.world = world
        self.uid = ""
        self.sessions: dict[str, Known] = {}
        self.renders: dict[str, dict[str, Any]] = {}
        self.claims: list[str] = []
        self.tokens: dict[str, tuple[str, bool]] = {}
        self.request_ids: list[str] = []
        self.latest = datetime.min.replace(tzinfo=UTC)
        self._random = Random(seed)
        self._headers = dict(ATTRIBUTION)
        self._http: httpx.Client
        self._base = ""
        self._count = 0
        self._acknowledged = acknowledged

    def use(self, http: httpx.Client, url: str) -> None:
        """Go on with the server at this URL."""
        self._http = http
        self._base = f"{url}/~{self.world}" if self.world else url

    def run(self) -> None:
        """Act until the server is gone."""
        try:
            while True:
                self._random.choice(self._acts())()
        except (httpx.TransportError, httpx.StreamError):
            return

    def _acts(self) -> list[Callable[[], None]]:
        if not self.uid:
            return [self.arrive]
        if not self.sessions:
            return [self.open]
        often = [self.say, self.look, self.render, self.poll, self.poll]
        seldom = [self.upload, self.name_url, self.claim, self.make_token, self.revoke, self.cancel]
        return [*often, *seldom] + [self.open] * (len(self.sessions) < 3)

    def arrive(self) -> None:
        """Ask for a token."""
        data = self._told("POST", "/api/auth/anonymous-token", {"X-Client-Id": self.name})
        if data:
            self.uid = data["user_id"]
            self._headers["Authorization"] = f"Bearer {data['token']}"

    def open(self) -> None:
        """Open a session."""
        path = "/api/tasks/me/with-session/nemo_agent"
        data = self._told("POST", path, json={"task_name": f"project {len(self.sessions)}"})
        if data:
            self.sessions[data["session_id"]] = Known(task=data["task_id"])

    def say(self) -> None:
        """Send a message, and leave as soon as it is accepted."""
        id_, known = self._one_of(self.sessions)
        self._count += 1
        text = f"add a title '{self.name} {self._count}'"
        body = {"session_id": id_, "new_message": {"parts": [{"text": text}]}}
        with self._http.stream(
            "POST", f"{self._base}/run_sse", headers=self._headers, json=body
        ) as reply:
            self._heard(reply)
            if reply.headers["content-type"].startswith("text/event-stream"):
                known.messages.append(text)

    def look(self) -> None:
        """Read the state of a session, and the balance."""
        id_, known = self._one_of(self.sessions)
        state = self.state(id_)
        known.segments |= segments(state)
        self.balance()

    def state(self, session: str) -> dict[str, Any]:
        """Return the state of a session."""
        data = self._told("GET", f"/api/state/nemo_agent/me/{session}/latest")
        assert data, "a session that was opened is gone"
        state: dict[str, Any] = data["state"]
        return state

    def balance(self) -> dict[str, int]:
        """Return the balance."""
        data: dict[str, int] = self._told("GET", "/api/credits/balance/simple")
        assert data, "a token that was issued is not good any more"
        return data

    def upload(self) -> None:
        """Upload a picture of its own."""
        id_, known = self._one_of(self.sessions)
        self._count += 1
        content = png(16 + self._count % 50, 16 + self._random.randrange(50))
        files = {"files": (f"{self._count}.png", content)}
        data = self._told("POST", f"/api/upload-video/nemo_agent/me/{id_}", files=files)
        if data:
            known.uploads[data["files"][0]["cdn_url"]] = content

    def name_url(self) -> None:
        """Let a URL be fetched."""
        id_, known = self._one_of(self.sessions)
        body = {"source_type": "url", "urls": ["https://x.test/a.mp4"]}
        data = self._told("POST", f"/api/upload-video/nemo_agent/me/{id_}", json=body)
        if data:
            known.uploads[data["files"][0]["cdn_url"]] = None

    def render(self) -> None:
        """Order a small film."""
        self._count += 1
        id_ = f"render_{self._count}"
        body = {"id": id_, "sessionId": self._one_of(self.sessions)[0], "draft": SMALL}
        reply = self._ask("POST", "/api/render/proxy/lambda", json=body)
        if reply.status_code == 200:
            self.renders[id_] = reply.json()

    def poll(self) -> None:
        """Look at a film."""
        if self.renders:
            self.watch(self._one_of(self.renders)[0])

    def watch(self, id_: str) -> None:
        """Look at a film; it is no less far than before."""
        before = self.renders[id_]
        reply = self._ask("GET", f"/api/render/proxy/lambda/{id_}")
        assert reply.status_code == 200, f"a render that was ordered is gone: {reply.text}"
        self._check_progress(before, reply.json())
        self.renders[id_] = reply.json()

    def cancel(self) -> None:
        """Stop a film."""
        if self.renders:
            id_, before = self._one_of(self.renders)
            reply = self._ask("POST", f"/api/render/proxy/lambda/{id_}/cancel")
            self._check_progress(before, reply.json())
            self.renders[id_] = reply.json()

    def claim(self) -> None:
        """Ask for a claim token."""
        id_, known = self._one_of(self.sessions)
        body = {"task_id": known.task, "session_id": id_}
        data = self._told("POST", "/api/auth/claim-token", json=body)
        if data:
            self.claims.append(data["claim_token"])

    def make_token(self) -> None:
        """Make a further token."""
        data = self._told("POST", "/api/tokens", json={"name": "more", "scopes": ["read"]})
        if data:
            self.tokens[data["id"]] = (data["token"], False)

    def revoke(self) -> None:
        """Revoke one of the further tokens."""
        if self.tokens:
            id_, (value, _) = self._one_of(self.tokens)
            if self._told("POST", f"/api/tokens/{id_}/revoke"):
                self.tokens[id_] = (value, True)

    def check(self, world: records.World) -> None:
        """Fail unless everything that was told is still true; `world` is a snapshot of this very moment."""
        account = next(a for a in world.accounts if a.uid == self.uid)
        ledger: Ledger = accounts.restored(account).ledger
        told = self.balance()
        assert told == {
            "available": ledger.available,
            "frozen": ledger.frozen,
            "total": ledger.total,
        }
        for session in account.sessions:
            if session.id in self.sessions:
                self._check_session(session)
        assert set(self.sessions) <= {session.id for session in account.sessions}
        assert set(self.renders) <= {render.id for render in account.renders}
        for id_ in self._some(self.renders):
            self.watch(id_)
        self._check_secrets()

    def _check_session(self, session: records.Session) -> None:
        known = self.sessions[session.id]
        said = [turn.message for turn in session.turns]
        assert set(known.messages) <= set(said), "a message that was accepted is gone"
        state = self.state(session.id)
        assert known.segments <= segments(state), "a change of the draft is undone"
        there = {file["cdn_url"] for file in state["video_infos"]}
        for url in known.uploads:
            assert url in there, "an upload is gone"
        files = [url for url, content in known.uploads.items() if content is not None]
        for url in self._some(files):
            path = url.split("/cdn/")[1]
            assert self._ask("GET", f"/cdn/{path}").content == known.uploads[url]

    def _check_secrets(self) -> None:
        for value in self.claims:
            assert self._ask("GET", f"/workspace/claim?ct={value}").status_code == 200
        for value, revoked in self.tokens.values():
            headers = {"Authorization": f"Bearer {value}"}
            code = self._ask("GET", "/api/credits/balance/simple", headers).json()["code"]
            assert code == (1001 if revoked else 0)

    def _check_progress(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        assert ORDER.index(now["status"]) >= ORDER.index(before["status"]), (before, now)
        if before["status"] in OVER:
            assert now == before

    def _told(
        self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> Any:
        """Return the data of a reply, None where it is a refusal."""
        reply = self._ask(method, path, headers, **more)
        return reply.json()["data"]

    def _ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        asked = self._headers | (headers or {})
        reply = self._http.request(method, f"{self._base}{path}", headers=asked, **more)
        self._heard(reply)
        assert reply.status_code < 500, reply.text
        return reply

    def _heard(self, reply: httpx.Response) -> None:
        date = parsedate_to_datetime(reply.headers["Date"])
        assert date >= self.latest, f"time went back from {self.latest} to {date}"
        self.latest = date
        self.request_ids.append(reply.headers["X-Request-Id"])
        self._acknowledged.one()

    def _some(self, names: Iterable[str]) -> list[str]:
        """Return the newest and a few others: what takes time is not done for all of them in every round."""
        known = list(names)
        return [*known[-3:], *self._random.sample(known[:-3], min(3, max(0, len(known) - 3)))]

    def _one_of(self, known: dict[str, Any]) -> tuple[str, Any]:
        return self._random.choice(list(known.items()))


def segments(state: dict[str, Any]) -> set[str]:
    """Return the ids of the segments of a state's draft."""
    return {
        segment["id"] for track in state["draft"].get("t", []) for segment in track.get("sg", [])
    }
