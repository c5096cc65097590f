"""What a command line may say, and what help costs."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from nemovideo_client.cli import arguments, main

COMMANDS = (
    ["connect"],
    ["chat"],
    ["upload"],
    ["credits"],
    ["state"],
    ["export"],
    ["skill", "show"],
    ["skill", "check"],
)
HEAVY = {
    "httpx",
    "importlib.metadata",
    "rich",
    "yaml",
    "asyncio",
    "json",
    "markdown_it",
    "nemovideo_client.client",
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_ends_with_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Every command shows a line to paste."""
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])

    _, _, example = capsys.readouterr().out.partition("example")
    assert ended.value.code == 0
    assert f"  nemo-client {' '.join(command)}" in example


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`nemo-client --help` lists what there is."""
    with pytest.raises(SystemExit):
        main(["--help"])

    told = capsys.readouterr().out
    assert all(f"  {command[0]} " in told for command in COMMANDS)


def test_the_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints it, and it is all that happens."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"nemo-client {version('nemovideo-harness')}\n"


def test_help_imports_nothing_heavy() -> None:
    """Neither httpx nor rich nor a YAML reader is imported to print help."""
    code = """
import sys
before = set(sys.modules)  # a coverage tool has its own
from nemovideo_client.cli import main
try:
    main(["chat", "--help"])
finally:
    print(*(set(sys.modules) - before), file=sys.stderr)
"""

    ran = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)

    assert "nemovideo_client.cli.arguments" in ran.stderr.split()
    assert HEAVY.isdisjoint(ran.stderr.split())


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["upload"], "FILE_OR_URL"),
        (["upload", "nowhere.mp4"], "'nowhere.mp4' is neither a file nor a URL"),
        (["upload", "."], "'.' is neither a file nor a URL"),
        (["chat", "hi", "--file", "nowhere.mp4"], "neither a file nor a URL"),
        (["chat", "hi", "-o", "nowhere"], "there is no folder 'nowhere'"),
        (["export", "-o", "nowhere/film.mp4"], "there is no folder 'nowhere'"),
        (["export", "--poll-interval", "soon"], "'soon' is no number of seconds"),
        (["export", "--poll-interval", "-1"], "is no number of seconds"),
        (["export", "--poll-interval", "nan"], "'nan' is no number of seconds"),
        (["export", "--max-polls", "1.5"], "'1.5' is no whole number"),
        (["export", "--max-polls", "-1"], "'-1' must be 0 or more"),
        (["export", "--resume", "a", "--cancel", "b"], "not allowed with"),
        (["state", "--base-url", "example.com"], "does not begin with http:// or https://"),
        (["state", "--session", "1\r\nX: y"], "is not one word"),
        (["state", "--language", ""], "'' is not one word"),
        (["connect", "--session", "7"], "--session"),
        (["chat", ""], "there is nothing to say"),
        (["chat", " \n"], "there is nothing to say"),
        (["chat", "junk \udcff"], "argument 2 is not UTF-8"),
        (["skill"], "COMMAND"),
        (["skill", "check"], "name a SKILL.md"),
        (["skill", "check", "/dev/null"], "'/dev/null' is no regular file"),
        (["skill", "show", "/dev/null"], "'/dev/null' is no regular file"),
        (["state", "--skill", "/dev/null"], "'/dev/null' is no regular file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_explained(
    line: list[str],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What makes no sense is said before anything is sent; the exit code is 2."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        main(line)

    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err


def test_a_full_chat_line_is_read(tmp_path: Path) -> None:
    """Files may be several, and URLs; 0 polls mean no end, which is for others to know."""
    clip = tmp_path / "beach.mp4"
    clip.touch()
    line = ["chat", "hi", "--file", str(clip), "--file", "https://a.test/b.mp3"]

    asked = arguments.read([*line, "-o", str(tmp_path), "--max-polls", "0"])

    assert asked.text == "hi"
    assert asked.files == [str(clip), "https://a.test/b.mp3"]
    assert asked.output_dir == tmp_path
    assert asked.max_polls == 0
    assert asked.poll_interval is None
