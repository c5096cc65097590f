"""Which command does what over the API; every failure ends here, as one sentence and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from nemovideo_client.cli import errands, exporting, prompt
from nemovideo_client.cli.chatting import Chat
from nemovideo_client.cli.failures import FAILED, exit_code
from nemovideo_client.cli.front import chosen, is_terminal
from nemovideo_client.cli.runner import Runner, opened
from nemovideo_client.display import Problem
from nemovideo_client.errors import NemoError
from nemovideo_client.models import Json

Command: TypeAlias = Callable[[argparse.Namespace, Runner], Json | None]
"""Returns what a program wants to know; None when what went wrong was shown."""


def run(asked: argparse.Namespace) -> int:
    """Run the command that is asked for, and return its exit code. Raises UsageError without a front end."""
    front = chosen(as_json=asked.json)
    result: Json | None = None
    try:
        with opened(asked, front) as runner:
            result = COMMANDS[asked.command](asked, runner)
        code = FAILED if result is None else 0
    except NemoError as error:
        front.show(Problem(error.sentence, error))
        code = exit_code(error)
    finally:
        front.close()
    front.result(result)
    return code


def _connect(_: argparse.Namespace, runner: Runner) -> Json:
    return runner.run(errands.connect)


def _credits(_: argparse.Namespace, runner: Runner) -> Json:
    return runner.run(errands.credits)


def _state(_: argparse.Namespace, runner: Runner) -> Json:
    runner.begin()
    return runner.run(errands.state)


def _upload(asked: argparse.Namespace, runner: Runner) -> Json:
    runner.begin()
    flow = partial(errands.upload, sources=asked.sources, tell=runner.front.show)
    return runner.run(flow)


def _export(asked: argparse.Namespace, runner: Runner) -> Json:
    if asked.cancel:
        flow = partial(exporting.cancel, render_id=asked.cancel)
        return runner.run(flow)
    order = exporting.Order(place=asked.output, resolution=asked.resolution, render_id=asked.resume)
    return exporting.export(runner, order)


def _chat(asked: argparse.Namespace, runner: Runner) -> Json | None:
    at_keyboard = asked.text is None and sys.stdin.isatty()
    look = "/state" if at_keyboard else "nemo-client state"
    chat = Chat(runner, asked.output_dir, asked.files, look)
    went_well = True
    if at_keyboard:
        prompt.talk(chat, prompt.plain if asked.json or not is_terminal() else prompt.comfortable)
    else:
        went_well = chat.say_all(sys.stdin) if asked.text is None else chat.say(asked.text)
    session = runner.client.session
    return {"session_id": session and session.session_id} if went_well else None


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "connect": _connect,
        "chat": _chat,
        "upload": _upload,
        "credits": _credits,
        "state": _state,
        "export": _export,
    }
)
