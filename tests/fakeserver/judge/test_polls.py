from __future__ import annotations

from typing import Any

import pytest

from support.history import History, Person

FAST = "polled-too-fast"
LATE = "polled-after-the-end"
LONG = "polled-too-long"


@pytest.fixture(name="render")
def _render(ann: Person, session: str) -> str:
    """A render that has just been ordered."""
    ann.look(session)
    return ann.submit(session)


def watch(history: History, ann: Person, render: str, *waits: float, end: str = "") -> list[int]:
    """Poll after each wait; the last shows `end`, if one is given."""
    polls = []
    for number, wait in enumerate(waits, start=1):
        history.wait(wait)
        over = end and number == len(waits)
        polls.append(ann.poll(render, end if over else "processing"))
    return polls


def test_polling_faster_than_every_thirty_seconds_is_accused(
    history: History, ann: Person, render: str
) -> None:
    """From the second short interval on."""
    polls = watch(history, ann, render, 10, 10, 10, 10)

    verdicts = history.verdicts()

    assert [(v.rule, v.severity) for v in verdicts] == [(FAST, "warning")] * 2
    assert [v.requests for v in verdicts] == [(polls[2],), (polls[3],)]
    assert verdicts[0].did == f'Polled "{render}" again after 10 s'


def test_polling_every_thirty_seconds_is_not_accused(
    history: History, ann: Person, render: str
) -> None:
    """Or as good as."""
    watch(history, ann, render, 30, 29.8, 31, end="completed")

    assert history.verdicts() == ()
    assert (history.kept(FAST), history.kept(LATE), history.kept(LONG)) == (2, 1, 3)


def test_a_resumed_client_looks_at_once(history: History, ann: Person, render: str) -> None:
    """After the order, or after the last poll of one that is gone; and then every thirty seconds."""
    watch(history, ann, render, 1, 1, 30, 2, 30, end="completed")

    assert history.verdicts() == ()


@pytest.mark.parametrize(
    "lost", [{"reply": False}, {"status": 503, "shows": None}, {"fault": ["f1"]}]
)
def test_a_poll_that_got_no_answer_may_be_repeated(
    history: History, ann: Person, render: str, lost: dict[str, Any]
) -> None:
    """No reply at all, a failure, or one that a fault may have kept back."""
    history.wait(30)
    for _ in range(5):
        ann.poll(render, **lost)
        history.wait(0.5)
    watch(history, ann, render, 0, 30, end="completed")

    assert history.verdicts() == ()


def test_polling_after_the_end_is_accused(history: History, ann: Person, render: str) -> None:
    """Again and again; the first of them may have been somebody else."""
    [end] = watch(history, ann, render, 30, end="failed")
    _, second, third = watch(history, ann, render, 30, 30, 30)

    verdicts = history.verdicts()

    assert [(v.rule, v.severity) for v in verdicts] == [(LATE, "warning")] * 2
    assert [v.requests for v in verdicts] == [(end, second), (end, third)]
    assert verdicts[0].did == f'Polled "{render}" again, after it had shown failed'


def test_coming_back_for_the_link_is_not_accused(
    history: History, ann: Person, render: str
) -> None:
    """Once right away, and once a day later."""
    watch(history, ann, render, 30, end="completed")
    watch(history, ann, render, 30, 86_400)

    assert history.verdicts() == ()


def test_a_poll_under_way_did_not_know_of_the_end(
    history: History, ann: Person, render: str
) -> None:
    """Two windows ask at the same time, twice."""
    history.wait(30)
    polls = [ann.poll(render, reply=False) for _ in range(3)]
    shows = {"render": render, "status": "completed", "progress": 100}
    for poll in polls:
        ann.answer(poll, "GET /api/render/proxy/lambda/{render}", code=None, shows=shows)

    assert history.verdicts(LATE) == ()


def test_an_end_that_a_fault_kept_back_was_not_shown(
    history: History, ann: Person, render: str
) -> None:
    """The reply was cut: the client does not know yet."""
    history.wait(30)
    ann.poll(render, "completed", fault=["f1"])
    watch(history, ann, render, 1, 30, end="completed")

    assert history.verdicts() == ()


def test_more_than_ten_polls_in_a_row_are_a_hint(
    history: History, ann: Person, render: str
) -> None:
    """From the eleventh on."""
    polls = watch(history, ann, render, *[30] * 12)

    verdicts = history.verdicts()

    assert [(v.rule, v.severity) for v in verdicts] == [(LONG, "hint")] * 2
    assert [v.requests for v in verdicts] == [(polls[10],), (polls[11],)]
    assert verdicts[0].did == "Polled 11 times in a row, for 5 min"


def test_polls_that_show_nothing_do_not_count(history: History, ann: Person, render: str) -> None:
    """Each look that the network ate was repeated at once."""
    for _ in range(10):
        ann.poll(render, status=503, shows=None)
        watch(history, ann, render, 30)

    assert history.verdicts(LONG) == ()


def test_more_than_ten_minutes_of_polling_are_a_hint(
    history: History, ann: Person, render: str
) -> None:
    """Slowly, but for too long."""
    watch(history, ann, render, *[121] * 6)

    assert [v.did for v in history.verdicts()] == ["Polled 6 times in a row, for 10 min 5 s"]


def test_ten_polls_and_ten_more_later_are_not_accused(
    history: History, ann: Person, render: str
) -> None:
    """Somebody resumed an hour later."""
    watch(history, ann, render, *[30] * 10)
    watch(history, ann, render, 3600, *[30] * 9, end="completed")

    assert history.verdicts() == ()


def test_two_renders_are_watched_one_by_one(
    history: History, ann: Person, session: str, render: str
) -> None:
    """Two of one account, polled in turn."""
    other = ann.submit(session)
    for _ in range(3):
        history.wait(15)
        ann.poll(render)
        history.wait(15)
        ann.poll(other)

    assert history.verdicts() == ()
