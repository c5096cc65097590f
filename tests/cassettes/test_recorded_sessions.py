from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examples.cassettes.sessions import SESSIONS, Session
from examples.cassettes.stage import Stage
from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.cli import main
from nemovideo_proxy.doctor.examining import examined
from nemovideo_proxy.model import Blob, Multipart
from nemovideo_proxy.replay.replay import Replay

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "cassettes"
NOW = datetime(2026, 11, 28, tzinfo=UTC)

each_session = pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.name)


def _path(session: Session) -> Path:
    return FOLDER / f"{session.name}.yaml"


def _uploaded(path: Path, folder: Path) -> Path | None:
    """Return the file that was uploaded, under its name; encoders differ from machine to machine."""
    clip = folder / "beach.mp4"
    with Cassette.open(path) as cassette:
        for interaction in cassette:
            body = interaction.request.body
            if isinstance(body, Multipart) and isinstance(blob := body.parts[0].body, Blob):
                shutil.copy(cassette.path_of(blob), clip)
                return clip
    return None


def test_every_cassette_is_a_session_and_is_told_of() -> None:
    """Nothing lies in the folder that nobody can record again, and the README names each."""
    readme = (FOLDER / "README.md").read_text()
    names = {session.name for session in SESSIONS}

    assert {path.stem for path in FOLDER.glob("*.yaml")} == names
    assert not {name for name in names if f"`{name}.yaml`" not in readme}


@each_session
def test_the_doctor_finds_nothing(session: Session) -> None:
    """No secret, no orphan, no unstable line."""
    assert list(examined(_path(session), now=NOW)) == []


@each_session
def test_the_notes_say_that_it_came_from_the_fake(session: Session) -> None:
    """Nobody takes it for a recording of the live service."""
    with Cassette.open(_path(session)) as cassette:
        assert "Recorded from nemo-fakeserver, not from the live service." in cassette.header.notes


@each_session
def test_the_same_can_be_done_again_without_a_server(session: Session, tmp_path: Path) -> None:
    """Another client, with ids and times of its own, does what was recorded, and misses nothing."""
    with Replay(_path(session)) as replay:
        session.act(
            Stage(
                url="http://replay.test",
                folder=tmp_path,
                token=lambda: "nmv_usr_of_another_client_with_a_token_of_its_own_00",
                sleep=replay.clock.sleep_sync,
                now=replay.clock.now,
                transport=replay.transport(),
                clip=_uploaded(_path(session), tmp_path),
            )
        )
        assert not replay.misses
        replay.assert_all_played()


@each_session
@pytest.mark.slow
def test_the_fake_still_answers_so(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """The recorded requests, sent again, get replies of the same shape, order and rhythm."""
    code = main(["verify", str(_path(session)), *session.flags])

    assert code == 0, capsys.readouterr().out
