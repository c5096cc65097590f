"""Faults, in the words of YAML that `fake.arm(**fault)` and scenarios take: see `docs/faults.md`.

The moments, and which actions each allows, are the fake's own table, so that none is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

from nemovideo_fakeserver.core.faults.actions import HOW
from nemovideo_fakeserver.core.faults.moments import (
    BODILESS,
    MOMENTS,
    ROUTE,
    SIDES,
    Kind,
    Moment,
    Side,
)
from nemovideo_pytest.strategies.named import known

Fault: TypeAlias = dict[str, Any]
TALKING = "POST /run_sse"
"""The one route with a message of the user."""

ROUTES = (
    TALKING,
    "POST /api/auth/anonymous-token",
    "POST /api/auth/claim-token",
    "POST /api/tasks/{}/with-session/nemo_agent",
    "POST /api/upload-video/nemo_agent/{}/{}",
    "GET /api/credits/balance/simple",
    "GET /api/state/nemo_agent/{}/{}/latest",
    "POST /api/render/proxy/lambda",
    "GET /api/render/proxy/lambda/{}",
    "POST /api/render/proxy/lambda/{}/cancel",
    "GET /api/render/proxy/{}/download",
    "HEAD /api/render/proxy/{}/download",
    "GET /cdn/render-result/{}/{}",
)
"""The documented routes that a client of a session asks; `{}` is any one segment."""

MOMENT_NAMES = tuple(MOMENTS)
KINDS: tuple[Kind, ...] = ("answer", "fail", "delay", "break", "malformed", "drip")
"""The kinds of action; `answer` is written `status` or `code`."""

_WAYS = ("reset", *sorted(set(HOW) - {"reset"}))
"""How a connection can break; a reset is the plainest, so faults shrink to it."""

_ACTIONS: dict[Kind, tuple[dict[str, Any], ...]] = {
    "break": tuple({"break": how} for how in _WAYS),
    "answer": (
        *({"status": status} for status in (503, 500, 502, 504, 429, 408, 402)),
        *({"code": code} for code in (1001, 1002, 2001, 4001, 4002)),
        {"status": 429, "retry_after": 600},
        {"code": 1001, "message": "expired"},
    ),
    "fail": ({"fail": "no worker"},),
    "delay": tuple({"delay": seconds} for seconds in (1.0, 0.5, 20.0, 200.0, 1000.0)),
    "malformed": ({"malformed": True},),
    "drip": ({"drip": 1.0}, {"drip": 0.1}),
}


def faults(  # noqa: PLR0913 all are keyword-only
    *,
    moments: Sequence[str] = MOMENT_NAMES,
    routes: Sequence[str] = ROUTES,
    kinds: Sequence[Kind] = KINDS,
    sides: Sequence[Side] = SIDES,
    messages: Sequence[str] = (),
    max_times: int = 3,
    always: bool = True,
    chance: bool = False,
    lies: bool = True,
    max_index: int = 5,
) -> st.SearchStrategy[Fault]:
    """Faults that can be armed; they shrink to a reset before the first of the places that allows one.

    `moments` and `routes` are the places, `kinds` the kinds of action, `sides` where they stand. Each
    fires once, up to `max_times` times, or, if that is asked for, `always`; with `chance` perhaps only
    with a probability. `messages` are regular expressions that limit those that have a message.
    `max_index` bounds the n of `turn.heartbeat[n]` and `download.byte[n]`. Without `lies` nothing that has been done
    is refused afterwards: a client that believes a refusal, as it may, would do it twice.
    Raises ValueError for names that do not exist, or where nothing is left to do.
    """
    can = known("kind of action", kinds, KINDS)
    where = known("side", sides, SIDES)
    options = [
        (at, moment, deeds)
        for at, moment in _places(known("moment", moments, MOMENTS, none=True), routes)
        if (deeds := _deeds(moment, can, where, lies=lies))
    ]
    if not options:
        raise ValueError("no fault of these kinds can happen at any of these places")
    often: list[Any] = [*range(1, max_times + 1), *(["always"] if always else [])]
    details = {"times": st.sampled_from(often)}
    if chance:
        details["probability"] = st.sampled_from([1, 0.5, 0.1])
    told = st.none() | st.sampled_from(messages) if messages else st.none()
    return _faults(options, st.integers(1, max_index), details, told)


_UNLESS = {"side": "before", "times": 1, "probability": 1, "message": None}
"""What goes without saying is not said."""

Deeds: TypeAlias = list[tuple[Side, dict[str, Any]]]
"""What can be done at a place, on which side of it."""


def _deeds(moment: Moment, kinds: Sequence[Kind], sides: Sequence[Side], *, lies: bool) -> Deeds:
    return [
        (side, action)
        for side in sides
        for kind, actions in _ACTIONS.items()
        if kind in kinds and moment.allows(kind, side)
        for action in actions
        if lies or side == "before" or not _refuses(action)
    ]


def _refuses(action: Mapping[str, Any]) -> bool:
    """Say whether an answer is a refusal, of which the documents say that nothing was done."""
    return "code" in action or action.get("status", 500) < 500


@st.composite
def _faults(
    draw: st.DrawFn,
    options: list[tuple[str, Moment, Deeds]],
    indexes: st.SearchStrategy[int],
    details: dict[str, st.SearchStrategy[Any]],
    messages: st.SearchStrategy[str | None],
) -> Fault:
    at, moment, deeds = draw(st.sampled_from(options))
    index = f"[{draw(indexes)}]" if moment.indexed else ""
    side, action = draw(st.sampled_from(deeds))
    more: Fault = {"side": side, **{key: draw(value) for key, value in details.items()}}
    more["message"] = draw(messages) if moment.told or at == TALKING else None
    said = {key: value for key, value in more.items() if value != _UNLESS[key]}
    return {"at": f"{at}{index}", "do": dict(action), **said}


def _places(moments: Sequence[str], routes: Sequence[str]) -> list[tuple[str, Moment]]:
    named = [(name, MOMENTS[name]) for name in moments]
    return [*named, *((line, BODILESS if line.startswith("HEAD ") else ROUTE) for line in routes)]
