"""Plays a flow without network, files or clock: it asks, and a script or a service answers.

A step is one line: `GET /path` and `POST /path` for a whole exchange, `open POST /path` for a stream,
`sleep 30`, `save film.mp4`, `write a.srt`. What is not worth a line happens by itself: `Now` is told from a
clock that `Sleep` and streams move, `Read` gives the next piece of the open stream, `Alone` plays its flow,
`Close` closes, `Identify` asks its source, `Check` finds every place good, and what is shown is collected.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from nemovideo_client.errors import APIConnectionError
from nemovideo_client.wire.messages import Answer, Request
from nemovideo_client.wire.steps import (
    Alone,
    Check,
    Close,
    Flow,
    Identify,
    Now,
    Open,
    Read,
    Save,
    Send,
    Show,
    Sleep,
    Step,
    Write,
)

T = TypeVar("T")

MIDNIGHT = 1_700_000_000.0
"""What the clock shows when a play begins."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """An answer whose body comes in pieces: bytes, seconds that pass, and a failure to end it early."""

    head: Answer
    pieces: tuple[bytes | float | Exception, ...] = ()


Answered: TypeAlias = Answer | Streamed | Exception | int | None
"""What a step is answered with; an exception is thrown into the flow. A film saved: its size."""

Pair: TypeAlias = tuple[str, Answered]
"""A line, and what it is answered with."""

Partner: TypeAlias = Callable[[str, Step], Answered]
"""Answers one step, which is given as a line and as it is."""


def line(step: Step) -> str:
    """Return a step on one line."""
    match step:
        case Send(request):
            return f"{request.method} {request.url}"
        case Open(request):
            return f"open {request.method} {request.url}"
        case Sleep(seconds):
            return f"sleep {seconds:g}"
        case Save(path) | Write(path):
            return f"{type(step).__name__.lower()} {path.name}"
    return type(step).__name__.lower()


class Script:
    """Expects exactly these lines in this order; each is answered as the script says."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._pairs = list(pairs)
        self._done = 0

    def __call__(self, asked: str, _: Step) -> Answered:
        """Give the next answer, if this is what the script expects next."""
        expected, answered = (*self._pairs, (THE_END, None))[self._done]
        if asked != expected:
            raise AssertionError(self._difference(asked, expected))
        self._done += 1
        return answered

    def finish(self) -> None:
        """Complain about lines that were never asked for."""
        if self._done < len(self._pairs):
            raise AssertionError(self._difference(THE_END, self._pairs[self._done][0]))

    def _difference(self, asked: str, expected: str) -> str:
        done = [f"    {number}. {said}" for number, (said, _) in enumerate(self._pairs, 1)]
        return "\n".join(
            [
                "the flow and its script part:",
                *done[: self._done],
                f"    {self._done + 1}. expected: {expected}",
                f"    {' ' * len(str(self._done + 1))}     asked: {asked}",
            ]
        )


THE_END = "(the end)"


class Service:
    """Answers each line from a table: always the same, or one after the other until the last, which stays.

    Sleeping needs no entry, and saving saves 1024 bytes.
    """

    def __init__(self, table: Mapping[str, Answered | list[Answered]]) -> None:
        self._table: dict[str, list[Answered]] = {
            said: [*answers] if isinstance(answers, list) else [answers]
            for said, answers in table.items()
        }

    def __call__(self, asked: str, step: Step) -> Answered:
        """Give the answer in the table."""
        if isinstance(step, Sleep | Write):
            return None
        if isinstance(step, Save):
            return 1024
        if asked not in self._table:
            raise AssertionError(f"the service knows no {asked!r}, only {sorted(self._table)}")
        answers = self._table[asked]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@dataclass
class Played(Generic[T]):
    """What came of a play: what was asked, as steps and as lines, what was shown, and how it ended."""

    steps: list[Step] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)
    now: float = MIDNIGHT
    failure: Exception | None = None
    results: list[T] = field(default_factory=list)

    @property
    def result(self) -> T:
        """What the flow returned; raises what it raised."""
        if self.failure is not None:
            raise self.failure
        return self.results[0]

    @property
    def error(self) -> Exception:
        """What the flow raised."""
        assert self.failure is not None, f"nothing was raised, it returned {self.results[0]!r}"
        return self.failure

    @property
    def lines(self) -> list[str]:
        """What was asked, a line each, without what happens by itself."""
        itself = Now | Read | Close | Alone | Show | Identify | Check
        return [line(step) for step in self.steps if not isinstance(step, itself)]

    @property
    def requests(self) -> list[Request]:
        """The requests that were asked for."""
        return [step.request for step in self.steps if isinstance(step, Send | Open)]

    @property
    def slept(self) -> list[float]:
        """The seconds of each sleep."""
        return [step.seconds for step in self.steps if isinstance(step, Sleep)]

    def count(self, said: str) -> int:
        """Return how often a line was asked."""
        return self.lines.count(said)

    def bodies(self, said: str) -> list[Any]:
        """Return the JSON bodies sent with a line."""
        return [
            step.request.json
            for step in self.steps
            if isinstance(step, Send | Open) and line(step) == said
        ]


def play(flow: Flow[T], partner: Partner | Sequence[Pair], now: float = MIDNIGHT) -> Played[T]:
    """Play a flow to its end, against a script (a list of pairs) or any other partner."""
    script = Script(partner) if isinstance(partner, Sequence) else None
    played = Played[T](now=now)
    try:
        played.results.append(_Play(script or partner, played).run(flow))  # type: ignore[arg-type] # a Partner where it is no Sequence
    except AssertionError:
        raise
    except Exception as failure:
        played.failure = failure
    if script is not None:
        script.finish()
    return played


class _Play:
    """A flow under way: its partner, the clock, and the stream that is open."""

    def __init__(self, partner: Partner, played: Played[Any]) -> None:
        self._partner = partner
        self._played = played
        self._pieces: Iterator[bytes | float | Exception] = iter(())

    def run(self, flow: Generator[Step, Any, T]) -> T:
        answer: Any = None
        failure: Exception | None = None
        while True:
            try:
                step = flow.send(answer) if failure is None else flow.throw(failure)
            except StopIteration as end:
                result: T = end.value
                return result
            self._played.steps.append(step)
            answer = failure = None
            try:
                answer = self._perform(step)
            except AssertionError:
                raise
            except Exception as problem:
                failure = problem

    def _perform(self, step: Step) -> Any:
        answer: Any = None
        match step:
            case Now():
                answer = self._played.now
            case Show(thing):
                self._played.shown.append(thing)
            case Read():
                answer = self._read()
            case Close():
                self._pieces = iter(())
            case Alone(flow):
                answer = self.run(flow)
            case Identify(source):
                answer = source()
            case Check():
                pass  # every place is a good one
            case _:
                answer = self._ask(step)
        return answer

    def _ask(self, step: Step) -> Any:
        if isinstance(step, Sleep):
            self._played.now += step.seconds
        answered = self._partner(line(step), step)
        if isinstance(answered, Exception):
            raise answered
        if isinstance(step, Open):
            assert isinstance(answered, Answer | Streamed), f"{line(step)} needs an answer"
            opened = answered if isinstance(answered, Streamed) else _whole(answered)
            self._pieces = iter(opened.pieces)
            return opened.head
        return answered

    def _read(self) -> bytes | None:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, bytes):
                return piece
            self._played.now += piece
        return None


def _whole(answer: Answer) -> Streamed:
    return Streamed(answer, (answer.body,))


def broken(*, sent: bool = True) -> APIConnectionError:
    """Return a connection that breaks; `sent` says whether the request may have left."""
    return APIConnectionError("The connection to NemoVideo broke", sent=sent)
