"""A visitor who does to a fake whatever a test draws: every act that changes what lasts, and some that do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import TEXT, VIDEO, Change, Describe, Order, Put, Remove
from nemovideo_fakeserver.core.plan import (
    Beat,
    Call,
    Drop,
    Edit,
    Made,
    Plan,
    Result,
    Say,
    Scene,
    Sign,
    Trouble,
)
from support.caller import Caller
from support.media import png
from support.script import script


def versatile(message: str, scene: Scene) -> Plan:
    """Plan a turn in which everything happens that can, for the message `everything`; else follow the script."""
    if message != "everything":
        return script(message, scene)
    clip = _music(scene)
    beats = (
        Beat(0.0, Say("Hello, 你好\u2028: 'yes'\n")),
        Beat(0.0, Edit(Put(VIDEO, {"id": "a", "s": 0, "d": 1000, "m": {"name": "a: #1"}}))),
        Beat(0.1, Call("tool", {"op": "x", "list": [1, 2.5, None, {"deep": [True]}]})),
        Beat(1.7, Made(clip)),
        Beat(
            3.4, Edit(Put(TEXT, {"id": "b", "s": 0, "d": 500, "m": {"text": "no"}}, new_track=True))
        ),
        Beat(3.4, Edit(Change("a", {"s": 5, "m": {"name": None, "volume": 0.1}}))),
        Beat(3.4, Edit(Order(("a",)))),
        Beat(5.1, Edit(Describe({"title": "null", "width": 640, "height": 360}))),
        Beat(5.1, Edit(Remove("b"))),
        Beat(5.1, Result("tool", {"status": "success"})),
        Beat(6.8, Sign()),
        Beat(6.8, Trouble("one moment")),
        Beat(6.8, Drop("reset")),
        Beat(8.5, Say("done")),
    )
    return Plan(kind="edit", beats=beats, lasts=40.0, quiet=((5.0, 20.0),), price=7, cue=3)


def _music(scene: Scene) -> Asset:
    notes = {"bpm": 90, "sections": ["intro", "drop"], "drop": 3.5}
    made = Synthetic(kind="audio", seconds=9.5, label="yes", seed=2**64 - 1, notes=notes)
    name = f"music_{scene.chance.hex(8, 'music')}.mp3"
    return Asset(
        kind="audio",
        filename=name,
        url=f"{scene.cdn}/generated/{name}",
        seconds=9.5,
        width=0,
        height=0,
        fps=0.0,
        hash=scene.chance.hex(64, "hash"),
        source=made,
        origin="generated",
    )


class Unheard(Exception):
    """A fault or a limit kept a caller from what an act needs."""


@contextmanager
def heard() -> Iterator[None]:
    """Raise `Unheard` for a reply that is not the one that was hoped for."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as problem:
        raise Unheard from problem


class Visitor:
    """Acts in one world of a fake, for as many clients as are named; `acts` are its methods by name."""

    def __init__(self, http: httpx.Client, world: str = "") -> None:
        self._http = http
        self._base = f"/~{world}" if world else ""
        self._callers: dict[str, Caller] = {}
        self._tokens: list[str] = []
        self._renders = 0

    def caller(self, name: str) -> Caller:
        """Return the caller of this name, who has a token and a session; raises `Unheard`."""
        if name not in self._callers:
            caller = _Within(self._http, base=self._base)
            with heard():
                self._callers[name] = caller.connect(name)
        return self._callers[name]

    def arrive(self, name: str) -> None:
        """Ask for a token, be it too early, and open a session."""
        caller = self.caller(name)
        with heard():
            caller.identify(name)
        with heard():
            caller.open(language="zh-CN")

    def say(self, name: str, message: str, frames: int) -> None:
        """Send a message, and read so many lines of what comes back."""
        caller = self.caller(name)
        path = f"{self._base}/run_sse"
        body = caller.message(message)
        try:
            with self._http.stream("POST", path, headers=caller.headers, json=body) as response:
                for number, _ in enumerate(response.iter_lines()):
                    if number >= frames:
                        return
        except httpx.TransportError:
            pass  # the plan or a fault breaks the line

    def upload(self, name: str, what: str) -> None:
        """Upload a picture, or name a URL."""
        caller = self.caller(name)
        if what == "picture":
            caller.upload("görl: x.png", png())
        else:
            urls = {"source_type": "url", "urls": ["https://x.test/a.mp4", "https://x.test/b.mp3"]}
            caller.post(f"/api/upload-video/nemo_agent/me/{caller.session}", urls)

    def render(self, name: str, id_: str) -> None:
        """Order a film of the present draft, or of a strange one."""
        caller = self.caller(name)
        if id_ == "strange":
            draft = {
                "t": [{"tt": 0, "sg": [{"id": 1, "d": 10**30}]}],
                "yes": "1e3",
                "\x85": "\ufeff",
            }
            caller.post(
                "/api/render/proxy/lambda",
                {"id": id_, "sessionId": caller.session, "draft": draft},
            )
        else:
            with heard():
                caller.submit(id_)

    def cancel(self, name: str, id_: str) -> None:
        """Stop a film."""
        self.caller(name).post(f"/api/render/proxy/lambda/{id_}/cancel")

    def poll(self, name: str, id_: str) -> None:
        """Look at a film, and at everything else."""
        caller = self.caller(name)
        caller.get(f"/api/render/proxy/lambda/{id_}")
        caller.get("/api/credits/balance/simple")
        caller.get(f"/api/state/nemo_agent/me/{caller.session}/latest")

    def claim(self, name: str) -> None:
        """Ask for a claim token."""
        caller = self.caller(name)
        caller.post("/api/auth/claim-token", {"task_id": caller.task, "session_id": caller.session})

    def name_token(self, name: str, revoke: bool) -> None:
        """Make a further token, and perhaps revoke it."""
        caller = self.caller(name)
        made = caller.post("/api/tokens", {"name": "null", "scopes": ["read"]})
        with heard():
            id_ = made.json()["data"]["id"]
        if revoke:
            caller.post(f"/api/tokens/{id_}/revoke")

    def jump(self, seconds: float | str) -> None:
        """Let time go on, and see what has become of it."""
        self._post("/__fake__/clock", json={"jump": seconds})
        self._http.get(f"{self._base}/__fake__/clock")

    def arm(self, at: str, do: dict[str, Any], probability: float) -> None:
        """Arm a fault that may fire twice."""
        fault = {"at": at, "do": do, "probability": probability, "times": 2}
        self._post("/__fake__/faults", json=fault)

    def disarm(self, id_: str) -> None:
        """Take a fault away, or all."""
        end = f"/{id_}" if id_ else ""
        self._http.delete(f"{self._base}/__fake__/faults{end}")

    def reset(self, name: str | None) -> None:
        """Put one client's account back to the seed, or the world."""
        if name is None:
            self._post("/__fake__/reset")
            self._callers.clear()
        else:
            caller = self.caller(name)
            self._post(f"/__fake__/reset/accounts/{caller.uid}")
            del self._callers[name]

    def _post(self, path: str, **more: Any) -> None:
        self._http.post(f"{self._base}{path}", **more)


class _Within(Caller):
    """A caller in a world with a name."""

    def __init__(self, http: httpx.Client, *, base: str) -> None:
        super().__init__(_Based(http, base))  # type: ignore[arg-type]  # all of a client that a caller uses


class _Based:
    """The calls of a client, below a path."""

    def __init__(self, http: httpx.Client, base: str) -> None:
        self._http = http
        self._base = base

    def get(self, path: str, **more: Any) -> httpx.Response:
        """GET below the path."""
        return self._http.get(self._base + path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        """POST below the path."""
        return self._http.post(self._base + path, **more)
