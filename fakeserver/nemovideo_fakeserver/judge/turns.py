"""Messages and what became of them: `Turn` for an accepted one, `Stream` for the reading of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge.asks import Ask, Place

SERVER_BROKE = frozenset({"reset", "truncated", "half_closed", "stall", "capped"})
"""Ways in which a stream ends that are none of the reader's doing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What one reader got; `ended` and what goes with it are None while it is open.

    `events` are the kinds of the frames, with the numbers of their facts; `whole` says that none of
    them is missing from the facts; `last_at` is when the last came.
    """

    events: tuple[tuple[int, str], ...]
    last_at: float | None
    ended: int | None
    ended_at: float
    how: str | None
    whole: bool

    def told(self, *events: str) -> bool:
        """Say whether a frame of one of these kinds came."""
        return any(event in events for _, event in self.events)

    def began_before(self, number: int) -> bool:
        """Say whether a frame came, or the end, before the fact with this number."""
        first = self.events[0][0] if self.events else self.ended
        return first is not None and first < number

    def failed_before(self, number: int) -> bool:
        """Say whether the stream had told of an error before the fact with this number."""
        return any(event == "error" and at < number for at, event in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An accepted message; times are virtual seconds since the epoch, `price` is in credits.

    `drafts` is when it changed the draft, in order.
    """

    number: int
    id: str
    account: str | None
    session: str
    work: str
    price: int
    message: str
    at: float
    ends_at: float
    ask: Ask | None
    stream: Stream | None
    drafts: Sequence[float]

    @property
    def place(self) -> Place:
        """The account and the session it is in."""
        return self.account, self.session

    @property
    def works(self) -> bool:
        """Whether it does more than talk: to ask again what changes nothing is harmless."""
        return self.work != "text"

    @property
    def denied(self) -> bool:
        """Whether a fault told the client that the message was refused, though it was taken."""
        answer = self.ask.answer if self.ask else None
        return answer is not None and answer.faults and answer.refuses

    def running(self, message: Message) -> bool:
        """Say whether this turn was still at work when a later message was sent, and the client knew."""
        told = self.stream is not None and self.stream.failed_before(message.number)
        return message.at < self.ends_at and not told and not self.denied

    @property
    def broke_off(self) -> int | None:
        """The number of the fact by which the stream ended before the work did; None where none did."""
        stream = self.stream
        if stream is None or stream.how in (None, "end"):
            return None
        late = stream.how == "left" and stream.ended_at >= self.ends_at
        return None if late else stream.ended

    def lost_before(self, number: int) -> int | None:
        """Return the fact by which the client had lost sight of the work before the fact `number`.

        That is the end of a stream that broke, or a reply that came to nothing and no frame after it. A
        client that was told of a refusal has nothing to lose sight of.
        """
        broke, answer = self.broke_off, self.ask.answer if self.ask else None
        if broke is not None and broke < number:
            return broke
        heard = self.stream is not None and self.stream.began_before(number)
        failed = answer is not None and (answer.faults or (answer.status or 500) >= 500)
        if answer is None or heard or not failed or self.denied or answer.number >= number:
            return None
        return answer.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that was sent: accepted, then it has a `turn`, or refused for want of credits."""

    number: int
    at: float
    ask: Ask
    text: str
    turn: Turn | None

    @property
    def works(self) -> bool:
        """Whether it asks for work that is paid for; a refused one does, or it had been accepted."""
        return self.turn is None or self.turn.works

    @property
    def cost(self) -> int:
        """The credits that were frozen for it; none for a refused one."""
        return self.turn.price if self.turn else 0

    def repeats(self, text: str) -> bool:
        """Say whether it says the same."""
        return bool(self.text) and same(self.text) == same(text)


def same(text: str) -> str:
    """Return what two messages have in common that say the same."""
    return " ".join(text.split()).casefold()


def read_streams(frames: Iterable[Fact], ends: Iterable[Fact]) -> dict[int, Stream]:
    """Return the streams by the number of the request they answer."""
    told: dict[int, list[Fact]] = defaultdict(list)
    for frame in frames:
        told[frame.what["request"]].append(frame)
    ended = {fact.what["request"]: fact for fact in ends}
    return {
        request: _stream(told.get(request, []), ended.get(request))
        for request in told.keys() | ended.keys()
    }


def _stream(frames: list[Fact], end: Fact | None) -> Stream:
    return Stream(
        events=tuple((frame.number, str(frame.what.get("event"))) for frame in frames),
        last_at=frames[-1].at if frames else None,
        ended=end.number if end else None,
        ended_at=end.at if end else float("inf"),
        how=str(end.what.get("how")) if end else None,
        whole=end is not None and end.what.get("frames", len(frames)) == len(frames),
    )


def read_turn(
    fact: Fact, ask: Ask | None, stream: Stream | None, drafts: Mapping[str, Sequence[float]]
) -> Turn:
    """Read a fact `turn.accepted`, given the request it answers."""
    what = fact.what
    return Turn(
        number=fact.number,
        id=str(what["turn"]),
        account=what.get("account"),
        session=str(what["session"]),
        work=str(what.get("work")),
        price=int(what.get("price") or 0),
        message=str(what.get("message") or ""),
        at=fact.at,
        ends_at=float(what["ends_at"]),
        ask=ask,
        stream=stream,
        drafts=drafts.get(str(what["turn"]), ()),
    )
