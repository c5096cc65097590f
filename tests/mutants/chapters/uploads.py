"""Mutants of uploads: what is taken, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mutants.mutant import mutant
from mutants.patient import Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.assets import KINDS
from nemovideo_fakeserver.core.refusals import RequestMalformed, UnsupportedFile
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.uploads import Uploads
from nemovideo_fakeserver.wire.messages import BodyPlan, Part, Probe
from support.media import png, wav

UPLOAD = "POST /api/upload-video/nemo_agent/{user}/{session}"
SMALL = "max_upload=1KB"
Files = list[tuple[str, tuple[str, bytes]]]


def _sent(patient: Patient, *files: tuple[str, bytes], field: str = "files") -> Any:
    path = f"/api/upload-video/nemo_agent/me/{patient.me.session}"
    parts = [(field, file) for file in files]
    return patient.http.post(path, headers=patient.me.headers, files=parts)


def _several(patient: Patient) -> Any:
    reply = _sent(patient, ("a.png", png()), ("b.wav", wav()))
    return reply.text, patient.me.state()["video_infos"]


def _misnamed(patient: Patient) -> Any:
    return [
        _sent(patient, ("a.mp4", b"this is no film")).json()["code"],
        _sent(patient, ("a.txt", png())).json()["code"],
    ]


def _unsupported(patient: Patient) -> Any:
    return _sent(patient, ("a.pdf", b"%PDF-1.7")).json()["code"]


def _large(patient: Patient) -> Any:
    reply = _sent(patient, ("a.wav", wav()))
    return reply.status_code, reply.json()["code"]


def _announced(patient: Patient) -> Any:
    path = f"/api/upload-video/nemo_agent/me/{patient.me.session}"
    kind = "multipart/form-data; boundary=x"
    headers = {**patient.me.headers, "Content-Type": kind, "Content-Length": str(3 * 2**30)}
    return patient.http.post(path, headers=headers, content=b"--x--\r\n").json()["code"]


def _one_bad(patient: Patient) -> Any:
    _sent(patient, ("a.png", png()), ("b.pdf", b"%PDF-1.7"))
    return patient.me.state()["video_infos"]


def _wrong_field(patient: Patient) -> Any:
    return _sent(patient, ("a.png", png()), field="file").json()["code"]


def _named(name: str) -> Any:
    return lambda patient: patient.me.upload_url(name).json()["code"]


def _foreign(patient: Patient) -> Any:
    path = f"/api/upload-video/nemo_agent/me/{patient.me.session}"
    urls = {"source_type": "url", "urls": ["https://x.test/a.mp4"]}
    return patient.you.post(path, urls).json()["code"]


@mutant("upload formats", _misnamed)
def names_decide_what_a_file_is(cut: Surgery) -> None:
    """What a file is follows from its name, not from its content."""

    def around(_probe: Any, part: Part) -> Probe:
        extension = (part.filename or "").rpartition(".")[2].lower()
        if extension not in KINDS:
            raise UnsupportedFile(f"unsupported file {part.filename!r}")
        if isinstance(part.probe, Probe):
            return part.probe
        return Probe(kind=KINDS[extension], format=extension, seconds=1.0, width=16, height=16)

    cut.wrap("core.uploads._probe", around)


@mutant("upload formats", _misnamed)
def anything_can_be_uploaded(cut: Surgery) -> None:
    """A file that is no media is taken."""

    def around(_probe: Any, part: Part) -> Probe:
        found = part.probe
        return found if isinstance(found, Probe) else Probe(kind="video", format="mp4")

    cut.wrap("core.uploads._probe", around)


@mutant("upload formats", _several)
def no_png(cut: Surgery) -> None:
    """PNG, one of the thirteen formats, is refused."""

    def around(probe: Any, part: Part) -> Probe:
        if isinstance(part.probe, Probe) and part.probe.format == "png":
            raise UnsupportedFile(f"unsupported file {part.filename!r}")
        found: Probe = probe(part)
        return found

    cut.wrap("core.uploads._probe", around)


@mutant("code 4001", _unsupported)
def an_unsupported_file_is_415(cut: Surgery) -> None:
    """An unsupported file is HTTP 415 instead of the code 4001."""
    cut.replace("core.refusals.UnsupportedFile.code", 415)


@mutant("code 4002", _large, SMALL)
def a_large_file_is_4001(cut: Surgery) -> None:
    """A file that is too large has the code of one that is unsupported."""
    cut.replace("core.refusals.FileTooLarge.code", 4001)


@mutant("max_upload=500MB", _large, SMALL)
def files_may_be_ten_times_as_large(cut: Surgery) -> None:
    """A file may be ten times as large as the documents say."""

    def around(plan: Any, call: Call, route: Any) -> BodyPlan:
        body: BodyPlan = plan(call, route)
        if body.file_limit is None:
            return body
        return replace(body, limit=body.limit * 1000, file_limit=body.file_limit * 1000)

    cut.wrap("api.service._plan", around)


@mutant("upload size", _announced)
def any_size_may_be_announced(cut: Surgery) -> None:
    """An upload that announces more than anybody may send is not refused at its head."""

    def around(plan: Any, call: Call, route: Any) -> BodyPlan:
        body: BodyPlan = plan(call, route)
        return replace(body, limit=body.limit * 1000)

    cut.wrap("api.service._plan", around)


@mutant(UPLOAD, _several)
def only_the_first_file_is_taken(cut: Surgery) -> None:
    """Of several files in one request only the first is taken."""

    def around(store: Any, self: Uploads, session: Session, parts: Any, *, cdn: str) -> Any:
        return store(self, session, parts[:1], cdn=cdn)

    cut.wrap("core.uploads.Uploads.store", around)


@mutant("one bad file", _one_bad)
def good_files_beside_a_bad_one_are_kept(cut: Surgery) -> None:
    """A request that is refused for one of its files keeps the others."""

    def around(store: Any, self: Uploads, session: Session, parts: Any, *, cdn: str) -> Any:
        good = [part for part in parts if isinstance(part.probe, Probe)]
        if good and len(good) < len(parts):
            store(self, session, good, cdn=cdn)
        return store(self, session, [p for p in parts if p not in good] or parts, cdn=cdn)

    cut.wrap("core.uploads.Uploads.store", around)


@mutant(UPLOAD, _wrong_field)
def any_field_brings_files(cut: Surgery) -> None:
    """Files are taken from a form field of any name, not of `files` alone."""

    def around(files: Any, spooled: Any) -> Any:
        renamed = tuple(replace(part, field="files") for part in spooled.parts)
        return files(replace(spooled, parts=renamed))

    cut.wrap("api.uploads._files", around)


@mutant(UPLOAD, _named("a.mp4"))
def urls_are_refused(cut: Surgery) -> None:
    """Media cannot be uploaded by URL."""

    def around(_urls: Any, _call: Call) -> Any:
        raise RequestMalformed("body: a form of the type multipart/form-data was expected")

    cut.wrap("api.uploads._urls", around)


@mutant("url uploads", _named("a.exe"))
def any_url_is_a_video(cut: Surgery) -> None:
    """A URL of something that is no media is taken as a video."""

    def around(named: Any, url: str) -> Any:
        try:
            return named(url)
        except UnsupportedFile:
            return "file.mp4", "video"

    cut.wrap("core.uploads._named", around)


@mutant("code 1002", _foreign)
def uploads_to_foreign_sessions(cut: Surgery) -> None:
    """Anybody may upload to anybody's session."""

    def session(original: Any, call: Call) -> Session:
        known = call.world.sessions._by_id.get(call.params["session"])
        return known if known and "/upload-video/" in call.head.path else original(call)

    cut.wrap("api.call.Call.session", session)
