"""The fixture `suite`: somebody else's tests, run by pytest with the plugin."""

from __future__ import annotations

import importlib
import sys

import pytest

from nemovideo_pytest.settings import SETTINGS
from support.newcomer import Suite

USED = (
    "nemovideo_client.async_client",
    "nemovideo_client.client",
    "nemovideo_fakeserver.agent.plan",
    "nemovideo_fakeserver.cli.identity",
    "nemovideo_fakeserver.judge",
    "nemovideo_fakeserver.scenario.script",
    "nemovideo_fakeserver.scenario.yaml_text",
    "nemovideo_fakeserver.timeline",
    "nemovideo_pytest.ending.failing",
    "nemovideo_pytest.requirements",
    "nemovideo_pytest.targets.fakes",
    "nemovideo_pytest.targets.server",
)
"""What such a suite imports. A pytest within ours forgets what was imported meanwhile; yaml bears no second time."""

for _module in USED:
    importlib.import_module(_module)


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Suite:
    """Somebody else's test suite, which knows nothing of what is installed here but pytest and the plugin."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    for name in ("NEMO_API_URL", "NEMO_WEB_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("CI", "BUILD_NUMBER"):  # where pytest tells its summary at length
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))
    return Suite(pytester)
