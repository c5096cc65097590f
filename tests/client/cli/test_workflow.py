"""The whole workflow at the command line, against a server in a process of its own."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support import media, server

COMMAND = (sys.executable, "-m", "nemovideo_client")
QUICK = ("--poll-interval", "0.1", "--max-polls", "0")
PATIENCE = 30.0
"""Real seconds after which a command that does not end is a failure."""


@dataclass(frozen=True)
class Person:
    """Somebody with a home, a folder to work in, and a world of the server to themselves."""

    home: Path
    env: dict[str, str]

    def run(
        self, *arguments: str, said: str = "", code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command and return what it wrote; nothing of it may be secret."""
        ran = subprocess.run(
            (*COMMAND, *arguments),
            cwd=self.home,
            env=self.env,
            input=said,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert ran.returncode == code, ran.stderr
        self.see_no_secret(ran.stdout + ran.stderr)
        return ran

    def ask(self, *arguments: str, code: int = 0) -> Any:
        """Run a command with `--json` and return its result."""
        lines = self.run(*arguments, "--json", code=code).stdout.splitlines()
        assert all("show" in json.loads(line) for line in lines[:-1])
        return json.loads(lines[-1])["result"]

    def see_no_secret(self, text: str) -> None:
        """Look for the token and the client id in what somebody could read."""
        assert "nmv_" not in text
        assert "Traceback" not in text
        assert self.client_id() not in text
        assert self.kept().get("user_id", "nobody") not in text

    def client_id(self) -> str:
        """Return the client id that is kept."""
        file = self.home / ".config/nemovideo/client_id"
        return file.read_text().strip() if file.exists() else "none yet"

    def memory(self) -> Path:
        """Return the file in which the connection is kept."""
        (path,) = (self.home / ".config/nemovideo").glob("connection-*.json")
        return path

    def kept(self) -> dict[str, str]:
        """Return what is kept, nothing before the first command."""
        if not list((self.home / ".config/nemovideo").glob("connection-*.json")):
            return {}
        kept: dict[str, str] = json.loads(self.memory().read_text())
        assert kept["token"].startswith("nmv_")
        return kept


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The base URL of a fast server."""
    with server.child("--rate", "600") as base:
        yield base


@pytest.fixture
def person(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Person:
    """Somebody who never was here."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")}
    world = re.sub(r"\W", "-", request.node.name)
    (tmp_path / "beach.mp4").write_bytes(media.mp4())
    return Person(
        tmp_path, env | {"HOME": str(tmp_path), "NEMO_API_URL": f"{url}/~{world}", "TERM": "xterm"}
    )


def test_from_a_clip_to_a_film(person: Person) -> None:
    """Commands that know nothing of each other work on one project, in plain lines."""
    connected = person.run("connect")
    uploaded = person.run("upload", "beach.mp4")
    chatted = person.run("chat", "Make a lo-fi hip-hop loop at 80 BPM for my clip")
    credit = person.run("credits")
    state = person.run("state")
    exported = person.run("export", "-o", "film.mp4", "--resolution", "720p", *QUICK)

    session = person.kept()["session_id"]
    assert connected.stdout == f"Connected. The project's session: {session}\n"
    assert connected.stderr == "Connecting...\nReady.\n"
    assert uploaded.stdout == "✅ Uploaded beach.mp4 (2 s, 160x90)\n"
    assert "Current timeline (2 tracks):\n1. Video: beach.mp4" in chatted.stdout
    assert credit.stdout == "You have 50 credits.\n"
    assert state.stdout.startswith("Current timeline (2 tracks):\n1. Video: beach.mp4")
    assert re.fullmatch(r"✅ Video ready! film\.mp4 \([\d.]+ kB\)\n", exported.stdout)
    assert (person.home / "film.mp4").read_bytes()[4:8] == b"ftyp"
    assert not any("\x1b" in ran.stdout + ran.stderr for ran in (connected, chatted, exported))


def test_the_files_name_says_the_format(person: Person) -> None:
    """A GIF is asked for, and comes; a name that says nothing is MP4's."""
    person.run("upload", "beach.mp4")
    person.run("chat", "Put beach.mp4 on the timeline")
    for name in ("film.GIF", "film.v2"):
        person.run("export", "-o", name, "--resolution", "360p", *QUICK)

    assert (person.home / "film.GIF").read_bytes()[:6] == b"GIF89a"
    assert (person.home / "film.v2").read_bytes()[4:8] == b"ftyp"


def test_what_is_kept_is_private(person: Person) -> None:
    """The token is for its owner alone, and is asked for once."""
    person.run("credits")
    first = person.kept()
    person.run("state")

    folder = person.memory().parent
    assert person.kept()["token"] == first["token"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_json_is_for_programs(person: Person) -> None:
    """Every command ends with a result that a program can read."""
    session = person.ask("connect")["session_id"]
    files = person.ask("upload", "beach.mp4", "https://example.test/waves.mp3")["files"]
    chatted = person.ask("chat", "Make a calm lo-fi loop for my clip")
    draft = person.ask("state")["draft"]
    export = person.ask("export", *QUICK)

    assert [file["kind"] for file in files] == ["video", "audio"]
    assert chatted == {"session_id": session}
    assert draft["t"]
    assert person.ask("credits") == {"available": 50, "frozen": 0, "total": 50}
    assert export["path"] == f"{export['render_id']}.mp4"
    assert (person.home / export["path"]).stat().st_size == export["size"]
    resumed = person.ask("export", "--resume", export["render_id"], "-o", "again.mp4", *QUICK)
    assert resumed["size"] == export["size"]
    assert person.ask("export", "--cancel", export["render_id"])["status"] == "completed"


def test_lines_are_messages(person: Person) -> None:
    """Each line of standard input is a message, in its language; files come with the first."""
    said = "这是我的视频\n\n给我的视频配一首轻快的音乐\n导出\n"

    ran = person.run("chat", "--file", "beach.mp4", "-o", ".", *QUICK, said=said)

    assert "✅ 已上传 beach.mp4" in ran.stdout
    assert "✅ 视频已就绪！" in ran.stdout
    assert len(list(person.home.glob("render_*.mp4"))) == 1


def test_lines_end_at_the_first_that_fails(person: Person) -> None:
    """What comes after a failure may make no sense without it, and may cost credits."""
    ran = person.run("chat", said="export\nMake a lo-fi loop\n", code=1)

    assert "nothing on the timeline" in ran.stderr
    assert person.ask("credits")["available"] == 100


def test_two_first_commands_share_one_token(person: Person) -> None:
    """A client gets one token a week, so the second waits for the first's."""
    pipe = subprocess.PIPE
    children = [
        subprocess.Popen((*COMMAND, "credits"), env=person.env, stdout=pipe, stderr=pipe, text=True)
        for _ in range(3)
    ]

    said = [child.communicate(timeout=PATIENCE) for child in children]

    assert said == [("You have 100 credits.\n", "")] * 3


def test_first_commands_at_once_share_one_project(person: Person) -> None:
    """Whoever begins second waits for the first's session, so no paid work is lost in another."""
    pipe = subprocess.PIPE
    children = [
        subprocess.Popen(
            (*COMMAND, *command, "--json"),
            cwd=person.home,
            env=person.env,
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            text=True,
        )
        for command in (("chat", "Make a calm lo-fi loop"), ("upload", "beach.mp4"), ("state",)) * 2
    ]

    said = [child.communicate(timeout=PATIENCE)[0].splitlines()[-1] for child in children]

    sessions = [json.loads(line)["result"]["session_id"] for line in said]
    assert sessions == [person.kept()["session_id"]] * 6


def test_a_new_project_names_the_one_before(person: Person) -> None:
    """It can be gone on in, by its session."""
    last = person.ask("connect")["session_id"]
    connected = person.run("connect")

    now = person.kept()["session_id"]
    assert now != last
    assert connected.stdout == (
        f"Connected. The project's session: {now}\n"
        f"The project before this one: {last} (go on in it with --session)\n"
    )
    assert person.ask("state", "--session", last)["session_id"] == last
    assert person.kept()["session_id"] == now


@pytest.mark.parametrize("command", [("state",), ("chat", "Make a lo-fi loop"), ("export",)])
def test_a_session_mistyped_is_one_sentence(person: Person, command: tuple[str, ...]) -> None:
    """What is remembered stays as it is, and nothing is paid."""
    person.run("connect")
    before = person.memory().read_bytes()

    ran = person.run(*command, "--session", "999", code=1)

    problems = [line for line in ran.stderr.splitlines() if line.startswith("nemo-client: ")]
    assert len(problems) == 1
    assert "(GET" not in problems[0]
    assert person.memory().read_bytes() == before
    assert person.ask("credits")["available"] == 100


def test_files_need_no_words(person: Person) -> None:
    """`--file` with nothing on standard input uploads."""
    ran = person.run("chat", "--file", "beach.mp4")
    again = person.run("chat", "", "--file", "beach.mp4")

    assert "✅ Uploaded beach.mp4" in ran.stdout
    assert "✅ Uploaded beach.mp4" in again.stdout


def test_junk_is_not_sent(person: Person) -> None:
    """Bytes that are no text are wrong usage, on standard input and as an argument."""
    junk = b"\x89PNG\xff\xfe"
    piped = subprocess.run(
        (*COMMAND, "chat"),
        cwd=person.home,
        env=person.env,
        input=junk,
        capture_output=True,
        check=False,
    )
    given = subprocess.run(
        (*COMMAND, "chat", junk), cwd=person.home, env=person.env, capture_output=True, check=False
    )

    assert piped.returncode == given.returncode == 2
    assert piped.stderr == b"nemo-client: What came in is no text in UTF-8, so it was not sent\n"
    assert given.stderr.endswith(b"argument 2 is not UTF-8\n")


def test_chinese_needs_no_locale(person: Person) -> None:
    """With LC_ALL=C, as cron has it, a message arrives as it was written."""
    person.env["LC_ALL"] = "C"

    ran = person.run("chat", "这是我的视频", "--file", "beach.mp4")

    assert "✅ 已上传 beach.mp4" in ran.stdout


@pytest.mark.parametrize(
    ("redirection", "sentence"),
    [
        (">/dev/full", "Reading or writing failed: No space left on device."),
        (">&-", "There is no standard output to write to."),
    ],
    ids=["full", "closed"],
)
@pytest.mark.parametrize(
    "command",
    ["credits", "credits --json", "skill show SKILL.md"],
    ids=["plain", "json", "skill"],
)
def test_nothing_can_be_written(
    person: Person, command: str, redirection: str, sentence: str
) -> None:
    """It is one sentence, and a failure."""
    (person.home / "SKILL.md").write_text("---\nname: loud\nversion: 1.0.0\n---\n# Loud\n")
    shell = f"{' '.join(COMMAND)} {command} {redirection}"

    ran = subprocess.run(
        ("/bin/sh", "-c", shell),
        cwd=person.home,
        env=person.env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (1, f"nemo-client: {sentence}\n")


def test_nothing_can_be_read(person: Person) -> None:
    """Closed streams other than standard output are no matter; a pipe for a skill is refused."""
    pipe = person.home / "SKILL.md"
    os.mkfifo(pipe)
    shell = f"{' '.join(COMMAND)} chat <&- 2>&-"

    ran = subprocess.run(
        ("/bin/sh", "-c", shell), cwd=person.home, env=person.env, timeout=PATIENCE, check=False
    )

    assert ran.returncode == 0
    assert "is no regular file" in person.run("skill", "show", str(pipe), code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ("export",),
            1,
            "There is nothing on the timeline yet. Generate or upload something first.",
        ),
        (("export", "--resume", "render_0"), 1, "render not found"),
        (("state", "--skill", "nowhere.md"), 2, "nowhere.md: cannot be read"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_failure_is_one_sentence(
    person: Person, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    """It goes to stderr, the exit code says whose fault it is, and a program gets no result."""
    plain = person.run(*arguments, code=code)

    assert plain.stdout == ""
    last = plain.stderr.splitlines()[-1]
    assert last.startswith("nemo-client: ")
    assert sentence in last
    assert person.ask(*arguments, code=code) is None


def test_nobody_reads(person: Person) -> None:
    """A pipe that closes early is no reason for a traceback."""
    person.run("connect")
    shell = f"{' '.join(COMMAND)} state --json | true"

    ran = subprocess.run(
        ("/bin/sh", "-c", shell), env=person.env, capture_output=True, text=True, check=True
    )

    assert ran.stderr == ""


ORDERS = re.compile(r"\x1b\[[?\d;]*[A-Za-z]")
"""What a terminal obeys and does not show."""


class Screen:
    """A command at a terminal of its own."""

    def __init__(self, person: Person, *arguments: str) -> None:
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            # Whoever runs the tests in the background may have it ignored, and so would the child.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(person.home)
            os.execve(sys.executable, (*COMMAND, *arguments), person.env)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._raw = ""
        self.shown = ""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._terminal, text.encode())

    def until(self, pattern: str) -> str:
        """Read until what was shown since the last time matches, and return all that was written."""
        while not re.search(pattern, self.shown, re.DOTALL):
            assert self._read(), f"{pattern!r} never came, but {self.shown!r}"
        seen, self._raw, self.shown = self._raw, "", ""
        return seen

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], PATIENCE)
        piece = b""
        with contextlib.suppress(OSError):  # how a terminal says that its other side has gone
            piece = os.read(self._terminal, 65536) if ready else b""
        self._raw += self._decoder.decode(piece)
        self.shown = ORDERS.sub("", self._raw)
        return bool(piece)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.kill(self._child, signal.SIGINT)

    def end(self) -> int:
        """Read the rest and return the exit code."""
        while self._read():
            pass
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])


def test_a_chat_at_a_terminal(person: Person) -> None:
    """A prompt, an answer that comes while one watches, commands, a mistake, and Ctrl-D."""
    screen = Screen(person, "chat")
    seen = screen.until("Ctrl-D ends the chat.*› ")
    screen.type("Make a calm lo-fi loop, 8 seconds\r")
    seen += screen.until("Working on it.*Current timeline.*BGM: Lo-fi.*› ")
    screen.type("/upload beach.mp4\r")
    seen += screen.until("✅ Uploaded beach.mp4.*› ")
    screen.type("/credits\r")
    seen += screen.until("You have 50 credits.*› ")
    screen.type("/dance\r")
    seen += screen.until("There is no /dance.*› ")
    screen.type("/help\r")
    seen += screen.until("/upload FILE_OR_URL.*› ")
    screen.type("\x04")

    assert screen.end() == 0
    assert seen.count("\x1b[?25h") >= seen.count("\x1b[?25l") > 0
    person.see_no_secret(seen + screen.shown)


def test_ctrl_c_leaves_a_message_and_not_the_chat(person: Person) -> None:
    """The message may be paid and goes on; the chat goes on as well, and `/quit` ends it."""
    _slow_down(person)
    screen = Screen(person, "chat")
    screen.until("› ")
    screen.type("Make a calm lo-fi loop, 8 seconds\r")
    screen.until("Working on it")
    screen.interrupt()
    screen.until(r"Interrupted\. What was sent goes on.*/state shows.*› ")
    screen.type("/state\r")
    screen.until("imeline.*› ")
    screen.type("/quit\r")

    assert screen.end() == 0


def test_ctrl_c_ends_a_command(person: Person) -> None:
    """Outside a chat the exit code is 130, and the sentence says what goes on."""
    _slow_down(person)
    screen = Screen(person, "chat", "Make a calm lo-fi loop, 8 seconds")
    screen.until("Working on it")
    screen.interrupt()
    screen.until(r"Interrupted\. What was sent goes on.*nemo-client\s+state")

    assert screen.end() == 130
    assert person.kept()["session_id"]


def test_ctrl_c_on_a_typed_export_tells_how_to_get_the_film(person: Person) -> None:
    """As `/export` does: a render costs nothing and goes on, and is resumed by its id."""
    person.run("chat", "Make a calm lo-fi loop for my clip", "--file", "beach.mp4")
    _slow_down(person)
    screen = Screen(person, "chat", *QUICK)
    screen.until("› ")
    for order in ("export", "/export"):
        screen.type(f"{order}\r")
        screen.until("Rendering.*0%")
        screen.interrupt()
        screen.until(r"The render goes on; .*--resume\s+render_\d+.*› ")
    screen.type("bye\r")

    assert screen.end() == 0
    assert "paid" not in screen.shown


def test_an_export_that_is_terminated_tells_how_to_get_the_film(person: Person) -> None:
    """SIGTERM leaves one sentence with the render's id on stderr; the exit code is 143."""
    person.run("chat", "Make a calm lo-fi loop for my clip", "--file", "beach.mp4")
    _slow_down(person)
    command, pipe = (*COMMAND, "export", *QUICK), subprocess.PIPE
    with subprocess.Popen(
        command, cwd=person.home, env=person.env, stderr=pipe, text=True
    ) as child:
        assert child.stderr is not None
        lines = iter(child.stderr.readline, "")
        assert any("%" in line for line in lines)
        child.terminate()
        rest = "".join(lines)

    assert child.returncode == 143
    assert re.search(r"^nemo-client: Terminated\. .* --resume render_\d+$", rest, re.MULTILINE)
    assert rest.count("nemo-client: ") == 1


@pytest.mark.parametrize("where", ["json", "dumb"])
def test_a_keyboard_without_a_terminal_for_the_answers(person: Person, where: str) -> None:
    """The prompt is plain, a word ends the chat, and a terminal that only prints is obeyed."""
    if where == "dumb":
        person.env["TERM"] = "dumb"
    screen = Screen(person, "chat", *(["--json"] if where == "json" else []))
    seen = screen.until("/help lists the commands.*> ")
    screen.type("/credits\r")
    seen += screen.until("You have 100 credits.*> ")
    screen.type("exit\r")

    assert screen.end() == 0
    assert "\x1b[" not in seen
    assert ('"result"' in screen.shown) == (where == "json")


def _slow_down(person: Person) -> None:
    """Let the person's world run as slowly as the real one."""
    import httpx

    reply = httpx.post(f"{person.env['NEMO_API_URL']}/__fake__/clock", json={"rate": 1})
    assert reply.status_code == 200
