"""The stream of a message: how it is asked for, and how long one waits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.durations import DURATION, seconds
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, CURL, REFERENCE, VENDOR
from nemovideo_client.skill.check.sentences import searched
from nemovideo_client.skill.check.subject import Subject

SHORTEST = 600
"""Seconds: 52127510908 says 10 minutes, the others 15."""

_SPOKEN = re.compile(rf"(?i)\btime[- ]?out\b[^.\n|]{{0,30}}?{DURATION}")
_STREAM = re.compile(r"(?i)\bSSE\b|run_sse|\bstream|\bchat\b")
_SILENCE = re.compile(r"(?i)no (?:response|text|data|sign|event)|silen|heartbeat|without")


def _buffered(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        if call.is_at("message") and not call.request.unbuffered:
            yield (
                call.line,
                "without `-N` curl may hold the events back, and a user sees nothing for minutes",
            )


def _cut_short(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        limit = call.request.limit
        if call.is_at("message") and limit is not None and limit < SHORTEST:
            yield (
                call.line,
                f"the stream is left after {limit:g} s, while the work goes on and is paid for; allow 900",
            )
    for line, found, sentence in searched(subject.sentences, _SPOKEN):
        around = sentence.around
        if seconds(found) < SHORTEST and _STREAM.search(around) and not _SILENCE.search(around):
            yield line, f"{quoted(found[0])}: a message takes up to 15 minutes"


def _not_accepted(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        accepted = call.request.header("Accept") or ""
        if call.is_at("message") and not call.open and "text/event-stream" not in accepted:
            yield call.line, "a message is sent without `Accept: text/event-stream`"


RULES = (
    Rule("stream-buffered", "hint", "Read the stream with `curl -N`.",
         f"{CURL}: --no-buffer", _buffered),
    Rule("stream-cut-short", "warning", "Let a message take 15 minutes (one document says 10).",
         f"{VENDOR}: 15 minutes; {REFERENCE}: 10 minutes", _cut_short),
    Rule("event-stream-not-accepted", "hint", "Send `Accept: text/event-stream` with a message.",
         f"{ALL}: endpoints, send message", _not_accepted),
)  # fmt: skip
