"""Base64 and base64url in text: decoded, changed and encoded again, which keeps the length.

A secret may begin at any of three places within a group of four characters, and a run of such characters
may begin before the encoding does. A known secret is found by the characters that nothing but its own bits
decide, for each of those places; all else only where a run decodes to text.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

from nemovideo_proxy.redaction.escapes import Change

_RUN = re.compile(rb"[A-Za-z0-9+/_-]{8,}")
_LONG = 16
_LONG_RUN = re.compile(rb"[A-Za-z0-9+/_-]{%d,}" % _LONG)
_WRAPPED = re.compile(rb"(?:[A-Za-z0-9+/]{40,}\r?\n)+[A-Za-z0-9+/]+")
_STANDARD = bytes.maketrans(b"-_", b"+/")
_URL = bytes.maketrans(b"+/", b"-_")
_PRINTED = re.compile(rb"[\t\n\r -~\x80-\xff]*")


def traces(value: bytes) -> tuple[bytes, ...]:
    """Return what betrays `value` in base64: the characters it decides, at each alignment and alphabet."""
    found: dict[bytes, None] = {}
    for shift in range(3):
        encoded = b64encode(b"\0" * shift + value)
        trace = encoded[-(-shift * 8 // 6) : (shift + len(value)) * 8 // 6]
        found[trace] = found[trace.translate(_URL)] = None
    return tuple(found)


def change_base64(data: bytes, betrayed: list[bytes], text: Change, opaque: Change) -> bytes:
    """Return `data` with changes made to what base64 in it decodes to.

    `text` changes what is text, `opaque` anything that is `betrayed` by the traces of secrets.
    """
    if b"\n" in data:
        data = _WRAPPED.sub(lambda match: _wrapped(match[0], text, opaque), data)
    runs = _RUN if betrayed else _LONG_RUN
    return runs.sub(lambda match: _run(match[0], betrayed, text, opaque), data)


def _run(run: bytes, betrayed: list[bytes], text: Change, opaque: Change) -> bytes:
    if len(run) >= _LONG:
        run = _decoded(run, text, only_text=True)
    if any(trace in run for trace in betrayed):
        for phase in range(4):
            run = run[:phase] + _decoded(run[phase:], opaque)
    return run


def _wrapped(run: bytes, text: Change, opaque: Change) -> bytes:
    """Treat lines as one run, and break them again where they were broken."""
    lines = re.split(rb"(\r?\n)", run)
    joined = b"".join(lines[::2])
    changed = _decoded(_decoded(joined, text, only_text=True), opaque)
    if changed == joined:
        return run
    at = 0
    for index in range(0, len(lines), 2):
        lines[index], at = changed[at : at + len(lines[index])], at + len(lines[index])
    return b"".join(lines)


def _decoded(run: bytes, change: Change, *, only_text: bool = False) -> bytes:
    """Change what a run decodes to."""
    usable = len(run) - (len(run) % 4 == 1)
    padded = run[:usable].translate(_STANDARD) + b"A" * (-usable % 4)
    whole = b64decode(padded)
    size = usable * 6 // 8
    decoded = whole[:size]
    if only_text and not is_text(decoded):
        return run
    changed = change(decoded)
    if changed == decoded:
        return run
    again = b64encode(changed + whole[size:])
    if b"-" in run or b"_" in run:
        again, padded = again.translate(_URL), padded.translate(_URL)
    return (
        bytes(
            new if new != old else was
            for new, old, was in zip(again[:usable], padded[:usable], run, strict=False)
        )
        + run[usable:]
    )


def is_text(data: bytes) -> bool:
    """Tell text from everything else: printable UTF-8."""
    if not _PRINTED.fullmatch(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
