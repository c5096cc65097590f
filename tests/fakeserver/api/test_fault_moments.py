"""Every moment, on both sides, with every action that is legal there: it fires, and does what its sentence says.

Each case is compared with the same request to a fake of the same seed in which no fault is armed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, get_args

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.faults.moments import MOMENTS, ROUTE, SIDES, Kind, Moment
from nemovideo_fakeserver.wire.steps import HowToCut
from nemovideo_pytest.darkroom import FILM
from support.caller import Caller
from support.faulty import TOLD, Met, is_json, kinds_of, meet, rich_caller, staged_fake
from support.media import png
from support.stage import client

LATE = 7.0
WORDS: dict[Kind, list[dict[str, Any]]] = {
    "answer": [{"status": 503, "retry_after": 9}, {"code": 2001, "message": "no"}],
    "fail": [{"fail": "it broke"}],
    "delay": [{"delay": LATE}],
    "break": [{"break": how} for how in get_args(HowToCut)],
    "malformed": [{"malformed": True}],
    "drip": [{"drip": LATE}],
}
MEETS: dict[str, type[Exception]] = {
    "reset": httpx.ReadError,
    "truncated": httpx.RemoteProtocolError,
    "half_closed": httpx.RemoteProtocolError,
    "stall": httpx.ReadTimeout,
}
"""What a reader of httpx meets where a connection breaks."""


def legal(*moments: Moment) -> Iterator[Any]:
    """Yield every legal (moment, side, action), under a name of its own."""
    for moment in moments:
        for side in SIDES:
            for kind in get_args(Kind):
                for do in WORDS[kind] if moment.allows(kind, side) else ():
                    what = "_".join(map(str, next(iter(do.items()))))
                    yield pytest.param(moment, side, do, id=f"{side}_{moment.name}_{what}")


@dataclass
class Stage:
    """A fake, a caller in it, and the fault that is armed there, if one is."""

    fake: Fake
    caller: Caller
    http: httpx.Client
    memory: dict[str, Any] = field(default_factory=dict)

    def send(self, method: str, path: str, **more: Any) -> Met:
        """Send one request of the caller's, and read it as far as it goes."""
        request = self.http.build_request(method, path, headers=self.caller.headers, **more)
        return meet(self.fake, self.http, request)

    def say(self, text: str = "make a video of a beach at dawn") -> Met:
        """Send a message."""
        return self.send("POST", "/run_sse", json=self.caller.message(text))

    def facts(self, kind: str) -> list[dict[str, Any]]:
        """Return what the journal tells of the facts of one kind."""
        return list(kinds_of(self.fake, kind))


Stages = Callable[[], Stage]


@pytest.fixture
def stages() -> Iterator[Stages]:
    """A function that makes stages which are alike."""
    fakes: list[Fake] = []

    def made() -> Stage:
        fake = staged_fake()
        fakes.append(fake)
        http = client(fake)
        return Stage(fake, rich_caller(fake, http), http)

    yield made
    for fake in fakes:
        fake.close()


# Moments of requests: something happens, and there is a reply


@dataclass(frozen=True)
class Act:
    """How a moment is reached, and how one sees that what belongs to it has happened."""

    begin: Callable[[Stage], object]
    ask: Callable[[Stage], Met]
    happened: Callable[[Stage], bool]


def nothing(_: Stage) -> None:
    """Nothing goes before."""


def with_a_film(stage: Stage) -> None:
    """A render has been ordered and is about to be completed."""
    stage.say()
    stage.caller.submit("r1")
    stage.fake.clock.jump(90)


def upload(stage: Stage) -> Met:
    """Upload a picture."""
    path = f"/api/upload-video/nemo_agent/me/{stage.caller.session}"
    return stage.send("POST", path, files={"files": ("a.png", png())})


def order(stage: Stage) -> Met:
    """Order a film, the nth one under the id rn."""
    body = {
        "id": f"r{len(stage.facts('render.submitted')) + 1}",
        "sessionId": stage.caller.session,
        "draft": stage.memory.get("draft", {"t": []}),
    }
    return stage.send("POST", "/api/render/proxy/lambda", json=body)


def drafted(stage: Stage) -> None:
    """There is something to render."""
    stage.say()
    stage.memory["draft"] = stage.caller.state()["draft"]


def seen_completed(stage: Stage) -> bool:
    """Say whether a reply has been about to show the film: the next one is no longer the first."""
    account = stage.fake.world().accounts.get(stage.caller.uid)
    assert account is not None
    return stage.fake.world().renders.get(account, "r1").shown


ACTS: dict[str, Act] = {
    "turn.accepted": Act(nothing, Stage.say, lambda s: bool(s.facts("turn.accepted"))),
    "turn.frozen": Act(
        nothing, Stage.say, lambda s: any(e["entry"] == "freeze" for e in s.facts("ledger"))
    ),
    "upload.stored": Act(nothing, upload, lambda s: bool(s.caller.state()["video_infos"])),
    "render.submitted": Act(drafted, order, lambda s: bool(s.facts("render.submitted"))),
    "render.completed": Act(
        with_a_film, lambda s: s.send("GET", "/api/render/proxy/lambda/r1"), seen_completed
    ),
    "token.issued": Act(
        nothing,
        lambda s: s.send("POST", "/api/tokens", json={"name": "another"}),
        lambda s: len(s.facts("token.issued")) > 1,
    ),
    ROUTE.name: Act(
        nothing,
        lambda s: s.send("POST", "/api/tasks/me/with-session/nemo_agent", json={"task_name": "x"}),
        lambda s: len(s.facts("session.created")) > 1,
    ),
}
ROUTES = {ROUTE.name: "POST /api/tasks/{}/with-session/nemo_agent"}
OF_REQUESTS = [m for m in (*MOMENTS.values(), ROUTE) if "answer" in m.kinds]


def test_the_moments_of_requests_are_these() -> None:
    """Where a request can be answered, this file knows how to get there."""
    assert {moment.name for moment in OF_REQUESTS} == set(ACTS)


@pytest.mark.parametrize(
    ("moment", "side", "do"), [p for p in legal(*OF_REQUESTS) if "fail" not in p.values[2]]
)
def test_a_fault_at_a_request(
    stages: Stages, moment: Moment, side: str, do: dict[str, Any]
) -> None:
    """It prevents what comes after it or lets it stand, and the reply is what the action says; once.

    What is prevented leaves nothing behind: who asks again is answered as if for the first time.
    """
    act = ACTS[moment.name]
    clean, stage = stages(), stages()
    act.begin(clean)
    act.begin(stage)
    usual = act.ask(clean)
    assert act.happened(clean)

    armed = stage.fake.arm(ROUTES.get(moment.name, moment.spelling), do, side=side)
    met = act.ask(stage)

    prevented = side == "before" and ("break" in do or "status" in do or "code" in do)
    assert act.happened(stage) is not prevented
    check(met, usual, side, do)
    assert (armed.fired, armed.left) == (1, 0)
    stage.fake.faults.assert_all_fired()
    again = act.ask(stage)
    assert (again.status, again.broke) == (200, None)
    if prevented and do != {"break": "stall"}:  # whose reader has waited
        assert again.body == usual.body


def check(met: Met, usual: Met, side: str, do: dict[str, Any]) -> None:
    """See that a reply is what an action makes of the usual one."""
    match do:
        case {"break": how}:
            assert met.broke is MEETS[how]
            assert (met.status is None) is (side == "before")
            assert met.body == (b"" if side == "before" else half(usual.body))
        case {"delay": seconds}:
            assert (met.status, met.body) == (200, usual.body)
            assert met.pieces[0][0] == usual.pieces[0][0] + seconds
        case {"malformed": True}:
            assert (met.status, met.broke) == (200, None)
            assert not is_json(met.body.partition(b"\n\n")[0].removeprefix(b"data:"))
            assert len(met.events) == len(usual.events)
        case {"drip": seconds}:
            assert (met.status, met.body, met.broke) == (200, usual.body, None)
            assert len(met.pieces) > 2
            assert met.pieces[1][0] == met.pieces[0][0] + seconds
        case _:
            assert met.status == do.get("status", 200)
            assert b'{"code":%d,' % do.get("code", 503) in met.body
            assert met.ended == 0


def half(body: bytes) -> bytes:
    """Return the first half of a reply; a stream breaks behind its head."""
    return b"" if body.startswith(b"data:") else body[: len(body) // 2]


def test_who_answers_says_what_is_written(stages: Stages) -> None:
    """Status, code, message and Retry-After are those of the action, in the envelope of the API's errors."""
    stage = stages()
    stage.fake.arm(
        "GET /api/credits/balance/simple",
        {"status": 429, "code": 7777, "message": "slow down", "retry_after": 12},
    )

    reply = stage.caller.get("/api/credits/balance/simple")

    assert reply.status_code == 429
    assert reply.json() == {"code": 7777, "message": "slow down", "data": None}
    assert reply.headers["retry-after"] == "12"
    assert reply.headers["x-request-id"].startswith("req_")


# What is made to fail where it begins


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("at", ["turn.accepted", "turn.frozen"])
def test_a_turn_that_fails_at_its_birth(stages: Stages, at: str, side: str) -> None:
    """It is accepted and paid for, says at once why it fails, and its credits come back."""
    stage = stages()
    stage.fake.arm(at, {"fail": "it broke"}, side=side)

    met = stage.say()

    assert met.body == b'data: {"type":"error","content":"it broke"}\n\n'
    assert met.ended == 0
    assert [e["entry"] for e in stage.facts("ledger")][-2:] == ["freeze", "release"]
    assert stage.caller.balance() == {"available": 1000, "frozen": 0, "total": 1000}
    assert stage.caller.state()["draft"] == {}


@pytest.mark.parametrize("side", SIDES)
def test_a_render_that_fails_when_it_is_ordered(stages: Stages, side: str) -> None:
    """The reply to the order already says so; the id is used."""
    stage = stages()
    drafted(stage)
    stage.fake.arm("render.submitted", {"fail": "no worker"}, side=side)

    met = order(stage)
    again = stage.caller.submit("r1")

    assert b'"status":"failed"' in met.body
    assert b'"error":"no worker"' in met.body
    assert again.status_code == 409


def test_a_render_that_fails_when_it_would_be_completed(stages: Stages) -> None:
    """Until then it goes its way; the next one is completed."""
    stage = stages()
    drafted(stage)
    stage.fake.arm("render.completed", {"fail": "the worker was lost"})

    assert b'"status":"pending"' in order(stage).body
    stage.fake.clock.jump(90)
    poll = stage.caller.get("/api/render/proxy/lambda/r1").json()

    assert (poll["status"], poll["error"]) == ("failed", "the worker was lost")
    stage.caller.submit("r2")
    stage.fake.clock.jump(90)
    assert stage.caller.get("/api/render/proxy/lambda/r2").json()["status"] == "completed"


@pytest.mark.parametrize("side", SIDES)
def test_a_render_is_completed_once(stages: Stages, side: str) -> None:
    """A fault that may fire twice does so twice before it, when each time it is not yet; after it, once."""
    stage = stages()
    with_a_film(stage)
    armed = stage.fake.arm("render.completed", {"status": 503}, side=side, times=2)

    polls = [stage.caller.get("/api/render/proxy/lambda/r1").status_code for _ in range(3)]

    assert polls == ([503, 503, 200] if side == "before" else [503, 200, 200])
    assert armed.fired == armed.reached == (2 if side == "before" else 1)


# Moments of a stream: the reply has begun, and goes on

PLACES: dict[str, tuple[str, int, int, float]] = {
    "turn.first_event": ("turn.first_event", 0, 1, 1),
    "turn.heartbeat": ("turn.heartbeat[2]", 4, 5, 30),
    "turn.stage_two": ("turn.stage_two", 5, 6, 35),
    "turn.draft_applied": ("turn.draft_applied", 3, 3, 28),
    "turn.settled": ("turn.settled", 9, 9, 50),
}
"""Where each moment lies: its spelling, how many events have been told before and after it, and its time."""

OF_STREAMS = [m for m in MOMENTS.values() if m.told and "answer" not in m.kinds]


def test_the_moments_of_streams_are_these() -> None:
    """Where a stream passes, this file knows what has been told by then."""
    assert {moment.name for moment in OF_STREAMS} == set(PLACES)


@pytest.mark.parametrize(("moment", "side", "do"), [*legal(*OF_STREAMS)])
def test_a_fault_in_a_stream(stages: Stages, moment: Moment, side: str, do: dict[str, Any]) -> None:
    """What came before it is as ever; from there on the stream, or the work, is as the action says."""
    clean, stage = stages(), stages()
    usual = clean.say()
    assert [at for at, _ in usual.events] == list(TOLD)
    spelling, before, after, at = PLACES[moment.name]
    told = before if side == "before" else after

    armed = stage.fake.arm(spelling, do, side=side)
    met = stage.say()

    assert armed.fired == 1
    assert met.status == 200
    assert met.events[:told] == usual.events[:told]
    follow(met, usual, told, at, do)
    if "fail" not in do:
        end = stage.facts("stream.ended")[0]
        assert (end["how"], end["frames"]) == (
            (do["break"], told) if "break" in do else ("end", len(TOLD))
        )
        stage.fake.clock.jump(60)
        assert stage.facts("turn.ended")[0]["spent"] == 100


def follow(met: Met, usual: Met, told: int, at: float, do: dict[str, Any]) -> None:
    """See that the rest of a stream, after as many events as have been told, is what an action makes of it."""
    rest = usual.events[told:]
    match do:
        case {"break": how}:
            assert met.broke is MEETS[how]
            assert len(met.events) == told
        case {"delay": seconds}:
            assert met.events[told:] == [(when + seconds, event) for when, event in rest]
        case {"malformed": True}:
            assert not is_json(met.events[told][1].removeprefix(b"data:"))
            assert met.events[told + 1 :] == rest[1:]
        case {"drip": seconds}:
            assert [event for _, event in met.events] == [event for _, event in usual.events]
            assert len(met.pieces) > len(usual.pieces)
            late = [
                when > usually
                for (when, _), (usually, _) in zip(met.events[told:], rest, strict=True)
            ]
            assert any(late[:2])  # a short heartbeat is a single drop
        case {"fail": why}:
            error = f'data: {{"type":"error","content":"{why}"}}'.encode()
            assert met.events[told:] == [(at, error)]


@pytest.mark.parametrize(
    ("moment", "side", "do"), [p for p in legal(*OF_STREAMS) if "fail" in p.values[2]]
)
def test_work_that_fails_spends_nothing(
    stages: Stages, moment: Moment, side: str, do: dict[str, Any]
) -> None:
    """Wherever it fails, the credits come back at that moment, and what was done by then stays done."""
    stage = stages()
    spelling, *_, at = PLACES[moment.name]
    stage.fake.arm(spelling, do, side=side)

    stage.say()

    (ended,) = stage.facts("turn.ended")
    (accepted,) = stage.facts("turn.accepted")
    assert (ended["failed"], ended["spent"]) == (True, 0)
    assert accepted["failed"] is True
    assert accepted["silent"] is False
    assert accepted["ends_at"] - accepted["starts_at"] == at
    assert stage.caller.balance() == {"available": 1000, "frozen": 0, "total": 1000}
    done = {"turn.first_event": 0, "turn.draft_applied": side == "after", "turn.settled": 2}
    assert len(stage.caller.tracks()) == done.get(moment.name, 1)


# Bytes of a download


@pytest.mark.parametrize(("side", "left"), [("before", 99), ("after", 100)])
@pytest.mark.parametrize("span", [None, (0, 999), (49, 999), (99, 1023)])
@pytest.mark.parametrize(
    "do", [do for kind in ("delay", "break", "drip") for do in WORDS[kind]], ids=str
)
def test_a_fault_at_the_hundredth_byte(
    stages: Stages, do: dict[str, Any], side: str, left: int, span: tuple[int, int] | None
) -> None:
    """So many bytes of the file come at once, counted from its beginning whatever part of it is asked for."""
    stage = stages()
    with_a_film(stage)
    armed = stage.fake.arm("download.byte[100]", do, side=side)
    first, last = span or (0, len(FILM) - 1)
    headers = {"Range": f"bytes={first}-{last}"} if span else {}
    stage.caller.headers |= headers

    met = stage.send("GET", "/api/render/proxy/r1/download")

    wanted, come = FILM[first : last + 1], left - first
    assert armed.fired == 1
    assert met.status == (206 if span else 200)
    assert b"".join(piece for at, piece in met.pieces if at == 0)[:come] == wanted[:come]
    match do:
        case {"break": how}:
            assert met.broke is MEETS[how]
            assert met.body == wanted[:come]
        case {"delay": seconds}:
            assert met.body == wanted
            assert met.pieces[-1] == (seconds, wanted[come:])
        case {"drip": seconds}:
            assert met.body == wanted
            drops = [at for at, _ in met.pieces[pieces_in(met, come) :]]
            assert drops[:3] == [0, seconds, 2 * seconds]
            assert len(drops) > 30


def pieces_in(met: Met, size: int) -> int:
    """Return in how many pieces so many bytes have come."""
    sizes = accumulate(len(piece) for _, piece in met.pieces)
    return [0, *sizes].index(size)


def test_a_byte_that_is_not_asked_for_is_not_reached(stages: Stages) -> None:
    """Nothing happens, and the fault waits on."""
    stage = stages()
    with_a_film(stage)
    armed = stage.fake.arm("download.byte[100]", {"break": "reset"}, side="after")
    beyond = stage.fake.arm("download.byte[2000]", {"break": "reset"})
    last = stage.fake.arm(f"download.byte[{len(FILM)}]", {"break": "reset"}, side="after")

    for asked in ("bytes=0-98", "bytes=0-99", "bytes=100-", "bytes=100-200"):
        stage.caller.headers["Range"] = asked
        assert stage.send("GET", "/api/render/proxy/r1/download").broke is None

    assert [armed.reached, beyond.reached, last.reached] == [0, 0, 0]
