"""Mutants of uploaded files that are nearly right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.wire.messages import Reply
from support.media import mp4, png, wav


def _sent(*files: tuple[str, bytes]) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        described = [patient.me.upload(*file).json()["data"]["files"][0] for file in files]
        back = patient.http.get(described[0]["cdn_url"])
        return described, len(back.content), back.headers["content-type"]

    return probe


def _each(cut: Surgery, change: Callable[[dict[str, Any]], object]) -> None:
    told(cut, "uploads", "files", lambda data: [change(file) for file in data["files"]])


@mutant("upload formats", _sent(("a.mp4", mp4(0.5))))
def durations_are_whole(cut: Surgery) -> None:
    """The `duration` of an uploaded film is cut to whole seconds."""
    _each(cut, lambda file: file.update(duration=int(file["duration"])))


@mutant("upload formats", _sent(("a.png", png()), ("b.png", png())))
def a_hash_of_the_name(cut: Surgery) -> None:
    """The `hash` of an upload follows from its name: the same content twice has two."""
    _each(cut, lambda file: file.update(hash=file["filename"].encode().hex().ljust(64, "0")))


@mutant("media descriptions", _sent(("a.wav", wav())))
def songs_have_a_picture(cut: Surgery) -> None:
    """An audio file has the width and height of the canvas."""

    def change(file: dict[str, Any]) -> None:
        if file["file_type"] == "audio":
            file.update(width=1920, height=1080)

    _each(cut, change)


@mutant("POST /api/upload-video/nemo_agent/{user}/{session}", _sent(("海边 a.png", png())))
def chinese_names_are_mangled(cut: Surgery) -> None:
    """An uploaded file with a Chinese name comes back with question marks."""

    def around(clean: Any, filename: str) -> str:
        name: str = clean(filename)
        return name.encode("ascii", "replace").decode()

    cut.wrap("core.uploads.clean", around)


@mutant("POST /api/upload-video/nemo_agent/{user}/{session}", _sent(("../../b/a.png", png())))
def paths_stay_in_names(cut: Surgery) -> None:
    """A file name keeps the path that the client claims."""
    cut.wrap("core.uploads.clean", lambda _clean, filename: filename)


@mutant("GET /cdn/uploads/{key}/{name}", _sent(("a.png", png())))
def uploads_come_back_shorter(cut: Surgery) -> None:
    """The last byte of an upload is missing when it is fetched."""

    def around(kept: Any, call: Call, asset: Any, path: Any) -> Reply:
        whole: Reply = kept(call, asset, path)
        if call.head.method != "GET" or whole.status != 200:
            return whole
        file = whole.body
        headers = tuple(
            (n, str(file.length - 1)) if n == "Content-Length" else (n, v)  # type: ignore[union-attr]  # a file's
            for n, v in whole.headers
        )
        shorter = replace(file, length=file.length - 1)  # type: ignore[union-attr,type-var]  # a file's
        return replace(whole, headers=headers, body=shorter)

    cut.wrap("api.files._kept", around)
