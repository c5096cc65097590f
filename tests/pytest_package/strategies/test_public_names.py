"""What the two packages for Hypothesis offer, and what asking for it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from nemovideo_pytest import machine, strategies

PACKAGES = [strategies, machine]
NAMES = [(package, name) for package in PACKAGES for name in package.__all__]
HEAVY = ("aiohttp", "av", "httpx", "hypothesis", "yaml", "nemovideo_client")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_public_names_are_in_order_and_have_a_home(package: ModuleType) -> None:
    """`__all__` and the table of homes hold the same names, each once."""
    assert sorted(package.__all__) == sorted(package._HOME)
    assert len(package.__all__) == len(set(package.__all__))


@pytest.mark.parametrize(("package", "name"), NAMES)
def test_every_name_can_be_had(package: ModuleType, name: str) -> None:
    """It is what its home calls so, also after its home was imported."""
    home = import_module(f"{package.__name__}.{package._HOME[name]}")

    assert getattr(package, name) is getattr(home, name)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_type_checkers_see_the_same(package: ModuleType) -> None:
    """The names imported for type checkers are the public ones, from the same homes."""
    assert package.__file__ is not None
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: (node.module or "").removeprefix(f"{package.__name__}.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package.__name__)
        for alias in node.names
    }

    assert seen == package._HOME


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_name_that_is_not_offered_is_an_attribute_error(package: ModuleType) -> None:
    """The lazy table answers as a plain module would."""
    with pytest.raises(AttributeError, match="has no attribute nothing"):
        _ = package.nothing


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_importing_a_package_loads_nothing_heavy(package: ModuleType) -> None:
    """Whoever names it in a conftest pays for it when a strategy is asked for."""
    code = f"import sys, {package.__name__}; print(*(sys.modules.keys() & set({HEAVY!r})))"
    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout.split() == []


@pytest.mark.parametrize(("package", "name"), [(strategies, "drafts"), (machine, "NemoMachine")])
def test_without_hypothesis_a_sentence_says_what_to_install(package: ModuleType, name: str) -> None:
    """It names what was asked for, what is missing, and the extra that has it."""
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        f"try: from {package.__name__} import {name}\n"
        "except ModuleNotFoundError as missing: print(missing)"
    )
    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout.startswith(f"{name} needs hypothesis")
    assert ran.stdout.rstrip().endswith("pip install 'nemovideo-harness[hypothesis]'")
