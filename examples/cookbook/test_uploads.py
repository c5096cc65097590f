"""Uploads: one that works, two that do not.

Files are known by what is in them, not by their names. What is refused costs nothing and leaves nothing
behind, and the error says what would be taken.
"""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from nemovideo_client import FileTooLarge, NemoClient, UnsupportedFile


def recorded(path: Path, seconds: int) -> Path:
    """Write a sound file of silence."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * seconds))
    return path


def test_a_sound_file_is_in_the_project(nemo_client_sync: NemoClient, tmp_path: Path) -> None:
    """Its length is that of the file, and the state knows it."""
    upload = nemo_client_sync.upload(recorded(tmp_path / "waves.wav", seconds=3))

    assert [(file.kind, file.duration) for file in upload.files] == [("audio", 3.0)]
    assert [info["filename"] for info in nemo_client_sync.state().video_infos] == ["waves.wav"]


def test_a_text_is_no_film_whatever_it_is_called(
    nemo_client_sync: NemoClient, tmp_path: Path
) -> None:
    """Code 4001, with the formats that work."""
    film = tmp_path / "film.mp4"
    film.write_text("Fade in. A lighthouse at dawn.")

    with pytest.raises(UnsupportedFile) as refused:
        nemo_client_sync.upload(film)

    assert refused.value.code == 4001
    assert "mp4" in refused.value.formats
    assert nemo_client_sync.state().video_infos == ()


@pytest.mark.nemo_variant(max_upload="10KB")
def test_a_file_may_be_too_large(nemo_client_sync: NemoClient, tmp_path: Path) -> None:
    """Code 4002; the limit is 500 MB unless the fake is told otherwise, as here."""
    with pytest.raises(FileTooLarge) as refused:
        nemo_client_sync.upload(recorded(tmp_path / "long.wav", seconds=5))

    assert refused.value.code == 4002
    assert nemo_client_sync.state().video_infos == ()
