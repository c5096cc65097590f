"""What to do when something goes wrong: whether the document says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.wording import (
    ALL,
    REFERENCE,
    VENDOR,
    listed,
    quoted,
    searched,
)
from nemovideo_client.skill.check.subject import Subject

_SILENCE = re.compile(
    r"(?is)\bsilen(?:t|ce|tly)\b|\bno\s+(?:text|words?|reply|message)|without\s+(?:\w+\s+){0,2}(?:text|word|reply)|"
    r"\b(?:say|return|end)s?\s+(?:with\s+)?nothing|empty\s+(?:response|reply|answer)|"
    r"没有(?:任何)?(?:文字|文本)|无(?:文字|文本)|静默"
)
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

NEAR = 300
"""Characters of a sentence that are looked at."""

_AGAIN = re.compile(
    r"(?i)(?:re-?send|send (?:it|the (?:same )?(?:message|request|edit)) again|repeat the (?:message|request|edit)|"
    r"retry the (?:message|request|edit)|重新发送|再次发送)"
)
_WHEN = re.compile(
    r"(?i)silen|no text|no response|without (?:a word|text)|time[sd]?[ -]?out|stream (?:breaks|closes|ends)|disconnect|没有文字|超时|断开"
)
_NOT = re.compile(
    r"(?i)\b(?:not?|never|don't|do not|avoid|without|instead of|before)\b|n't|不要|切勿|不|勿"
)


def _silence(subject: Subject) -> Iterator[Found]:
    line = next(subject.names("message"), None)
    if line is not None and not _SILENCE.search(subject.document.text):
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
    for line, found in searched(_AGAIN, subject.document.prose):
        sentence = _sentence(found)
        rest = _WHEN.sub("", sentence.replace(found[0], "", 1))
        if _WHEN.search(sentence) and not _NOT.search(rest):
            what = "work that goes on is then done, and paid for, twice"
            yield line, f"{quoted(sentence.strip())}: {what}"


def _sentence(found: re.Match[str]) -> str:
    """Return the sentence that something stands in, or what is near it."""
    before = re.split(r"[.。|;]", found.string[max(0, found.start() - NEAR) : found.start()])[-1]
    after = re.split(r"[.。|]", found.string[found.start() : found.end() + NEAR])[0]
    return before + after


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
    Rule("render-without-state", "warning", "Say where the draft of an export comes from: the state.",
         f"{REFERENCE}: draft from the state; {VENDOR}: export", _render_without_state),
)  # fmt: skip
