"""Reading snapshots: YAML to records, with the line of whatever is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from nemovideo_fakeserver.scenario.broken import Path as Place
from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.explaining import explained
from nemovideo_fakeserver.scenario.nodes import Limits, Node
from nemovideo_fakeserver.scenario.yaml_text import of_text
from nemovideo_fakeserver.store.broken import SnapshotUnusable
from nemovideo_fakeserver.store.encoding import converted
from nemovideo_fakeserver.store.records import Snapshot

A_MACHINE = Limits(
    what="a snapshot",
    largest=2**28,
    deepest=128,
    most=10_000_000,
    widest=10**4300,
    digits=4300,
)
"""What a fake may write of its worlds."""


@dataclass(frozen=True, slots=True)
class Source:
    """A snapshot as it was read, and where in its text everything stands."""

    snapshot: Snapshot
    name: str
    node: Node

    def broken(self, sentence: str, place: Place) -> SnapshotUnusable:
        """Return the error for what is wrong at a place in it."""
        line = self.node.at(place).line or None
        return SnapshotUnusable(str(ScenarioBroken(sentence, name=self.name, line=line)))


def read(path: Path) -> Source:
    """Read a snapshot from a file; raises `SnapshotUnusable`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SnapshotUnusable(f"{path}: this is no UTF-8 text: {problem.reason}") from None
    except OSError as problem:
        raise SnapshotUnusable(f"{path}: the snapshot cannot be read: {problem.strerror}") from None
    return parse(text, str(path))


def parse(text: str, name: str = "snapshot") -> Source:
    """Read a snapshot from YAML; `name` stands in front of errors. Raises `SnapshotUnusable`."""
    try:
        node = of_text(text, name, A_MACHINE)
        return Source(converted(node.value, Snapshot), name, node)
    except msgspec.ValidationError as problem:
        raise SnapshotUnusable(str(explained(problem, node, name, Snapshot))) from None
    except ScenarioBroken as problem:
        raise SnapshotUnusable(str(problem)) from None
