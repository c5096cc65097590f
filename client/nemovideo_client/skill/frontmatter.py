"""The YAML front matter of a SKILL.md: who the skill is, and which environment it asks for.

Found in public skills: `metadata` as a YAML mapping, as JSON on one line and as JSON inside a string;
`version` as a string and as a number; `metadata.openclaw.requires.env` as `[]`, as `[NEMO_TOKEN]` and
with five names (vendor skills 1.7 and 1.9, pages 52370889394 and 52443959804).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.skill.attribution import sendable

LIMIT = 256 * 1024
"""Characters a SKILL.md may have; the longest public one has 23,000."""

_FENCED = re.compile(
    r"(?P<blank>(?:[ \t]*\n)*)---[ \t]*\n"
    r"(?P<yaml>(?:[^\n]*\n)*?)"
    r"(?:---|\.\.\.)[ \t]*(?:\n(?P<body>.*)|\Z)",
    re.DOTALL,
)
_BEGUN = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stands between the fences, every value as written; `body` is the document below them."""

    name: str
    version: str
    description: str = ""
    variant: str | None = None
    env: tuple[str, ...] = ()
    body: str = field(default="", repr=False)


def read(text: str, file: str = "SKILL.md") -> FrontMatter:
    """Read the front matter of a document; SkillUnreadable where there is none to go by."""
    block = _block(text, file)
    values = block.parsed()
    return FrontMatter(
        name=block.needed(values, "name"),
        version=block.needed(values, "version"),
        description=block.word(values, "description"),
        variant=block.word(values, "variant") or None,
        env=_env(block, values.get("metadata")),
        body=block.body,
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """The front matter as text, and where it came from; `first` is the line below the fence."""

    file: str
    first: int
    yaml: str
    body: str

    def parsed(self) -> Mapping[str, Any]:
        # BaseLoader makes nothing but str, list and dict, so that 1.0 and 1.10 stay as written.
        import yaml

        try:
            values = yaml.BaseLoader(self.yaml).get_single_data()
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            raise self.unreadable(f"is not YAML: {error.problem}", line) from None
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
            raise self.unreadable("is not YAML") from None
        if not isinstance(values, dict):
            raise self.unreadable("is not a list of `key: value` lines")
        return values

    def word(self, values: Mapping[str, Any], key: str) -> str:
        value = values.get(key, "")
        if not isinstance(value, str):
            raise self.unreadable(f"has a `{key}` that is not plain text", self.line(key))
        return value.strip()

    def needed(self, values: Mapping[str, Any], key: str) -> str:
        value = self.word(values, key)
        if not value:
            raise self.unreadable(f"has no `{key}`", self.line(key))
        if not sendable(value):
            raise self.unreadable(
                f"has a `{key}` that no HTTP header can carry", self.line(key),
                do="Use visible ASCII characters.",
            )  # fmt: skip
        return value

    def line(self, key: str) -> int:
        """Return how many lines below the first one `key` stands; 0 when it is nowhere."""
        lines = self.yaml.split("\n")
        return next((n for n, line in enumerate(lines) if re.match(rf"['\"]?{key}\b", line)), 0)

    def unreadable(
        self, what: str, below: int = 0, do: str = "Begin with name and version, as `key: value`."
    ) -> SkillUnreadable:
        return SkillUnreadable(
            f"{self.file}:{self.first + below}: the front matter {what}", next_step=do
        )


def _block(text: str, file: str) -> _Block:
    if len(text) > LIMIT:
        raise SkillUnreadable(
            f"{file}:1: the document has more than {LIMIT:,} characters",
            next_step="Name the SKILL.md itself.",
        )
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fenced = _FENCED.match(plain)
    if fenced:
        first = fenced["blank"].count("\n") + 2
        return _Block(file, first, fenced["yaml"], fenced["body"] or "")
    begun = _BEGUN.match(plain)
    raise SkillUnreadable(
        f"{file}:1: the front matter is never closed" if begun else f"{file}:1: there is no front matter",
        next_step="End it with a line `---`." if begun else
        "Begin the file with a line `---`, name, version, and another line `---`.",
    )  # fmt: skip


def _env(block: _Block, metadata: object) -> tuple[str, ...]:
    """Return `metadata.openclaw.requires.env`: the variables a skill wants to find set."""
    found = _unpacked(block, metadata)
    for key in ("openclaw", "requires", "env"):
        if not found:
            return ()
        if not isinstance(found, Mapping):
            raise _odd(block, f"in which `{key}` has no place")
        found = found.get(key)
    names = [found] if isinstance(found, str) and found else found or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _odd(block, "whose `env` is not a list of names")
    return tuple(names)


def _unpacked(block: _Block, metadata: object) -> Any:
    if not isinstance(metadata, str) or not metadata.strip():
        return metadata
    try:
        return json.loads(metadata)
    except (ValueError, RecursionError):
        raise _odd(block, "that is neither a mapping nor JSON") from None


def _odd(block: _Block, what: str) -> SkillUnreadable:
    return block.unreadable(
        f"has `metadata` {what}",
        block.line("metadata"),
        do='Write it as {"openclaw": {"requires": {"env": ["NEMO_TOKEN"]}}}.',
    )
