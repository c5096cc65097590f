"""The moments at which something can go wrong: a closed list, in the order of a session.

Law: what decides, an answer or a break, takes the place of what it stands `before`: that does not happen.
`after` means that it has happened, and whatever it set in motion goes on. What only changes how a reply
travels (delay, malformed, drip) prevents nothing, on either side.

Law: a stream is a view. Faults act on whoever reads it just now, and the work goes on. Only `fail` reaches
the work: it is decided when a message or an order is taken, and comes at its moment, before or after what
happens there. What is made to fail where it begins fails as soon as it exists, on either side.

Besides moments there are routes, written as the request is: `POST /run_sse`, with `{}` for any one
segment of the path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from nemovideo_fakeserver.core.faults.unknown import FaultUnknown, hint, shown

Kind: TypeAlias = Literal["answer", "fail", "delay", "break", "malformed", "drip"]
"""The kinds of action; `answer` is written `status` or `code`."""

Side: TypeAlias = Literal["before", "after"]
SIDES: tuple[Side, Side] = ("before", "after")

NETWORK: tuple[Kind, ...] = ("delay", "break", "malformed", "drip")
REPLY: tuple[Kind, ...] = ("answer", *NETWORK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One moment: what it is, what each side of it means, and the kinds of action it allows.

    An `indexed` moment is written with its number, from 1: `turn.heartbeat[3]`. Once something is
    `over` there, nothing can fail after it. `told` says whether a message of the user belongs to it.
    """

    name: str
    means: str
    before: str
    after: str
    kinds: tuple[Kind, ...]
    indexed: bool = False
    over: bool = False
    told: bool = False

    def allows(self, kind: Kind, side: Side) -> bool:
        """Say whether an action of this kind makes sense on that side."""
        return kind in self.kinds and not (self.over and side == "after" and kind == "fail")

    @property
    def spelling(self) -> str:
        """The name as it is written in a fault."""
        return f"{self.name}[n]" if self.indexed else self.name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault sits: a moment with its index (0 where it takes none), and the route if it is one."""

    moment: Moment
    index: int = 0
    route: str = ""


ROUTE = Moment(
    name="METHOD /path",
    means="a request on a route",
    before="the request is not handled",
    after="the request has been handled, and its reply is ready",
    kinds=REPLY,
)
BODILESS = replace(ROUTE, kinds=("answer", "delay", "break"))
"""A route whose replies have no body that could be spoilt: HEAD."""

MOMENTS: dict[str, Moment] = {
    moment.name: moment
    for moment in (
        Moment(
            name="turn.accepted",
            means="a message is taken, and all that follows from it is fixed",
            before="nothing is planned and nothing frozen",
            after="the work goes on to its end, whatever the request gets",
            kinds=("fail", *REPLY),
            told=True,
        ),
        Moment(
            name="turn.frozen",
            means="the price of a message is frozen (never for one that is free)",
            before="nothing is frozen, and the message is not taken",
            after="the credits are frozen and the work goes on",
            kinds=("fail", *REPLY),
            told=True,
        ),
        Moment(
            name="turn.first_event",
            means="the first event of a stream that is no heartbeat",
            before="the event has not been written",
            after="the event has been written",
            kinds=("fail", *NETWORK),
            told=True,
        ),
        Moment(
            name="turn.heartbeat",
            means="the nth heartbeat of a stream",
            before="the heartbeat has not been written",
            after="the heartbeat has been written",
            kinds=("fail", *NETWORK),
            indexed=True,
            told=True,
        ),
        Moment(
            name="turn.stage_two",
            means="the second stage of a generation begins: music and title, unasked",
            before="the raw video is there, and nothing of the second stage",
            after="the second stage has begun",
            kinds=("fail", *NETWORK),
            told=True,
        ),
        Moment(
            name="turn.draft_applied",
            means="the first change a turn makes to the draft",
            before="the stream has not come to it, and work that fails leaves the draft as it was",
            after="the stream has passed it, and work that fails leaves it in the draft",
            kinds=("fail", *NETWORK),
            told=True,
        ),
        Moment(
            name="turn.settled",
            means="the end of the work, when its credits are spent",
            before="all has been told, and work that fails spends nothing",
            after="the credits are spent, and the stream has not ended yet",
            kinds=("fail", "delay", "break"),
            over=True,
            told=True,
        ),
        Moment(
            name="upload.stored",
            means="the files of an upload are kept, and the session knows them",
            before="no file is kept",
            after="the files are in the session",
            kinds=REPLY,
        ),
        Moment(
            name="render.submitted",
            means="a film is ordered",
            before="nothing is ordered, and the id stays free",
            after="the film is being made, and the id is taken",
            kinds=("fail", *REPLY),
        ),
        Moment(
            name="render.completed",
            means="a reply is about to show a render completed for the first time",
            before="the render is not completed yet: the next reply that would show it is the first",
            after="the render is completed, whatever this reply says",
            kinds=("fail", *REPLY),
            over=True,
        ),
        Moment(
            name="download.byte",
            means="the nth byte of a downloaded file",
            before="the bytes in front of it have left",
            after="the byte itself has left, too (the last one of a reply has no after)",
            kinds=("delay", "break", "drip"),
            indexed=True,
        ),
        Moment(
            name="token.issued",
            means="a token is made and counted",
            before="no token is made and none counted",
            after="the token exists and is counted, whether or not the client hears of it",
            kinds=REPLY,
        ),
    )
}

_INDEXED = re.compile(r"([a-z_.]+)\[(0|[1-9][0-9]{0,14})\]")
LINE = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE) (/[^\s\x1c-\x1f?#]*)")
"""A route as a fault names it: METHOD and path, without a query; what a blank is, other languages see otherwise."""

_LOOSE = re.compile(r"\s*([A-Za-z]+)?\s*(/[^\s?#]*)\S*\s*")


def place(at: object) -> Place:
    """Return where `at` is: a moment's or a route's spelling; raises `FaultUnknown`."""
    if not isinstance(at, str):
        raise FaultUnknown(
            "at", f"at is a moment or a route such as POST /run_sse, not {shown(at)}"
        )
    if LINE.fullmatch(at):
        return Place(BODILESS if at.startswith("HEAD ") else ROUTE, route=at)
    numbered = _INDEXED.fullmatch(at)
    name = numbered[1] if numbered else at
    moment = MOMENTS.get(name)
    if moment is None:
        raise _unknown(at, name)
    if moment.indexed != bool(numbered):
        raise FaultUnknown("at", f"{shown(at)} is written {moment.spelling.replace('[n]', '[1]')}")
    index = int(numbered[2]) if numbered else 0
    if moment.indexed and index < 1:
        raise FaultUnknown("at", f"{shown(at)}: the first is {moment.name}[1]")
    return Place(moment, index)


def _unknown(at: str, name: str) -> FaultUnknown:
    loose = _LOOSE.fullmatch(at)
    if loose:
        method = (loose[1] or "").upper()
        method = method if LINE.fullmatch(f"{method} /") else "POST"
        return FaultUnknown(
            "at",
            f"{shown(at)} is no route: a route is METHOD /path without a query;"
            f" did you mean {method} {loose[2]}?",
        )
    legal = [moment.spelling for moment in MOMENTS.values()]
    return FaultUnknown(
        "at",
        f"no moment is called {shown(at)}; {hint(name, legal)}, or a route such as POST /run_sse",
    )
