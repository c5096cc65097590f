"""Attribution: the three headers that say which skill is calling."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.marks import MARK
from nemovideo_client.skill.check.quoting import listed, quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, VENDOR
from nemovideo_client.skill.check.searching import in_lines
from nemovideo_client.skill.check.subject import Call, Subject
from nemovideo_client.skill.deviations import ATTRIBUTION, PRINTED


def _missing(call: Call) -> tuple[str, ...]:
    return tuple(name for name in ATTRIBUTION if call.request.header(name) is None)


def _calls(subject: Subject) -> Iterator[tuple[Call, str, str]]:
    """Give the requests that lack headers, with the endpoint and the headers."""
    for call in subject.calls:
        if call.endpoint is None or call.open or call.is_at("anonymous-token", "download"):
            continue
        missing = _missing(call)
        if missing:
            yield call, call.endpoint.line, listed(missing)


def _on_export(subject: Subject) -> Iterator[Found]:
    for call, endpoint, missing in _calls(subject):
        if call.is_at("render"):
            yield call.line, f"{endpoint} is sent without {missing}: the export is refused with 402"


def _elsewhere(subject: Subject) -> Iterator[Found]:
    for call, endpoint, missing in _calls(subject):
        if not call.is_at("render"):
            yield call.line, f"{endpoint} is sent without {missing}"


def _unmentioned(subject: Subject) -> Iterator[Found]:
    text = subject.document.text.lower()
    missing = [name for name in ATTRIBUTION if name.lower() not in text]
    line = next(subject.names("render", "message", "session"), None)
    if missing and line is not None:
        yield (
            line,
            f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} nowhere spoken of: exports are refused with 402",
        )


def _mismatched(subject: Subject) -> Iterator[Found]:
    front = subject.document.front
    stated = {"X-Skill-Source": front.name, "X-Skill-Version": front.version} if front else {}
    for header, value in stated.items():
        for number, found in in_lines(PRINTED[header], subject.document.lines):
            if found[1] != value and not MARK.search(found[1]):
                yield (
                    number,
                    f"{quoted(f'{header}: {found[1]}')} is not what the front matter says ({quoted(value)})",
                )


RULES = (
    Rule("attribution-missing-on-export", "error", "Send X-Skill-Source, X-Skill-Version and X-Skill-Platform with an export; without them it is refused with 402.",
         f"{ALL}: skill attribution; {VENDOR}", _on_export),
    Rule("attribution-incomplete", "warning", "Send the three headers with every other request that carries the token, too.",
         f"{ALL}: skill attribution; 98c825c, 7ab544f (vendor skill 1.5)", _elsewhere),
    Rule("attribution-unmentioned", "error", "Say somewhere which three headers an agent has to send.",
         f"{ALL}: skill attribution", _unmentioned),
    Rule("attribution-mismatch", "warning", "Print the name and version of the front matter in the headers.",
         f"{ALL}: skill attribution (name and version from the front matter)", _mismatched),
)  # fmt: skip
