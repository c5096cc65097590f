"""Commands as they are where only some extras are installed: what these do not bring cannot be imported."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.project_metadata import MODULES, NAME, PROJECT


def program(command: str, extras: Iterable[str]) -> str:
    """Return a Python program that is `command` with these extras, in this interpreter."""
    return f"""import runpy, sys
for name in {sorted(missing(extras))!r}:
    sys.modules.setdefault(name, None)  # what is loaded measures coverage, or serves the interpreter
runpy.run_module({MODULES[command]!r}, run_name="__main__", alter_sys=True)
"""


def missing(extras: Iterable[str]) -> Iterator[str]:
    """Yield the modules that are installed here and would not be there."""
    there = _brought(_own(("", *extras)))
    for module, distributions in metadata.packages_distributions().items():
        names = {canonicalize_name(name) for name in distributions}
        if names.isdisjoint(there) and NAME not in names and module not in sys.stdlib_module_names:
            yield module


def _own(extras: Iterable[str]) -> Iterator[Requirement]:
    """Yield what the project asks for; the extra without a name is what it always asks for."""
    for extra in extras:
        listed = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
        for requirement in map(Requirement, listed):
            if requirement.name == NAME:
                yield from _own(requirement.extras)
            else:
                yield requirement


def _brought(asked: Iterable[Requirement]) -> set[str]:
    """Return the distributions that come with what is asked for, as far as they are installed here."""
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in found and _is_for_here(requirement):
            found.add(name)
            waiting += map(Requirement, _requires(name))
    return found


def _is_for_here(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
