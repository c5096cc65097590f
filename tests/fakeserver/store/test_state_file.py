from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.store.broken import StateUnusable
from nemovideo_fakeserver.store.database import Database
from support.caller import Caller
from support.lasting import killed
from support.stage import client


def used(state: Path) -> None:
    """Make a state file with something in it, and end well."""
    with Fake(Options(state=state)) as fake, client(fake) as http:
        Caller(http).connect()


def refused(state: Path) -> str:
    """Return the sentence with which a file is refused, and see that it is left as it was."""
    before = state.read_bytes() if state.is_file() else None
    with pytest.raises(StateUnusable) as raised:
        Fake(Options(state=state))
    after = state.read_bytes() if state.is_file() else None
    assert after == before
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_what_happened_is_there_after_a_good_end(tmp_path: Path) -> None:
    """The same token works, and the session is known."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake, client(fake) as http:
        caller = Caller(http).connect()

    with Fake(Options(state=state)) as fake, client(fake) as http:
        caller.http = http
        assert caller.balance()["available"] == 100
        assert caller.state()["draft"] == {}


def test_a_good_end_leaves_one_file(tmp_path: Path) -> None:
    """No log, no lock, no empty folder stays behind."""
    used(tmp_path / "state.db")

    assert [entry.name for entry in tmp_path.iterdir()] == ["state.db"]


def test_a_second_fake_in_this_process_is_refused(tmp_path: Path) -> None:
    """It says so, and the first one goes on undisturbed: also with what it writes afterwards."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake, client(fake) as http:
        caller = Caller(http).connect()
        sentence = refused(state)
        caller.open()
        with killed(fake, tmp_path) as after, client(after) as other:
            caller.http = other
            assert caller.state()["draft"] == {}

    assert sentence.startswith(f"{state} is in use by another fake of this process, {os.getpid()}")


def test_a_second_fake_by_another_name_is_refused(tmp_path: Path) -> None:
    """A link to the file is the same file."""
    state, link = tmp_path / "state.db", tmp_path / "link.db"
    link.symlink_to(state)
    with Fake(Options(state=state)), pytest.raises(StateUnusable, match="in use"):
        Fake(Options(state=link))


def test_a_file_that_another_process_has_is_refused(tmp_path: Path) -> None:
    """The sentence names the file and the process; when that is killed, the file is free."""
    state = tmp_path / "state.db"
    code = (
        "import sys; from pathlib import Path; from nemovideo_fakeserver import Fake, Options\n"
        "Fake(Options(state=Path(sys.argv[1]))); print('ready', flush=True); sys.stdin.read()"
    )
    command = (sys.executable, "-c", code, str(state))
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(StateUnusable) as raised:
            Fake(Options(state=state))
        other.kill()

    assert str(raised.value).startswith(
        f"{state} is in use by another fake (process {other.pid}): "
    )
    used(state)


def test_whoever_cannot_begin_gives_the_file_up(tmp_path: Path) -> None:
    """After a failed start the file can be used at once."""
    state = tmp_path / "state.db"
    with pytest.raises(ValueError, match="cannot be read"):
        Fake(Options(state=state, imports=tmp_path / "nothing.yaml"))

    used(state)


@pytest.mark.parametrize("content", [b"notes", b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_state_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever it is, it is not touched."""
    state = tmp_path / "notes.txt"
    state.write_bytes(content)

    assert "is no state file of nemovideo-fakeserver: give --state a new file" in refused(state)


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    """SQLite alone is not enough."""
    state = tmp_path / "mine.db"
    with sqlite3.connect(state) as db:
        db.execute("CREATE TABLE world (name)")
    db.close()

    assert "is no state file" in refused(state)


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """The sentence says which format it has and which are known."""
    state = tmp_path / "state.db"
    used(state)
    with sqlite3.connect(state) as db:
        db.execute("PRAGMA user_version = 7")
    db.close()

    assert "has format 7, and this nemovideo-fakeserver knows formats up to 1" in refused(state)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """It is said that it is one."""
    assert "Is a directory" in refused(tmp_path)


def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """It is said that it cannot be made."""
    assert "cannot be made a state file" in refused(tmp_path / "none" / "state.db")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    """Pages that are no pages are noticed before anything is answered."""
    state = tmp_path / "state.db"
    used(state)
    content = bytearray(state.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    state.write_bytes(content)

    assert f"{state} is damaged (" in refused(state)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE part SET record = '{' WHERE kind = 'session'", "truncated"),
        ("UPDATE part SET record = '{}' WHERE kind = 'token'", "missing required field"),
        ("UPDATE part SET kind = 'tokn' WHERE kind = 'token'", "tokn"),
        ("UPDATE part SET owner = 'x' WHERE kind = 'entry'", None),
        (
            """UPDATE part SET record = replace(record, '"amount":100', '"amount":-1')""",
            "Expected `int` >= 0",
        ),
        (
            """UPDATE part SET record = replace(record, '"grant"', '"spend"')""",
            "accounts[0].ledger[0] of the world '': this cannot be",
        ),
    ],
)
def test_records_that_make_no_sense_are_refused(
    tmp_path: Path, statement: str, says: str | None
) -> None:
    """What somebody has spoilt is named; rows that belong to nobody are nobody's."""
    state = tmp_path / "state.db"
    used(state)
    with sqlite3.connect(state) as db:
        db.execute(statement)
    db.close()

    if says is None:
        Fake(Options(state=state)).close()
    else:
        sentence = refused(state)
        assert sentence.startswith(f"{state} is damaged")
        assert says in sentence


def test_a_full_disk_is_said_and_nothing_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act that cannot be written fails; the next one that can writes it, too."""
    state = tmp_path / "state.db"
    with Fake(Options(state=state)) as fake, client(fake) as http:
        caller = Caller(http).connect()
        with monkeypatch.context() as patch:
            patch.setattr("nemovideo_fakeserver.store.database._PUT_WORLD", "no SQL at all")
            with pytest.raises(StateUnusable, match="cannot be written"):
                caller.open(task_name="lost?")
        caller.balance()
        with killed(fake, tmp_path) as after:
            names = [session.task_name for session in after.world().sessions]

    assert names == ["project", "lost?"]


def test_a_new_file_knows_whose_it_is(tmp_path: Path) -> None:
    """Its header says so before anything is written into it, whatever its log says."""
    database = Database(tmp_path / "state.db")
    header = (tmp_path / "state.db").read_bytes()[:100]
    database.close()

    assert header[68:72] == b"NMVF"
