"""Attribution: the three headers that say which skill asks, where it runs, and in which version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.lines import ATTRIBUTED
from nemovideo_fakeserver.judge.rule import KEPT, Finding, Rule, broken
from nemovideo_fakeserver.judge.sources import ALL4, V19
from nemovideo_fakeserver.judge.wording import listed, shown

SOURCE, VERSION, PLATFORM = HEADERS = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")
_NOTHING = re.compile(r"|none|null|nil|undefined|.*[<>${}].*", re.IGNORECASE)


def missing(evidence: Evidence) -> Iterator[Finding]:
    """Each request that wants a token wants all three headers, too."""
    for ask in evidence.asks:
        if ask.line in ATTRIBUTED:
            absent = [name for name in HEADERS if name.lower() not in ask.headers]
            yield broken(f"Left out {listed(absent)}", ask) if absent else KEPT


def says_nothing(evidence: Evidence) -> Iterator[Finding]:
    """A header that is there has a value; "unknown" is one for the platform alone."""
    for ask in evidence.asks:
        if ask.line in ATTRIBUTED and (sent := _sent(ask)):
            hollow = [
                f"{name}: {shown(value)}" for name, value in sent.items() if _hollow(name, value)
            ]
            yield (
                broken(f"Sent attribution that says nothing, {', '.join(hollow)}", ask)
                if hollow
                else KEPT
            )


def changes(evidence: Evidence) -> Iterator[Finding]:
    """Within a session the skill and its platform stay; a version may be followed by another, once."""
    for asks in evidence.sessions.values():
        seen: dict[str, list[str]] = {}
        for ask in asks:
            told = _sent(ask) if ask.line in ATTRIBUTED else {}
            strange = [
                change for name, value in told.items() if (change := _change(name, value, seen))
            ]
            if told:
                yield (
                    broken(f"Changed {', '.join(strange)} within a session", ask)
                    if strange
                    else KEPT
                )


def _sent(ask: Ask) -> dict[str, str]:
    return {name: ask.header(name.lower()) for name in HEADERS if name.lower() in ask.headers}


def _hollow(name: str, value: str) -> bool:
    return bool(_NOTHING.fullmatch(value)) or (name != PLATFORM and value.lower() == "unknown")


def _change(name: str, value: str, seen: dict[str, list[str]]) -> str:
    """Return what is strange about a value after those seen, and see it; "" where nothing is."""
    if _hollow(name, value):
        return ""
    values = seen.setdefault(name, [value])
    before = values[-1]
    if value == before:
        return ""
    renewed = name == VERSION and value not in values
    values.append(value)
    return "" if renewed else f"{name} from {shown(before)} to {shown(value)}"


RULES = (
    Rule(
        name="attribution-missing",
        severity="error",
        source=f"{ALL4}: skill attribution; {V19}",
        says="Send X-Skill-Source, X-Skill-Version and X-Skill-Platform with every request that carries"
        " the token; an export without them is refused with 402.",
        check=missing,
    ),
    Rule(
        name="attribution-says-nothing",
        severity="warning",
        source=f"{ALL4}: skill attribution",
        says="Fill the attribution headers from the skill's front matter; only the platform may be"
        " `unknown`.",
        check=says_nothing,
    ),
    Rule(
        name="attribution-changes",
        severity="warning",
        source=f"{ALL4}: skill attribution",
        says="Send the same attribution with all requests of a session.",
        check=changes,
    ),
)
