"""A case: a scenario and what a user does in it, as one file.

The file is a scenario that `nemo-fakeserver serve --scenario` plays as it is; the acts stand in its comments,
one a line, and are read back from there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nemovideo_pytest.strategies.playing.session import Session

_MARK = "#   - "
_HEAD = "# What was done, one act a line:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`scenario` in the words of YAML (`docs/scenarios.md`), the acts, and what there is to say of it."""

    scenario: Mapping[str, Any]
    session: Session
    remarks: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the file's text; raises `ScenarioBroken` for a scenario that the fake would not take."""
        from nemovideo_fakeserver import scenario

        said = [f"# {line}".rstrip() for line in self.remarks]
        done = [f"{_MARK}{act.line()}" for act in self.session.acts]
        head = "\n".join([*said, *([_HEAD, *done] if done else [])])
        return f"{head}\n{scenario.dump(scenario.of(dict(self.scenario)))}"

    def write(self, path: Path) -> None:
        """Write the file, with the folders it needs; nobody ever sees half of it. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = self.text().encode()
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        written = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(whole)
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Return the case in a file; raises OSError, `ScenarioBroken`, and ValueError for acts it cannot read."""
        from nemovideo_fakeserver import scenario

        text = Path(path).read_text(encoding="utf-8")
        lines = text.split("\n")
        done = [line.removeprefix("#   ") for line in lines if line.startswith(_MARK)]
        remarks = tuple(
            line.removeprefix("#").strip()
            for line in lines
            if line.startswith("#") and not line.startswith(_MARK) and line != _HEAD
        )
        plain = scenario.parse(text, str(path))
        return cls(
            scenario=_plain(scenario.dump(plain)),
            session=Session.parse("\n".join(done) or "[]"),
            remarks=remarks,
        )


def _plain(text: str) -> Mapping[str, Any]:
    import yaml

    said: Mapping[str, Any] = yaml.safe_load(text)
    return said
