"""What holds for everything a client ever says to the service, whatever a test is about.

Each law takes the exchanges in order of arrival, and fails with the first that breaks it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from support.together.witness import Exchange

Law: TypeAlias = Callable[[Sequence[Exchange]], None]

ATTRIBUTION = ("x-skill-source", "x-skill-version", "x-skill-platform")
REFUSED = frozenset({1001, 1002, 429})
"""The codes after which a message may go out again: it was not accepted, so it cost nothing."""
REFUSED_BY_STATUS = frozenset({401, 404, 429})
"""The same as statuses: no token, no session (as Google's agent server says it), too often."""
POLL_EVERY = 30.0
ROUNDING = 1e-6
_EXPORT = re.compile("export|导出", re.IGNORECASE)
_POLL = re.compile(r"/api/render/proxy/lambda/[^/]+")
_SUBMIT = "/api/render/proxy/lambda"


def every_request_says_who_asks(said: Sequence[Exchange]) -> None:
    """All four skills: attribution headers go with every request."""
    for exchange in filter(_is_api, said):
        missing = [name for name in ATTRIBUTION if not exchange.head.header(name)]
        assert not missing, f"{exchange.path}: {missing}"


def no_link_gets_the_token(said: Sequence[Exchange]) -> None:
    """What a reply links to is another host: neither the token nor attribution goes there."""
    for exchange in (exchange for exchange in said if not _is_api(exchange)):
        given = [name for name in ("authorization", *ATTRIBUTION) if exchange.head.header(name)]
        assert not given, f"{exchange.path}: {given}"


def no_url_holds_the_token(said: Sequence[Exchange]) -> None:
    """URLs end up in histories and logs. A claim token is made for one, and opens no API."""
    headers = (exchange.head.header("authorization") or "" for exchange in said)
    tokens = {header.removeprefix("Bearer ") for header in headers if "clm_" not in header} - {""}
    for exchange in said:
        url = f"{exchange.path}?{exchange.head.query}"
        assert not any(token in url for token in tokens), exchange.path


def no_message_is_sent_twice(said: Sequence[Exchange]) -> None:
    """All four skills: never send again, it doubles the charge; what was refused cost nothing."""
    sent: set[str] = set()
    for exchange in _messages(said):
        text = _text(exchange)
        assert text not in sent, f"{text!r} went out again at {exchange.at}"
        refused = exchange.code in REFUSED or exchange.status in REFUSED_BY_STATUS
        sent |= set() if refused else {text}


def no_message_asks_to_export(said: Sequence[Exchange]) -> None:
    """Vendor skill 4.4: "export" never goes to the chat."""
    for exchange in _messages(said):
        assert not _EXPORT.search(_text(exchange)), _text(exchange)


def nobody_asks_too_often_for_a_render(said: Sequence[Exchange]) -> None:
    """All four skills: poll every 30 s. Who resumes looks at once, so two looks may follow each other.

    One that got no answer may be repeated sooner.
    """
    looks: dict[str, list[float]] = defaultdict(list)
    for exchange in said:
        if exchange.head.method == "GET" and _POLL.fullmatch(exchange.path) and exchange.answered:
            times = looks[exchange.path]
            times.append(exchange.at)
            since = times[-1] - times[-3] if len(times) > 2 else POLL_EVERY
            assert since >= POLL_EVERY - ROUNDING, f"{exchange.path}: three times in {since:g} s"


def renders_spell_it_session_id_in_camel_case(said: Sequence[Exchange]) -> None:
    """52127510908: snake case everywhere, but `sessionId` in a render."""
    for exchange in _orders(said):
        assert "sessionId" in exchange.json()
        assert "session_id" not in exchange.json()


def no_render_id_is_used_twice(said: Sequence[Exchange]) -> None:
    """52127510908: a new id for each attempt; the same one only where nobody heard of the first.

    Ids are made of the time, so two attempts at one instant begin with the same.
    """
    used: dict[str, float] = {}
    for exchange in _orders(said):
        id_ = exchange.json()["id"]
        assert used.get(id_, exchange.at) == exchange.at, f"{id_} was ordered again"
        used |= {id_: exchange.at} if exchange.answered else {}


LAWS: tuple[Law, ...] = (
    every_request_says_who_asks,
    no_link_gets_the_token,
    no_url_holds_the_token,
    no_message_is_sent_twice,
    no_message_asks_to_export,
    nobody_asks_too_often_for_a_render,
    renders_spell_it_session_id_in_camel_case,
    no_render_id_is_used_twice,
)


def _is_api(exchange: Exchange) -> bool:
    return exchange.path == "/run_sse" or exchange.path.startswith("/api/")


def _messages(said: Sequence[Exchange]) -> Iterable[Exchange]:
    return (e for e in said if e.path == "/run_sse" and e.body)


def _orders(said: Sequence[Exchange]) -> Iterable[Exchange]:
    return (e for e in said if e.head.method == "POST" and e.path == _SUBMIT and e.body)


def _text(exchange: Exchange) -> str:
    text: str = exchange.json()["new_message"]["parts"][0]["text"]
    return text
