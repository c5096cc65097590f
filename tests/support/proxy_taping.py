"""Writes down what a client says to a fake in-process, and what it hears: a recording without a proxy."""

from __future__ import annotations

from typing import Any

import httpx

from nemovideo_fakeserver import Fake, Options
from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.model import End, Header, Interaction, Piece, Request, Response

BASE = "http://127.0.0.1"
ATTRIBUTION = {
    "X-Skill-Source": "tests",
    "X-Skill-Version": "1.0",
    "X-Skill-Platform": "pytest",
}
CLIENT = "11111111-2222-4333-8444-555555555555"


class Tape:
    """A client of a fake at rate 0 whose exchanges are kept."""

    def __init__(self, fake: Fake) -> None:
        self.clock = fake.clock
        self.interactions: list[Interaction] = []
        self.bearer = ""
        self._begun = fake.clock.now()
        self._http = httpx.Client(transport=fake.transport(), base_url=BASE, timeout=9000)

    def now(self) -> float:
        """Return the virtual seconds since the beginning."""
        return round(self.clock.now() - self._begun, 3)

    def ask(self, line: str, body: Any = None, *, files: Any = None, leave_after: int = 0) -> Any:
        """Ask, read to the end (or so many pieces), and return what JSON came."""
        method, _, url = line.partition(" ")
        headers = {**ATTRIBUTION, "Authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        if url.endswith("anonymous-token"):
            headers = {"X-Client-Id": CLIENT}
        request = self._http.build_request(method, url, json=body, files=files, headers=headers)
        sent = request.read()
        at = self.now()
        chunks: list[tuple[float, bytes]] = []
        response = self._http.send(request, stream=True)
        head = self.now()
        ends: End = "eof"
        try:
            for chunk in response.iter_raw():
                chunks.append((round(self.now() - at, 3), chunk))
                if len(chunks) == leave_after:
                    ends = "lost"
                    break
        except httpx.RemoteProtocolError:
            ends = "truncated"
        except httpx.TransportError:
            ends = "reset"
        response.close()
        whole = b"".join(chunk for _, chunk in chunks)
        self.interactions.append(
            Interaction(
                number=len(self.interactions) + 1,
                at=at,
                request=Request(
                    method=method,
                    url=url.removeprefix(BASE),
                    headers=tuple(request.headers.multi_items()),
                    body=sent,
                ),
                response=Response(
                    status=response.status_code,
                    reason=response.reason_phrase,
                    headers=tuple(response.headers.multi_items()),
                    at=round(head - at, 3),
                    body=whole,
                    pieces=tuple(Piece(at, len(chunk)) for at, chunk in chunks),
                ),
                ended=round(self.now() - at, 3),
                end=ends,
            )
        )
        is_json = "json" in response.headers.get("content-type", "")
        return httpx.Response(200, content=whole).json() if is_json and whole else whole

    def connect(self) -> str:
        """Get a token and a session, and return the session's id."""
        self.bearer = self.ask("POST /api/auth/anonymous-token")["data"]["token"]
        made = self.ask("POST /api/tasks/me/with-session/nemo_agent", {"task_name": "project"})
        return str(made["data"]["session_id"])

    def say(self, session: str, text: str, *, leave_after: int = 0) -> Any:
        """Send a message and read its stream."""
        message = {"parts": [{"text": text}]}
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": session}
        return self.ask("POST /run_sse", {**body, "new_message": message}, leave_after=leave_after)

    def recording(self) -> Recording:
        """Return all of it."""
        header = Header(upstream=BASE, recorded_at="2033-03-03T03:33:33Z", harness="0.1.0")
        return Recording(header=header, interactions=tuple(self.interactions))


def workflow(options: Options | None = None) -> Recording:
    """Return a whole piece of work: a film is made, changed, exported and fetched."""
    with Fake(options or Options()) as fake:
        tape = Tape(fake)
        session = tape.connect()
        tape.say(session, "make a 5 second video of a beach")
        tape.ask("GET /api/credits/balance/simple")
        state = tape.ask(f"GET /api/state/nemo_agent/me/{session}/latest")
        draft = state["data"]["state"]["draft"]
        order = {"id": "render_1700000000", "sessionId": session, "draft": draft}
        tape.ask("POST /api/render/proxy/lambda", order)
        while True:
            status = tape.ask("GET /api/render/proxy/lambda/render_1700000000")
            if status["status"] == "completed":
                break
            tape.clock.jump(30)
        tape.ask("GET " + status["output"]["url"])
        return tape.recording()
