"""What is wrong with a scenario, and where.

ValueError
|-- ScenarioBroken   a scenario that cannot be: where, what, and what would be right
`-- Wrong            the same while a part of it is being made, which knows no file and no line
"""

from __future__ import annotations

from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in a scenario: keys and indices, from the top."""


class ScenarioBroken(ValueError):
    """One sentence with the place in front: `happy.yaml:12: ...`, or for plain data `turns[2].when: ...`.

    `name` is the file or what the data is called, `line` counts from 1 (None where there is no text),
    `path` is the place in the data, such as `turns[2].when` ("" for the whole).
    """

    def __init__(
        self, sentence: str, *, name: str, line: int | None = None, path: str = ""
    ) -> None:
        place = f"{name}:{line}" if line else path or name
        super().__init__(f"{place}: {sentence}")
        self.name = name
        self.line = line
        self.path = path
        self.sentence = sentence


class Wrong(ValueError):
    """A part that cannot be; `path` leads from that part to what is wrong with it."""

    def __init__(self, sentence: str, path: Path = ()) -> None:
        super().__init__(sentence)
        self.path = path


def spelled(path: Path) -> str:
    """Return a path as people write it: `turns[2].steps[0]`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
