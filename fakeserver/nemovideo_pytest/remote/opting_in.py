"""Nobody spends credits by accident: what has to be said before a run may reach a service that costs.

The law: such a service is the live one, and whatever is at a `--nemo-url` that does not lead to this machine.
`--nemo-live` and `--nemo-budget` are given by whoever starts the run, on the command line or in the environment (an
ini file is the project's, and opts nobody in); for the target `live` `NEMO_TOKEN` says whose credits they are; there is
one process, as there is one budget and one account; and where `CI` is set, `--nemo-live-in-ci` says that this job is
meant to.
"""

from __future__ import annotations

import os

import pytest

from nemovideo_pytest import kinds
from nemovideo_pytest.remote import addresses
from nemovideo_pytest.settings import Settings


def demand(config: pytest.Config) -> None:
    """Raise UsageError where the run may reach what costs, and something is missing: before any collection."""
    settings = Settings(config)
    if "live" in (settings.text("target"), settings.text("record-from")):
        said = lacking(config)
    elif addresses.leads_elsewhere(settings) and _reaches_url(settings):
        said = lacking_for_url(config)
    else:
        return
    if said:
        raise pytest.UsageError(said)


def lacking(config: pytest.Config) -> str:
    """Return a sentence that says what is missing for the live service, or empty where all of it was said."""
    token = {"NEMO_TOKEN in the environment": bool(os.environ.get("NEMO_TOKEN"))}
    return _lacking(config, "the live service costs credits", token)


def lacking_for_url(config: pytest.Config) -> str:
    """Return a sentence that says what is missing for `--nemo-url`, or empty: on this machine nothing is."""
    settings = Settings(config)
    if not addresses.leads_elsewhere(settings):
        return ""
    host = addresses.host(addresses.given(settings))
    return _lacking(
        config, f"{settings.given('url').where} leads to {host}, which may cost credits"
    )


def is_distributed(config: pytest.Config) -> bool:
    """Say whether several processes run the tests."""
    return is_worker(config) or config.getoption("dist", "no") != "no"


def is_worker(config: pytest.Config) -> bool:
    """Say whether this is a worker of pytest-xdist."""
    return hasattr(config, "workerinput")


def _lacking(config: pytest.Config, what: str, more: dict[str, bool] | None = None) -> str:
    settings = Settings(config)
    said = {
        "--nemo-live": settings.on("live"),
        "--nemo-budget=CREDITS": settings.number("budget", 0.0) > 0,
        **(more or {}),
    }
    if missing := [each for each, is_said in said.items() if not is_said]:
        return f"{what}, and is reached only with {', '.join(missing)}"
    if is_distributed(config):
        return f"{what}, and is tested by one process, as there is one budget: leave -n out"
    if _is_job() and not settings.on("live-in-ci"):
        return (
            f"{what}, CI is set, and jobs do not spend credits unless NEMO_PYTEST_LIVE_IN_CI=yes is set,"
            " too"
        )
    return ""


def _is_job() -> bool:
    """Say whether this is a job: where CI is set it may have any value, such as the name of the service."""
    return os.environ.get("CI", "").lower() not in {"", *kinds.OFF}


def _reaches_url(settings: Settings) -> bool:
    """Say whether tests may reach the URL. One that is marked to record asks for itself."""
    return settings.text("target") != "cassette" or settings.text("record", "none") != "none"
