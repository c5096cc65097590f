"""What one message of a user asks for, in order.

Law: "export" never goes to the chat (vendor skill 4.4), and nothing that is quoted is an order. A message
is cut into clauses; orders are taken out of it, what is left goes to the chat as it was written.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_client.talk.marks import FILE, LINK, QUOTATION, QUOTE, covered, named
from nemovideo_client.talk.orders import (
    CARRIED,
    EXPORT,
    EXPORT_ANYWAY,
    ORDERS,
    PHRASES,
    SUBTITLES,
    UPLOAD,
    WORD,
    Errand,
    Order,
)

Joint: TypeAlias = Literal["sentence", "then", "and"]


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing asked for.

    `text` is the message for `chat`, the resolution named (`1080p`, else empty) for `export`, `srt` or
    `vtt` for `subtitles`, and empty for the others. `files` are what to upload: files that came with the
    message, else web addresses and file names in it, as written; empty where the user has yet to say.
    """

    action: Errand
    text: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause: where it is, its words under cover, and what joins it to the one before."""

    start: int
    end: int
    words: str
    joint: Joint


_ORDER_VERB = r"(?:(?:请|帮我|给我|直接)*(?:把(?:它|视频|成片|影片))?(?:导出|下载|渲染|保存|上传|发给我|查|看))"
_THING = r"(?:我的)?(?:视频|影片|成片|字幕|积分|余额|时间[线轴]|轨道|状态|进度|srt|vtt)[吧吗呢]?(?![^\s,.!?;，。！？；、])"
_EDIT_VERB = r"(?:加|添|配|剪|调|做|改|换|去掉|生成|让|把)"
_JOINT = re.compile(
    r"(?P<sentence>[.!?]+(?=\s|$)|[。！？\n;；]+)"
    r"|(?P<then>(?: and)? (?:then|after that|afterwards|finally|lastly)(?= )|然后|接着|最后|完成后|做完后)"
    r"|(?P<and>,(?!\d)|[，、]| (?:and|plus|also|&|or)(?= )"
    rf"|(?:并且|以及|并|再|和|之后|后)(?={_ORDER_VERB})|(?:和|以及|与|还有)(?={_THING})"
    rf"|(?<![合一])并且?(?={_EDIT_VERB})|(?<=[{FILE}{LINK}])并且?)",
    re.IGNORECASE,
)
_JOINTS: tuple[Joint, ...] = ("sentence", "then", "and")
_TEACHING = re.compile(r"(?<![a-z])how to(?![a-z])|如何|怎么|怎样|教", re.IGNORECASE)
_CLOSING = ".!?。！？…"
_RESOLUTION = re.compile(r"(?<![a-z0-9])(?:\d{3,4}p|[248]k)(?![a-z0-9])", re.IGNORECASE)


def route(text: str, files: Sequence[str] = ()) -> tuple[Intent, ...]:
    """Return what a message asks for; nothing for an empty message without files."""
    text = text.strip()
    intents = tuple(_intents(text, with_files=bool(files)))
    if not files:
        return intents
    links = [link for intent in intents if intent.action == "upload" for link in intent.files]
    sent = tuple(dict.fromkeys([*files, *(link for link in links if "://" in link)]))
    return (Intent("upload", files=sent), *(i for i in intents if i.action != "upload"))


def _intents(text: str, *, with_files: bool) -> Iterator[Intent]:
    pieces = _pieces(PHRASES.sub(lambda pair: QUOTE * len(pair[0]), covered(_unwrapped(text))))
    orders = _orders(pieces, with_files=with_files)
    if not any(orders):
        yield from [Intent("chat", text)] if text else []
        return
    for order, group in itertools.groupby(zip(orders, pieces, strict=True), key=lambda it: it[0]):
        span = [piece for _, piece in group]
        yield _intent(order, text, span[0].start, span[-1].end)


def _unwrapped(text: str) -> str:
    """Return a message that is one quotation without its marks: `"export"` is an order all the same."""
    return f" {text[1:-1]} " if QUOTATION.fullmatch(text) else text


def _pieces(cover: str) -> list[_Piece]:
    """Cut a covered text into clauses that say something."""
    pieces: list[_Piece] = []
    start, joint = 0, 0
    for cut in [*_JOINT.finditer(cover), None]:
        end = cut.start() if cut else len(cover)
        if WORD.search(words := cover[start:end]):
            left = start + len(words) - len(words.lstrip())
            pieces.append(_Piece(left, left + len(words.strip()), words.strip(), _JOINTS[joint]))
            joint = len(_JOINTS) - 1
        if cut:
            start, joint = cut.end(), min(joint, _JOINTS.index(cut.lastgroup))
    return pieces


def _orders(pieces: Sequence[_Piece], *, with_files: bool) -> list[Order | None]:
    """Tell for each clause which order it is; None is for the chat."""
    orders: list[Order | None] = []
    for number, piece in enumerate(pieces):
        order = _order(piece) or (_carried(orders[-1], piece) if number else None)
        if order and number and orders[-1] is None and piece.joint != "sentence":
            after = pieces[number + 1 : number + 2]
            order = order if _asked(order, piece, pieces[number - 1], after) else None
        if order is None and with_files and UPLOAD.suits(piece.words):
            order = UPLOAD
        orders.append(order)
    _attach(pieces, orders, range(1, len(pieces)), -1)
    _attach(pieces, orders, range(len(pieces) - 2, -1, -1), 1)
    return orders


def _order(piece: _Piece) -> Order | None:
    if order := next((order for order in ORDERS if order.understands(piece.words)), None):
        return order
    return EXPORT if EXPORT_ANYWAY.match(piece.words) else None


def _carried(before: Order | None, piece: _Piece) -> Order | None:
    """Return the order that a clause is with the verb of the order it is joined to."""
    verbs = CARRIED.get(before.errand, ()) if before and piece.joint == "and" else ()
    said = (verb + piece.words for verb in verbs)
    return next((order for words in said for order in ORDERS if order.understands(words)), None)


def _asked(order: Order, piece: _Piece, before: _Piece, after: Sequence[_Piece]) -> bool:
    """Say whether a clause that follows a wish in its sentence is an order, and no part of the wish."""
    if not order.asked.search(piece.words):
        return False
    if piece.joint == "then" or " " in piece.words:
        return True
    listed = any(n.joint == "and" and not _order(n) and not order.suits(n.words) for n in after)
    return not listed and not _TEACHING.search(before.words)


def _attach(
    pieces: Sequence[_Piece], orders: list[Order | None], numbers: range, step: int
) -> None:
    """Give clauses that ask nothing by themselves (`thanks`, `in 4K`) to the order beside them."""
    for number in numbers:
        neighbour = orders[number + step]
        listed = number and pieces[number].joint != "sentence" and orders[number - 1] is None
        if orders[number] is None and neighbour and not listed:
            orders[number] = neighbour if neighbour.suits(pieces[number].words) else None


def _intent(order: Order | None, text: str, start: int, end: int) -> Intent:
    if order is None:
        rest = text[end:]
        return Intent("chat", text[start:end] + rest[: len(rest) - len(rest.lstrip(_CLOSING))])
    words = text[start:end]
    if order is EXPORT:
        resolution = _RESOLUTION.search(words)
        return Intent("export", resolution[0].lower() if resolution else "")
    if order is SUBTITLES:
        return Intent("subtitles", "vtt" if "vtt" in words.lower() else "srt")
    return Intent(order.errand, files=named(text, start, end) if order is UPLOAD else ())
