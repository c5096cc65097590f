from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from nemovideo_fakeserver.core.plan import Call, Edit, Plan, Result, Say
from support.conversation import Conversation, spoken, upload

SEEDS = 300


def plans(message: str) -> Iterator[Plan]:
    """What the same message comes to under many seeds."""
    for seed in range(SEEDS):
        yield Conversation(upload("a.mp4"), seed=str(seed)).say(message)


@pytest.mark.parametrize(
    ("message", "kind", "low", "high"),
    [
        ("what can you do?", "text", 5, 15),
        ("add lo-fi and a title 'Hi'", "edit", 10, 30),
        ("make a 10s video of a cat", "generate", 100, 300),
    ],
)
def test_work_takes_the_documented_time(message: str, kind: str, low: float, high: float) -> None:
    """Every seed stays within the documented range, and the range is used."""
    lasting = []
    for plan in plans(message):
        assert plan.kind == kind
        lasting.append(plan.lasts)

    assert low <= min(lasting) < low + (high - low) / 4
    assert high - (high - low) / 4 < max(lasting) <= high


def test_about_three_in_ten_edits_are_silent() -> None:
    """A silent edit has tool events and edits, and says nothing at all."""
    silent = [plan for plan in plans("add lo-fi") if not spoken(plan)]

    assert 0.2 < len(silent) / SEEDS < 0.4
    assert all(any(isinstance(b.act, Edit) for b in plan.beats) for plan in silent)


@pytest.mark.parametrize("message", ["what can you do?", "make a 10s video of a cat"])
def test_talk_and_generations_are_never_silent(message: str) -> None:
    """Only edits fall silent."""
    assert all(spoken(plan) for plan in plans(message))


def test_a_small_share_ends_with_noise() -> None:
    """Now and then an apology that means nothing follows a normal answer, as the last thing said."""
    noisy = [plan for plan in plans("add lo-fi") if "temporary issue" in spoken(plan)]

    assert 0.01 < len(noisy) / SEEDS < 0.15
    for plan in noisy:
        *before, last = [b.act.text for b in plan.beats if isinstance(b.act, Say)]
        assert last.startswith("I encountered a temporary issue")
        assert not any("temporary issue" in text for text in before)
        assert not plan.failed


def test_an_edit_happens_with_the_result_of_its_call() -> None:
    """A call is answered by a result of the same tool, and the draft changes at that moment."""
    for plan in plans("add lo-fi and a title 'Hi'"):
        calls = [(b.at, b.act.name) for b in plan.beats if isinstance(b.act, Call)]
        results = [(b.at, b.act.name) for b in plan.beats if isinstance(b.act, Result)]

        assert [name for _, name in calls] == [name for _, name in results]
        assert all(call < result for (call, _), (result, _) in zip(calls, results, strict=True))
        assert {b.at for b in plan.beats if isinstance(b.act, Edit)} == {at for at, _ in results}


def test_beats_are_in_order() -> None:
    """No beat comes before another in the list, or after the end."""
    for plan in plans("make a 10s video of a cat and add subtitles"):
        assert all(a.at <= b.at for a, b in pairwise(plan.beats))
        assert plan.beats[-1].at <= plan.lasts


def test_prose_varies() -> None:
    """Chance picks the sentences."""
    assert len({spoken(plan) for plan in plans("what can you do?")}) > 1
