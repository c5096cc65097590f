"""The judge's law of the contract: what it lets pass, and what it does not."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver.judge import Report, lines
from support.history import ATTRIBUTION, DOWNLOAD, History
from support.together.judged import judged

EARLY, BLIND = "fetched-too-early", "render-without-state"


@pytest.fixture(name="report")
def _report() -> Report:
    """Of somebody who orders a film without a look, and fetches it too early, and no stream with it."""
    history = History()
    ann = history.person("ann")
    ann.submit(ann.session(), "render_1")
    ann.ask(DOWNLOAD, render="render_1", status=409, code=409)
    return history.report()


def test_what_is_expected_to_be_broken_may_be(report: Report) -> None:
    """The test breaks these rules on purpose."""
    judged(report, {EARLY, BLIND})


def test_what_is_not_expected_is_told(report: Report) -> None:
    """In the judge's own words, with the fact and the request."""
    with pytest.raises(pytest.fail.Exception, match=r'Fetched the film of "render_1" before'):
        judged(report, {BLIND})


def test_what_is_expected_has_to_be_broken(report: Report) -> None:
    """Or the exemption outlives its reason."""
    with pytest.raises(pytest.fail.Exception, match="and kept: token-in-url"):
        judged(report, {EARLY, BLIND, "token-in-url"})


def test_where_leaving_is_heard_late_it_may_be_kept(report: Report) -> None:
    """Over a socket the service may learn too late that nobody read to the end."""
    judged(report, {EARLY, BLIND, "stream-closed-early"}, at_once=False)


def test_hints_are_no_law() -> None:
    """They say what can be done better."""
    history = History()
    ann = history.person("ann")
    ann.ask(lines.MESSAGE, headers=ATTRIBUTION)

    judged(history.report(), set())

    assert [verdict.severity for verdict in history.verdicts()] == ["hint"]
