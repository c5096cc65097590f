"""What to do when something goes wrong: whether the document says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.quoting import listed, quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, REFERENCE, VENDOR
from nemovideo_client.skill.check.sentences import searched
from nemovideo_client.skill.check.subject import Subject

_SILENCE = (
    re.compile(r"(?i)\bsilen(?:t|ce|tly)\b|empty\s+(?:response|reply|answer)"),
    re.compile(
        r"(?i)\bno\s+(?:text|words?|reply|message)|without\s+(?:\w+\s+){0,2}(?:text|word|reply)"
    ),
    re.compile(r"(?i)\b(?:say|return|end)s?\s+(?:with\s+)?nothing"),
    re.compile(r"没有(?:任何)?(?:文字|文本)|无(?:文字|文本)|静默"),
)
"""How a document speaks of an edit that ends without text."""

CODES = (
    (
        "1001",
        "a bad token",
        r"(?<!\d)1001(?!\d)|(?i:token[^.|\n]{0,40}expired|expired token)",
        "session",
    ),
    (
        "1002",
        "a lost session",
        r"(?<!\d)1002(?!\d)|(?i:session (?:not found|is gone|expired))",
        "message",
    ),
    (
        "2001",
        "no credits",
        r"(?<!\d)2001(?!\d)|(?i:out of credits|insufficient credits)",
        "message",
    ),
    ("402", "a blocked export", r"(?<!\d)402(?!\d)", "render"),
    ("429", "too many tokens", r"(?<!\d)429(?!\d)|(?i:rate[- ]limit)", "anonymous-token"),
)
"""A code, what it means, how a document may speak of it, and the endpoint that brings it up."""

_AGAIN = (
    re.compile(r"(?i)\bre-?send"),
    re.compile(r"(?i)\bsend (?:it|the (?:same )?(?:message|request|edit)) again"),
    re.compile(r"(?i)\b(?:repeat|retry) the (?:message|request|edit)"),
    re.compile(r"重新发送|再次发送|重发"),
)
_WHEN = (
    re.compile(r"(?i)silen|\bno (?:text|response|reply|answer)|without (?:a word|text)"),
    re.compile(
        r"(?i)\b(?:hear(?:s|d)?|get|gets|receive[sd]?|comes?) (?:nothing|no\b)|nothing (?:is heard|comes|arrives)"
    ),
    re.compile(r"(?i)n['’o]t (?:hear|get|receive|answer|reply|respond)"),
    re.compile(r"(?i)time[sd]?[ -]?out|stream (?:breaks|closes|ends)|disconnect"),
    re.compile(r"没有(?:任何)?(?:文字|回应|响应|回复)|[无未]响应|超时|断开"),
)
"""What an agent hears nothing by; it is no reason to send a message again."""

_BEFORE = re.compile(r"(?i)\bbefore\b|\bwithout re-?send|之前")
"""What makes a sentence speak of sending again, and not ask for it."""


def _silence(subject: Subject) -> Iterator[Found]:
    line = next(subject.names("message"), None)
    if line is not None and not any(pattern.search(subject.document.text) for pattern in _SILENCE):
        yield (
            line,
            "some 30 % of edits end without text, and nothing here says to ask the state then",
        )
    elif line is not None and next(subject.names("state", "render"), None) is None:
        yield (
            line,
            "an edit may end without text, and the state that knows what it did is nowhere to be found here",
        )


def _codes(subject: Subject) -> Iterator[Found]:
    missing = [
        f"{code} ({meaning})"
        for code, meaning, pattern, endpoint in CODES
        if next(subject.names(endpoint), None) is not None
        and not re.search(pattern, subject.document.text)
    ]
    if missing:
        line = next(subject.names("session", "message", "render", "anonymous-token"))
        yield line, f"nothing is said about {listed(missing)}"


def _again(subject: Subject) -> Iterator[Found]:
    told = set[int]()
    for line, _, sentence in searched(subject.sentences, *_AGAIN):
        unheard = any(pattern.search(sentence.text) for pattern in _WHEN)
        if unheard and line not in told and not _BEFORE.search(sentence.text):
            told.add(line)
            what = "work that goes on is then done, and paid for, twice"
            yield line, f"{quoted(sentence.text)}: {what}"


def _render_without_state(subject: Subject) -> Iterator[Found]:
    line = next(subject.names("render"), None)
    if line is not None and next(subject.names("state"), None) is None:
        yield (
            line,
            "an export needs the draft, and the state that has it is nowhere to be found here",
        )


RULES = (
    Rule("silence-unhandled", "warning", "Say what to do when an edit ends without text: ask for the state, and tell the user what changed.",
         f"{VENDOR}; topmediai-ai-music-generator; best-ai-music-generator; ai-music-generator-free-ab-old: SSE event handling", _silence),
    Rule("codes-unhandled", "warning", "Say what to do about 1001, 1002, 2001, 402 and 429.",
         f"{ALL}: error codes", _codes),
    Rule("resend-advised", "warning", "Never tell an agent to send a message again because nothing was heard: look at the state.",
         f"{VENDOR}: never re-send, it duplicates and charges twice", _again),
    Rule("draft-unexplained", "warning", "Say where the draft of an export comes from: the state.",
         f"{REFERENCE}: draft from the state; {VENDOR}: export", _render_without_state),
)  # fmt: skip
