from __future__ import annotations

import subprocess
import sys

import pytest

from nemovideo_proxy import cassette


def test_names_are_a_sorted_list() -> None:
    """What `__all__` says is there, and in order."""
    assert cassette.__all__ == sorted(cassette.__all__)
    for name in cassette.__all__:
        assert getattr(cassette, name)


def test_another_name_is_an_error() -> None:
    """As in any module."""
    with pytest.raises(AttributeError, match="no attribute"):
        _ = cassette.nothing


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    """The package alone brings neither YAML nor msgspec."""
    script = "import sys, nemovideo_proxy.cassette; sys.exit('yaml' in sys.modules or 'msgspec' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
