"""Who may export: 402 for what no skill stands behind, and for a plan that does not export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nemovideo_fakeserver import Fake, Options, Variants
from nemovideo_fakeserver.api.attribution import ATTRIBUTION
from support.caller import Caller
from support.stage import bearer, client, scripted_fake
from support.wire import refusal

LAMBDA = "/api/render/proxy/lambda"


@pytest.mark.parametrize("missing", ATTRIBUTION)
@pytest.mark.parametrize("path", [LAMBDA, "/api/render/proxy/draft"])
def test_without_attribution_an_export_is_402(edited: Caller, missing: str, path: str) -> None:
    """The message names the one header that is missing, and says that it is not about credits."""
    del edited.headers[missing]

    status, code, message = refusal(edited.post(path, {}))

    assert (status, code) == (402, 402)
    assert f"missing attribution header {missing};" in message
    assert "not about credits" in message


def test_blank_attribution_is_missing(edited: Caller) -> None:
    """Empty headers do not count, and all that are missing are named."""
    edited.headers |= {"X-Skill-Source": " ", "X-Skill-Platform": ""}

    assert "header X-Skill-Source, X-Skill-Platform;" in refusal(edited.post(LAMBDA, {}))[2]


def test_only_the_submission_needs_attribution(fake: Fake, edited: Caller) -> None:
    """Polling and downloading without the headers is the judge's matter, not an error."""
    edited.submit("r1")
    fake.clock.jump(90)
    bare = Caller(edited.http, {"Authorization": edited.headers["Authorization"]})

    assert bare.get(f"{LAMBDA}/r1").json()["status"] == "completed"
    assert bare.get("/api/render/proxy/r1/download").status_code == 200


def test_the_free_plan_may_be_blocked(variant: Callable[..., Caller]) -> None:
    """With free_plan_export=block an anonymous account gets 402 with a way out, headers or not."""
    caller = variant(free_plan_export="block")

    status, code, message = refusal(caller.submit("r1"))

    assert (status, code) == (402, 402)
    assert "Register at nemovideo.com to unlock export." in message


def test_a_registered_account_on_the_free_plan_is_blocked_too() -> None:
    """It is the plan that does not export, not the kind of account."""
    with scripted_fake(Options(variants=Variants(free_plan_export="block"))) as fake:
        caller = Caller(client(fake)).connect()
        caller.say("edit 20")
        account = fake.world().accounts.authenticate(bearer(caller)).account
        statuses = []
        for number, plan in enumerate(("free", "paid")):
            account.register("free" if plan == "free" else "paid")
            statuses.append(caller.submit(f"r{number}").status_code)

    assert statuses == [402, 200]


# When a lack of attribution is refused


def bare(caller: Caller) -> Caller:
    """Return the same caller without attribution."""
    given = {"Authorization": caller.headers["Authorization"]}
    return replace(caller, headers=given)


def test_without_attribution_an_export_may_be_nobodys_matter(
    variant: Callable[..., Caller],
) -> None:
    """Before version 4.6 there were no such headers."""
    caller = bare(variant(attribution_mode="off"))
    caller.say("edit 20")

    assert caller.submit("r1").status_code == 200


def test_without_attribution_an_export_may_be_refused_only_when_credits_are_used_up(
    variant: Callable[..., Caller],
) -> None:
    """CHANGELOG 1.5: anonymous accounts, once nothing is left; with headers it is never refused."""
    caller = variant(attribution_mode="exhausted")
    statuses = []
    for number in range(2):
        caller.open().say("edit 20")
        statuses.append(bare(caller).submit(f"bare_{number}").status_code)

    assert caller.balance()["available"] == 0
    assert statuses == [200, 402]
    assert caller.submit("r1").status_code == 200


def test_a_registered_account_without_credits_exports_without_attribution() -> None:
    """The rule of CHANGELOG 1.5 is about anonymous accounts."""
    with scripted_fake(Options(variants=Variants(attribution_mode="exhausted"))) as fake:
        caller = Caller(client(fake)).connect()
        caller.say("generate 20")
        refused = bare(caller).submit("r1").status_code
        fake.world().accounts.authenticate(bearer(caller)).account.register()

        assert (refused, bare(caller).submit("r2").status_code) == (402, 200)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/credits/balance/simple"),
        ("POST", "/run_sse"),
        ("POST", "/api/tasks/me/with-session/nemo_agent"),
        ("GET", "/api/tokens"),
        ("GET", f"{LAMBDA}/r1"),
    ],
)
def test_without_attribution_authentication_may_fail(
    variant: Callable[..., Caller], method: str, path: str
) -> None:
    """Vendor skill 1.9: "auth failures", for every request with a token."""
    caller = bare(variant(attribution_mode="auth"))
    status, code, message = refusal(caller.http.request(method, path, headers=caller.headers))

    assert (status, code) == (200, 1001)
    assert (
        "missing attribution header X-Skill-Source, X-Skill-Version, X-Skill-Platform;" in message
    )


def test_where_authentication_fails_an_export_is_402_all_the_same(
    variant: Callable[..., Caller],
) -> None:
    """Vendor skill 1.9: "or export 402"; a bad token is still said to be one."""
    caller = variant(attribution_mode="auth")
    stranger = bare(caller)
    stranger.headers["Authorization"] = "Bearer nmv_usr_unknown"

    assert refusal(bare(caller).post(LAMBDA, {}))[:2] == (402, 402)
    assert "token not found" in refusal(stranger.post(LAMBDA, {}))[2]


def test_where_authentication_fails_tokens_pages_and_films_need_no_attribution(
    variant: Callable[..., Caller],
) -> None:
    """What takes no token, takes none of the headers either."""
    caller = variant(attribution_mode="auth")

    assert caller.http.get(f"/register?bind={caller.uid}").status_code == 200
    assert Caller(caller.http, {}).identify("another").uid
