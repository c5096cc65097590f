from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import VIDEO, Put, segments
from nemovideo_fakeserver.core.faults.actions import Fail
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.faults import Armed
from nemovideo_fakeserver.core.plan import Act, Beat, Call, Edit, Made, Plan, Result, Say, Trouble
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.turn_moments import BIRTH, TOLD, passed, reached
from nemovideo_fakeserver.core.turns import Heartbeat, Settlement, Turn
from nemovideo_fakeserver.core.variants import SseDialect, Variants

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

CALL, RESULT, SAY = Call("t", {}), Result("t", {}), Say("Hi")


def edit(id_: str = "a") -> Edit:
    """A segment is put into the draft."""
    return Edit(Put(VIDEO, {"id": id_, "s": 0, "d": 1000}))


def work(
    *acts: Act, kind: Literal["text", "edit", "generate"] = "generate", lasts: float = 0.0
) -> Plan:
    """A plan in which something happens each second."""
    beats = tuple(Beat(float(at), act) for at, act in enumerate(acts, 1))
    return Plan(kind=kind, beats=beats, lasts=max(lasts, float(len(acts))))


def arm(stage: Stage, at: str, why: str = "it broke", **more: Any) -> Armed:
    """Arm a fault that makes work fail."""
    fault = Fault(at=at, do=Fail(why), **more)
    return stage.setting.faults.arm(fault, now=stage.clock.now())


# Which moments a turn passes


def moments(
    stage: Stage, plan: Plan, dialect: SseDialect = "typed", session: Session | None = None
) -> dict[str, int]:
    """Return the moments of a turn, each with the number of the fact it is reached with."""
    turn = stage.say(session or stage.session(), plan)
    return {place: n for n, (_, places) in enumerate(passed(turn, dialect)) for place in places}


def test_a_generation_passes_all_of_them(stage: Stage, clip: Asset) -> None:
    """Each once, with the fact it belongs to; heartbeats by their numbers."""
    plan = work(SAY, CALL, Made(clip), edit(), RESULT, CALL, edit("b"), RESULT, SAY, lasts=31.0)

    assert moments(stage, plan) == {
        "turn.first_event": 0,
        "turn.draft_applied": 3,
        "turn.stage_two": 5,
        "turn.heartbeat[1]": 9,
        "turn.heartbeat[2]": 10,
        "turn.settled": 11,
    }


@pytest.mark.parametrize(
    ("acts", "kind", "begins"),
    [
        ((CALL, RESULT, CALL, RESULT), "generate", 2),
        ((CALL, RESULT, CALL, RESULT, CALL), "generate", 2),
        ((CALL, RESULT, SAY), "generate", None),
        ((CALL, RESULT, CALL, RESULT), "edit", None),
        ((SAY, CALL), "generate", None),
    ],
)
def test_the_second_stage_begins_with_the_second_tool(
    stage: Stage, acts: tuple[Act, ...], kind: Any, begins: int | None
) -> None:
    """In a generation alone, with the first call after the first result."""
    assert moments(stage, work(*acts, kind=kind)).get("turn.stage_two") == begins


def test_what_goes_before_the_raw_video_is_no_stage(stage: Stage, clip: Asset) -> None:
    """Where something is made, the second stage begins with the first call after that."""
    plan = work(CALL, RESULT, CALL, Made(clip), RESULT, CALL, RESULT)

    assert moments(stage, plan)["turn.stage_two"] == 5


def test_a_heartbeat_is_no_first_event(stage: Stage) -> None:
    """Nor is a change that nobody is told of."""
    plan = Plan(kind="edit", beats=(Beat(1.0, edit()), Beat(20.0, RESULT)), lasts=20.0)

    assert moments(stage, plan) == {
        "turn.draft_applied": 0,
        "turn.heartbeat[1]": 1,
        "turn.first_event": 2,
        "turn.settled": 3,
    }


def test_the_flat_dialect_tells_words_alone(stage: Stage) -> None:
    """There the first event is the first thing said; where nothing is, there is none."""
    session = stage.session()
    plans = work(CALL, RESULT, SAY), work(CALL, RESULT, Trouble("x")), work(CALL, RESULT)

    first = [moments(stage, plan, "flat", session).get("turn.first_event") for plan in plans]

    assert first == [2, 2, None]


def test_a_moment_knows_whose_it_is(stage: Stage) -> None:
    """Faults are asked with the account, session and message of the turn."""
    session = stage.session()
    turn = stage.say(session, work(SAY))

    here = reached(turn, "turn.settled", "after", 9.0, 7)

    assert (here.place, here.side, here.at, here.request) == ("turn.settled", "after", 9.0, 7)
    assert (here.account, here.session, here.message) == (
        session.account.uid,
        session.id,
        "please",
    )


# Work that fails


def told(turn: Turn) -> list[Any]:
    """What happens in a turn, each with its second after acceptance."""
    return [(fact.at - turn.accepted_at, fact.what) for fact in turn.facts]


PLAN = work(SAY, CALL, edit(), RESULT, SAY, kind="edit", lasts=20.0)


@pytest.mark.parametrize(
    ("at", "side", "kept", "when"),
    [
        ("turn.accepted", "before", 0, 0),
        ("turn.accepted", "after", 0, 0),
        ("turn.frozen", "before", 0, 0),
        ("turn.frozen", "after", 0, 0),
        ("turn.first_event", "before", 0, 1),
        ("turn.first_event", "after", 1, 1),
        ("turn.draft_applied", "before", 2, 3),
        ("turn.draft_applied", "after", 3, 3),
        ("turn.heartbeat[1]", "before", 5, 15),
        ("turn.heartbeat[1]", "after", 6, 15),
        ("turn.settled", "before", 6, 20),
    ],
)
def test_work_fails_at_its_moment(stage: Stage, at: str, side: Any, kept: int, when: float) -> None:
    """What came before is kept, then it says why and is over; the credits come back at that time."""
    whole = stage.say(stage.session(stage.account("bob")), PLAN)
    session = stage.session()
    arm(stage, at, side=side)

    turn = stage.say(session, PLAN)

    assert told(turn) == [*told(whole)[:kept], (when, Trouble("it broke")), (when, Settlement())]
    assert (turn.failed, turn.silent, turn.ends_at - turn.accepted_at) == (True, False, when)
    stage.later(1_000.0)
    assert [e.kind for e in session.account.ledger.entries][-2:] == ["freeze", "release"]
    assert session.account.ledger.entries[-1].at == turn.ends_at
    assert session.draft == session.planned
    assert len(list(segments(session.draft))) == (kept > 2)
    assert not session.edit_paid


def test_the_first_moment_that_fails_is_the_last(stage: Stage) -> None:
    """What waits behind it is not reached, and makes the next message fail."""
    settled, first = arm(stage, "turn.settled", "late"), arm(stage, "turn.first_event", "early")
    session = stage.session()

    one, two, three = (stage.say(session, PLAN) for _ in range(3))

    reasons = [
        f.what.text for t in (one, two, three) for f in t.facts if isinstance(f.what, Trouble)
    ]
    assert reasons == ["early", "late"]
    assert (first.reached, settled.reached) == (1, 1)
    assert not three.failed


def test_of_two_failures_at_one_place_the_second_waits(stage: Stage) -> None:
    """It makes the next message fail."""
    arm(stage, "turn.accepted", "one")
    arm(stage, "turn.accepted", "two")
    session = stage.session()

    turns = [stage.say(session, PLAN) for _ in range(3)]

    assert [turn.facts[0].what for turn in turns[:2]] == [Trouble("one"), Trouble("two")]
    assert not turns[2].failed


def test_what_costs_nothing_is_never_frozen(stage: Stage) -> None:
    """A message that is free does not fail where credits are frozen."""
    armed = arm(stage, "turn.frozen")

    assert not stage.say(stage.session(), work(SAY, kind="text")).failed
    assert armed.reached == 0


def test_that_work_fails_is_decided_when_it_is_accepted(stage: Stage) -> None:
    """A failure that is armed while the work runs waits for the next message; its firing has the present time."""
    session = stage.session()
    running = stage.say(session, PLAN)
    armed = arm(stage, "turn.settled")
    stage.at(running.ends_at)

    assert stage.noted("turn.ended")[-1]["failed"] is False
    assert armed.fired == 0
    stage.say(session, PLAN)
    assert [firing.at for firing in armed.firings] == [running.ends_at]
    assert [fact.at for fact in stage.setting.journal if fact.kind == "fault"] == [running.ends_at]


@pytest.mark.parametrize(
    "filters",
    [{"account": "anon_0"}, {"session": "1"}, {"message": "thank"}],
    ids=lambda filters: next(iter(filters)),
)
def test_work_of_others_goes_on(stage: Stage, filters: dict[str, str]) -> None:
    """A failure that is meant for somebody, or something, else is none."""
    arm(stage, "turn.accepted", **filters)

    assert not stage.say(stage.session(), PLAN).failed


def test_work_that_waits_its_turn_may_fail_before_it_comes(stage: Stage) -> None:
    """It is over at once; the session is busy with what was there before, and goes on from that."""
    session = stage.session()
    first = stage.say(session, PLAN)
    arm(stage, "turn.accepted")
    stage.later(5.0)

    failed = stage.say(session, PLAN)
    third = stage.say(session, work(edit("b"), kind="edit"))

    assert failed.starts_at == failed.ends_at == failed.accepted_at == first.accepted_at + 5.0
    assert session.busy_until == third.ends_at
    assert third.starts_at == first.ends_at
    assert third.before == failed.before
    assert [s["id"] for s in segments(third.before)] == ["a"]


def test_a_heartbeat_may_come_while_work_waits_its_turn(stage: Stage) -> None:
    """And work may fail at it, long before it would have begun."""
    session = stage.session()
    first = stage.say(session, replace(PLAN, lasts=100.0))
    arm(stage, "turn.heartbeat[2]", side="after")

    failed = stage.say(session, PLAN)

    assert [type(fact.what) for fact in failed.facts[:2]] == [Heartbeat, Heartbeat]
    assert failed.ends_at == failed.starts_at == failed.accepted_at + 30.0
    assert session.busy_until == first.ends_at


def test_media_that_are_not_made_are_not_counted_on(stage: Stage, clip: Asset) -> None:
    """The next message is planned on what there will be."""
    session = stage.session()
    arm(stage, "turn.first_event", side="after")
    stage.say(session, work(CALL, Made(clip), RESULT))

    stage.say(session, work(SAY, kind="text"))

    assert stage.agent.scenes[-1].generated == ()


def test_every_dialect_is_known_to_tell_something() -> None:
    """The table has all dialects there are."""
    assert set(TOLD) == {"typed", "adk", "flat"}


@pytest.mark.parametrize("dialect", ["typed", "flat"])
def test_failure_and_stream_agree_on_the_first_event(
    new_stage: Callable[..., Stage], dialect: SseDialect
) -> None:
    """Where tools are not told, work fails with the first word."""
    stage = new_stage(variants=Variants(sse_dialect=dialect))
    arm(stage, "turn.first_event")

    turn = stage.say(stage.session(), work(CALL, RESULT, SAY))

    assert turn.ends_at - turn.accepted_at == (3.0 if dialect == "flat" else 1.0)


# Laws

BEATS = ("turn.heartbeat[1]", "turn.heartbeat[2]")
moments_that_fail = st.sampled_from(
    [*BIRTH, "turn.first_event", "turn.stage_two", "turn.draft_applied", *BEATS]
)
armings = st.lists(
    st.tuples(
        moments_that_fail,
        st.sampled_from(["before", "after"]),
        st.integers(1, 3),
        st.sampled_from([0.5, 1.0]),
    ),
    max_size=5,
)
messages = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from(["text", "edit", "generate"]),
        st.lists(st.sampled_from([CALL, RESULT, SAY, "edit"]), max_size=6),
    ),
    max_size=6,
)


@given(armings, messages)
def test_whatever_fails_the_books_and_the_draft_add_up(
    new_stage: Callable[[], Stage], arms: Any, said: Any
) -> None:
    """Nothing stays frozen, failed work costs nothing, and each turn finds the draft it was planned on."""
    stage = new_stage()
    session = stage.session()
    for at, side, times, probability in arms:
        arm(stage, at, side=side, times=times, probability=probability)

    for n, (gap, kind, acts) in enumerate(said):
        stage.later(float(gap))
        changed = [edit(f"{n}.{m}") if act == "edit" else act for m, act in enumerate(acts)]
        stage.say(session, work(*changed, kind=kind, lasts=20.0))
    seen = _drafts(stage, session)

    ledger = session.account.ledger
    spent = sum(t.price for t in session.turns if not t.failed)
    assert (ledger.frozen, ledger.total) == (0, 10_000 - spent)
    assert session.draft == session.planned
    assert [s["id"] for s in segments(session.draft)] == seen
    assert sum(a.fired for a in stage.setting.faults.armed) == sum(t.failed for t in session.turns)
    for turn in session.turns:
        assert turn.facts[-1].what == Settlement()
        assert turn.accepted_at <= turn.ends_at == turn.facts[-1].at <= session.busy_until
        assert turn.starts_at <= turn.ends_at


def _drafts(stage: Stage, session: Session) -> list[str]:
    """Let all work end; return the segments that the turns have put into the draft."""
    stage.at(max(stage.clock.now(), session.busy_until))
    puts = (f.what.operation for t in session.turns for f in t.facts if isinstance(f.what, Edit))
    return [put.segment["id"] for put in puts if isinstance(put, Put)]
