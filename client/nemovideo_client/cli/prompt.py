"""`chat` at a terminal: a prompt, a message, what comes of it, and again until Ctrl-D."""

from __future__ import annotations

import os
import shlex
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
from nemovideo_client.cli.failures import Misused
from nemovideo_client.cli.kinds import film, source
from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import HELP, WELCOME
from nemovideo_client.display import Problem, Suggestion
from nemovideo_client.errors import NemoError

Slash: TypeAlias = Callable[[Runner, list[str]], object]

QUIT = "/quit"
PROMPT = "› "
_IN_COLOUR = f"\001\033[1;36m\002{PROMPT}\001\033[0m\002"
"""Between \\001 and \\002 stands what takes no room on the line: readline must know."""


def talk(chat: Chat) -> None:
    """Talk until the end. Ctrl-C leaves a message, not the chat."""
    with suppress(ImportError):
        import readline  # noqa: F401 from now on `input` edits lines and knows those before

    chat.runner.front.show(Suggestion(WELCOME))
    while True:
        try:
            line = _line()
            if line is None or line == QUIT:
                return
            _answer(chat, line)
        except KeyboardInterrupt:  # the line is dropped, as in a shell
            print()


def _line() -> str | None:
    """Return the next line that says something; None at the end."""
    prompt = PROMPT if os.environ.get("NO_COLOR") else _IN_COLOUR
    try:
        while not (line := input(prompt).strip()):
            pass
    except EOFError:
        print()
        return None
    return line


def _answer(chat: Chat, line: str) -> None:
    """Do what a line asks for; what goes wrong is shown."""
    front = chat.runner.front
    try:
        _obey(chat, line)
    except NemoError as error:
        front.show(Problem(str(error), error))
    finally:
        front.close()
        print()


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
        raise Misused(f"{line} cannot be read: {problem}") from None
    try:
        SLASH[name](chat.runner, words)
    except ArgumentTypeError as problem:
        raise Misused(f"{name}: {problem}") from None


def _help(runner: Runner, _: list[str]) -> None:
    runner.front.show(Suggestion(HELP))


def _credits(runner: Runner, _: list[str]) -> None:
    runner.run(runner.client.drive(errands.credits))


def _state(runner: Runner, _: list[str]) -> None:
    runner.run(runner.client.drive(errands.state))


def _upload(runner: Runner, sources: list[str]) -> None:
    if not sources:
        raise ArgumentTypeError("name a file or a URL")
    flow = partial(
        errands.upload, sources=[source(name) for name in sources], tell=runner.front.show
    )
    runner.run(runner.client.drive(flow))


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
