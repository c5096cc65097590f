from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.store.broken import StateUnusable
from support.caller import Caller
from support.lasting import killed
from support.media import png
from support.stage import client

PICTURE = png()
HASH = sha256(PICTURE).hexdigest()


def uploaded(fake: Fake, name: str = "a.png", content: bytes = PICTURE) -> str:
    """Upload a picture, and return the path at which it is."""
    with client(fake) as http:
        reply = Caller(http).connect(name).upload(name, content).json()
    return str(reply["data"]["files"][0]["cdn_url"]).removeprefix("http://127.0.0.1")


def files(state: Path) -> list[str]:
    """Return what lies in the folder of a state file."""
    folder = Path(f"{state}.files")
    return sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []


def test_a_file_survives_a_kill(tmp_path: Path) -> None:
    """Its address leads to the same bytes."""
    with Fake(Options(state=tmp_path / "state.db")) as fake:
        path = uploaded(fake)
        with killed(fake, tmp_path) as after, client(after) as http:
            assert http.get(path).content == PICTURE


def test_a_file_survives_a_good_end(tmp_path: Path) -> None:
    """It lies beside the state file, under the hash of its content and nothing else."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake:
        path = uploaded(fake)
        assert files(state) == [HASH, "now", "pid"]
    assert files(state) == [HASH]
    with Fake(Options(state=state)) as fake, client(fake) as http:
        assert http.get(path).content == PICTURE


def test_equal_files_are_kept_once(tmp_path: Path) -> None:
    """Whoever uploads them, and under whatever name."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake:
        paths = [uploaded(fake, name) for name in ("a.png", "b.png")]
        with client(fake) as http:
            assert [http.get(path).content for path in paths] == [PICTURE, PICTURE]

    assert files(state) == [HASH]


def test_files_of_nobody_are_removed(tmp_path: Path) -> None:
    """What a kill has left of an upload goes at the next start; what is not ours stays."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake:
        uploaded(fake)
    folder = Path(f"{state}.files")
    for name in ("0" * 64, f".{'0' * 32}.part", "notes.txt"):
        (folder / name).write_bytes(b"?")
    (folder / "now").mkdir()
    (folder / "now" / "spooled").write_bytes(b"?")

    Fake(Options(state=state)).close()

    assert files(state) == [HASH, "notes.txt"]


def test_a_file_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    """A fake does not begin without it, and says where it should be."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake:
        uploaded(fake)
    gone = Path(f"{state}.files") / HASH
    gone.unlink()

    with pytest.raises(
        StateUnusable, match=f"'a.png' is not there any more: put it back as {gone}"
    ):
        Fake(Options(state=state))


def test_an_upload_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    """A file that is no media is not kept."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake, client(fake) as http:
        assert Caller(http).connect().upload("a.png", b"no picture").json()["code"] == 4001

    assert files(state) == []


def test_without_a_state_file_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fake that does not last writes where temporary files go, and takes them along."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Fake() as fake:
        uploaded(fake)
        assert list(tmp_path.iterdir())

    assert list(tmp_path.iterdir()) == []
