"""What a version of the vendor's own skill says, as variants that belong together.

A preset is the defaults with a few deviations. Each deviation has the commit of the vendor's skill
repository, or the public page, that says so; where a version says nothing, the default stands. No
preset says where links lead (`web_base`): a fake's links stay on the fake unless somebody wants otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from nemovideo_fakeserver.core.variants import READINGS, Variants, VariantUnknown, unknown

KEY = "preset"
"""What chooses a preset where variants are chosen by key and value."""


class Deviation(NamedTuple):
    """One variant that a version wants otherwise, as text, and where that stands."""

    key: str
    text: str
    source: str


_ONE_PATH = Deviation("legacy_render", "refuse", "762a39f: renders move to .../lambda")
_SHORT = Deviation("legacy_min_bodies", "on", "c74ec3b: no user_id in the example replies")
_BY_TOKEN = Deviation("claim_link", "token", "0f53a2e: /workspace/claim?token=...")
_ALL_SCOPES = Deviation("anon_scopes", "*", "anonymous tokens have * until 4058666")
_NO_ID = (
    Deviation("require_client_id", "off", "X-Client-Id is mandatory from ff57a62"),
    Deviation("client_limit", "none", "1 token a person from ff57a62"),
    Deviation("ip_limit", "5", "51880699555, 52127510908: 5 an address and hour"),
    Deviation("ip_window", "1h", "51880699555, 52127510908: 5 an address and hour"),
)
_NO_HEADERS = Deviation(
    "attribution_mode", "off", "the headers come with cdbcf03, their 402 with 7ab544f"
)
_NO_LINK = Deviation("claim_link", "none", "links come with 9e7f2a5, the claim page with 0f53a2e")

PRESETS: Mapping[str, tuple[Deviation, ...]] = MappingProxyType(
    {
        "1.9": (
            Deviation("attribution_mode", "auth", "7d8899f: auth failures or export 402"),
            _SHORT,
            _ONE_PATH,
        ),
        "1.8": (_BY_TOKEN, _SHORT, _ONE_PATH),
        "1.5": (
            Deviation("token_ttl", "never", "c27cf3e: does not expire"),
            _ALL_SCOPES,
            Deviation(
                "attribution_mode",
                "exhausted",
                "98c825c: refused once credits are used up",
            ),
            _BY_TOKEN,
            _SHORT,
            _ONE_PATH,
        ),
        "4.4": (
            *_NO_ID,
            _ALL_SCOPES,
            Deviation("render_shape", "data", "7fe0b89: inside data, not top-level"),
            Deviation("sse_max", "10m", "7fe0b89 api-reference: 10 min hard timeout"),
            _NO_HEADERS,
            _NO_LINK,
            _ONE_PATH,
        ),
        "2026-03-13": (*_NO_ID, _ALL_SCOPES, _NO_HEADERS, _NO_LINK),
    }
)
"""By the label of the version, the newest first; the last one is the first commit, which had no label."""


@cache
def preset(version: str) -> Variants:
    """Return the variants of a version of the vendor's skill; raises `VariantUnknown`."""
    if version not in PRESETS:
        raise VariantUnknown(
            f"{KEY} cannot be {version[:80]!r}; it is one of: {', '.join(PRESETS)}"
        )
    variants = Variants()
    for deviation in PRESETS[version]:
        variants = variants.changed(deviation.key, deviation.text)
    return variants


def chosen(choices: Iterable[tuple[str, object]]) -> Variants:
    """Return the variants that keys and values choose; raises `VariantUnknown`.

    The key `preset` chooses a version; whatever is chosen by its own key holds against that, in any
    order. Values are texts, or what YAML and JSON make of them: numbers, booleans, lists.
    """
    texts = [(key, _text(value)) for key, value in choices]
    variants = Variants()
    for key, text in texts:
        if key == KEY:
            variants = preset(text)
    for key, text in texts:
        if key not in READINGS and key != KEY:
            raise unknown(key, (KEY, *READINGS))
        if key != KEY:
            variants = variants.changed(key, text)
    return variants


def _text(value: object) -> str:
    """Write a value down as a flag would: YAML reads `off` as false, `4.4` as a number, dates as dates."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list | tuple):
        return ",".join(_text(one) for one in value)
    return "none" if value is None else str(value)
