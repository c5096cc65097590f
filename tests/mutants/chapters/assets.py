"""Mutants of how uploaded and generated media are described, and of their files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mutants.changes import renamed, told
from mutants.mutant import mutant
from mutants.patient import BEACH, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api import files, tasks

UPLOAD = "POST /api/upload-video/nemo_agent/{user}/{session}"


def _uploaded(patient: Patient) -> Any:
    return patient.me.upload_url("a.mp4").json(), patient.me.upload_url("b.mp3").json()


def _fetched(patient: Patient) -> Any:
    asset = patient.me.upload_url("a.mp4").json()["data"]["files"][0]
    return patient.http.get(asset["cdn_url"]).status_code


def _thumbnail(patient: Patient) -> Any:
    patient.me.upload_url("a.png")
    (asset,) = patient.me.state()["video_infos"]
    return patient.http.get(asset["thumbnail_url"]).headers.get("content-disposition")


def _generated(patient: Patient) -> Any:
    patient.me.say(BEACH)
    asset = patient.me.state()["generated_media"][0]
    reply = patient.http.get(asset["cdn_url"])
    return reply.status_code, reply.headers.get("content-type")


def _each(cut: Surgery, change: Callable[[dict[str, Any]], object]) -> None:
    told(cut, "uploads", "files", lambda data: [change(file) for file in data["files"]])


@mutant(UPLOAD, _uploaded)
def url_instead_of_cdn_url(cut: Surgery) -> None:
    """An uploaded file has its address under `url` instead of `cdn_url`."""
    _each(cut, lambda file: renamed(file, "cdn_url", "url"))


@mutant(UPLOAD, _uploaded)
def no_hash(cut: Surgery) -> None:
    """An uploaded file has no `hash`."""
    _each(cut, lambda file: file.pop("hash"))


@mutant(UPLOAD, _uploaded)
def no_filename(cut: Surgery) -> None:
    """An uploaded file has lost its `filename`."""
    _each(cut, lambda file: file.update(filename="upload"))


@mutant(UPLOAD, _uploaded)
def durations_in_milliseconds(cut: Surgery) -> None:
    """The `duration` of an uploaded file is in milliseconds instead of seconds."""
    _each(cut, lambda file: file.update(duration=file["duration"] * 1000))


@mutant(UPLOAD, _uploaded)
def uploads_on_their_side(cut: Surgery) -> None:
    """Width and height of an uploaded file are each other's."""
    _each(cut, lambda file: file.update(width=file["height"], height=file["width"]))


@mutant(UPLOAD, _uploaded)
def fps_as_text(cut: Surgery) -> None:
    """The `fps` of an uploaded file is a text."""
    _each(cut, lambda file: file.update(fps=str(file["fps"])))


@mutant(UPLOAD, _uploaded)
def all_uploads_are_videos(cut: Surgery) -> None:
    """The `file_type` of an image or a song is `video`."""
    _each(cut, lambda file: file.update(file_type="video"))


@mutant(UPLOAD, _uploaded)
def media_types_instead_of_kinds(cut: Surgery) -> None:
    """The `file_type` of a file is a media type such as `video/mp4`."""
    types = {"video": "video/mp4", "image": "image/png", "audio": "audio/mpeg"}
    _each(cut, lambda file: file.update(file_type=types[file["file_type"]]))


@mutant(UPLOAD, _uploaded)
def uploaded_files_instead_of_files(cut: Surgery) -> None:
    """The reply to an upload lists `uploaded_files` instead of `files`."""
    told(cut, "uploads", "files", lambda data: renamed(data, "files", "uploaded_files"))


@mutant(UPLOAD, _uploaded)
def nothing_is_said_of_the_state(cut: Surgery) -> None:
    """The reply to an upload has no `session_state_applied`."""
    told(cut, "uploads", "files", lambda data: data.pop("session_state_applied"))


@mutant("GET /cdn/uploads/{key}/{name}", _fetched)
def uploads_cannot_be_fetched(cut: Surgery) -> None:
    """The `cdn_url` of an upload leads nowhere."""
    cut.wrap("core.uploads.Uploads.by_key", lambda _by_key, _self, _key: None)


@mutant("GET /cdn/uploads/{key}/{name}/thumbnail.jpg", _thumbnail)
def a_thumbnail_is_the_whole_file(cut: Surgery) -> None:
    """The thumbnail of an upload is the upload."""
    cut.replace("api.files._thumbnail", files._asset)


@mutant("media descriptions", _thumbnail)
def nothing_has_a_thumbnail(cut: Surgery) -> None:
    """The state tells no `thumbnail_url`."""
    cut.replace("api.tasks._listed", tasks.described)


@mutant("GET /cdn/generated/{name}", _generated)
def generated_media_cannot_be_fetched(cut: Surgery) -> None:
    """The `cdn_url` of a generated video leads nowhere."""
    cut.wrap("core.chat.Chat.generated", lambda _generated, _self, _name: None)
