from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.journal import Fact, Journal


def test_a_fact_comes_back_as_it_was_written() -> None:
    """A fact keeps its number, time, kind and details, in the order in which they were given."""
    journal = Journal()

    journal.add(3.5, "draft", session="s", did="Put")

    assert list(journal) == [Fact(1, 3.5, "draft", {"session": "s", "did": "Put"})]


@given(st.integers(1, 8), st.integers(0, 30))
def test_the_newest_facts_stay_and_the_others_are_counted(keep: int, written: int) -> None:
    """At most `keep` facts stay, the newest, in order; how many went before them is known."""
    journal = Journal(keep)

    for n in range(written):
        journal.add(float(n), "tick")

    numbers = [fact.number for fact in journal]
    assert numbers == list(range(max(0, written - keep) + 1, written + 1))
    assert len(journal) + journal.dropped == written
