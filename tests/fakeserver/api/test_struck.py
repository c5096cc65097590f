"""What faults make of a reply, without a request around it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.api.pouring import Pouring
from nemovideo_fakeserver.api.struck import MESSAGE, answered, decided, leaving, unbegun
from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.faults.actions import (
    Action,
    Answer,
    Break,
    Delay,
    Drip,
    Malformed,
)
from nemovideo_fakeserver.core.faults.faults import Strike
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.variants import ErrorHttp, Variants
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Delayed, Reply, Stream
from nemovideo_fakeserver.wire.pieces import garbled
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until

SAID = {"code": 0, "data": {"text": "Wörter, 你好, and more words than one drop can hold"}}
BODY = json.dumps(SAID).encode()
REPLY = Reply(headers=(("Content-Type", "application/json"),), body=BODY)
FILM = Reply(
    headers=(("Content-Length", "1000"), ("ETag", '"x"')),
    body=File(path=Path("film.mp4"), start=24, length=1000),
)


@pytest.fixture
def setting() -> Setting:
    """What a world stands on, at a time that stands."""
    return Setting(clock=Clock(), chance=Chance("seed"), variants=Variants())


def strikes(*actions: Action, side: Side = "after") -> list[Strike]:
    """Return what strikes a reply."""
    return [Strike(id=f"f{n}", side=side, action=action) for n, action in enumerate(actions, 1)]


def steps(reply: Reply) -> list[Step]:
    """Return the steps of a reply that comes in steps, and has announced how long it is."""
    assert isinstance(reply.body, Stream)
    assert [name for name, _ in reply.headers].count("Content-Length") == 1
    return list(reply.body.steps)


def sent(made: Iterable[Step]) -> bytes:
    """Return the bytes that leave."""
    return b"".join(s.data for s in made if isinstance(s, Send) and isinstance(s.data, bytes))


# Answers


@pytest.mark.parametrize(
    ("action", "error_http", "status", "code"),
    [
        (Answer(503), "200", 503, 503),
        (Answer(503, 1001), "200", 503, 1001),
        (Answer(code=1001), "200", 200, 1001),
        (Answer(code=1001), "mapped", 401, 1001),
        (Answer(code=2001), "mapped", 402, 2001),
        (Answer(code=9999), "mapped", 200, 9999),
        (Answer(code=429), "200", 429, 429),
        (Answer(code=5), "200", 200, 5),
        (Answer(200), "200", 200, 200),
    ],
)
def test_an_answer_comes_as_the_service_would_say_it(
    action: Answer, error_http: ErrorHttp, status: int, code: int
) -> None:
    """In its envelope; a code alone under the status that the service gives it."""
    reply = answered(action, error_http)

    assert reply.status == status
    assert isinstance(reply.body, bytes)
    assert json.loads(reply.body) == {"code": code, "message": MESSAGE, "data": None}
    assert reply.headers == (("Content-Type", "application/json"),)


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_may_have_no_body(setting: Setting, status: int) -> None:
    """Under statuses that HTTP knows without one, whatever else strikes it."""
    reply = answered(Answer(status, retry_after=3), "200")

    assert reply == Reply(status=status, headers=(("Retry-After", "3"),))
    assert leaving(reply, strikes(Drip(1), Malformed()), setting) == reply


def test_an_answer_takes_the_place_of_what_was_said() -> None:
    """Whether the handler has said something or not; where none answers, that stands."""
    said = decided(REPLY, strikes(Delay(1), Answer(503), Malformed()), "200")
    unsaid = decided(None, strikes(Answer(503), side="before"), "200")

    assert said == unsaid == answered(Answer(503), "200")
    assert decided(REPLY, strikes(Delay(1), Break("reset")), "200") is REPLY
    assert decided(None, strikes(Break("reset")), "200") is None


# Replies that travel badly


def test_what_nothing_strikes_leaves_as_it_is(setting: Setting) -> None:
    """The same bytes under the same headers, now told how many."""
    assert leaving(REPLY, [], setting).body is BODY


def test_delays_add_up(setting: Setting) -> None:
    """The reply is held back for all of them, from the instant of the act on."""
    late = leaving(REPLY, strikes(Delay(2), Delay(0.5)), setting)

    assert isinstance(late.body, Delayed)
    assert (late.body.until, late.body.clock) == (EPOCH + 2.5, setting.clock)
    assert late.body.reply.body == BODY


def test_malformed_is_the_first_half(setting: Setting) -> None:
    """It is no JSON, and as long as it says."""
    reply = leaving(REPLY, strikes(Malformed()), setting)

    assert reply.body == BODY[: len(BODY) // 2]
    assert dict(reply.headers)["Content-Length"] == str(len(BODY) // 2)


def test_a_file_may_be_halved_too(setting: Setting) -> None:
    """The first half of what was asked for, under the other headers it had."""
    reply = leaving(FILM, strikes(Malformed()), setting)

    assert reply.body == File(path=Path("film.mp4"), start=24, length=500)
    assert reply.headers == (("ETag", '"x"'), ("Content-Length", "500"))


def test_drips_add_up(setting: Setting) -> None:
    """Small pieces, so far apart; the first at once, and nothing after the last."""
    made = steps(leaving(REPLY, strikes(Drip(1), Drip(2)), setting))

    assert sent(made) == BODY
    assert made[0] == Send(BODY[:16])
    assert made[1::2] == [Until(EPOCH + 3)] * (len(made) // 2)
    assert isinstance(made[-1], Send)


def test_a_file_drips_in_at_most_sixty_four_pieces(setting: Setting) -> None:
    """However large it is: who waits for it can tell how long."""
    made = steps(leaving(FILM, strikes(Drip(1)), setting))

    files = [step.data for step in made if isinstance(step, Send)]
    assert len(files) == 63
    assert files[0] == File(path=Path("film.mp4"), start=24, length=16)
    assert files[-1] == File(path=Path("film.mp4"), start=24 + 62 * 16, length=8)


def test_transformations_compose(setting: Setting) -> None:
    """Half of it, in drops, and late."""
    late = leaving(REPLY, strikes(Malformed(), Delay(5), Drip(1)), setting)

    assert isinstance(late.body, Delayed)
    assert sent(steps(late.body.reply)) == BODY[: len(BODY) // 2]


# Connections that break


@pytest.mark.parametrize("how", get_args(HowToCut))
def test_who_breaks_instead_of_an_act_breaks_before_a_byte(setting: Setting, how: HowToCut) -> None:
    """There is no reply that could begin; who waits bears the silence on the clock of the world."""
    broken = leaving(None, strikes(Break(how), Drip(1), side="before"), setting)

    assert broken.body == Cut(how, clock=setting.clock)


@pytest.mark.parametrize("how", get_args(HowToCut))
def test_who_breaks_after_an_act_breaks_in_the_middle(setting: Setting, how: HowToCut) -> None:
    """The head is that of the whole; half of the body leaves, and no more."""
    reply = leaving(REPLY, strikes(Break(how)), setting)

    assert steps(reply) == [Send(BODY[: len(BODY) // 2]), Cut(how)]
    assert dict(reply.headers)["Content-Length"] == str(len(BODY))


def test_drops_may_break_off_too(setting: Setting) -> None:
    """Half of them have come then, and nobody waits for the next."""
    *drops, cut = steps(leaving(REPLY, strikes(Drip(1), Break("reset")), setting))

    assert sent(drops) == BODY[: len(BODY) // 2]
    assert isinstance(drops[-1], Send)
    assert cut == Cut("reset")


def test_what_has_no_middle_breaks_before_it_begins(setting: Setting) -> None:
    """A reply without a body could not be broken otherwise; nothing else can be done to it."""
    bare = Reply(status=416, headers=(("Content-Length", "0"),))
    head = Reply(headers=(("Content-Length", "1000"),))

    assert leaving(bare, strikes(Break("reset")), setting).body == Cut("reset", clock=setting.clock)
    assert unbegun(bare, strikes(Break("reset"))) == Break("reset")
    assert unbegun(REPLY, strikes(Break("reset"))) is None
    assert leaving(head, strikes(Drip(1), Malformed()), setting) == head


def test_a_break_may_come_late(setting: Setting) -> None:
    """First nothing, and then the end."""
    broken = leaving(None, strikes(Delay(3), Break("half_closed"), side="before"), setting)

    assert isinstance(broken.body, Delayed)
    assert broken.body.until == EPOCH + 3
    assert broken.body.reply.body == Cut("half_closed", clock=setting.clock)


transformations = st.lists(st.sampled_from([Delay(1), Drip(2), Malformed()]), max_size=5)


@given(transformations, st.none() | st.sampled_from(get_args(HowToCut)), st.binary(max_size=200))
def test_what_leaves_is_the_beginning_of_what_was_said(
    actions: list[Action], how: HowToCut | None, body: bytes
) -> None:
    """Whatever strikes: never another byte, never more than announced, less only where it is cut."""
    setting = Setting(clock=Clock(), chance=Chance("seed"), variants=Variants())
    more = [Break(how)] if how else []

    reply = leaving(Reply(body=body), strikes(*actions, *more), setting)

    while isinstance(reply.body, Delayed):
        reply = reply.body.reply
    if isinstance(reply.body, Cut):
        assert not body
        return
    made = steps(reply) if isinstance(reply.body, Stream) else _whole(reply)
    announced = int(dict(reply.headers).get("Content-Length", len(body)))
    assert body.startswith(sent(made))
    assert len(sent(made)) == (announced // 2 if how else announced)


def _whole(reply: Reply) -> list[Step]:
    assert isinstance(reply.body, bytes)
    return [Send(reply.body)]


# Bodies that are watched byte by byte


class Watched:
    """A body at whose bytes actions wait: by number and side."""

    def __init__(self, waiting: dict[tuple[int, Side], list[Action]], first: int = 1) -> None:
        self.waiting = waiting
        self.asked: list[tuple[int, Side]] = []
        self.pouring = Pouring(
            b"0123456789",
            Clock(),
            first=first,
            waiting=lambda: [number for number, _ in self.waiting],
            striking=self._strike,
        )

    def _strike(self, number: int, side: Side) -> list[Strike]:
        self.asked.append((number, side))
        return strikes(*self.waiting.get((number, side), []), side=side)

    @property
    def told(self) -> list[Any]:
        """The pieces as text, waits as numbers, breaks by their names."""
        return [_told(step) for step in self.pouring]


def _told(step: Step) -> object:
    match step:
        case Send(bytes(data)):
            return data.decode()
        case Until(deadline):
            return deadline - EPOCH
        case Cut(how):
            return how
    raise AssertionError(step)


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        ({(4, "before"): [Delay(5)]}, ["012", 5, "3", "456789"]),
        ({(4, "after"): [Delay(5)]}, ["012", "3", 5, "456789"]),
        ({(4, "after"): [Delay(5), Delay(2)]}, ["012", "3", 7, "456789"]),
        ({(1, "before"): [Delay(5)]}, [5, "0", "123456789"]),
        ({(10, "before"): [Break("reset")]}, ["012345678", "reset"]),
        ({(10, "after"): [Break("reset")]}, ["012345678", "9"]),
        ({(4, "before"): [Delay(1), Break("stall")]}, ["012", 1, "stall"]),
        (
            {(4, "after"): [Break("stall")], (5, "before"): [Delay(1)]},
            ["012", "3", "stall"],
        ),
        (
            {(4, "before"): [Delay(1)], (6, "before"): [Delay(2)]},
            ["012", 1, "3", "4", 2, "5", "6789"],
        ),
        ({(99, "before"): [Break("reset")]}, ["0123456789"]),
    ],
    ids=str,
)
def test_bytes_are_counted_from_one(
    waiting: dict[tuple[int, Side], list[Action]], told: list[Any]
) -> None:
    """What waits before a byte acts when those in front of it have left, what waits after it with itself."""
    assert Watched(waiting).told == told


def test_bytes_are_counted_in_the_whole_file() -> None:
    """A part of it begins with the number it has there; what lies before it is not reached."""
    watched = Watched(
        {(100, "after"): [Break("reset")], (103, "before"): [Delay(1)], (90, "before"): [Delay(1)]},
        first=101,
    )

    assert watched.told == ["01", 1, "2", "3456789"]
    assert (100, "after") not in watched.asked


def test_a_body_may_begin_to_drip_on_its_way() -> None:
    """What is left comes in drops of sixteen bytes at most."""
    watched = Watched({(6, "before"): [Drip(3)]})
    watched.pouring.whole = b"x" * 40

    drops = [_told(step) for step in watched.pouring if isinstance(step, Send)]

    assert drops == ["x" * size for size in (5, 1, 16, 16, 2)]


def test_a_fault_may_come_while_a_body_is_on_its_way() -> None:
    """One that is armed at a byte that has not left yet acts on it, once the body is watched at all."""
    watched = Watched({(2, "before"): [Delay(1)]})
    way = iter(watched.pouring)

    first = [_told(next(way)) for _ in range(2)]
    watched.waiting[8, "before"] = [Break("reset")]

    assert first == ["0", 1]
    assert [_told(step) for step in way] == ["1", "23456", "reset"]


# Events that are no JSON


@given(
    st.recursive(
        st.none() | st.text(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=4
    )
)
def test_a_garbled_event_is_one_event_and_no_json(value: Any) -> None:
    """Text that breaks off between two characters, in one line; of an empty one something is made."""
    event = b"data: " + json.dumps({"said": value}, ensure_ascii=False).encode() + b"\n\n"

    for one in (garbled(event), garbled(b"data:\n\n")):
        assert one.startswith(b"data: ")
        assert one.endswith(b"\n\n")
        data = one[6:-2].decode()
        assert data.strip()
        assert "\n" not in data
        with pytest.raises(json.JSONDecodeError):
            json.loads(data)
