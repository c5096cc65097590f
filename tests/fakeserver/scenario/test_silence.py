from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import Remove
from nemovideo_fakeserver.core.plan import Beat, Edit, Plan, Say, Scene
from nemovideo_fakeserver.scenario import Script, of
from nemovideo_fakeserver.scenario.silence import CLOSING

SPOKEN = Plan(
    kind="edit",
    beats=(Beat(1.0, Say("On it")), Beat(8.0, Edit(Remove("a"))), Beat(9.0, Say("Done"))),
    lasts=10.0,
)
SILENT = replace(SPOKEN, beats=SPOKEN.beats[1:2])
SCENE = Scene(
    draft={},
    assets=(),
    generated=(),
    width=16,
    height=16,
    language="en",
    cdn="http://cdn",
    number=1,
    chance=Chance("0"),
)


def answer(silence: str, planned: Plan, message: str = "cut it") -> Plan:
    """What comes of a plan under a scenario's silence."""
    return Script(of({"silence": silence}), lambda _message, _scene: planned)(message, SCENE)


def test_always_takes_every_word_out_of_an_edit() -> None:
    """The edit itself, its time and its price stay."""
    assert answer("always", SPOKEN) == SILENT


def test_never_puts_a_word_into_a_silent_edit() -> None:
    """At its end, in the language of the message; an edit that speaks stays as it is."""
    assert answer("never", SPOKEN) is SPOKEN
    assert answer("never", SILENT).beats == (*SILENT.beats, Beat(10.0, Say(CLOSING["en"])))
    assert answer("never", SILENT, "剪短").beats[-1] == Beat(10.0, Say(CLOSING["zh"]))


@pytest.mark.parametrize("planned", [SPOKEN, SILENT])
def test_seeded_leaves_it_to_the_agent(planned: Plan) -> None:
    """Which edits are silent is then a matter of the seed."""
    assert answer("seeded", planned) is planned


@pytest.mark.parametrize("silence", ["always", "never"])
@pytest.mark.parametrize("kind", ["text", "generate"])
def test_only_edits_are_ever_silent(silence: str, kind: Literal["text", "generate"]) -> None:
    """Talk and generations stay as they were planned."""
    planned = replace(SILENT if silence == "never" else SPOKEN, kind=kind)

    assert answer(silence, planned) is planned


def test_a_scripted_edit_says_what_is_written() -> None:
    """Silence is for the usual agent."""
    turn = {"steps": [{"at": 1, "text": "Hi"}, {"draft": [{"remove": "a"}]}]}
    agent = Script(of({"silence": "always", "turns": [turn]}), lambda _message, _scene: SILENT)

    assert agent("x", SCENE).beats[0] == Beat(1.0, Say("Hi"))
