"""How a client comes to a token and a session, and what it does when it loses them."""

from __future__ import annotations

import re

import pytest

from nemovideo_client.errors import RateLimited, TokenRefused
from nemovideo_pytest._faults import reply
from nemovideo_pytest.contract.house import House
from nemovideo_pytest.contract.lines import CLAIM, CREDITS, SESSION, STATE, TOKEN

WEEK = 7 * 86_400.0
CLAIMED = pytest.mark.house(claim_link="ct")
A_WEEKS_TOKEN = pytest.mark.house(token_ttl=WEEK)
ONE_A_WEEK = pytest.mark.house(client_limit=1)


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


@ONE_A_WEEK
def test_a_client_id_gets_one_token_in_seven_days(house: House) -> None:
    """429 with a wait of a week is an answer and no reason to wait (vendor skill 1.9)."""
    first, second = house.client(client_id="one"), house.client(client_id="one")
    first.connect()
    house.jump(3600)
    with pytest.raises(RateLimited) as caught:
        second.connect()

    assert caught.value.retry_after == WEEK - 3600
    assert house.now() == 3600
    assert len(house.asked(TOKEN)) == 2
    assert first.credits().total == 100


@pytest.mark.house(client_limit=0, rate_limit_transient=True)
def test_a_limit_that_passes_is_waited_for_once(house: House) -> None:
    """429: "retry in 30 s once" (all four skills), where that is true."""
    house.client().connect()

    assert house.asked(TOKEN) == [0, 30]


@pytest.mark.house(token_ttl=None)
def test_a_token_may_live_for_ever(house: House) -> None:
    """Vendor skills 1.0 to 1.7: it does not expire, and the reply says no date."""
    nemo = house.client()
    token = nemo.create_anonymous_token()
    house.jump(3650 * 86_400)

    assert token.expires_at is None
    assert nemo.credits().total == 100
    assert len(house.asked(TOKEN)) == 1


@pytest.mark.house(legacy_min_bodies=True)
def test_whose_account_it_is_may_be_told_by_the_state_alone(house: House) -> None:
    """Neither a token of one's own nor a session tells (from 1.0 on): "from create-session or state"."""
    nemo = house.client(token=house.token())
    session = nemo.connect()
    nemo.state()

    assert session.user_id is None
    assert (nemo.user_id or "").startswith("anon_")


@A_WEEKS_TOKEN
def test_after_a_week_the_client_id_gets_its_account_back(house: House) -> None:
    """A token lives seven days; the same client may then ask again (vendor skill 1.8)."""
    nemo = house.client()
    before = nemo.connect()
    nemo.chat("edit 20")
    token, user = nemo.token, nemo.user_id
    house.jump(WEEK)
    state = nemo.state()

    assert nemo.token != token
    assert (nemo.user_id, state.session_id) == (user, before.session_id)
    assert len(house.asked(TOKEN)) == 2
    assert state.draft["t"]


@A_WEEKS_TOKEN
def test_a_given_token_that_expired_gives_way_to_an_anonymous_one(house: House) -> None:
    """1001: authenticate again; the new account has sessions of its own (all four skills)."""
    nemo = house.client(token=house.token())
    before = nemo.connect()
    house.jump(WEEK)
    result = nemo.chat("text 5")

    assert result.ended == "closed"
    assert nemo.session is not None
    assert nemo.session.session_id != before.session_id
    assert (len(house.asked(TOKEN)), len(house.asked(SESSION))) == (1, 2)


@A_WEEKS_TOKEN
def test_another_account_forgets_the_sessions_of_the_one_before(house: House) -> None:
    """They would be refused: a session belongs to one account (1002)."""
    nemo = house.client(token=house.token())
    before = nemo.connect()
    house.jump(WEEK)
    nemo.credits()
    nemo.chat("text 5")
    asked = {seen.path.split("/")[-2] for seen in house.meddler.asked(STATE)}

    assert nemo.session is not None
    assert asked == {nemo.session.session_id}
    assert before.session_id not in asked


@ONE_A_WEEK
def test_a_revoked_token_is_refused(house: House) -> None:
    """Tokens can be revoked (vendor skill 1.7); the client id has had its token of the week, so that is that."""
    nemo = house.client()
    nemo.connect()
    (token,) = nemo.list_api_tokens()
    nemo.revoke_api_token(token.id)
    began = house.now()
    with pytest.raises(TokenRefused, match="NEMO_TOKEN"):
        nemo.credits()

    assert house.now() == began
    assert len(house.asked(CREDITS)) == 1


def test_a_further_token_is_as_good_as_the_first(house: House) -> None:
    """`POST /api/tokens` shows the value once (51880699555)."""
    nemo = house.client()
    nemo.chat("edit 20")
    further = nemo.create_api_token("laptop", scopes=("read",))
    other = house.client(token=further.value)
    shown = nemo.list_api_tokens()

    assert other.credits() == nemo.credits()
    assert {token.id: token.value for token in shown}[further.id] is None
    assert nemo.revoke_api_token(further.id).revoked is True


def test_a_new_token_that_is_refused_too_is_an_error(house: House) -> None:
    """Once is enough: "if still fails, tell user to reconfigure" (vendor skill 4.4)."""
    no = reply(200, {"code": 1001, "message": "token not found", "data": None})
    house.meddler.on(CREDITS, instead=no, nth=range(1, 3))
    nemo = house.client(token=house.token())
    with pytest.raises(TokenRefused):
        nemo.credits()

    assert (len(house.asked(CREDITS)), len(house.asked(TOKEN))) == (2, 1)


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
