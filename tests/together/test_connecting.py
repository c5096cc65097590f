"""How a client comes to a token and a session, and how others come to its project."""

from __future__ import annotations

import re

import pytest

from support.together.house import House
from support.together.lines import CLAIM, SESSION, STATE, TOKEN

CLAIMED = pytest.mark.house(claim_link="ct")


def test_nothing_needs_a_connect_first(house: House) -> None:
    """The first message brings a token and a session (52127510908: setup)."""
    nemo = house.client()
    nemo.chat("text 5")

    assert (len(house.asked(TOKEN)), len(house.asked(SESSION))) == (1, 1)
    assert nemo.session is not None
    assert re.fullmatch(r"[0-9]{19}", nemo.session.session_id)
    assert re.fullmatch(r"anon_[0-9a-f]+", nemo.user_id or "")
    assert re.fullmatch(r"nmv_usr_[\w-]{43}", nemo.token or "")


def test_a_session_is_made_once_and_kept(house: House) -> None:
    """Everything after it takes place in one session (all four skills)."""
    nemo = house.client()
    session = nemo.connect()
    nemo.chat("text 5")
    nemo.state()

    assert nemo.session == session
    assert len(house.asked(SESSION)) == 1


def test_each_connect_opens_another_session(house: House) -> None:
    """Creating a session is not idempotent (54183061932)."""
    nemo = house.client()
    first, second = nemo.connect(), nemo.connect()

    assert first.session_id != second.session_id
    assert first.user_id == second.user_id
    assert len(house.asked(TOKEN)) == 1


def test_a_token_one_has_is_used_as_it_is(house: House) -> None:
    """Who has a token asks for none (all four skills: `NEMO_TOKEN`)."""
    token = house.token()
    nemo = house.client(token=token)
    nemo.chat("text 5")

    assert nemo.token == token
    assert house.asked(TOKEN) == []


def test_a_token_in_the_environment_is_used(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """`NEMO_TOKEN`, as every skill has it."""
    monkeypatch.setenv("NEMO_TOKEN", house.token(credits_=250))

    assert house.client().credits().total == 250
    assert house.asked(TOKEN) == []


def test_a_session_is_told_the_language(house: House) -> None:
    """`language` goes with a new session (52127510908), `task_name` always."""
    nemo = house.client()
    nemo.connect(language="zh-CN")
    (asked,) = house.meddler.asked(SESSION)

    assert asked.json() == {"task_name": "project", "language": "zh-CN"}


@CLAIMED
@pytest.mark.breaks("claim-token-as-bearer", because="it shows that such a token opens no API")
def test_a_claim_link_opens_the_project_in_a_browser_and_no_api(house: House) -> None:
    """Vendor skill 1.9: `clm_` tokens live seven days and have no API access."""
    nemo = house.client(web_url=house.door.base_url)
    session = nemo.connect()
    link = nemo.claim_link()
    claim = link.partition("?ct=")[2]

    assert link.startswith(f"{house.door.base_url}/workspace/claim?ct=clm_")
    assert house.browse(link).status_code == 200
    assert house.meddler.asked(CLAIM)[0].json() == {
        "task_id": session.task_id,
        "session_id": session.session_id,
    }
    stranger = house.client(token=claim)
    stranger.credits()
    assert stranger.token != claim
    assert len(house.asked(TOKEN)) == 2


@CLAIMED
def test_a_project_known_by_its_session_alone_can_be_opened_in_a_browser(house: House) -> None:
    """A claim token takes the task id as well (vendor skill 1.9): the state knows it."""
    nemo = house.client()
    session = nemo.connect()
    again = house.client(token=nemo.token, session=session.session_id, web_url=house.door.base_url)
    link = again.claim_link()

    assert house.browse(link).status_code == 200
    assert house.meddler.asked(CLAIM)[0].json() == {
        "task_id": session.task_id,
        "session_id": session.session_id,
    }


@pytest.mark.house(legacy_min_bodies=True)
def test_whose_account_it_is_may_be_told_by_the_state_alone(house: House) -> None:
    """Neither a token of one's own nor a session tells (from 1.0 on): "from create-session or state"."""
    nemo = house.client(token=house.token())
    session = nemo.connect()
    nemo.state()

    assert session.user_id is None
    assert (nemo.user_id or "").startswith("anon_")


def test_two_calls_at_once_share_one_token_and_one_session(house: House) -> None:
    """The second token of a week would be refused."""
    nemo = house.client()
    house.together(nemo.stream("text 5"), nemo.stream("text 6"))

    assert (len(house.asked(TOKEN)), len(house.asked(SESSION))) == (1, 1)


def test_a_session_one_has_goes_on(house: House) -> None:
    """A client that is made again finds its project by its session id."""
    nemo = house.client()
    nemo.chat("edit 20")
    assert nemo.session is not None
    again = house.client(token=nemo.token, session=nemo.session.session_id)

    assert again.state().draft == nemo.state().draft
    assert len(house.asked(SESSION)) == 1
    assert len(house.asked(STATE)) >= 2
