from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from nemovideo_fakeserver.core.refusals import SessionUnknown
from nemovideo_fakeserver.core.sessions import CLAIM_SECONDS, canvas

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage


def test_a_session_has_the_documented_ids(stage: Stage) -> None:
    """A session id is a string of 19 decimal digits, a task id begins with task_."""
    session = stage.session()

    assert re.fullmatch(r"[1-9][0-9]{18}", session.id)
    assert re.fullmatch(r"task_[0-9a-f]{16}", session.task_id)


def test_a_new_session_is_empty(stage: Stage) -> None:
    """There is no draft, no media and no turn, the canvas is full HD, and nothing keeps it busy."""
    session = stage.session()

    assert (session.draft, session.uploads, session.generated, session.turns) == ({}, [], [], [])
    assert session.canvas == (1920, 1080)
    assert session.busy_until == 0.0


def test_creating_is_not_idempotent(stage: Stage) -> None:
    """The same request again opens another session with another task."""
    account = stage.account()

    one, two = stage.session(account), stage.session(account)

    assert one.id != two.id
    assert one.task_id != two.task_id


def test_a_session_belongs_to_its_account(stage: Stage) -> None:
    """The owner finds it; for anybody else it is as unknown as one that never was."""
    ann, bob = stage.account("ann"), stage.account("bob")
    session = stage.session(ann)

    assert stage.world.sessions.get(ann, session.id) is session
    for account, id_ in ((bob, session.id), (ann, "1" * 19)):
        with pytest.raises(SessionUnknown, match=f"session not found: '{id_}'"):
            stage.world.sessions.get(account, id_)


def test_a_claim_shows_the_session_for_seven_days(stage: Stage) -> None:
    """A claim token may be used again and again until exactly 7 days are over."""
    session = stage.session()

    claim = stage.world.sessions.claim(session.account, session.task_id, session.id)

    assert re.fullmatch(r"clm_[A-Za-z0-9_-]{43}", claim.value)
    assert claim.value not in f"{claim!r} {list(stage.setting.journal)}"
    for _ in range(2):
        assert stage.world.sessions.claimed(claim.value) is session
    stage.later(CLAIM_SECONDS - 0.001)
    assert stage.world.sessions.claimed(claim.value) is session
    stage.later(0.001)
    assert stage.world.sessions.claimed(claim.value) is None


def test_every_claim_is_a_new_one(stage: Stage) -> None:
    """Claiming again gives another token, and the first one goes on showing the session."""
    session = stage.session()
    claims = [
        stage.world.sessions.claim(session.account, session.task_id, session.id) for _ in range(2)
    ]

    assert claims[0].value != claims[1].value
    assert all(stage.world.sessions.claimed(claim.value) is session for claim in claims)


def test_a_strange_claim_shows_nothing(stage: Stage) -> None:
    """A value that was never issued opens no session."""
    assert stage.world.sessions.claimed("clm_" + "x" * 43) is None


def test_task_and_session_must_belong_together(stage: Stage) -> None:
    """Another session's task, or another account's session, gets no claim."""
    ann, bob = stage.account("ann"), stage.account("bob")
    one, two = stage.session(ann), stage.session(ann)

    for account, task_id in ((ann, two.task_id), (bob, one.task_id)):
        with pytest.raises(SessionUnknown):
            stage.world.sessions.claim(account, task_id, one.id)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ({}, (1920, 1080)),
        ({"m": {"title": "x"}}, (1920, 1080)),
        ({"m": {"width": 1080, "height": 1920}}, (1080, 1920)),
    ],
)
def test_the_canvas_is_what_the_draft_says(
    draft: dict[str, object], expected: tuple[int, int]
) -> None:
    """Width and height come from the draft's `m`, full HD where it names none."""
    assert canvas(draft) == expected
