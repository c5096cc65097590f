"""Faults of the network on a real port: curl says what it has met, and both doors tell the same."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import which
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.faults.actions import Break
from nemovideo_pytest.darkroom import FILM
from support import server
from support.caller import Caller
from support.faulty import kinds_of, rich_caller, staged_fake
from support.media import png

RESET, PARTIAL, EMPTY, LATE, FINE = 56, 18, 52, 28, 0
"""Exit codes of curl: connection reset, body too short, no reply at all, no time left, all well."""

BREAKS = {"reset": RESET, "truncated": PARTIAL, "half_closed": PARTIAL, "stall": LATE}
CREDITS = "/api/credits/balance/simple"
PATIENCE = "0.4"
"""Real seconds that curl bears a stall."""


@dataclass
class Port:
    """A fake on a port, with a caller of its own, and curl."""

    fake: Fake
    url: str
    caller: Caller

    def curl(self, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        """Ask as a skill would; return curl's exit code and what it has heard."""
        stalls = any(armed.fault.do == Break("stall") for armed in self.fake.faults.armed)
        command = ["curl", "--silent", "--no-buffer", "--max-time", PATIENCE if stalls else "15"]
        for name, value in (self.caller.headers | headers).items():
            command += ["--header", f"{name}: {value}"]
        if body is not None:
            command += ["--header", "Content-Type: application/json", "--data", json.dumps(body)]
        done = subprocess.run([*command, self.url + path], capture_output=True, check=False)
        return done.returncode, done.stdout

    def say(self) -> tuple[int, bytes]:
        """Send a message."""
        return self.curl("/run_sse", self.caller.message("a beach at dawn"))


@pytest.fixture
def port() -> Iterator[Port]:
    """A fake whose every message is a generation in two stages, served at rate 0."""
    if which("curl") is None:
        pytest.skip("curl is not installed")
    with (
        staged_fake() as fake,
        server.thread(fake) as url,
        httpx.Client(base_url=url, trust_env=False) as http,
    ):
        yield Port(fake, url, rich_caller(fake, http))


# What curl meets


@pytest.mark.parametrize(("how", "code"), BREAKS.items())
def test_a_reply_that_breaks_before_it_begins(port: Port, how: str, code: int) -> None:
    """Not a byte arrives; a connection that is properly closed then has given an empty reply."""
    port.fake.arm(f"GET {CREDITS}", {"break": how})

    assert port.curl(CREDITS) == (EMPTY if code == PARTIAL else code, b"")
    assert port.curl(CREDITS)[0] == FINE


@pytest.mark.parametrize(("how", "code"), BREAKS.items())
def test_a_reply_that_breaks_in_the_middle(port: Port, how: str, code: int) -> None:
    """Its first half arrives, and that it is not the whole is seen."""
    whole = port.curl(CREDITS)[1]
    port.fake.arm(f"GET {CREDITS}", {"break": how}, side="after")

    assert port.curl(CREDITS) == (code, whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("do", "share"), [({"delay": 600}, 1), ({"drip": 60}, 1), ({"malformed": True}, 2)], ids=str
)
def test_a_reply_that_arrives(port: Port, do: dict[str, Any], share: int) -> None:
    """Late, in drops or spoilt it is complete as HTTP says; virtual time passes, and nobody waits for it."""
    whole = port.curl(CREDITS)[1]
    before = port.fake.clock.now()
    port.fake.arm(f"GET {CREDITS}", do)

    assert port.curl(CREDITS) == (FINE, whole[: len(whole) // share])
    waited = port.fake.clock.now() - before
    assert waited == do.get("delay", 0) + do.get("drip", 0) * (-(-len(whole) // 16) - 1)


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize(("how", "code"), BREAKS.items())
def test_a_stream_that_breaks(port: Port, how: str, code: int, side: str) -> None:
    """The events up to then arrive; of one that is truncated, half."""
    usual = port.say()[1].split(b"\n\n")
    port.fake.arm("turn.stage_two", {"break": how}, side=side)

    ended, heard = port.say()

    told = 5 if side == "before" else 6
    whole = b"\n\n".join([*usual[:told], b""])
    rest = usual[5][: (len(usual[5]) + 2) // 2] if (how, side) == ("truncated", "before") else b""
    assert (ended, heard) == (code, whole + rest)
    *_, end = kinds_of(port.fake, "stream.ended")
    assert (end["how"], end["frames"]) == (how, told)


@pytest.mark.parametrize(
    ("do", "same"),
    [({"delay": 300}, True), ({"drip": 5}, True), ({"malformed": True}, False)],
    ids=str,
)
def test_a_stream_that_arrives(port: Port, do: dict[str, Any], *, same: bool) -> None:
    """To its end, whatever comes late, in drops or spoilt on the way."""
    usual = port.say()[1]
    port.fake.arm("turn.heartbeat[2]", do)

    code, heard = port.say()

    assert code == FINE
    assert (heard == usual) is same
    assert heard.count(b"\n\n") == usual.count(b"\n\n")


@pytest.mark.parametrize("asked", [None, "50-999"])
@pytest.mark.parametrize(("how", "code"), BREAKS.items())
def test_a_download_that_breaks(port: Port, how: str, code: int, asked: str | None) -> None:
    """The bytes in front of the hundredth arrive, from wherever they were asked for."""
    port.say()
    port.caller.submit("r1")
    port.fake.clock.jump(90)
    port.fake.arm("download.byte[100]", {"break": how})
    headers = {"Range": f"bytes={asked}"} if asked else {}

    heard = port.curl("/api/render/proxy/r1/download", **headers)

    assert heard == (code, FILM[50 if asked else 0 : 99])


def test_an_upload_that_breaks_keeps_no_file(port: Port) -> None:
    """Before it is stored there is nothing of it, on the disk neither; after, it is in the session."""
    vault, spool = port.fake.spool.parent / "vault", port.fake.spool
    kept = []
    for side in ("before", "after"):
        port.fake.arm("upload.stored", {"break": "reset"}, side=side)
        with pytest.raises(httpx.ReadError):
            port.caller.upload("a.png", png())
        files = [path for path in vault.rglob("*") if path.is_file()]
        kept.append((len(files), len(port.caller.state()["video_infos"]), [*spool.iterdir()]))

    assert kept == [(0, 0, []), (1, 1, [])]


# Both doors

AT = (
    *("turn.accepted", "turn.frozen", "turn.first_event", "turn.heartbeat[2]", "turn.stage_two"),
    *("turn.settled", "upload.stored", "render.submitted", "render.completed", "token.issued"),
    *("download.byte[1]", "download.byte[700]", "POST /run_sse", f"GET {CREDITS}"),
)
DO = (
    *({"break": how} for how in ("reset", "truncated", "half_closed")),
    *({"delay": 3}, {"drip": 2}, {"malformed": True}, {"status": 503}, {"fail": "no"}),
)
arms = st.fixed_dictionaries(
    {
        "at": st.sampled_from(AT),
        "do": st.sampled_from(DO),
        "side": st.sampled_from(["before", "after"]),
        "times": st.sampled_from([1, 2, "always"]),
        "probability": st.sampled_from([0.5, 1.0]),
    }
)
TELLING = ("fault", "frame", "stream.ended", "turn.ended", "ledger", "reply")
FRAMING = {"connection", "transfer-encoding"}
DRAFT = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 1000}]}], "d": 1000}


@dataclass
class Visitor:
    """A client that asks for a bit of everything, and remembers what it met."""

    fake: Fake
    http: httpx.Client

    def visit(self, faults: list[dict[str, Any]]) -> list[Any]:
        """Arm what makes sense and ask; return what was met, and what the fake says of it."""
        caller = rich_caller(self.fake, self.http)
        armed = [self.http.post("/__fake__/faults", json=fault).status_code for fault in faults]
        order = {"id": "r1", "sessionId": caller.session, "draft": DRAFT}
        upload = f"/api/upload-video/nemo_agent/me/{caller.session}"
        asked: list[tuple[str, str, dict[str, Any]]] = [
            ("GET", CREDITS, {}),
            ("POST", "/run_sse", {"json": caller.message("a beach")}),
            ("POST", upload, {"files": {"files": ("a.png", png())}}),
            ("POST", "/api/tokens", {"json": {"name": "another"}}),
            ("POST", "/api/render/proxy/lambda", {"json": order}),
            ("POST", "/__fake__/clock", {"json": {"jump": 200}}),
            ("GET", "/api/render/proxy/lambda/r1", {}),
            ("GET", "/api/render/proxy/r1/download", {}),
            ("POST", "/run_sse", {"json": caller.message("a beach")}),
            ("GET", CREDITS, {}),
        ]
        met = [self._met(*one, caller.headers) for one in asked]
        report = self.http.get("/__fake__/faults").json()
        facts = [fact.as_dict() for fact in self.fake.journal if fact.kind in TELLING]
        return [armed, *met, report, facts]

    def _met(self, method: str, path: str, more: dict[str, Any], headers: dict[str, str]) -> Any:
        body = b""
        said: Any = None
        try:
            with self.http.stream(method, path, headers=headers, **more) as response:
                told = {k: v for k, v in response.headers.items() if k not in FRAMING}
                said = (response.status_code, told)
                for piece in response.iter_raw():
                    body += piece
        except httpx.TransportError as error:
            return said, body, type(error)
        return said, body, None


@settings(max_examples=25)
@given(st.lists(arms, max_size=6))
def test_both_doors_tell_the_same(faults: list[dict[str, Any]]) -> None:
    """The same faults and requests: the same bytes, breaks, firings and facts, on a port and in-process."""
    with (
        staged_fake() as fake,
        server.thread(fake) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=15) as http,
    ):
        served = Visitor(fake, http).visit(faults)
    with (
        staged_fake() as fake,
        httpx.Client(transport=fake.transport(), base_url=url, timeout=900) as http,
    ):
        mounted = Visitor(fake, http).visit(faults)

    assert mounted == served
