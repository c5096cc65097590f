"""The public names: each of them is there, and says what it means."""

from __future__ import annotations

import inspect

import pytest

from support.public_names import MODULES, resolved, spoken


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_can_be_had(module: str) -> None:
    """What `__all__` promises can be imported, however late it is."""
    assert None not in resolved(module).values()


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_says_what_it_means(module: str) -> None:
    """Functions, classes and their public methods have a docstring: the API reference is made of these."""
    silent = [name for name, what in spoken(module) if not inspect.getdoc(what)]

    assert silent == []
