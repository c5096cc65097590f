"""What one message asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.talk.orders import Errand
from nemovideo_client.talk.routing import Intent, route

WORDS: dict[Errand, list[str]] = {
    "export": [
        "export", "Export!", "导出", "download", "下载", "send me the video", "can you send me the video?",
        "send the video to me please", "get the video", "get video", "save", "save it", "保存", "download now",
        "Great, export it. Thanks!", "How do I export?", "export 🚀", "Export as an mp4 file at the highest quality",
        "Export the video with a red frame", "export for my grandmother", "export it as a gif", "“export”",
        "请帮我导出一下视频吧", "把视频发给我", "导出到我的硬盘", "export, download",
        "帮我把视频导出来", "导出来", "下载下来", "把视频导出来给我", "把剪好的视频导出来", "导出前10秒", "render it", "render", "渲染视频",
        "finish it up and send it over", "Export the first 10 seconds", "export vertical 9:16", "I'm done, give me the file",
        "export, please, when you can", "render and send me the film", "edit it and then export", "export as wav",
        "export it as a GIF", "save it as film.mp4",
    ],
    "credits": [
        "credits", "积分", "balance", "余额", "how many left", "how many are left?", "remaining", "check my balance",
        "how many credits do I have left?", "what's my credit balance", "还剩多少积分", "查一下余额", "我还有多少积分？",
    ],
    "state": [
        "status", "状态", "show tracks", "show me the tracks", "现在什么样了", "show timeline", "show me the timeline",
        "what's in it", "What’s in it?", "progress", "how's the progress?", "what's done", "show me what we have",
        "what's the status", "what is the status of the export?", "is it done?", "is the export ready?", "进度怎么样了",
        "显示轨道", "what's on the timeline", "现在时间线上有什么", "视频做好了吗", "导出好了吗", "is my video done yet?",
        "cancel the export", "stop the export", "取消导出",
    ],
    "upload": ["upload", "上传", "file attached", "attachment", "I want to upload a video", "上传这个文件", "see attached"],
    "chat": [
        "generate", "create", "make a video", "生成视频", "storyboard", "script breakdown", "scene list", "regenerate",
        "重新生成", "redo", "再来一个", "slower", "hello", "thanks!", "🚀",
        "make a promo for an export company", 'add the title "Download now"', "create a video about credit cards",
        "add a progress bar", "a video about bank balance", "make a status update video", "add end credits",
        "a video about import and export", "make a video about credits, balance, and trust", "balance the audio",
        "make a tutorial about how to edit and export", "save the date", "add a logo then credits", "how many clips are left",
        "set the status text to red", "upload this to youtube", "a list of trade, export, and customs rules", "white balance",
        "Don't export yet", "add “a title and then export it”", "add 'status' in the corner", "add subtitles",
        "生成一个关于出口贸易的视频", "做一个关于下载的视频", "做一个关于积分商城的视频", "做一个状态更新视频", "不要导出",
        "教大家如何录制并导出", "加上标题“导出”", "进出口公司宣传片", "调整白平衡，余额",
        "render a sunset", "渲染一个日落", "the render is too dark", "做一个视频和字幕", "加上字幕和积分", "合并加字幕",
        "here is the thing: add jazz", "I'm done with the beach scene, add a forest",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "action"), [(text, action) for action, texts in WORDS.items() for text in texts]
)
def test_the_action_of_a_message(text: str, action: Errand) -> None:
    """One thing is asked for, and a wish for the chat goes there as it was written."""
    intents = route(text)

    assert [intent.action for intent in intents] == [action]
    assert action != "chat" or intents[0].text == text


DETAILS = [
    ("export 1080p MP4", [Intent("export", "1080p")]),
    ("导出1080P MP4", [Intent("export", "1080p")]),
    ("export in 4K 60fps", [Intent("export", "4k")]),
    ("export it, 720p please", [Intent("export", "720p")]),
    ("export SRT", [Intent("subtitles", "srt")]),
    ("download subtitles", [Intent("subtitles", "srt")]),
    ("Export VTT", [Intent("subtitles", "vtt")]),
    ("导出字幕", [Intent("subtitles", "srt")]),
    ("下载VTT字幕", [Intent("subtitles", "vtt")]),
    ("export the video and srt", [Intent("export"), Intent("subtitles", "srt")]),
    ("add a title 'X' and then export it", [Intent("chat", "add a title 'X'"), Intent("export")]),
    ("Add a title and export", [Intent("chat", "Add a title"), Intent("export")]),
    ("Make it slower. Export it.", [Intent("chat", "Make it slower."), Intent("export")]),
    ("加个标题然后导出", [Intent("chat", "加个标题"), Intent("export")]),
    ("加个标题，然后导出1080p", [Intent("chat", "加个标题"), Intent("export", "1080p")]),
    ("生成视频并导出", [Intent("chat", "生成视频"), Intent("export")]),
    ("Great! Add a title, then export. Thanks!", [Intent("chat", "Great! Add a title"), Intent("export")]),
    ("export it and make it slower", [Intent("export"), Intent("chat", "make it slower")]),
    ("make it slower and tell me how many credits are left", [Intent("chat", "make it slower"), Intent("credits")]),
    ("how many credits? then show tracks", [Intent("credits"), Intent("state")]),
    (
        "upload https://a.example/b.mp4 and add music",
        [Intent("upload", files=("https://a.example/b.mp4",)), Intent("chat", "add music")],
    ),
    (
        "My clip is https://a.example/b.mp4. Please upload it, then export.",
        [Intent("upload", files=("https://a.example/b.mp4",)), Intent("export")],
    ),
    ("上传 https://a.example/b.mp4", [Intent("upload", files=("https://a.example/b.mp4",))]),
    ('upload "clip.mp4"', [Intent("upload", files=("clip.mp4",))]),
    ("use https://a.example/b.mp4 as background", [Intent("chat", "use https://a.example/b.mp4 as background")]),
    ("export the subtitles and the video", [Intent("subtitles", "srt"), Intent("export")]),
    ("download the video and the subtitles", [Intent("export"), Intent("subtitles", "srt")]),
    ("导出字幕和视频", [Intent("subtitles", "srt"), Intent("export")]),
    ("查看积分和时间线", [Intent("credits"), Intent("state")]),
    ("show my credits and the timeline", [Intent("credits"), Intent("state")]),
    ("make it slower and cancel the export", [Intent("chat", "make it slower"), Intent("state")]),
    ("Add a title and render it", [Intent("chat", "Add a title"), Intent("export")]),
    ("make it shorter and then export", [Intent("chat", "make it shorter"), Intent("export")]),
    ("剪短一点再导出", [Intent("chat", "剪短一点"), Intent("export")]),
    ("make a title and a video, then export", [Intent("chat", "make a title and a video"), Intent("export")]),
    ("加上标题和视频，然后导出", [Intent("chat", "加上标题和视频"), Intent("export")]),
    ("Here is beach.mp4, add jazz", [Intent("upload", files=("beach.mp4",)), Intent("chat", "add jazz")]),
    ("上传 beach.mp4 并加上钢琴曲", [Intent("upload", files=("beach.mp4",)), Intent("chat", "加上钢琴曲")]),
    ("", []),
    (" \n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "intents"), DETAILS, ids=[text for text, _ in DETAILS])
def test_several_things_and_their_details(text: str, intents: list[Intent]) -> None:
    """Orders are taken out in order; the chat gets the rest without them."""
    assert route(text) == tuple(intents)


WITH_FILES = [
    ("", []),
    ("here's my video", []),
    ("a.mp4", []),
    ("upload a.mp4", []),
    ("上传这个视频", []),
    ("add music to this", [Intent("chat", "add music to this")]),
    ("upload this and make it slower", [Intent("chat", "make it slower")]),
    ("use this as music, then export", [Intent("chat", "use this as music"), Intent("export")]),
    ("status", [Intent("state")]),
]


@pytest.mark.parametrize(
    ("text", "rest"), WITH_FILES, ids=[text or "empty" for text, _ in WITH_FILES]
)
def test_files_are_uploaded_first(text: str, rest: list[Intent]) -> None:
    """A message with files uploads them, then does what its text asks besides."""
    assert route(text, ["/x/a.mp4"]) == (Intent("upload", files=("/x/a.mp4",)), *rest)


def test_an_address_beside_files() -> None:
    """Addresses that the text asks to upload go along with the files."""
    intents = route("upload these and https://a.example/b.mp4", ["a.mp4"])

    assert intents == (Intent("upload", files=("a.mp4", "https://a.example/b.mp4")),)


_PARTS = st.sampled_from(
    ["export", "导出", "download", "a title", "然后", " and then ", " and ", ",", ". ", "，", "“", "”", '"', "'", " ", "!", "slower", "status", "上传", "a.mp4", "https://a.b/c", "\n"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=14).map("".join) | st.text(max_size=60), st.booleans())
def test_export_alone_is_never_for_the_chat(text: str, with_files: bool) -> None:
    """Nothing is raised, and no chat message consists of the one word that must not go there."""
    intents = route(text, ["f.mp4"] if with_files else ())

    chats = [i.text.strip(" \n.!?,。！？，").casefold() for i in intents if i.action == "chat"]
    assert not {"export", "导出"} & set(chats)


@given(st.text(alphabet="abcdef export导出 ,.", max_size=40))
def test_what_is_quoted_is_no_order(words: str) -> None:
    """A quotation in a wish never becomes anything but part of it."""
    text = f"add the title “{words}” in red"

    assert route(text) == (Intent("chat", text),)
