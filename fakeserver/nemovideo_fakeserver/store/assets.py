"""Media, from the domain to a record and back."""

from __future__ import annotations

from typing import Any, Literal

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import Vault
from nemovideo_fakeserver.store import records

_MEASURES = ("kind", "seconds", "width", "height", "fps")


def taken(asset: Asset) -> records.Asset:
    """Return the record of an asset."""
    source = asset.source
    return records.Asset(
        filename=asset.filename,
        url=asset.url,
        hash=asset.hash,
        made=_made(asset, source) if isinstance(source, Synthetic) else None,
        **{measure: getattr(asset, measure) for measure in _MEASURES},
    )


def _made(asset: Asset, source: Synthetic) -> records.Synthetic:
    own: dict[str, Any] = {measure: getattr(source, measure) for measure in _MEASURES}
    return records.Synthetic(
        label=source.label,
        seed=source.seed,
        notes=dict(source.notes),
        **{measure: value for measure, value in own.items() if value != getattr(asset, measure)},
    )


def restored(
    record: records.Asset, vault: Vault, origin: Literal["uploaded", "generated"]
) -> Asset:
    """Return the asset of a record."""
    return Asset(
        filename=record.filename,
        url=record.url,
        hash=record.hash,
        source=_source(record, record.made) if record.made else vault.place(record.hash),
        origin=origin,
        **{measure: getattr(record, measure) for measure in _MEASURES},
    )


def _source(asset: records.Asset, made: records.Synthetic) -> Synthetic:
    own = {measure: getattr(made, measure) for measure in _MEASURES}
    return Synthetic(
        label=made.label,
        seed=made.seed,
        notes=made.notes,
        **{
            measure: getattr(asset, measure) if value is None else value
            for measure, value in own.items()
        },
    )
