"""Reading replies: the envelope of a success, the code of a refusal, how a render stands.

Where documents disagree, each documented reading is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx


def data(response: httpx.Response) -> Any:
    """Return what a success brings in its envelope `{"code": 0, "data": ...}`."""
    told = response.json()
    assert told.get("code") == 0, f"{response.status_code} {response.text[:300]}"
    return told["data"]


def refused(response: httpx.Response, code: int) -> str:
    """Assert that a reply says no with this code, whatever its status, and return its message."""
    assert response.headers["content-type"].partition(";")[0] == "application/json", response.text
    told = response.json()
    assert told.get("code") == code, f"{response.status_code} {response.text[:300]}"
    message = told["message"]
    assert isinstance(message, str)
    assert message.strip()
    return message


def names(response: httpx.Response, field: str) -> None:
    """Assert that a reply is 422 and that its message names a field."""
    message = refused(response, 422)
    assert response.status_code == 422
    assert field in message, f"{field} is not named: {message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a render stands: `url`, `seconds` and `size` (bytes) of the film, `error` where there is one."""

    id: str
    status: str
    progress: int
    url: str | None = None
    seconds: float | None = None
    size: int | None = None
    error: str | None = None


def seen(response: httpx.Response) -> Seen:
    """Read a render, whether it stands at the top (51912643291) or inside `data` (52127510908)."""
    assert response.status_code == 200, f"{response.status_code} {response.text[:300]}"
    told = response.json()
    assert told.get("code", 0) == 0, response.text[:300]
    inside = told.get("data") or told
    output = told.get("output") or {}
    return Seen(
        id=inside.get("taskId") or inside["id"],
        status=inside["status"],
        progress=inside["progress"],
        url=output.get("url") or inside.get("outputUrl"),
        seconds=output.get("duration"),
        size=output.get("size"),
        error=inside.get("error"),
    )
