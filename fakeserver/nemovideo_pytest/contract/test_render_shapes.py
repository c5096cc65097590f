"""What a reply about a render looks like: at the top, inside `data`, or both."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.drafts import card
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.visitor import Visitor

TOP = reading(render_shape="top")
INSIDE = reading(render_shape="data")
BOTH = reading(render_shape="both")


def replies(visitor: Visitor) -> dict[str, dict[str, Any]]:
    """Return a reply of each kind: `ordered`, `completed`, `failed`."""
    told: dict[str, dict[str, Any]] = {"ordered": visitor.order(id="r1", draft=card()).json()}
    visitor.order(id="r2", draft={})
    visitor.finished("r1")
    visitor.finished("r2")
    return told | {"completed": visitor.poll("r1").json(), "failed": visitor.poll("r2").json()}


@TOP
@rests_on("render_shape=top", "render failure")
def test_status_and_output_at_the_top(visitor: Visitor) -> None:
    """`taskId`, `status`, `progress`, and what there is of `output` and `error`."""
    told = replies(visitor)
    common = {"taskId", "status", "progress"}

    assert {name: set(reply) for name, reply in told.items()} == {
        "ordered": common,
        "completed": common | {"output"},
        "failed": common | {"error"},
    }
    assert [told[name]["taskId"] for name in told] == ["r1", "r1", "r2"]


@TOP
@rests_on("render_shape=top", "GET /api/render/proxy/lambda/{render}")
def test_an_output_has_an_address_a_length_and_a_size(visitor: Visitor) -> None:
    """Of the draft's length in seconds; the size is in bytes."""
    output = replies(visitor)["completed"]["output"]

    assert set(output) == {"url", "duration", "size"}
    assert output["url"].startswith("http")
    assert abs(output["duration"] - 1) < 0.1
    assert type(output["size"]) is int
    assert output["size"] > 500


@INSIDE
@rests_on("render_shape=data", "render failure")
def test_everything_inside_data(visitor: Visitor) -> None:
    """`success`, and in `data` the id, the status, and what there is of a URL, times and an error."""
    told = replies(visitor)
    common = {"id", "status", "progress"}

    assert all(set(reply) == {"success", "data"} for reply in told.values())
    assert all(reply["success"] is True for reply in told.values())
    assert {name: set(reply["data"]) for name, reply in told.items()} == {
        "ordered": common,
        "completed": common | {"outputUrl", "createdAt", "completedAt"},
        "failed": common | {"error"},
    }


@INSIDE
@rests_on("render_shape=data", "render duration")
def test_its_times_are_milliseconds(visitor: Visitor, pace: Pace) -> None:
    """Of the order, and of its end: 20 to 90 seconds later."""
    now = visitor.service.now()
    told = replies(visitor)["completed"]["data"]

    assert type(told["createdAt"]) is int
    assert -1 <= told["createdAt"] / 1000 - now <= pace.slack
    assert 20_000 <= told["completedAt"] - told["createdAt"] <= 90_000


@BOTH
@rests_on("render_shape=both")
def test_both_at_once_with_a_code(visitor: Visitor) -> None:
    """Whoever reads either finds the same."""
    for told in replies(visitor).values():
        inside = told["data"]

        assert (told["code"], told["success"]) == (0, True)
        assert told["taskId"] == inside["id"]
        assert (told["status"], told["progress"]) == (inside["status"], inside["progress"])
        assert told.get("error") == inside.get("error")
        assert told.get("output", {}).get("url") == inside.get("outputUrl")


SHAPES = {
    "top": {"taskId", "status", "progress"},
    "data": {"success", "data"},
    "both": {"code", "success", "data", "taskId", "status", "progress"},
}


@pytest.mark.parametrize(
    "shape",
    [pytest.param(shape, marks=reading(render_shape=shape)) for shape in SHAPES],
    ids=list(SHAPES),
)
@pytest.mark.within(20)
@rests_on("render_shape=both", "POST /api/render/proxy/lambda/{render}/cancel")
def test_a_poll_and_a_stop_look_alike(visitor: Visitor, shape: str) -> None:
    """As the order did, with no more and no less."""
    visitor.order(id="r1", draft=card())
    polled, stopped = visitor.poll("r1").json(), visitor.cancel("r1").json()

    assert set(polled) == set(stopped) == SHAPES[shape]
    assert set(stopped.get("data", {})) in (set(), {"id", "status", "progress"})
