"""`chat` at a keyboard: a prompt, a message, what comes of it, and again until Ctrl-D."""

from __future__ import annotations

import os
import shlex
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from nemovideo_client.cli import errands
from nemovideo_client.cli.chatting import Chat
from nemovideo_client.cli.exporting import Order, export
from nemovideo_client.cli.failures import Misused, Terminated
from nemovideo_client.cli.kinds import film, source
from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import HELP, WELCOME
from nemovideo_client.display import Problem
from nemovideo_client.errors import NemoError

Slash: TypeAlias = Callable[[Runner, list[str]], object]
Ask: TypeAlias = Callable[[], str]
"""Returns a line that was typed. Raises EOFError at the end."""

QUITTING = frozenset({"/quit", "exit", "quit", "bye"})
"""What ends the chat when it is all that is typed."""

PROMPT = "› "
PLAIN = "> "
_IN_COLOUR = f"\001\033[1;36m\002{PROMPT}\001\033[0m\002"
"""Between \\001 and \\002 stands what takes no room on the line: readline must know."""


def comfortable() -> str:
    """Ask at a terminal that can do more than print; the line can be edited."""
    with suppress(ImportError):
        import readline  # noqa: F401 from now on `input` edits lines and knows those before

    return input(PROMPT if os.environ.get("NO_COLOR") else _IN_COLOUR)


def plain() -> str:
    """Ask where standard output is for somebody else, or for a terminal that only prints."""
    print(PLAIN, end="", file=sys.stderr, flush=True)
    return input()


def talk(chat: Chat, ask: Ask) -> None:
    """Talk until the end. Ctrl-C leaves a message, not the chat; raises Terminated."""
    chat.runner.run(partial(errands.hint, sentence=WELCOME))
    while True:
        try:
            line = _line(ask)
            if line is None or line.lower() in QUITTING:
                return
            _answer(chat, line)
        except KeyboardInterrupt:  # the line is dropped, as in a shell
            _leave_line()


def _line(ask: Ask) -> str | None:
    """Return the next line that says something; None at the end."""
    try:
        while not (line := ask().strip()):
            pass
    except EOFError:
        _leave_line()
        return None
    return line


def _leave_line() -> None:
    """Go on below what was typed."""
    print(file=sys.stderr, flush=True)


def _answer(chat: Chat, line: str) -> None:
    """Do what a line asks for; what goes wrong is shown."""
    front = chat.runner.front
    try:
        _obey(chat, line)
    except Terminated:
        raise
    except NemoError as error:
        front.show(Problem(error.sentence, error))
    finally:
        front.close()
        _leave_line()


def _obey(chat: Chat, line: str) -> None:
    name, *rest = line.split(maxsplit=1)
    if not name.startswith("/") or Path(name).exists():
        chat.say(line)
        return
    if name not in SLASH:
        raise Misused(f"There is no {name}", next_step="/help lists the commands.")
    try:
        words = shlex.split(" ".join(rest))
    except ValueError as problem:
        raise Misused(f"{line} cannot be read: {problem}.") from None
    try:
        SLASH[name](chat.runner, words)
    except ArgumentTypeError as problem:
        raise Misused(f"{name}: {problem}.") from None


def _help(runner: Runner, _: list[str]) -> None:
    runner.run(partial(errands.hint, sentence=HELP))


def _credits(runner: Runner, _: list[str]) -> None:
    runner.run(errands.credits)


def _state(runner: Runner, _: list[str]) -> None:
    runner.begin()
    runner.run(errands.state)


def _upload(runner: Runner, sources: list[str]) -> None:
    if not sources:
        raise ArgumentTypeError("name a file or a URL")
    files = [source(name) for name in sources]
    runner.begin()
    runner.run(partial(errands.upload, sources=files, tell=runner.front.show))


def _export(runner: Runner, places: list[str]) -> None:
    export(runner, Order(place=film(places[0] if places else ".")))


SLASH: Mapping[str, Slash] = MappingProxyType(
    {
        "/upload": _upload,
        "/credits": _credits,
        "/state": _state,
        "/export": _export,
        "/help": _help,
    }
)
