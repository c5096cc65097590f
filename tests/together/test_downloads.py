"""From a finished render to a film on disk: whole or not at all, from its link or from the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.errors import DownloadFailed
from nemovideo_fakeserver.wire.messages import Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step
from nemovideo_pytest.darkroom import FILM
from support.meddling.acts import lost, reply, reshape
from support.meddling.rules import Instead
from support.together.house import House
from support.together.lines import DOWNLOAD, LINK, POLL
from support.together.projects import ids, project
from support.together.refusing import BAD_GATEWAY
from support.together.shaping import linked

GONE = reply(404, {"code": 404, "message": "gone", "data": None})
PAGE = reply(200, "<html>This link has expired</html>")
DEAD: dict[str, Reply | Instead] = {"404": GONE, "a page": PAGE, "502": BAD_GATEWAY, "lost": lost}


@pytest.mark.parametrize("case", DEAD)
def test_a_dead_link_gives_way_to_the_download_endpoint(
    house: House, tmp_path: Path, case: str
) -> None:
    """`GET /api/render/proxy/{id}/download` with the token (52127510908, vendor skill 1.9)."""
    nemo = project(house)
    house.meddler.on(LINK, instead=DEAD[case], always=True)
    export = nemo.export(tmp_path / "film.mp4")

    assert (tmp_path / "film.mp4").read_bytes() == FILM
    assert export.size == len(FILM)
    assert len(house.asked(DOWNLOAD)) == 1


@pytest.mark.parametrize("how", ["truncated", "reset", "stall"])
def test_a_link_that_breaks_off_brings_no_film(house: House, tmp_path: Path, how: HowToCut) -> None:
    """Half a film is none; what there is of it is thrown away."""
    nemo = project(house)

    def half() -> Reply:
        steps: list[Step] = [Send(FILM[:100]), Cut(how)]
        body = Stream(clock=house.fake.clock, steps=steps)
        return Reply(headers=(("Content-Type", "video/mp4"),), body=body)

    house.meddler.on(LINK, instead=half, always=True)
    export = nemo.export(tmp_path / "film.mp4")

    assert export.size == len(FILM)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [FILM]
    assert len(house.asked(LINK)) == 3


@pytest.mark.parametrize("case", DEAD)
def test_a_film_that_cannot_be_had_leaves_nothing_behind(
    house: House, tmp_path: Path, case: str
) -> None:
    """Neither a file nor a part of one; the export can be resumed."""
    nemo = project(house)
    link = house.meddler.on(LINK, instead=DEAD[case], nth=range(1, 4))
    endpoint = house.meddler.on(DOWNLOAD, instead=DEAD[case], nth=range(1, 4))
    with pytest.raises(DownloadFailed) as caught:
        nemo.export(tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []
    link.nth = endpoint.nth = range(0)
    nemo.export(tmp_path / "film.mp4", render_id=caught.value.render_id)

    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
    assert len(ids(house)) == 1


def test_a_link_to_another_host_gets_neither_token_nor_attribution(
    house: House, tmp_path: Path
) -> None:
    """`output.url` leads to a CDN (52127510908)."""
    nemo = project(house)
    elsewhere = f"{house.door.base_url}/cdn/elsewhere/film.mp4"
    film = Reply(status=200, headers=(("Content-Type", "video/mp4"),), body=b"another film")
    house.meddler.on(POLL, after=reshape(linked(elsewhere)), always=True)
    house.meddler.on("GET /cdn/elsewhere/film.mp4", instead=film)
    export = nemo.export(tmp_path / "film.mp4")
    (asked,) = house.meddler.asked("GET /cdn/elsewhere/film.mp4")
    names = {name for name, _ in asked.headers}

    assert (tmp_path / "film.mp4").read_bytes() == b"another film"
    assert export.size == 12
    assert not names & {"authorization", "x-skill-source", "x-client-id"}
