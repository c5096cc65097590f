"""What is looked at before any test is collected: where it leads, and what it may cost."""

from __future__ import annotations

import pytest

from nemovideo_pytest.settings import Settings


def look(config: pytest.Config) -> None:
    """Refuse a run that leads nowhere or may not cost anything (UsageError); watch and seal one that is to be."""
    settings = Settings(config)
    if settings.text("url"):
        from nemovideo_pytest.remote import addresses

        addresses.given(settings)
    if settings.text("url") or "live" in (settings.text("target"), settings.text("record-from")):
        from nemovideo_pytest.remote import opting_in

        opting_in.demand(config)
    if settings.text("record"):
        from nemovideo_pytest import idle_recording

        idle_recording.watch(config)
    if settings.on("seal") and not _only_distributes(config):
        from nemovideo_pytest.sealing.plugin import Sealing

        config.pluginmanager.register(Sealing.of(config))


def _only_distributes(config: pytest.Config) -> bool:
    """Say whether others run the tests: workers of pytest-xdist, who come through here themselves."""
    return not hasattr(config, "workerinput") and config.getoption("dist", "no") != "no"
