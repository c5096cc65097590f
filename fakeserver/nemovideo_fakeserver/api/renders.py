"""Ordering, watching and stopping renders.

What a reply looks like is in `render_shapes`, what a film is written as in `outputs`, whose request
may export in `attribution`.
"""

from __future__ import annotations

import re
from functools import partial

from nemovideo_fakeserver.api import attribution, fields, films
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.outputs import output
from nemovideo_fakeserver.api.render_shapes import shown
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.core.refusals import RequestMalformed
from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.wire.messages import Reply

_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


def check(call: Call) -> None:
    """Refuse an export that no skill stands behind, or that the plan does not allow: both 402."""
    attribution.check_export(call)
    call.world.renders.check_export(call.account)


def submit(call: Call) -> Reply:
    """Order a film of the draft in the body."""
    body = call.json()
    id_ = fields.text(body, "id")
    if not _ID.fullmatch(id_):
        raise RequestMalformed(
            f"id: letters, digits, '.', '_' and '-' only, at most 128; not {fields.shown(id_)}"
        )
    if "sessionId" not in body and "session_id" in body:
        raise RequestMalformed(
            "sessionId: missing; the render service spells it sessionId, not session_id"
        )
    session = call.world.sessions.get(call.account, fields.text(body, "sessionId"))
    draft = fields.mapping(body, "draft")
    render = call.world.renders.submit(session, id_, draft, output(body), cdn=call.cdn)
    return _status(call, render)


def poll(call: Call) -> Reply:
    """Show how a render stands; where its time is up and its film not there yet, see `films`."""
    render = call.world.renders.get(call.account, call.params["render"])
    call.world.renders.polled(render)
    return _status(call, render)


def cancel(call: Call) -> Reply:
    """Stop a render; what is over stays as it is."""
    render = call.world.renders.get(call.account, call.params["render"])
    call.world.renders.cancel(render)
    return _status(call, render)


def _status(call: Call, render: Render) -> Reply:
    return films.told(call, render, partial(_shown, call, render))


def _shown(call: Call, render: Render, seen: View) -> Reply:
    call.world.renders.shows(render, seen)
    call.told["shows"] = {"render": render.id, "status": seen.status, "progress": seen.progress}
    return plain(shown(render, seen, call.world.setting.variants.render_shape))
