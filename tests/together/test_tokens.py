"""How long a token lasts, how often one is to be had, and what a client does when it loses it."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import RateLimited, TokenRefused
from support.meddling.acts import reply
from support.together.house import House
from support.together.lines import CREDITS, SESSION, STATE, TOKEN

WEEK = 7 * 86_400.0
A_WEEKS_TOKEN = pytest.mark.house(token_ttl=WEEK)
ONE_A_WEEK = pytest.mark.house(client_limit=1)


@ONE_A_WEEK
@pytest.mark.breaks("token-not-kept", because="it is about a second token")
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


@ONE_A_WEEK
@A_WEEKS_TOKEN
def test_a_limit_is_remembered_until_it_is_over(house: House) -> None:
    """Nobody asks for a token again who has been told for how long there is none (429)."""
    nemo = house.client()
    nemo.connect()
    (token,) = nemo.list_api_tokens()
    nemo.revoke_api_token(token.id)
    for _ in range(4):
        with pytest.raises(TokenRefused):
            nemo.credits()
    asked = len(house.asked(TOKEN))
    house.jump(WEEK)

    assert asked == 2
    assert nemo.credits().total == 100


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
