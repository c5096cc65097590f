"""The judge's law: what a client does breaks no rule of the documents, unless a test breaks one on purpose.

`@pytest.mark.breaks("stream-closed-early", because="...")` names the rules that a test breaks, and why it
has to: the caller misbehaves, or a reply was falsified on its way, and the service's facts tell another story
than its client was told. Hints are no law.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import pytest

from nemovideo_fakeserver.judge import Report

MARKER = "breaks(*rules, because): rules of the judge that this test breaks, and why it has to"


def to_be_broken(node: pytest.Item) -> frozenset[str]:
    """Return the rules that a test says it breaks; ValueError where it does not say why."""
    markers = list(node.iter_markers("breaks"))
    if not all(marker.kwargs.get("because") for marker in markers):
        raise ValueError(f"{node.nodeid}: say because=... why these rules have to be broken")
    return frozenset(name for marker in markers for name in marker.args)


def judged(report: Report, expected: AbstractSet[str], *, at_once: bool = True) -> None:
    """Fail the test where another rule was broken than expected, or one that was expected was kept.

    Unless the service hears `at_once` that a reader left, it may think that they read to the end.
    """
    broken = {verdict.rule for verdict in report.of("error", "warning")}
    if broken - expected:
        pytest.fail("\n".join(report.as_lines(hints=False)), pytrace=False)
    if at_once and expected - broken:
        kept = ", ".join(sorted(expected - broken))
        pytest.fail(f"expected to be broken, and kept: {kept}", pytrace=False)
