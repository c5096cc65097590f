"""Requests that no documented route answers: a reply no NemoVideo client could take for the service's.

Paths that circulate in public skills but that the vendor never documented (`/api/v1/generate`,
`/v1/run`, ...) get the documented path that does the job.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.wire.messages import Head, Reply

MARK = ("X-Nemo-Fake", "unmatched")

_EMBELLISHED = (
    ("/api/v1/generate", "POST /run_sse"),
    ("/v1/generate", "POST /run_sse"),
    ("/v1/run", "POST /run_sse"),
    ("/v1/edit", "POST /run_sse"),
    ("/v1/shorts", "POST /run_sse"),
    ("/v1/bgm", "POST /run_sse"),
    ("/v1/subtitles", "POST /run_sse"),
    ("/v1/upload", "POST /api/upload-video/nemo_agent/me/{session}"),
    ("/v1/jobs", "GET /api/render/proxy/lambda/{render}"),
)
"""Undocumented path prefixes and the route that does what they promise (public skill pages 53421812729, 51779039715, 53644533678)."""


def unmatched(head: Head, routes: Iterable[str]) -> Reply:
    """Reply 404, naming what was asked and the nearest documented route."""
    asked = f"{head.method} {head.path}"
    for prefix, instead in _EMBELLISHED:
        if head.path == prefix or head.path.startswith(prefix + "/"):
            return _reply(asked, instead, f"{prefix} is in no document of the vendor")
    near = get_close_matches(asked[:200], list(routes), n=1, cutoff=0.6)
    return _reply(asked, near[0] if near else None, "no documented route has this method and path")


def crowded(most: int) -> Reply:
    """Refuse to make one world more."""
    told = {
        "fake": "nemovideo",
        "refused": f"there are {most} worlds already: use one of them, or start again",
    }
    return plain(told, status=429, headers=(MARK,))


def _reply(asked: str, nearest: str | None, why: str) -> Reply:
    told = {"fake": "nemovideo", "unmatched": asked[:200], "why": why, "nearest": nearest}
    return plain(told, status=404, headers=(MARK,))
