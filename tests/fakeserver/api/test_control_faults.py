"""Arming faults over HTTP and from Python, and the report on them."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.api.control import faults as control
from nemovideo_fakeserver.core.faults.actions import Answer
from nemovideo_fakeserver.core.faults.faults import FaultsUnfired
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from support.caller import Caller
from support.faulty import kinds_of
from support.wire import refused

FAULTS = "/__fake__/faults"
CREDITS = "/api/credits/balance/simple"
PLAIN = {"at": f"GET {CREDITS}", "do": {"status": 503}}


def test_a_fault_is_armed_in_the_words_of_yaml(http: httpx.Client) -> None:
    """The reply is the report on it: nothing has happened yet."""
    words = {
        "at": "turn.heartbeat[3]",
        "do": {"break": "reset"},
        "side": "after",
        "times": "always",
        "probability": 0.5,
        "account": "anon_1",
        "session": "42",
        "message": "dawn",
    }

    reply = http.post(FAULTS, json=words)

    assert reply.status_code == 200
    assert reply.json() == {
        "faults": [
            {
                "id": "f1",
                "fault": words,
                "armed_at": EPOCH,
                "reached": 0,
                "fired": 0,
                "left": "always",
                "firings": [],
            }
        ]
    }


def test_the_report_tells_what_has_fired(fake: Fake, caller: Caller) -> None:
    """Each fault with when and on which request; whether all have fired; the control paths are no requests."""
    caller.http.post(FAULTS, json=PLAIN)
    caller.http.post(FAULTS, json={**PLAIN, "do": {"delay": 1}, "times": 2})
    before = caller.http.get(FAULTS).json()
    fake.clock.jump(5)
    caller.get(CREDITS)
    caller.get(CREDITS)
    after = caller.http.get(FAULTS).json()

    numbers = [fact.number for fact in fake.journal if fact.what.get("path") == CREDITS]
    assert (before["all_fired"], after["all_fired"]) == (False, True)
    assert [one["fired"] for one in after["faults"]] == [1, 2]
    assert [one["left"] for one in after["faults"]] == [0, 0]
    assert after["faults"][0]["firings"] == [{"at": EPOCH + 5, "request": numbers[0]}]
    assert [f["request"] for f in after["faults"][1]["firings"]] == numbers


def test_nothing_armed_has_all_fired(http: httpx.Client) -> None:
    """The report is empty, and nothing is missing."""
    assert http.get(FAULTS).json() == {"faults": [], "all_fired": True}


def test_several_are_armed_in_one_go(fake: Fake, http: httpx.Client) -> None:
    """In their order, under ids of their own, and that they were is a fact."""
    armed = http.post(FAULTS, json={"faults": [PLAIN, PLAIN]}).json()["faults"]

    assert [one["id"] for one in armed] == ["f1", "f2"]
    (fact,) = kinds_of(fake, "control")
    assert fact == {"did": "armed faults", "faults": ["f1", "f2"]}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "a fault needs at; there are: at, do, side"),
        ({**PLAIN, "at": "turn.acepted"}, "did you mean turn.accepted?"),
        ({**PLAIN, "wehn": 1}, "a fault has no 'wehn'"),
        ({**PLAIN, "do": {"stats": 503}}, "did you mean status?"),
        ({"at": "turn.settled", "do": {"malformed": True}}, "malformed makes no sense before"),
        (
            {"faults": [PLAIN, {**PLAIN, "do": {}}]},
            "faults[1]: a fault does one thing, and has none",
        ),
        ({"faults": PLAIN}, "faults: must be a list of objects"),
        ({"faults": [5]}, "faults: must be a list of objects"),
        ({"faults": [PLAIN], "at": "x"}, "a fault has no 'faults'"),
        ([PLAIN], "a JSON object was expected, not an array"),
    ],
    ids=str,
)
def test_what_makes_no_sense_arms_nothing(http: httpx.Client, body: Any, says: str) -> None:
    """The error says what would; of several with one mistake none is armed."""
    status, message = refused(http.post(FAULTS, json=body))

    assert status == 400
    assert says in message
    assert http.get(FAULTS).json()["faults"] == []


def test_there_is_an_end_to_how_many_wait(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One too many is refused, and says what to do."""
    monkeypatch.setattr(control, "MOST", 2)
    http.post(FAULTS, json=PLAIN)

    no = refused(http.post(FAULTS, json={"faults": [PLAIN, PLAIN]}))

    assert no[1] == "faults: at most 2 at a time; DELETE /__fake__/faults clears them"
    assert http.post(FAULTS, json=PLAIN).status_code == 200


def test_one_is_taken_away(fake: Fake, caller: Caller) -> None:
    """It is shown as it stood, and acts no more; the others do; one that is not there cannot be taken."""
    caller.http.post(FAULTS, json={"faults": [PLAIN, {**PLAIN, "do": {"status": 502}}]})

    taken = caller.http.delete(f"{FAULTS}/f1").json()["faults"]
    again = caller.http.delete(f"{FAULTS}/f1")

    assert [one["id"] for one in taken] == ["f1"]
    assert refused(again)[1] == 'fault: none is called "f1"'
    assert caller.get(CREDITS).status_code == 502
    assert {"did": "disarmed a fault", "faults": ["f1"]} in kinds_of(fake, "control")


def test_all_are_taken_away(fake: Fake, caller: Caller) -> None:
    """Each is shown as it stood."""
    caller.http.post(FAULTS, json={"faults": [PLAIN, PLAIN]})
    caller.get(CREDITS)

    taken = caller.http.delete(FAULTS).json()["faults"]

    assert [one["fired"] for one in taken] == [1, 0]
    assert caller.get(CREDITS).status_code == 200
    assert {"did": "disarmed all faults", "faults": ["f1", "f2"]} in kinds_of(fake, "control")


def test_only_this_machine_arms_faults(http: httpx.Client) -> None:
    """A name that leads here from elsewhere may not, nor a page of somebody else's."""
    assert http.post(f"http://example.com{FAULTS}", json=PLAIN).status_code == 403
    assert http.post(FAULTS, json=PLAIN, headers={"Origin": "http://a.test"}).status_code == 403
    assert http.get(FAULTS).json()["faults"] == []


def test_worlds_have_faults_of_their_own(fake: Fake, http: httpx.Client) -> None:
    """What is armed in one strikes nobody in another, under whatever id; each counts its own."""
    transport = fake.transport()
    mine, yours = (
        Caller(httpx.Client(transport=transport, base_url=f"http://127.0.0.1/~{name}")).connect()
        for name in ("mine", "yours")
    )
    root = Caller(http).connect()

    fake.arm(PLAIN["at"], PLAIN["do"], world="mine", times="always")  # type: ignore[arg-type]  # words
    yours.http.post(FAULTS, json={**PLAIN, "do": {"status": 502}, "times": "always"})

    statuses = [caller.get(CREDITS).status_code for caller in (mine, yours, root)]
    assert statuses == [503, 502, 200]
    ids = [fake.world(name).faults.armed[0].id for name in ("mine", "yours")]
    assert ids == ["f1", "f1"]
    with pytest.raises(FaultsUnfired):
        _unfired(fake)


def _unfired(fake: Fake) -> None:
    """Arm what never fires in one world, and see that it is missed there and nowhere else."""
    fake.arm("turn.settled", {"delay": 1}, world="mine")
    fake.faults.assert_all_fired()
    fake.world("yours").faults.assert_all_fired()
    fake.world("mine").faults.assert_all_fired()


def test_chance_is_drawn_for_each_world(fake: Fake, http: httpx.Client) -> None:
    """The same fault in two worlds has firings of its own; in two fakes of one seed, the same ones."""

    def run(fake: Fake, world: str) -> list[bool]:
        url = f"http://127.0.0.1/~{world}"
        caller = Caller(httpx.Client(transport=fake.transport(), base_url=url)).connect()
        fake.arm(f"GET {CREDITS}", {"status": 503}, world=world, times="always", probability=0.5)
        return [caller.get(CREDITS).status_code == 503 for _ in range(40)]

    with Fake() as twin:
        assert run(fake, "a") == run(twin, "a") != run(fake, "b")


# From Python


def test_python_arms_in_the_same_words(fake: Fake, caller: Caller) -> None:
    """Or with an action as a value; what it returns is the report, alive."""
    armed = fake.arm(f"GET {CREDITS}", {"status": 503})
    other = fake.arm(f"GET {CREDITS}", Answer(502), times=2)

    assert [caller.get(CREDITS).status_code for _ in range(4)] == [503, 502, 502, 200]
    assert (armed.fired, other.fired) == (1, 2)
    assert fake.faults.armed == [armed, other]
    fake.faults.assert_all_fired()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"do": {"brake": "reset"}}, "did you mean break"),
        ({"do": {"status": 503}, "time": 2}, "did you mean times"),
        ({"do": {"status": 503}, "side": "aftr"}, "side is before or after"),
    ],
    ids=str,
)
def test_python_is_told_what_is_wrong(fake: Fake, words: dict[str, Any], says: str) -> None:
    """In a ValueError, and nothing is armed."""
    with pytest.raises(FaultUnknown, match=says):
        fake.arm(f"GET {CREDITS}", **words)

    assert fake.faults.armed == []


def test_who_arms_waits_for_the_act_that_runs(fake: Fake) -> None:
    """A fault never comes into the middle of an act."""
    armed = threading.Event()

    def arm() -> None:
        fake.arm("token.issued", {"status": 503})
        armed.set()

    with fake._worlds.place("").lock:
        arming = threading.Thread(target=arm)
        arming.start()
        arming.join(0.05)
        waited = not armed.is_set()
    arming.join(10)

    assert waited
    assert armed.is_set()
