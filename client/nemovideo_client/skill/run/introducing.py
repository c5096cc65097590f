"""Whom the check's own requests say they come from: the skill, as far as it says who it is."""

from __future__ import annotations

from nemovideo_client.skill.check.marks import MARK
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.deviations import ATTRIBUTION
from nemovideo_client.skill.run.outgoing import sendable

UNKNOWN = ("unknown", "0", "unknown")


def attribution(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Return the three headers: as the first command has them, else as the front matter, else unknown ones."""
    front = subject.document.front
    said = (front.name, front.version, "unknown") if front else UNKNOWN
    return tuple(
        (name, _first(subject, name) or other)
        for name, other in zip(ATTRIBUTION, said, strict=True)
    )


def _first(subject: Subject, name: str) -> str | None:
    values = (call.request.header(name) for call in subject.calls if call.to_nemo)
    plain = (value for value in values if value and not MARK.search(value))
    return next((value for value in plain if "<" not in value and sendable(value)), None)
