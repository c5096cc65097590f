"""A body that was edited by hand is served whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.cli import main
from nemovideo_proxy.model import Interaction, Response
from nemovideo_proxy.replay.lengths import fitted
from support.proxy_replay import exchange, recording
from support.proxy_served_replay import served

BALANCE = "GET /api/credits/balance/simple"


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A cassette in which somebody made a rich man of the client."""
    path = tmp_path / "session.yaml"
    talk = recording(exchange(BALANCE, {"credits": 100}, token=None))
    with Writer.create(path, talk.header) as writer:
        writer.add(talk.interaction(talk.entries[0]))
    text = path.read_text()
    assert "credits: 100\n" in text
    path.write_text(text.replace("credits: 100\n", "credits: 1000000\n"))
    return path


def test_an_edited_body_is_served_whole(edited: Path) -> None:
    """Over a socket, whose other end believes the length."""
    with served(edited) as replay:
        answer = httpx.get(replay.url + BALANCE.partition(" ")[2])

    assert answer.json() == {"credits": 1000000}
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_doctor_finds_it_and_format_mends_it(
    edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says both lengths; afterwards there is nothing to find."""
    assert main(["doctor", str(edited)]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if ": length: " in line]
    assert main(["doctor", "--format", str(edited)]) == 0
    with Cassette.open(edited) as cassette:
        (interaction,) = cassette

    assert len(found) == 1
    assert "Content-Length of interaction 1 is 16, and its body has" in found[0]
    assert interaction == fitted(interaction)


def _answered(**more: object) -> Interaction:
    response = Response(status=200, headers=(("Content-Length", "9"),), body=b"four")
    return exchange(BALANCE, response=replace(response, **more))  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize(
    "interaction",
    [
        replace(_answered(), end="truncated"),
        replace(_answered(), end="lost"),
        _answered(status=304, body=b""),
        replace(_answered(body=b""), request=replace(_answered().request, method="HEAD")),
        _answered(headers=(("content-length", "4"),)),
        _answered(headers=()),
        replace(_answered(), response=None),
    ],
)
def test_a_length_that_says_something_else_stays(interaction: Interaction) -> None:
    """Of what was cut off, of what has no body by its nature; and one that fits."""
    assert fitted(interaction) == interaction
