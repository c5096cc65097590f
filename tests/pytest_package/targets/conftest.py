"""Runs of pytest with the plugin, each in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.doors.door import on_a_port

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of NemoVideo, and in which only named plugins are loaded."""
    for name in tuple(os.environ):
        if name.startswith("NEMO_") or name == "CI":
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return monkeypatch


@pytest.fixture
def run(pytester: pytest.Pytester, bare: pytest.MonkeyPatch) -> Run:
    """Run pytest in this process on what was written."""

    def run_pytest(*args: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(
            "-p", "nemovideo_pytest.plugin", "-p", "no:cacheprovider", "-rfEs", *args
        )

    return run_pytest


@pytest.fixture
def run_apart(pytester: pytest.Pytester, bare: pytest.MonkeyPatch) -> Run:
    """Run pytest in a process of its own, with xdist."""

    def run_pytest(*args: str) -> pytest.RunResult:
        plugins = ("-p", "xdist", "-p", "nemovideo_pytest.plugin", "-p", "no:cacheprovider")
        return pytester.runpytest_subprocess(*plugins, "-rfEs", *args)

    return run_pytest


@pytest.fixture
def served() -> Iterator[tuple[Fake, str]]:
    """A fake at a URL whose time runs fast: ten minutes in a second."""
    with Fake(Options(rate=600.0, autojump=False)) as fake, on_a_port(fake) as url:
        yield fake, url


@pytest.fixture
def standing() -> Iterator[tuple[Fake, str]]:
    """A fake at a URL whose time stands."""
    with Fake(Options(rate=0.0, autojump=False)) as fake, on_a_port(fake) as url:
        yield fake, url
