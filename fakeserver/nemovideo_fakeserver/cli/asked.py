"""From flags to options: a flag decides, else the scenario, else the default."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nemovideo_fakeserver.cli.failure import Failure

if TYPE_CHECKING:
    from nemovideo_fakeserver.core.variants import Variants
    from nemovideo_fakeserver.options import Options
    from nemovideo_fakeserver.scenario import Scenario


def options(asked: argparse.Namespace) -> Options:
    """Return what the flags ask for; raises `Failure` for a value that makes no sense."""
    from nemovideo_fakeserver.options import Options

    try:
        base = Options(
            autojump=False,
            isolate=True,
            rate=asked.usual_rate,
            allow_hosts=tuple(asked.allow_host),
        )
        scenario = _scenario(asked.scenario)
        told = base if scenario is None else base.playing(scenario)
        return told.with_(**_flags(asked, scenario))
    except ValueError as problem:
        raise Failure(str(problem), exit_code=2) from None


def _flags(asked: argparse.Namespace, scenario: Scenario | None) -> dict[str, Any]:
    given = {
        "seed": asked.seed,
        "rate": asked.rate,
        "start": None if asked.epoch is None else _instant(asked.epoch),
        "variants": _variants(asked.variant, scenario) if asked.variant else None,
        "state": asked.state,
        "imports": asked.imports,
        "export_on_exit": asked.export_on_exit,
    }
    return {name: value for name, value in given.items() if value is not None}


def _scenario(name_or_path: str | None) -> Scenario | None:
    if name_or_path is None:
        return None
    from nemovideo_fakeserver import scenario

    return scenario.find(name_or_path)


def _variants(given: list[str], scenario: Scenario | None) -> Variants:
    from nemovideo_fakeserver.core.presets import chosen

    choices = dict((scenario.variants or {}) if scenario else {})
    for one in given:
        key, equals, value = one.partition("=")
        if not equals:
            raise Failure(f"--variant {one}: write it as KEY=VALUE", exit_code=2)
        choices[key] = value
    return chosen(choices.items())


def _instant(text: str) -> float:
    if text == "now":
        return time.time()
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise Failure(
            f"--epoch {text}: say now, or a time such as 2026-03-18T00:00:00Z", exit_code=2
        ) from None
