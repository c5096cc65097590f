"""The seal on programs that tests start: they are told of a proxy where nobody listens.

What honours `HTTPS_PROXY` and its like (curl, wget, git, pip, most HTTP libraries) then fails at once. A program
that does not is not held back: that takes a network namespace or a container. Programs that are started
around `subprocess` (`os.system`, `os.posix_spawn`, uvloop's own) are told nothing; forks of this
process keep its seal.
"""

from __future__ import annotations

import functools
import inspect
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

NOBODY = "http://127.0.0.1:9"
"""The proxy: the port for what is to be thrown away, where nothing listens."""

LOCAL = ("localhost", "127.0.0.1", "::1")


@contextmanager
def told(hosts: Iterable[str] = ()) -> Iterator[None]:
    """Let every child of `subprocess` know of the proxy, but for this machine and `hosts`."""
    original = subprocess.Popen.__init__
    takes = inspect.signature(original)
    proxies = _proxies((*LOCAL, *sorted(hosts)))

    @functools.wraps(original)
    def begin(*args: Any, **more: Any) -> None:
        given = takes.bind(*args, **more)
        environment = given.arguments.get("env")
        given.arguments["env"] = {
            **(os.environ if environment is None else environment),
            **proxies,
        }
        original(*given.args, **given.kwargs)

    subprocess.Popen.__init__ = begin  # type: ignore[method-assign]  # the one way to every child
    try:
        yield
    finally:
        subprocess.Popen.__init__ = original  # type: ignore[method-assign]


def _proxies(direct: tuple[str, ...]) -> dict[str, str]:
    names = {f"{scheme}_proxy": NOBODY for scheme in ("http", "https", "ftp", "all")}
    names["no_proxy"] = ",".join(direct)
    return names | {name.upper(): value for name, value in names.items()}
