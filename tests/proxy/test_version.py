"""`nemo-proxy --version`."""

from __future__ import annotations

from importlib import metadata

import pytest

from nemovideo_proxy.cli import main


def test_it_says_which_version_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That of the distribution, without a subcommand; exit code 0."""
    monkeypatch.setattr(metadata, "version", lambda name: f"1.2 of {name}")
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == "nemo-proxy 1.2 of nemovideo-harness\n"
