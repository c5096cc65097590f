"""What becomes of how a test left its services: a failure, warnings, or a section of the report.

Law: a test that has failed by itself does not fail once more; its report shows the story. A test that
has not fails here, in its own name and not in that of a fixture, with the sentences and the story.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from nemovideo_pytest import marks
from nemovideo_pytest.ending.judge_warning import NemoJudgeWarning

if TYPE_CHECKING:
    from nemovideo_pytest.ending.ending import Breach, Ending
    from nemovideo_pytest.service import Service


def complaint(item: pytest.Item, services: Sequence[Service], judging: str) -> str:
    """Return why the test fails for how it left its services, nothing where it does not; warn of the rest.

    `judging` says what becomes of broken rules: off, warn or error.
    """
    endings = [service.ending() for service in services]
    excused = marks.excused(item)
    breaches = [b for ending in endings for b in ending.breaches if b.rule not in excused]
    wrong = [one for ending in endings for one in (*ending.undone, *ending.unexpected)]
    match judging:
        case "error":
            wrong += map(_told, breaches)
        case "warn":
            wrong += _warn(item, breaches)
    return "\n\n".join(["\n".join(wrong), *_stories(endings)]) if wrong else ""


def story(services: Iterable[Service]) -> str:
    """Return what happened in these services: first what nobody was prepared for, as it may be why the test failed."""
    endings = [service.ending() for service in services]
    surprises = "\n".join(one for ending in endings for one in ending.unexpected)
    return "\n\n".join(filter(None, (surprises, *_stories(endings))))


def _warn(item: pytest.Item, breaches: Iterable[Breach]) -> Iterator[str]:
    """Warn of each breach, at the line of the test; yield those that a filter makes an error."""
    path, line, _ = item.reportinfo()
    for breach in breaches:
        try:
            warnings.warn_explicit(
                NemoJudgeWarning(_told(breach)), None, str(path), (line or 0) + 1, registry={}
            )
        except NemoJudgeWarning as raised:
            yield str(raised)


def _told(breach: Breach) -> str:
    return f"{breach.rule}: {breach.did} ({breach.source})"


def _stories(endings: Iterable[Ending]) -> Iterator[str]:
    yield from filter(None, (ending.story().rstrip() for ending in endings))
