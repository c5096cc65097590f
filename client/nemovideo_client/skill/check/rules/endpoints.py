"""Endpoints, their methods, and the hosts they are at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.identifiers import ANYWHERE
from nemovideo_client.skill.check.marks import MARK, shown
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.wording import ALL, CURL, VENDOR, listed, quoted
from nemovideo_client.skill.check.subject import Subject

_SCREEN = re.compile(r"/(?:workspace|register|claim)\b")
_LOCAL = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|$)")
_DAMAGED = re.compile(rf"{ANYWHERE.pattern}|[\u4e00-\u9fff]")
_PLAIN = re.compile(r"(http://)([\w.-]+)")
_APIS = re.compile(r"^(?:mega-|api)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A method and a path, from a command or a sentence; no method: the sentence names none."""

    line: int
    method: str
    host: str
    path: str
    exactly: bool


def _asked(subject: Subject) -> Iterator[_Asked]:
    commanded = {call.line for call in subject.calls}
    for call in subject.calls:
        host = "" if call.place.open else call.place.host
        yield _Asked(call.line, call.request.method, host, call.place.path, exactly=True)
    for one in subject.mentions:
        if one.line not in commanded:
            for method in one.methods or ("",):
                yield _Asked(one.line, method, one.host, one.path, exactly=False)


def _judged(subject: Subject) -> Iterator[_Asked]:
    """Give what is to be judged by its path: not web pages, files elsewhere, or what nobody can read."""
    for one in _asked(subject):
        literal = re.sub(r"[/*]", "", "/".join(api.segments(one.path)))
        elsewhere = one.host and not (api.is_nemo(one.host) and _APIS.match(one.host))
        if (
            literal
            and not elsewhere
            and not _SCREEN.match(one.path)
            and not _DAMAGED.search(one.path)
        ):
            yield one


def _unknown(subject: Subject) -> Iterator[Found]:
    for one in _judged(subject):
        if api.at(one.path) or (not one.exactly and api.begins(one.path)):
            continue
        like = api.nearest(one.method, one.path)
        named = shown(f"{one.method} {one.path}".strip())
        yield one.line, f"{quoted(named)} is in no document; the nearest that is: {like.line}"


def _wrong_method(subject: Subject) -> Iterator[Found]:
    for one in _judged(subject):
        there = api.at(one.path)
        if there and one.method and not any(like.method == one.method for like in there):
            right = listed(api.methods(there))
            # A table's row may name the GET of the polls beside the POST of the order.
            if one.exactly or not api.begins(one.path) or one.method not in ("GET", "POST"):
                yield one.line, f"{quoted(shown(f'{one.method} {one.path}'))}: it takes {right}"


def _old(subject: Subject) -> Iterator[Found]:
    for one in _judged(subject):
        found = api.find(one.method, one.path) if one.method else next(iter(api.at(one.path)), None)
        if found is not None and found.old:
            yield (
                one.line,
                f"{found.line} is what the first version of the vendor's skill printed; now it is /api/render/proxy/lambda",
            )


def _nothing(subject: Subject) -> Iterator[Found]:
    if not any(api.at(one.path) for one in _asked(subject)):
        yield 1, "no documented endpoint is named here, so that there is little to check"


def _hosts(subject: Subject) -> Iterator[_Asked]:
    """Give what is asked of each host, once; the line is where the host is written first."""
    told = set[str]()
    for one in _asked(subject):
        host = one.host.lower()
        if host and host not in told:
            told.add(host)
            lines = subject.document.lines
            line = next((n for n, text in enumerate(lines, 1) if one.host in text), one.line)
            yield replace(one, line=line, host=host)


def _wrong_host(subject: Subject) -> Iterator[Found]:
    for one in _hosts(subject):
        if one.host == api.HOST or one.host in api.OLD_HOSTS or _LOCAL.match(one.host):
            continue
        apis = api.is_nemo(one.host) and (_APIS.match(one.host) or one.path.startswith("/api/"))
        if apis or api.at(one.path):
            yield (
                one.line,
                f"{quoted(shown(one.host))} is not where the API is; that is https://{api.HOST}",
            )


def _old_host(subject: Subject) -> Iterator[Found]:
    for one in _hosts(subject):
        if one.host in api.OLD_HOSTS:
            yield (
                one.line,
                f"{quoted(one.host)} is from early versions of the vendor's skill; now it is {api.HOST}",
            )


def _unprotected(subject: Subject) -> Iterator[Found]:
    told = set[str]()
    for number, line in enumerate(subject.document.lines, 1):
        for scheme, host in _PLAIN.findall(line):
            if api.is_nemo(host) and _APIS.match(host) and host not in told:
                told.add(host)
                yield (
                    number,
                    f"{quoted(scheme + host)} sends the token where others can read it; write https",
                )
    for call in subject.calls:
        if call.request.insecure and call.to_nemo:
            yield call.line, "`-k` sends the token to whoever says that they are NemoVideo"


def _unreadable_url(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        url = call.request.url
        if not url:
            yield call.line, "curl is given no URL"
        elif (
            not call.place.scheme
            and not call.place.open
            and not MARK.match(url)
            and url.startswith("/")
        ):
            yield call.line, f"{quoted(shown(url))} has no host"


RULES = (
    Rule("unknown-endpoint", "error", "Name the documented endpoints; some pages print paths that do not exist.",
         f"{ALL}: endpoints; 53421812729, 51779039715 and 53644533678 print others", _unknown),
    Rule("wrong-method", "error", "Ask an endpoint with its documented method.",
         f"{ALL}: endpoints", _wrong_method),
    Rule("old-endpoint", "hint", "Prefer the render paths of today to those of the first version.",
         "27ce8fe README (51880699555); 762a39f: renders move to lambda", _old),
    Rule("nothing-to-check", "warning", "Say which endpoints an agent calls.",
         f"{ALL}: endpoints", _nothing),
    Rule("wrong-host", "error", "Send requests to the documented host.",
         f"{ALL}: endpoints", _wrong_host),
    Rule("old-host", "hint", "Prefer the host of today to those of early versions.",
         f"{VENDOR}: base URL; 98c825c (vendor skill 1.5) prints the development host", _old_host),
    Rule("unprotected-connection", "error", "Send the token over https, to a host that proves who it is.",
         f"{ALL}: endpoints (https); {CURL}: --insecure", _unprotected),
    Rule("no-url", "error", "Give curl a URL with a host.",
         f"{CURL}: URL", _unreadable_url),
)  # fmt: skip
