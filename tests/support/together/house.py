"""What a test of the contract is given: clients on one side, a service on the other, and virtual time."""

from __future__ import annotations

import asyncio
import itertools
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, Unpack, cast

import httpx

from nemovideo_client import AsyncNemoClient, NemoClient
from nemovideo_client.conversation import AsyncConversation, Conversation, OnBytes
from nemovideo_client.errors import NemoError
from nemovideo_client.settings import Settings
from nemovideo_client.streams import Stream
from nemovideo_fakeserver import EPOCH, Fake
from nemovideo_fakeserver.core.account import Account
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.doors.door import Door
from support.meddling.meddler import Meddler
from support.together.blocked import Blocked, BlockedStream

T = TypeVar("T")


@dataclass(slots=True)
class Watched:
    """What a stream showed, each with the virtual seconds since reading began, and what it came to."""

    shown: list[tuple[float, Any]] = field(default_factory=list)
    outcome: Any = None

    @property
    def pieces(self) -> list[Any]:
        """What was shown, without the times."""
        return [thing for _, thing in self.shown]

    @property
    def times(self) -> list[float]:
        """When something was shown."""
        return [at for at, _ in self.shown]


class House(ABC):
    """One service, and as many clients as a test asks for; `meddler` makes the faults.

    A client has the methods of `NemoClient`, whichever it is. Times are virtual; `now` is in seconds
    since the service began.
    """

    def __init__(self, fake: Fake, meddler: Meddler, door: Door) -> None:
        self.fake = fake
        self.meddler = meddler
        self.door = door
        self._numbers = itertools.count(1)

    @abstractmethod
    def client(self, **settings: Unpack[Settings]) -> NemoClient:
        """Return a client with a client id of its own, unless one is given."""

    @abstractmethod
    def conversation(
        self, client: NemoClient, *, folder: Path = Path(), on_bytes: OnBytes | None = None
    ) -> Conversation:
        """Return a conversation over a client of this house."""

    @abstractmethod
    def together(self, *streams: Stream[Any, T]) -> list[T]:
        """Read several streams at the same time, each to its end; return their results."""

    @abstractmethod
    def close(self) -> None:
        """Close what the clients have open."""

    def now(self) -> float:
        """Return the virtual seconds since the service began."""
        return self.door.now() - EPOCH

    def jump(self, seconds: float) -> None:
        """Let time pass in which nobody does anything."""
        self.fake.clock.jump(seconds)

    def browse(self, url: str) -> httpx.Response:
        """Open a link as a browser does: without a token."""
        with self.door.sync_http() as http:
            return http.get(url)

    def watch(self, stream: Stream[Any, Any]) -> Watched:
        """Read a stream to its end; what it came to is the result, or the error it raised."""
        began, watched = self.now(), Watched()
        try:
            for thing in stream:
                watched.shown.append((round(self.now() - began, 6), thing))
            watched.outcome = stream.result
        except NemoError as error:
            watched.outcome = error
        return watched

    def token(self, *, registered: bool = False, credits_: int = 100) -> str:
        """Return a token as somebody may have one already, of an account of its own."""
        world = self.fake.world()
        world.settle()
        token = world.accounts.anonymous(f"somebody-{next(self._numbers)}", "192.0.2.1")
        account = token.account
        if registered:
            account.register()
            account.uid = account.uid.replace("anon_", "user_")
        if credits_ > account.ledger.total:
            missing = credits_ - account.ledger.total
            account.ledger.grant(missing, at=self.door.now(), reference="contract")
        return token.value

    def grant(self, client: NemoClient, credits_: int) -> None:
        """Give a client's account further credits."""
        ledger = self._account(client).ledger
        ledger.grant(credits_, at=self.door.now(), reference="contract")

    def spent(self, client: NemoClient) -> int:
        """Return what a client's account has paid, as the service's books have it."""
        entries = self._account(client).ledger.entries
        return sum(entry.amount for entry in entries if entry.kind == "settle")

    def asked(self, line: str) -> list[float]:
        """Return when `METHOD /path` was requested, in seconds since the service began."""
        return [round(seen.at - EPOCH, 6) for seen in self.meddler.asked(line)]

    @property
    def studio(self) -> Darkroom:
        """The service's studio, where it is one without an encoder."""
        studio = self.fake.world().studio
        assert isinstance(studio, Darkroom)
        return studio

    def _account(self, client: NemoClient) -> Account:
        world = self.fake.world()
        world.settle()
        return world.accounts.authenticate(client.token).account

    def _settings(self, given: Settings) -> Settings:
        return {
            "base_url": self.door.base_url,
            "client_id": f"contract-{next(self._numbers)}",
            **given,
        }


class BlockingHouse(House):
    """A house whose clients are `NemoClient`s."""

    def __init__(self, fake: Fake, meddler: Meddler, door: Door) -> None:
        super().__init__(fake, meddler, door)
        self._http = door.sync_http()

    def client(self, **settings: Unpack[Settings]) -> NemoClient:
        """Return a client."""
        return NemoClient(
            http_client=self._http,
            sleep=self.door.sleep,
            now=self.door.now,
            **self._settings(settings),
        )

    def conversation(
        self, client: NemoClient, *, folder: Path = Path(), on_bytes: OnBytes | None = None
    ) -> Conversation:
        """Return a conversation."""
        return Conversation(client, folder=folder, on_bytes=on_bytes)

    def together(self, *streams: Stream[Any, T]) -> list[T]:
        """Read each stream in a thread of its own."""
        ended: dict[int, T] = {}

        def read(number: int, finish: Callable[[], T]) -> None:
            ended[number] = finish()

        threads = [self.door.thread(read, n, stream.finish) for n, stream in enumerate(streams)]
        _run(threads)
        return [ended[number] for number in range(len(streams))]

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


class AsyncHouse(House):
    """A house whose clients are `AsyncNemoClient`s, on a loop of its own, and blocked."""

    def __init__(self, fake: Fake, meddler: Meddler, door: Door) -> None:
        super().__init__(fake, meddler, door)
        self._runner = asyncio.Runner()
        self._http = door.async_http()

    def client(self, **settings: Unpack[Settings]) -> NemoClient:
        """Return a client."""
        made = AsyncNemoClient(
            http_client=self._http,
            sleep=self.door.asleep,
            now=self.door.now,
            **self._settings(settings),
        )
        return cast("NemoClient", Blocked(made, self._runner))

    def conversation(
        self, client: NemoClient, *, folder: Path = Path(), on_bytes: OnBytes | None = None
    ) -> Conversation:
        """Return a conversation."""
        assert isinstance(client, Blocked)
        made = AsyncConversation(client.inner, folder=folder, on_bytes=on_bytes)
        return cast("Conversation", Blocked(made, self._runner))

    def together(self, *streams: Stream[Any, T]) -> list[T]:
        """Read all streams in one loop."""

        async def read() -> list[T]:
            made = [cast("BlockedStream", stream) for stream in streams]
            results: list[T] = await asyncio.gather(*(stream.inner.finish() for stream in made))
            return results

        return self._runner.run(read())

    def close(self) -> None:
        """Close the connections and the loop."""
        self._runner.run(self._http.aclose())
        self._runner.close()


def _run(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
