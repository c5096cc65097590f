"""The worlds in which the machine lives: who is there, what is answered, what is read how, what goes wrong.

Everything is in the words of a scenario, so that a failure can be written down as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.moments import MOMENTS, SIDES
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from support.routes import ROUTES

Words: TypeAlias = dict[str, Any]


def _edit(at: float, **operation: Any) -> Words:
    return {"at": at, "draft": [operation]}


_TITLE = {"track": "text", "id": "title", "d": 3000, "m": {"text": "Hi"}}
_CLIP = {"track": "video", "id": "clip", "d": 8000, "src": "media:a beach"}
_SONG = {"track": "audio", "id": "song", "d": 9000}
_CARD = {"track": "video", "id": "card", "d": 4000}
_TOOL = {"name": "edit_multitrack"}
_MAKER = {"name": "generate_video_with_seedance"}
_BEACH = {"kind": "video", "label": "a beach", "seconds": 8}


def _turn(message: str, *steps: Words, **more: Any) -> Words:
    return {"when": {"says": message}, **more, "steps": list(steps)}


TURNS: tuple[Words, ...] = (
    _turn("fail", _edit(2.3, put=_TITLE), {"at": 6.1, "end": {"error": "It broke."}}),
    _turn("title", _edit(3.4, put=_TITLE), {"at": 4.1, "tool_result": _TOOL}),
    _turn("hello", {"at": 2.5, "text": "Hello"}),
    _turn(
        "film",
        {"at": 1.1, "tool_call": _MAKER},
        {"at": 7.7, "heartbeat": True},
        {"at": 40.3, "media": _BEACH},
        _edit(41.2, put=_CLIP),
        {"at": 42.6, "tool_result": _MAKER},
        {"at": 50.4, "tool_call": _TOOL},
        _edit(61.7, put=_SONG),
        {"at": 62.9, "text": "Your video is ready"},
    ),
    _turn("lost film", {"at": 30.2, "media": _BEACH}, {"at": 33.8, "end": "error"}),
    _turn("away", _edit(2.2, remove="title"), {"at": 3.1, "text": "It is gone"}),
    _turn("cut", {"at": 1.3, "text": "I begin"}, {"at": 2.1, "end": {"cut": "reset"}}, _edit(9.6, put=_TITLE)),
    _turn("stall", {"at": 1.3, "tool_call": _TOOL}, {"at": 2.1, "end": {"cut": "stall"}}, {"at": 5.4, "text": "Here"}),
    _turn("dear", {"at": 1.7, "text": "That was not cheap"}, price=30),
    _turn("now", _edit(0, describe={"title": "Now"})),
    _turn("quiet", {"at": 1.3, "silence": 40}, _edit(45.2, put=_CARD), work="generate"),
    _turn("once", _edit(1.6, put=_SONG), once=True, price=7),
    _turn("once", {"at": 1.2, "text": "No more"}),
)  # fmt: skip
"""Every message that is ever said, and what becomes of it. No two steps of a turn come at the same time."""

MESSAGES: tuple[str, ...] = tuple(dict.fromkeys(turn["when"]["says"] for turn in TURNS))

_MIA = {"name": "mia", "client_id": "client-0", "credits": 260, "sessions": [{"name": "beach"}]}
_STUDIO = {
    "name": "studio",
    "kind": "registered",
    "plan": "paid",
    "credits": 1000,
    "tokens": [{"name": "all"}, {"name": "reader", "scopes": ["read"]}],
    "sessions": [{"name": "sea"}, {"name": "sky"}],
}
_OLD = {
    "name": "old",
    "client_id": "client-1",
    "credits": 60,
    "tokens": [
        {"name": "fresh", "age": 3600},
        {"name": "stale", "age": 8 * 86_400},
        {"name": "lost", "age": 86_400, "revoked": True},
        {"name": "short", "lasts": 40},
    ],
    "sessions": [{"name": "past"}],
}

CASTS: tuple[list[Words], ...] = ([], [_MIA], [_MIA, _STUDIO], [_OLD], [_OLD, _MIA, _STUDIO])
"""Who is there when a world begins."""

READINGS: tuple[Words, ...] = (
    {},
    {"sse_dialect": "adk"},
    {"sse_dialect": "flat"},
    {"heartbeat_interval": "2s"},
    {"sse_max": "20s"},
    {"costs": "70/30/5"},
    {"duplicate_render": "existing"},
    {"render_shape": "both"},
    {"free_plan_export": "block"},
    {"attribution_mode": "exhausted"},
    {"attribution_mode": "auth"},
    {"error_http": "mapped"},
    {"client_limit": "2", "ip_limit": "3", "ip_window": "1h"},
    {"client_limit": "none", "ip_limit": "none"},
    {"rate_limit_transient": "on"},
    {"require_client_id": "off", "token_ttl": "1m"},
    {"anon_scopes": "*", "token_ttl": "never"},
    {"claim_link": "none"},
    {"preset": "4.4"},
    {"preset": "1.5"},
)
"""Readings of the documents."""

NEWCOMERS: tuple[Words | None, ...] = (None, {"credits": 300}, {"credits": 0})

RENDERS: tuple[Words | None, ...] = (
    None,
    {"timing": {"seconds": [3, 4]}, "outcomes": [{"fail": "a worker was lost"}]},
    {"timing": {"polls": {"processing": 1, "completed": 3}}},
    {"outcomes": ["complete", {"fail": "no luck"}], "last_sticks": True},
)

_ACTIONS: tuple[Words, ...] = (
    {"status": 503},
    {"code": 1001},
    {"status": 429, "retry_after": 5},
    {"fail": "a fault"},
    {"delay": 7},
    {"break": "reset"},
    {"break": "truncated"},
    {"break": "half_closed"},
    {"break": "stall"},
    {"malformed": True},
    {"drip": 1},
)


def _places() -> Iterator[str]:
    for name, moment in MOMENTS.items():
        yield from (f"{name}[1]", f"{name}[2]") if moment.indexed else (name,)
    yield from ROUTES


def _legal(words: Words) -> bool:
    try:
        Fault.of(words)
    except FaultUnknown:
        return False
    return True


FAULTS: tuple[Words, ...] = tuple(
    words
    for at in _places()
    for side in SIDES
    for do in _ACTIONS
    if _legal(words := {"at": at, "side": side, "do": do})
)
"""Every action on either side of every moment and of the most travelled routes."""

UPLOADS: tuple[list[str], ...] = (
    ["dot.png"],
    ["https://example.com/a.mp4"],
    ["https://example.com/b.mp3", "https://example.com/c.png"],
    ["dot.png", "dot.png"],
    ["broken.mp4"],
    ["dot.png", "broken.mp4"],
    ["https://example.com/d.exe"],
)
"""What is uploaded: files, or URLs."""

SCOPES: tuple[list[str], ...] = (["read"], ["read", "write", "upload"], ["render"], ["*"])
"""What a further token is to be good for."""

JUMPS = (0.0, 1.0, 2.5, 10.0, 31.0, 120.0)
"""Seconds by which time goes on."""

DAYS = (3600.0, 2 * 86_400.0, 7 * 86_400.0)
"""Seconds that are hours and days."""

AMOUNTS = (1, 10, 60, 500)
"""Credits that come and go from outside."""

TIMES: tuple[Words, ...] = (
    {},
    {"times": "always"},
    {"times": 2},
    {"times": "always", "probability": 0.5},
)
"""How often a fault strikes."""


def scenario(
    *,
    cast: list[Words],
    readings: list[Words],
    newcomers: Words | None,
    renders: Words | None,
    faults: list[Words],
) -> Words:
    """Return the words of a scenario that all messages are scripted in."""
    variants = {key: value for reading in readings for key, value in reading.items()}
    told: Words = {
        "name": "a-life",
        "about": "One of the machine's lives.",
        "seed": 0,
        "clock": {"start": "2033-03-03T03:33:33Z", "rate": 0},
        "variants": variants or None,
        "newcomers": newcomers,
        "accounts": cast,
        "turns": list(TURNS),
        "renders": renders,
        "faults": faults,
    }
    return {key: value for key, value in told.items() if value not in (None, [])}
