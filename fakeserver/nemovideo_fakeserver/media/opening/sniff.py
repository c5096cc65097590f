"""What a file is, told by its first bytes alone: its name never counts.

Each of the thirteen accepted formats has one signature; the first that matches wins. A signature
only chooses which single reader may open the file, so a false match costs nothing: that reader
then refuses.
"""

from __future__ import annotations

import re
from typing import BinaryIO

HEAD = 4096
"""How many bytes are looked at, in one place."""

_HEIF = rb"heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis|jxl |crx "
"""Brands of pictures that share the boxes of MP4 but are none of the accepted formats."""

_MP3_RATES = rb"[^\x0c-\x0f\x1c-\x1f\x2c-\x2f\x3c-\x3f\x4c-\x4f\x5c-\x5f\x6c-\x6f\x7c-\x7f\x8c-\x8f\x9c-\x9f\xac-\xaf\xbc-\xbf\xcc-\xcf\xdc-\xdf\xec-\xff]"
"""The third byte of a frame header, less the reserved bit rate and the reserved sample rate."""

SIGNATURES: tuple[tuple[str, re.Pattern[bytes]], ...] = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        ("jpg", rb"\xff\xd8\xff"),
        ("png", rb"\x89PNG\r\n\x1a\n"),
        ("gif", rb"GIF8[79]a"),
        ("webp", rb"RIFF.{4}WEBP"),
        ("wav", rb"RIFF.{4}WAVE"),
        ("avi", rb"RIFF.{4}AVI "),
        ("webm", rb"\x1a\x45\xdf\xa3.{0,60}?\x42\x82.{1,8}?webm"),
        ("mkv", rb"\x1a\x45\xdf\xa3.{0,60}?\x42\x82.{1,8}?matroska"),
        ("mov", rb".{4}(?:ftypqt  |moov|mdat|wide|free|skip|pnot)"),
        ("m4a", rb".{4}ftypM4[ABP] "),
        ("mp4", rb".{4}ftyp(?!" + _HEIF + rb")"),
        ("aac", rb"\xff[\xf0\xf1\xf8\xf9]"),
        ("mp3", rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]" + _MP3_RATES),
    )
)


def sniff(file: BinaryIO) -> str | None:
    """Return the short name of the format of `file`, or None when it is none of the accepted ones.

    An ID3 tag, as MP3 and AAC may have, is skipped. The file is left at its beginning.
    """
    head = _at(file, _id3_length(_at(file, 0)))
    file.seek(0)
    return next((name for name, signature in SIGNATURES if signature.match(head)), None)


def _at(file: BinaryIO, offset: int) -> bytes:
    file.seek(offset)
    return file.read(HEAD)


def _id3_length(head: bytes) -> int:
    """Return the length of an ID3v2 tag: ten bytes and a size of four times seven bits."""
    if not head.startswith(b"ID3") or len(head) < 10:
        return 0
    return 10 + sum(
        (byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True)
    )
