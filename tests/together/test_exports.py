"""From a timeline to a film on disk: ordering, polling, fetching, and every way it can end."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.errors import (
    NothingToExport,
    RenderCancelled,
    RenderFailed,
    RenderStatusUnknown,
    RenderTimeout,
)
from nemovideo_client.models import Render
from nemovideo_pytest.darkroom import FILM
from support.meddling.acts import reshape
from support.together.house import House
from support.together.lines import DOWNLOAD, POLL, STATE, SUBMIT
from support.together.projects import ids, project
from support.together.shaping import of_render

EVERY = 30.0
processing = reshape(of_render(status="processing", progress=50))
failed = reshape(of_render(status="failed", error="out of memory"))


def test_a_film_is_ordered_polled_for_and_saved(house: House, tmp_path: Path) -> None:
    """The draft goes back as it came, a poll every 30 s, the file is whole (52127510908)."""
    nemo = project(house)
    draft, began = nemo.state().draft, house.now()
    told: list[Render] = []
    saved: list[tuple[int, int | None]] = []
    export = nemo.export(
        tmp_path / "film.mp4",
        on_progress=told.append,
        on_download=lambda done, of: saved.append((done, of)),
    )
    ordered, *polls = told
    body = house.meddler.asked(SUBMIT)[0].json()

    assert (body["draft"], set(body)) == (draft, {"id", "sessionId", "draft"})
    assert nemo.session is not None
    assert body["sessionId"] == nemo.session.session_id
    assert ordered.status == "pending"
    assert house.asked(POLL) == [began + EVERY * n for n in range(1, len(polls) + 1)]
    assert [poll.status for poll in polls[:-1]] == ["processing"] * (len(polls) - 1)
    assert (polls[-1].status, polls[-1].progress) == ("completed", 100)
    assert (tmp_path / "film.mp4").read_bytes() == FILM
    assert export.size == len(FILM)
    assert export.path == tmp_path / "film.mp4"
    assert saved[-1] == (len(FILM), len(FILM))
    assert house.asked(DOWNLOAD) == []


def test_a_film_may_stay_where_it_is(house: House) -> None:
    """Without a path there is a link, and no download."""
    export = project(house).export()

    assert export.path is None
    assert export.render.url is not None
    assert house.browse(export.render.url).content == FILM


def test_the_steps_of_an_export_can_be_taken_one_by_one(house: House, tmp_path: Path) -> None:
    """Submit, look, wait, download."""
    nemo = project(house)
    ordered = nemo.submit_render(output={"format": "mp4", "quality": "high", "resolution": "720p"})
    seen = nemo.render_status(ordered.id)
    done = nemo.wait_for_render(ordered.id)
    export = nemo.download_render(done, tmp_path / "film.mp4")

    assert (ordered.status, seen.status, done.status) == ("pending", "pending", "completed")
    assert ordered.progress == 5
    assert ordered.id == seen.id == done.id
    assert export.size == len(FILM)
    assert house.studio.orders[0].height == 720


def test_nothing_on_the_timeline_is_nothing_to_export(house: House) -> None:
    """Ready is a track with a segment (vendor skill 1.9); nothing is ordered."""
    with pytest.raises(NothingToExport):
        house.client().export()

    assert house.asked(SUBMIT) == []


def test_an_export_is_free(house: House) -> None:
    """0 credits, so it works without any (all documents)."""
    nemo = house.client()
    nemo.chat("generate 100")

    assert nemo.credits().total == 0
    assert nemo.export().render.status == "completed"
    assert house.spent(nemo) == 100


# failing, being cancelled, taking long


def test_a_render_that_failed_is_tried_once_more_under_a_new_id(house: House) -> None:
    """Vendor skill 1.9: "new id, retry once"."""
    nemo = project(house)
    house.meddler.on(POLL, after=failed)
    export = nemo.export()

    assert len(ids(house)) == len(set(ids(house))) == 2
    assert export.render.id == ids(house)[1]


def test_a_render_that_fails_again_is_an_error(house: House, tmp_path: Path) -> None:
    """With the reason that the service gives, and the id."""
    nemo = project(house)
    house.meddler.on(POLL, after=failed, nth=range(1, 3))
    with pytest.raises(RenderFailed, match="out of memory") as caught:
        nemo.export(tmp_path / "film.mp4")

    assert caught.value.render_id == ids(house)[1]
    assert len(set(ids(house))) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_render_is_not_waited_for(house: House) -> None:
    """`POST .../cancel` (52127510908); who waits is told so, and nothing is ordered again."""
    nemo = project(house)
    ordered = nemo.submit_render()
    cancelled = nemo.cancel_render(ordered.id)
    with pytest.raises(RenderCancelled) as caught:
        nemo.wait_for_render(ordered.id)

    assert cancelled.status == "cancelled"
    assert caught.value.render_id == ordered.id
    assert len(ids(house)) == 1


def test_a_render_that_is_over_is_not_cancelled_any_more(house: House) -> None:
    """What is completed stays so (assumed)."""
    nemo = project(house)
    done = nemo.export().render
    house.jump(EVERY)

    assert nemo.cancel_render(done.id).status == "completed"


def test_a_render_that_takes_too_long_is_resumed_by_its_id(house: House, tmp_path: Path) -> None:
    """The film is on its way; nothing is ordered twice."""
    nemo = project(house, max_polls=2)
    house.meddler.on(POLL, after=processing, nth=range(1, 3))
    with pytest.raises(RenderTimeout) as caught:
        nemo.export(tmp_path / "film.mp4")
    export = nemo.export(tmp_path / "film.mp4", render_id=caught.value.render_id)

    assert caught.value.render_id in str(caught.value)
    assert export.render.id == caught.value.render_id
    assert (tmp_path / "film.mp4").read_bytes() == FILM
    assert len(ids(house)) == 1


def test_a_render_that_was_finished_meanwhile_is_seen_at_once(house: House, tmp_path: Path) -> None:
    """Who resumes waits for the second look, not for the first."""
    nemo = project(house)
    ordered = nemo.submit_render()
    house.jump(600)
    began = house.now()
    export = nemo.export(tmp_path / "film.mp4", render_id=ordered.id)

    assert house.asked(POLL) == [began]
    assert house.now() == began
    assert export.render.id == ordered.id
    assert (tmp_path / "film.mp4").read_bytes() == FILM


@pytest.mark.breaks(
    "polled-after-the-end", because="the replies say processing where the render is completed"
)
def test_ten_polls_are_the_default(house: House) -> None:
    """30 s, ten times (vendor skill 1.9)."""
    nemo = project(house)
    house.meddler.on(POLL, after=processing, always=True)
    with pytest.raises(RenderTimeout):
        nemo.export()

    assert len(house.asked(POLL)) == 10


@pytest.mark.breaks(
    "polled-after-the-end", because="the replies say processing where the render is completed"
)
def test_without_a_cap_it_takes_as_long_as_it_takes(house: House) -> None:
    """Three of the four skills poll until it is over."""
    nemo = project(house, max_polls=None)
    house.meddler.on(POLL, after=processing, nth=range(1, 31))
    export = nemo.export()

    assert export.render.status == "completed"
    assert house.now() == 20 + 31 * EVERY


def test_a_status_that_nobody_knows_ends_the_waiting(house: House) -> None:
    """Neither a yes nor a no; the id is kept."""
    nemo = project(house)
    house.meddler.on(POLL, after=reshape(of_render(status="sleeping")))
    with pytest.raises(RenderStatusUnknown, match="sleeping") as caught:
        nemo.export()

    assert caught.value.render_id == ids(house)[0]
    assert len(house.asked(POLL)) == 1


def test_the_draft_is_that_of_the_moment(house: House) -> None:
    """Each order reads the state anew, so an edit in between is in the film."""
    nemo = project(house)
    nemo.export()
    nemo.chat("edit 21")
    nemo.export()
    first, second = (seen.json()["draft"] for seen in house.meddler.asked(SUBMIT))

    assert first != second
    assert second == nemo.state().draft
    assert len(house.asked(STATE)) >= 4
