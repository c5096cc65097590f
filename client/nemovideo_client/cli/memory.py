"""What is kept between two commands: the token, whose it is, and the session. One file per connection.

A client gets one free token in 7 days (all four skills), so a token that is lost is lost for a week.
The file is private, is there whole or not at all, and counts as empty when it is damaged.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

FOLDER = Path(".config/nemovideo")
"""Where the files are, below the home directory."""

LARGEST = 1 << 16
_SENDABLE = re.compile(r"[!-~]{1,4096}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was learnt about a connection; None: nothing."""

    token: str | None = field(default=None, repr=False)
    user_id: str | None = field(default=None, repr=False)
    session_id: str | None = None
    task_id: str | None = None


class Memory:
    """The file of one connection."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, base_url: str, environ: Mapping[str, str], home: Path) -> Self:
        """Return the memory for a base URL.

        Whoever brings a token or a client id of their own is somebody else there, and has another one.
        """
        who = [environ.get(name, "") for name in ("NEMO_TOKEN", "NEMO_CLIENT_ID")]
        number = hashlib.sha256("\0".join([base_url, *who]).encode()).hexdigest()[:16]
        host = re.sub(r"[^\w.-]+", "-", urlsplit(base_url).netloc.rpartition("@")[2])
        return cls(home / FOLDER / f"connection-{host[:80]}-{number}.json")

    def read(self) -> Known:
        """Return what is known; what cannot be read, or cannot be sent, is not."""
        try:
            with self.path.open("rb") as file:
                told = json.loads(file.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            return Known()
        if not isinstance(told, dict):
            return Known()
        return Known(**{one.name: _sendable(told.get(one.name)) for one in fields(Known)})

    def write(self, known: Known) -> None:
        """Keep what is known. Raises OSError."""
        self._make_folder()
        mine = self.path.with_name(f".{self.path.name}.{uuid4().hex[:8]}")
        descriptor = os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump(asdict(known), file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            mine.replace(self.path)
        finally:
            mine.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes that ask for this out, as far as the system can."""
        try:
            import fcntl

            self._make_folder()
            lock = os.open(
                self.path.with_name(f".{self.path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600
            )
        except (ImportError, OSError):
            yield
            return
        try:
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _make_folder(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sendable(value: object) -> str | None:
    return value if isinstance(value, str) and _SENDABLE.fullmatch(value) else None
