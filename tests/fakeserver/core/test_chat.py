from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import VIDEO, Describe, Draft, Put, Remove, segments
from nemovideo_fakeserver.core.plan import Beat, Call, Edit, Made, Plan, Result, Say, Scene

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage


def work(
    kind: Literal["text", "edit", "generate"] = "edit",
    *beats: Beat,
    lasts: float = 10.0,
    failed: bool = False,
) -> Plan:
    """A plan of the kind."""
    return Plan(kind=kind, beats=beats, lasts=lasts, failed=failed)


def put(id_: str, at: float) -> Beat:
    """A segment is put into the draft."""
    return Beat(at, Edit(Put(VIDEO, {"id": id_, "s": 0, "d": 1000})))


def ids(draft: Draft) -> list[str]:
    """The segments of a draft."""
    return [s["id"] for s in segments(draft)]


# What happens, and when


def test_the_draft_changes_when_the_plan_says_so(stage: Stage) -> None:
    """Each operation is there from its moment on, and not before."""
    session = stage.session()
    turn = stage.say(session, work("edit", put("a", 2.0), put("b", 4.0)))

    seen = []
    for after in (0.0, 1.999, 2.0, 3.999, 4.0, 10.0):
        stage.at(turn.starts_at + after)
        seen.append(ids(session.draft))

    assert seen == [[], [], ["a"], ["a"], ["a", "b"], ["a", "b"]]


def test_generated_media_come_into_being(stage: Stage, clip: Asset) -> None:
    """What a turn makes joins the session, and its address opens, when it is made."""
    session = stage.session()
    stage.say(session, work("generate", Beat(5.0, Made(clip))))

    stage.later(4.999)
    assert (session.generated, stage.world.chat.generated(clip.filename)) == ([], None)
    stage.later(0.001)
    assert (session.generated, stage.world.chat.generated(clip.filename)) == ([clip], clip)


def test_talk_changes_nothing(stage: Stage) -> None:
    """Words and tool events are for the reader of the stream: state and credits do not move."""
    session = stage.session()
    before = session.account.ledger.total

    stage.say(
        session,
        work(
            "text", Beat(1.0, Say("Hi")), Beat(2.0, Call("look", {})), Beat(3.0, Result("look", {}))
        ),
    )
    stage.later(60.0)

    assert (session.draft, session.generated) == ({}, [])
    assert session.account.ledger.total == before


def test_the_journal_tells_a_turn(stage: Stage) -> None:
    """Acceptance, draft changes and the end are written down with their own times."""
    session = stage.session()
    start = stage.clock.now()
    turn = stage.say(session, work("edit", put("a", 2.0)))
    stage.later(1_000.0)

    told = [
        (f.at - start, f.kind, dict(f.what))
        for f in stage.setting.journal
        if "turn" in dict(f.what)
    ]

    about = {"account": session.account.uid, "session": session.id, "turn": turn.id}
    accepted = {"work": "edit", "price": 50, "message": "please", "silent": True, "failed": False}
    times = {"starts_at": start, "ends_at": start + 10.0}
    change = {"did": "Put", "tracks": 1, "d": 1000, "said": "video a 0-1s"}
    assert told == [
        (0.0, "turn.accepted", {**about, **accepted, **times}),
        (2.0, "draft", {**about, **change}),
        (10.0, "turn.ended", {**about, "work": "edit", "failed": False, "spent": 50}),
    ]


def test_a_failed_turn_spends_nothing_in_the_journal_either(stage: Stage) -> None:
    """The end of a failed turn says that 0 was spent."""
    stage.say(stage.session(), work("generate", failed=True))
    stage.later(10.0)

    assert [told["spent"] for told in stage.noted("turn.ended")] == [0]


# Several turns


def test_turns_of_one_session_work_one_after_the_other(stage: Stage) -> None:
    """A turn accepted while another runs starts when that one ends, on the draft as it will be then."""
    session = stage.session()
    first = stage.say(session, work("edit", put("a", 9.0)))
    stage.later(3.0)

    second = stage.say(session, work("edit", Beat(1.0, Edit(Remove("a"))), put("b", 2.0)))

    assert ids(stage.agent.scenes[1].draft) == ids(second.before) == ["a"]
    assert session.draft == {}
    assert (second.accepted_at, second.starts_at) == (first.accepted_at + 3.0, first.ends_at)
    stage.at(second.ends_at)
    assert ids(session.draft) == ["b"]


def test_turns_of_two_sessions_work_at_once(stage: Stage) -> None:
    """A session does not wait for another one's turn, nor see its draft."""
    one = stage.session()
    two = stage.session(one.account)
    stage.say(one, work("edit", put("a", 1.0), lasts=100.0))

    turn = stage.say(two, work("edit", put("b", 1.0)))
    stage.later(1.0)

    assert turn.starts_at == turn.accepted_at
    assert (ids(one.draft), ids(two.draft)) == (["a"], ["b"])


def test_the_agent_sees_the_session_as_it_will_be(stage: Stage, clip: Asset, cdn: str) -> None:
    """A scene shows draft, canvas and media after all that was accepted, and counts the messages."""
    session = stage.session()
    canvas = Beat(1.0, Edit(Describe({"width": 1080, "height": 1920})))
    stage.say(session, work("generate", canvas, Beat(2.0, Made(clip))))
    [upload] = stage.world.uploads.fetch(session, ["https://a.test/b.mp3"], cdn=cdn)

    stage.say(session, work("text"))

    first, second = stage.agent.scenes
    assert (first.width, first.height, first.number, first.generated) == (1920, 1080, 1, ())
    assert (second.width, second.height, second.number) == (1080, 1920, 2)
    assert (second.assets, second.generated) == ((upload,), (clip,))
    assert (second.language, second.cdn) == ("en", cdn)
    assert first.chance != second.chance


chains = st.lists(
    st.tuples(
        st.integers(0, 40_000).map(lambda ms: ms / 1000),
        st.lists(st.sampled_from([0.0, 1.0, 4.5, 10.0]), max_size=3).map(sorted),
    ),
    min_size=1,
    max_size=6,
)


@given(chains)
def test_every_turn_finds_the_draft_it_was_planned_on(
    new_stage: Callable[[], Stage], chain: list[tuple[float, list[float]]]
) -> None:
    """Whenever messages come, each turn starts from exactly the draft that its plan was made for."""
    stage = new_stage()
    session = stage.session()
    for n, (gap, beats) in enumerate(chain):
        stage.later(gap)
        stage.say(session, work("text", *(put(f"{n}.{m}", at) for m, at in enumerate(beats))))

    for one, two in pairwise(session.turns):
        assert two.starts_at == max(two.accepted_at, one.ends_at)
        assert two.before == stage.agent.scenes[two.number - 1].draft
    stage.at(session.busy_until)
    assert session.draft == session.planned
    everything = [f"{n}.{m}" for n, (_, beats) in enumerate(chain) for m, _ in enumerate(beats)]
    assert ids(session.draft) == everything


def test_what_is_due_at_once_happens_at_once(stage: Stage, clip: Asset) -> None:
    """A message whose work begins and ends at this very instant leaves nothing to be done."""
    session = stage.session()
    stage.say(
        session,
        Plan(kind="edit", beats=(Beat(0.0, Made(clip)), put("a", 0.0)), lasts=0.0),
    )

    assert session.draft == session.planned != {}
    assert session.generated == [clip]
    assert session.account.ledger.entries[-1].kind == "settle"


def test_the_order_at_one_instant_is_that_of_the_sessions(new_stage: type[Stage]) -> None:
    """Whichever message came first: threads that race for an instant change nothing that lasts."""
    seen = []
    for backwards in (False, True):
        stage = new_stage()
        account = stage.account(credits_=1000)
        sessions = [stage.session(account) for _ in range(4)]
        for session in reversed(sessions) if backwards else sessions:
            stage.say(session, Plan(kind="edit", beats=(), lasts=5.0))
        stage.later(10)
        ended = [e.reference for e in account.ledger.entries if e.kind == "settle"]
        seen.append(ended)

    assert seen[0] == seen[1]
    assert len(seen[0]) == 4


def test_media_that_come_into_being_are_noted(stage: Stage, clip: Asset) -> None:
    """When they do, and in which turn."""
    session = stage.session()
    turn = stage.say(session, Plan(kind="edit", beats=(Beat(2.0, Made(clip)),), lasts=5.0))
    stage.later(3)

    (told,) = stage.noted("media.made")
    assert (told["turn"], told["media"], told["filename"]) == (turn.id, "video", clip.filename)


def test_a_turn_tells_no_token(stage: Stage, cdn: str) -> None:
    """The agent hears what was said; what is kept of it has tokens cut."""
    session = stage.session()
    heard: list[str] = []

    def agent(message: str, scene: Scene) -> Plan:
        heard.append(message)
        return Plan(kind="text", beats=(), lasts=1.0)

    stage.world.chat._agent = agent
    turn = stage.world.chat.say(session, "use nmv_usr_abcdefghijkl please", cdn=cdn)

    assert heard == ["use nmv_usr_abcdefghijkl please"]
    assert turn.message == "use nmv_usr_… please"
