"""NemoVideo, under asyncio: the same flows as `client`, driven with awaits.

async with AsyncNemoClient() as nemo:
    async with nemo.stream("Make a lo-fi hip-hop loop at 80 BPM") as events:
        async for event in events:
            print(event)
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, Unpack

import httpx

from nemovideo_client.base import BaseClient, described
from nemovideo_client.connections import AsyncConnections
from nemovideo_client.drive.aio import AsyncDriver
from nemovideo_client.drive.clock import steady
from nemovideo_client.drive.course import Course
from nemovideo_client.events import Event
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.connecting import connect
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.turn import turn
from nemovideo_client.settings import Settings, prepared
from nemovideo_client.streams import AsyncStream
from nemovideo_client.wire.steps import Flow

P = ParamSpec("P")
T = TypeVar("T")


def _returning(
    flow: Callable[Concatenate[Context, P], Flow[T]], name: str = ""
) -> Callable[Concatenate[AsyncNemoClient, P], Coroutine[Any, Any, T]]:
    """Make a flow a coroutine that returns its result."""

    async def method(self: AsyncNemoClient, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.drive(lambda context: flow(context, *args, **kwargs)).finish()

    return described(method, flow, "{}", name)


def _streaming(
    flow: Callable[Concatenate[Context, P], Flow[T]],
) -> Callable[Concatenate[AsyncNemoClient, P], AsyncStream[Event, T]]:
    """Make a flow a method that returns the events it shows, and then its result."""

    def method(
        self: AsyncNemoClient, /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncStream[Event, T]:
        return self.drive(lambda context: flow(context, *args, **kwargs))

    return described(method, flow, "AsyncStream[Event, {}]", "stream")


class AsyncNemoClient(BaseClient):
    """A client for asyncio; `settings.Settings` has its arguments.

    `http_client` may be any `httpx.AsyncClient`: its transport decides where requests go, and it is not
    closed here. `sleep` and `now` (seconds) may follow another clock.
    """

    def __init__(
        self,
        *,
        http_client: httpx.AsyncClient | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = steady,
        **settings: Unpack[Settings],
    ) -> None:
        self._context = prepared(settings)
        self._connections = AsyncConnections(http_client)
        self._driver = AsyncDriver(self._connections.client, sleep=sleep, now=now)

    stream = _streaming(turn)
    connect = _returning(connect)
    chat = _returning(turn, "chat")
    upload = _returning(endpoints.upload)
    credits = _returning(endpoints.credits)
    state = _returning(endpoints.state)
    export = _returning(endpoints.export)
    submit_render = _returning(endpoints.submit_render)
    render_status = _returning(endpoints.render_status)
    cancel_render = _returning(endpoints.cancel_render)
    wait_for_render = _returning(endpoints.wait_for_render)
    download_render = _returning(endpoints.download_render)
    claim_link = _returning(endpoints.claim_link)
    create_anonymous_token = _returning(endpoints.create_anonymous_token)
    create_claim_token = _returning(endpoints.create_claim_token)
    create_session = _returning(endpoints.create_session)
    create_api_token = _returning(endpoints.create_api_token)
    list_api_tokens = _returning(endpoints.list_api_tokens)
    revoke_api_token = _returning(endpoints.revoke_api_token)

    def drive(self, flow: Callable[[Context], Flow[T]]) -> AsyncStream[Any, T]:
        """Drive a flow on behalf of this client; nothing happens before its first step is asked for."""
        options = self._context.options
        course = Course(flow(self._context))
        return AsyncStream(course, self._driver.shows(course, options.base_url, options.timeout))

    async def aclose(self) -> None:
        """Close the connections, unless they came from outside."""
        await self._connections.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
