"""A pytest plugin that makes the fake a mutant for one run: `-p mutants.plugin --mutant NAME`.

So one sees in full what a test of the suite says of a fault, or that none says anything.
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from mutants.chapters import named
from mutants.mutant import Mutant
from mutants.surgery import Gone


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("mutants").addoption(
        "--mutant", metavar="NAME", help="a fault to put into the fake"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Put the fault into the fake, before any test is collected."""
    name = config.getoption("--mutant")
    if name is not None:
        life = ExitStack()
        config.add_cleanup(life.close)
        try:
            begin(named(name), life)
        except LookupError as problem:
            raise pytest.UsageError(str(problem)) from None


def begin(mutant: Mutant, life: ExitStack) -> None:
    """Let the fake be the mutant until the stack is closed; raises `Gone` where it cannot be any more."""
    try:
        life.enter_context(mutant.alive())
    except Gone as gone:
        raise Gone(f"{mutant.name} does not apply: {gone}") from None
