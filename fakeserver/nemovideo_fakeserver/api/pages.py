"""The two web pages that links lead to: claiming a project, and registering.

Documented are the links alone: `/workspace/claim?ct=...` (vendor skill 1.9), the older form with
`token`, `task` and `session` (1.4 to 1.8), that without the token (four public skills), and
`/register?bind=<user id>`. Which links open a project is the variant `claim_link`.
"""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qsl

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import page
from nemovideo_fakeserver.core.draft import segments, tracks
from nemovideo_fakeserver.core.refusals import Refusal
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.wire.messages import Reply

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - fake NemoVideo</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}}
small{{color:#666}}table{{border-collapse:collapse}}td,th{{padding:.2rem .8rem .2rem 0;text-align:left}}</style></head>
<body><h1>{title}</h1>
{body}
<p><small>This page is part of a fake NemoVideo for development. Nothing here is real.</small></p>
</body></html>
"""


def claim(call: Call) -> Reply:
    """Show the project that a claim token, or an older link, opens."""
    session = _asked_for(call, dict(parse_qsl(call.head.query)))
    if session is None:
        return _shown(
            "This link does not open a project",
            "<p>It is incomplete, unknown or has expired.</p>",
            status=404,
        )
    rows = "".join(_row(number, track) for number, track in enumerate(tracks(session.draft), 1))
    table = (
        f"<table><tr><th>Track</th><th>Kind</th><th>Segments</th><th>Length</th></tr>{rows}</table>"
    )
    return _shown(
        session.task_name,
        f"<p>Session {session.id}</p>{table if rows else '<p>The timeline is empty.</p>'}",
    )


def register(call: Call) -> Reply:
    """Show where an anonymous user would register and keep the work done so far."""
    bind = dict(parse_qsl(call.head.query)).get("bind", "")
    if not bind:
        return _shown(
            "Register",
            "<p>This link names no account: it needs <code>?bind=&lt;user_id&gt;</code>.</p>",
            status=404,
        )
    return _shown(
        "Register",
        f"<p>The projects of <code>{escape(bind[:80])}</code> would move to your new account.</p>",
    )


def _asked_for(call: Call, asked: dict[str, str]) -> Session | None:
    if call.world.setting.variants.claim_link == "bare":
        return call.world.sessions.bare(asked.get("task", ""), asked.get("session", ""))
    if "ct" in asked:
        return call.world.sessions.claimed(asked["ct"])
    return _by_token(call, asked)


def _by_token(call: Call, asked: dict[str, str]) -> Session | None:
    try:
        token = call.world.accounts.authenticate(asked.get("token"))
        return call.world.sessions.get(token.account, asked.get("session", ""))
    except Refusal:
        return None


def _row(number: int, track: dict[str, object]) -> str:
    kind = {0: "video", 1: "audio", 7: "text"}.get(track.get("tt"), "other")  # type: ignore[call-overload]  # any key may be asked for
    inside = list(segments({"t": [track]}))
    length = sum(s["d"] for s in inside) / 1000
    return f"<tr><td>{number}</td><td>{kind}</td><td>{len(inside)}</td><td>{length:g} s</td></tr>"


def _shown(title: str, body: str, *, status: int = 200) -> Reply:
    return page(_PAGE.format(title=escape(title), body=body), status=status)
