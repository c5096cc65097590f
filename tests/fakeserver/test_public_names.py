"""What `nemovideo_fakeserver` offers, and what asking for it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import nemovideo_fakeserver

HEAVY = ("aiohttp", "av", "httpx", "mitmproxy", "orjson", "PIL", "uvloop", "yaml")


def test_the_public_names_are_sorted_and_there() -> None:
    """Every name in `__all__` can be had; they stand in order, constants first."""
    names = nemovideo_fakeserver.__all__

    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    assert all(getattr(nemovideo_fakeserver, name) is not None for name in names)


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    """The lazy table answers as a plain module would."""
    with pytest.raises(AttributeError, match="nemovideo_fakeserver has no attribute Server"):
        _ = nemovideo_fakeserver.Server


@pytest.mark.parametrize(
    "line", ["import nemovideo_fakeserver", "from nemovideo_fakeserver.cli import arguments"]
)
def test_importing_it_imports_nothing_heavy(line: str) -> None:
    """Neither the package nor the command's flags load a library that takes time."""
    code = f"import sys; {line}; print(*sorted(sys.modules.keys() & set({HEAVY!r})))"

    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout.split() == []


def test_a_missing_extra_is_named() -> None:
    """Where a library of the extra is missing, the error says what to install."""
    code = "import sys; sys.modules['orjson'] = None; from nemovideo_fakeserver import Fake"

    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert "Fake needs orjson: pip install 'nemovideo-harness[fakeserver]'" in ran.stderr
