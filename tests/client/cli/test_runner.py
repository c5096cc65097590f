"""What a command remembers of what its client learnt."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo_client import NemoClient
from nemovideo_client.cli import arguments, errands
from nemovideo_client.cli.failures import Interrupted, Misused, Terminated, exit_code
from nemovideo_client.cli.memory import Known, Memory
from nemovideo_client.cli.runner import Runner, opened, settings
from nemovideo_client.cli.underway import Underway
from nemovideo_client.display import Problem, Say, Shown, Status
from nemovideo_client.errors import SessionNotFound
from nemovideo_client.models import Json, Session, Token
from nemovideo_client.wire.steps import Flow, Show

URL = "http://127.0.0.1:9"
OLD = Known(token="nmv_usr_old", user_id="anon_1", session_id="1", task_id="task_1")


class Heard:
    """A front end that keeps what it is shown."""

    def __init__(self) -> None:
        self.things: list[Shown] = []

    def show(self, thing: Shown) -> None:
        """Keep a thing."""
        self.things.append(thing)

    def result(self, value: Json | None) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """Do nothing."""


class Service:
    """Gives tokens and sessions, and refuses those it did not give; user ids tell whose they are."""

    def __init__(self, *, tokens: tuple[str, ...] = (), sessions: tuple[str, ...] = ()) -> None:
        self.tokens = {*tokens}
        self.sessions = {*sessions}
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.asked.append(request.url.path)
        if request.url.path == "/api/auth/anonymous-token":
            self.tokens.add("nmv_usr_new")
            return _ok({"token": "nmv_usr_new", "user_id": "anon_1"})
        if request.headers["Authorization"].removeprefix("Bearer ") not in self.tokens:
            return httpx.Response(200, json={"code": 1001, "message": "no", "data": None})
        if request.url.path.startswith("/api/tasks/"):
            self.sessions.add("2")
            return _ok({"session_id": "2", "task_id": "task_2", "user_id": "anon_1"})
        if request.url.path.startswith("/api/credits/"):
            return _ok({"available": 100, "frozen": 0, "total": 100})
        if request.url.path.split("/")[5] not in self.sessions:
            return httpx.Response(200, json={"code": 1002, "message": "no", "data": None})
        return _ok({"state": {"draft": {}}})


def _ok(data: Any) -> httpx.Response:
    return httpx.Response(200, json={"code": 0, "data": data})


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """An empty memory."""
    return Memory.of(URL, {}, tmp_path)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests is seen."""
    for name in ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)


@contextmanager
def running(service: Service, memory: Memory, *flags: str) -> Iterator[Runner]:
    """Give a runner over a service, with what is remembered."""
    known = memory.read()
    told = settings(asked(*flags), URL, known)
    told["client_id"] = "me"
    with (
        httpx.Client(transport=httpx.MockTransport(service)) as http,
        NemoClient(http_client=http, **told) as client,
    ):
        yield Runner(client, Heard(), memory, known)


def asked(*flags: str, command: str = "state") -> argparse.Namespace:
    """Return a command line that was read."""
    return arguments.parser().parse_args([command, *flags])


def test_what_is_new_is_kept(memory: Memory) -> None:
    """A first command keeps its token, its user and its session."""
    with running(Service(), memory) as runner:
        runner.begin()
        runner.begin()
        runner.run(errands.state)

    assert memory.read() == Known(
        token="nmv_usr_new", user_id="anon_1", session_id="2", task_id="task_2"
    )


def test_what_is_known_is_used(memory: Memory) -> None:
    """A second command asks for neither a token nor a session, and writes nothing."""
    memory.write(OLD)
    written = memory.path.stat()
    service = Service(tokens=("nmv_usr_old",), sessions=("1",))

    with running(service, memory) as runner:
        runner.begin()
        runner.run(errands.state)

    assert service.asked == ["/api/state/nemo_agent/me/1/latest"]
    assert memory.path.stat().st_ino == written.st_ino


def test_a_token_that_was_replaced_is_kept(memory: Memory) -> None:
    """When the service refuses the token, the new one takes its place."""
    memory.write(OLD)

    with running(Service(sessions=("1",)), memory) as runner:
        runner.run(errands.credits)

    assert memory.read().token == "nmv_usr_new"


def test_a_session_that_was_lost_is_replaced(memory: Memory) -> None:
    """When the service does not know the session, the user is told, and the new one is kept."""
    memory.write(OLD)

    with running(Service(tokens=("nmv_usr_old",)), memory) as runner:
        result = runner.run(errands.state)
        heard = runner.front

    assert result["session_id"] == "2"
    assert memory.read().session_id == "2"
    assert isinstance(heard, Heard)
    assert any(isinstance(thing, Say) and "new one" in thing.text for thing in heard.things)


def test_connect_keeps_the_token_and_takes_a_new_session(memory: Memory) -> None:
    """A new project costs no token: there is only one a week."""
    memory.write(OLD)
    service = Service(tokens=("nmv_usr_old",), sessions=("1",))

    with running(service, memory) as runner:
        runner.run(errands.connect)
        heard = runner.front

    assert isinstance(heard, Heard)
    assert heard.things[-1] == Say("The project before this one: 1 (go on in it with --session)")
    assert "/api/auth/anonymous-token" not in service.asked
    assert memory.read() == Known(
        token="nmv_usr_old", user_id="anon_1", session_id="2", task_id="task_2"
    )


def test_a_session_named_is_for_this_once(memory: Memory) -> None:
    """`--session` decides, and the last session stays what it was."""
    memory.write(OLD)
    service = Service(tokens=("nmv_usr_old",), sessions=("1", "7"))

    with running(service, memory, "--session", "7") as runner:
        result = runner.run(errands.state)

    assert result["session_id"] == "7"
    assert memory.read() == OLD


def test_a_session_mistyped_changes_nothing(memory: Memory) -> None:
    """The service's refusal stands, no session takes its place, and none is forgotten."""
    memory.write(OLD)
    written = memory.path.stat()
    service = Service(tokens=("nmv_usr_old",), sessions=("1",))

    with running(service, memory, "--session", "8") as runner:
        runner.begin()
        with pytest.raises(SessionNotFound):
            runner.run(errands.state)

    assert service.asked == ["/api/state/nemo_agent/me/8/latest"]
    assert memory.path.stat().st_ino == written.st_ino


def test_a_new_token_is_kept_with_a_session_named(memory: Memory) -> None:
    """There is only one a week, so it takes the place of the one that was refused; no session does."""
    memory.write(OLD)

    with running(Service(sessions=("1", "7")), memory, "--session", "7") as runner:
        runner.run(errands.state)

    assert memory.read() == replace(OLD, token="nmv_usr_new")


def test_a_session_that_another_command_made_is_taken(memory: Memory) -> None:
    """Of two commands that begin at once, the second finds what the first has remembered."""
    memory.write(replace(OLD, session_id=None, task_id=None))
    service = Service(tokens=("nmv_usr_old",), sessions=("1",))

    with running(service, memory) as runner:
        memory.write(OLD)
        runner.begin()
        result = runner.run(errands.state)

    assert result["session_id"] == "1"
    assert memory.read() == OLD


def test_a_session_of_another_account_is_not_taken(memory: Memory) -> None:
    """What was remembered for another token meanwhile is not ours."""
    memory.write(replace(OLD, session_id=None, task_id=None))

    with running(Service(tokens=("nmv_usr_old",)), memory) as runner:
        memory.write(replace(OLD, token="nmv_usr_other"))
        runner.begin()

    assert memory.read() == replace(OLD, session_id="2", task_id="task_2")


def test_the_first_session_is_in_the_language_of_the_first_message(memory: Memory) -> None:
    """What is said while connecting is said to whoever begins so."""
    with running(Service(), memory) as runner:
        runner.begin("给我的视频配一首轻快的音乐")
        heard = runner.front

    assert isinstance(heard, Heard)
    assert heard.things[0] == Status("正在连接...")


def test_a_token_of_the_environment_is_not_kept(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`NEMO_TOKEN` stays where it is; only the session is written down."""
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_mine")

    with running(Service(tokens=("nmv_usr_mine",)), memory) as runner:
        runner.run(errands.state)

    assert memory.read().session_id == "2"
    assert "nmv_usr" not in memory.path.read_text()


def test_what_cannot_be_kept_is_said_once(memory: Memory, tmp_path: Path) -> None:
    """A home that cannot be written to costs a sentence, not the command."""
    memory.path.parent.parent.mkdir()
    memory.path.parent.touch()

    with running(Service(), memory) as runner:
        result = runner.run(errands.credits)
        heard = runner.front

    assert result["available"] == 100
    assert isinstance(heard, Heard)
    problems = [thing for thing in heard.things if isinstance(thing, Problem)]
    assert len(problems) == 1
    assert "cannot be remembered" in problems[0].text
    assert "nmv_usr" not in problems[0].text


@pytest.mark.parametrize(
    ("stop", "kind", "code"),
    [
        (KeyboardInterrupt(), Interrupted, 130),
        (SystemExit(143), Terminated, 143),
    ],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_whoever_leaves_keeps_what_was_learnt(
    stop: BaseException, kind: type[Interrupted], code: int, memory: Memory
) -> None:
    """They are told what goes on, and the token is not lost."""

    def flow(ctx: Any) -> Flow[None]:
        yield from errands.credits(ctx)
        ctx.account.enter(Session(session_id="3"))
        yield Show(Say("now"))
        raise stop

    underway = Underway(render_id="render_7")
    with running(Service(), memory) as runner, pytest.raises(kind) as left:
        runner.run(flow, underway)

    assert left.value.sentence.endswith("nemo-client export --resume render_7")
    assert left.value.render_id == "render_7"
    assert exit_code(left.value) == code
    assert memory.read() == Known(token="nmv_usr_new", user_id="anon_1", session_id="3")


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ((), {}),
        (("--poll-interval", "0.5", "--max-polls", "3"), {"poll_interval": 0.5, "max_polls": 3}),
        (("--max-polls", "0"), {"max_polls": None}),
        (("--language", "zh"), {"language": "zh"}),
    ],
    ids=str,
)
def test_only_what_was_said_is_set(flags: tuple[str, ...], told: dict[str, Any]) -> None:
    """What no flag says is left to the environment, the skill and the defaults."""
    given = settings(asked(*flags, command="export"), URL, Known())

    always = {"base_url": URL, "skill": None, "session": None}
    assert given == always | told


def test_only_what_was_named_is_not_to_be_renewed() -> None:
    """What is remembered are values of the client's own; `--session` is the user's."""
    remembered = settings(asked(), URL, OLD)
    named = settings(asked("--session", "7"), URL, OLD)

    assert remembered["session"] == Session(session_id="1", task_id="task_1", user_id="anon_1")
    assert remembered["token"] == Token(value="nmv_usr_old", user_id="anon_1")
    assert named["session"] == "7"


def test_what_took_the_place_of_a_refused_token_is_used_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A token of the environment is the client's to find, until another one is remembered for it."""
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_mine")

    assert "token" not in settings(asked(), URL, Known())
    assert settings(asked(), URL, OLD)["token"] == Token(value="nmv_usr_old", user_id="anon_1")


@pytest.mark.parametrize("flags", [(), ("--base-url", "http://")], ids=["environment", "flag"])
def test_a_bad_address_is_named_as_it_was_given(
    flags: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The complaint names the flag, or else the environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NEMO_API_URL", "ftp://nemo")

    with pytest.raises(Misused) as complaint, opened(asked(*flags), Heard()):
        pass

    assert complaint.value.message.startswith("--base-url: " if flags else "NEMO_API_URL: ")
    assert list(tmp_path.iterdir()) == []
