"""The side of the child: what a process does that `child` has started.

It limits itself, loads what it needs, answers one line after the other, and is gone as soon as its parent is, in the midst
of its work, too: a thread of its own reads the lines, and sees when there will be no more.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import TextIO

from nemovideo_fakeserver.media.children.child import READY


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a process may take, where the system can limit it.

    `memory` is in bytes of address space, `file` in bytes of one file that it writes; `patience` is
    how far it steps back behind others (0 to 19, as `nice` has it).
    """

    memory: int
    file: int
    patience: int


def limit(limits: Limits) -> None:
    """Keep to these limits from here on; before anything else is loaded, which is work, too."""
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    os.nice(limits.patience)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(answer: Callable[[str], str]) -> None:
    """Answer lines (ASCII) for as long as there is a parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the parent hears, too, and ends us
    replies = _silenced()
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(lines,), daemon=True).start()
    print(READY, file=replies, flush=True)
    while True:
        print(answer(lines.get()), file=replies, flush=True)


def _listen(lines: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)  # whatever the other thread is at


def _silenced() -> TextIO:
    """Return what standard output was; whatever else writes there or to standard error is not heard.

    Nobody reads the standard error of a child that has started, and a library may not spoil an answer.
    """
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    return replies
