"""Recordings from and to files, whatever their format is.

The law: what is no cassette of ours was never redacted, so it is before anything of it is written. Nothing is
overwritten unless that is asked for, and a file is either the old one or the whole new one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.convert import har_in, har_out, vcr_in, vcr_out
from nemovideo_proxy.convert.recording import Recording, Unreadable
from nemovideo_proxy.convert.redacting import redacted

Format: TypeAlias = Literal["har", "vcr", "cassette"]

_OURS = re.compile(rb"^cassette:", re.MULTILINE)
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What came of a conversion: interactions written, values that were redacted, and what was lost."""

    interactions: int
    redacted: int
    lost: tuple[str, ...]


def is_cassette(path: Path) -> bool:
    """Return whether a file begins as a cassette of ours does."""
    with path.open("rb") as file:
        return bool(_OURS.search(file.read(_HEAD)))


def convert(path: Path, to: Format, out: Path, *, upstream: str | None = None) -> Converted:
    """Write the recording at `path` to `out`, which is replaced.

    Raises `Unreadable`, `BrokenCassette`, what redaction raises, and OSError.
    """
    if is_cassette(path):
        with Cassette.open(path) as cassette:
            return _written(recording_of(cassette), to, out, 0, _unsealed)
    recording, redactor = redacted(_foreign(path, upstream))
    return _written(recording, to, out, len(redactor.report()), redactor.check)


def recording_of(cassette: Cassette) -> Recording:
    """Return all of an open cassette."""
    return Recording(
        header=cassette.header,
        interactions=tuple(cassette),
        read=lambda blob: cassette.path_of(blob).read_bytes(),
    )


def _unsealed(_: bytes) -> None:
    """Refuse nothing: what comes from a cassette is redacted."""


def _foreign(path: Path, upstream: str | None) -> Recording:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("this is no text: no HAR, no cassette") from None
    document = _document(text)
    if isinstance(document, dict) and "log" in document:
        return har_in.recording_of(document, upstream=upstream)
    if isinstance(document, dict) and "interactions" in document:
        return vcr_in.recording_of(document, upstream=upstream)
    raise Unreadable("this is no cassette, no HAR (`log`) and none of VCR.py (`interactions`)")


def _document(text: str) -> Any:
    if not text.lstrip().startswith("{"):
        return vcr_in.loaded(text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise Unreadable(f"this is no JSON: {problem.msg}", problem.lineno) from None


def _written(
    recording: Recording, to: Format, out: Path, replaced: int, check: Callable[[bytes], None]
) -> Converted:
    lost = recording.lost
    if to == "cassette":
        _place_cassette(recording, out, check)
    elif to == "har":
        _place(json.dumps(har_out.har_of(recording), ensure_ascii=False, indent=1), out, check)
    else:
        lost += vcr_out.losses(recording)
        _place(vcr_out.vcr_of(recording), out, check)
    return Converted(interactions=len(recording.interactions), redacted=replaced, lost=lost)


def _place(text: str, out: Path, check: Callable[[bytes], None]) -> None:
    data = (text.rstrip("\n") + "\n").encode("utf-8", "surrogatepass")
    check(data)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        part = Path(folder) / out.name
        part.write_bytes(data)
        part.replace(out)


def _place_cassette(recording: Recording, out: Path, check: Callable[[bytes], None]) -> None:
    """Write a cassette aside, then put its binaries and last its text in their places."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        part = Path(folder) / out.name
        with Writer.create(part, recording.header, seal=check) as writer:
            for blob in recording.blobs():
                writer.keep_bytes(recording.read(blob), blob.suffix)
            for interaction in recording.interactions:
                writer.add(interaction)
        beside = part.with_name(f"{part.stem}.files")
        if beside.is_dir():
            shutil.copytree(
                beside, out.with_name(beside.name), dirs_exist_ok=True, copy_function=os.replace
            )
        part.replace(out)
