"""A skill as the rules see it: its document, the requests that its commands make, the endpoints it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.marks import whole
from nemovideo_client.skill.check.mentions import Mention, mentions
from nemovideo_client.skill.check.places import Place
from nemovideo_client.skill.check.sentences import Sentences
from nemovideo_client.skill.check.stated import Stated
from nemovideo_client.skill.document.parts import Block, Document, Span
from nemovideo_client.skill.document.scripts import Script, script, scripts
from nemovideo_client.skill.shell import request
from nemovideo_client.skill.shell.commands import Command
from nemovideo_client.skill.shell.expansion import expand, text
from nemovideo_client.skill.shell.request import STANDARD_INPUT, Request
from nemovideo_client.skill.shell.walking import inner

SPAN = "span"
"""The language of a piece of code in a sentence."""


@dataclass(frozen=True, slots=True)
class Call:
    """A curl command, and what it asks for. `open`: more arguments come from where nobody can see."""

    line: int
    command: Command
    request: Request
    place: Place
    endpoint: api.Endpoint | None
    open: bool = False

    @property
    def to_nemo(self) -> bool:
        """Whether it goes to NemoVideo, as far as one can see."""
        return self.place.to_nemo

    def is_at(self, *names: str) -> bool:
        """Say whether it is at one of these endpoints."""
        return self.endpoint is not None and self.endpoint.name in names


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What rules look at."""

    document: Document
    scripts: tuple[Script, ...] = ()
    calls: tuple[Call, ...] = ()
    mentions: tuple[Mention, ...] = ()
    prose: str = field(default="", repr=False)
    sentences: Sentences = field(default_factory=Sentences, repr=False)

    def names(self, *endpoints: str) -> Iterator[int]:
        """Give the lines that speak of one of these endpoints, commands first."""
        for call in self.calls:
            if call.is_at(*endpoints):
                yield call.line
        for mention in self.mentions:
            if any(one.name in endpoints for one in mention.endpoints):
                yield mention.line


def subject(document: Document) -> Subject:
    """Return a document as rules see it."""
    sentences = Sentences.of("\n".join(_outside(document)))
    both = (*scripts(document), *_in_lines(document, sentences))
    found = tuple(sorted(both, key=lambda one: one.block.line))
    calls = tuple(_calls(found))
    taken = frozenset(_lines(found))
    return Subject(
        document=document,
        scripts=found,
        calls=calls,
        mentions=tuple(mentions(document, taken, sentences)),
        prose="\n".join(
            "" if number in taken else line for number, line in enumerate(document.lines, 1)
        ),
        sentences=sentences,
    )


def _outside(document: Document) -> Iterator[str]:
    """Give the lines of a document, with nothing in place of its code."""
    within = {
        number
        for block in document.blocks
        for number in range(block.line, block.line + block.text.count("\n"))
    }
    yield from ("" if n in within else line for n, line in enumerate(document.lines, 1))


def _in_lines(document: Document, sentences: Sentences) -> Iterator[Script]:
    """Give the commands that stand between backticks in a sentence, which does not warn of them."""
    for span in document.spans:
        if not span.text.startswith("curl ") or sentences.deny(span.line, span.text):
            continue
        if not (found := script(_block(span))).broken:
            yield found


def _block(span: Span) -> Block:
    return Block(span.line, SPAN, span.text)


def _lines(found: Iterable[Script]) -> Iterator[int]:
    for one in found:
        if one.block.language != SPAN and not one.broken:
            yield from range(one.block.line, one.block.line + one.block.text.count("\n") + 1)


def _calls(found: Iterable[Script]) -> Iterator[Call]:
    """Follow the scripts as if they were one, since a variable is set in one and used in another."""
    stated = Stated()
    commands = [command for one in found for command in one.commands]
    for command in commands:
        for assignment in command.assignments:
            stated.assign(assignment)
    for command in commands:
        for assignment in command.assignments:
            stated.assign(assignment)
        for one in (command, *inner(command)):
            if one.name == "curl":
                yield _call(one, stated)


def _call(command: Command, stated: Stated) -> Call:
    arguments = [piece for word in command.words[1:] for piece in expand(word, stated)]
    given = {STANDARD_INPUT: text(command.given, stated)} if command.given else {}
    asked = request.read(arguments, command.line, given)
    urls = [asked.url, *asked.more_urls]
    plain = [url for url in urls if not whole(url)]
    asked.url = plain[0] if plain else asked.url
    place = Place.of(asked.url)
    endpoint = api.find(asked.method, place.path) if place.to_nemo else None
    return Call(
        command.line, command, asked, place, endpoint, open=len(plain) < len(urls) and bool(plain)
    )


def defined(found: Iterable[Script]) -> Mapping[str, int]:
    """Return which variables are set, and the line where each is set first."""
    lines: dict[str, int] = {}
    for one in found:
        for command in one.commands:
            for assignment in command.assignments:
                lines.setdefault(assignment.name, assignment.line)
            if command.name == "read":
                for word in command.words[1:]:
                    if re.fullmatch(r"[A-Za-z_]\w*", word.bare):
                        lines.setdefault(word.bare, word.line)
    return lines
