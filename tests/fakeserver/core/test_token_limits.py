from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.core.accounts import WEEK
from nemovideo_fakeserver.core.refusals import RateLimited
from nemovideo_fakeserver.core.variants import Variants

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage


def token(stage: Stage, client: str = "ann", address: str = "1.1.1.1") -> Token:
    """Ask for an anonymous token."""
    return stage.world.accounts.anonymous(client, address)


def wait(stage: Stage, client: str = "ann", address: str = "1.1.1.1") -> int:
    """Ask for an anonymous token that is refused, and return for how long."""
    with pytest.raises(RateLimited) as refused:
        token(stage, client, address)
    assert f" {refused.value.retry_after} seconds" in refused.value.message
    return refused.value.retry_after


@pytest.mark.parametrize("passed", [0.0, 0.25, 3 * 86_400.0, WEEK - 1.0, WEEK - 0.001])
def test_a_client_gets_one_token_in_seven_days(stage: Stage, passed: float) -> None:
    """The same client is told the exact second from which on it is served again."""
    token(stage)
    stage.later(passed)

    told = wait(stage)

    assert told == math.ceil(WEEK - passed)
    stage.later(told - 1)
    assert wait(stage) == 1
    stage.later(1)
    token(stage)


def test_an_address_gets_ten_tokens_in_seven_days(stage: Stage) -> None:
    """The eleventh client of an address waits for the oldest token to be 7 days old."""
    for n in range(10):
        token(stage, f"client {n}")
        stage.later(60)

    assert wait(stage, "client 10") == WEEK - 600
    stage.later(WEEK - 601)
    assert wait(stage, "client 10") == 1
    stage.later(1)
    token(stage, "client 10")
    assert wait(stage, "client 11") == 60


def test_other_clients_and_addresses_are_free(stage: Stage) -> None:
    """One client's limit does not touch the next, nor does one address's."""
    for n in range(10):
        token(stage, f"client {n}")

    elsewhere = token(stage, "client 10", "2.2.2.2")

    assert stage.world.accounts.authenticate(elsewhere.value) is elsewhere


def test_a_refusal_uses_nothing_up(stage: Stage) -> None:
    """A client that its address held up is served at another address at once."""
    for n in range(10):
        token(stage, f"client {n}")
    for _ in range(3):
        wait(stage, "late")

    token(stage, "late", "2.2.2.2")
    stage.later(WEEK)
    assert [token(stage, f"client {n}").name for n in range(10)] == ["anonymous"] * 10


def test_of_two_waits_the_longer_is_told(stage: Stage) -> None:
    """A client whose address is held up for longer than itself is told when both are free."""
    token(stage, "ann")
    stage.later(86_400)
    for n in range(10):
        token(stage, f"client {n}", "2.2.2.2")

    told = wait(stage, "ann", "2.2.2.2")

    stage.later(told - 1)
    assert wait(stage, "ann", "2.2.2.2") == 1
    stage.later(1)
    token(stage, "ann", "2.2.2.2")


# Other readings


def test_the_first_versions_gave_an_address_five_tokens_an_hour(new_stage: type[Stage]) -> None:
    """`ip_limit` and `ip_window` are limits like the default ones, and told in their own words."""
    stage = new_stage(variants=Variants(ip_limit=5, ip_window=3600.0))
    for n in range(5):
        token(stage, f"client {n}")

    with pytest.raises(
        RateLimited, match="5 tokens per IP address per 1 hour; the next one in 3600"
    ):
        token(stage, "client 5")
    stage.later(3600)
    token(stage, "client 5")


def test_a_client_may_have_other_limits(new_stage: type[Stage]) -> None:
    """`client_limit` counts in 7 days."""
    stage = new_stage(variants=Variants(client_limit=2))
    token(stage)
    stage.later(60)
    token(stage)

    with pytest.raises(RateLimited, match="2 tokens per client per 7 days"):
        token(stage)
    stage.later(WEEK - 60)
    token(stage)


def test_without_limits_anybody_gets_tokens(new_stage: type[Stage]) -> None:
    """None is no limit; they are all of one account, which is filled up once in 7 days."""
    stage = new_stage(variants=Variants(client_limit=None, ip_limit=None))
    ledger = token(stage).account.ledger
    ledger.freeze(70, at=0.0, reference="work")
    ledger.settle(at=0.0, reference="work")
    for _ in range(20):
        token(stage)

    assert ledger.total == 30
    stage.later(WEEK)
    assert token(stage).account.ledger is ledger
    assert ledger.total == 100


def test_a_transient_limit_lets_the_retry_pass(new_stage: type[Stage]) -> None:
    """429 with 30 seconds to wait; who has waited is served, and the time after that is refused again."""
    stage = new_stage(variants=Variants(rate_limit_transient=True))
    token(stage)

    assert wait(stage) == 30
    stage.later(29)
    assert wait(stage) == 1
    stage.later(1)
    token(stage)
    assert wait(stage) == 30


def test_a_limit_may_strike_at_once_and_pass(new_stage: type[Stage]) -> None:
    """With a limit of nothing the very first token is refused, and had by trying again."""
    stage = new_stage(variants=Variants(client_limit=0, rate_limit_transient=True))

    assert wait(stage) == 30
    stage.later(30)
    token(stage)


def test_who_says_no_client_id_is_somebody_else_each_time(new_stage: type[Stage]) -> None:
    """Each gets an account with 100 credits; the limit of the address holds for them all."""
    stage = new_stage(variants=Variants(require_client_id=False, ip_limit=3))
    issued = [stage.world.accounts.anonymous(None, "1.1.1.1") for _ in range(3)]
    elsewhere = stage.world.accounts.anonymous(None, "2.2.2.2")

    assert len({one.account.uid for one in (*issued, elsewhere)}) == 4
    assert {one.account.ledger.total for one in issued} == {100}
    with pytest.raises(RateLimited, match="3 tokens per IP address"):
        stage.world.accounts.anonymous(None, "1.1.1.1")


def test_a_forgotten_account_does_not_count_against_its_address(stage: Stage) -> None:
    """It is as if it had never come: its address has one token more to give."""
    accounts = stage.world.accounts
    tokens = [accounts.anonymous(f"client {n}", "10.0.0.1") for n in range(10)]
    with pytest.raises(RateLimited):
        accounts.anonymous("one more", "10.0.0.1")
    stage.world.forget(tokens[3].account.uid)

    assert accounts.anonymous("one more", "10.0.0.1").account.client == "one more"
