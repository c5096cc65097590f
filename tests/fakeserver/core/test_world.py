from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import VIDEO, Change, Operation, Put, Remove
from nemovideo_fakeserver.core.outputs import Output
from nemovideo_fakeserver.core.plan import Act, Beat, Edit, Made, Plan, Say
from nemovideo_fakeserver.core.refusals import OutOfCredits
from nemovideo_fakeserver.core.sessions import Session

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

ids = st.sampled_from(["a", "b", "c"])
spans = st.integers(0, 60_000).map(lambda ms: ms / 1000)
operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(
        Put, st.just(VIDEO), st.fixed_dictionaries({"id": ids, "s": st.just(0), "d": st.just(9)})
    ),
    st.builds(Change, ids, st.just({"d": 5})),
    st.builds(Remove, ids),
)
made = st.integers(0, 9).map(lambda n: Made(_clip(n)))
acts: st.SearchStrategy[Act] = st.builds(Edit, operations) | st.builds(Say, st.just("hm")) | made


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any plan."""
    kind: Literal["text", "edit", "generate"] = draw(st.sampled_from(["text", "edit", "generate"]))
    ats = sorted(draw(st.lists(spans, max_size=4)))
    beats = tuple(Beat(at, draw(acts)) for at in ats)
    lasts = (ats[-1] if ats else 0.0) + draw(spans)
    return Plan(kind=kind, beats=beats, lasts=lasts, failed=draw(st.booleans()))


messages = st.lists(st.tuples(spans, st.integers(0, 2), plans()), max_size=6)
"""Seconds since the message before, which of three sessions, and what comes of it."""


def _clip(number: int) -> Asset:
    name = f"{number}.mp4"
    return Asset(
        kind="video",
        filename=name,
        url=f"http://fake.test/cdn/generated/{name}",
        seconds=1.0,
        width=16,
        height=16,
        fps=1.0,
        hash=name,
        source=Path(name),
        origin="generated",
    )


# A stream is a view


@given(messages, st.lists(spans, max_size=30), spans)
def test_watching_changes_nothing(
    new_stage: Callable[[], Stage],
    said: list[tuple[float, int, Plan]],
    steps: list[float],
    rest: float,
) -> None:
    """Settling in one jump or in many small ones gives the same drafts, media, credits, and journal but for the jumps."""
    watched, alone = (_played(new_stage(), said, looks, rest) for looks in (steps, []))

    assert watched == alone


def _played(
    stage: Stage, said: list[tuple[float, int, Plan]], looks: list[float], rest: float
) -> list[Any]:
    """Send the messages, settling at every look on the way, and tell all there is to tell."""
    ann, bob = stage.account("ann", 300), stage.account("bob", 300)
    sessions = [stage.session(ann), stage.session(ann), stage.session(bob)]
    moments = iter(_running(looks))
    look = next(moments, None)
    for gap, which, plan in [*said, (rest, 0, None)]:
        until = stage.clock.now() + gap
        while look is not None and look <= until:
            stage.at(look)
            look = next(moments, None)
        stage.clock.jump_to(until)
        if plan is not None:
            _try(stage, sessions[which], plan)
    stage.world.settle()
    return [
        [(s.draft, s.generated, s.edit_paid, s.turns) for s in sessions],
        [account.ledger.entries for account in (ann, bob)],
        [(f.at, f.kind, f.what) for f in stage.setting.journal if f.kind != "clock"],
    ]


def _try(stage: Stage, session: Session, plan: Plan) -> None:
    try:
        stage.say(session, plan)
    except OutOfCredits:
        return


def _running(gaps: list[float]) -> Iterator[float]:
    now = EPOCH
    for gap in gaps:
        now += gap
        yield now


@given(messages)
def test_the_journal_is_in_order_of_time(
    new_stage: Callable[[], Stage], said: list[tuple[float, int, Plan]]
) -> None:
    """Facts are numbered from 1 without a gap, and no fact is older than the one before."""
    stage = new_stage()

    _played(stage, said, [], 1_000.0)

    facts = list(stage.setting.journal)
    assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))
    assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)


def test_an_act_finds_what_fell_due_before_it(stage: Stage) -> None:
    """Settling brings the present about, what is due this very moment included, and only once."""
    session = stage.session()
    put = Edit(Put(VIDEO, {"id": "a", "s": 0, "d": 1}))
    stage.say(session, Plan(kind="edit", beats=(Beat(10.0, put),), lasts=10.0))

    stage.clock.jump(10.0)
    unseen = session.draft
    stage.world.settle()
    stage.world.settle()

    assert unseen == {}
    assert len(session.draft["t"][0]["sg"]) == 1
    assert len(stage.noted("turn.ended")) == 1


# Nobody sees anybody else


def _life(stage: Stage, name: str) -> Iterator[tuple[object, ...]]:
    """A client's calls, one a step; each step tells every value the world chose."""
    world, cdn = stage.world, "http://fake.test/cdn"
    token = world.accounts.anonymous(name, name)
    yield token.value, token.id, token.account.uid
    for n in range(2):
        session = world.sessions.create(token.account, "project", "en")
        yield session.id, session.task_id
        yield (world.sessions.claim(token.account, session.task_id, session.id).value,)
        [asset] = world.uploads.fetch(session, ["https://a.test/a.mp4"], cdn=cdn)
        yield asset.url, asset.hash, asset.seconds, asset.source
        turn = stage.say(session, Plan(kind="edit", beats=(), lasts=20.0))
        yield turn.id, turn.facts, stage.agent.scenes[-1].chance
        render = world.renders.submit(
            session, f"render_{n}", {"t": [{"sg": [{}]}]}, Output(), cdn=cdn
        )
        yield render.url, render.lasts, stage.studio.orders[-1].seed
    further = world.accounts.create_token(token, "more", ("read",), 60.0)
    yield further.value, further.id


@given(st.lists(st.booleans(), max_size=30))
def test_another_clients_calls_change_no_value(
    new_stage: Callable[[], Stage], whose: list[bool]
) -> None:
    """However two clients' calls interleave, each gets the ids it would get alone."""
    alone = [list(_life(new_stage(), name)) for name in ("ann", "bob")]

    stage = new_stage()
    lives = [_life(stage, name) for name in ("ann", "bob")]
    told: list[list[tuple[object, ...]]] = [[], []]
    for who in [*whose, *[False, True] * 20]:
        told[who].extend(one for one in [next(lives[who], None)] if one)

    assert told == alone


def test_the_seed_decides_every_value(new_stage: Callable[..., Stage]) -> None:
    """One seed gives the same values again, another gives others throughout."""
    one, again, other = (list(_life(new_stage(seed=seed), "ann")) for seed in ("1", "1", "2"))

    assert one == again
    assert all(mine[0] != yours[0] for mine, yours in zip(one, other, strict=True))


def test_worlds_share_nothing(new_stage: Callable[[], Stage]) -> None:
    """What happens in one world, time included, is not seen in another of the same seed."""
    here, there = new_stage(), new_stage()
    before = there.clock.now()

    list(_life(here, "ann"))
    here.later(60.0)

    assert (len(there.setting.journal), there.clock.now()) == (0, before)
    assert list(_life(there, "ann"))
