"""Public names of packages that need Hypothesis, each imported when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module


def public(package: str, home: Mapping[str, str], name: str) -> object:
    """Return a public name of a package; `home` says in which of its modules each is.

    Raises AttributeError for a name that it does not have, and ModuleNotFoundError, with the extra to install,
    where Hypothesis, or what a fake needs, is not installed.
    """
    if name not in home:
        raise AttributeError(f"module {package} has no attribute {name}")
    try:
        return getattr(import_module(f"{package}.{home[name]}"), name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("nemovideo_"):
            raise
        raise ModuleNotFoundError(
            f"{name} needs {missing.name}: pip install 'nemovideo-harness[hypothesis]'",
            name=missing.name,
        ) from None
