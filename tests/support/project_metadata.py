"""What `pyproject.toml` says of the distribution: its name, extras and commands."""

from __future__ import annotations

import tomllib

from support.documents import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME: str = PROJECT["name"]
VERSION: str = PROJECT["version"]
EXTRAS = frozenset(PROJECT["optional-dependencies"])

MODULES = {name: where.partition(".")[0] for name, where in PROJECT["scripts"].items()}
"""The package that runs as each command: `nemo-proxy` is `python -m nemovideo_proxy`, too."""
