"""Flags that make no sense are refused before anything begins, in one sentence."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cli import main
from support.proxy_command import PATIENCE, recording
from support.raw_upstream import plain, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")

WRONG = [
    ("--max-credits", "nan"),
    ("--max-credits", "inf"),
    ("--max-credits", "-1"),
    ("--max-credits", "some"),
    ("--max-body", "-3"),
    ("--max-body", "0"),
    ("--max-body", "1.5"),
    ("--port", "99999"),
    ("--port", "-4"),
    ("--rate", "0"),
    ("--rate", "nan"),
    ("--rate", "inf"),
    ("--patience", "0"),
    ("--patience", "nan"),
    ("--patience", "600"),
    ("--upstream-ca", "nowhere.pem"),
    ("--upstream-ca", "."),
    ("--rules", "nowhere.yaml"),
    ("--rules", "nowhere.py"),
]


@pytest.mark.parametrize(("flag", "value"), WRONG)
def test_what_no_flag_can_be_is_wrong_usage(
    flag: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, the name of the flag or of its file, and nothing on the disk."""
    wrong = (
        f"{flag}={value}",
        "--upstream=http://127.0.0.1:9",
        f"--cassette={tmp_path / 'x.yaml'}",
    )

    try:
        code: object = main(["record", *wrong])
    except SystemExit as ended:
        code = ended.code

    said = capsys.readouterr().err.splitlines()[-1]
    assert code == 2
    assert flag in said or value in said
    assert list(tmp_path.iterdir()) == []


RULES = [
    ("patterns = ['a']\nfilter_headers = [int('x')]\n", 2),
    ("def bad():\n    raise KeyError('x')\n\n\nbad()\n", 2),
    ("filter_headers = [\n", 1),
]


@pytest.mark.parametrize(("text", "line"), RULES)
def test_rules_in_python_that_fail_say_where(
    text: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """File and line of the user's own code, as with YAML."""
    rules = tmp_path / "rules.py"
    rules.write_text(text)
    wrong = ("--upstream=http://127.0.0.1:9", f"--cassette={tmp_path / 'x.yaml'}")

    assert main(["record", f"--rules={rules}", *wrong]) == 2
    assert f"{rules}:{line}: " in capsys.readouterr().err


def test_the_url_of_a_recorder_that_listens_everywhere_works(tmp_path: Path) -> None:
    """It is that of this machine, and a warning says that others can reach it."""
    with (
        raw() as service,
        recording(service.url, tmp_path / "x.yaml", "--host=0.0.0.0") as recorder,
    ):
        service.say(plain(b"{}"))
        assert httpx.get(recorder.url + "/api", timeout=PATIENCE).json() == {}

        assert recorder.url.startswith("http://127.0.0.1:")
        assert "others on the network" in recorder.ready["warning"]


def test_a_recorder_for_this_machine_alone_warns_of_nothing(tmp_path: Path) -> None:
    """It listens on the loopback unless told otherwise."""
    with raw() as service, recording(service.url, tmp_path / "x.yaml") as recorder:
        assert recorder.ready["warning"] is None
