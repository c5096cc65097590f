"""The same conversation, as each front end shows it."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from nemovideo_client.cli.failures import Interrupted
from nemovideo_client.cli.front import Front, chosen, size
from nemovideo_client.cli.show_json import JsonFront
from nemovideo_client.cli.show_plain import PlainFront
from nemovideo_client.cli.show_rich import RichFront
from nemovideo_client.cli.waiting import THEME
from nemovideo_client.display import (
    Delivered,
    Link,
    Problem,
    Say,
    Shown,
    Status,
    Suggestion,
    Timeline,
    Working,
)
from nemovideo_client.errors import NemoError, OutOfCredits, RenderTimeout, UsageError
from nemovideo_client.models import Json

TIMELINE = Timeline(
    (
        "Current timeline (2 tracks):",
        "1. Video: 海滩.mp4 (0-8s)",
        "2. BGM: Lo-fi (0-8s, 40% volume)",
    )
)
FILM = Delivered(Path("film.mp4"), 233_832, "✅ Video ready!")
BROKE = Problem("Not enough credits.", OutOfCredits("Not enough credits", code=2001))
CONVERSATION: tuple[Shown, ...] = (
    Status("Connecting..."),
    Link("Open the project in a browser", "https://x.test/workspace/claim?ct=clm_1"),
    Status("Uploading..."),
    Working("upload", 500, 1000, "Uploading..."),
    Working("upload", 1000, 1000, "Uploading..."),
    Status("Working on it..."),
    Say("The music ", done=False),
    Say("plays.", done=False),
    Say(""),
    Say("Anything else?"),
    TIMELINE,
    Working("render", 0, 100, "⏳ 0%"),
    Working("render", 100, 100, "⏳ 100%"),
    FILM,
    Suggestion('Say "export" to get the video.'),
    BROKE,
)
WORDS = """Open the project in a browser: https://x.test/workspace/claim?ct=clm_1
The music plays.
Anything else?
Current timeline (2 tracks):
{indent}1. Video: 海滩.mp4 (0-8s)
{indent}2. BGM: Lo-fi (0-8s, 40% volume)
✅ Video ready! film.mp4 (233.8 kB)
Say "export" to get the video.
"""
EVIL = "\x1b[2J\x9b31m[red]x[/red] :warning: \u202e{0}"
EVIL_THINGS: tuple[Shown, ...] = (
    Status(EVIL),
    Say(EVIL),
    Say(EVIL, done=False),
    Say(""),
    Timeline((EVIL, EVIL)),
    Link(EVIL, EVIL),
    Working("render", 1, 100, EVIL),
    Delivered(Path(EVIL), 1, EVIL),
    Suggestion(EVIL),
    Problem(EVIL, UsageError(EVIL)),
)


def play(front: Front, things: Sequence[Shown]) -> None:
    """Show everything, and leave."""
    for thing in things:
        front.show(thing)
    front.close()


class Terminal:
    """A rich front end whose two streams are kept: as a terminal of 60 columns, or not as one."""

    def __init__(self, *, live: bool, **environ: str) -> None:
        self.out, self.err = _console(live, environ), _console(live, environ)
        self.front = RichFront(self.out, self.err)

    def shown(self) -> str:
        """Return what was written to the one."""
        assert isinstance(self.out.file, io.StringIO)
        return self.out.file.getvalue()

    def complained(self) -> str:
        """Return what was written to the other."""
        assert isinstance(self.err.file, io.StringIO)
        return self.err.file.getvalue()


def _console(live: bool, environ: dict[str, str]) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=live,
        width=60,
        highlight=False,
        theme=THEME,
        _environ={"TERM": "xterm", **environ},
    )


def test_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Answers go to stdout as lines; what goes on, once each, and problems to stderr."""
    play(PlainFront(), CONVERSATION)

    said = capsys.readouterr()
    assert said.out == WORDS.format(indent="")
    assert said.err.splitlines() == [
        "Connecting...",
        "Uploading...",
        "Working on it...",
        "⏳ 0%",
        "⏳ 100%",
        "nemo-client: Not enough credits.",
    ]


def test_rich_words() -> None:
    """On a terminal the words are the same, the timeline is set in, and problems go to stderr."""
    terminal = Terminal(live=False)

    play(terminal.front, [t for t in CONVERSATION if not isinstance(t, Status | Working)])

    assert terminal.shown() == WORDS.format(indent="  ")
    assert terminal.complained() == "Not enough credits.\n"


def test_rich_colours_mean_little() -> None:
    """A heading is bold, a link underlined, a suggestion dim, a problem red; answers are plain."""
    terminal = Terminal(live=True)

    play(terminal.front, CONVERSATION)

    shown = terminal.shown()
    assert "\x1b[1mCurrent timeline (2 tracks):\x1b[0m" in shown
    assert "\x1b[4;36mhttps://x.test/workspace/claim?ct=clm_1\x1b[0m\n" in shown
    assert '\x1b[2mSay "export" to get the video.\x1b[0m' in shown
    assert "Anything else?\n" in shown
    assert terminal.complained() == "\x1b[31mNot enough credits.\x1b[0m\n"


def test_rich_shows_what_goes_on() -> None:
    """A status has a clock, an upload its bytes, a render its share; the cursor is back at the end."""
    terminal = Terminal(live=True)

    play(terminal.front, CONVERSATION)

    shown = terminal.shown()
    assert "Working on it... \x1b[2m0:00:0" in shown
    assert "0.5/1.0 kB" in shown
    assert "⏳ 0%" in shown
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l")


def test_rich_without_colour_has_none() -> None:
    """NO_COLOR takes every colour; bold and dim may stay."""
    terminal = Terminal(live=True, NO_COLOR="1")

    play(terminal.front, CONVERSATION)

    shown = terminal.shown() + terminal.complained()
    assert "\x1b[1mCurrent timeline" in shown
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d", shown)


def test_wide_characters_take_two_columns() -> None:
    """Chinese text wraps where the terminal ends, not in the middle of it."""
    terminal = Terminal(live=False)

    terminal.front.show(Say("标题已添加" * 10))

    assert terminal.shown().splitlines() == ["标题已添加" * 6, "标题已添加" * 4]


def test_an_interrupted_sentence_gets_its_line_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever comes after half a sentence begins on a line of its own."""
    terminal = Terminal(live=False)
    things = (Say("Half a", done=False), TIMELINE)

    play(PlainFront(), things)
    play(terminal.front, things)

    assert capsys.readouterr().out.startswith("Half a\nCurrent timeline")
    assert terminal.shown().startswith("Half a\nCurrent timeline")


def test_plain_lines_obey_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """No control character of the service's reaches a pipe."""
    play(PlainFront(), EVIL_THINGS)

    said = capsys.readouterr()
    assert not {"\x1b", "\x9b", "\u202e"} & {*said.out, *said.err}
    assert said.out.startswith("[2J31m[red]x[/red] :warning: {0}\n")


def test_rich_obeys_nobody() -> None:
    """Neither a control character nor rich's own markup of the service's has any effect."""
    terminal = Terminal(live=True)

    play(terminal.front, EVIL_THINGS)

    shown = terminal.shown() + terminal.complained()
    assert "\x1b[2J" not in shown
    assert not {"\x9b", "\u202e"} & {*shown}
    assert shown.count("[red]x[/red] :warning: {0}") >= len(EVIL_THINGS)


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Each thing is an object that names what it is; the result comes last."""
    front = JsonFront()

    play(front, CONVERSATION)
    front.result({"session_id": "55"})

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"show": "status", "text": "Connecting..."}
    assert lines[1]["url"] == "https://x.test/workspace/claim?ct=clm_1"
    assert {"show": "say", "text": "The music ", "done": False} in lines
    assert {"show": "timeline", "lines": list(TIMELINE.lines)} in lines
    assert {
        "show": "delivered",
        "path": "film.mp4",
        "size": 233_832,
        "text": "✅ Video ready!",
    } in lines
    assert lines[-2] == {
        "show": "problem",
        "text": "Not enough credits.",
        "error": "OutOfCredits",
        "code": 2001,
        "next_step": "Top up credits in your account.",
    }
    assert lines[-1] == {"result": {"session_id": "55"}}


def test_json_is_safe_and_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters are escaped, and come back as they were."""
    JsonFront().show(Say(EVIL))

    line = capsys.readouterr().out
    assert line.isascii()
    assert "\x1b" not in line
    assert json.loads(line)["text"] == EVIL


def broke() -> OutOfCredits:
    """Return a refusal with a link to register."""
    error = OutOfCredits("Not enough credits", next_step="Register.")
    error.link = "https://x.test/register"
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UsageError("no"), {}),
        (RenderTimeout("Still running", render_id="render_7"), {"render_id": "render_7"}),
        (
            Interrupted("Interrupted.", next_step="Wait.", render_id="render_7"),
            {"next_step": "Wait.", "render_id": "render_7"},
        ),
        (broke(), {"code": 2001, "next_step": "Register.", "link": "https://x.test/register"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_json_tells_what_a_program_acts_upon(
    error: NemoError, told: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    """A problem has its code, its remedy, its render and its link, as far as there are any."""
    JsonFront().show(Problem("no", error))

    always = {"show": "problem", "text": "no", "error": type(error).__name__}
    assert json.loads(capsys.readouterr().out) == always | told


@pytest.mark.parametrize(("total", "most"), [(500_000_000, 101), (None, 478)])
def test_json_does_not_tell_every_byte(
    total: int | None, most: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A progress is a line for each per cent, or for each mebibyte where the end is unknown."""
    front = JsonFront()

    for done in range(0, 500_000_001, 500_000):
        front.show(Working("upload", done, total, "Uploading..."))

    assert len(capsys.readouterr().out.splitlines()) <= most


@pytest.mark.parametrize(
    ("bytes_", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (233_832, "233.8 kB"),
        (5_000_000_000, "5.0 GB"),
    ],
)
def test_sizes_for_people(bytes_: int, told: str) -> None:
    """A size has at most one decimal."""
    assert size(Delivered(Path("f"), bytes_, "")) == told


class _Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "term", "as_json", "kind"),
    [
        (True, "xterm", False, RichFront),
        (True, "dumb", False, PlainFront),
        (False, "xterm", False, PlainFront),
        (True, "xterm", True, JsonFront),
    ],
)
def test_the_front_end_suits_the_place(
    terminal: bool, term: str, as_json: bool, kind: type[Front], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rich for a terminal that can do it, plain lines elsewhere, JSON where it is asked for."""
    monkeypatch.setattr(sys, "stdout", _Tty() if terminal else io.StringIO())
    monkeypatch.setenv("TERM", term)

    assert type(chosen(as_json=as_json)) is kind


def test_without_rich_a_terminal_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says which extra it is, and what works without."""
    monkeypatch.setattr(sys, "stdout", _Tty())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setitem(sys.modules, "nemovideo_client.cli.show_rich", None)
    monkeypatch.delitem(sys.modules, "nemovideo_client.cli.show_rich")
    for name in [name for name in sys.modules if name.partition(".")[0] == "rich"]:
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(UsageError, match=r"pip install 'nemovideo-harness\[cli\]'"):
        chosen(as_json=False)
