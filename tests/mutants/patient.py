"""A fake as a probe finds it: in-process, with a studio that takes no time, and callers who ask it things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.core.presets import chosen
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller

BASE = "http://127.0.0.1"
DAY = 86_400.0
LOOP = "Make a 5-second lo-fi loop at 80 BPM"
"""An edit."""
TITLE = 'Add the title "Paradise Found", white, top-center'
"""Another edit."""
BEACH = "Generate a 5 second video of a beach at dawn"
"""A generation."""
TALK = "What can you do?"
"""Neither."""
RENDERS = "/api/render/proxy/lambda"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One fake, and how to ask it; `me` is a caller with a token and a session."""

    fake: Fake
    http: httpx.Client
    callers: dict[str, Caller] = field(default_factory=dict)

    @property
    def me(self) -> Caller:
        """The first caller."""
        return self.caller("someone")

    @property
    def you(self) -> Caller:
        """Somebody else."""
        return self.caller("somebody else")

    def caller(self, name: str) -> Caller:
        """Return the caller of this name, who has a token and a session."""
        if name not in self.callers:
            self.callers[name] = Caller(self.http).connect(name)
        return self.callers[name]

    def jump(self, seconds: float) -> None:
        """Let time pass."""
        self.fake.clock.jump(seconds)

    def ask(self, client_id: str | None = "someone") -> httpx.Response:
        """Ask for an anonymous token."""
        headers = {} if client_id is None else {"X-Client-Id": client_id}
        return self.http.post("/api/auth/anonymous-token", headers=headers)

    def render(self, id_: str = "render_1", after: float = 0.0, **more: Any) -> Any:
        """Order a film of a draft with one segment, let time pass, and return what a poll says."""
        draft = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 5000}]}], "d": 5000}
        order = {"id": id_, "sessionId": self.me.session, "draft": draft, **more}
        answer = self.me.post(RENDERS, order)
        if not after:
            return answer.json()
        self.jump(after)
        return self.me.get(f"{RENDERS}/{id_}").json()


@contextmanager
def admitted(reading: str = "") -> Iterator[Patient]:
    """Open a fake that follows a reading of the documents, words such as `preset=4.4 ip_limit=5`."""
    words = (word.partition("=") for word in reading.split())
    options = Options(variants=chosen((key, value) for key, _, value in words))
    with (
        Fake(options, studio=Darkroom()) as fake,
        httpx.Client(transport=fake.transport(), base_url=BASE, timeout=None) as http,
    ):
        yield Patient(fake=fake, http=http)
