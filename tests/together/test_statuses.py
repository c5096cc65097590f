"""Every status by which the service says no to a request: which error it is, and what follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.errors import Conflict, DownloadFailed, ExportBlocked, Malformed, NotFound
from support.together.house import House
from support.together.lines import SUBMIT, TOKEN
from support.together.refusing import SKILL, no

# 400 - the client id


def test_a_client_id_that_is_not_accepted_is_made_anew(house: House) -> None:
    """400: generate one, try again (all four skills)."""
    house.meddler.on(TOKEN, instead=no(400, 400))
    nemo = house.client(client_id="first")
    nemo.credits()
    ids = [dict(seen.headers)["x-client-id"] for seen in house.meddler.asked(TOKEN)]

    assert ids[0] == "first"
    assert len(ids) == len(set(ids)) == 2


# 402 - the plan


@pytest.mark.house(free_plan_export="block")
def test_a_plan_that_does_not_export_is_not_about_credits(house: House, tmp_path: Path) -> None:
    """402: "Subscription tier issue, NOT credits" (all four skills)."""
    nemo = house.client(skill=SKILL)
    nemo.chat("edit 20")
    with pytest.raises(ExportBlocked) as caught:
        nemo.export(tmp_path / "film.mp4")

    assert caught.value.unlock == "Register at nemovideo.ai to unlock export."
    assert "not about credits" in str(caught.value) or "not of credits" in str(caught.value)
    assert len(house.asked(SUBMIT)) == 1
    assert list(tmp_path.iterdir()) == []


# 404, 409, 422 - requests


def test_a_render_that_was_never_ordered_is_not_found(house: House) -> None:
    """404, and nothing to wait for."""
    nemo = house.client()
    for act in (nemo.render_status, nemo.cancel_render):
        with pytest.raises(NotFound):
            act("render_0")

    assert house.now() == 0


@pytest.mark.house(duplicate_render="error")
def test_two_exports_in_one_millisecond_get_two_ids(house: House) -> None:
    """409: an id is taken once; the next one is free (52127510908)."""
    nemo = house.client()
    nemo.chat("edit 20")
    first, second = nemo.submit_render(), nemo.submit_render()

    assert first.id != second.id
    assert len(house.asked(SUBMIT)) == 3


@pytest.mark.house(duplicate_render="existing")
def test_two_exports_in_one_millisecond_may_be_one(house: House) -> None:
    """Where a used id gives the render there is (54183061932), there is one film and no error."""
    nemo = house.client()
    nemo.chat("edit 20")
    first, second = nemo.submit_render(), nemo.submit_render()

    assert first.id == second.id
    assert len(house.studio.orders) == 1
    assert nemo.export(render_id=second.id).render.status == "completed"


@pytest.mark.breaks("fetched-too-early", because="it is about fetching too early")
def test_a_render_that_is_not_finished_cannot_be_downloaded(house: House, tmp_path: Path) -> None:
    """409 from the download endpoint is a download that failed, by a render that goes on."""
    nemo = house.client()
    nemo.chat("edit 20")
    render = nemo.submit_render()
    with pytest.raises(DownloadFailed) as caught:
        nemo.download_render(render, tmp_path / "film.mp4")

    assert isinstance(caught.value.__cause__, Conflict)
    assert caught.value.render_id == render.id


def test_a_message_without_words_is_malformed(house: House) -> None:
    """422, and free."""
    nemo = house.client()
    with pytest.raises(Malformed, match="no text"):
        nemo.chat(" ")

    assert nemo.credits().available == 100


def test_an_output_that_is_not_rendered_is_malformed(house: House) -> None:
    """422 says which field it is about."""
    nemo = house.client()
    nemo.chat("edit 20")
    with pytest.raises(Malformed, match=r"output\.format"):
        nemo.export(output={"format": "avi"})
