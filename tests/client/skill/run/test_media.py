"""The files that are made in place of a user's."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from nemovideo_client.skill.run import media


@pytest.mark.parametrize(
    ("name", "codec", "frames"),
    [("a.mp4", "rawvideo", 20), ("song.mp3", "pcm_u8", None), ("a.jpeg", "png", 1)],
)
def test_they_are_real(name: str, codec: str, frames: int | None, tmp_path: Path) -> None:
    """Somebody else's library reads them to the end."""
    with av.open(str(media.make(tmp_path, name))) as file:
        stream = file.streams[0]
        read = sum(1 for _ in file.decode(stream))
        assert stream.codec_context.name == codec
        assert frames in (None, read)
        assert file.duration in (None, media.SECONDS * 1_000_000)
