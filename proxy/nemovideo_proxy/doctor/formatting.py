"""A cassette as a recording would write it: the same documents, in order, each with its first line.

A Content-Length that does not fit becomes that of the body.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from nemovideo_proxy.cassette import Cassette, InUse, header_text, interaction_text
from nemovideo_proxy.cassette.documents import interaction_of
from nemovideo_proxy.cassette.openings import folder_of
from nemovideo_proxy.replay.lengths import fitted


def formatted(path: Path) -> bool:
    """Rewrite a cassette in one step, and return whether that changed it.

    Comments that people wrote are lost. Raises `BrokenCassette`, `InUse` and OSError.
    """
    if folder_of(path).is_dir():
        raise InUse(
            f"{path} is being recorded, or its recording was killed: record on, or repair it"
        )
    with Cassette.open(path) as cassette:
        entries = sorted(cassette.entries, key=lambda entry: entry.number)
        documents = [
            interaction_text(fitted(interaction_of(cassette.text(e), e.number, path, e.line)))
            for e in entries
        ]
        text = header_text(cassette.header) + "".join(documents)
    if path.read_bytes() == text.encode():
        return False
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        part = Path(folder) / path.name
        part.write_text(text, encoding="utf-8", newline="\n")
        part.chmod(path.stat().st_mode)
        part.replace(path)
    return True
