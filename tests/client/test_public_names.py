"""What `nemovideo_client` offers, and what asking for it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import nemovideo_client

HEAVY = ("aiohttp", "asyncio", "httpx", "rich", "yaml", "nemovideo_fakeserver", "nemovideo_proxy")


def loaded(line: str) -> list[str]:
    """Return which heavy modules a line loads in a fresh interpreter."""
    code = f"import sys; {line}; print(*sorted(sys.modules.keys() & set({HEAVY!r})))"
    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    return ran.stdout.split()


def test_the_public_names_are_sorted_and_have_a_home() -> None:
    """`__all__` is the table of homes, in order."""
    names = nemovideo_client.__all__

    assert names == sorted(names)
    assert names == list(nemovideo_client._HOME)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", nemovideo_client.__all__)
def test_every_name_can_be_had(name: str) -> None:
    """It is what its home calls so."""
    home = nemovideo_client._HOME[name]

    assert getattr(nemovideo_client, name) is getattr(import_module(home), name)


def test_type_checkers_see_the_same() -> None:
    """The names imported for type checkers are the public ones, from the same homes."""
    tree = ast.parse(Path(nemovideo_client.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nemovideo_client")
        for alias in node.names
    }

    assert seen == nemovideo_client._HOME


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    """The lazy table answers as a plain module would."""
    with pytest.raises(AttributeError, match="nemovideo_client has no attribute Client"):
        _ = nemovideo_client.Client


@pytest.mark.parametrize(
    "line",
    [
        "import nemovideo_client",
        "from nemovideo_client import NemoError, Options, TurnResult, summary, srt, route",
    ],
)
def test_importing_it_imports_nothing_heavy(line: str) -> None:
    """Neither httpx nor a YAML reader, before a client or a skill is asked for."""
    assert loaded(line) == []


def test_a_blocking_client_needs_no_yaml() -> None:
    """A client without a skill reads no front matter."""
    assert "yaml" not in loaded(
        "from nemovideo_client import NemoClient; NemoClient(client_id='c')"
    )


def test_it_is_typed() -> None:
    """Type checkers are told that the package has types."""
    assert (Path(nemovideo_client.__file__).parent / "py.typed").exists()
