"""Polls of a render: what they say depends on how long it takes this time.

The law: a poll is compared with one that found the job in the same state. A client that polls does so until
the job is over; so a poll that found it over is repeated until it is over for the target, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from nemovideo_proxy import places
from nemovideo_proxy.model import Interaction

FINAL = frozenset(("completed", "failed", "cancelled"))

AGAIN_SECONDS = 10.0
"""Between two polls of a job that takes longer than recorded."""

MOST = 60
"""So many times a poll is repeated: ten minutes, the longest that any document waits."""


def state_of(interaction: Interaction) -> str | None:
    """Return the state of the job that a poll was told, or None where it is no poll, or was told none."""
    request, response = interaction.request, interaction.response
    path = request.url.partition("?")[0]
    is_poll = request.method == "GET" and any(r == "render" for r, _, _ in places.in_path(path))
    if not is_poll or response is None or not isinstance(response.body, bytes):
        return None
    try:
        body = json.loads(response.body)
    except ValueError:
        return None
    for value in (body, body.get("data") if isinstance(body, dict) else None):
        if isinstance(value, dict) and isinstance(value.get("status"), str):
            return str(value["status"])
    return None


def is_behind(recorded: Interaction, now: Interaction) -> bool:
    """Return whether a job was over when it was recorded, and is still under way for the target."""
    state = state_of(now)
    return state_of(recorded) in FINAL and state is not None and state not in FINAL


def alike(
    recorded: Interaction, now: Interaction, others: Iterable[Interaction]
) -> Interaction | None:
    """Return a reply of today that is in the recorded state: `now`, else one of `others`, else None.

    What is no poll, or says no state, is compared as it is.
    """
    state = state_of(recorded)
    if state is None or state_of(now) in (None, state):
        return now
    return next((other for other in others if state_of(other) == state), None)
