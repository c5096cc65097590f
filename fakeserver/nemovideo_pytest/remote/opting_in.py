"""Nobody spends credits by accident: what has to be said before a run may reach the live service.

The law: the target (or what is recorded) is `live`; `--nemo-live` and `--nemo-budget` are given by whoever starts
the run, on the command line or in the environment (an ini file is the project's, and opts nobody in);
`NEMO_TOKEN` says whose credits they are; there is one process, as there is one budget and one account; and
where `CI` is set, `NEMO_PYTEST_LIVE_IN_CI` says that this job is meant to.
"""

from __future__ import annotations

import os

import pytest

from nemovideo_pytest.settings import Settings

IN_CI = "NEMO_PYTEST_LIVE_IN_CI"


def demand(config: pytest.Config) -> None:
    """Raise UsageError where something is missing: before any test is collected."""
    if said := lacking(config):
        raise pytest.UsageError(said)


def lacking(config: pytest.Config) -> str:
    """Return a sentence that says what is missing, or empty where all of it was said."""
    missing = [what for what, said in _said(config).items() if not said]
    if missing:
        return f"the live service costs credits, and is reached only with {', '.join(missing)}"
    if is_distributed(config):
        return "the live service is tested by one process, as there is one budget: leave -n out"
    if _is_set("CI") and not _is_set(IN_CI):
        return f"CI is set, and jobs do not spend credits unless {IN_CI}=yes is set, too"
    Settings(config).number("budget", 1.0)
    return ""


def is_distributed(config: pytest.Config) -> bool:
    """Say whether several processes run the tests."""
    return is_worker(config) or config.getoption("dist", "no") != "no"


def is_worker(config: pytest.Config) -> bool:
    """Say whether this is a worker of pytest-xdist."""
    return hasattr(config, "workerinput")


def _is_set(variable: str) -> bool:
    return os.environ.get(variable, "").lower() not in {"", "0", "false", "no"}


def _said(config: pytest.Config) -> dict[str, bool]:
    return {
        "--nemo-live": _said_by_who_starts_it(config, "live"),
        "--nemo-budget=CREDITS": _said_by_who_starts_it(config, "budget"),
        "NEMO_TOKEN in the environment": bool(os.environ.get("NEMO_TOKEN")),
    }


def _said_by_who_starts_it(config: pytest.Config, name: str) -> bool:
    variable = os.environ.get(f"NEMO_PYTEST_{name.upper()}")
    given = config.getoption(f"nemo_{name}") or variable
    return bool(given) and (name != "live" or Settings(config).on(name))
