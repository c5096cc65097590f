"""The addon that records. It only translates; what a recording is stands in `nemovideo_proxy.recording`.

Relied upon, and found out by trying with mitmproxy 11.0 and 12.3:

* A callable as `flow.response.stream`, set in `responseheaders`, is called with each chunk of the service's
  when it comes: two chunks in one packet are two calls, a chunk that breaks off in the middle is a call with
  what came of it, and an empty call is the end of a whole reply. What it returns leaves at once; an empty
  list leaves nothing (empty bytes would be the last chunk).
* The first bytes of a reply that ends badly have been passed on; then comes `error`, and never `response`.
* A response that is set in `requestheaders` stays, and is sent after the request's body has come; an upload
  that is refused is read, and goes nowhere.
* With a callable as `flow.request.stream`, the `request` hook comes after the body has gone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from mitmproxy import http
from mitmproxy.proxy import server_hooks

from nemovideo_proxy.mitm import sockets, wording
from nemovideo_proxy.mitm.door import Door
from nemovideo_proxy.mitm.gate import Gate
from nemovideo_proxy.mitm.patience import Patience
from nemovideo_proxy.mitm.sockets import Readers
from nemovideo_proxy.model import Request
from nemovideo_proxy.recording import replayed
from nemovideo_proxy.recording.ends import Signs, end_of
from nemovideo_proxy.recording.exchange import length_of
from nemovideo_proxy.recording.marked import TOO_LARGE, Marked, NotRecorded
from nemovideo_proxy.recording.passing import Passing
from nemovideo_proxy.recording.routing import Route, Routing
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.uploads import streams_up

HELD = 8 * 1024 * 1024
"""Bytes up to which a request is held whole, so that addresses of assets in it can be put back."""

Check: TypeAlias = Callable[[Request], Awaitable[Marked | None]]
"""Says why a request is not to be made (it costs too much), or None."""


class Recording:
    """Records what passes to one service."""

    def __init__(
        self,
        session: Session,
        gate: Gate,
        patience: Patience,
        check: Check,
        door: Door | None = None,
    ) -> None:
        self._session = session
        self._door = door
        self._readers = Readers()
        self._gate = gate
        self._patience = patience
        self._check = check
        self._passing: dict[str, Passing] = {}
        self._routing = Routing(
            service=session.upstream, assets=session.recorder.assets, instance=session.instance
        )

    def server_connected(self, data: server_hooks.ServerConnectionHookData) -> None:
        """Remember how to find out how this connection will end."""
        self._readers.server_connected(data)

    def done(self) -> None:
        """End the recording; what is underway ends as lost, whatever its connections do after this."""
        self._passing.clear()
        try:
            self._session.recorder.close(self._session.tell)
        except NotRecorded as failure:
            self._session.failed(str(failure))

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Refuse what is not for the service; begin at once with a body that is to be streamed."""
        headers = wording.headers_of(flow.request)
        refused = self._routing.refusal(flow.request.host, flow.request.port, headers)
        length = length_of(headers) or 0
        if refused is None and length > self._session.recorder.max_body:
            refused = TOO_LARGE
        if refused is not None:
            wording.answer(flow, refused)
            return
        if streams_up(headers) or length > HELD:
            self._stream_up(flow)

    async def request(self, flow: http.HTTPFlow) -> None:
        """Begin with a request that is whole; of one that was streamed, the body is whole now."""
        passing = self._passing.get(flow.id)
        if passing is None:
            if flow.response is None:
                await self._begin(flow)
            return
        try:
            passing.sent()
        except NotRecorded as failure:
            self._fail(flow, failure)

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Take the head, and ask for the pieces."""
        passing, response = self._passing.get(flow.id), flow.response
        if passing is None or response is None:
            return
        self._patience.moved(flow)
        headers = wording.headers_of(response)
        try:
            passing.head(
                response.status_code, response.reason or "", response.http_version, headers
            )
        except NotRecorded as failure:
            self._fail(flow, failure)
            return
        if "location" in response.headers:
            to = self._routing.inside(response.headers["location"], passing.request, passing.base)
            response.headers["location"] = to
        if passing.reframed:
            wording.reframe(flow, response)
        response.stream = lambda data: self._piece(flow, passing, data)

    def response(self, flow: http.HTTPFlow) -> None:
        """A reply without a body has ended."""
        if (passing := self._passing.get(flow.id)) is not None:
            self._piece(flow, passing, b"")

    def error(self, flow: http.HTTPFlow) -> None:
        """An exchange has ended badly."""
        passing, gave_up = self._passing.pop(flow.id, None), self._patience.over(flow)
        if passing is None:
            return
        broke, left = self._readers.broke(flow), sockets.client_left(flow)
        try:
            passing.end(end_of(Signs(client_left=left, gave_up=gave_up, broke=broke)))
        except NotRecorded as failure:
            self._fail(flow, failure)
        if broke and self._readers.had(flow):
            sockets.break_client(flow)
        if flow.response is None and self._readers.had(flow):
            sockets.close_client(flow)

    def _stream_up(self, flow: http.HTTPFlow) -> None:
        passing = self._enter(flow, self._route(flow))
        if passing is None:
            return
        try:
            passing.stream_up()
        except NotRecorded as failure:
            self._fail(flow, failure)
            return
        flow.request.stream = lambda data: self._piece_up(flow, passing, data)

    async def _begin(self, flow: http.HTTPFlow) -> None:
        if self._door is not None and self._door.knows(flow):
            self._door.lead(flow)
            return
        route = self._route(flow)
        if isinstance(route, Route):
            refused = await self._check(route.recorded)
            if refused is not None:
                route = refused
        self._enter(flow, route)

    def _route(self, flow: http.HTTPFlow) -> Route | Marked:
        if self._session.recorder.failure:
            return Marked(why="not-recorded", sentence=self._session.recorder.failure)
        request = wording.request_of(flow.request)
        refused = None if self._door is None else replayed.refusal(request)
        return refused or self._routing.route(request)

    def _enter(self, flow: http.HTTPFlow, route: Route | Marked) -> Passing | None:
        """Let a request pass, or answer it."""
        if isinstance(route, Marked):
            wording.answer(flow, route)
            return None
        base = wording.base_of(flow, self._session.upstream)
        try:
            passing = Passing(self._session, route.recorded, base=base)
        except NotRecorded as failure:
            self._fail(flow, failure)
            return None
        self._passing[flow.id] = passing
        self._patience.moved(flow)
        self._gate.open(route.place)
        wording.send(flow.request, route)
        return passing

    def _piece_up(self, flow: http.HTTPFlow, passing: Passing, data: bytes) -> bytes | list[bytes]:
        self._patience.moved(flow)
        try:
            passing.piece_up(data)
        except NotRecorded as failure:
            self._fail(flow, failure)
            return []
        return data or []

    def _piece(self, flow: http.HTTPFlow, passing: Passing, data: bytes) -> bytes | list[bytes]:
        self._patience.moved(flow)
        try:
            if data:
                return passing.piece(data) or []
            self._passing.pop(flow.id, None)
            self._patience.over(flow)
            return passing.end("eof") or []
        except NotRecorded as failure:
            self._fail(flow, failure)
            return []

    def _fail(self, flow: http.HTTPFlow, failure: NotRecorded) -> None:
        """Let nothing pass that is not recorded: say so where nothing has been sent yet, else break off."""
        self._patience.over(flow)
        self._passing.pop(flow.id, None)
        self._session.failed(str(failure))
        marked = Marked(why="not-recorded", sentence=str(failure))
        if wording.nothing_streams(flow):
            wording.answer_instead(flow, marked)
        else:
            sockets.break_client(flow)
            sockets.close_client(flow)
