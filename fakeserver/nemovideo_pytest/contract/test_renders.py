"""Renders: ordered under an id of one's own, watched, stopped."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.drafts import EMPTY, card
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import refused, seen
from nemovideo_pytest.contract.visitor import Visitor

ORDER = "POST /api/render/proxy/lambda"
POLL = "GET /api/render/proxy/lambda/{render}"
CANCEL = "POST /api/render/proxy/lambda/{render}/cancel"
OVER = ("completed", "failed", "cancelled")


@pytest.mark.within(2)
@rests_on(ORDER, "render progress")
def test_an_order_is_pending(visitor: Visitor) -> None:
    """Under the id that it was given, at five per cent."""
    stands = visitor.ordered(id="render_1773423613616", draft=card())

    assert (stands.id, stands.status, stands.progress) == ("render_1773423613616", "pending", 5)
    assert (stands.url, stands.error) == (None, None)


@rests_on(ORDER, POLL, "render duration")
def test_a_render_is_completed_in_20_to_90_seconds(visitor: Visitor, pace: Pace) -> None:
    """Pending, processing, completed: in this order, and its progress never falls."""
    began = visitor.service.now()
    stands = [visitor.ordered(draft=card())]
    while stands[-1].status not in OVER:
        visitor.service.sleep(1)
        stands.append(visitor.look(stands[0].id))
        assert visitor.service.now() - began < 91 + pace.slack
    took = visitor.service.now() - began

    assert took >= 20 - 0.01
    assert list(dict.fromkeys(s.status for s in stands))[-2:] == ["processing", "completed"]
    progress = [s.progress for s in stands]
    assert progress == sorted(progress)
    assert progress[-1] == 100
    assert all(5 <= p < 100 for p in progress[:-1])
    assert all(s.url is None for s in stands[:-1])
    assert stands[-1].url is not None


@pytest.mark.within(1)
@rests_on("render progress", POLL)
def test_a_render_is_pending_for_two_seconds(visitor: Visitor) -> None:
    """Then it is being worked on."""
    stands = visitor.ordered(draft=card())
    visitor.service.sleep(1.9)
    assert visitor.look(stands.id).status == "pending"

    visitor.service.sleep(0.2)
    assert visitor.look(stands.id).status == "processing"


@reading(render_shape="data")
@pytest.mark.within(2)
@rests_on("render progress", "render_shape=data", "render duration")
def test_progress_follows_time(visitor: Visitor) -> None:
    """In a straight line from 5, 95 at most, until it is 100."""
    began = visitor.service.now()
    stands = visitor.ordered(draft=card())
    watched = []
    while (now := visitor.look(stands.id)).status != "completed":
        watched.append((visitor.service.now() - began, now.progress))
        visitor.service.sleep(3)
    told = visitor.poll(stands.id).json()["data"]
    lasts = (told["completedAt"] - told["createdAt"]) / 1000

    assert 20 <= lasts <= 90
    for after, progress in watched:
        assert abs(progress - min(95, 5 + 90 * after / lasts)) <= 1.01


@pytest.mark.within(20)
@rests_on("render duration", "render progress")
def test_renders_take_times_of_their_own(visitor: Visitor) -> None:
    """Several run at once, and what one needs says nothing of the others."""
    ids = [visitor.ordered(draft=card(200)).id for _ in range(8)]
    visitor.service.sleep(40)
    progress = {visitor.look(id_).progress for id_ in ids}

    assert len(progress) > 2


@pytest.mark.within(20)
@rests_on(POLL)
def test_looking_changes_nothing(visitor: Visitor) -> None:
    """Who polls often is told the same at the same time."""
    id_ = visitor.ordered(draft=card()).id
    visitor.service.sleep(10)
    stands = [visitor.look(id_) for _ in range(3)]

    if visitor.is_alone:
        assert stands[0] == stands[1] == stands[2]
    assert {s.status for s in stands} == {"processing"}


@pytest.mark.parametrize("draft", EMPTY.values(), ids=EMPTY)
@rests_on("render failure", POLL)
def test_a_draft_without_segments_fails(visitor: Visitor, draft: dict[str, Any]) -> None:
    """It is ordered as any other, and fails after five seconds with the reason."""
    ordered = visitor.ordered(draft=draft)
    assert (ordered.status, ordered.error) == ("pending", None)
    if visitor.is_alone:
        visitor.service.sleep(4.9)
        assert visitor.look(ordered.id).status == "processing"

    visitor.service.sleep(5)
    stands = visitor.look(ordered.id)
    assert stands.status == "failed"
    assert "invalid draft" in (stands.error or "")
    assert (stands.url, stands.progress < 100) == (None, True)


@rests_on("render failure", "render ids")
def test_after_a_failure_another_id_is_tried(visitor: Visitor) -> None:
    """The failed one stays failed; the next goes as if it had never been."""
    failed = visitor.ordered(draft={})
    visitor.service.sleep(10)
    assert visitor.look(failed.id).status == "failed"
    again = visitor.ordered(draft=card())

    assert visitor.finished(again.id).status == "completed"
    assert visitor.look(failed.id).status == "failed"


@pytest.mark.within(20)
@rests_on(CANCEL, POLL)
def test_a_render_can_be_stopped(visitor: Visitor) -> None:
    """It says so at once, and stays so: no film comes of it."""
    id_ = visitor.ordered(draft=card()).id
    stopped = seen(visitor.cancel(id_))
    visitor.service.sleep(100)

    assert (stopped.id, stopped.status) == (id_, "cancelled")
    assert visitor.look(id_) == stopped
    assert stopped.url is None


@pytest.mark.within(20)
@rests_on(CANCEL, "render progress")
def test_a_stopped_render_stands_where_it_was(visitor: Visitor) -> None:
    """Its progress is that of the moment, and no longer moves."""
    id_ = visitor.ordered(draft=card()).id
    visitor.service.sleep(15)
    before = visitor.look(id_).progress
    stopped = seen(visitor.cancel(id_))
    visitor.service.sleep(60)

    assert before <= stopped.progress < 100
    assert visitor.look(id_).progress == stopped.progress


@pytest.mark.within(20)
@rests_on("cancelling what is over", CANCEL)
def test_what_is_over_cannot_be_stopped(visitor: Visitor) -> None:
    """Completed, failed or stopped, it stays as it is."""
    done, failed, stopped = (visitor.ordered(draft=d).id for d in (card(), {}, card()))
    visitor.cancel(stopped)
    ends = [visitor.finished(id_) for id_ in (done, failed, stopped)]

    assert [end.status for end in ends] == ["completed", "failed", "cancelled"]
    assert [seen(visitor.cancel(end.id)) for end in ends] == ends


@reading(duplicate_render="error")
@rests_on(CANCEL, "code 409", "duplicate_render=error")
def test_a_stopped_render_keeps_its_id(visitor: Visitor) -> None:
    """It cannot be ordered anew."""
    id_ = visitor.ordered(draft=card()).id
    visitor.cancel(id_)

    refused(visitor.order(id=id_, draft=card()), 409)


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"format": "mp4", "quality": "high"},
        {"resolution": "1080P", "fps": 30.0},
        {"fps": 1},
        {"fps": 60, "resolution": "540p"},
        {"quality": None, "resolution": ""},
    ],
    ids=str,
)
@rests_on(ORDER)
def test_what_comes_out_may_be_said(visitor: Visitor, output: dict[str, Any]) -> None:
    """Format, quality, resolution and frames per second; all of it optional."""
    assert visitor.ordered(draft={}, output=output).status == "pending"
