"""Cassettes: recordings as YAML that people read and programs give back byte for byte.

`Cassette.open` reads one, `Writer` records one; `BrokenCassette` is what a file is that cannot be one.
Each is imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_proxy.cassette.broken import BrokenCassette, InUse, Unwritable
    from nemovideo_proxy.cassette.documents import header_text, interaction_text
    from nemovideo_proxy.cassette.formatting import formatted
    from nemovideo_proxy.cassette.index import Entry
    from nemovideo_proxy.cassette.json_schema import schema
    from nemovideo_proxy.cassette.openings import Opening
    from nemovideo_proxy.cassette.reading import Cassette
    from nemovideo_proxy.cassette.repairing import Lost, Repaired, repair
    from nemovideo_proxy.cassette.writer import Writer

_HOME = {
    "BrokenCassette": "broken",
    "Cassette": "reading",
    "Entry": "index",
    "InUse": "broken",
    "Lost": "repairing",
    "Opening": "openings",
    "Repaired": "repairing",
    "Unwritable": "broken",
    "Writer": "writer",
    "formatted": "formatting",
    "header_text": "documents",
    "interaction_text": "documents",
    "repair": "repairing",
    "schema": "json_schema",
}

__all__ = [
    "BrokenCassette",
    "Cassette",
    "Entry",
    "InUse",
    "Lost",
    "Opening",
    "Repaired",
    "Unwritable",
    "Writer",
    "formatted",
    "header_text",
    "interaction_text",
    "repair",
    "schema",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
