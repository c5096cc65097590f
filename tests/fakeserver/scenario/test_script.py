from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.plan import Beat, Plan, Say, Scene
from nemovideo_fakeserver.scenario import Script, of

USUAL = Plan(kind="text", beats=(Beat(1.0, Say("usual")),), lasts=1.0)


def scene(account: str = "") -> Scene:
    """A session of an account."""
    return Scene(
        draft={},
        assets=(),
        generated=(),
        width=16,
        height=16,
        language="en",
        cdn="http://cdn",
        number=1,
        chance=Chance("0"),
        account=account,
    )


def usual(message: str, scene: Scene) -> Plan:
    """The agent that answers what is not scripted."""
    return USUAL


def script(*turns: dict[str, Any], **more: Any) -> Script:
    """A script whose nth turn says n."""
    said = [{**turn, "steps": [{"text": str(n)}]} for n, turn in enumerate(turns)]
    accounts = [{"name": "mia"}, {"name": "bob"}]
    return Script(of({"accounts": accounts, "turns": said}), usual, **more)


def says(plan: Plan) -> str:
    """What a plan says."""
    act = plan.beats[0].act
    assert isinstance(act, Say)
    return act.text


@pytest.mark.parametrize(
    ("when", "message", "fits"),
    [
        ("title|标题", "Add a TITLE please", True),
        ("title|标题", "加一个标题", True),
        ("^title", "a title", False),
        ({"matches": "ti.le"}, "tiTle", True),
        ({"says": "make it so"}, " Make it\n so ", True),
        ({"says": "make it so"}, "make it so now", False),
        ({"says": "a.b"}, "axb", False),
        (None, "anything", True),
    ],
)
def test_a_turn_answers_what_fits(when: Any, message: str, fits: bool) -> None:
    """A text is a regular expression, `says` the whole message, nothing is anything; case never matters."""
    answer = script({"when": when})(message, scene())

    assert says(answer) == ("0" if fits else "usual")


def test_the_first_turn_that_fits_answers() -> None:
    """In the order in which they stand."""
    agent = script({"when": "ab"}, {"when": "a"}, {"when": "a"})

    assert [says(agent(message, scene())) for message in ("a", "ab", "b")] == ["1", "0", "usual"]


def test_a_turn_that_is_used_up_leaves_its_place() -> None:
    """`once` and `times` count the messages that were taken, and the next turn that fits comes up."""
    agent = script({"once": True}, {"times": 2}, {"when": "x"})

    come = []
    for _ in range(4):
        plan = agent("x", scene())
        agent.took(plan)
        come.append(says(plan))

    assert come == ["0", "1", "1", "2"]
    assert says(agent("y", scene())) == "usual"


def test_asking_changes_nothing() -> None:
    """A message that is refused, for want of credits, has not used anything up."""
    agent = script({"once": True})

    assert agent("x", scene()) == agent("x", scene())
    assert agent.used == {}


def test_what_was_used_can_be_kept_and_given_back() -> None:
    """The counts are plain state."""
    agent = script({"once": True})
    agent.took(agent("x", scene()))
    agent.took(USUAL)

    again = script({"once": True}, used=agent.used)

    assert agent.used == {0: 1}
    assert says(again("x", scene())) == "usual"


def test_a_turn_may_be_for_one_account() -> None:
    """By its name, once the uid behind the name is known, or by the uid itself."""
    agent = script({"account": "mia"}, {"account": "anon_9"}, accounts={"mia": "anon_1"})

    speakers = ("anon_1", "anon_9", "anon_2", "")
    assert [says(agent("x", scene(uid))) for uid in speakers] == ["0", "1", "usual", "usual"]


def test_an_account_nobody_placed_speaks_to_nobody() -> None:
    """A turn for a name without a uid is for no one, not for everyone."""
    assert says(script({"account": "mia"})("x", scene(""))) == "usual"


def test_turns_that_nobody_played_are_told() -> None:
    """By their place, and by what they waited for."""
    agent = script({"when": "a"}, {"when": {"says": "Hello  you"}}, {"when": "c"}, {})
    agent.took(agent("c", scene()))

    assert agent.unplayed == ("turns[0] (a)", "turns[1] (hello you)", "turns[3] (any message)")
