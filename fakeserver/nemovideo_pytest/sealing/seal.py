"""The seal of a run: what it refuses, and what it remembers of what was tried.

`Sealed` is a RuntimeError on purpose. An OSError would look like a network that is down: libraries try again,
try the next address, or go on without. Who catches everything still hides nothing: an attempt is
remembered, and fails the test at its end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nemovideo_pytest.sealing.callers import caller
from nemovideo_pytest.sealing.hosts import Hosts


class Sealed(RuntimeError):
    """Code under test tried to reach another machine. One sentence: whom, by what call, from where."""

    __module__ = "nemovideo_pytest"  # where it is public: pytest shows it with every error


@dataclass(slots=True)
class Seal:
    """Refuses all but `hosts`. `doing` is what goes on: the test, by its id, or what else."""

    hosts: Hosts
    doing: str = ""
    attempts: list[str] = field(default_factory=list)

    def connect(self, host: str, port: object, call: str) -> None:
        """Let a connection, or a packet, pass to an admitted host; raises Sealed."""
        if not self.hosts.admit(host):
            raise self._refused(f"{call} to {host} port {port}")

    def look_up(self, host: str, port: object, call: str) -> None:
        """Let a name be looked up if its host is admitted; raises Sealed."""
        if not self.hosts.admit_name(host):
            where = f" port {port}" if port not in (None, "", 0) else ""
            raise self._refused(f"{call} of {host}{where}")

    def _refused(self, what: str) -> Sealed:
        sentence = (
            f"{what} is sealed off: called at {caller()}, during {self.doing}; --nemo-seal lets nothing but"
            f" this machine be reached{self._named()}"
        )
        self.attempts.append(sentence)
        return Sealed(sentence)

    def _named(self) -> str:
        return "".join(f", and {name}" for name in sorted(self.hosts.names))
