"""A chat at a prompt, line by line, with nobody at the other end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo_client import NemoClient
from nemovideo_client.cli import prompt
from nemovideo_client.cli.chatting import Chat
from nemovideo_client.cli.failures import Terminated
from nemovideo_client.cli.memory import Known, Memory
from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import HELP, WELCOME
from nemovideo_client.cli.show_plain import PlainFront

Typing = Callable[..., None]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale of whoever runs the tests is not seen."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    """A chat with a service that has 7 credits to tell of, and fails at everything else."""

    def service(request: httpx.Request) -> httpx.Response:
        balance = {"code": 0, "data": {"available": 7, "frozen": 0, "total": 7}}
        answers = {"/api/credits/balance/simple": httpx.Response(200, json=balance)}
        return answers.get(request.url.path, httpx.Response(404, text="no"))

    with (
        httpx.Client(transport=httpx.MockTransport(service)) as http,
        NemoClient(http_client=http, base_url="http://x", token="t", client_id="me") as client,
    ):
        runner = Runner(client, PlainFront(), Memory(tmp_path / "memory.json"), Known(token="t"))
        yield Chat(runner, tmp_path, (), "/state")


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Decides what `input` returns or raises, and then that it is the end."""

    def types(*lines: str | BaseException) -> None:
        left = iter(lines)

        def input_(_: str = "") -> str:
            line = next(left, EOFError())
            if isinstance(line, BaseException):
                raise line
            return line

        monkeypatch.setattr("builtins.input", input_)

    return types


def test_the_end_ends_it(chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-D at once shows the welcome and nothing else."""
    typing()

    prompt.talk(chat, prompt.comfortable)

    assert capsys.readouterr().out == f"{WELCOME.en}\n"


@pytest.mark.parametrize("word", ["/quit", "exit", "quit", "Bye"])
def test_a_word_ends_it(
    word: str, chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would come after it is not read, and nothing is sent."""
    typing(f" {word} ", "/credits")

    prompt.talk(chat, prompt.comfortable)

    said = capsys.readouterr()
    assert "credits." not in said.out
    assert said.err == ""


def test_a_plain_prompt_is_not_among_the_answers(
    chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where standard output is for a program, the prompt is on standard error."""
    typing("/credits")

    prompt.talk(chat, prompt.plain)

    said = capsys.readouterr()
    assert said.out == f"{WELCOME.en}\nYou have 7 credits.\n"
    assert said.err == "> \n> \n"


@pytest.mark.parametrize(
    ("locale", "lines", "chinese"),
    [
        ("zh_CN.UTF-8", (), True),
        ("de_DE.UTF-8", (), False),
        ("en_US.UTF-8", ("给我的视频配一首轻快的音乐", "/help"), True),
        ("zh_CN.UTF-8", ("Make a film for my clip", "/help"), False),
    ],
)
def test_help_is_in_the_language_of_whoever_is_there(
    *,
    locale: str,
    lines: tuple[str, ...],
    chinese: bool,
    chat: Chat,
    typing: Typing,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The last message decides, and before the first one the locale."""
    monkeypatch.setenv("LC_ALL", locale)
    typing(*lines)

    prompt.talk(chat, prompt.comfortable)

    sentence = HELP if lines else WELCOME
    assert capsys.readouterr().out.endswith(f"{sentence['zh' if chinese else 'en']}\n")


def test_what_is_no_text_is_not_sent(
    chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that could not be decoded are refused, and the chat goes on."""
    typing("junk \udcff", "/credits")

    prompt.talk(chat, prompt.comfortable)

    said = capsys.readouterr()
    assert "no text in UTF-8" in said.err
    assert "no such thing" not in said.err
    assert "You have 7 credits." in said.out


def test_who_is_told_to_end_does(chat: Chat, typing: Typing) -> None:
    """SIGTERM ends the chat, and not only a message."""
    typing("/credits", "/credits")

    class End:
        def show(self, _: object) -> None:
            raise SystemExit(143)  # a signal may come at any time

        def result(self, _: object) -> None: ...

        def close(self) -> None: ...

    chat.runner.front = End()

    with pytest.raises(Terminated):
        prompt.talk(chat, prompt.comfortable)


def test_ctrl_c_drops_a_line(
    chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the prompt it ends neither the chat nor anything else."""
    typing(KeyboardInterrupt(), "", "  ", "/credits")

    prompt.talk(chat, prompt.comfortable)

    assert "You have 7 credits.\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/dance", "There is no /dance. /help lists the commands."),
        ("/upload 'half", "/upload 'half cannot be read: No closing quotation"),
        ("/upload", "/upload: name a file or a URL."),
        ("/upload nowhere.mp4", "'nowhere.mp4' is neither a file nor a URL"),
        ("/export nowhere/film.mp4", "there is no folder 'nowhere'"),
        ("/state", "no such thing"),
        ("Make a film", "no such thing"),
    ],
)
def test_a_mistake_is_one_sentence(
    line: str, sentence: str, chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told, and the chat goes on."""
    typing(line, "/credits")

    prompt.talk(chat, prompt.comfortable)

    said = capsys.readouterr()
    assert sentence in said.err
    assert "You have 7 credits." in said.out


def test_a_path_is_no_command(
    chat: Chat, typing: Typing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that begins with a file that is there is a message."""
    clip = tmp_path / "beach.mp4"
    clip.touch()
    typing(f"{clip} is my clip")

    prompt.talk(chat, prompt.comfortable)

    assert "There is no" not in capsys.readouterr().err


def test_help_tells_every_command(
    chat: Chat, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    """`/help` and the table agree."""
    typing("/help")

    prompt.talk(chat, prompt.comfortable)

    said = capsys.readouterr().out
    assert all(f"\n{name} " in f"\n{said}" for name in prompt.SLASH)
