"""The scenarios that come with the package."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from nemovideo_fakeserver.core.faults.unknown import hint, shown
from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.reading import Check, check_variant, parse, read

_SHELF = files(__package__ or "") / "ready"
_FILES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Ready:
    """A scenario that is there: its name, and what it is for in a sentence."""

    name: str
    about: str


def ready() -> tuple[Ready, ...]:
    """Return what there is, in order of name."""
    return tuple(Ready(name, named(name).about) for name in _names())


def named(name: str, *, variant: Check = check_variant) -> Scenario:
    """Return a ready scenario by its name; raises `ScenarioBroken`, which lists them."""
    names = _names()
    if name not in names:
        raise ScenarioBroken(
            f"no scenario is ready under this name; {hint(name, names)}", name=shown(name)
        )
    text = (_SHELF / f"{name}.yaml").read_text(encoding="utf-8")
    return parse(text, name=f"{name}.yaml", variant=variant)


def find(name_or_path: str, *, variant: Check = check_variant) -> Scenario:
    """Return a ready scenario by name, or read one from a file; raises `ScenarioBroken`."""
    if name_or_path in _names():
        return named(name_or_path, variant=variant)
    path = Path(name_or_path)
    if path.suffix.lower() in _FILES or len(path.parts) > 1 or path.is_file():
        return read(path, variant=variant)
    try:
        return named(name_or_path, variant=variant)
    except ScenarioBroken as problem:
        raise ScenarioBroken(
            f"{problem.sentence}; or give the path of a YAML file", name=problem.name
        ) from None


def _names() -> list[str]:
    found = (Path(entry.name) for entry in _SHELF.iterdir())
    return sorted(path.stem for path in found if path.suffix == ".yaml")
