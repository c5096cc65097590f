"""Orders that are for the client and not for the chat: "export" means the render service.

Only a message that is nothing but such an order counts: "a video about export companies", "export the
subtitles" and "add a title and export" are for others to understand.
"""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"(?:(?:please|now|ok(?:ay)?|then|just|finally|can you|could you|would you|i want to|i'd like to|let's)[, ]+)*"
    r"(?:export(?:[, ]+(?:it|this|that|the|my|our|a|an|and|download|final|finished|whole|full|high|hd|quality"
    r"|video|film|movie|clip|project|result|file|as|to|in|at|for|me|now|again|please|format|mp4|\d{3,4}p|[248]k))*"
    r"|(?:download|send me|get me) (?:the|my) (?:final |finished )?(?:video|film|movie))",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:请|帮我|给我|麻烦|现在|然后|最后|直接|把|将|这个|我的|最终|视频|影片|成片|片子|它|一下|\s)*"
    r"(?:导出|下载(?=.*(?:视频|影片|成片)))"
    r"(?:一下|这个|我的|最终|视频|影片|成片|片子|项目|为|成|到|高清|格式|吧|给我|\s|mp4|\d{3,4}p|[248]k)*",
    re.IGNORECASE,
)
_END = " \t\r\n.!?。！？…~"


def is_export(text: str) -> bool:
    """Say whether a message is an order to export the video, and nothing else."""
    order = " ".join(text.strip(_END).split())
    return bool(_ENGLISH.fullmatch(order) or _CHINESE.fullmatch(order))
