"""For people at a terminal: text as it comes, a line that moves while they wait, colours that mean little."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from nemovideo_client.cli.clean import clean
from nemovideo_client.cli.front import size
from nemovideo_client.cli.waiting import THEME, Line, Wait
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
from nemovideo_client.models import Json


class RichFront:
    """Prints above a line that shows what goes on; the line gives way to text, and is gone at the end."""

    def __init__(self, out: Console | None = None, err: Console | None = None) -> None:
        self._out = out or Console(highlight=False, theme=THEME)
        self._err = err or Console(highlight=False, stderr=True)
        self._live: Line | None = None
        self._open = False

    def show(self, thing: Shown) -> None:
        """Show a thing."""
        match thing:
            case Status(text):
                self._wait("status", text, 0, None)
            case Working(stage, done, total, text):
                self._wait(stage, text, done, total)
            case Say(text, done):
                self._say(clean(text), done=done)
            case _:
                self._print(thing)

    def result(self, value: Json | None) -> None:
        """Show nothing: all was said."""

    def close(self) -> None:
        """Take the line away, and end the text that is being written."""
        self._make_room()
        self._live = None

    def _wait(self, wait: Wait, text: str, done: int, total: int | None) -> None:
        if self._live is None or self._live.wait != wait:
            self.close()
            self._live = Line(wait, self._out)
        self._live.update(text, done, total)
        if not self._open:
            self._live.start()

    def _say(self, text: str, *, done: bool) -> None:
        if self._live is not None:
            self._live.stop()
        if done and not self._open:
            if text.strip():
                self._out.print(Text(text.rstrip("\n")))
        else:
            # A piece begins anywhere in a line, so the terminal is left to wrap it.
            self._out.print(
                Text(text.rstrip("\n") if done else text), end="\n" if done else "", soft_wrap=True
            )
        self._open = not done
        self._go_on()

    def _print(self, thing: Timeline | Link | Delivered | Suggestion | Problem) -> None:
        self._make_room()
        match thing:
            case Timeline((heading, *tracks)):
                self._out.print(Text(clean(heading), "bold"))
                for track in tracks:
                    self._out.print(Padding(Text(clean(track)), (0, 0, 0, 2), expand=False))
            case Timeline(_):
                pass
            case Link(label, url):
                self._out.print(
                    Text.assemble(f"{clean(label)}: ", (clean(url), "underline cyan")),
                    soft_wrap=True,  # a URL broken into lines cannot be clicked
                )
            case Delivered(path, _, text):
                self._out.print(
                    Text.assemble(
                        f"{clean(text)} ", (clean(str(path)), "bold"), (f" ({size(thing)})", "dim")
                    ),
                    soft_wrap=True,
                )
            case Suggestion(text):
                self._out.print(Text(clean(text), "dim"))
            case Problem(text):
                self._err.print(Text(clean(text), "red"))
        if isinstance(thing, Timeline | Link):
            self._go_on()
        else:  # nothing is waited for after a file, a suggestion or a problem
            self._live = None

    def _make_room(self) -> None:
        """Stop the line, and end the text that is being written."""
        if self._live is not None:
            self._live.stop()
        if self._open:
            self._out.print()
        self._open = False

    def _go_on(self) -> None:
        if self._live is not None and not self._open and not self._live.is_over:
            self._live.start()
