"""The command itself, without a server: help, and what is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nemovideo_fakeserver import cli


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """`serve --help` ends with lines to paste."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["serve", "--help"])

    assert ended.value.code == 0
    assert "export NEMO_API_URL=http://127.0.0.1:8765" in capsys.readouterr().out


def test_a_missing_library_is_one_sentence() -> None:
    """Where the extra is not installed, the command says what to install, and exits with 1."""
    code = "import sys; sys.modules['aiohttp'] = None; from nemovideo_fakeserver.cli import main"

    ran = subprocess.run(
        (sys.executable, "-c", f"{code}; sys.exit(main(['serve']))"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "aiohttp" in ran.stderr
    assert "pip install 'nemovideo-harness[fakeserver]'" in ran.stderr
