from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.faults import faults as engine
from nemovideo_fakeserver.core.faults.actions import Answer, Break, Delay, Drip, Fail, Malformed
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.faults import Armed, Faults, FaultsUnfired, Firing, Reached
from nemovideo_fakeserver.core.faults.moments import MOMENTS
from nemovideo_fakeserver.core.faults.places import leads_to, same_account
from nemovideo_fakeserver.core.journal import Journal

HERE = "upload.stored"


class House:
    """Faults, and the journal they write into."""

    def __init__(self, seed: str = "seed") -> None:
        self.journal = Journal()
        self.faults = Faults(Chance(seed), self.journal.add)
        self._asked = 0

    def arm(self, *dos: Any, at: str = HERE, **more: Any) -> list[Armed]:
        """Arm a fault for each action."""
        return [self.faults.arm(Fault(at=at, do=do, **more), now=5.0) for do in dos]

    def reach(self, place: str = HERE, side: Any = "before", **about: Any) -> list[str]:
        """Reach a place with the next request; return the ids of the faults that fire."""
        self._asked += 1
        here = Reached(place=place, side=side, at=10.0 + self._asked, request=self._asked, **about)
        return [strike.id for strike in self.faults.strike(here)]


@pytest.fixture
def house() -> House:
    """A house of the test's own."""
    return House()


# How often


@pytest.mark.parametrize(("times", "fired"), [(1, 1), (3, 3), ("always", 5)])
def test_a_fault_fires_as_often_as_it_says(house: House, times: Any, fired: int) -> None:
    """Once, so many times, or each time its place is reached; and says how often it still may."""
    [armed] = house.arm(Delay(1), times=times)

    found = [house.reach() for _ in range(5)]

    assert found == [["f1"]] * fired + [[]] * (5 - fired)
    assert armed.fired == armed.reached == fired
    assert armed.left == (None if times == "always" else 0)


def test_the_report_says_when_and_on_which_request(house: House) -> None:
    """Each firing has its time and the number of its request; the fault is in the words it was armed with."""
    [armed] = house.arm(Answer(503), times=3, account="anon_1")

    house.reach(account="anon_2")
    house.reach(account="anon_1")
    house.reach(account="anon_1")

    assert json.loads(json.dumps(armed.as_dict())) == {
        "id": "f1",
        "fault": {"at": HERE, "do": {"status": 503}, "times": 3, "account": "anon_1"},
        "armed_at": 5.0,
        "reached": 2,
        "fired": 2,
        "left": 1,
        "firings": [{"at": 12.0, "request": 2}, {"at": 13.0, "request": 3}],
    }


def test_every_firing_is_a_fact(house: House) -> None:
    """The journal has the fault, its place as it was reached, its side, what it does and the request."""
    house.arm(Answer(429, retry_after=2), at="GET /a/{}", side="after")

    house.reach("GET /a/b", "after")

    armed, fact = house.journal
    assert armed.kind == "fault.armed"
    assert (fact.at, fact.kind) == (11.0, "fault")
    assert fact.what == {
        "fault": "f1",
        "place": "GET /a/b",
        "side": "after",
        "do": "status 429, retry_after 2",
        "request": 1,
    }


def test_who_fires_for_ever_is_counted_for_ever(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many firings the latest are told one by one, and all are counted."""
    monkeypatch.setattr(engine, "MOST_FIRINGS", 3)
    [armed] = house.arm(Delay(1), times="always")

    for _ in range(10):
        house.reach()

    assert armed.fired == 10
    assert [firing.request for firing in armed.firings] == [8, 9, 10]


def test_an_armed_fault_can_be_taken_up_again() -> None:
    """With the firings it had, it has so many left."""
    fault = Fault(at=HERE, do=Delay(1), times=3)
    firings = [Firing(at=1.0, request=1), Firing(at=2.0, request=2)]

    assert Armed(id="f1", fault=fault, armed_at=0.0, firings=firings).left == 1  # type: ignore[arg-type]  # a list does


# Chance


def draws(seed: str, probability: float, count: int = 200) -> list[bool]:
    """Return which of so many reachings fire."""
    house = House(seed)
    house.arm(Delay(1), times="always", probability=probability)
    return [bool(house.reach()) for _ in range(count)]


def test_chance_follows_the_seed() -> None:
    """The same seed gives the same firings, another one others; about as many as the probability says."""
    assert draws("a", 0.3) == draws("a", 0.3) != draws("b", 0.3)
    assert 30 < sum(draws("a", 0.3)) < 90
    assert not any(draws("a", 0.0))
    assert all(draws("a", 1.0))


def test_chance_is_each_faults_own() -> None:
    """What else is armed, and fires or not, changes no draw; nor does who passes by for whom it is not meant."""
    lone, busy = House(), House()
    [one] = lone.arm(Delay(1), times="always", probability=0.5, account="anon_1")
    [other] = busy.arm(Delay(1), times="always", probability=0.5, account="anon_1")
    busy.arm(Drip(1), Malformed(), times="always", probability=0.5)

    for _ in range(100):
        lone.reach(account="anon_1")
        busy.reach(account="anon_1")
        busy.reach(account="anon_2")

    assert one.fired == other.fired
    assert one.reached == other.reached == 100


def test_two_faults_have_chances_of_their_own(house: House) -> None:
    """Sometimes one fires and the other does not."""
    house.arm(Delay(1), Delay(2), times="always", probability=0.5)

    assert {tuple(house.reach()) for _ in range(50)} == {(), ("f1",), ("f2",), ("f1", "f2")}


def test_a_draw_that_says_no_uses_nothing_up() -> None:
    """A fault that fires twice does so the first two times it is drawn, however late."""
    house = House()
    [armed] = house.arm(Delay(1), times=2, probability=0.1)
    drawn = draws("seed", 0.1)

    found = [bool(house.reach()) for _ in range(200)]

    wanted = [n for n, fires in enumerate(drawn) if fires][:2]
    assert [n for n, fires in enumerate(found) if fires] == wanted
    assert armed.reached == wanted[-1] + 1


# Whom it is meant for


@pytest.mark.parametrize(
    ("wanted", "reached", "meant"),
    [
        ("turn.accepted", "turn.accepted", True),
        ("turn.accepted", "turn.frozen", False),
        ("turn.heartbeat[2]", "turn.heartbeat[2]", True),
        ("turn.heartbeat[2]", "turn.heartbeat[12]", False),
        ("POST /run_sse", "POST /run_sse", True),
        ("POST /run_sse", "GET /run_sse", False),
        ("GET /a/{}/c", "GET /a/b/c", True),
        ("GET /a/{name}/c", "GET /a/%20/c", True),
        ("GET /a/{}/c", "GET /a//c", False),
        ("GET /a/{}/c", "GET /a/b/b/c", False),
        ("GET /a/{}", "GET /a/b/", False),
        ("GET /{}/{}", "GET /a/b", True),
    ],
)
def test_a_place_leads_to_a_fault(wanted: str, reached: str, *, meant: bool) -> None:
    """A moment by its name and number, a route by its method and, segment by segment, its path."""
    assert leads_to(wanted, reached) is meant


@pytest.mark.parametrize(
    ("wanted", "uid", "meant"),
    [
        ("anon_12ab", "anon_12ab", True),
        ("user_12ab", "anon_12ab", True),
        ("anon_12ab", "user_12ab", True),
        ("anon_12ab", "anon_12ac", False),
        ("mia", "anon_12ab", False),
        ("anon_12ab", None, False),
    ],
)
def test_an_account_is_meant_by_either_of_its_ids(
    wanted: str, uid: str | None, *, meant: bool
) -> None:
    """The one it had as an anonymous account, and the one it has since it is registered."""
    assert same_account(wanted, uid) is meant


@pytest.mark.parametrize(
    ("filters", "about", "fires"),
    [
        ({"account": "anon_1"}, {"account": "anon_1"}, True),
        ({"account": "user_1"}, {"account": "anon_1"}, True),
        ({"account": "anon_1"}, {"account": "anon_2"}, False),
        ({"account": "anon_1"}, {}, False),
        ({"session": "42"}, {"session": "42"}, True),
        ({"session": "42"}, {"session": "43"}, False),
        ({"session": "42"}, {}, False),
        ({"message": "dawn|dusk"}, {"message": "At DUSK."}, True),
        ({"message": "dawn|dusk"}, {"message": "At noon."}, False),
        ({"message": "dawn"}, {}, False),
        ({"account": "anon_1", "session": "42"}, {"account": "anon_1", "session": "43"}, False),
        ({"account": "anon_1", "session": "42"}, {"account": "anon_1", "session": "42"}, True),
    ],
)
def test_a_fault_is_meant_for_those_it_names(
    house: House, filters: dict[str, Any], about: dict[str, Any], *, fires: bool
) -> None:
    """Account, session and message: all that are given must be those of who comes by."""
    house.arm(Delay(1), at="turn.accepted", **filters)

    assert bool(house.reach("turn.accepted", **about)) is fires


def test_sides_are_two_places(house: House) -> None:
    """What waits after a moment does not fire before it."""
    house.arm(Delay(1), side="after")

    assert (house.reach(side="before"), house.reach(side="after")) == ([], ["f1"])


# Several at one place


def test_faults_act_in_the_order_of_arming(house: House) -> None:
    """All that only change how a reply travels, however many."""
    house.arm(Delay(1), Drip(2), Malformed(), Delay(3))

    assert house.reach() == ["f1", "f2", "f3", "f4"]


@pytest.mark.parametrize("first", [Answer(503), Break("reset"), Fail("x")], ids=repr)
def test_one_decides_and_the_next_waits(house: House, first: Any) -> None:
    """Who would decide after another has waits for the next time, unused; so faults can be strung together."""
    _, second, *_ = house.arm(
        first, Answer(504), Delay(1), Break("stall"), at="turn.accepted", times=1
    )

    assert house.reach("turn.accepted") == ["f1", "f3"]
    assert second.reached == 0
    assert house.reach("turn.accepted") == ["f2"]
    assert house.reach("turn.accepted") == ["f4"]


def test_who_is_not_drawn_does_not_decide(house: House) -> None:
    """Then the next one does."""
    house.arm(Answer(503), probability=0.0)
    house.arm(Answer(504))

    assert house.reach() == ["f2"]


def test_only_some_may_be_asked(house: House) -> None:
    """The others do not even count the time."""
    one, other = house.arm(Fail("x"), Delay(1), at="turn.accepted")
    here = Reached(place="turn.accepted", side="before", at=1.0)

    struck = house.faults.strike(here, only=lambda action: isinstance(action, Fail))

    assert [strike.id for strike in struck] == ["f1"]
    assert (one.reached, other.reached) == (1, 0)


# Taking away


def test_a_fault_that_is_taken_away_is_gone(house: House) -> None:
    """It fires no more, its id is not given again, and nobody has taken what was never there."""
    [armed] = house.arm(Delay(1))

    assert house.faults.disarm("f1", now=11.0) is armed
    assert house.faults.disarm("f1", now=11.0) is None
    assert house.reach() == []
    assert [armed.id for armed in house.arm(Delay(1))] == ["f2"]
    house.faults.clear(now=11.0)
    assert house.reach() == []
    assert [armed.id for armed in house.arm(Delay(1))] == ["f3"]


def test_bytes_are_asked_for_where_faults_wait(house: House) -> None:
    """In order, each once, and only those that may still fire."""
    for n in (900, 5, 5, 70):
        house.arm(Drip(1), at=f"download.byte[{n}]")
    house.arm(Delay(1), at="turn.heartbeat[3]")

    assert house.faults.indices("download.byte") == [5, 70, 900]
    house.reach("download.byte[70]")
    assert house.faults.indices("download.byte") == [5, 900]
    assert house.faults.indices("turn.heartbeat") == [3]


# What never fired


def test_all_that_fired_pass(house: House) -> None:
    """Once each is enough, and nothing armed is nothing missed."""
    house.faults.assert_all_fired()
    house.arm(Delay(1), Drip(1), times=2)

    house.reach()

    house.faults.assert_all_fired()
    assert house.faults.unfired() == []


def test_what_never_fired_says_why(house: House) -> None:
    """Each in a line: the fault, and what has kept it."""
    house.arm(Answer(503), at="POST /run_see")
    house.arm(Fail("x"), at="turn.stage_two")
    house.arm(Delay(2), times="always", probability=0.0)
    house.arm(Break("reset"), at="turn.accepted", side="after", message="dawn")
    house.arm(Break("reset"), at="turn.accepted", account="anon_1")
    house.arm(Break("reset"), at="turn.accepted", session="42")
    house.arm(Drip(1), at="GET /a/{}")

    house.reach()
    house.reach()
    house.reach("POST /run_sse")
    house.reach("GET /a/b")
    house.reach("turn.accepted", account="anon_2", session="43", message="noon")
    house.reach("turn.accepted", "after", account="anon_2", message="noon")

    with pytest.raises(FaultsUnfired) as missed:
        house.faults.assert_all_fired()
    assert str(missed.value).splitlines() == [
        "6 armed faults never fired:",
        "  f1: before POST /run_see: status 503 (never reached; the nearest request was POST /run_sse)",
        f"  f2: before turn.stage_two: fail x (never reached: {MOMENTS['turn.stage_two'].means})",
        "  f3: before upload.stored: delay 2 (reached 2 times, never drawn at probability 0)",
        "  f4: after turn.accepted: break reset (reached, but with 'noon', in which nothing is like 'dawn')",
        "  f5: before turn.accepted: break reset (reached, but by anon_2, not by anon_1)",
        "  f6: before turn.accepted: break reset (reached, but in 43, not in 42)",
    ]


def test_a_single_fault_is_told_in_the_singular(house: House) -> None:
    """One fault, one time; and where no request came by there is none to name."""
    house.arm(Answer(503), at="POST /run_sse", probability=0.0)
    house.arm(Answer(503), at="GET /a")
    house.faults.disarm("f2", now=11.0)
    house.reach("POST /run_sse")

    with pytest.raises(
        FaultsUnfired, match=r"^1 armed fault never fired:\n.*reached 1 time, never"
    ):
        house.faults.assert_all_fired()
    lonely = House()
    lonely.arm(Answer(503), at="GET /a")
    with pytest.raises(FaultsUnfired, match=r"\(never reached\)$"):
        lonely.faults.assert_all_fired()


def test_who_is_nobody_is_told_as_nobody(house: House) -> None:
    """Without account and session there is something to say, too."""
    house.arm(Delay(1), account="anon_1")
    house.arm(Delay(1), session="42")

    house.reach()

    with pytest.raises(FaultsUnfired, match="by no known account, not by anon_1") as missed:
        house.faults.assert_all_fired()
    assert "in no session, not in 42" in str(missed.value)


# Laws

places = st.sampled_from(["upload.stored", "turn.accepted", "POST /run_sse"])
armings = st.lists(
    st.tuples(
        places,
        st.sampled_from([Answer(503), Break("reset"), Delay(1), Malformed(), Drip(2)]),
        st.sampled_from(["before", "after"]),
        st.integers(1, 3) | st.just("always"),
        st.sampled_from([0.0, 0.5, 1.0]),
        st.none() | st.sampled_from(["anon_1", "user_2"]),
    ),
    max_size=6,
)
reachings = st.lists(
    st.tuples(places, st.sampled_from(["before", "after"]), st.sampled_from(["anon_1", "anon_2"])),
    max_size=12,
)


@given(armings, reachings)
def test_the_report_the_strikes_and_the_journal_agree(arms: Any, reached: Any) -> None:
    """Whatever is armed and reached: what fires is reported and written, never too often, one decision at a time."""
    house = House()
    for at, do, side, times, probability, account in arms:
        house.arm(do, at=at, side=side, times=times, probability=probability, account=account)

    struck = [house.reach(place, side, account=account) for place, side, account in reached]

    fired = [fact.what for fact in house.journal if fact.kind == "fault"]
    written = [(what["request"], what["fault"]) for what in fired]
    assert written == [(n, id_) for n, ids in enumerate(struck, 1) for id_ in ids]
    by_id = {armed.id: armed for armed in house.faults.armed}
    for id_, armed in by_id.items():
        assert [firing.request for firing in armed.firings] == [
            n for n, one in written if one == id_
        ]
        assert armed.fired <= armed.reached
        assert armed.left is None or armed.left >= 0
    for ids in struck:
        actions = [by_id[id_].fault.do for id_ in ids]
        assert sum(isinstance(action, Answer | Break) for action in actions) <= 1
    assert house.faults.unfired() == [armed for armed in by_id.values() if not armed.fired]


@given(armings, reachings)
def test_the_same_again_is_the_same(arms: Any, reached: Any) -> None:
    """Same seed, same faults, same places: the same firings."""

    def run() -> list[list[str]]:
        house = House()
        for at, do, side, times, probability, account in arms:
            house.arm(do, at=at, side=side, times=times, probability=probability, account=account)
        return [house.reach(place, side, account=account) for place, side, account in reached]

    assert run() == run()
