"""What a worker is asked to make, as a line of JSON, and back.

A draft may come from a client: what JSON can say comes over whole, NaN and half a surrogate pair included.
The same order always gives the same line. Paths are absolute.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import segments
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media import refusals


def line(value: Mapping[str, Any]) -> str:
    """Return a mapping as one line of ASCII. Raises RenderError for what JSON cannot say."""
    try:
        return json.dumps(value, sort_keys=True, default=_plain)
    except RecursionError as problem:
        raise refusals.too_deep() from problem
    except (TypeError, ValueError) as problem:
        raise RenderError(
            f"invalid draft: it cannot be written as JSON ({problem}); send it as it was received"
        ) from problem


def order_to_dict(order: RenderOrder) -> dict[str, Any]:
    """Return an order with those of its media that its draft names."""
    named = {src for s in segments(order.draft) if isinstance(src := s.get("src"), str)}
    media = {url: order.media[url] for url in named if url in order.media}
    fields = {f: getattr(order, f) for f in ("width", "height", "fps", "seed", "format", "quality")}
    return {
        **fields,
        "draft": order.draft,
        "media": {url: asset_to_dict(asset) for url, asset in media.items()},
    }


def order_from_dict(told: Mapping[str, Any]) -> RenderOrder:
    """Return the order that `order_to_dict` was given."""
    media = {url: asset_from_dict(asset) for url, asset in told["media"].items()}
    return RenderOrder(**{**told, "media": media})


def asset_to_dict(asset: Asset) -> dict[str, Any]:
    """Return an asset, its `source` as a path or as the fields of a description."""
    source = asset.source
    told = clip_to_dict(source) if isinstance(source, Synthetic) else str(source.absolute())
    return {**{name: getattr(asset, name) for name in Asset.__dataclass_fields__}, "source": told}


def asset_from_dict(told: Mapping[str, Any]) -> Asset:
    """Return the asset that `asset_to_dict` was given."""
    source = told["source"]
    described = clip_from_dict(source) if isinstance(source, Mapping) else Path(source)
    return Asset(**{**told, "source": described})


def clip_to_dict(clip: Synthetic) -> dict[str, Any]:
    """Return the fields of a description."""
    return {name: getattr(clip, name) for name in Synthetic.__dataclass_fields__}


def clip_from_dict(told: Mapping[str, Any]) -> Synthetic:
    """Return the description that `clip_to_dict` was given."""
    return Synthetic(**told)


def _plain(value: object) -> dict[str, Any]:
    """Let a mapping of any kind be a dict, which JSON can say."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
