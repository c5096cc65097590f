from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

from nemovideo_fakeserver import scenario


def test_the_public_names_are_sorted_and_there() -> None:
    """Every name in `__all__` can be had."""
    assert sorted(scenario.__all__) == scenario.__all__
    assert all(getattr(scenario, name) is not None for name in scenario.__all__)


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    """The lazy table answers as a plain module would."""
    with pytest.raises(AttributeError, match="scenario has no attribute load"):
        _ = scenario.load


def test_importing_it_imports_nothing_heavy() -> None:
    """Neither the model nor YAML is loaded before it is asked for."""
    code = (
        "import sys, nemovideo_fakeserver.scenario; print(*{'msgspec', 'yaml'} & set(sys.modules))"
    )

    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout.split() == []


def test_no_public_name_is_a_module() -> None:
    """An import of a module would put itself in the place of the name."""
    modules = {module.name for module in pkgutil.iter_modules(scenario.__path__)}

    assert not modules & set(scenario.__all__)
