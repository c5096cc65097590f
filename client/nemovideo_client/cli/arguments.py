"""The flags of the commands."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from nemovideo_client.cli.kinds import (
    count,
    document,
    film,
    folder,
    seconds,
    source,
    url,
    word,
)
from nemovideo_client.cli.locales import is_whole

if TYPE_CHECKING:
    from argparse import _SubParsersAction  # argparse gives what it returns no public name

    Commands: TypeAlias = _SubParsersAction[argparse.ArgumentParser]

ENVIRONMENT = """environment: NEMO_API_URL, NEMO_WEB_URL, NEMO_TOKEN, NEMO_CLIENT_ID, SKILL_SOURCE (a flag wins)
"""

CHECKED = """Exit codes: 0 nothing, or warnings and hints; 1 errors; 2 a file that cannot be read.
"""

EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "connect": """example:
  nemo-client connect --skill SKILL.md
""",
        "chat": """examples:
  nemo-client chat "Make a lo-fi hip-hop loop at 80 BPM for my clip" --file beach.mp4
  nemo-client chat              talks with you, until Ctrl-D
  nemo-client chat < messages   sends a message for each line, until one fails
""",
        "upload": """example:
  nemo-client upload beach.mp4 https://example.com/waves.mp3
""",
        "credits": """example:
  nemo-client credits --json
""",
        "state": """example:
  nemo-client state
""",
        "export": """examples:
  nemo-client export -o film.mp4 --resolution 1080p
  nemo-client export -o film.gif
  nemo-client export -o film.mp4 --resume render_1772000000000
""",
        "show": """example:
  nemo-client skill show SKILL.md
""",
        "check": """examples:
  nemo-client skill check SKILL.md
  nemo-client skill check SKILL.md --run     runs its curl commands against a fake server, too
  nemo-client skill check --rules
""",
    }
)


class _Version(argparse.Action):
    """Prints the version of the distribution, which is looked up for nothing else."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from nemovideo_client.skill.attribution import of_this_client

        print(parser.prog, of_this_client({}).version)
        parser.exit()


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; what makes no sense ends the process with exit code 2."""
    whole = parser()
    for number, argument in enumerate(argv, 1):
        if not is_whole(argument):
            whole.error(f"argument {number} is not UTF-8")
    asked = whole.parse_args(argv)
    if (
        asked.command == "chat"
        and asked.text is not None
        and not (asked.text.strip() or asked.files)
    ):
        whole.error("chat: there is nothing to say")
    if asked.command == "skill" and asked.verb == "check" and not (asked.files or asked.rules):
        whole.error("skill check: name a SKILL.md")
    return asked


def parser() -> argparse.ArgumentParser:
    """Return the reader of a command line."""
    whole = argparse.ArgumentParser(
        prog="nemo-client",
        description="Talk to NemoVideo: make, edit and score videos by chat, and get them as files.",
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands: Commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    connect = "start a new project, which the other commands go on with"
    _command(commands, "connect", connect).set_defaults(session=None)
    _add_chat(commands)
    upload = _command(commands, "upload", "put files into the project")
    _add_session(upload)
    upload.add_argument("sources", nargs="+", type=source, metavar="FILE_OR_URL")
    _add_session(_command(commands, "credits", "say what can be spent"))
    _add_session(_command(commands, "state", "show the timeline"))
    _add_export(commands)
    _add_skill(commands)
    return whole


def _add_chat(commands: Commands) -> None:
    chat = _command(commands, "chat", "say something, or talk for as long as you like")
    chat.add_argument("text", nargs="?", metavar="TEXT", help="what to say; without it, lines")
    _add_session(chat)
    chat.add_argument(
        "--file",
        action="append",
        default=[],
        type=source,
        dest="files",
        metavar="FILE_OR_URL",
        help="comes with the message (the first one); may be repeated",
    )
    chat.add_argument(
        "-o",
        "--output-dir",
        type=folder,
        default=Path(),
        metavar="FOLDER",
        help="where films and subtitles are saved (default: here)",
    )
    _add_polling(chat)


def _add_export(commands: Commands) -> None:
    export = _command(commands, "export", "turn the timeline into a film; costs nothing")
    _add_session(export)
    export.add_argument(
        "-o",
        "--output",
        type=film,
        default=Path(),
        metavar="FILE",
        help="where to save it (default: here, under the render's id); its extension is the format asked for",
    )
    export.add_argument(
        "--resolution", metavar="SIZE", help="such as 720p or 1080p (default: as it is)"
    )
    other = export.add_mutually_exclusive_group()
    other.add_argument("--resume", metavar="RENDER_ID", help="wait for a render ordered earlier")
    other.add_argument("--cancel", metavar="RENDER_ID", help="stop a render, and save nothing")
    _add_polling(export)


def _add_polling(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--poll-interval",
        type=seconds,
        metavar="SECONDS",
        help="time between two looks at a render (default: the skill's, else 30)",
    )
    command.add_argument(
        "--max-polls",
        type=count,
        metavar="N",
        help="looks at a render before giving up, 0 for no end (default: the skill's, else 10)",
    )


def _add_skill(commands: Commands) -> None:
    skill = commands.add_parser("skill", help="read a SKILL.md", description="Read a SKILL.md.")
    verbs: Commands = skill.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    show = _subparser(verbs, "show", "say what a client that follows it will do")
    show.add_argument("file", type=document, metavar="FILE", help="a SKILL.md")
    _add_json(show)
    _add_check(verbs)


def _add_check(verbs: Commands) -> None:
    check = _subparser(verbs, "check", "say what would go wrong with it", CHECKED)
    check.add_argument("files", nargs="*", type=document, metavar="FILE", help="a SKILL.md")
    check.add_argument(
        "--run",
        action="store_true",
        help="run its curl commands, in order, against a fake server; nothing else is run or reached",
    )
    check.add_argument("--strict", action="store_true", help="fail on warnings, too")
    check.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    _add_json(check)


def _command(commands: Commands, name: str, purpose: str) -> argparse.ArgumentParser:
    """Declare a command that calls the API."""
    command = _subparser(commands, name, purpose, ENVIRONMENT)
    command.add_argument("--base-url", type=url, metavar="URL", help="where NemoVideo is")
    command.add_argument("--skill", type=document, metavar="SKILL.md", help="the skill to act for")
    command.add_argument(
        "--language", type=word, metavar="TAG", help="such as en or zh (default: the one you write)"
    )
    _add_json(command)
    return command


def _add_session(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--session",
        type=word,
        metavar="ID",
        help="a project to take, this once (default: the last)",
    )


def _subparser(
    commands: Commands, name: str, purpose: str, more: str = ""
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=f"{more}\n{EXAMPLES[name]}" if more else EXAMPLES[name],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--json", action="store_true", help="print a JSON object per line, the last one a result"
    )
