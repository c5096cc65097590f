"""Mutants of how a render stands: its status, its progress, its film."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mutants.changes import renamed, shown, view
from mutants.mutant import mutant
from mutants.patient import RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.course import Course
from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.core.renders import Renders

POLL = "GET /api/render/proxy/lambda/{render}"
NOTHING: dict[str, Any] = {"t": []}


def _course(patient: Patient) -> Any:
    seen = [patient.render()]
    for _ in range(30):
        patient.jump(4)
        seen.append(patient.me.get(f"{RENDERS}/render_1").json())
    return seen


def _late(patient: Patient) -> Any:
    return patient.render(after=100)


def _failed(patient: Patient) -> Any:
    return patient.render(draft=NOTHING, after=100)


@mutant("render_shape=top", _late)
def no_url(cut: Surgery) -> None:
    """A completed render has no `output.url`."""
    shown(cut, lambda told: told.get("output", {}).pop("url", None))


@mutant("render_shape=top", _late)
def download_url_instead_of_url(cut: Surgery) -> None:
    """A completed render has its address under `output.downloadUrl`."""
    shown(cut, lambda told: renamed(told.get("output", {}), "url", "downloadUrl"))


@mutant("render_shape=top", _late)
def film_length_in_milliseconds(cut: Surgery) -> None:
    """`output.duration` is in milliseconds instead of seconds."""
    shown(cut, lambda told: _scaled(told, "duration", 1000))


@mutant("render_shape=top", _late)
def film_size_in_kilobytes(cut: Surgery) -> None:
    """`output.size` is in kilobytes instead of bytes."""
    shown(cut, lambda told: _scaled(told, "size", 1 / 1024))


def _scaled(told: dict[str, Any], key: str, by: float) -> None:
    if "output" in told:
        told["output"][key] = round(told["output"][key] * by)


@mutant(POLL, _course)
def status_in_capitals(cut: Surgery) -> None:
    """The status of a completed render is `COMPLETED`."""
    shown(cut, lambda told: told["status"] == "completed" and told.update(status="COMPLETED"))


@mutant(POLL, _course)
def status_success(cut: Surgery) -> None:
    """The status of a completed render is `success`."""
    shown(cut, lambda told: told["status"] == "completed" and told.update(status="success"))


@mutant(POLL, _course)
def renders_without_task_id(cut: Surgery) -> None:
    """A render does not say its `taskId`."""
    shown(cut, lambda told: told.pop("taskId"))


@mutant(POLL, _course)
def progress_as_text(cut: Surgery) -> None:
    """`progress` is a text with a percent sign."""
    shown(cut, lambda told: told.update(progress=f"{told['progress']}%"))


@mutant("render progress", _course)
def progress_from_nothing(cut: Surgery) -> None:
    """A render begins at progress 0 instead of 5."""
    view(cut, lambda _, seen: replace(seen, progress=0) if seen.status == "pending" else seen)


@mutant("render progress", _course)
def progress_goes_back(cut: Surgery) -> None:
    """The progress of a render becomes less while it is processed."""

    def back(_: Render, seen: View) -> View:
        return replace(seen, progress=100 - seen.progress) if seen.status == "processing" else seen

    view(cut, back)


@mutant("render progress", _course)
def progress_stays(cut: Surgery) -> None:
    """The progress of a render is 5 until it is completed."""
    view(cut, lambda _, seen: replace(seen, progress=5) if seen.status == "processing" else seen)


@mutant("render progress", _late)
def completed_at_95(cut: Surgery) -> None:
    """A completed render has the progress 95 instead of 100."""
    view(cut, lambda _, seen: replace(seen, progress=95) if seen.status == "completed" else seen)


@mutant("render duration", _course)
def renders_in_five_seconds(cut: Surgery) -> None:
    """A render is completed after 5 seconds instead of 20 to 90."""
    cut.replace("core.renders.USUAL", Course(shortest=4.0, longest=6.0))


@mutant("render duration", _course)
def renders_in_two_minutes(cut: Surgery) -> None:
    """A render is completed after two minutes, where 90 seconds are the most."""
    cut.replace("core.renders.USUAL", Course(shortest=115.0, longest=125.0))


@mutant(POLL, _course)
def never_pending(cut: Surgery) -> None:
    """A render that was just ordered is `processing`, never `pending`."""
    cut.replace("core.render.PENDING_SECONDS", 0.0)


@mutant(POLL, _course)
def never_processing(cut: Surgery) -> None:
    """A render is `pending` until it is completed."""

    def pending(_: Render, seen: View) -> View:
        return replace(seen, status="pending") if seen.status == "processing" else seen

    view(cut, pending)


@mutant(POLL, _course)
def polls_move_a_render_on(cut: Surgery) -> None:
    """Each poll brings a render 10 seconds nearer to its end: reading changes it."""

    def around(polled: Any, self: Renders, render: Render) -> None:
        polled(self, render)
        render.submitted_at -= 10.0

    cut.wrap("core.renders.Renders.polled", around)


@mutant("render failure", _failed)
def failing_renders_never_end(cut: Surgery) -> None:
    """A render that fails is `processing` for ever."""

    def going_on(_: Render, seen: View) -> View:
        return replace(seen, status="processing", error=None) if seen.status == "failed" else seen

    view(cut, going_on)


@mutant("render failure", _failed)
def failing_renders_do_not_say_why(cut: Surgery) -> None:
    """A failed render has no `error`."""
    view(cut, lambda _, seen: replace(seen, error=None))


@mutant("render failure", _failed)
def failed_at_a_hundred(cut: Surgery) -> None:
    """A failed render has the progress 100, as if it were completed."""
    view(cut, lambda _, seen: replace(seen, progress=100) if seen.status == "failed" else seen)
