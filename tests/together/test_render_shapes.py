"""What is said of a render, in the two bodies that documents print, and in mixtures of them."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.darkroom import FILM
from support.meddling.acts import reshape
from support.together.house import House
from support.together.lines import CANCEL, POLL, SUBMIT
from support.together.shaping import Change


def top(told: Any) -> Any:
    """Leave the reply as 51912643291 and vendor skill 1.9 describe it: `status` and `output.url`."""
    return told


def in_data(told: Any) -> Any:
    """Turn the reply into what 52127510908 and vendor skill 4.4 print: `data.status`, `data.outputUrl`."""
    data = {"id": told["taskId"], "status": told["status"], "progress": told["progress"]}
    if "output" in told:
        data |= {"outputUrl": told["output"]["url"], "createdAt": 1, "completedAt": 2}
    return {"success": True, "data": data}


def both(told: Any) -> Any:
    """Tell it at the top and in `data`."""
    return {"code": 0, **told, **in_data(told)}


def coded(told: Any) -> Any:
    """Wrap it as everything else is wrapped (54183061932 expects `code`)."""
    return {"code": 0, "data": told}


RENDERS = pytest.mark.parametrize("change", [top, in_data, both, coded])
TOLD_AT_THE_TOP = pytest.mark.house(render_shape="top")
SHAPES = pytest.mark.parametrize(
    "shape",
    [
        pytest.param(shape, marks=pytest.mark.house(render_shape=shape))
        for shape in ("top", "data", "both")
    ],
)


@SHAPES
def test_an_export_in_the_services_own_shape(house: House, shape: str, tmp_path: Any) -> None:
    """Whichever of the two it prints, or both: the film is ordered, waited for, found and saved."""
    nemo = house.client()
    nemo.chat("edit 20")
    export = nemo.export(tmp_path / "f.mp4")

    assert (export.render.status, export.render.progress) == ("completed", 100), shape
    assert export.render.id == house.meddler.asked(SUBMIT)[0].json()["id"]
    assert (tmp_path / "f.mp4").read_bytes() == FILM


@SHAPES
def test_a_cancellation_in_the_services_own_shape(house: House, shape: str) -> None:
    """Ordered, cancelled, and seen to be so."""
    nemo = house.client()
    nemo.chat("edit 20")
    ordered = nemo.submit_render()

    assert (ordered.status, ordered.progress) == ("pending", 5), shape
    assert nemo.cancel_render(ordered.id).status == "cancelled"
    assert nemo.render_status(ordered.id).status == "cancelled"


@TOLD_AT_THE_TOP
def test_a_film_that_is_told_of_at_the_top_has_a_length_and_a_size(house: House) -> None:
    """`output.duration` in seconds, `output.size` in bytes (51912643291)."""
    nemo = house.client()
    nemo.chat("edit 20")
    render = nemo.export().render

    assert (render.duration, render.size) == (3.0, len(FILM))


@TOLD_AT_THE_TOP
@RENDERS
def test_an_export(house: House, change: Change, tmp_path: Any) -> None:
    """Ordering, polling and fetching, all in one shape."""
    nemo = house.client()
    nemo.chat("edit 20")
    house.meddler.on(SUBMIT, after=reshape(change), always=True)
    house.meddler.on(POLL, after=reshape(change), always=True)
    seen: list[str] = []
    export = nemo.export(tmp_path / "f.mp4", on_progress=lambda render: seen.append(render.status))

    assert seen[-1] == "completed"
    assert export.render.progress == 100
    assert export.render.url is not None
    assert export.render.id == house.meddler.asked(SUBMIT)[0].json()["id"]
    assert export.size == (tmp_path / "f.mp4").stat().st_size


@pytest.mark.parametrize("told", [{"code": 0}, {"code": 0, "data": {}}, {}, {"success": True}])
def test_an_order_that_is_barely_confirmed(house: House, told: Any) -> None:
    """No document but one shows the reply; a yes without an id is about the id that was sent."""
    nemo = house.client()
    nemo.chat("edit 20")
    house.meddler.on(SUBMIT, after=reshape(lambda _: told))
    ordered = nemo.submit_render()

    assert ordered.id == house.meddler.asked(SUBMIT)[0].json()["id"]
    assert ordered.status == "pending"


@TOLD_AT_THE_TOP
@RENDERS
def test_a_failed_render(house: House, change: Change) -> None:
    """`status` decides, wherever it is."""
    nemo = house.client()
    nemo.chat("edit 20")
    ordered = nemo.submit_render()
    house.meddler.on(POLL, after=reshape(lambda told: change({**told, "status": "failed"})))

    assert nemo.render_status(ordered.id).status == "failed"


@pytest.mark.parametrize("told", [{}, {"code": 0}, {"success": True}, {"code": 0, "data": None}])
def test_a_cancellation(house: House, told: Any) -> None:
    """No document shows the reply: one without a status is a yes."""
    nemo = house.client()
    nemo.chat("edit 20")
    ordered = nemo.submit_render()
    house.meddler.on(CANCEL, after=reshape(lambda _: told))

    assert nemo.cancel_render(ordered.id).status == "cancelled"
