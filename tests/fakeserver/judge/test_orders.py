from __future__ import annotations

import pytest

from nemovideo_fakeserver.judge.orders import is_export

ORDERS = (
    "export",
    "Export!",
    "please export it",
    "Export 1080p MP4",
    "Can you export the final video as MP4 at 1080p?",
    "ok, now export",
    "download the video",
    "send me the video",
    "导出",
    "请导出视频。",
    "导出 1080p MP4",
    "把视频导出一下",
    "导出成片吧",
    "下载视频",
)
OTHERS = (
    "",
    "Make a video about export companies",
    'Add the title "Export"',
    "export the subtitles as SRT",
    "Add a title and export it",
    "How do I export?",
    "Don't export yet",
    "Exported goods, a documentary",
    "download a song for it",
    "send me the details",
    "不要导出",
    "导出了吗",
    "导出字幕",
    "关于导出贸易的视频",
    "下载",
)


@pytest.mark.parametrize("text", ORDERS)
def test_an_order_to_export_is_one(text: str) -> None:
    """Nothing but the order, however politely."""
    assert is_export(text)


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_mentions_it_is_none(text: str) -> None:
    """In doubt it is a message like any other."""
    assert not is_export(text)
