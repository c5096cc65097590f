"""Who gets how many tokens, and when the next one."""

from __future__ import annotations

import httpx
import pytest

from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.instants import WEEK
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import data, refused
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.steering import NemoClock

ONE = reading(client_limit=1, ip_limit=10, ip_window="7d", rate_limit_transient="off")
FEW = reading(client_limit="none", ip_limit=3, ip_window="1h")
ONCE_MORE = reading(client_limit=1, ip_limit=10, ip_window="7d", rate_limit_transient="on")


def wait(reply: httpx.Response) -> int:
    """Assert that a reply is 429, and return the seconds it says to wait."""
    assert reply.status_code == 429
    refused(reply, 429)
    return int(reply.headers["Retry-After"])


@ONE
@rests_on("code 429", "tokens per client", "client_limit=1", "rate_limit_transient=off")
def test_a_client_gets_one_token_in_seven_days(stranger: Visitor) -> None:
    """The second time it is 429, and so is the third."""
    stranger.identify()

    assert [stranger.ask_token().status_code for _ in range(2)] == [429, 429]


@ONE
@rests_on("Retry-After", "code 429")
def test_a_refusal_says_how_long_to_wait(stranger: Visitor, pace: Pace) -> None:
    """In whole seconds: the whole week."""
    stranger.identify()

    assert WEEK - pace.slack <= wait(stranger.ask_token()) <= WEEK


@ONE
@pytest.mark.within(1)
@rests_on("tokens per client", "code 429", "Retry-After")
def test_the_next_token_comes_after_the_week(stranger: Visitor, nemo_clock: NemoClock) -> None:
    """Not a second before."""
    stranger.identify()
    nemo_clock.jump(WEEK - 1)
    assert wait(stranger.ask_token()) == 1

    nemo_clock.jump(1)
    assert data(stranger.ask_token())["token"] != stranger.token


@ONE
@rests_on("tokens per client")
def test_another_client_is_served_meanwhile(stranger: Visitor) -> None:
    """The limit is each client's own."""
    stranger.identify()
    refused(stranger.ask_token(), 429)

    assert data(stranger.ask_token(f"{stranger.client_id}-2"))["credits"] == 100


@ONE
@rests_on("tokens per client")
def test_the_token_that_there_is_goes_on(stranger: Visitor) -> None:
    """Being refused another one costs nothing."""
    stranger.identify()
    refused(stranger.ask_token(), 429)

    assert stranger.credits()["total"] == 100


@reading(client_limit="none", ip_limit=10, ip_window="7d")
@rests_on("client_limit=1")
def test_a_client_may_have_no_limit_of_its_own(stranger: Visitor) -> None:
    """The first version knew none."""
    assert [stranger.ask_token().status_code for _ in range(3)] == [200] * 3


@reading(client_limit=1, ip_limit=10, ip_window="7d", rate_limit_transient="off")
@rests_on("tokens per address", "ip_limit=10", "code 429")
def test_an_address_gets_ten_tokens(stranger: Visitor) -> None:
    """Ten clients are served, the eleventh is not."""
    name = stranger.client_id
    served = [stranger.ask_token(f"{name}-{n}").status_code for n in range(11)]

    assert served == [200] * 10 + [429]


@reading(client_limit=1, ip_limit=10, ip_window="7d")
@pytest.mark.within(1)
@rests_on("tokens per address", "ip_window=7d", "Retry-After")
def test_an_address_waits_seven_days(stranger: Visitor, pace: Pace, nemo_clock: NemoClock) -> None:
    """Then there are tokens again."""
    name = stranger.client_id
    for n in range(10):
        data(stranger.ask_token(f"{name}-{n}"))
    left = wait(stranger.ask_token(f"{name}-10"))
    assert WEEK - pace.slack <= left <= WEEK

    nemo_clock.jump(left - 1)
    refused(stranger.ask_token(f"{name}-10"), 429)
    nemo_clock.jump(1)
    assert data(stranger.ask_token(f"{name}-10"))["credits"] == 100


@FEW
@pytest.mark.within(1)
@rests_on("tokens per address", "Retry-After")
def test_the_window_of_an_address_slides(stranger: Visitor, nemo_clock: NemoClock) -> None:
    """Older documents say five in an hour: each token counts for an hour from its own time."""
    name = stranger.client_id
    data(stranger.ask_token(f"{name}-0"))
    nemo_clock.jump(1800)
    for n in (1, 2):
        data(stranger.ask_token(f"{name}-{n}"))
    assert wait(stranger.ask_token(f"{name}-3")) == 1800

    nemo_clock.jump(1800)
    data(stranger.ask_token(f"{name}-3"))
    assert wait(stranger.ask_token(f"{name}-4")) == 1800


@reading(client_limit=1, ip_limit=2, ip_window="7d", rate_limit_transient="off")
@rests_on("tokens per address", "tokens per client")
def test_a_refusal_does_not_count(stranger: Visitor) -> None:
    """Who is refused for one limit uses nothing up of the other."""
    stranger.identify()
    for _ in range(3):
        refused(stranger.ask_token(), 429)

    assert data(stranger.ask_token(f"{stranger.client_id}-2"))["credits"] == 100


@ONCE_MORE
@rests_on("rate_limit_transient=on", "Retry-After")
def test_where_refusals_pass_it_is_thirty_seconds(stranger: Visitor) -> None:
    """`429: retry in 30 s once`."""
    stranger.identify()

    assert wait(stranger.ask_token()) == 30


@ONCE_MORE
@pytest.mark.within(1)
@rests_on("rate_limit_transient=on", "Retry-After")
def test_who_has_waited_passes_once(stranger: Visitor, nemo_clock: NemoClock) -> None:
    """Too early is refused with what is left; then one token, and the next refusal."""
    stranger.identify()
    wait(stranger.ask_token())
    nemo_clock.jump(20)
    assert wait(stranger.ask_token()) == 10

    nemo_clock.jump(10)
    assert data(stranger.ask_token())["token"].startswith("nmv_usr_")
    assert wait(stranger.ask_token()) == 30
