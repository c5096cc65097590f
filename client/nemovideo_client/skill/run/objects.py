"""Objects that `jq -n` is asked to build: `{session_id: $s, parts: [{text: $t}]}`. No other program is run."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from nemovideo_client.skill.run.answers import written

DEEPEST = 30
"""Objects and lists within each other."""

_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"(?:[^\"\\]|\\[^(])*\")|(?P<number>-?\d{1,30}(?:\.\d{1,30})?)|(?P<name>[A-Za-z_]\w*)"
    r"|\$(?P<variable>[A-Za-z_]\w*)|(?P<sign>[{}\[\]:,]))"
)
_FLAGS = re.compile(r"-([ncrS]+)")
_LONG: Mapping[str, str] = MappingProxyType(
    {"--null-input": "n", "--compact-output": "c", "--raw-output": "r", "--sort-keys": "S"}
)
_WORDS: Mapping[str, Any] = MappingProxyType({"true": True, "false": False, "null": None})


class Unbuilt(Exception):
    """The program is more than an object; the sentence says what of it."""


def printed(words: Sequence[str]) -> str:
    """Return what `jq words…` prints. Raises Unbuilt where it reads an input or does more than build."""
    rest, named = list(words), dict[str, Any]()
    programs, flags = list[str](), set[str]()
    while rest:
        word = rest.pop(0)
        if word in ("--arg", "--argjson") and len(rest) > 1:
            name, value = rest.pop(0), rest.pop(0)
            named[name] = value if word == "--arg" else _parsed(value)
        elif (short := _FLAGS.fullmatch(word)) or word in _LONG:
            flags.update(short[1] if short else _LONG[word])
        else:
            programs.append(word)
    if "n" not in flags or len(programs) != 1:
        raise Unbuilt("it reads an input")
    value = built(programs[0], named)
    if isinstance(value, str) and "r" not in flags:
        return json.dumps(value, ensure_ascii=False)
    return written(value)


def built(program: str, named: Mapping[str, Any]) -> Any:
    """Return the value that a program builds of named ones. Raises Unbuilt."""
    builder = _Builder(program, named)
    value = builder.value(0)
    builder.end()
    return value


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise Unbuilt("a value of --argjson is no JSON") from None


class _Builder:
    """Reads a program once."""

    def __init__(self, program: str, named: Mapping[str, Any]) -> None:
        self._program = program.rstrip()
        self._named = named
        self._at = 0

    def value(self, depth: int) -> Any:
        token = self._take()
        if depth > DEEPEST:
            raise Unbuilt(f"more than {DEEPEST} objects stand in each other")
        if token["string"] is not None or token["number"] is not None:
            return _parsed((token["string"] or token["number"]).strip())
        if token["variable"] is not None:
            return self._of(token["variable"])
        if token["name"] in _WORDS:
            return _WORDS[token["name"]]
        if token["sign"] == "{":
            return dict(self._listed("}", depth))
        if token["sign"] == "[":
            return self._listed("]", depth)
        raise Unbuilt(f"{token[0].strip()!a} is more than an object")

    def end(self) -> None:
        if self._at != len(self._program):
            raise Unbuilt(f"{self._program[self._at :][:20]!a} is more than an object")

    def _listed(self, closing: str, depth: int) -> list[Any]:
        found: list[Any] = []
        more = not self._closes(closing)
        while more:
            found.append(self.value(depth + 1) if closing == "]" else self._pair(depth))
            more = self._closes(",")
            if not more and not self._closes(closing):
                raise Unbuilt("a comma is missing, or there is more than an object")
        return found

    def _pair(self, depth: int) -> tuple[str, Any]:
        token = self._take()
        if token["variable"] is not None:  # `{$name}` is `{name: $name}`
            return token["variable"], self._of(token["variable"])
        if token["name"] is None and token["string"] is None:
            raise Unbuilt(f"{token[0].strip()!a} is no key")
        key = token["name"] or _parsed(token["string"])
        if not self._closes(":"):
            raise Unbuilt(f"{key!a} has no value")
        return str(key), self.value(depth + 1)

    def _of(self, name: str) -> Any:
        if name not in self._named:
            raise Unbuilt(f"nothing says what ${name} is")
        return self._named[name]

    def _take(self) -> re.Match[str]:
        token = _TOKEN.match(self._program, self._at)
        if token is None:
            raise Unbuilt(f"{self._program[self._at :][:20].strip()!a} is more than an object")
        self._at = token.end()
        return token

    def _closes(self, sign: str) -> bool:
        """Go past a sign, if it comes next."""
        token = _TOKEN.match(self._program, self._at)
        if token is None or token["sign"] != sign:
            return False
        self._at = token.end()
        return True
