"""What `serve` says and does about files: each failure is one sentence, and the exit code 1."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from nemovideo_fakeserver.store.yaml_reading import parse
from support.caller import Caller
from support.server import PATIENCE, child, start, url_of

QUIET = ("--port", "0", "--json")


def refused(*flags: str) -> str:
    """Return the sentence with which `serve` fails."""
    with start(*QUIET, *flags) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert err.startswith("nemo-fakeserver: ")
    assert err.count("\n") == 1
    return err.removeprefix("nemo-fakeserver: ").strip()


@contextmanager
def connected(url: str) -> Iterator[Caller]:
    """Give a caller with a token and a session at this server."""
    with httpx.Client(base_url=url, timeout=PATIENCE) as http:
        yield Caller(http).connect()


def total(caller: Caller, url: str) -> int:
    """Return the credits that a caller has at this server."""
    with httpx.Client(base_url=url, timeout=PATIENCE) as http:
        caller.http = http
        return caller.balance()["total"]


def test_the_same_token_works_after_a_restart(tmp_path: Path) -> None:
    """Ended well: what was there is there."""
    state = str(tmp_path / "state.db")
    with child("--state", state) as url, connected(url) as caller:
        pass
    with child("--state", state) as url:
        assert total(caller, url) == 100


def test_the_second_server_on_one_file_says_so(tmp_path: Path) -> None:
    """It names the file and the process that has it, and stops; the first one goes on."""
    state = str(tmp_path / "state.db")
    with start(*QUIET, "--state", state) as first:
        try:
            url = url_of(first)
            sentence = refused("--state", state)
            with connected(url) as caller:
                assert caller.balance()["total"] == 100
        finally:
            first.kill()

    assert sentence.startswith(
        f"{state} is in use by another fake (process {first.pid}): stop that"
    )


def test_of_two_servers_that_start_at_once_one_serves(tmp_path: Path) -> None:
    """Whichever is first; never both, never none."""
    state = str(tmp_path / "state.db")
    both = [start(*QUIET, "--state", state) for _ in range(2)]
    try:
        assert all(process.stdout for process in both)
        lines = [process.stdout.readline() for process in both if process.stdout]
    finally:
        for process in both:
            process.kill()
            process.communicate(timeout=PATIENCE)

    assert sorted(bool(line) for line in lines) == [False, True]


def test_a_file_that_is_no_state_file_is_refused(tmp_path: Path) -> None:
    """And left alone."""
    notes = tmp_path / "notes.txt"
    notes.write_text("remember the milk")

    assert f"{notes} is no state file of nemovideo-fakeserver" in refused("--state", str(notes))
    assert notes.read_text() == "remember the milk"


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """With both versions in the sentence."""
    state = tmp_path / "state.db"
    with child("--state", str(state)):
        pass
    with sqlite3.connect(state) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()

    assert "has format 2, and this nemovideo-fakeserver knows formats up to 1" in refused(
        "--state", str(state)
    )


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    """And left as it is."""
    state = tmp_path / "state.db"
    with child("--state", str(state)) as url, connected(url):
        pass
    damaged = state.read_bytes()[:4096] + b"\xff" * 8192
    state.write_bytes(damaged)

    assert f"{state} is damaged" in refused("--state", str(state))
    assert state.read_bytes() == damaged


def test_a_snapshot_that_is_wrong_is_refused_with_its_line(tmp_path: Path) -> None:
    """File, line, what is wrong, and what would be right."""
    path = tmp_path / "wrong.yaml"
    path.write_text("snapshot: 1\nworlds:\n- name: ''\n  tmie: 2033-03-03T03:33:33Z\n")

    assert refused("--import", str(path)).startswith(
        f"{path}:4: worlds[0] has no key 'tmie'; did you mean time?"
    )


def test_a_snapshot_is_not_imported_over_worlds(tmp_path: Path) -> None:
    """A state file that has any stays as it is."""
    state, path = tmp_path / "state.db", tmp_path / "one.yaml"
    path.write_text("snapshot: 1\nworlds:\n- name: ''\n  time: 2033-03-03T03:33:33Z\n")
    with child("--state", str(state), "--import", str(path)):
        pass

    assert f"{state} has worlds already: import {path} into a new state file" in refused(
        "--state", str(state), "--import", str(path)
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_leaves_a_snapshot(
    tmp_path: Path, number: signal.Signals
) -> None:
    """It is whole, and another server begins with it."""
    path = tmp_path / "left.yaml"
    with start(*QUIET, "--export-on-exit", str(path)) as process:
        with connected(url_of(process)) as caller:
            pass
        process.send_signal(number)
        process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert len(parse(path.read_text()).snapshot.worlds) == 1
    with child("--import", str(path)) as url:
        assert total(caller, url) == 100


def test_a_snapshot_that_cannot_be_left_is_told(tmp_path: Path) -> None:
    """At the end, with exit code 1."""
    path = tmp_path / "none" / "left.yaml"
    with start(*QUIET, "--export-on-exit", str(path)) as process:
        url_of(process)
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert (
        err
        == f"nemo-fakeserver: {path}: the snapshot cannot be written: No such file or directory\n"
    )


def test_starting_without_files_imports_nothing_of_it() -> None:
    """Who keeps nothing does not wait for what keeps."""
    code = (
        "import sys; from nemovideo_fakeserver.cli import serve; from nemovideo_fakeserver import Fake\n"
        "with Fake() as fake: fake.world()\n"
        "print([name for name in ('sqlite3', 'msgspec', 'yaml') if name in sys.modules])"
    )
    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert ran.stdout == "[]\n"
