"""A script as commands in the order in which they stand. Loops and conditions are seen, not obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nemovideo_client.skill.shell.lexing import tokens
from nemovideo_client.skill.shell.words import Literal, Sign, Text, Token, Word

OPENING = frozenset({"if", "while", "until", "for", "case", "select", "function"})
CLOSING = frozenset({"fi", "done", "esac"})
BETWEEN = frozenset({"then", "else", "elif", "do", "{", "}", "!", "time", "in"})

_ASSIGNED = re.compile(r"([A-Za-z_]\w*)\+?=")
DECLARING = frozenset({"export", "local", "declare", "readonly", "typeset"})


@dataclass(frozen=True, slots=True)
class Assignment:
    """`NAME=value`, or `NAME=(a list)` with `value` None."""

    line: int
    name: str
    value: Word | None
    items: tuple[Word, ...] = ()


@dataclass(slots=True)
class Command:
    """Words, and what stands around them.

    `given` is the text of a here-document; `joined` is the sign before the command (`|`, `&&`, …),
    `after` the one behind it; `within` names the loop or condition that it stands in, `function` the
    function; `written` is the file that its output goes to.
    """

    line: int
    words: list[Word] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    given: Word | None = None
    joined: str = ""
    after: str = ""
    within: str = ""
    redirected: list[str] = field(default_factory=list)
    written: Word | None = None
    function: str = ""

    @property
    def name(self) -> str:
        """The program, where it is plain to see."""
        return (self.words[0].plain or "") if self.words else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to it."""
        return not (self.words or self.assignments)


def parse(script: str, line: int = 1) -> tuple[Command, ...]:
    """Return the commands of a script that begins at `line`. Raises Broken."""
    return tuple(_Reader(tokens(script, line)).commands())


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, all_of_them: Iterable[Token]) -> None:
        self._tokens = list(all_of_them)
        self._at = 0
        self._within: list[str] = []
        self._last: list[Command] = []
        self._sign = ""
        self._choosing = False
        self._function = ""

    def commands(self) -> Iterator[Command]:
        while self._at < len(self._tokens):
            command = self._command()
            if not command.empty:
                self._last = [command]
                yield command

    def _command(self) -> Command:
        if self._choosing:
            self._pattern()
        command = Command(0, joined=self._sign, within=" ".join(self._within[-1:]))
        command.function = self._function
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if isinstance(token, Text):
                self._give(token.word, command)
            elif isinstance(token, Word):
                self._word(token, command)
            elif token.text[-1:] in "<>-" or token.text[:1] in "<>" or ">" in token.text:
                self._redirect(token, command)
            elif token.text == "(" and self._is_function(command):
                self._define(command)
            else:
                command.after = self._sign = token.text
                self._choosing = token.text == ";;" and self._within[-1:] == ["case"]
                break
        return command

    def _is_function(self, command: Command) -> bool:
        """`name()`, and no command."""
        following = self._tokens[self._at] if self._at < len(self._tokens) else None
        closes = isinstance(following, Sign) and following.text == ")"
        return closes and len(command.words) == 1 and bool(command.name)

    def _define(self, command: Command) -> None:
        self._at += 1
        self._function = command.function = command.name
        command.words.clear()
        command.line = 0

    def _give(self, text: Word, command: Command) -> None:
        """A here-document belongs to the command that ended with the line before it."""
        for owner in self._last if command.empty else [command]:
            owner.given = owner.given or text

    def _redirect(self, sign: Sign, command: Command) -> None:
        command.redirected.append(sign.text)
        following = self._tokens[self._at] if self._at < len(self._tokens) else None
        if "&" in sign.text and sign.text[-1] != ">":
            return
        if isinstance(following, Word):
            self._at += 1
            if sign.text == "<<<":
                command.given = following
            elif sign.text in (">", ">|", "1>"):
                command.written = following

    def _word(self, word: Word, command: Command) -> None:
        command.line = command.line or word.line
        if command.empty and word.bare in OPENING | CLOSING | BETWEEN:
            self._keyword(word, command)
            return
        assigned = _ASSIGNED.match(word.start)
        only = not command.words or (command.name in DECLARING and len(command.words) == 1)
        if assigned and only:
            command.assignments.append(self._assignment(word, assigned))
        else:
            command.words.append(word)

    def _keyword(self, word: Word, command: Command) -> None:
        if word.bare in OPENING:
            self._within.append(word.bare)
        elif word.bare in CLOSING and self._within:
            self._within.pop()
        elif word.bare == "}":
            self._function = command.function = ""
        command.line = 0
        command.within = " ".join(self._within[-1:])
        if word.bare in ("for", "select"):
            self._loop(command)
        elif word.bare == "case":
            self._case()
        elif word.bare == "function":
            self._named_function(command)

    def _named_function(self, command: Command) -> None:
        """`function name {`, with brackets or without."""
        self._within.pop()
        command.within = " ".join(self._within[-1:])
        following = self._tokens[self._at] if self._at < len(self._tokens) else None
        if isinstance(following, Word) and following.plain:
            self._at += 1
            self._function = command.function = following.plain
            self._at += 2 * (
                [one.text for one in self._tokens[self._at : self._at + 2] if isinstance(one, Sign)]
                == ["(", ")"]
            )

    def _case(self) -> None:
        """`case word in`: what follows is a pattern."""
        rest = self._tokens[self._at : self._at + 2]
        if len(rest) == 2 and isinstance(rest[1], Word) and rest[1].bare == "in":
            self._at += 2
            self._pattern()

    def _pattern(self) -> None:
        """Go past `(a|b)`, which is no command; there is none before `esac`."""
        self._choosing = False
        while self._at < len(self._tokens) and self._tokens[self._at] == Sign(
            self._tokens[self._at].line, "\n"
        ):
            self._at += 1
        following = self._tokens[self._at] if self._at < len(self._tokens) else None
        if isinstance(following, Word) and following.bare == "esac":
            return
        ends = (
            number
            for number in range(self._at, len(self._tokens))
            if (token := self._tokens[number]) == Sign(token.line, ")")
        )
        self._at = next(ends, self._at - 1) + 1

    def _loop(self, command: Command) -> None:
        """`for x in a b`: x is a."""
        rest = [token for token in self._tokens[self._at : self._at + 3] if isinstance(token, Word)]
        if len(rest) == 3 and rest[0].plain and rest[1].bare == "in":
            command.line = rest[0].line
            command.assignments.append(Assignment(rest[0].line, rest[0].plain, rest[2]))
            while self._at < len(self._tokens) and isinstance(self._tokens[self._at], Word):
                self._at += 1

    def _assignment(self, word: Word, assigned: re.Match[str]) -> Assignment:
        first = Literal(word.start[assigned.end() :])
        parts = (first, *word.parts[1:]) if first.text else word.parts[1:]
        following = self._tokens[self._at] if self._at < len(self._tokens) else None
        if not parts and following == Sign(word.end, "("):
            self._at += 1
            return Assignment(word.line, assigned[1], None, tuple(self._items()))
        return Assignment(
            word.line, assigned[1], Word(word.line, parts or (Literal(""),), word.end)
        )

    def _items(self) -> Iterator[Word]:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if isinstance(token, Word):
                yield token
            elif token == Sign(token.line, ")"):
                return
