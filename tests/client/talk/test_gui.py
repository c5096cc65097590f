"""What is shown of an answer that speaks of panels and buttons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.talk.gui import Action, translate

EXPORT, STATE, TIMELINE, CREDITS = (Action(k) for k in ("export", "state", "timeline", "credits"))


def edit(text: str) -> Action:
    """An edit in the service's words."""
    return Action("edit", text)


def execute(button: str) -> Action:
    """A button to be clicked."""
    return Action("execute", button)


ROWS: list[tuple[str, str, list[Action]]] = [
    # The rows of the documented table
    ("Click the Export button.", "", [EXPORT]),
    ("Click Export.", "", [EXPORT]),
    ('Click the "Generate" button.', "", [execute("Generate")]),
    ("点击“生成”按钮。", "", [execute("生成")]),
    ("点击导出。", "", [EXPORT]),
    ("Open the media panel.", "", [STATE]),
    ("打开素材面板。", "", [STATE]),
    ("Open the timeline.", "", [TIMELINE]),
    ("Open the subtitle panel.", "", [STATE]),
    ("Drag the clip to the start.", "", [edit("Drag the clip to the start")]),
    ("Drop here.", "", [edit("Drop here")]),
    ("Arrange clips in the timeline.", "", [TIMELINE]),
    ("拖拽片段调整顺序。", "", [edit("拖拽片段调整顺序")]),
    ("Preview in timeline.", "", [TIMELINE]),
    ("Preview it in the player.", "", [TIMELINE]),
    ("The Export button is in the top right corner.", "", [EXPORT]),
    ("Check your account.", "", [CREDITS]),
    ("Check billing.", "", [CREDITS]),
    ("Go to Settings to change it.", "", [STATE]),
    ("Go to the dashboard.", "", [STATE]),
    ("You can adjust the volume in the editor.", "", [edit("adjust the volume in the editor")]),
    # Whole answers
    (
        "Your video is ready! Preview in Timeline panel or click Export to save it.",
        "Your video is ready!",
        [TIMELINE, EXPORT],
    ),
    (
        "I added the title. Click the title to select it. Drag the segments on the timeline to fine-tune, then click the Export button.",
        "I added the title.",
        [execute("title"), edit("Drag the segments on the timeline to fine-tune"), EXPORT],
    ),
    ("The title is white, and you can drag it to move.", "The title is white.", [edit("drag it to move")]),
    ("The title, which you can drag, is white.", "The title is white.", [edit("drag")]),
    ("The title is white, to match the sky, and you can drag it.", "The title is white, to match the sky.", [edit("drag it")]),
    ("Open the player to preview; click Export when you are happy.", "", [TIMELINE, EXPORT]),
    ("Preview in timeline and tell me what to change.", "Tell me what to change.", [TIMELINE]),
    ("Starting the generation; you can watch the progress in the player.", "Starting the generation.", [TIMELINE]),
    ("I can't find clip 3. Open the media panel to see what is there.", "I can't find clip 3.", [STATE]),
    (
        "Streaming songs are not available. Open the music panel, or tell me a genre and I'll write one.",
        "Streaming songs are not available. Tell me a genre and I'll write one.",
        [STATE],
    ),
    (
        "Click the Export button in the top right corner, choose your resolution, and the MP4 will be ready to download.",
        "",
        [EXPORT],
    ),
    ("Everything is set: click Export above the player to render.", "Everything is set.", [EXPORT]),
    ("Check your account page: the billing panel shows the credits you have left.", "", [CREDITS]),
    ("Open the dashboard and click Billing to see your credits.", "", [STATE, CREDITS]),
    (
        "Give me a subject and I'll generate a video; or drop your clips on the timeline and I'll cut, title and score them.",
        "Give me a subject and I'll generate a video.",
        [edit("drop your clips on the timeline")],
    ),
    (
        'Timeline (1 track): 1. Title: "Hi" (0-3s) Open the timeline panel to preview it.',
        'Timeline (1 track): 1. Title: "Hi" (0-3s).',
        [TIMELINE],
    ),
    ("Click Export. Then click Export again.", "", [EXPORT]),
    ("Your video is ready to preview in the timeline panel.", "Your video is ready.", [TIMELINE]),
    ("You can save it by clicking the Export button.", "You can save it.", [EXPORT]),
    ("The video is ready (click Export to save it).", "The video is ready.", [EXPORT]),
    ("The film is ready (click Export). Open the media panel (or click Play).", "The film is ready.", [EXPORT, TIMELINE, STATE]),
    ("Once you're happy, click Export.", "", [EXPORT]),
    ("Click the title to select it, the color is red now.", "The color is red now.", [execute("title")]),
    ("Done! 🎉 Click **Export** 🎉", "Done!", [EXPORT]),
    ("Click and drag the title.", "", [edit("Click and drag the title")]),
    ("Done:\n1. Click Export\n- Title is red\n", "Done:\n- Title is red", [EXPORT]),
    ("Press the Undo arrow above the timeline, or tell me what to remove.", "Tell me what to remove.", [execute("Undo arrow")]),
    ("可以在时间线面板预览，或者点击导出保存。", "", [TIMELINE, EXPORT]),
    ("拖拽时间线上的片段可以微调，完成后点击导出按钮。", "", [edit("拖拽时间线上的片段可以微调"), EXPORT]),
    ("标题已添加。打开播放器预览，满意后点击导出。", "标题已添加。", [TIMELINE, EXPORT]),
    ("正在生成视频，可以在播放器里查看进度。", "正在生成视频。", [TIMELINE]),
    ("找不到第3个片段，请打开素材面板看看有哪些素材。", "找不到第3个片段。", [STATE]),
    ("可以打开音乐面板使用内置曲库，或者描述情绪，我来原创一首。", "描述情绪，我来原创一首。", [STATE]),
    ("请点击右上角的导出按钮，选择分辨率后即可下载MP4。", "", [EXPORT]),
    ("一切就绪，点击播放器上方的“导出”即可渲染并下载视频。", "一切就绪。", [EXPORT]),
    ("我可以调色；其他功能请看工具面板。", "我可以调色。", [STATE]),
    ("请打开账户页面，在账单面板查看剩余积分。", "", [CREDITS]),
    ("时间线：1. 视频: a.mp4 (0-3秒)可以打开时间线面板预览。", "时间线：1. 视频: a.mp4 (0-3秒)。", [TIMELINE]),
    ("把文件拖拽到素材面板，或者直接告诉我需求。", "直接告诉我需求。", [edit("把文件拖拽到素材面板")]),
    ("告诉我想怎么改，或者点击时间线上的片段查看详情。", "告诉我想怎么改。", [execute("片段")]),
    ("文字可以告诉我，或在字幕面板里修改。", "文字可以告诉我。", [STATE]),
    # Toolbars, menus and sliders
    ("Use the toolbar at the top to change the font.", "", [STATE]),
    ("Choose File > Export > MP4.", "", [EXPORT]),
    ("Scroll down to see the timeline.", "", [TIMELINE]),
    ("See the panel on the right for more.", "", [STATE]),
    ("Select the music track and adjust its volume slider.", "", [edit("Select the music track and adjust its volume slider")]),
    ("Change the volume slider on the right. Done.", "Done.", [edit("Change the volume slider on the right")]),
    ("使用顶部的工具栏修改字体。", "", [STATE]),
    ("选择 文件 > 导出 > MP4。", "", [EXPORT]),
    ("向下滚动查看时间线。", "", [TIMELINE]),
    ("选择音轨，调整音量滑块。", "", [edit("选择音轨，调整音量滑块")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown", "actions"), ROWS, ids=[row[0][:48] for row in ROWS])
def test_instructions_become_actions(text: str, shown: str, actions: list[Action]) -> None:
    """What is to be done on a screen is left out and named; the rest is a tidy sentence."""
    translation = translate(text)

    assert translation.text == shown
    assert list(translation.actions) == actions


CONTENT = [
    "A title card that says 'Click here'",
    "Title: Click here to subscribe",
    "Title added: “Click here, then export” (0-3s).",
    "a video of a child opening a panel of a door",
    "She opens the door and drags the chair to the window.",
    "the camera clicks",
    "Click track added at 120 BPM.",
    "drag race footage",
    "Drag race footage added.",
    "Open on a wide shot of the sea.",
    "Open the window to let the light in.",
    "The control panel glows, and the solar panel shows a reflection.",
    "Drop the bass at 10s.",
    "Press conference footage is in.",
    "On it, editing your project now...",
    "I moved the clip on the timeline.",
    "Tell me what to change.",
    "她打开了新世界。",
    "打开了新世界",
    "点击率很高的视频",
    "歌词：点击我的心",
    "Tap your foot: the beat is 120 BPM.",
    "Chorus: click your heels",
    "See the menu on the wall.",
    "Use the slider shot.",
    "Scroll down the street with the camera.",
    "Menu: Coffee > Tea",
    "主角点击鼠标，女孩打开面板门。",
    "画面有拖拽感。",
    "已添加标题“点击导出”。",
    "好的，正在处理你的项目……",
    "  spaces  kept \n\n",
    "",
]


@pytest.mark.parametrize("text", CONTENT)
def test_content_is_left_alone(text: str) -> None:
    """A text that tells its reader nothing to do on a screen comes back as it is."""
    translation = translate(text)

    assert (translation.text, translation.actions) == (text, ())


_SENTENCES = st.sampled_from([row[0] for row in ROWS] + CONTENT)
_FRAGMENTS = st.sampled_from(
    ["Click ", "Export", "the title", ", and ", " or ", "then ", "you can ", "drag it", "打开", "面板", "点击", "，", "。", ". ", "(", ")", "“", "”", ": ", "\n", "to ", "x", "**", "which ", "Select the track", "adjust the volume slider", "Choose File", " > ", "scroll down", "use the ", "toolbar"]
)  # fmt: skip
_TEXTS = (
    st.lists(_SENTENCES, max_size=4).map(" ".join)
    | st.lists(_FRAGMENTS, max_size=16).map("".join)
    | st.text(max_size=60)
)


@given(_TEXTS)
def test_translating_twice_is_translating_once(text: str) -> None:
    """What is shown has no instruction left in it, and is no longer than the answer."""
    shown = translate(text).text

    again = translate(shown)

    assert (again.text, again.actions) == (shown, ())
    assert len(shown) <= len(text)


@given(st.lists(_SENTENCES, max_size=3), st.text(alphabet="Click Export点击,.;: ", min_size=1))
def test_quoted_text_survives(around: list[str], quoted: str) -> None:
    """Whatever a title says, the sentence that quotes it is shown."""
    told = f"Added the title “{quoted}” in red."

    shown = translate("\n".join([*around, told, *around])).text

    assert f"“{quoted}”" in shown
