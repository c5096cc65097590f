"""Who is behind a request: the three headers that every skill sends.

All four skills: without them an export is refused with 402. The vendor's versions differ on when (variant
`attribution_mode`): CHANGELOG 1.5 names anonymous accounts whose credits are used up, 1.9 adds that
authentication fails as well (which code that gives is assumed: 1001). Before 4.6 there were none.
"""

from __future__ import annotations

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import ExportBlocked, TokenRefused

ATTRIBUTION = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")


def check(call: Call) -> None:
    """Refuse a request that no skill stands behind, where that is a failure to authenticate."""
    if call.world.setting.variants.attribution_mode == "auth" and (missing := _missing(call)):
        raise TokenRefused(f"invalid authentication: {_sentence(missing)}.")


def check_export(call: Call) -> None:
    """Refuse an export that no skill stands behind, where such are refused."""
    mode = call.world.setting.variants.attribution_mode
    if mode == "off" or (mode == "exhausted" and not _is_exhausted(call)):
        return
    if missing := _missing(call):
        raise ExportBlocked(f"export blocked: {_sentence(missing)}. This is not about credits.")


def _is_exhausted(call: Call) -> bool:
    return call.account.kind == "anonymous" and call.account.ledger.available <= 0


def _missing(call: Call) -> list[str]:
    return [name for name in ATTRIBUTION if not (call.head.header(name.lower()) or "").strip()]


def _sentence(missing: list[str]) -> str:
    return (
        f"missing attribution header {', '.join(missing)};"
        f" send {', '.join(ATTRIBUTION)} with every request"
    )
