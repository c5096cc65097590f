"""The command itself, without a server: help, and what is missing."""

from __future__ import annotations

import sys

import pytest

from nemovideo_fakeserver import cli


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """`serve --help` ends with lines to paste."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["serve", "--help"])

    assert ended.value.code == 0
    assert "export NEMO_API_URL=http://127.0.0.1:8765" in capsys.readouterr().out


def test_a_missing_library_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the extra is not installed, the command says what to install, and exits with 1."""
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "nemovideo_fakeserver.cli.serve", raising=False)
    for name in [
        name for name in sys.modules if name.startswith("nemovideo_fakeserver.surfaces.aiohttp")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(cli, "serve", raising=False)

    code = cli.main(["serve"])

    said = capsys.readouterr().err
    assert code == 1
    assert said.count("\n") == 1
    assert "aiohttp" in said
    assert "pip install 'nemovideo-harness[fakeserver]'" in said


@pytest.mark.parametrize("role", ["client", "proxy"])
def test_commands_that_are_not_there_yet_say_so(
    role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`nemo-client` and `nemo-proxy` exist by name, and do not pretend."""
    module = __import__(f"nemovideo_{role}.cli", fromlist=["main"])

    code = module.main()

    assert code == 1
    assert f"nemo-{role}: not in this version yet" in capsys.readouterr().err
