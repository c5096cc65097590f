"""Mutants of films and renders that are nearly right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import view
from mutants.mutant import mutant
from mutants.patient import RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import RenderConflict, RequestMalformed
from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.core.renders import Renders
from nemovideo_fakeserver.core.sizes import LINES
from nemovideo_fakeserver.wire.messages import Head, Reply

PATH = "/api/render/proxy/render_1/download"


def _film(**headers: str) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        patient.render(after=100)
        reply = patient.http.get(PATH, headers={**patient.me.headers, **headers})
        return reply.status_code, len(reply.content), reply.headers.get("etag")

    return probe


def _several(patient: Patient) -> Any:
    return [patient.render(f"render_{number}", after=100)["status"] for number in range(8)]


def _cancelled(patient: Patient) -> Any:
    patient.render(after=10)
    patient.me.post(f"{RENDERS}/render_1/cancel")
    first = patient.me.get(f"{RENDERS}/render_1").json()
    patient.jump(5)
    return first, patient.me.get(f"{RENDERS}/render_1").json()


def _cancelled_twice(patient: Patient) -> Any:
    patient.render(after=10)
    replies = [patient.me.post(f"{RENDERS}/render_1/cancel") for _ in range(2)]
    return [reply.status_code for reply in replies]


def _cancelled_download(patient: Patient) -> Any:
    patient.render(after=10)
    patient.me.post(f"{RENDERS}/render_1/cancel")
    patient.jump(100)
    return patient.me.get(PATH).status_code


def _ordered(**output: Any) -> Callable[[Patient], Any]:
    return lambda patient: patient.render(output=output).get("code")


def _made(**output: Any) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        url = patient.render(output=output, after=100)["output"]["url"]
        return url.rpartition(".")[2], patient.http.head(url).headers["content-type"]

    return probe


def _sized(width: int, height: int) -> Callable[[Patient], Any]:
    draft = {"t": [{"tt": 0, "sg": [{"id": "a", "s": 0, "d": 1000}]}], "d": 1000}
    canvas = {"width": width, "height": height}

    def probe(patient: Patient) -> Any:
        patient.render(draft={**draft, "m": canvas})
        (order,) = (render.order for render in patient.fake.world().renders)
        return order and (order.width, order.height)

    return probe


def _strange(patient: Patient) -> Any:
    draft = {"t": [{"tt": 0, "x": 1, "sg": [{"id": "a", "s": 0, "d": 5000, "y": []}]}], "z": 1}
    return patient.render(draft=draft).get("code")


@mutant("byte ranges", _film(**{"Range": "bytes=0-9", "If-Range": '"another"'}))
def if_range_is_ignored(cut: Surgery) -> None:
    """A range of a film that has changed meanwhile (`If-Range`) is served all the same."""

    def around(serve: Any, head: Head, *more: Any, **named: Any) -> Reply:
        headers = tuple(h for h in head.headers if h[0] != "if-range")
        reply: Reply = serve(replace(head, headers=headers), *more, **named)
        return reply

    cut.wrap("api.ranges.serve", around)


@mutant("byte ranges", _film())
def no_etag(cut: Surgery) -> None:
    """A film has no `ETag`, by which a download could be resumed safely."""

    def around(file: Any, head: Head, status: int, headers: Any, what: Any) -> Reply:
        kept = tuple(h for h in headers if h[0] != "ETag")
        reply: Reply = file(head, status, kept, what)
        return reply

    cut.wrap("api.ranges._file", around)


@mutant("byte ranges", _film(Range="bytes=10-"))
def open_ranges_are_ignored(cut: Surgery) -> None:
    """A range without an end, as a resumed download sends, gives the whole film."""
    cut.wrap(
        "api.ranges._span",
        lambda span, asked, size: None if asked.endswith("-") else span(asked, size),
    )


@mutant("POST /api/render/proxy/lambda/{render}/cancel", _cancelled)
def cancelled_renders_go_on(cut: Surgery) -> None:
    """The progress of a cancelled render goes on."""

    def around(original: Any, render: Render, now: float) -> View:
        seen: View = original(render, now)
        if seen.status != "cancelled":
            return seen
        return replace(seen, progress=min(95, 5 + int(90 * render.progress(now))))

    cut.wrap("core.renders.view", around)


@mutant("cancelling what is over", _cancelled_twice)
def cancelling_twice_is_an_error(cut: Surgery) -> None:
    """Cancelling what is cancelled is 409."""

    def around(cancel: Any, self: Renders, render: Render) -> None:
        if render.cancelled_at is not None:
            raise RenderConflict(f"render {render.id!r} is cancelled")
        cancel(self, render)

    cut.wrap("core.renders.Renders.cancel", around)


@mutant("POST /api/render/proxy/lambda/{render}/cancel", _cancelled_download)
def cancelled_films_can_be_downloaded(cut: Surgery) -> None:
    """The film of a cancelled render can be downloaded."""

    def around(film: Any, call: Call, render: Render) -> Reply:
        cancelled, render.cancelled_at = render.cancelled_at, None
        try:
            reply: Reply = film(call, render)
        finally:
            render.cancelled_at = cancelled
        return reply

    cut.wrap("api.files._film", around)
    cut.wrap("media.studio.studio.LocalStudio.discard", lambda _discard, _self, _film: None)


@mutant("output format", _ordered(format="avi"))
def any_format_is_rendered(cut: Surgery) -> None:
    """A render in any format is taken, and is an mp4."""
    cut.wrap(
        "api.renders.output",
        lambda output, body: output(
            {**body, "output": {**body.get("output", {}), "format": "mp4"}}
        ),
    )


@mutant("output format", _made(format="gif"))
def every_film_is_called_mp4(cut: Surgery) -> None:
    """The address and the type of a film are those of an MP4, whatever its format."""
    cut.wrap(
        "core.renders.Renders._submit",
        lambda submit, self, session, id_, draft, output, **named: submit(
            self, session, id_, draft, replace(output, format="mp4"), **named
        ),
    )


@mutant("film size", _ordered(resolution="4k"))
def larger_resolutions_are_taken(cut: Surgery) -> None:
    """A render with a resolution beyond 1080p is taken."""
    cut.replace("api.outputs.BEYOND", ())
    cut.replace(
        "api.outputs.LINES", {**LINES, "4k": 1080, "2160p": 1080, "1440p": 1080, "2k": 1080}
    )


@mutant("film size", _sized(3840, 2160))
def films_have_any_size(cut: Surgery) -> None:
    """A film is as large as its draft."""
    cut.wrap("core.sizes.within", lambda _, width, height: (round(width), round(height)))


@mutant("POST /api/render/proxy/lambda", _ordered(resolution="1080p"))
def no_resolutions(cut: Surgery) -> None:
    """A render with a `resolution` is refused."""

    def around(output: Any, body: dict[str, Any]) -> Any:
        if "resolution" in body.get("output", {}):
            raise RequestMalformed("output.resolution: unknown field")
        return output(body)

    cut.wrap("api.renders.output", around)


@mutant("POST /api/render/proxy/lambda", _strange)
def unknown_keys_are_refused(cut: Surgery) -> None:
    """A draft with a key that nobody knows is refused, where it should be taken as it is."""

    def around(
        submit: Any, self: Renders, session: Any, id_: str, draft: Any, *more: Any, **named: Any
    ) -> Any:
        strange = sorted(draft.keys() - {"t", "d", "m"})
        if strange:
            raise RequestMalformed(f"draft.{strange[0]}: unknown field")
        return submit(self, session, id_, draft, *more, **named)

    cut.wrap("core.renders.Renders.submit", around)


@mutant("render failure", _several)
def one_render_in_three_fails(cut: Surgery) -> None:
    """Renders fail now and then, without anything being wrong with them."""

    def failing(render: Render, seen: View) -> View:
        if seen.status != "completed" or sum(map(ord, render.url)) % 3:
            return seen
        return replace(seen, status="failed", film=None, error="render failed", progress=95)

    view(cut, failing)
