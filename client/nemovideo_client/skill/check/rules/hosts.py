"""Hosts: where the API is, and how one talks to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.marks import shown
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.asked import APIS, Asked, asked
from nemovideo_client.skill.check.rules.sources import ALL, CURL, VENDOR
from nemovideo_client.skill.check.subject import Subject

_LOCAL = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|$)")
_PLAIN = re.compile(r"(http://)([\w.-]{1,250})")
_ALONE = re.compile(r"https?://([\w.-]{1,250}\.nemovideo\.(?:ai|com))")
_HOST = re.compile(r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def _written(subject: Subject) -> Iterator[Asked]:
    """Give the hosts that stand alone, as a base URL does."""
    for number, line in enumerate(subject.document.lines, 1):
        for found in _ALONE.finditer(line):
            if not subject.sentences.deny(number, found[0]):
                yield Asked(number, "", found[1], "", exactly=False)


def _hosts(subject: Subject) -> Iterator[Asked]:
    """Give what is asked of each host, once; the line is where the host is written first."""
    first = dict[str, int]()
    for number, line in enumerate(subject.document.lines, 1):
        for host in _HOST.findall(line):
            first.setdefault(host.lower(), number)
    told = set[str]()
    for one in (*asked(subject), *_written(subject)):
        host = one.host.lower()
        if host and host not in told:
            told.add(host)
            yield replace(one, line=first.get(host, one.line), host=host)


def _wrong_host(subject: Subject) -> Iterator[Found]:
    for one in _hosts(subject):
        if one.host == api.HOST or one.host in api.OLD_HOSTS or _LOCAL.match(one.host):
            continue
        apis = api.is_nemo(one.host) and (APIS.match(one.host) or one.path.startswith("/api/"))
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
            warned = subject.sentences.deny(number, scheme + host)
            if api.is_nemo(host) and APIS.match(host) and host not in told and not warned:
                told.add(host)
                yield (
                    number,
                    f"{quoted(scheme + host)} sends the token where others can read it; write https",
                )
    for call in subject.calls:
        if call.request.insecure and call.to_nemo:
            yield call.line, "`-k` sends the token to whoever says that they are NemoVideo"


RULES = (
    Rule("wrong-host", "error", "Send requests to the documented host.",
         f"{ALL}: endpoints", _wrong_host),
    Rule("old-host", "hint", "Prefer the host of today to those of early versions.",
         f"{VENDOR}: base URL; 98c825c (vendor skill 1.5) prints the development host", _old_host),
    Rule("unprotected-connection", "error", "Send the token over https, to a host that proves who it is.",
         f"{ALL}: endpoints (https); {CURL}: --insecure", _unprotected),
)  # fmt: skip
