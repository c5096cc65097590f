"""The addon that answers in our words where mitmproxy would write a page of its own: the service is not there.

No hook can do that: when `error` is called, the page is on its way. But `next_layer` may choose another layer,
and ours is mitmproxy's with one event put in other words.
"""

from __future__ import annotations

from typing import Any

from mitmproxy import http
from mitmproxy.proxy import events, layer
from mitmproxy.proxy.layers.http import HttpLayer, HttpStream
from mitmproxy.proxy.layers.http._events import (
    ResponseData,
    ResponseEndOfMessage,
    ResponseHeaders,
    ResponseProtocolError,
)

from nemovideo_proxy.mitm import wording
from nemovideo_proxy.recording.marked import MARK, TOO_LARGE, Marked

_OF_GATE = "Connection killed: "
_NOT_TRUSTED = "Certificate verify failed"


class Pages:
    """Puts marked answers in the place of mitmproxy's pages."""

    def next_layer(self, data: layer.NextLayer) -> None:
        """Put ours where mitmproxy has chosen HTTP: at once, or below TLS."""
        above: Any = None
        found: Any = data.layer
        while found is not None and type(found) is not HttpLayer:
            above, found = found, getattr(found, "child_layer", None)
        if found is None:
            return
        found.context.layers.remove(found)  # into which a layer enters itself when it is made
        ours = _Http(found.context, found.mode)
        if above is None:
            data.layer = ours
        else:
            above.child_layer = ours


class _Http(HttpLayer):
    def event_to_child(
        self, child: layer.Layer | HttpStream, event: events.Event
    ) -> layer.CommandGenerator[None]:
        if isinstance(event, ResponseProtocolError) and child is self.connections.get(
            self.context.client
        ):
            for said in self._said(event):
                yield from super().event_to_child(child, said)
        else:
            yield from super().event_to_child(child, event)

    def _said(self, event: ResponseProtocolError) -> tuple[events.Event, ...]:
        stream = self.streams.get(event.stream_id)
        response = None if stream is None else _response(stream.flow, event)
        if response is None:
            return (event,)
        # mitmproxy remembers what went wrong as long as the client's connection lasts
        response.headers["Connection"] = "close"
        return (
            ResponseHeaders(event.stream_id, response),
            ResponseData(event.stream_id, response.raw_content or b""),
            ResponseEndOfMessage(event.stream_id),
        )


def _response(flow: http.HTTPFlow, event: ResponseProtocolError) -> http.Response | None:
    """Return what to answer in the place of a page; None where there is to be none, or it is not for us to say."""
    if flow.response is not None:
        return flow.response if MARK in flow.response.headers else None
    match _status(event):
        case 413:
            return wording.response(TOO_LARGE)
        case 502:
            return wording.response(_marked(flow.request, event.message))
    return None


def _status(event: ResponseProtocolError) -> int | None:
    """Return the status of the page, if there is to be one: a number in mitmproxy 11, later an enum knows it."""
    code: Any = event.code
    status: int | None = code if isinstance(code, int) else code.http_status_code()
    return status


def _marked(request: http.Request, why: str) -> Marked:
    if why.startswith(_OF_GATE):
        return Marked(why="refused", sentence=why.removeprefix(_OF_GATE))
    place = f"{request.host}:{request.port}"
    if why.startswith(_NOT_TRUSTED):
        sentence = f"{place} is not who it says ({why}): nothing was sent to it"
    else:
        sentence = f"no reply comes from {place} ({why}): is it running, and is there a network?"
    return Marked(why="unreachable", sentence=sentence)
