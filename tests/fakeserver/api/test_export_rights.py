"""Who may export: 402 for what no skill stands behind, and for a plan that does not export."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.renders import ATTRIBUTION
from support.caller import Caller
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
