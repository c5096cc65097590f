from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.faults.actions import (
    Action,
    Answer,
    Break,
    Delay,
    Drip,
    Fail,
    Malformed,
    read,
    spelled,
)
from nemovideo_fakeserver.core.faults.fault import KEYS, Fault
from nemovideo_fakeserver.core.faults.moments import MOMENTS, ROUTE, Kind, Side, place
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from nemovideo_fakeserver.wire.steps import HowToCut

seconds = st.floats(0.001, 86_400) | st.integers(1, 600)
texts = st.text(min_size=1).filter(str.strip)
ACTION: dict[Kind, st.SearchStrategy[Action]] = {
    "answer": st.builds(
        Answer,
        st.none() | st.integers(200, 599),
        st.sampled_from([1001, 1002, 2001, 4001, 4002]),
        st.none() | texts,
        st.none() | st.integers(0, 86_400),
    )
    | st.builds(Answer, st.integers(200, 599)),
    "fail": st.builds(Fail, texts),
    "delay": st.builds(Delay, seconds),
    "break": st.builds(Break, st.sampled_from(get_args(HowToCut))),
    "malformed": st.just(Malformed()),
    "drip": st.builds(Drip, seconds),
}
actions = st.one_of(*ACTION.values())
sides: st.SearchStrategy[Side] = st.sampled_from(["before", "after"])
SPELLINGS = [m.spelling.replace("[n]", "[2]") for m in MOMENTS.values()]
ROUTES = ["POST /run_sse", "GET /api/render/proxy/lambda/{}", "POST /api/tokens"]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    """Any fault that makes sense."""
    at, side = draw(st.sampled_from(SPELLINGS + ROUTES)), draw(sides)
    moment = place(at).moment
    possible = st.sampled_from([kind for kind in get_args(Kind) if moment.allows(kind, side)])
    return Fault(
        at=at,
        side=side,
        do=draw(possible.flatmap(lambda kind: ACTION[kind])),
        times=draw(st.integers(1, 9) | st.just("always")),
        probability=draw(st.floats(0, 1)),
        account=draw(st.none() | st.just("anon_1")),
        session=draw(st.none() | st.just("123")),
        message=draw(st.none() | st.just("dawn|dusk")) if moment.told else None,
    )


# Moments


def test_the_moments_are_a_closed_list() -> None:
    """These twelve and no others, and only heartbeats and bytes are counted."""
    assert list(MOMENTS) == [
        "turn.accepted",
        "turn.frozen",
        "turn.first_event",
        "turn.heartbeat",
        "turn.stage_two",
        "turn.draft_applied",
        "turn.settled",
        "upload.stored",
        "render.submitted",
        "render.completed",
        "download.byte",
        "token.issued",
    ]
    assert [m.name for m in MOMENTS.values() if m.indexed] == ["turn.heartbeat", "download.byte"]


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_moment_explains_itself(moment: Any) -> None:
    """What it is, and what stands on either side of it, are said in words; something can happen there."""
    assert all(len(words) > 10 for words in (moment.means, moment.before, moment.after))
    assert moment.kinds


@pytest.mark.parametrize(
    ("at", "name", "index", "route"),
    [
        ("turn.accepted", "turn.accepted", 0, ""),
        ("turn.heartbeat[12]", "turn.heartbeat", 12, ""),
        ("download.byte[1]", "download.byte", 1, ""),
        ("POST /run_sse", ROUTE.name, 0, "POST /run_sse"),
        ("GET /api/render/proxy/{}/download", ROUTE.name, 0, "GET /api/render/proxy/{}/download"),
    ],
)
def test_a_place_is_a_moment_or_a_route(at: str, name: str, index: int, route: str) -> None:
    """`at` says a moment, a counted moment with its number, or a route by its shape alone."""
    found = place(at)

    assert (found.moment.name, found.index, found.route) == (name, index, route)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("turn.acepted", r"no moment is called 'turn\.acepted'; did you mean turn\.accepted\?"),
        ("turn.hartbeat[2]", r"did you mean turn\.heartbeat\[n\]\?"),
        ("lunch", r"there are: turn\.accepted, .*token\.issued, or a route such as POST /run_sse"),
        ("turn.heartbeat", r"'turn\.heartbeat' is written turn\.heartbeat\[1\]"),
        ("turn.settled[1]", r"'turn\.settled\[1\]' is written turn\.settled"),
        ("turn.heartbeat[0]", r"the first is turn\.heartbeat\[1\]"),
        ("post /run_sse", r"did you mean POST /run_sse\?"),
        ("/run_sse?x=1", r"a route is METHOD /path without a query; did you mean POST /run_sse\?"),
        ("FETCH /run_sse", r"did you mean POST /run_sse\?"),
        (7, r"not 7"),
    ],
)
def test_a_place_that_is_none_is_told_the_nearest(at: Any, says: str) -> None:
    """The error has the offending word and what was probably meant."""
    with pytest.raises(FaultUnknown, match=says) as refused:
        Fault(at=at, do=Malformed())

    assert refused.value.key == "at"


# Actions


@given(actions)
def test_an_action_is_what_its_words_say(action: Action) -> None:
    """Spelled out, through JSON and read again it is the same action."""
    assert read(json.loads(json.dumps(spelled(action)))) == action


@pytest.mark.parametrize(
    ("words", "key", "says"),
    [
        ({"brake": "reset"}, "do", r"no action is called 'brake'; did you mean break\?"),
        ({}, "do", r"a fault does one thing, and has none; there are: status, code, fail"),
        ({"fail": "x", "delay": 1}, "do", r"not delay and fail at once"),
        ({"message": "x"}, "do", r"a status such as 503 or a code such as 1001"),
        (
            {"break": "rest"},
            "break",
            r"break cannot be 'rest'; did you mean reset\? There are: half",
        ),
        ({"status": 20}, "status", r"status is a whole number from 200 to 599, not 20"),
        ({"status": True}, "status", r"not True"),
        ({"code": "1001"}, "code", r"code is a whole number from 1 to 99999, not '1001'"),
        ({"code": 1001, "retry_after": -1}, "retry_after", r"not -1"),
        ({"code": 1001, "message": 5}, "message", r"message is a text that says something, not 5"),
        ({"fail": " "}, "fail", r"fail is a text that says something, not ' '"),
        ({"delay": 0}, "delay", r"delay is seconds, more than 0 and at most \d+, not 0"),
        ({"delay": float("inf")}, "delay", r"not inf"),
        ({"drip": 10**400}, "drip", r"not 1000"),
        ({"drip": "2s"}, "drip", r"not '2s'"),
        ({"malformed": False}, "malformed", r"malformed is true or not there, not False"),
    ],
)
def test_an_action_is_valid_at_birth(words: Any, key: str, says: str) -> None:
    """A word, a value or a mixture that is none is refused with what would be right."""
    with pytest.raises(FaultUnknown, match=says) as refused:
        read(words)

    assert refused.value.key == key


@given(st.dictionaries(st.sampled_from(["status", "fail", "break", "drip", "x"]), anything))
def test_words_are_an_action_or_refused(words: Any) -> None:
    """Whatever stands there, no other error comes of it."""
    with suppress(FaultUnknown):
        assert read(words)


# Faults


@given(faults())
def test_a_fault_is_what_its_words_say(fault: Fault) -> None:
    """Spelled out, through JSON and read again it is the same fault."""
    assert Fault.of(json.loads(json.dumps(fault.words()))) == fault


def test_what_goes_without_saying_is_not_said() -> None:
    """A plain fault is two words: where, and what."""
    fault = Fault(at="POST /run_sse", do=Answer(503))

    assert fault.words() == {"at": "POST /run_sse", "do": {"status": 503}}


@pytest.mark.parametrize(
    ("more", "key", "says"),
    [
        ({"side": "during"}, "side", r"side is before or after, not 'during'"),
        ({"times": 0}, "times", r"times is a number from 1 or always, not 0"),
        ({"times": True}, "times", r"not True"),
        ({"times": "twice"}, "times", r"not 'twice'"),
        ({"probability": 1.5}, "probability", r"probability is from 0 to 1, not 1\.5"),
        ({"probability": float("nan")}, "probability", r"not nan"),
        ({"account": ""}, "account", r"account is an id, not ''"),
        ({"session": 5}, "session", r"session is an id, not 5"),
        ({"message": "("}, "message", r"'\(' is none: missing \)"),
        ({"message": 5}, "message", r"5 is none"),
        (
            {"do": {"status": 503}},
            "do",
            r"status makes no sense before turn\.settled; there are: fail",
        ),
        ({"do": {"fail": "x"}, "side": "after"}, "do", r"fail makes no sense after turn\.settled"),
        ({"do": "reset"}, "do", r"do is an action such as {status: 503}, not 'reset'"),
        ({"wehn": 1}, "wehn", r"a fault has no 'wehn'; there are: at, do, side"),
        ({"time": 1}, "time", r"did you mean times\?"),
    ],
)
def test_a_fault_is_valid_at_birth(more: dict[str, Any], key: str, says: str) -> None:
    """A word or value that makes no sense is refused with what would, under the word it stands."""
    with pytest.raises(FaultUnknown, match=says) as refused:
        Fault.of({"at": "turn.settled", "do": {"delay": 1}, **more})

    assert refused.value.key == key


@pytest.mark.parametrize("word", ["at", "do"])
def test_a_fault_says_where_and_what(word: str) -> None:
    """Without a place or an action there is no fault."""
    words = {"at": "turn.settled", "do": {"delay": 1}}
    del words[word]

    with pytest.raises(FaultUnknown, match=f"a fault needs {word}"):
        Fault.of(words)


def test_a_message_goes_where_there_is_one() -> None:
    """Only turns and the route of the chat can be chosen by what the user said."""
    assert Fault(at="POST /run_sse", do=Malformed(), message="dawn").message == "dawn"
    with pytest.raises(FaultUnknown, match=r"no message belongs to upload\.stored"):
        Fault(at="upload.stored", do=Malformed(), message="dawn")


def test_what_is_done_is_an_action() -> None:
    """In Python, too, `do` is one of the six."""
    with pytest.raises(FaultUnknown, match=r"do is an action such as Answer\(503\), not 'reset'"):
        Fault(at="upload.stored", do="reset")  # type: ignore[arg-type]  # what is tested


@given(st.dictionaries(st.sampled_from(KEYS), anything))
def test_words_are_a_fault_or_refused(words: Any) -> None:
    """Whatever stands there, no other error comes of it."""
    with suppress(FaultUnknown):
        assert Fault.of({"at": "turn.settled", "do": {"delay": 1}, **words})
