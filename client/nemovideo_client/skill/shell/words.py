"""Words of a script, as they are before anything is put in for their variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands for itself; `quote` is `'`, `"` or nothing."""

    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`, or `${name…}` with what stands behind the name (such as `:-default`) as `rest`."""

    name: str
    rest: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """`$(…)`, or the same between backticks; `line` is where its script begins."""

    script: str
    quote: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """`$((…))`, which is no command."""

    text: str
    quote: str = ""


Part: TypeAlias = Literal | Variable | Output | Sum


@dataclass(frozen=True, slots=True)
class Word:
    """Parts without a blank between them; `line` is where it begins, `end` where it ends."""

    line: int
    parts: tuple[Part, ...]
    end: int = 0

    @property
    def plain(self) -> str | None:
        """The text, where nothing has to be put in; else None."""
        if all(isinstance(part, Literal) for part in self.parts):
            return "".join(part.text for part in self.parts if isinstance(part, Literal))
        return None

    @property
    def bare(self) -> str:
        """The text, where nothing is quoted either; else an empty one."""
        if len(self.parts) == 1 and self.parts[0] == Literal(self.plain or ""):
            return self.plain or ""
        return ""

    @property
    def start(self) -> str:
        """The unquoted text that it begins with."""
        first = self.parts[0] if self.parts else None
        return first.text if isinstance(first, Literal) and not first.quote else ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands between words: `;`, `&&`, `|`, a new line, `(`, `>` and so on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a here-document."""

    line: int
    word: Word


Token: TypeAlias = Word | Sign | Text
