"""Streams as their readers get them, and as the journal tells of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.variants import SseDialect, Variants
from support.caller import Caller
from support.faulty import STARTS, TOLD, Met, is_json, kinds_of, meet, rich_caller, staged_fake
from support.stage import client

KINDS = ["text", "heartbeat", "tool_call", "tool_result", "heartbeat"]


class Reader:
    """A caller in a fake whose every message is a generation of fifty seconds in two stages."""

    def __init__(self, fake: Fake, http: httpx.Client) -> None:
        self.fake = fake
        self.http = http
        self.caller = rich_caller(fake, http)

    def request(self, text: str = "a beach at dawn", **more: Any) -> httpx.Request:
        """Return the request that sends a message."""
        headers, body = self.caller.headers, self.caller.message(text)
        return self.http.build_request("POST", "/run_sse", headers=headers, json=body, **more)

    def say(self, text: str = "a beach at dawn") -> Met:
        """Send a message and read as far as it goes."""
        return meet(self.fake, self.http, self.request(text))

    def open(self) -> httpx.Response:
        """Send a message and read nothing yet."""
        return self.http.send(self.request(), stream=True)

    def ended(self) -> dict[str, Any]:
        """Return what the journal says of how the only stream has ended."""
        (end,) = kinds_of(self.fake, "stream.ended")
        return end

    def frames(self) -> list[tuple[float, int, str, int]]:
        """Return time, number, event and size of each frame that the journal has."""
        return [
            (f.at - EPOCH, f.what["number"], f.what["event"], f.what["bytes"])
            for f in self.fake.journal
            if f.kind == "frame"
        ]


Readers = Callable[..., Reader]


@pytest.fixture
def readers() -> Iterator[Readers]:
    """A function that makes readers, in fakes that follow some variants."""
    with ExitStack() as stack:

        def made(**variants: Any) -> Reader:
            fake = stack.enter_context(staged_fake(Options(variants=Variants(**variants))))
            return Reader(fake, stack.enter_context(client(fake)))

        yield made


@pytest.fixture
def reader(readers: Readers) -> Reader:
    """A reader of the typed dialect."""
    return readers()


# What the journal tells of a stream


def test_every_event_that_is_written_is_a_fact(reader: Reader) -> None:
    """Its time, its number from 1, what it is about and its size; then the end. All name request and turn."""
    met = reader.say()

    sizes = [len(event) + 2 for _, event in met.events]
    kinds = [*KINDS, "tool_call", "tool_result", "heartbeat", "text"]
    assert reader.frames() == list(zip(TOLD, range(1, 10), kinds, sizes, strict=True))
    (request,) = (f for f in reader.fake.journal if f.what.get("route") == "POST /run_sse")
    (turn,) = kinds_of(reader.fake, "turn.accepted")
    about = {"request": request.number, "session": turn["session"], "turn": turn["turn"]}
    assert reader.ended() == {**about, "how": "end", "frames": 9}
    assert all(about.items() <= told.items() for told in kinds_of(reader.fake, "frame"))


def test_who_leaves_has_left(reader: Reader) -> None:
    """The end is written when the reader goes, with what it has read; the work goes on."""
    response = reader.open()
    pieces = response.iter_raw()
    next(pieces)
    next(pieces)

    response.close()

    assert (reader.ended()["how"], reader.ended()["frames"]) == ("left", 2)
    assert [at for at, *_ in reader.frames()] == [1, 15]
    reader.fake.clock.jump(60)
    assert reader.caller.balance()["available"] == 900


def test_who_leaves_before_reading_has_left_too(reader: Reader) -> None:
    """Nothing was written, and that is said."""
    reader.open().close()

    assert (reader.ended()["how"], reader.ended()["frames"]) == ("left", 0)


def test_who_does_not_wait_for_a_late_stream_has_left(reader: Reader) -> None:
    """A reader whose patience ends before the head has come is gone, and the work goes on."""
    reader.fake.arm("POST /run_sse", {"delay": 100}, side="after")

    with pytest.raises(httpx.ReadTimeout):
        reader.http.send(reader.request(timeout=30.0), stream=True)

    assert (reader.ended()["how"], reader.ended()["frames"]) == ("left", 0)
    reader.fake.clock.jump(60)
    assert reader.caller.balance()["total"] == 900


def test_an_end_is_written_once(reader: Reader) -> None:
    """However often a body is closed."""
    response = reader.open()
    response.read()
    response.close()
    response.close()

    assert reader.ended()["how"] == "end"


# The longest stream


def test_the_service_ends_a_stream_that_is_too_long(readers: Readers) -> None:
    """At the variant's time, without a sign; an event at that very time is still told."""
    reader = readers(sse_max=40.0)

    met = reader.say()

    assert [at for at, _ in met.events] == [1, 15, 20, 29, 30, 35, 40]
    assert (reader.ended()["how"], reader.ended()["frames"]) == ("capped", 7)


@pytest.mark.parametrize(
    ("do", "told"), [({"delay": 9}, 5), ({"delay": 1000}, 1), ({"drip": 4}, 3)]
)
def test_a_fault_makes_no_stream_longer_than_the_longest(
    readers: Readers, do: dict[str, Any], told: int
) -> None:
    """What would come later than that never comes; an event that is cut short in drops was not written."""
    reader = readers(sse_max=40.0)
    reader.fake.arm("turn.first_event", do, side="after")

    met = reader.say()

    assert met.broke is None
    assert len(met.events) == reader.ended()["frames"] == told
    assert reader.ended()["how"] == "capped"
    assert reader.fake.clock.now() == EPOCH + 40


def test_what_comes_too_late_to_begin_has_no_events(readers: Readers) -> None:
    """A head that is held back beyond the longest stream is followed by nothing."""
    reader = readers(sse_max=40.0)
    reader.fake.arm("turn.accepted", {"delay": 60}, side="after")

    assert reader.say().body == b""
    assert reader.ended()["how"] == "capped"


# What faults make of it


def test_a_late_stream_is_late_to_its_end(reader: Reader) -> None:
    """The head comes later, and so does every event; the work does not wait."""
    reader.fake.arm("POST /run_sse", {"delay": 7})

    met = reader.say()

    assert [at for at, _ in met.events] == [at + 7 for at in TOLD]
    (ended,) = (fact.at for fact in reader.fake.journal if fact.kind == "turn.ended")
    assert ended == EPOCH + 50


def test_delays_add_up_before_a_break(reader: Reader) -> None:
    """The connection breaks after all of them, whatever was armed first."""
    for do in ({"delay": 3}, {"break": "reset"}, {"delay": 4}):
        reader.fake.arm("turn.heartbeat[2]", do)

    met = reader.say()

    assert met.broke is httpx.ReadError
    assert reader.fake.clock.now() == EPOCH + 37
    reader.fake.faults.assert_all_fired()
    assert reader.ended()["how"] == "reset"


def test_drips_add_up_and_spoil_what_is_spoilt(reader: Reader) -> None:
    """The event is no JSON, and comes in drops as far apart as all faults together say."""
    for do in ({"drip": 1}, {"malformed": True}, {"drip": 2}):
        reader.fake.arm("turn.first_event", do)

    met = reader.say()

    assert [at for at, _ in met.pieces[:2]] == [1, 4]
    assert not is_json(met.events[0][1].removeprefix(b"data:"))
    assert all(is_json(event.removeprefix(b"data:") or b"0") for _, event in met.events[1:])


def test_a_break_in_the_middle_of_an_event(reader: Reader) -> None:
    """Half of it still comes where the stream is truncated before it, and nothing of it otherwise."""
    reader.fake.arm("turn.first_event", {"break": "truncated"})

    met = reader.say()

    event = json.dumps(
        {"type": "text", "content": STARTS}, ensure_ascii=False, separators=(",", ":")
    )
    whole = f"data: {event}\n\n".encode()
    assert met.body == whole[: len(whole) // 2]
    assert reader.ended()["frames"] == 0


def test_a_fault_that_is_armed_while_a_stream_runs_acts_on_it(reader: Reader) -> None:
    """One on the view does; one that makes work fail waits for the next message."""
    response = reader.open()
    pieces = response.iter_raw()
    next(pieces)

    cut = reader.fake.arm("turn.stage_two", {"break": "truncated"}, side="after")
    fail = reader.fake.arm("turn.stage_two", {"fail": "no"})
    with pytest.raises(httpx.RemoteProtocolError):
        list(pieces)

    assert (cut.fired, fail.fired) == (1, 0)
    assert reader.ended()["frames"] == 6
    reader.fake.clock.jump(60)
    (ended,) = kinds_of(reader.fake, "turn.ended")
    assert ended["failed"] is False
    assert b'"content":"no"' in reader.say().body
    assert fail.fired == 1


def test_a_reader_who_has_left_reaches_no_moment(reader: Reader) -> None:
    """A fault on the view waits for one who reads that far."""
    armed = reader.fake.arm("turn.stage_two", {"break": "reset"})
    response = reader.open()
    next(response.iter_raw())
    response.close()
    reader.fake.clock.jump(60)

    assert armed.reached == 0
    assert reader.say().broke is httpx.ReadError


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_request_that_breaks_has_a_stream_only_after_its_acceptance(
    reader: Reader, side: str
) -> None:
    """Broken before, there is no turn and no stream; broken after, the stream has ended without an event."""
    reader.fake.arm("POST /run_sse", {"break": "half_closed"}, side=side)

    met = reader.say()

    ends = [(end["how"], end["frames"]) for end in kinds_of(reader.fake, "stream.ended")]
    assert ends == ([] if side == "before" else [("half_closed", 0)])
    assert met.status == (None if side == "before" else 200)


def test_a_stream_that_is_answered_instead_was_none(reader: Reader) -> None:
    """The work goes on; the reply tells of no stream, and none ends."""
    reader.fake.arm("turn.frozen", {"status": 504}, side="after")

    met = reader.say()

    assert met.status == 504
    assert list(kinds_of(reader.fake, "stream.ended")) == []
    (*_, reply) = kinds_of(reader.fake, "reply")
    assert "stream" not in reply
    reader.fake.clock.jump(60)
    assert reader.caller.balance()["available"] == 900


# Who is struck


@pytest.mark.parametrize("at", ["POST /run_sse", "turn.accepted", "turn.first_event"])
def test_a_fault_for_some_messages(reader: Reader, at: str) -> None:
    """It strikes the message that fits, wherever the route or the turn tells it."""
    reader.fake.arm(at, {"break": "reset"}, message="dusk|黄昏", times="always")

    met = [reader.say(text) for text in ("a beach at dawn", "at DUSK", "在黄昏")]

    assert [m.broke for m in met] == [None, httpx.ReadError, httpx.ReadError]


@pytest.mark.parametrize("at", ["POST /run_sse", "turn.frozen", "turn.settled"])
def test_a_fault_for_one_session(reader: Reader, at: str) -> None:
    """The message into the other session of the account is answered as ever."""
    one = reader.caller.session
    reader.caller.open()
    reader.fake.arm(at, {"break": "reset"}, session=one)

    assert reader.say().broke is None
    reader.caller.session = one
    assert reader.say().broke is httpx.ReadError


@pytest.mark.parametrize("at", ["POST /run_sse", "turn.frozen", "turn.settled"])
@pytest.mark.parametrize("prefix", ["anon_", "user_"])
@pytest.mark.parametrize("registered", [True, False])
def test_a_fault_for_one_account(reader: Reader, at: str, prefix: str, *, registered: bool) -> None:
    """It is known under the id it came with and under the one it has once it is registered."""
    uid = reader.caller.uid
    if registered:
        reader.http.post(f"/__fake__/accounts/{uid}/upgrade", json={})
    reader.fake.arm(at, {"break": "reset"}, account=uid.replace("anon_", prefix), times="always")
    mine, reader.caller = reader.caller, Caller(reader.http).connect("another")

    assert reader.say().broke is None
    reader.caller = mine
    assert reader.say().broke is httpx.ReadError


# Dialects

ERRORS: dict[SseDialect, Any] = {
    "typed": {"type": "error", "content": "it broke"},
    "flat": {"error": "it broke"},
    "adk": {
        "error": "RuntimeError: it broke",
        "error_details": {
            "error_type": "RuntimeError",
            "error_message": "it broke",
            "timestamp": EPOCH + 29,
        },
    },
}


@pytest.mark.parametrize("dialect", ERRORS)
def test_every_dialect_tells_that_work_failed(readers: Readers, dialect: SseDialect) -> None:
    """In an event of its own, after which nothing comes."""
    reader = readers(sse_dialect=dialect)
    at = "turn.heartbeat[2]" if dialect == "flat" else "turn.stage_two"
    reader.fake.arm(at, {"fail": "it broke"})

    met = reader.say()

    told = json.loads(met.events[-1][1].removeprefix(b"data:"))
    with suppress(KeyError):
        told["error_details"]["timestamp"] = EPOCH + 29
    assert told == ERRORS[dialect]
    assert reader.frames()[-1][2] == "error"
    assert reader.ended()["how"] == "end"


@pytest.mark.parametrize("dialect", ERRORS)
@pytest.mark.parametrize("kind", ["typed", "empty"])
def test_every_dialect_can_be_spoilt(readers: Readers, dialect: SseDialect, kind: str) -> None:
    """The event is no JSON, also where it was an empty heartbeat; those before and after are."""
    reader = readers(sse_dialect=dialect, heartbeat_kind=kind)
    reader.fake.arm("turn.heartbeat[1]", {"malformed": True})

    met = reader.say()

    data = [event.removeprefix(b"data:").strip() for _, event in met.events]
    spoilt = [one for one in data if one and not is_json(one)]
    assert spoilt == [data[[event for *_, event, _ in reader.frames()].index("heartbeat")]]
