"""Listens to what passes through an httpx transport, as the interactions of a recording."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from nemovideo_proxy.model import Body, Interaction, Request, Response


class Listening(httpx.BaseTransport):
    """Passes everything on to `inner`, whole, and keeps it in `heard`; `now` gives seconds."""

    def __init__(self, inner: httpx.BaseTransport, now: Callable[[], float]) -> None:
        self._inner = inner
        self._now = now
        self._began = now()
        self.heard: list[Interaction] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass one request on."""
        at = self._now() - self._began
        content: Body = request.read()
        response = self._inner.handle_request(request)
        body = response.read()
        self.heard.append(
            Interaction(
                number=len(self.heard) + 1,
                at=at,
                request=Request(
                    method=request.method,
                    url=request.url.raw_path.decode(),
                    headers=tuple(request.headers.multi_items()),
                    body=content,
                ),
                response=Response(
                    status=response.status_code,
                    headers=tuple(response.headers.multi_items()),
                    body=body,
                ),
                ended=self._now() - self._began - at,
            )
        )
        return httpx.Response(response.status_code, headers=response.headers, content=body)
