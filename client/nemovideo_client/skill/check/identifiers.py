"""How identifiers of the API look when a machine has damaged them."""

from __future__ import annotations

import re

from nemovideo_client.skill.deviations import DAMAGE

_NAMES = r"(?:nemo|session|task|user|run|new|app|client|source|video|claim)"
_TAILS = r"(?:agent|id|sse|message|name|type|infos|token)"
ANYWHERE = re.compile(
    "|".join((
        *DAMAGE,
        r"(?:(?:with-session|upload-video|state)/|\"app_name\\?\":\s*\\?\")nemo[ -]agent\b",
        r"[\u4e00-\u9fff]{1,9}_(?:id|token|name|sse)",
        rf"\b{_NAMES}\*{_TAILS}\b",  # emphasis that ate an underscore
    ))
)  # fmt: skip
IN_CODE = re.compile(
    rf"\b{_NAMES}\\_{_TAILS}\b"  # an underscore that was escaped for prose
    r"|(?<![\w/-])/?nemo agent(?=/)|\[(?:https?://)?(?:[\w-]{1,60}\.[\w./-]{1,200}|\w{1,60}_\w{1,60})\]\(https?://[^\s()]*\)"  # an address that became a link
)
