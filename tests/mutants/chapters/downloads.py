"""Mutants of downloads: films, ranges, types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.mutant import mutant
from mutants.patient import Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api import files
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import RenderConflict, RequestMalformed
from nemovideo_fakeserver.wire.messages import Head, Reply

PATH = "/api/render/proxy/render_1/download"
DOWNLOAD = "GET /api/render/proxy/{render}/download"
HEAD = "HEAD /api/render/proxy/{render}/download"
RESULT = "GET /cdn/render-result/{key}/{name}"


def _film(method: str = "GET", after: float = 100.0, **headers: str) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        patient.render(after=after)
        reply = patient.http.request(method, PATH, headers={**patient.me.headers, **headers})
        shown = ("content-type", "content-length", "content-range", "accept-ranges")
        return reply.status_code, reply.content, [reply.headers.get(name) for name in shown]

    return probe


def _without_token(patient: Patient) -> Any:
    patient.render(after=100)
    return patient.http.get(PATH).json() if patient.http.get(PATH).text[:1] == "{" else "bytes"


def _by_url(patient: Patient) -> Any:
    url = patient.render(after=100)["output"]["url"]
    return patient.http.get(url).headers["content-type"]


@mutant(DOWNLOAD, _without_token)
def films_need_no_token(cut: Surgery) -> None:
    """The download endpoint gives a film to who has no token."""

    def around(_handler: Any, call: Call) -> Reply:
        for render in call.world.renders:
            if render.id == call.params["render"]:
                return files._film(call, render)
        raise RequestMalformed("render: unknown")

    cut.row(DOWNLOAD, scope=None)
    cut.handler(DOWNLOAD, around)


@mutant(RESULT, _by_url)
def urls_need_a_token(cut: Surgery) -> None:
    """`output.url` opens with a token only."""
    cut.row(RESULT, scope="read")


@mutant(RESULT, _by_url)
def output_url_leads_nowhere(cut: Surgery) -> None:
    """`output.url` leads nowhere: only the download endpoint has the film."""
    cut.wrap("core.renders.Renders.by_key", lambda _by_key, _self, _key: None)


@mutant("byte ranges", _film(Range="bytes=0-9"))
def ranges_are_ignored(cut: Surgery) -> None:
    """Who asks for a range gets the whole film."""
    cut.wrap("api.ranges._span", lambda _span, _asked, _size: None)


@mutant("byte ranges", _film(Range="bytes=0-9"))
def ranges_are_one_short(cut: Surgery) -> None:
    """The last byte of a range is missing."""

    def around(span: Any, asked: str, size: int) -> Any:
        found = span(asked, size)
        return (found[0], found[1] - 1) if found and found[1] > 1 else found

    cut.wrap("api.ranges._span", around)


@mutant("byte ranges", _film(Range="bytes=-10"))
def the_last_bytes_are_the_first(cut: Surgery) -> None:
    """Who asks for the last ten bytes gets the first ten."""

    def around(span: Any, asked: str, size: int) -> Any:
        found = span(asked, size)
        return (0, found[1]) if found and asked.startswith("bytes=-") else found

    cut.wrap("api.ranges._span", around)


@mutant("byte ranges", _film(Range="bytes=99999999-"))
def no_416(cut: Surgery) -> None:
    """A range behind the end of a film gives the whole of it instead of 416."""

    def around(span: Any, asked: str, size: int) -> Any:
        found = span(asked, size)
        return found if found is None or found[1] > 0 else None

    cut.wrap("api.ranges._span", around)


@mutant(HEAD, _film("HEAD"))
def head_is_not_allowed(cut: Surgery) -> None:
    """HEAD is no method of the download endpoint."""
    cut.row(HEAD, offered=lambda _variants: False)


@mutant(HEAD, _film("HEAD"))
def head_says_no_length(cut: Surgery) -> None:
    """HEAD says that a film has no bytes."""

    def around(file: Any, head: Head, status: int, headers: Any, what: Any) -> Reply:
        empty = replace(what, length=0) if head.method == "HEAD" else what
        reply: Reply = file(head, status, headers, empty)
        return reply

    cut.wrap("api.ranges._file", around)


@mutant(DOWNLOAD, _film())
def films_of_any_type(cut: Surgery) -> None:
    """A film has the content type `application/octet-stream`."""
    cut.replace("api.files.TYPES", {})


@mutant(DOWNLOAD, _film())
def half_a_film(cut: Surgery) -> None:
    """A download ends in the middle of the film, with a length that fits."""

    def around(send: Any, call: Call, name: str, path: Any, *, size: int, tag: str) -> Reply:
        reply: Reply = send(call, name, path, size=size // 2, tag=tag)
        return reply

    cut.wrap("api.files._send", around)


@mutant("code 409", _film(after=3))
def a_film_before_its_end(cut: Surgery) -> None:
    """A download of a render that is not completed is an empty film instead of 409."""

    def around(film: Any, *given: Any) -> Reply:
        try:
            reply: Reply = film(*given)
        except RenderConflict:
            return Reply(headers=(("Content-Type", "video/mp4"),))
        return reply

    cut.wrap("api.files._film", around)


@mutant("code 409", _film(after=3))
def too_early_is_not_found(cut: Surgery) -> None:
    """A render that is used twice, or downloaded too early, is 404 instead of 409."""
    cut.replace("core.refusals.RenderConflict.code", 404)
