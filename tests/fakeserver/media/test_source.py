"""A media file is opened in one way, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from nemovideo_fakeserver.media import source


@pytest.mark.parametrize("name", source.DEMUXERS)
def test_a_file_is_decoded_in_one_thread(name: str, samples: Mapping[str, Path]) -> None:
    """As many workers as there are cores leave no core for more, and none for those who serve."""
    with source.reopened(samples[name]) as container:
        streams = (*container.streams.video, *container.streams.audio)
        threads = {stream.codec_context.thread_count for stream in streams}

    assert threads == {1}
