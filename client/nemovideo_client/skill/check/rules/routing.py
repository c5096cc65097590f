"""Which requests go to the chat, and which do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.bodies import parsed
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL
from nemovideo_client.skill.check.sentences import searched
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.document.parts import Row

_ORDER = re.compile(
    r"(?i)\W*(?:please\s+)?(?:export|导出|download|下载|send me the (?:video|film)|render)(?:\s+(?:it|the|my|this|video|film|now|as|to|mp4|1080p))*\W*"
)
_ONLY_VIDEO = r"(?!\s*(?:srt|vtt|subtitles?|button|字幕|按钮))"
_EXPORTED = rf"(?:\bexport\b{_ONLY_VIDEO}|导出{_ONLY_VIDEO})"
_TO_CHAT = r"(?:聊天|对话|后端|`?(?:POST )?/?(?:run_sse|SSE|chat|backend)\b)"
_EXPORT = re.compile(rf"(?i){_EXPORTED}")
_CHAT = (
    re.compile(
        r"(?i)[\W_\d]*(?:send (?:it )?to |through |via |go to )?(?:the )?(?:sse|chat|run_sse|post /run_sse)"
        r"(?: (?:stream|backend))?(?: as a message)?\W*"
    ),
    re.compile(r"(?i)[\W_\d]*send it to (?:the )?backend\W*"),
    re.compile(rf"(?i)[\W_\d]*(?:(?:发送|转发)[到给至]?)?{_TO_CHAT}(?:聊天)?\W*"),
)
"""Actions of a routing table that send a request to the chat."""

_SENT = (
    re.compile(
        rf"(?i){_EXPORTED}[\"'”」`]?(?:\s*/\s*[\"“「`]?\w+[\"”」`]?)*\s*(?:→|->|=>|:)\s*"
        rf"(?:send (?:it )?to )?(?:the )?{_TO_CHAT}"
    ),
    re.compile(
        rf"(?i)\b(?:send|forward|pass|route)\b.{{0,20}}?{_EXPORTED}.{{0,30}}?\b(?:to|through|via)\s+(?:the\s+)?{_TO_CHAT}"
    ),
    re.compile(
        rf"(?i){_EXPORTED}.{{0,60}}?\bsend (?:it|this|that) (?:to|through|via) (?:the )?{_TO_CHAT}"
    ),
    re.compile(rf"(?i){_EXPORTED}.{{0,12}}?(?:发送|转发|发|交)[到给至].{{0,6}}?{_TO_CHAT}"),
)
"""Sentences that do."""

_YES = re.compile(r"(?i)\W*(?:yes|true|是|y)\W*|[✅✓✔☑]\ufe0f?")
_NO = re.compile(r"(?i)\W*(?:no|false|否|n)\W*|[❌✗✘☒]\ufe0f?")
_COLUMN = re.compile(r"(?i)\bsse\b|\bchat\b|聊天")
_SKIP = re.compile(r"(?i)\bskip|\bbypass|\bwithout|跳过")


def _in_chat(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        said = _said(parsed(call.request.body)) if call.is_at("message") else ""
        if said and _ORDER.fullmatch(said):
            yield (
                call.line,
                f"{quoted(said)} is sent as a message; an export is POST /api/render/proxy/lambda",
            )
    for row in subject.document.rows:
        if row.cells and _EXPORT.search(row.cells[0]) and _through_chat(row):
            yield (
                row.line,
                f"{quoted(row.cells[0])} goes to the chat; an export is POST /api/render/proxy/lambda",
            )
    rows = {row.line for row in subject.document.rows}
    told = set[int]()
    for number, found, _ in searched(subject.sentences, *_SENT):
        if number not in rows | told:
            told.add(number)
            yield number, f"{quoted(found[0])}: an export is POST /api/render/proxy/lambda"


def _said(body: object) -> str:
    """Return the text of a message, or nothing."""
    message = body.get("new_message") if isinstance(body, dict) else None
    parts = message.get("parts") if isinstance(message, dict) else None
    texts = [part.get("text") for part in parts or () if isinstance(part, dict)] if isinstance(parts, list) else []  # fmt: skip
    return " ".join(text for text in texts if isinstance(text, str))


def _through_chat(row: Row) -> bool:
    """Say whether a routing table sends what is in a row to the chat: by a column that asks, or by the action."""
    for head, cell in zip(row.heads, row.cells, strict=False):
        if _COLUMN.search(head) and (_YES.fullmatch(cell) or _NO.fullmatch(cell)):
            return (_YES.fullmatch(cell) is not None) != (_SKIP.search(head) is not None)
    return any(chat.fullmatch(cell) for cell in row.cells[1:] for chat in _CHAT)


RULES = (
    Rule("export-in-chat", "warning", 'Answer "export", 导出 and "send me the video" with a render, and keep them out of the chat.',
         f"{ALL}: routing table; 52245429854 (vendor skill 4.4): never send it to the backend", _in_chat),
)  # fmt: skip
