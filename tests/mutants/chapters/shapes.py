"""Mutants of what a reply shows of a render, nearly right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from mutants.changes import renamed, shown
from mutants.mutant import mutant
from mutants.patient import RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.render import Render, View

DATA = "render_shape=data"


def _polled(after: float = 100.0) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        patient.render(after=after)
        return [patient.me.get(f"{RENDERS}/render_1").json() for _ in range(2)]

    return probe


@mutant("render_shape=top", _polled())
def another_url_at_each_poll(cut: Surgery) -> None:
    """Each poll tells another `output.url`, and only the last one works."""
    number = count()

    def change(said: dict[str, Any]) -> None:
        if "output" in said:
            said["output"]["url"] += f"?poll={next(number)}"

    shown(cut, change)


@mutant("render_shape=top", _polled())
def film_length_as_text(cut: Surgery) -> None:
    """`output.duration` is a text."""

    def change(said: dict[str, Any]) -> None:
        if "output" in said:
            said["output"]["duration"] = str(said["output"]["duration"])

    shown(cut, change)


@mutant("render_shape=top", _polled())
def a_size_that_is_not_the_film_s(cut: Surgery) -> None:
    """`output.size` is not the number of bytes that a download brings."""

    def change(said: dict[str, Any]) -> None:
        if "output" in said:
            said["output"]["size"] += 1

    shown(cut, change)


@mutant("render_shape=top", _polled(10))
def a_url_before_the_film(cut: Surgery) -> None:
    """A render that is not completed has an `output.url` already."""

    def around(shown_: Any, render: Render, seen: View, shape: str) -> Any:
        said = shown_(render, seen, shape)
        return said if shape != "top" else {"output": {"url": render.url}, **said}

    cut.wrap("api.renders.shown", around)


@mutant("render progress", _polled(10))
def progress_with_a_point(cut: Surgery) -> None:
    """`progress` is a fraction from 0 to 1."""
    shown(cut, lambda said: "progress" in said and said.update(progress=said["progress"] / 100))


@mutant("render_shape=data", _polled(), DATA)
def created_in_seconds(cut: Surgery) -> None:
    """`createdAt` and `completedAt` are in seconds instead of milliseconds."""
    cut.wrap("api.render_shapes._milliseconds", lambda _milliseconds, at: int(at))


@mutant("render_shape=data", _polled(), DATA)
def output_url_in_output(cut: Surgery) -> None:
    """Where `data.outputUrl` is wanted, the address is in `data.output.url`."""

    def change(said: dict[str, Any]) -> None:
        data = said.get("data", {})
        if "outputUrl" in data:
            data["output"] = {"url": data.pop("outputUrl")}

    shown(cut, change)


@mutant("render_shape=data", _polled(), DATA)
def no_success(cut: Surgery) -> None:
    """Where `success` is wanted around a render, a `code` comes."""
    shown(cut, lambda said: renamed(said, "success", "code"))
