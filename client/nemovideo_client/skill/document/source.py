"""The text of a document, whatever its bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nemovideo_client.errors import SkillUnreadable

LIMIT = 10_000_000
"""Bytes that a document may have; the longest public skill has 23,000."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text whose lines end in a newline each; `broken` are the lines that were not UTF-8."""

    text: str
    broken: tuple[int, ...] = ()


def load(path: str | Path) -> Source:
    """Read a file. Raises SkillUnreadable where that is not possible, or there is too much of it."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such file"
        raise SkillUnreadable(
            f"{path}: cannot be read: {why}", next_step="Name a SKILL.md file."
        ) from None
    if len(content) > LIMIT:
        raise SkillUnreadable(
            f"{path}:1: the document has more than {LIMIT // 1_000_000} MB",
            next_step="Name the SKILL.md itself.",
        )
    return decoded(content)


def decoded(content: bytes) -> Source:
    """Return bytes as text; what is not UTF-8 becomes U+FFFD, and its lines are remembered."""
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return Source(plain.decode())
    except UnicodeDecodeError:
        broken = tuple(n for n, line in enumerate(plain.split(b"\n"), 1) if not _whole(line))
        return Source(plain.decode(errors="replace"), broken)


def _whole(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
