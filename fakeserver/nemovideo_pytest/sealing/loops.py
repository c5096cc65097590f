"""The seal on event loops: asyncio's look up names in a thread of theirs, uvloop goes around Python's sockets.

In a loop's own thread the coroutines that wait for an answer are on the stack, so that the caller is known.
uvloop's packets (`transport.sendto` of a datagram endpoint without a remote address) cannot be seen.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from nemovideo_pytest.sealing.seal import Seal

Look = Callable[[Seal, str, dict[str, Any], tuple[Any, ...]], None]


@contextmanager
def watched(seal: Seal) -> Iterator[None]:
    """Let `seal` be on for event loops, asyncio's and, where it is installed, uvloop's."""
    with ExitStack() as undo:
        undo.enter_context(_guarded(asyncio.BaseEventLoop, "getaddrinfo", seal, _named))
        if importlib.util.find_spec("uvloop") is not None:
            import uvloop

            for method, look in _OF_UVLOOP.items():
                undo.enter_context(_guarded(uvloop.Loop, method, seal, look))
        yield


@contextmanager
def _guarded(kind: type, method: str, seal: Seal, look: Look) -> Iterator[None]:
    original = getattr(kind, method)
    own = method in vars(kind)

    @functools.wraps(original)
    def guarded(loop: object, *args: Any, **more: Any) -> Any:
        look(seal, method, more, args)
        return original(loop, *args, **more)

    setattr(kind, method, guarded)
    try:
        yield
    finally:
        if own:
            setattr(kind, method, original)
        else:
            delattr(kind, method)


def _named(seal: Seal, call: str, more: dict[str, Any], args: tuple[Any, ...]) -> None:
    _look_up(seal, call, *_from(args, more, "host", "port"))


def _connection(seal: Seal, call: str, more: dict[str, Any], args: tuple[Any, ...]) -> None:
    host, port = _from(args[1:], more, "host", "port")
    if host is not None:
        seal.connect(_text(host), port, call)


def _datagrams(seal: Seal, call: str, more: dict[str, Any], args: tuple[Any, ...]) -> None:
    (address,) = _from(args[2:], more, "remote_addr")
    if isinstance(address, tuple):
        seal.connect(_text(address[0]), address[1], call)


def _socket(seal: Seal, call: str, more: dict[str, Any], args: tuple[Any, ...]) -> None:
    (address,) = _from(args[1:], more, "address")
    if isinstance(address, tuple):
        seal.connect(_text(address[0]), address[1], call)


def _look_up(seal: Seal, call: str, host: object, port: object) -> None:
    if host is not None:
        seal.look_up(_text(host), port, call)


def _from(args: tuple[Any, ...], more: dict[str, Any], *names: str) -> list[Any]:
    """Return the arguments of these names, given by place or by name."""
    placed = dict(zip(names, args, strict=False))
    return [placed.get(name, more.get(name)) for name in names]


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


_OF_UVLOOP: dict[str, Look] = {
    "getaddrinfo": _named,
    "create_connection": _connection,
    "create_datagram_endpoint": _datagrams,
    "sock_connect": _socket,
}
