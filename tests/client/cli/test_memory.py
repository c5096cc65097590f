"""What two commands share: private, whole or not at all, and empty when damaged."""

from __future__ import annotations

import json
import stat
import string
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemovideo_client.cli.memory import LARGEST, Known, Memory

URL = "http://127.0.0.1:8765"
KNOWN = Known(token="nmv_usr_x", user_id="anon_1", session_id="55", task_id="task_1")
on_disk = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
visible = st.text(string.ascii_letters + string.digits + string.punctuation, min_size=1)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """The memory of one base URL in an empty home."""
    return Memory.of(URL, {}, tmp_path)


def test_nothing_is_known_at_first(memory: Memory) -> None:
    """Without a file there is neither token nor session, and none is made by looking."""
    assert memory.read() == Known()
    assert not memory.path.parent.exists()


@on_disk
@given(
    st.builds(
        Known,
        token=visible | st.none(),
        user_id=visible | st.none(),
        session_id=visible | st.none(),
        task_id=visible | st.none(),
    )
)
def test_what_is_written_is_read(memory: Memory, known: Known) -> None:
    """Whatever can be sent comes back."""
    memory.write(known)

    assert memory.read() == known


def test_it_is_private(memory: Memory) -> None:
    """Nobody else may read the file, or look into its folder; nothing else is left there."""
    memory.write(KNOWN)

    assert stat.S_IMODE(memory.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(memory.path.parent.stat().st_mode) == 0o700
    assert list(memory.path.parent.iterdir()) == [memory.path]


def test_a_file_that_others_could_read_is_private_once_written(memory: Memory) -> None:
    """A file restored with loose permissions does not keep them."""
    memory.write(KNOWN)
    memory.path.chmod(0o644)

    memory.write(Known(token="nmv_usr_y"))

    assert stat.S_IMODE(memory.path.stat().st_mode) == 0o600


@on_disk
@given(st.binary(max_size=300))
def test_noise_is_nothing(memory: Memory, noise: bytes) -> None:
    """A file that holds anything at all is read without an error."""
    memory.path.parent.mkdir(parents=True, exist_ok=True)
    memory.path.write_bytes(noise)

    assert isinstance(memory.read(), Known)


@on_disk
@given(st.integers(0, 150))
def test_half_a_file_is_nothing(memory: Memory, length: int) -> None:
    """A file cut short is empty, or it was cut after its end."""
    memory.write(KNOWN)
    memory.path.write_bytes(memory.path.read_bytes()[:length])

    assert memory.read() in (Known(), KNOWN)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@on_disk
@given(
    st.dictionaries(st.sampled_from(["token", "user_id", "session_id", "more"]), json_values)
    | json_values
)
def test_values_that_cannot_be_sent_are_not_known(memory: Memory, value: Any) -> None:
    """A field is a visible word, or it is not there: no header can be smuggled in."""
    memory.path.parent.mkdir(parents=True, exist_ok=True)
    memory.path.write_text(json.dumps(value))

    known = memory.read()

    for word in (known.token, known.user_id, known.session_id, known.task_id):
        assert word is None or (word.isascii() and word.isprintable() and " " not in word)


@pytest.mark.parametrize(
    "damage",
    [b"[" * 100_000, b'{"token": "' + b"x" * LARGEST + b'"}', b'{"token": "a\\r\\nX: y"}'],
    ids=["deep", "long", "smuggling"],
)
def test_known_kinds_of_damage(memory: Memory, damage: bytes) -> None:
    """Too deep, too long or dangerous is empty."""
    memory.path.parent.mkdir(parents=True)
    memory.path.write_bytes(damage)

    assert memory.read() == Known()


def test_a_folder_in_its_place_is_nothing(memory: Memory) -> None:
    """What cannot be opened is not known."""
    memory.path.mkdir(parents=True)

    assert memory.read() == Known()


def test_nothing_secret_shows_in_what_is_known() -> None:
    """Neither the token nor the user is in its repr."""
    assert "nmv_usr_x" not in repr(KNOWN)
    assert "anon_1" not in repr(KNOWN)


@pytest.mark.parametrize(
    ("url", "environ"),
    [
        ("http://127.0.0.1:8765/~other", {}),
        ("https://127.0.0.1:8765", {}),
        (URL, {"NEMO_TOKEN": "nmv_usr_mine"}),
        (URL, {"NEMO_CLIENT_ID": "me"}),
    ],
    ids=["world", "scheme", "token", "client"],
)
def test_connections_are_kept_apart(
    url: str, environ: dict[str, str], memory: Memory, tmp_path: Path
) -> None:
    """Another URL is another connection, and so is somebody with a token or a client id of their own."""
    memory.write(KNOWN)

    other = Memory.of(url, environ, tmp_path)

    assert other.read() == Known()
    assert not any(value in other.path.name for value in environ.values() if len(value) > 2)


def test_a_password_in_the_url_is_not_in_the_name(tmp_path: Path) -> None:
    """The file's name tells the host, and no more of the URL."""
    memory = Memory.of("http://user:hunter2@host.test:99/a/b", {}, tmp_path)

    assert memory.path.name.startswith("connection-host.test-99-")
    assert "hunter2" not in memory.path.name


WRITE_OFTEN = """
import sys
from pathlib import Path
from nemovideo_client.cli.memory import Known, Memory
memory, name = Memory(Path(sys.argv[1])), sys.argv[2]
for _ in range(30):
    memory.write(Known(token=name * 100, session_id=name))
"""


def test_two_processes_that_write_leave_one_whole_file(memory: Memory) -> None:
    """Whoever was last is read; what is read meanwhile is whole, too."""
    memory.write(KNOWN)
    command = (sys.executable, "-c", WRITE_OFTEN, str(memory.path))
    writers = [subprocess.Popen((*command, name)) for name in "ab"]
    seen = set()

    while any(writer.poll() is None for writer in writers):
        seen.add(memory.read())

    whole = {Known(token=name * 100, session_id=name) for name in "ab"}
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= whole | {KNOWN}
    assert memory.read() in whole
    assert list(memory.path.parent.iterdir()) == [memory.path]


def test_who_is_alone_keeps_others_out(memory: Memory) -> None:
    """A second one waits until the first has written, and then finds it."""
    found: list[Known] = []
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with memory.alone():
            found.append(memory.read())

    waiting = threading.Thread(target=second)
    with memory.alone():
        waiting.start()
        begun.wait()
        memory.write(KNOWN)
    waiting.join()

    assert found == [KNOWN]


def test_being_alone_is_not_worth_an_error(tmp_path: Path) -> None:
    """Where no lock can be made, life goes on without."""
    (tmp_path / "home").touch()

    with Memory.of(URL, {}, tmp_path / "home").alone() as nothing:
        assert nothing is None
