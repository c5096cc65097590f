"""Which of its two languages the client speaks, and the few sentences it says while it works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T")

Spoken: TypeAlias = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Wording(Generic[T]):
    """The same thing in English and in Chinese."""

    en: T
    zh: T

    def __getitem__(self, language: Spoken) -> T:
        return self.zh if language == "zh" else self.en


def spoken(language: str | None) -> Spoken:
    """Return the language to speak to someone whose language is `language` (`zh-CN`, `ja`, ...)."""
    return "zh" if (language or "").lower().startswith("zh") else "en"


CONNECTING = Wording("Connecting...", "正在连接...")
READY = Wording("Ready.", "已就绪。")

STILL_WORKING = Wording("⏳ Still working...", "⏳ 仍在处理中...")
"""Documented word for word: all four skills, "SSE Event Handling"."""

CONNECTION_LOST = Wording(
    "⏳ The connection was lost. Checking what became of it...",
    "⏳ 连接中断，正在确认处理结果...",
)
TOKEN_RENEWED = Wording(
    "The token was refused; this goes on with a new anonymous one.",
    "令牌已失效，将使用新的匿名令牌继续。",
)
ACCOUNT_RENEWED = Wording(
    "The token was refused; this goes on with a new anonymous account.",
    "令牌已失效，将使用新的匿名账户继续。",
)
SESSION_RENEWED = Wording(
    "The project could not be found any more; this goes on in a new one.",
    "找不到原来的项目，已在新项目中继续。",
)
MEDIA_ADDED = Wording("✅ New media in the project", "✅ 项目中有新素材")
OPEN_PROJECT = Wording("Open the project in a browser", "在浏览器中打开项目")

WORKING = Wording("Working on it...", "正在处理...")
NOTHING_CHANGED = Wording(
    "That ended without a word, and nothing on the timeline has changed.",
    "处理结束了，但没有任何回复，时间线也没有变化。",
)
BALANCE = Wording("You have {available} credits.", "您有 {available} 积分。")
RESERVED = Wording(
    "{frozen} more are reserved for work in progress.", "另有 {frozen} 积分已为进行中的任务预留。"
)
WHICH_FILE = Wording(
    "Which file? Give me its path, or a URL.", "要上传哪个文件？请给我文件路径或链接。"
)
UPLOADING = Wording("Uploading...", "正在上传...")
UPLOADED = Wording("✅ Uploaded {file}", "✅ 已上传 {file}")
RENDERING = Wording("⏳ Rendering ~30s", "⏳ 正在渲染，约30秒")
RENDERING_AGAIN = Wording("The render failed. Trying once more...", "渲染失败，正在重试一次...")
NOT_THAT_SIZE = Wording(
    "NemoVideo cannot render this film in {size}; ask for 1080p or less, or export it as it is.",
    "NemoVideo无法以{size}渲染该视频，请选择1080p或更小的尺寸，或直接导出原尺寸。",
)
DOWNLOADING = Wording("Downloading...", "正在下载...")
VIDEO_READY = Wording("✅ Video ready!", "✅ 视频已就绪！")
SUBTITLES_READY = Wording("✅ Subtitles ready!", "✅ 字幕已就绪！")
NO_SUBTITLES = Wording("There are no words on the timeline.", "时间线上没有文字。")
SAY_EXPORT = Wording('Say "export" to get the video.', "说“导出”即可获得视频。")
