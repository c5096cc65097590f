"""Command lines as they stand in documents and workflows, held against the commands' own parsers."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from nemovideo_client.cli import arguments as client
from nemovideo_fakeserver.cli import arguments as fakeserver
from nemovideo_proxy import cli as proxy

PARSERS: dict[str, Callable[[], ArgumentParser]] = {
    "nemo-client": client.parser,
    "nemo-fakeserver": fakeserver.parser,
    "nemo-proxy": proxy.parser,
}
PLUGIN = ("-p", "no:nemovideo", "-p", "nemovideo_pytest.plugin", "-p", "no:schemathesis")
"""Our plugin as it is here, not as it may be installed; and without one that takes seconds to load."""

TESTS = str(Path(__file__).parents[1])

PUNCTUATION = "();<>|&"
ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


def commands(line: str) -> Iterator[list[str]]:
    """Yield the commands of a shell line, as words; those that `exec --` runs are commands, too."""
    words: list[str] = []
    before = ""
    tokens = shlex.shlex(line, posix=True, punctuation_chars=PUNCTUATION)
    tokens.whitespace_split = True
    for token in [*tokens, ";"]:
        if token[0] not in PUNCTUATION:
            words += [] if before[:1] in {"<", ">"} else [token]  # where to: no word of the command
        elif token[0] not in "<>":
            yield from _unwrapped(words)
            words = []
        before = token


def _unwrapped(words: list[str]) -> Iterator[list[str]]:
    while words and ASSIGNMENT.match(words[0]):
        words = words[1:]
    if words[1:2] == ["-m"]:
        words = words[2:]
    if words:
        yield [Path(words[0]).name, *words[1:]]
    if "--" in words[1:]:
        yield from _unwrapped(words[words.index("--") + 1 :])


def complaint(words: list[str]) -> str:
    """Return what the parser of a command says against its arguments; nothing for the commands of others."""
    name, *given = words
    if name == "pytest":
        return _of_pytest(given)
    return _of(PARSERS[name](), given) if name in PARSERS else ""


def _of(parser: ArgumentParser, given: list[str]) -> str:
    _loosen(parser)
    says = io.StringIO()
    try:
        with redirect_stderr(says), redirect_stdout(io.StringIO()):
            parser.parse_args(given)
    except SystemExit as ended:
        return says.getvalue() if ended.code else ""
    return ""


def _loosen(parser: ArgumentParser) -> None:
    """Let files be named that are not there: what counts is that the options are."""
    for action in parser._actions:
        action.type = None
        if isinstance(action.choices, dict):
            for child in action.choices.values():
                _loosen(child)


def _of_pytest(given: list[str]) -> str:
    """Let pytest read its options, and list its marks instead of running anything."""
    command = (sys.executable, "-m", "pytest", *PLUGIN, "--markers", *given)
    found = os.pathsep.join((TESTS, os.environ.get("PYTHONPATH", "")))  # plugins of ours are there
    with TemporaryDirectory() as empty:
        ran = subprocess.run(
            command,
            cwd=empty,
            env={**os.environ, "PYTHONPATH": found},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    return ran.stderr if ran.returncode else ""
