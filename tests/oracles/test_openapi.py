"""schemathesis, which knows nothing but the description, finds the server to be as it says.

A few seconds of it, always the same; `tox -e openapi` runs it at length.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.fuzzer import MAPPED, SERVICE, STEERING, Report, fuzz, served

SHORT = (
    *("--phases", "examples,coverage,fuzzing", "--max-examples", "5"),
    *("--generation-deterministic", "--no-shrink"),
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A served fake whose films need no encoder."""
    with served() as base:
        yield base


def clean(report: Report, *, least: int) -> None:
    """Assert that a run found nothing, and that it looked."""
    assert report.failures == (), report.log
    assert report.cases >= least, report.log


def test_the_service_is_as_its_description_says(url: str, tmp_path: Path) -> None:
    """Good requests, bad ones, and ones without a token, where HTTP statuses tell them apart."""
    clean(fuzz(url, "service", tmp_path, *SERVICE, *SHORT, **MAPPED), least=500)


def test_the_control_paths_are_as_their_description_says(url: str, tmp_path: Path) -> None:
    """But for those that begin anew: what they take away would be missing afterwards."""
    short = (*SHORT, "--phases", "examples,fuzzing")

    clean(fuzz(url, "control", tmp_path, *STEERING, *short), least=100)


def test_a_server_that_breaks_its_word_is_found(url: str, tmp_path: Path) -> None:
    """With business codes over 200 a bad token looks accepted: the checks do check."""
    only = ("--include-path", "/api/credits/balance/simple", *SHORT)

    report = fuzz(url, "usual", tmp_path, *only)

    assert any("accepts" in failure for failure in report.failures), report.log
