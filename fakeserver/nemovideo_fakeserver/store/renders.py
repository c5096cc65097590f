"""Renders, from the domain to records and back."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.course import Polls
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.core.render import Render
from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.store import records
from nemovideo_fakeserver.store.times import Instant


def taken(render: Render) -> records.Render:
    """Return the record of a render."""
    stopped = render.cancelled_at
    return records.Render(
        id=render.id,
        url=render.url,
        submitted_at=Instant(render.submitted_at),
        lasts=render.lasts,
        session=render.session,
        polls=_polls(render.polls),
        fails=render.fails,
        looks=render.looks,
        shown=render.shown,
        cancelled_at=None if stopped is None else Instant(stopped),
        order=_order(render.order) if render.order else None,
    )


def _polls(polls: Polls | None) -> records.Polls | None:
    return records.Polls(processing=polls.processing, over=polls.over) if polls else None


def _order(order: RenderOrder) -> records.Order:
    return records.Order(
        draft=_finite(order.draft),
        media=tuple(order.media),
        width=order.width,
        height=order.height,
        fps=order.fps,
        seed=order.seed,
        format=order.format,
        quality=order.quality,
    )


def _finite(value: Any) -> Any:
    """Return JSON in which a number beyond the range of floats is the largest of them: it has no other spelling."""
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    infinite = isinstance(value, float) and math.isinf(value)
    return math.copysign(sys.float_info.max, value) if infinite else value


def restored(record: records.Render, account: Account, media: Mapping[str, Asset]) -> Render:
    """Return the render of a record; `media` are the account's by URL. Raises `Wrong`."""
    stopped, polls = record.cancelled_at, record.polls
    return Render(
        id=record.id,
        url=record.url,
        account=account,
        submitted_at=float(record.submitted_at),
        lasts=record.lasts,
        session=record.session,
        polls=Polls(processing=polls.processing, over=polls.over) if polls else None,
        fails=record.fails,
        looks=record.looks,
        shown=record.shown,
        order=_ordered(record.order, media) if record.order else None,
        cancelled_at=None if stopped is None else float(stopped),
    )


def _ordered(record: records.Order, media: Mapping[str, Asset]) -> RenderOrder:
    for number, url in enumerate(record.media):
        if url not in media:
            raise Wrong(f"this account has no media with the URL {url}", ("order", "media", number))
    return RenderOrder(
        draft=record.draft,
        media={url: media[url] for url in record.media},
        width=record.width,
        height=record.height,
        fps=record.fps,
        seed=record.seed,
        format=record.format,
        quality=record.quality,
    )
