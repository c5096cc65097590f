"""A plugin for pytest: writes down what was collected, with its marks, into the file that COLLECTED names."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write it all down."""
    told = [_told(item) for item in session.items]
    Path(os.environ["COLLECTED"]).write_text(json.dumps(told), encoding="utf-8")


def _told(item: pytest.Item) -> dict[str, Any]:
    marks = [(mark.name, [str(arg) for arg in mark.args]) for mark in item.iter_markers()]
    says = getattr(item, "obj", None).__doc__ or ""
    return {"id": item.nodeid, "says": says, "marks": marks}
