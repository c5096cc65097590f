"""The NemoVideo that one test talks to, whichever of the worlds it lives in."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Unpack

from nemovideo_pytest.ending.ending import Ending

if TYPE_CHECKING:
    import httpx

    from nemovideo_client import AsyncNemoClient, NemoClient
    from nemovideo_client.settings import Settings
    from nemovideo_fakeserver import Fake
    from nemovideo_pytest.doors.door import Door


def _nothing() -> Settings:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Service:
    """How a test reaches its service, and what time it is there.

    `target` is the name of its world: `fake`, `served`, `server`, `cassette`, `live` or `url`. `fake` is the
    fake behind it, where there is one to steer and to ask; its world there is the default one, unless
    `world` names another. Times are in seconds since the epoch; virtual, unless the service is real.
    `told` are settings of every client of this project that is made here. `ending` says how the test has
    left the service; it is asked once, before the service ends.
    """

    target: str
    door: Door
    fake: Fake | None = None
    world: str = ""
    told: Settings = field(default_factory=_nothing)
    ending: Callable[[], Ending] = Ending

    @property
    def base_url(self) -> str:
        """The base URL, without a slash at its end: what `NEMO_API_URL` would be."""
        return self.door.base_url

    def transport(self) -> httpx.BaseTransport:
        """Return an httpx transport that reaches the service."""
        return self.door.sync_transport()

    def async_transport(self) -> httpx.AsyncBaseTransport:
        """Return an httpx transport for asyncio that reaches the service."""
        return self.door.async_transport()

    def http(self, timeout: float | None = 900.0) -> httpx.Client:
        """Return an httpx client with the base URL; `timeout` is in seconds of the service."""
        return self.door.sync_http(timeout)

    def async_http(self, timeout: float | None = 900.0) -> httpx.AsyncClient:
        """Return an httpx client for asyncio with the base URL; `timeout` is in seconds of the service."""
        return self.door.async_http(timeout)

    def now(self) -> float:
        """Return the time there."""
        return self.door.now()

    def sleep(self, seconds: float) -> None:
        """Wait, in the service's time."""
        self.door.sleep(seconds)

    def asleep(self, seconds: float) -> Awaitable[None]:
        """Wait, in the service's time, in asyncio."""
        return self.door.asleep(seconds)

    def thread(self, target: Callable[..., Any], *args: Any) -> threading.Thread:
        """Return a thread for which time waits, not yet started; make all of them, then start them."""
        return self.door.thread(target, *args)

    def client(self, **settings: Unpack[Settings]) -> NemoClient:
        """Return a client of this project that talks to the service and waits in its time."""
        from nemovideo_client import NemoClient

        given = self._given(settings)
        return NemoClient(http_client=self.http(), sleep=self.sleep, now=self.now, **given)

    def async_client(self, **settings: Unpack[Settings]) -> AsyncNemoClient:
        """Return a client of this project for asyncio that talks to the service and waits in its time."""
        from nemovideo_client import AsyncNemoClient

        given = self._given(settings)
        return AsyncNemoClient(
            http_client=self.async_http(), sleep=self.asleep, now=self.now, **given
        )

    def __repr__(self) -> str:
        return f"<Service {self.target} {self.base_url}>"

    def _given(self, settings: Settings) -> Settings:
        """Return what a client is given: a client id of its own is somebody else, whose token is another."""
        from nemovideo_client import Token

        told = self.told.copy()
        if "client_id" in settings and "token" in told:
            told["token"] = Token(value="")
        return {"base_url": self.base_url, **told, **settings}
