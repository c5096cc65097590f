"""The seal on Python's sockets: an audit hook, which sees every call of them, whoever makes it.

A hook cannot be taken away again. There is one a process, made when the first seal is put on; while none is
on, it looks at nothing.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from nemovideo_pytest.sealing.seal import Seal

_on: list[Seal] = []
_hooked: list[bool] = []


@contextmanager
def audited(seal: Seal) -> Iterator[None]:
    """Let `seal` be on, in all threads, as long as this is open."""
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    _on.append(seal)
    try:
        yield
    finally:
        _on.remove(seal)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _on and (look := _LOOKS.get(event)) is not None:
        look(_on[-1], event.removeprefix("socket."), *args)


def _reach(seal: Seal, call: str, sock: socket.socket, address: Any) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
        seal.connect(_text(address[0]), address[1], call)


def _look_up(seal: Seal, call: str, host: object, port: object = None, *_: object) -> None:
    seal.look_up(_text(host), port, call)


def _name(seal: Seal, call: str, address: tuple[str, int]) -> None:
    seal.look_up(_text(address[0]), None, call)


def _text(host: object) -> str:
    if host is None:
        return ""
    return host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)


_LOOKS: dict[str, Callable[..., None]] = {
    "socket.connect": _reach,  # connect_ex, too
    "socket.sendto": _reach,
    "socket.sendmsg": _reach,
    "socket.getaddrinfo": _look_up,
    "socket.gethostbyname": _look_up,  # gethostbyname_ex, too
    "socket.gethostbyaddr": _look_up,
    "socket.getnameinfo": _name,
}
