"""A brain before another brain, which meddles with the exchanges it was told to, and remembers them all.

meddler = Meddler(fake, fake.clock)
refused = meddler.on("POST /run_sse", instead=reply(429, headers={"Retry-After": "2"}))
broken = meddler.on("POST /run_sse", after=cut("reset", 3), nth=2)
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Brain,
    Delayed,
    Head,
    Pending,
    Probe,
    Reply,
    Request,
    Unreadable,
)
from support.meddling.rules import After, Instead, Rule, Seen, alike

MOST = 64 * 2**20
"""Bytes of a body that is read although the brain behind is not asked."""


@dataclass(slots=True)
class _Exchange:
    """A request whose body is on its way; `head` keeps the object alive by which it is found again."""

    head: Head
    seen: Seen
    rule: Rule | None


class Meddler:
    """Stands before `brain`; `clock` says when a request came in, and may be any thread's."""

    def __init__(self, brain: Brain, clock: Clock) -> None:
        self._brain = brain
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[int, _Exchange] = {}
        self.rules: list[Rule] = []
        self.seen: list[Seen] = []

    def on(
        self,
        line: str,
        *,
        instead: Reply | Instead | None = None,
        after: After | None = None,
        nth: int | range = 1,
        always: bool = False,
    ) -> Rule:
        """Meddle with the `nth` request of `METHOD /path` from now on, those of a range, or `always`.

        `{}` or `{name}` in the path stands for any segment. Where several rules fire the first decides.
        """
        if (instead is None) == (after is None):
            raise ValueError(f"{line}: say either instead or after")
        made = (lambda: instead) if isinstance(instead, Reply) else instead
        which = nth if isinstance(nth, range) else range(nth, nth + 1)
        rule = Rule(line=line, instead=made, after=after, nth=which, always=always)
        with self._lock:
            self.rules.append(rule)
        return rule

    def unfired(self) -> list[Rule]:
        """Return the rules that never did anything."""
        return [rule for rule in self.rules if not rule.fired]

    def asked(self, line: str) -> list[Seen]:
        """Return the requests of `METHOD /path` seen so far, in order of arrival."""
        method, path = line.split()
        return [seen for seen in self.seen if seen.method == method and alike(path, seen.path)]

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._brain.spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        exchange = self._note(head)
        if exchange.rule is None or exchange.rule.instead is None:
            answer = self._brain.admit(head)
        elif _has_body(head):
            answer = BodyPlan(limit=MOST, clock=self._clock)
        else:
            return exchange.rule.instead()
        if isinstance(answer, BodyPlan):
            with self._lock:
                self._open[id(head)] = exchange
            return answer
        return _after(exchange.rule, answer)

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        with self._lock:
            exchange = self._open.pop(id(request.head))
        exchange.seen.body = request.body
        if exchange.rule is not None and exchange.rule.instead is not None:
            return exchange.rule.instead()
        return _after(exchange.rule, self._brain.dispatch(request))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into a spooled file."""
        return self._brain.inspect(path)

    def _note(self, head: Head) -> _Exchange:
        seen = Seen(
            method=head.method,
            path=_without_world(head.path),
            query=head.query,
            headers=head.headers,
            at=self._clock.now(),
        )
        with self._lock:
            self.seen.append(seen)
            firing = [rule for rule in self.rules if rule.fires(seen)]
            for rule in firing[:1]:
                rule.fired += 1
        return _Exchange(head, seen, firing[0] if firing else None)


def _after(rule: Rule | None, reply: Reply) -> Reply:
    """Return what `rule` makes of `reply`, once no work is left to wait for."""
    if rule is None or rule.after is None:
        return reply
    if isinstance(reply.body, Pending):
        resume = reply.body.resume
        return replace(reply, body=replace(reply.body, resume=lambda: _after(rule, resume())))
    if isinstance(reply.body, Delayed):
        return replace(reply, body=replace(reply.body, reply=_after(rule, reply.body.reply)))
    return rule.after(reply)


def _has_body(head: Head) -> bool:
    return head.header("content-length") not in (None, "0") or bool(
        head.header("transfer-encoding")
    )


def _without_world(path: str) -> str:
    if not path.startswith("/~"):
        return path
    return "/" + path[2:].partition("/")[2]
