"""Runs of pytest with the plugin, each in a folder of its own."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator

import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.doors.door import on_a_port
from support.newcomer import PLUGIN

Run = Callable[..., pytest.RunResult]

USED = (
    "nemovideo_client.async_client",
    "nemovideo_client.client",
    "nemovideo_fakeserver.agent.plan",
    "nemovideo_fakeserver.cli.identity",
    "nemovideo_fakeserver.judge",
    "nemovideo_fakeserver.scenario.script",
    "nemovideo_fakeserver.scenario.yaml_text",
    "nemovideo_fakeserver.timeline",
    "nemovideo_proxy.recording.inprocess",
    "nemovideo_proxy.replay.replay",
    "nemovideo_pytest.ending.of_replay",
    "nemovideo_pytest.cassettes.taping",
    "nemovideo_pytest.ending.failing",
    "nemovideo_pytest.requirements",
    "nemovideo_pytest.sealing.plugin",
    "nemovideo_pytest.targets.cassette",
    "nemovideo_pytest.targets.fakes",
    "nemovideo_pytest.targets.live",
    "nemovideo_pytest.targets.url",
)
"""What such a run imports. A pytest within ours forgets what was imported meanwhile; yaml bears no second time."""

for _module in USED:
    importlib.import_module(_module)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of NemoVideo, and in which only named plugins are loaded."""
    for name in tuple(os.environ):
        if name.startswith("NEMO_") or name == "CI":
            monkeypatch.delenv(name)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))
    return monkeypatch


@pytest.fixture
def run(pytester: pytest.Pytester, bare: pytest.MonkeyPatch) -> Run:
    """Run pytest in this process on what was written."""

    def run_pytest(*args: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(*PLUGIN, "-W", "default", "-rfEs", *args)

    return run_pytest


@pytest.fixture
def run_apart(pytester: pytest.Pytester, bare: pytest.MonkeyPatch) -> Run:
    """Run pytest in a process of its own, with xdist."""

    def run_pytest(*args: str) -> pytest.RunResult:
        return pytester.runpytest_subprocess(*PLUGIN, "-p", "xdist", "-rfEs", *args)

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
