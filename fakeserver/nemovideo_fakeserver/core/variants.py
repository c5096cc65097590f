"""Variants: where the public documents disagree, which reading this world follows.

Each field is one disagreement. Its `Reading` says which values are legal and how their text is read, its
default is what the best-placed document says (`docs/variants.md` has the table, `docs/fidelity.md` the
sources). What the vendor's versions said together is in `presets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from nemovideo_fakeserver.core.costs import DOCUMENTED, Costs, CostsReading
from nemovideo_fakeserver.core.readings import (
    Bytes,
    Choice,
    Count,
    Reading,
    Seconds,
    Switch,
    Words,
)
from nemovideo_fakeserver.core.scopes import SCOPES
from nemovideo_fakeserver.core.units import DAY

SseDialect: TypeAlias = Literal["typed", "adk", "flat"]
HeartbeatKind: TypeAlias = Literal["alternate", "typed", "empty"]
RenderShape: TypeAlias = Literal["top", "data", "both"]
LegacyRender: TypeAlias = Literal["accept", "refuse"]
DuplicateRender: TypeAlias = Literal["error", "existing"]
AttributionMode: TypeAlias = Literal["always", "exhausted", "auth", "off"]
FreePlanExport: TypeAlias = Literal["allow", "block"]
ClaimLink: TypeAlias = Literal["ct", "token", "bare", "none"]
WebBase: TypeAlias = Literal["here", "nemovideo.com", "nemovideo.ai"]
ErrorHttp: TypeAlias = Literal["200", "mapped"]


class VariantUnknown(ValueError):
    """A variant or value that does not exist; the message lists what does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """The readings one world follows. Times are in seconds, sizes in bytes; None is never or no limit.

    Streams. `sse_dialect`: `typed` is what the vendor's reference prints, `adk` how Google's agent server
    speaks on the same path, `flat` what a third-party client reads. `heartbeat_kind`: typed events, empty
    `data:` lines, or both in turn, every `heartbeat_interval`. `sse_max`: when the service ends a stream.

    Renders. `render_shape`: fields at the top, in `data`, or both. `legacy_render`: whether the first
    version's paths exist. `duplicate_render`: what a used id gives. `free_plan_export`: whether the free
    plan exports. `attribution_mode`: which lack of `X-Skill-...` headers is refused: an export's, that of
    an anonymous account without credits, any request's, or none.

    Tokens. `require_client_id`; `client_limit` tokens for a client in 7 days, `ip_limit` for an address in
    `ip_window`; `rate_limit_transient`: whether who is refused and waits 30 s passes. `token_ttl` and
    `anon_scopes` of anonymous tokens.

    The rest. `max_upload` for a file. `legacy_min_bodies`: sessions are opened without telling the user
    id. `claim_link`: how links to a project work. `web_base`: where links lead. `costs` of messages.
    `error_http`: whether business codes come as HTTP statuses, too.
    """

    sse_dialect: SseDialect = "typed"
    heartbeat_kind: HeartbeatKind = "alternate"
    heartbeat_interval: float = 15.0
    sse_max: float | None = 900.0
    render_shape: RenderShape = "top"
    legacy_render: LegacyRender = "accept"
    duplicate_render: DuplicateRender = "error"
    free_plan_export: FreePlanExport = "allow"
    attribution_mode: AttributionMode = "always"
    require_client_id: bool = True
    client_limit: int | None = 1
    ip_limit: int | None = 10
    ip_window: float = 7 * DAY
    rate_limit_transient: bool = False
    token_ttl: float | None = 7 * DAY
    anon_scopes: tuple[str, ...] = ("read", "write", "upload")
    max_upload: int = 500 * 2**20
    legacy_min_bodies: bool = False
    claim_link: ClaimLink = "ct"
    web_base: WebBase = "here"
    costs: Costs = DOCUMENTED
    error_http: ErrorHttp = "200"

    def __post_init__(self) -> None:
        for key, reading in READINGS.items():
            value = getattr(self, key)
            if not reading.admits(value):
                raise _illegal(key, value, reading)

    @property
    def site(self) -> str:
        """The vendor's site, as sentences name it."""
        return "nemovideo.com" if self.web_base == "here" else self.web_base

    def changed(self, key: str, text: str) -> Variants:
        """Return these variants with `key` set to what `text` says; raises `VariantUnknown`."""
        reading = READINGS.get(key)
        if reading is None:
            raise unknown(key, READINGS)
        try:
            value = reading.read(text.strip())
        except ValueError:
            raise _illegal(key, text, reading) from None
        if not reading.admits(value):
            raise _illegal(key, text, reading)
        return replace(self, **{key: value})

    def texts(self) -> dict[str, str]:
        """Return every variant as the text that chooses it."""
        return {key: reading.text(getattr(self, key)) for key, reading in READINGS.items()}


READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        "sse_dialect": Choice(*get_args(SseDialect)),
        "heartbeat_kind": Choice(*get_args(HeartbeatKind)),
        "heartbeat_interval": Seconds(0.1, "15s"),
        "sse_max": Seconds(1.0, "10m", never=True),
        "render_shape": Choice(*get_args(RenderShape)),
        "legacy_render": Choice(*get_args(LegacyRender)),
        "duplicate_render": Choice(*get_args(DuplicateRender)),
        "free_plan_export": Choice(*get_args(FreePlanExport)),
        "attribution_mode": Choice(*get_args(AttributionMode)),
        "require_client_id": Switch(),
        "client_limit": Count(),
        "ip_limit": Count(),
        "ip_window": Seconds(1.0, "7d"),
        "rate_limit_transient": Switch(),
        "token_ttl": Seconds(1.0, "7d", never=True),
        "anon_scopes": Words(*SCOPES),
        "max_upload": Bytes(),
        "legacy_min_bodies": Switch(),
        "claim_link": Choice(*get_args(ClaimLink)),
        "web_base": Choice(*get_args(WebBase)),
        "costs": CostsReading(),
        "error_http": Choice(*get_args(ErrorHttp)),
    }
)
"""How each field is read, in the order of the fields."""


def legal_values() -> dict[str, tuple[str, ...]]:
    """Return the variants whose values are a short list of words, with that list."""
    return {
        key: reading.words
        for key, reading in READINGS.items()
        if isinstance(reading, Choice | Switch)
    }


def unknown(key: str, known: Iterable[str]) -> VariantUnknown:
    """Return the error for a variant that does not exist: what was probably meant, and what there is."""
    names = list(known)
    near = get_close_matches(key[:80], names, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    return VariantUnknown(f"no variant is called {key[:80]!r}{hint} There are: {', '.join(names)}")


def _illegal(key: str, value: object, reading: Reading) -> VariantUnknown:
    shown = repr(value)
    shown = shown if len(shown) <= 80 else f"{shown[:77]}..."
    return VariantUnknown(f"{key} cannot be {shown}; it is {reading.legal}")
