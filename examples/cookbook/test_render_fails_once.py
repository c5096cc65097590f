"""A render that fails once.

Documented is one retry, under a new id. The fake lets the first render fail; what counts is what was ordered.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Journal


@pytest.mark.nemo_scenario("render-fails-once")
def test_a_failed_render_is_ordered_once_more_under_a_new_id(
    nemo_client_sync: NemoClient, nemo_journal: Journal, tmp_path: Path
) -> None:
    """The user gets a film, and neither render cost anything."""
    nemo_client_sync.chat("Make a 30-second lo-fi loop at 80 BPM")

    film = tmp_path / "loop.mp4"
    export = nemo_client_sync.export(film)

    orders = [fact.what["render"] for fact in nemo_journal if fact.kind == "render.submitted"]
    assert len({*orders}) == 2
    assert export.render.id == orders[-1]
    assert film.read_bytes()[4:8] == b"ftyp"
    assert nemo_client_sync.credits().available == 50  # the music; exports are free
