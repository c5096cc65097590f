"""What `nemovideo_proxy` offers, and what asking for it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import nemovideo_proxy

HEAVY = ("aiohttp", "httpx", "mitmproxy", "msgspec", "uvloop", "yaml")


def test_the_public_names_are_sorted_and_there() -> None:
    """Every name in `__all__` can be had."""
    assert nemovideo_proxy.__all__ == sorted(nemovideo_proxy.__all__)
    assert all(getattr(nemovideo_proxy, name) is not None for name in nemovideo_proxy.__all__)


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    """The lazy table answers as a plain module would."""
    with pytest.raises(AttributeError, match="nemovideo_proxy has no attribute Proxy"):
        _ = nemovideo_proxy.Proxy


@pytest.mark.parametrize(
    "line", ["import nemovideo_proxy", "from nemovideo_proxy import cli; cli.parser()"]
)
def test_importing_it_imports_nothing_heavy(line: str) -> None:
    """Neither the package nor the commands and their flags load a library that takes time."""
    code = f"import sys; {line}; print(*sorted(sys.modules.keys() & set({HEAVY!r})))"

    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout.split() == []


def test_replay_needs_no_mitmproxy() -> None:
    """Only recording through a port does."""
    code = (
        "import sys; sys.modules['mitmproxy'] = None; from nemovideo_proxy import Recording, Replay"
    )

    subprocess.run((sys.executable, "-c", code), check=True)


def test_a_missing_extra_is_named() -> None:
    """Where a library of the extra is missing, the error says what to install."""
    code = "import sys; sys.modules['yaml'] = None; from nemovideo_proxy import Replay; Replay('x')"

    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert "pip install 'nemovideo-harness[proxy]'" in ran.stderr
