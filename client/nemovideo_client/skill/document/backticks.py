"""Code between backticks, as CommonMark has it: a run of them ends where a run of the same length is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from nemovideo_client.skill.document.parts import Span

_RUN = re.compile(r"`+")


def spans(text: str, line: int) -> Iterator[Span]:
    """Give the pieces of code in a text that begins at `line`."""
    runs = [(run.start(), run.end()) for run in _RUN.finditer(text)]
    closing: dict[int, deque[int]] = {}
    for number, (start, end) in enumerate(runs):
        closing.setdefault(end - start, deque()).append(number)
    after = counted = 0
    for number, (start, end) in enumerate(runs):
        if number < after:
            continue
        same = closing[end - start]
        while same and same[0] <= number:
            same.popleft()
        if same:
            line += text.count("\n", counted, start)
            counted = start
            after = same[0] + 1
            yield Span(line, text[end : runs[same[0]][0]].strip(" "))
