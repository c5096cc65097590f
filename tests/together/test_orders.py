"""What goes wrong between the order of a film and the film, on either way."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.errors import NemoError, RenderTimeout, ServerError
from support.meddling.acts import lost
from support.together.house import House
from support.together.lines import POLL, SUBMIT
from support.together.projects import ids, project
from support.together.refusing import BAD_GATEWAY, no


def test_an_order_whose_answer_is_lost_is_looked_for(house: House) -> None:
    """It arrived, so it is not placed again."""
    nemo = project(house)
    house.meddler.on(SUBMIT, after=lost)
    export = nemo.export()

    assert len(ids(house)) == 1
    assert export.render.id == ids(house)[0]


@pytest.mark.parametrize("fault", [lost, BAD_GATEWAY], ids=["lost", "502"])
def test_an_order_that_never_arrived_is_placed_again(house: House, fault: Any) -> None:
    """The service knows no such id, so it may be used."""
    nemo = project(house)
    house.meddler.on(SUBMIT, instead=fault)
    export = nemo.export()

    assert len(ids(house)) == 2
    assert export.render.status == "completed"


@pytest.mark.parametrize("fault", [lost, BAD_GATEWAY], ids=["lost", "502"])
def test_a_poll_that_is_lost_is_made_again(house: House, fault: Any) -> None:
    """A poll changes nothing."""
    nemo = project(house)
    house.meddler.on(POLL, instead=fault)
    export = nemo.export()

    assert house.asked(POLL)[:2] == [50, 50.5]
    assert export.render.status == "completed"
    assert len(ids(house)) == 1


def test_an_order_nobody_answers_is_an_error(house: House) -> None:
    """Where even the question for it fails, the caller is told which it was."""
    nemo = project(house, max_retries=0)
    house.meddler.on(SUBMIT, after=lambda _told: BAD_GATEWAY)
    house.meddler.on(POLL, instead=BAD_GATEWAY)
    with pytest.raises(ServerError):
        nemo.export()

    assert len(ids(house)) == 1


@pytest.mark.parametrize("fault", [lost, BAD_GATEWAY], ids=["lost", "502"])
def test_polls_that_fail_for_minutes_are_no_end_of_an_export(house: House, fault: Any) -> None:
    """The film is being made, whoever can see it: a look that fails is a look."""
    nemo = project(house, max_retries=0)
    house.meddler.on(POLL, instead=fault, nth=range(1, 6))
    export = nemo.export()

    assert house.asked(POLL)[:6] == [50, 80, 110, 140, 170, 200]
    assert export.render.status == "completed"
    assert len(ids(house)) == 1


@pytest.mark.parametrize("fault", [lost, BAD_GATEWAY], ids=["lost", "502"])
def test_a_render_that_can_not_be_seen_any_more_is_resumed_by_its_id(
    house: House, fault: Any
) -> None:
    """After the last poll the id is told, and why; later the film is there."""
    nemo = project(house, max_retries=0)
    house.meddler.on(POLL, instead=fault, nth=range(1, 11))
    with pytest.raises(RenderTimeout) as caught:
        nemo.export()
    (ordered,) = ids(house)

    assert house.asked(POLL) == [20 + 30 * n for n in range(1, 11)]
    assert caught.value.render_id == ordered
    assert ordered in str(caught.value)
    assert isinstance(caught.value.__cause__, NemoError)
    assert nemo.export(render_id=ordered).render.id == ordered


def test_an_order_that_arrives_late_is_followed_under_its_id(house: House) -> None:
    """Its answer is lost, the service does not know of it yet, and 409 says that it does after all."""
    nemo = project(house)
    house.meddler.on(SUBMIT, after=lost)
    house.meddler.on(POLL, instead=no(404, 404))
    export = nemo.export()
    first, second = ids(house)

    assert first == second == export.render.id
    assert len(house.studio.orders) == 1
