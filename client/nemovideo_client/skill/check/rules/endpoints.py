"""Endpoints, and their methods."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.marks import MARK, shown
from nemovideo_client.skill.check.quoting import listed, quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.asked import asked, judged
from nemovideo_client.skill.check.rules.sources import ALL, CURL
from nemovideo_client.skill.check.subject import Subject


def _unknown(subject: Subject, *, exactly: bool) -> Iterator[Found]:
    for one in judged(subject):
        documented = api.at(one.path) or (not one.exactly and api.begins(one.path))
        if one.exactly == exactly and not documented:
            like = api.nearest(one.method, one.path)
            named = shown(f"{one.method} {one.path}".strip())
            yield one.line, f"{quoted(named)} is in no document; the nearest that is: {like.line}"


def _wrong_method(subject: Subject, *, exactly: bool) -> Iterator[Found]:
    for one in judged(subject):
        there = api.at(one.path)
        wrong = there and one.method and not any(like.method == one.method for like in there)
        # A table's row may name the GET of the polls beside the POST of the order.
        beside = not one.exactly and api.begins(one.path) and one.method in ("GET", "POST")
        if one.exactly == exactly and wrong and not beside:
            right = listed(api.methods(there))
            yield one.line, f"{quoted(shown(f'{one.method} {one.path}'))}: it takes {right}"


def _old(subject: Subject) -> Iterator[Found]:
    for one in judged(subject):
        found = api.find(one.method, one.path) if one.method else next(iter(api.at(one.path)), None)
        if found is not None and found.old:
            yield (
                one.line,
                f"{found.line} is what the first version of the vendor's skill printed; now it is /api/render/proxy/lambda",
            )


def _nothing(subject: Subject) -> Iterator[Found]:
    if not any(api.at(one.path) for one in asked(subject)):
        yield 1, "no documented endpoint is named here, so that there is little to check"


def _unreadable_url(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        url = call.request.url
        if not url and not call.request.refused:  # such as --version
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
         f"{ALL}: endpoints; 53421812729, 51779039715 and 53644533678 print others", partial(_unknown, exactly=True)),
    Rule("unknown-endpoint-in-prose", "warning", "Speak of the documented endpoints, in sentences and tables, too.",
         f"{ALL}: endpoints; 53421812729, 51779039715 and 53644533678 print others", partial(_unknown, exactly=False)),
    Rule("wrong-method", "error", "Ask an endpoint with its documented method.",
         f"{ALL}: endpoints", partial(_wrong_method, exactly=True)),
    Rule("wrong-method-in-prose", "warning", "Name endpoints with their documented methods, in sentences and tables, too.",
         f"{ALL}: endpoints", partial(_wrong_method, exactly=False)),
    Rule("old-endpoint", "hint", "Prefer the render paths of today to those of the first version.",
         "27ce8fe README (51880699555); 762a39f: renders move to lambda", _old),
    Rule("nothing-to-check", "warning", "Say which endpoints an agent calls.",
         f"{ALL}: endpoints", _nothing),
    Rule("no-url", "error", "Give curl a URL with a host.",
         f"{CURL}: URL", _unreadable_url),
)  # fmt: skip
