"""Client ids: whom a token is for."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.marks import MARK
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, VENDOR
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.meanings import meaning


def _missing(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        if (
            call.is_at("anonymous-token")
            and not call.open
            and not call.request.header("X-Client-Id")
        ):
            yield call.line, "a token is asked for without X-Client-Id: that is refused with 400"
    if "x-client-id" not in subject.document.text.lower():
        commanded = {call.line for call in subject.calls}
        line = next((n for n in subject.names("anonymous-token") if n not in commanded), None)
        if line is not None and not any(call.is_at("anonymous-token") for call in subject.calls):
            yield line, "the X-Client-Id header that a token is asked for with is nowhere spoken of"


def _shared(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        value = call.request.header("X-Client-Id") or ""
        fixed = value and not MARK.search(value) and not any(sign in value for sign in "<{$[")
        if call.is_at("anonymous-token") and fixed and not meaning(value):
            yield (
                call.line,
                f"everybody who follows this shares the client id {quoted(value)}, and one token in 7 days",
            )


RULES = (
    Rule("client-id-missing", "error", "Ask for an anonymous token with the header X-Client-Id.",
         f"{ALL}: error codes, 400; ff57a62", _missing),
    Rule("client-id-shared", "error", "Let each user have a client id of their own, such as a UUID: a client gets one token in 7 days.",
         f"{ALL}: error codes, 429; {VENDOR}", _shared),
)  # fmt: skip
