"""What the agent says around its work: openings, closings, the question it asks when it understands nothing.

Law: the voice is that of a web editor's assistant (documented: it speaks of panels, buttons and dragging);
which sentence is said is a matter of chance.
"""

from __future__ import annotations

from typing import TypeAlias

from nemovideo_fakeserver.agent.reading.language import Language
from nemovideo_fakeserver.agent.stage.bench import Bench

Table: TypeAlias = dict[Language, tuple[str, ...]]

OPENINGS: Table = {
    "en": (
        "On it, editing your project now...",
        "Got it. Let me work on that.",
        "Sure, I'll take care of that.",
        "Working on your timeline...",
    ),
    "zh": ("好的，正在处理你的项目……", "收到，马上开始编辑。", "没问题，正在调整时间线……"),
}
GENERATING: Table = {
    "en": (
        "I'll generate your video now. This takes a few minutes.",
        "Starting the generation; you can watch the progress in the player.",
    ),
    "zh": ("好的，现在开始生成视频，需要几分钟。", "正在生成视频，可以在播放器里查看进度。"),
}
BETWEEN: Table = {
    "en": (
        "The raw video is ready. I'm finishing the edit with sound and text.",
        "First cut done; adding the finishing touches.",
    ),
    "zh": ("原始视频已完成，正在添加配乐和文字。", "初版已生成，正在做后期处理。"),
}
CLOSINGS: Table = {
    "en": (
        "Preview it in the timeline panel, or click Export to save it.",
        "Drag the segments on the timeline to fine-tune, then click the Export button.",
        "Open the player to preview; click Export when you are happy.",
        "Preview in timeline and tell me what to change.",
    ),
    "zh": (
        "可以在时间线面板预览，或者点击导出保存。",
        "拖拽时间线上的片段可以微调，完成后点击导出按钮。",
        "打开播放器预览，满意后点击导出。",
    ),
}
UNKNOWN: Table = {
    "en": (
        "I'm not sure what you would like to do. Describe the music you need, a title to add, or an edit such as “trim to 5 seconds”.",
        "Could you tell me more? For example the mood of the music, the text of a title, or which clip to cut.",
    ),
    "zh": (
        "我不太确定你想做什么。可以描述想要的音乐、要添加的标题，或者像“剪到5秒”这样的编辑。",
        "能再具体一点吗？比如音乐的情绪、标题的文字，或者要剪哪个片段。",
    ),
}
NOISE = "I encountered a temporary issue while processing your request. Please try again later."
"""Documented: this may follow a normal answer and means nothing; it is in English whatever was spoken."""


def say(table: Table, bench: Bench, name: str) -> str:
    """Draw a sentence of a table in the user's language."""
    return bench.chance.choice(table[bench.language], "prose", name)


def not_understood(text: str, bench: Bench) -> str:
    """Say which part of a message was not understood."""
    part = text if len(text) <= 60 else text[:57] + "..."
    return bench.speak(f"I did not understand “{part}”.", f"没有理解“{part}”。")
