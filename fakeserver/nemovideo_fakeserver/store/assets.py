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
        **{measure: value for measure, value in _measured(asset).items() if value},
    )


def _measured(thing: object) -> dict[str, Any]:
    return {measure: getattr(thing, measure) for measure in _MEASURES}


def _made(asset: Asset, source: Synthetic) -> records.Synthetic:
    usual = _measured(asset)
    return records.Synthetic(
        label=source.label,
        seed=source.seed,
        notes=dict(source.notes),
        **{key: value for key, value in _measured(source).items() if value != usual[key]},
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
        **_measured(record),
    )


def _source(asset: records.Asset, made: records.Synthetic) -> Synthetic:
    usual = _measured(asset)
    return Synthetic(
        label=made.label,
        seed=made.seed,
        notes=made.notes,
        **{key: usual[key] if value is None else value for key, value in _measured(made).items()},
    )
