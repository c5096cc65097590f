"""What an answer means for somebody who has no screen of the editor before them.

Law: descriptions of content are kept, instructions to use a screen go (vendor skill 4.4, "GUI Translation")
and come back as actions. A text without any is returned as it is; a text is never made longer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_client.talk.instructions import (
    BUTTON,
    CHOICE,
    CONTENT_LABEL,
    DEEDS,
    DEPENDENT,
    INSTRUCTION,
    INSTRUCTION_ZH,
    LEAD,
    LEAD_ZH,
    TALK,
    Kind,
)
from nemovideo_client.talk.marks import LINK, QUOTE, covered


@dataclass(frozen=True, slots=True)
class Action:
    """What to do in place of an instruction.

    `text` is the edit in the service's words for `edit`, the button for `execute`, and empty for others.
    """

    kind: Kind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """What to show (empty: nothing), and what the instructions left out stand for, in order."""

    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a sentence: where its joint begins, and where its words begin and end."""

    joint: int
    start: int
    end: int


_SENTENCE = re.compile(
    r"(?:[^.!?。！？\n]|[.!?](?![\s*_)）\"'”]|$))*(?:[.!?。！？]+[*_)）\"'”]*[ \t]*|\n|$)"
)
_MARKER = re.compile(r"\s*(?:[-*•>]+ |\d{1,2}[.)] |#+ )?")
_JOINT = re.compile(
    r"\s*[,;:，；：—–](?!\d)\s*"
    rf"|(?<!click)\s+(?=(?:and|or|then|but)\b(?: then)? (?:{INSTRUCTION.pattern}|{TALK}))"
    r"|\s+(?=(?:by (?:click|tapp|dragg|press|open)ing|to preview)\b)"
    rf"|(?<=[)）”\"])\s*(?=(?-i:[A-Z]))(?={INSTRUCTION.pattern})|(?<=[)）])(?={INSTRUCTION_ZH.pattern})"
    rf"|(?=(?:或者|然后|并且|并|再){INSTRUCTION_ZH.pattern})",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"(?:(?:and|or|then|but|otherwise)\b,? *)+|(?:或者|或|然后|并且|并|再)", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*[(（]([^()（）\n]+)[)）]")
_LEADING = re.compile(f"{LEAD}{LEAD_ZH}", re.IGNORECASE)
_ORNAMENT = re.compile(rf"[^\w{QUOTE}-{LINK}]+")
_WORDS = re.compile(r"[^\W_]")
_LABEL = 60
"""How many characters before a clause may hold its label; a longer look back would take quadratic time."""


def translate(text: str) -> Translation:
    """Return what an answer says without the screen; translating what is shown again changes nothing."""
    shown, actions = text, list[Action]()
    while (changed := _once(shown, actions)) != shown:
        shown = changed
    if shown != text and not _WORDS.search(shown):
        shown = ""
    return Translation(shown, tuple(dict.fromkeys(actions)))


def _once(text: str, actions: list[Action]) -> str:
    """Take the instructions out once; what remains may read as one again."""
    cover = covered(text)
    for aside in _ASIDE.finditer(cover):
        if _instructs(cover, aside.start(1), aside.end(1)):
            actions.append(_action(text, aside.start(1), aside.end(1)))
            return text[: aside.start()] + text[aside.end() :]
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(_line(text, cover, start, start + len(line), actions))
        start += len(line)
    shown = "".join(lines)
    return shown if shown == text else shown.rstrip().lstrip("\r\n")


def _line(text: str, cover: str, start: int, end: int, actions: list[Action]) -> str:
    marker = _MARKER.match(cover, start, end)
    begin = marker.end() if marker else start
    parts = [
        (text[m.start() : m.end()], _sentence(text, cover, m.start(), m.end(), actions))
        for m in _SENTENCE.finditer(cover, begin, end)
    ]
    if all(before == after for before, after in parts):
        return text[start:end]
    said = "".join(after for _, after in parts).rstrip()
    return f"{text[start:begin]}{said}{_line_end(text[start:end])}" if said else ""


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _sentence(text: str, cover: str, start: int, end: int, actions: list[Action]) -> str:
    """Return a sentence without its instructions."""
    stop = start + len(cover[start:end].rstrip(" \t\r\n.!?。！？*_"))
    clauses = _clauses(cover, start, stop)
    told = [
        _instructs(cover, c.start, c.end, before=cover[max(start, c.start - _LABEL) : c.start])
        for c in clauses
    ]
    if not any(told):
        return text[start:end]
    kept = _kept(cover, clauses, told)
    for number in (n for n, is_told in enumerate(told) if is_told):
        about = number - 1 if number and number - 1 not in kept else number
        chosen = CHOICE.match(cover, clauses[about].start, clauses[about].end)
        first = clauses[about if chosen else number]
        actions.append(_action(text, first.start, clauses[number].end))
    if not kept:
        return ""
    said = "".join(_joined(text, cover, clauses, kept, number) for number in kept)
    return said + text[stop:end]


def _clauses(cover: str, start: int, stop: int) -> list[_Clause]:
    """Cut a sentence at commas and before connectives; two cuts side by side are one."""
    clauses, joint, begin = list[_Clause](), start, start
    for cut in _JOINT.finditer(cover, start, stop):
        if cut.start() > begin:
            clauses.append(_Clause(joint, begin, cut.start()))
            joint = cut.start()
        begin = cut.end()
    return [*clauses, _Clause(joint, begin, stop)]


def _instructs(cover: str, start: int, end: int, before: str = "") -> bool:
    """Say whether a clause tells its reader to use the screen."""
    ornament = _ORNAMENT.match(cover, start, end)
    clause = cover[ornament.end() if ornament else start : end].rstrip(" *_")
    if CONTENT_LABEL.search(before):
        return False
    return bool(INSTRUCTION.match(clause) or INSTRUCTION_ZH.match(clause))


def _kept(cover: str, clauses: Sequence[_Clause], told: Sequence[bool]) -> list[int]:
    """Return the clauses that remain: no instruction, and nothing that only belongs to one."""
    gone = set[int]()
    for number, clause in enumerate(clauses):
        words = cover[clause.start : clause.end]
        hangs = DEPENDENT.match(words) is not None
        leads = (hangs or CHOICE.match(words)) and number == 0 and any(told[1:2])
        if told[number] or leads or (hangs and number - 1 in gone):
            gone.add(number)
    return [n for n in range(len(clauses)) if n not in gone]


def _joined(
    text: str, cover: str, clauses: Sequence[_Clause], kept: Sequence[int], number: int
) -> str:
    """Return a kept clause with its joint; the first one, if others stood before it, opens the sentence."""
    clause = clauses[number]
    if number == 0 or (number != kept[0] and number - 1 in kept):
        return text[clause.joint : clause.end]
    if number != kept[0]:
        relative = cover.startswith("which", clauses[number - 1].start)
        return (" " if relative else text[clause.joint : clause.start]) + text[
            clause.start : clause.end
        ]
    connective = _CONNECTIVE.match(cover, clause.start, clause.end)
    words = text[connective.end() if connective else clause.start : clause.end]
    return words[:1].upper() + words[1:] if words[:1].isascii() else words


def _action(text: str, start: int, end: int) -> Action:
    instruction = text[start:end].strip(" *_")
    button = BUTTON.search(instruction)
    named = (button[1] or button[2]).strip(" *_`'\"“”‘’「」") if button else instruction
    kind = next((kind for kind, word in DEEDS if word.search(named)), None)
    if kind == "edit":
        return Action(kind, _LEADING.sub("", instruction, count=1))
    if kind is None:
        return Action("execute", named) if button else Action("state")
    return Action(kind)
