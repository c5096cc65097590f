from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.judge import lines
from support.history import ATTRIBUTION, SUBMIT, WEEK, History, Person, said


def test_a_token_used_on_after_a_1001_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """The same session had been told."""
    history.wait(WEEK)
    first = ann.look(session, code=1001)
    second = ann.look(session, code=1001)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("dead-token-used", "error")
    assert verdict.requests == (first, second)


def test_a_message_with_a_dead_token_belongs_to_the_only_session(
    history: History, ann: Person, session: str
) -> None:
    """The gate reads no body; there is one session it can be about."""
    history.wait(WEEK)
    ann.look(session, code=1001)
    ann.ask(lines.MESSAGE, code=1001)

    assert [v.rule for v in history.verdicts()] == ["dead-token-used"]


def test_a_new_token_after_a_1001_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Documented: get another one, and go on with it."""
    history.wait(WEEK)
    ann.look(session, code=1001)
    ann.arrive()
    ann.look(session)

    assert history.verdicts() == ()
    assert history.kept("dead-token-used") == 1


def test_requests_under_way_did_not_know(history: History, ann: Person, session: str) -> None:
    """Two requests left before the first refusal came back."""
    history.wait(WEEK)
    one = ann.ask(lines.STATE, session=session, reply=False)
    two = ann.ask(lines.STATE, session=session, reply=False)
    for request in (one, two):
        ann.answer(request, lines.STATE, code=1001)

    assert history.verdicts() == ()


def test_each_conversation_learns_of_a_1001_by_itself(history: History, ann: Person) -> None:
    """Two sessions of an account, and two that are about to be opened."""
    sessions = ann.session(), ann.session()
    history.wait(WEEK)
    for session in sessions:
        ann.look(session, code=1001)
    for _ in range(2):
        ann.ask(lines.SESSION, code=1001)

    assert history.verdicts() == ()


def test_a_third_try_without_a_session_is_accused(history: History, ann: Person) -> None:
    """Nobody can take it for another conversation's first any more."""
    for _ in range(3):
        ann.ask(lines.SESSION, token="?12345678", account=None, code=1001)

    assert [v.rule for v in history.verdicts()] == ["dead-token-used"]


def test_a_token_that_cannot_be_replaced_yet_may_be_tried(
    history: History, ann: Person, session: str
) -> None:
    """A fault refused it, and the client limit refused another: it is all there is."""
    ann.look(session, code=1001, fault=["f1"])
    ann.ask(lines.TOKEN, token=None, account=None, status=429, code=429)
    ann.look(session)

    assert history.verdicts() == ()


def test_a_stranger_s_search_is_no_excuse(history: History, ann: Person, session: str) -> None:
    """Somebody else was refused a token meanwhile."""
    ann.look(session, code=1001, fault=["f1"])
    history.person("bob").ask(lines.TOKEN, token=None, account=None, status=429, code=429)
    ann.look(session)

    assert len(history.verdicts("dead-token-used")) == 1


def test_a_session_used_on_after_a_1002_is_accused(history: History, ann: Person) -> None:
    """It is not there, and stays so."""
    ann.look("404", code=1002)
    ann.ask(lines.MESSAGE, body=said("Add a title", "404"), code=1002)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("lost-session-used", "error")
    assert (verdict.account, verdict.session) == (ann.account, "404")


def test_a_session_that_a_fault_refused_is_lost_all_the_same(
    history: History, ann: Person, session: str
) -> None:
    """The documents know one remedy; that the session answers again is luck."""
    ann.look(session, code=1002, fault=["f1"])
    ann.look(session)

    assert [v.rule for v in history.verdicts()] == ["lost-session-used"]


def test_a_1002_to_a_poll_is_about_no_session(history: History, ann: Person, session: str) -> None:
    """It names a render; a fault has made it up."""
    ann.look(session)
    ann.poll(ann.submit(session), code=1002, fault=["f1"])
    ann.say("Louder", session)

    assert history.verdicts() == ()


def test_a_new_session_after_a_1002_is_not_accused(history: History, ann: Person) -> None:
    """Documented: create a new one."""
    ann.look("404", code=1002)
    ann.look(ann.session())

    assert history.verdicts() == ()
    assert history.kept("lost-session-used") == 1


def test_a_wrong_user_in_the_path_can_be_put_right(
    history: History, ann: Person, session: str
) -> None:
    """1002 is also what somebody else's id gets; with `me` the session is there."""
    ann.look(session, code=1002, path=f"/api/state/nemo_agent/anon_bob/{session}/latest")
    ann.look(session)

    assert history.verdicts() == ()


def test_another_account_was_not_told(history: History, ann: Person) -> None:
    """The same unknown session, asked for by two."""
    ann.look("404", code=1002)
    history.person("bob").look("404", code=1002)

    assert history.verdicts() == ()


def order(person: Person, code: int, **more: Any) -> int:
    """Order a render that the gate refuses, or takes: nobody reads the body of the former."""
    return person.ask(SUBMIT, status=code, code=None if code == 200 else code, **more)


def test_a_blocked_export_that_is_ordered_again_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """It is about the plan."""
    order(ann, 402)
    history.wait(5)
    order(ann, 402)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("blocked-export-repeated", "warning")


def test_an_export_after_an_upgrade_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The plan has changed; that it is blocked still is another matter."""
    order(ann, 402)
    history.tell("account.upgraded", account=ann.account, kind="registered", plan="free")
    order(ann, 402)

    assert history.verdicts() == ()
    assert history.kept("blocked-export-repeated") == 1


def test_an_export_that_is_wished_for_later_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """An hour later it is the user who asks again."""
    order(ann, 402)
    history.wait(3600)
    order(ann, 402)

    assert history.verdicts() == ()


def test_an_export_of_another_film_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The user went on, and wished for it anew."""
    order(ann, 402)
    ann.say("Louder", session)
    order(ann, 402)

    assert history.verdicts("blocked-export-repeated") == ()


def test_two_sessions_are_blocked_one_after_the_other(history: History, ann: Person) -> None:
    """Nobody can tell which session an order was about: two refusals are two conversations'."""
    for _ in range(2):
        ann.session()
        order(ann, 402)

    assert history.verdicts("blocked-export-repeated") == ()


def test_attribution_that_is_put_right_is_no_repetition(
    history: History, ann: Person, session: str
) -> None:
    """The first was refused for its headers, and only the headers rule speaks of it."""
    order(ann, 402, headers={"user-agent": "curl"})
    order(ann, 402, headers=ATTRIBUTION)

    assert [v.rule for v in history.verdicts()] == ["attribution-missing"]


@pytest.mark.parametrize("code", [4001, 4002])
def test_a_refused_file_that_is_sent_again_is_accused(
    history: History, ann: Person, session: str, code: int
) -> None:
    """The same name, the same size, the same answer."""
    first = ann.upload(session, "notes.txt", code=code)
    second = ann.upload(session, "notes.txt", code=code)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.requests) == ("refused-upload-repeated", (first, second))
    assert verdict.did == (
        f'Sent "notes.txt (1000 bytes)" again, which had been refused with {code}'
    )


def test_another_file_after_a_refusal_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Trimmed, converted, or for another session; and a good file may be sent twice."""
    ann.upload(session, "clip.mp4", 600_000_000, code=4002)
    ann.upload(session, "clip.mp4", 400_000_000)
    ann.upload(session, "clip.mp4", 400_000_000)
    ann.upload(ann.session(), "clip.mp4", 600_000_000, code=4002)

    assert history.verdicts() == ()
    assert history.kept("refused-upload-repeated") == 4


def test_a_url_that_was_refused_is_known_again(history: History, ann: Person, session: str) -> None:
    """Uploads by URL are compared by their URLs."""
    for _ in range(2):
        ann.ask(lines.UPLOAD, session=session, body={"urls": ["https://x.test/a.txt"]}, code=4001)

    assert [v.rule for v in history.verdicts()] == ["refused-upload-repeated"]
