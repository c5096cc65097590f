"""Tokens: where they belong, and where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from nemovideo_client.skill.check.marks import shown
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, VENDOR
from nemovideo_client.skill.check.searching import in_lines
from nemovideo_client.skill.check.sentences import searched
from nemovideo_client.skill.check.subject import Call, Subject
from nemovideo_client.skill.meanings import meaning

_PARAMETER = r"[?&](?:nemo_|access_|auth_|api_)?(?:token|key|bearer|jwt)="
_VALUE = r"(?:\$\{?\w+\}?|<[^<>]{1,40}>|\{[^{}]{1,40}\}|[\w.-]+)"
_IN_API = re.compile(rf"/(?:api|run_sse)(?:/[^\s\"'`|)]{{0,300}})?{_PARAMETER}({_VALUE})")
_IN_LINK = re.compile(
    rf"/(?:workspace|register|claim)[^\s\"'`|)]{{0,300}}?[?&](?:(?:nemo_)?token|bind)=({_VALUE})"
)
_PRINTED = re.compile(r"nmv_usr_(?![\w-]{0,80}x{4})[A-Za-z0-9_-]{30,}")


def _is_token(value: str) -> bool:
    return value.startswith("nmv_usr_") or meaning(value) == "token"


def _is_value(part: str) -> bool:
    return part.startswith(("$", "<", "{", "nmv_usr_"))


def _in_url(subject: Subject) -> Iterator[Found]:
    for block in subject.document.blocks:
        for number, found in in_lines(_IN_API, block.text.split("\n")):
            yield from _told(block.line + number - 1, found)
    told = {
        number
        for block in subject.document.blocks
        for number in range(block.line, block.line + block.text.count("\n") + 1)
    }
    for call in subject.calls:
        # What -G moves into the query can be seen in the request alone.
        if call.to_nemo and (call.line not in told or call.request.query):
            seen = _IN_API.search(shown(unquote(call.request.target)))
            yield from _told(call.line, seen) if seen else ()
        path = shown(call.place.path)
        if call.to_nemo and any(_is_token(part) for part in path.split("/") if _is_value(part)):
            yield call.line, f"{quoted(path)} has the token in its path"


def _told(line: int, found: re.Match[str]) -> Iterator[Found]:
    if meaning(found[1]) != "claim_token":
        yield line, f"{quoted(found[0])} has the token in a URL"


def _in_prose(subject: Subject) -> Iterator[Found]:
    commanded = {call.line for call in subject.calls}
    for line, found, _ in searched(subject.sentences, _IN_API):
        if line not in commanded:
            yield from _told(line, found)


def _in_link(subject: Subject) -> Iterator[Found]:
    for number, found in in_lines(_IN_LINK, subject.document.lines):
        if _is_token(found[1]) and not subject.sentences.deny(number, found[0]):
            yield (
                number,
                f"the link {quoted(found[0])} gives the token away; a claim token (`?ct=`) opens the project and no API",
            )


def _bearer_missing(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        if call.endpoint is None or call.open or call.is_at("anonymous-token"):
            continue
        if call.request.header("X-API-Key") is not None:  # deprecated, and documented (51880699555)
            continue
        value = call.request.header("Authorization")
        if value is None:
            yield call.line, f"{call.endpoint.line} is asked without `Authorization: Bearer`"
        elif _is_token(shown(value)) or not shown(value).startswith(("Bearer ", "$", "<", "{")):
            yield call.line, f"{quoted(shown(f'Authorization: {value}'))} lacks the word Bearer"


def _claim_as_bearer(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        value = shown(call.request.header("Authorization") or "").removeprefix("Bearer ")
        if value.startswith("clm_") or meaning(value) == "claim_token":
            yield call.line, f"{quoted(value)} is a claim token, which opens no API"


def _printed(subject: Subject) -> Iterator[Found]:
    for number, found in in_lines(_PRINTED, subject.document.lines):
        yield (
            number,
            f"a whole token is printed here ({found[0][:12]}…): whoever reads it can spend it",
        )


def _sent_elsewhere(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        if not call.to_nemo and _carries_token(call):
            yield (
                call.line,
                f"the token is sent to {quoted(call.place.host)}, which is not NemoVideo's",
            )


def _carries_token(call: Call) -> bool:
    value = shown(call.request.header("Authorization") or "").removeprefix("Bearer ")
    local = call.place.host.partition(":")[0] in ("127.0.0.1", "localhost", "[")
    return (
        "." in call.place.host
        and not local
        and ("NEMO" in value.upper() or value.startswith("nmv_usr_"))
    )


RULES = (
    Rule("token-in-url", "error", "Keep the token out of paths and queries of requests: URLs end up in logs.",
         f"{ALL}: all requests must include it, as a header", _in_url),
    Rule("token-in-url-in-prose", "warning", "Speak of no request with the token in its path or query.",
         f"{ALL}: all requests must include it, as a header", _in_prose),
    Rule("link-with-token", "warning", "Give links to the project or to registration without the token; a claim token is made for that.",
         f"{VENDOR}: claim link (older documents print ?token=)", _in_link),
    Rule("bearer-missing", "error", "Send `Authorization: Bearer <NEMO_TOKEN>` with every request but the one for an anonymous token.",
         f"{ALL}: all requests must include it", _bearer_missing),
    Rule("claim-token-as-bearer", "error", "Use a claim token in the claim link alone: it opens no API.",
         f"{VENDOR}: claim token", _claim_as_bearer),
    Rule("token-printed", "error", "Print no real token; write a variable in its place.",
         f"{ALL}: never show tokens; 61891902917: what one looks like", _printed),
    Rule("token-sent-elsewhere", "error", "Send the token to NemoVideo and to nobody else.",
         f"{ALL}: endpoints", _sent_elsewhere),
)  # fmt: skip
