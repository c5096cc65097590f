"""Differences that are known and accepted: a YAML file of endpoint, path and reason.

The law: each stands for one place of one endpoint. There are no patterns, so that nothing new hides behind
what is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from nemovideo_proxy.drift.findings import Compared, Finding

KEYS = ("endpoint", "path", "reason")


class Refused(Exception):
    """A file of accepted differences that makes no sense; one sentence with the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A known difference: the endpoint and the path as a report names them, and why it is accepted."""

    endpoint: str
    path: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Return whether this is it."""
        return (self.endpoint, self.path) == (finding.endpoint, finding.path)


def read(path: Path) -> tuple[Accepted, ...]:
    """Read a file; raises `Refused`."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise Refused(f"{path}: cannot be read: {problem.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Refused(f"{path}: is no YAML: {' '.join(str(problem).split())}") from None
    if not isinstance(document, list):
        raise Refused(f"{path}: must be a list of entries with {', '.join(KEYS)}")
    return tuple(_one(entry, f"{path}: entry {n}") for n, entry in enumerate(document, 1))


def _one(entry: Any, place: str) -> Accepted:
    if not isinstance(entry, dict) or set(entry) != set(KEYS):
        raise Refused(f"{place}: must have {', '.join(KEYS)}, and nothing else")
    for key in KEYS:
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise Refused(f"{place}: {key} must be a text that says something")
    if "*" in entry["path"] + entry["endpoint"]:
        raise Refused(f"{place}: patterns are not accepted, only the places a report names")
    return Accepted(**entry)


def without(compared: Compared, known: tuple[Accepted, ...]) -> tuple[Compared, set[Accepted]]:
    """Return a comparison without what is known, and which of the known it had."""
    left, used = [], set()
    for finding in compared.findings:
        found = next((accepted for accepted in known if accepted.covers(finding)), None)
        if found is None:
            left.append(finding)
        else:
            used.add(found)
    return replace(compared, findings=tuple(left)), used
