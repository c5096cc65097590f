"""Test suites that share one fake: each in a world of its own, with its own scenario, rate, faults and readings.

All do the same at once, and call their clients the same. A suite hears everything: what the service says, and
what the fake tells of the suite's own world.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from support.caller import ATTRIBUTION

HOST = "127.0.0.1:8765"
"""What every suite calls the server, on whatever port it is: links in replies begin with it."""

RATES = (0, 600, 0, 3600)
READINGS: tuple[dict[str, str], ...] = (
    {"sse_dialect": "adk"},
    {"client_limit": "2", "ip_limit": "2"},
    {"sse_dialect": "flat", "error_http": "mapped"},
    {"render_shape": "both", "client_limit": "none"},
    {"heartbeat_interval": "4s", "rate_limit_transient": "on"},
    {"preset": "4.4"},
)
"""By the number of the suite; events of the first tell the time, and so are for worlds where it stands."""

MORE = 60.0
"""Seconds by which a suite lets time jump, where it does not run: longer than any turn."""


def scenario(number: int) -> dict[str, Any]:
    """Return what the suite with this number plays; no two play the same."""
    title = {"track": "text", "id": "title", "d": 1000 + number, "m": {"text": f"suite {number}"}}
    return {
        "name": f"suite-{number}",
        "clock": {"rate": RATES[number % len(RATES)]},
        "variants": READINGS[number % len(READINGS)],
        "newcomers": {"credits": 200 + number},
        "accounts": [{"name": "mia", "client_id": "client-0", "credits": 300 + number}],
        "turns": [
            {
                "when": {"says": "go"},
                "price": 10 + number,
                "steps": [
                    {"at": 1, "text": f"I am suite {number}"},
                    {"at": 5 + number, "draft": [{"put": title}]},
                    {"at": 6 + number, "end": "ok"},
                ],
            }
        ],
        "renders": {"timing": {"polls": {"processing": 1, "completed": 2 + number % 3}}},
        "faults": [
            {
                "at": "GET /api/credits/balance/simple",
                "side": "after",
                "do": {"status": 500 + number},
                "times": 1 + number % 2,
            }
        ],
    }


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply: its status, its headers in order of their names, its body."""

    line: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(eq=False)
class Suite:
    """One suite: its number, and the way to the server; `heard` is every reply so far."""

    number: int
    http: httpx.Client
    heard: list[Heard] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether time stands in its world, but for jumps."""
        return not scenario(self.number)["clock"]["rate"]

    def run(self) -> list[Heard]:
        """Do everything twice, with a reset of its own world in between; return every reply."""
        self.ask("POST", "/__fake__/scenario", body=scenario(self.number))
        self._workflow()
        self.ask("POST", "/__fake__/reset")
        self._workflow()
        return self.heard

    def _workflow(self) -> None:
        tokens = [self._token(client) for client in ("client-0", "client-1", "client-1")]
        headers = {**ATTRIBUTION, "Authorization": f"Bearer {next(filter(None, tokens))}"}
        session = self._said(
            "POST", "/api/tasks/me/with-session/nemo_agent", headers, {"task_name": "project"}
        )["data"]["session_id"]
        self._talk(headers, session)
        for _ in range(3):
            self.ask("GET", "/api/credits/balance/simple", headers)
        self._upload(headers, session)
        self._render(headers, session)
        self._look()

    def _token(self, client: str) -> str | None:
        told = self._said("POST", "/api/auth/anonymous-token", {"X-Client-Id": client})
        return told["data"]["token"] if told["data"] else None

    def _talk(self, headers: dict[str, str], session: str) -> None:
        """Send a message and hear it out; where time stands, it jumps before anything is read."""
        body = {"session_id": session, "new_message": {"parts": [{"text": "go"}]}}
        request = self._request("POST", "/run_sse", headers, body)
        response = self.http.send(request, stream=True)
        if self.stands:
            self.ask("POST", "/__fake__/clock", body={"jump": MORE})
        response.read()
        self._hear("POST /run_sse", response)

    def _upload(self, headers: dict[str, str], session: str) -> None:
        path = f"/api/upload-video/nemo_agent/me/{session}"
        url = f"https://example.com/{self.number}.png"
        (file,) = self._said("POST", path, headers, {"urls": [url]})["data"]["files"]
        here = f"/~{self.name}"
        assert urlsplit(file["cdn_url"]).path.startswith(f"{here}/cdn/")
        self.ask("GET", urlsplit(file["cdn_url"]).path.removeprefix(here))
        self.ask("GET", f"/api/state/nemo_agent/me/{session}/latest", headers)

    def _render(self, headers: dict[str, str], session: str) -> None:
        draft = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 1000}]}], "d": 1000}
        order = {"id": "render_1", "sessionId": session, "draft": draft}
        self.ask("POST", "/api/render/proxy/lambda", headers, order)
        for _ in range(4):
            self.ask("GET", "/api/render/proxy/lambda/render_1", headers)
        self.ask("GET", "/api/render/proxy/render_1/download", headers)

    def _look(self) -> None:
        """See what the fake tells of this world."""
        account = self._said("GET", "/__fake__/accounts")["accounts"][-1]["account"]
        self.ask("POST", f"/__fake__/accounts/{account}/grant", body={"credits": self.number + 1})
        for path in ("accounts", "ledger", "faults", "scenario", "journal", "verdicts"):
            self.ask("GET", f"/__fake__/{path}")

    @property
    def name(self) -> str:
        """The name of its world."""
        return f"suite-{self.number}"

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: Any = None
    ) -> Heard:
        """Send a request and hear the reply."""
        response = self.http.send(self._request(method, path, headers, body))
        return self._hear(f"{method} {path}", response)

    def _said(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: Any = None
    ) -> Any:
        return json.loads(self.ask(method, path, headers, body).body)

    def _request(
        self, method: str, path: str, headers: dict[str, str] | None, body: Any
    ) -> httpx.Request:
        said = {"Host": HOST, **(headers or {})}
        return self.http.build_request(method, f"/~{self.name}{path}", headers=said, json=body)

    def _hear(self, line: str, response: httpx.Response) -> Heard:
        said = response.headers.multi_items()
        kept = [header for header in said if header[0] not in ("connection", "transfer-encoding")]
        heard = Heard(line, response.status_code, tuple(sorted(kept)), response.content)
        self.heard.append(heard)
        return heard


TIMES = frozenset(
    [
        "at",
        "now",
        "epoch",
        "to",
        "created_at",
        "expires_at",
        "starts_at",
        "ends_at",
        "armed_at",
        "retry_after",
        "date",
        "retry-after",
        "createdAt",
        "completedAt",
        "totals",
    ]
)
"""What is called so is a time, or follows from one."""

OF_PACE = frozenset({"GET /__fake__/journal", "GET /__fake__/verdicts"})
"""What tells in which order things came, and how fast clients were."""

_SPAN = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+Z|\d+(\.\d+)?( ?)(ms|s|min|m|h|d|seconds?|minutes?|hours?|days?)\b"
)


def undated(heard: Heard) -> Any:
    """Return a reply without its times, which differ where time runs by itself."""
    headers = [header for header in heard.headers if header[0] not in (*TIMES, "content-length")]
    try:
        body = _undated(json.loads(heard.body))
    except ValueError:
        body = heard.body
    return heard.line, heard.status, headers, body


def _undated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: None if key in TIMES else _undated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_undated(one) for one in value]
    return _SPAN.sub("a while", value) if isinstance(value, str) else value


def facts(heard: list[Heard]) -> Iterator[dict[str, Any]]:
    """Yield every fact that a suite was told of its world."""
    for one in heard:
        if one.line == "GET /__fake__/journal":
            yield from json.loads(one.body)["facts"]
