"""A session in Chinese.

Whoever writes Chinese is answered in Chinese, by the service and by the client: the answer, the timeline, the
progress of the export, what to say next.
"""

from __future__ import annotations

import re
from pathlib import Path

from nemovideo_client import Conversation, Delivered, NemoClient, Say, Status, Suggestion, Timeline


def test_a_title_is_asked_for_shown_and_exported_in_chinese(
    nemo_client_sync: NemoClient, tmp_path: Path
) -> None:
    """The user reads no English word, and the title is on the timeline as it was written."""
    talk = Conversation(nemo_client_sync, folder=tmp_path)

    shown = [
        one for text in ("添加标题“夏日海滩”", "现在什么样了", "导出") for one in talk.say(text)
    ]

    tracks = [one.lines[-1] for one in shown if isinstance(one, Timeline)]
    assert tracks[-1] == "1. 标题：“夏日海滩”（0-3秒，白色48号，居中）"
    assert any(isinstance(one, Delivered) and one.path.stat().st_size > 1000 for one in shown)
    words = [one.text for one in shown if isinstance(one, Say | Status | Suggestion | Delivered)]
    assert "⏳ 正在渲染，约30秒" in words
    assert not re.search("[A-Za-z]", "".join(words))
