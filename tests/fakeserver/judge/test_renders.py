from __future__ import annotations

import pytest

from support.history import DOWNLOAD, History, Person


@pytest.fixture(name="session")
def _session(ann: Person, session: str) -> str:
    """A session whose state has been asked for."""
    ann.look(session)
    return session


def test_a_misspelt_session_id_is_accused(history: History, ann: Person, session: str) -> None:
    """Snake case is right everywhere but here."""
    body = {"id": "a", "session_id": session, "draft": {"tracks": 1, "d": 1000}}
    ann.submit(session, body=body, status=422, code=422)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("session-id-misspelt", "error")


def test_a_well_spelt_session_id_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Though something else is wrong with the order; and a service that reads both forgives."""
    ann.submit(session, status=422, code=422)
    ann.submit(session, body={"id": "b", "session_id": session, "draft": {"tracks": 1, "d": 1}})

    assert history.verdicts() == ()
    assert history.kept("session-id-misspelt") == 1


@pytest.mark.parametrize("status", [200, 409])
def test_a_render_id_used_again_is_accused(
    history: History, ann: Person, session: str, status: int
) -> None:
    """Whether the service takes it for an error or shows the old render."""
    ann.submit(session, "render_1")
    history.wait(60)
    ann.submit(session, "render_1", status=status, code=None if status == 200 else status)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("render-id-reused", "error")


def test_a_render_id_that_is_taken_and_tried_again_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """409 said that it is taken, by whomever."""
    for _ in range(2):
        ann.submit(session, "render_1", status=409, code=409)

    assert [v.rule for v in history.verdicts()] == ["render-id-reused"]


def test_two_sessions_may_hit_upon_one_id(history: History, ann: Person, session: str) -> None:
    """Ids are made of the time; the second gets 409, and another."""
    other = ann.session()
    ann.look(other)
    ann.submit(session, "render_1")
    ann.submit(other, "render_1", status=409, code=409)
    ann.submit(other, "render_2")

    assert history.verdicts() == ()


def test_two_orders_in_one_second_may_hit_upon_one_id(
    history: History, ann: Person, session: str
) -> None:
    """The second is told that it is taken, and takes another."""
    ann.submit(session, "render_1")
    ann.submit(session, "render_1", status=409, code=409)
    ann.submit(session, "render_2")

    assert history.verdicts() == ()


def test_another_account_has_ids_of_its_own(history: History, ann: Person, session: str) -> None:
    """Nobody knows of the other's."""
    bob = history.person("bob")
    other = bob.session()
    bob.look(other)
    ann.submit(session, "render_1")
    bob.submit(other, "render_1")

    assert history.verdicts() == ()


def test_an_order_whose_answer_was_lost_may_be_sent_again(
    history: History, ann: Person, session: str
) -> None:
    """The same id is what makes it safe; and an order that was refused took none."""
    ann.submit(session, "render_1", fault=["f1"])
    ann.submit(session, "render_1", status=409, code=409)
    ann.submit(session, "render_2", status=422, code=422)
    ann.submit(session, "render_2")

    assert history.verdicts() == ()


def fail(history: History, ann: Person, session: str, **more: object) -> str:
    """Order a render, and be shown that it failed."""
    render = ann.submit(session, **more)  # type: ignore[arg-type]  # passed on
    history.wait(30)
    ann.poll(render, "failed")
    return render


def test_a_third_render_after_two_failures_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """Retry once, with a new id."""
    for _ in range(3):
        fail(history, ann, session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("failed-render-repeated", "warning")
    assert verdict.did == "Ordered a render again after 2 that had failed"
    assert len(verdict.requests) == 3


def test_a_failed_render_under_its_old_id_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """A new id, the documents say."""
    render = fail(history, ann, session)
    ann.submit(session, render)

    assert [v.rule for v in history.verdicts()] == ["render-id-reused"]


def test_one_retry_is_not_accused(history: History, ann: Person, session: str) -> None:
    """And it went well."""
    fail(history, ann, session)
    render = ann.submit(session)
    history.wait(30)
    ann.poll(render, "completed")

    assert history.verdicts() == ()
    assert history.kept("failed-render-repeated") == 1


@pytest.mark.parametrize("change", ["edit", "wait", "output", "unseen"])
def test_another_order_is_no_retry(
    history: History, ann: Person, session: str, change: str
) -> None:
    """Something was changed, or asked for later, or nobody knew yet that the last had failed."""
    fail(history, ann, session)
    if change == "unseen":
        ann.submit(session)
    else:
        fail(history, ann, session)
    if change == "edit":
        ann.say("Shorter", session)
        ann.look(session)
    if change == "wait":
        history.wait(3600)
    body = {"id": "c", "sessionId": session, "draft": {"tracks": 1, "d": 10_000}}
    output = {"output": {"resolution": "720p"}} if change == "output" else {}
    ann.submit(session, "c", body={**body, **output})

    assert history.verdicts() == ()


def test_a_film_fetched_too_early_is_accused(history: History, ann: Person, session: str) -> None:
    """409: it is not there."""
    render = ann.submit(session)
    ann.ask(DOWNLOAD, render=render, status=409, code=409)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("fetched-too-early", "warning")


def test_a_film_that_is_there_is_fetched(history: History, ann: Person, session: str) -> None:
    """Twice, even."""
    render = ann.submit(session)
    for _ in range(2):
        ann.ask(DOWNLOAD, render=render, code=None)

    assert history.verdicts() == ()
    assert history.kept("fetched-too-early") == 2
