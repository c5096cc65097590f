"""The two printed shapes of how a render stands, and both in one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nemovideo_fakeserver import EPOCH
from nemovideo_pytest.darkroom import FILM
from support.caller import Caller
from support.wire import refusal

LAMBDA = "/api/render/proxy/lambda"
SHAPES = pytest.mark.parametrize("shape", ["top", "data", "both"])


def seen(caller: Caller, jump: float) -> dict[str, Any]:
    """Return what a poll shows of the render `r1` after so many seconds."""
    caller.post("/__fake__/clock", {"jump": jump})
    shown: dict[str, Any] = caller.get(f"{LAMBDA}/r1").json()
    return shown


def ordered(caller: Caller) -> dict[str, Any]:
    """Order a film of a title, and return the reply."""
    caller.say("edit 20")
    told: dict[str, Any] = caller.submit("r1").json()
    return told


def test_in_data_an_order_is_acknowledged_as_printed(variant: Callable[..., Caller]) -> None:
    """`{"success":true,"data":{"id","status":"pending","progress":5}}` (52127510908)."""
    caller = variant(render_shape="data")
    caller.say("edit 20")

    assert caller.submit("r1").content == (
        b'{"success":true,"data":{"id":"r1","status":"pending","progress":5}}'
    )


def test_in_data_a_film_has_an_output_url_and_two_times(variant: Callable[..., Caller]) -> None:
    """`outputUrl`, and milliseconds since the epoch for order and end (52127510908)."""
    caller = variant(render_shape="data")
    ordered(caller)
    told = seen(caller, 90)
    data = told["data"]

    assert list(told) == ["success", "data"]
    assert list(data) == ["id", "status", "progress", "outputUrl", "createdAt", "completedAt"]
    assert (data["status"], data["progress"]) == ("completed", 100)
    assert data["createdAt"] == (EPOCH + 20) * 1000
    assert 20_000 <= data["completedAt"] - data["createdAt"] <= 90_000
    assert caller.http.get(data["outputUrl"]).content == FILM


def test_both_is_one_and_the_other(variant: Callable[..., Caller]) -> None:
    """With the code that 54183061932 expects; the two say the same."""
    caller = variant(render_shape="both")
    acknowledged, told = ordered(caller), seen(caller, 90)

    assert acknowledged == {
        "code": 0,
        "taskId": "r1",
        "status": "pending",
        "progress": 5,
        "success": True,
        "data": {"id": "r1", "status": "pending", "progress": 5},
    }
    assert told["output"]["url"] == told["data"]["outputUrl"]
    assert (told["status"], told["progress"]) == ("completed", 100)


@SHAPES
def test_what_failed_says_why_in_the_shape(variant: Callable[..., Caller], shape: str) -> None:
    """`error` stands beside `status`, wherever that is; there is no film."""
    caller = variant(render_shape=shape)
    order = {"id": "r1", "sessionId": caller.session, "draft": {}}
    caller.post(LAMBDA, order)
    told = seen(caller, 90)

    for place in [told] * (shape != "data") + [told.get("data", {})] * (shape != "top"):
        assert place["status"] == "failed"
        assert place["error"].startswith("invalid draft")
    assert "outputUrl" not in str(told)
    assert "output" not in told


@SHAPES
def test_a_cancellation_has_the_shape_of_a_poll(variant: Callable[..., Caller], shape: str) -> None:
    """The reply to `cancel` and the poll after it are the same."""
    caller = variant(render_shape=shape)
    ordered(caller)
    told = caller.post(f"{LAMBDA}/r1/cancel").json()

    assert told == seen(caller, 90)
    assert "cancelled" in str(told)


@SHAPES
def test_a_no_has_the_one_shape_of_all_noes(variant: Callable[..., Caller], shape: str) -> None:
    """Only what goes well has a shape of its own."""
    assert refusal(variant(render_shape=shape).get(f"{LAMBDA}/r1"))[:2] == (404, 404)


@pytest.mark.parametrize("jump", [0, 90])
def test_an_id_again_may_show_the_render_there_is(
    variant: Callable[..., Caller], jump: float
) -> None:
    """Under `duplicate_render=existing` (54183061932) the second order is as good as a poll."""
    caller = variant(duplicate_render="existing")
    ordered(caller)
    shown = seen(caller, jump)
    again = caller.submit("r1")

    assert (again.status_code, again.json()) == (200, shown)


def test_an_id_again_is_usually_an_error(variant: Callable[..., Caller]) -> None:
    """409, in whatever shape renders are shown (52127510908)."""
    caller = variant(render_shape="data")
    ordered(caller)

    assert refusal(caller.submit("r1"))[:2] == (409, 409)
