"""Where the cassette of a test lies: by its name.

`cassettes/<module>/<Class>.<test>.yaml` beside the test file; one that a mark names is
`cassettes/<module>/<name>.yaml`, or another place if the name is a path. With `--nemo-cassettes DIR` the folder
`cassettes` is DIR.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

FOLDER = "cassettes"
SUFFIX = ".yaml"

_FORBIDDEN = frozenset("<>?%*:|\"'/\\")
"""Characters that no file name may have everywhere."""

_LONGEST = 200
"""Bytes of a name; more is cut. Most file systems take 255, with all that goes beside."""


def place_of(node: pytest.Item, named: str, root: str) -> Path:
    """Return the cassette of the test: the one called `named`, else its own; `root` is a folder, or empty."""
    module = Path(node.path)
    folder = (Path(node.config.invocation_params.dir) / root) if root else module.parent / FOLDER
    if named.endswith((SUFFIX, ".yml")):
        return folder / named if root else module.parent / named
    return folder / module.stem / f"{safe(named or name_of(node))}{SUFFIX}"


def name_of(node: pytest.Item) -> str:
    """Return the name of a test within its module, with its classes and its parameters."""
    classes = [each.name for each in node.listchain() if isinstance(each, pytest.Class)]
    return ".".join((*classes, node.name))


def safe(name: str) -> str:
    """Return `name` as it can stand in a file system: one that cannot is changed, and told apart by a hash."""
    cleaned = "".join("-" if c in _FORBIDDEN or not c.isprintable() else c for c in name)
    cleaned = cleaned.strip(" ").rstrip(".")
    data = cleaned.encode()
    if cleaned == name and len(data) <= _LONGEST:
        return name
    digest = sha256(name.encode(errors="surrogatepass")).hexdigest()[:12]
    return f"{data[: _LONGEST - 13].decode(errors='ignore')}-{digest}"
