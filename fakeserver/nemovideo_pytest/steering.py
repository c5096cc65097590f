"""What a test steers its service with: `nemo_clock`, `nemo_faults`, `nemo_server`."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemovideo_fakeserver import Fake
    from nemovideo_fakeserver.core.faults.actions import Action
    from nemovideo_fakeserver.core.faults.faults import Armed
    from nemovideo_fakeserver.core.journal import Journal
    from nemovideo_fakeserver.judge import Report
    from nemovideo_pytest.doors.moving import Movable
    from nemovideo_pytest.service import Service


@dataclass(frozen=True, slots=True, repr=False)
class NemoClock:
    """The time of the test's service: in seconds since the epoch, virtual."""

    _service: Service
    _moved: Movable

    def now(self) -> float:
        """Return the time."""
        return self._service.now()

    def jump(self, seconds: float) -> None:
        """Go forward by `seconds`; ValueError if that is negative."""
        self._moved.jump(seconds)

    def jump_to(self, moment: float) -> None:
        """Go forward to `moment`; ValueError if it is past."""
        self._moved.jump_to(moment)

    def sleep_sync(self, seconds: float) -> None:
        """Wait until `seconds` from now, blocking this thread."""
        self._service.sleep(seconds)

    def sleep(self, seconds: float) -> Awaitable[None]:
        """Wait until `seconds` from now, in asyncio."""
        return self._service.asleep(seconds)

    def __repr__(self) -> str:
        return f"<NemoClock {datetime.fromtimestamp(self.now(), UTC):%Y-%m-%dT%H:%M:%SZ}>"


@dataclass(frozen=True, slots=True, repr=False)
class NemoFaults:
    """What is to go wrong in the world of the test; an iterable of the armed faults."""

    _fake: Fake
    _world: str = ""

    def arm(self, at: str, do: Mapping[str, Any] | Action, **more: Any) -> Armed:
        """Arm a fault, as `Fake.arm` does: `nemo_faults.arm("turn.heartbeat[2]", {"break": "reset"})`.

        Raises `FaultUnknown`, a ValueError, for what does not exist.
        """
        return self._fake.arm(at, do, world=self._world, **more)

    def unfired(self) -> list[Armed]:
        """Return the faults that have not fired yet; such a fault fails the test at its end."""
        return self._fake.world(self._world).faults.unfired()

    def __iter__(self) -> Iterator[Armed]:
        return iter(tuple(self._fake.world(self._world).faults.armed))

    def __repr__(self) -> str:
        return f"<NemoFaults {[str(armed.fault.words()) for armed in self]}>"


@dataclass(frozen=True, repr=False)
class NemoServer:
    """A world of the test's own on the server of the run, for programs in any language.

    `clock` is its time, which runs.
    """

    _service: Service
    _fake: Fake
    clock: NemoClock

    @property
    def url(self) -> str:
        """Its base URL, without a slash at its end."""
        return self._service.base_url

    @cached_property
    def env(self) -> dict[str, str]:
        """What a program finds it by: `subprocess.run(..., env={**os.environ, **nemo_server.env})`.

        `NEMO_API_URL` and `NEMO_WEB_URL`; `NEMO_TOKEN`, that of the scenario's account or of a new one; and
        `NEMO_CLIENT_ID`, under which that account may come back.
        """
        from nemovideo_fakeserver.cli.identity import identity

        who = identity(self._fake, "nemo-server", self._service.world)
        here = {"NEMO_API_URL": self.url, "NEMO_WEB_URL": self.url}
        return {**here, "NEMO_CLIENT_ID": "nemo-server", **who}

    @property
    def journal(self) -> Journal:
        """What has happened; ask it with `nemovideo_fakeserver.verify`."""
        return self._fake.world(self._service.world).journal

    def arm(self, at: str, do: Mapping[str, Any] | Action, **more: Any) -> Armed:
        """Arm a fault, as `Fake.arm` does."""
        return self._fake.arm(at, do, world=self._service.world, **more)

    def verdicts(self) -> Report:
        """Return what the judge says of the clients so far."""
        return self._fake.verdicts(self._service.world)

    def timeline(self, session: str | None = None, *, width: int = 100) -> str:
        """Return a session, or all that happened, drawn as text."""
        return self._fake.timeline(session, world=self._service.world, width=width)

    def __repr__(self) -> str:
        return f"<NemoServer {self.url}>"
