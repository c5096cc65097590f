"""What a test asks of its cassette: what its mark says, and what was chosen for the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemovideo_pytest.cassettes.places import place_of

if TYPE_CHECKING:
    from nemovideo_proxy.replay.modes import Mode
    from nemovideo_pytest.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """How a cassette is replayed; see `nemovideo_proxy.Replay`. None: as it does unless told."""

    match_on: Iterable[str] | None = None
    polls: str | None = None
    then: str | None = None
    allow_playback_repeats: bool | None = None

    def given(self) -> dict[str, Any]:
        """Return what was said."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The cassette at `path`, what is done with it, and whether all of it has to be played."""

    path: Path
    mode: Mode
    strict: bool
    playing: Playing

    @property
    def shown(self) -> str:
        """The path as it is told: from the working directory, where it lies below that."""
        here = Path.cwd()
        return str(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)


def wish(case: Case) -> Wish:
    """Return what the test and the run want. Raises ValueError, in a sentence, for what cannot be wanted.

    The mode is that of the command line, else of the mark, else of the environment and the ini file.
    """
    from nemovideo_proxy.replay.modes import mode

    mark = case.mark("nemo_cassette")
    said: dict[str, Any] = dict(mark.kwargs) if mark else {}
    args = mark.args if mark else ()
    named = args[0] if args else said.pop("name", "")
    if len(args) > 1 or not isinstance(named, str):
        raise ValueError("nemo_cassette takes one name, and how it is replayed or recorded")
    command_line = case.request.config.getoption("nemo_record")
    chosen = command_line or said.pop("mode", None) or case.settings.text("record", "none")
    said.pop("mode", None)
    strict = bool(said.pop("strict", case.settings.on("strict")))
    return Wish(
        path=place_of(case.node, named, case.settings.text("cassettes")),
        mode=mode(str(chosen)),
        strict=strict,
        playing=_playing(said),
    )


def _playing(said: dict[str, Any]) -> Playing:
    legal = [each.name for each in fields(Playing)]
    for name in said:
        if name not in legal:
            known = ", ".join(("mode", "strict", *legal))
            raise ValueError(f"nemo_cassette knows no {name!r}: it takes a name, and {known}")
    return Playing(**said)
