"""What becomes of a scripted message: the machine's own reading of a turn in a scenario.

A turn passes its steps and its heartbeats in order of time, each with the moments that come with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from support.machine.striking import SIDES, Reaching, Words

TROUBLE = "error"
TRACKS = {"video": 0, "audio": 1, "text": 7}
_TOLD = {
    "typed": ("text", "tool_call", "tool_result", TROUBLE),
    "adk": ("text", "tool_call", "tool_result", TROUBLE),
    "flat": ("text", TROUBLE),
}

Shape = list[tuple[int, list[tuple[str, int, int]]]]
"""What a draft looks like from afar: the type of each track, and of each segment its id, start and length."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Something that happens in a turn, at `at`: the name of its step, what that holds, its moments."""

    at: float
    name: str
    what: Any = None
    places: tuple[str, ...] = ()


@dataclass(slots=True)
class Turn:
    """A turn that was accepted."""

    id: str
    number: int
    account: str
    session: str
    message: str
    work: str
    price: int
    accepted_at: float
    starts_at: float
    ends_at: float
    failed: bool
    passage: list[Passing]
    settled: bool = False
    drafted: int = 0

    @property
    def order(self) -> tuple[float, str, int]:
        """Which of several turns goes first at one instant."""
        return self.accepted_at, self.session, self.number

    @property
    def who(self) -> Words:
        """By what faults know it."""
        return {"account": self.account, "session": self.session, "message": self.message}


def work(words: Words) -> str:
    """Return what kind of work a turn is."""
    said = words.get("work")
    if said is not None:
        return str(said)
    steps = words["steps"]
    kinds = (("media", "generate"), ("draft", "edit"))
    return next((kind for key, kind in kinds if any(key in step for step in steps)), "text")


def lasts(words: Words) -> float:
    """Return how long a turn works: to its end, or its last step or silence."""
    longest = 0.0
    for step in words["steps"]:
        if _ending(step) in ("ok", TROUBLE):
            return float(step["at"])
        longest = max(longest, step["at"] + step.get("silence", 0))
    return longest


def fails(words: Words) -> bool:
    """Say whether a turn fails by itself."""
    return _ending(words["steps"][-1]) == TROUBLE


def _ending(step: Words) -> str | None:
    end = step.get("end")
    return next(iter(end)) if isinstance(end, dict) else end


def passage(
    words: Words, *, accepted_at: float, starts_at: float, interval: float, dialect: str
) -> list[Passing]:
    """Return all that a turn passes, in order of time."""
    ends_at = starts_at + lasts(words)
    acts = [
        Passing(starts_at + step["at"], name, step[key])
        for step in words["steps"]
        for key in step
        if (name := _named(key, step))
    ]
    signs = [starts_at + step["at"] for step in words["steps"] if "heartbeat" in step]
    signs += [
        at for at in _beats(accepted_at, ends_at, interval) if not _hushed(words, starts_at, at)
    ]
    beats = [Passing(at, "heartbeat", n) for n, at in enumerate(sorted(signs), 1)]
    passed = sorted([*acts, *beats], key=lambda passing: passing.at)
    return with_moments([*passed, Passing(ends_at, "settled")], work(words), dialect)


def _named(key: str, step: Words) -> str | None:
    if key == "end":
        return {"error": TROUBLE, "cut": "cut"}.get(_ending(step) or "")
    return key if key in ("text", "tool_call", "tool_result", "draft", "media") else None


def _beats(accepted_at: float, ends_at: float, interval: float) -> Iterator[float]:
    number = 1
    while (at := accepted_at + number * interval) < ends_at:
        yield at
        number += 1


def _hushed(words: Words, starts_at: float, at: float) -> bool:
    spans = [(starts_at + s["at"], s["silence"]) for s in words["steps"] if "silence" in s]
    return any(begin <= at < begin + length for begin, length in spans)


def with_moments(passed: list[Passing], kind: str, dialect: str) -> list[Passing]:
    """Return what passes, each with the moments that come with it."""
    names = [passing.name for passing in passed]
    made = _first(names, ("media",))
    made = _first(names, ("tool_result",)) if made is None else made
    staged = kind == "generate" and made is not None
    first = {
        "turn.first_event": _first(names, _TOLD[dialect]),
        "turn.stage_two": _first(names, ("tool_call",), made) if staged else None,
        "turn.draft_applied": _first(names, ("draft",)),
        "turn.settled": len(names) - 1,
    }
    told = []
    for number, passing in enumerate(passed):
        places = [place for place, where in first.items() if where == number]
        if passing.name == "heartbeat":
            places.append(f"turn.heartbeat[{passing.what}]")
        told.append(Passing(passing.at, passing.name, passing.what, tuple(places)))
    return told


def _first(names: list[str], kinds: tuple[str, ...], after: int | None = -1) -> int | None:
    start = -1 if after is None else after
    return next((n for n in range(start + 1, len(names)) if names[n] in kinds), None)


def struck(turn: Turn, reaching: Reaching, dialect: str) -> Turn:
    """Let a turn that is about to be accepted fail, where a fault wants it to."""
    for place, side, at, kept in _ways_to_fail(turn):
        if reaching.failing(place, side, **turn.who) is not None:
            end = [Passing(at, TROUBLE), Passing(at, "settled")]
            turn.passage = with_moments([*turn.passage[:kept], *end], turn.work, dialect)
            turn.starts_at, turn.ends_at = min(turn.starts_at, at), at
            turn.failed = True
            return turn
    return turn


def _ways_to_fail(turn: Turn) -> Iterator[tuple[str, str, float, int]]:
    """Yield each side of each moment, when it comes, and how much has passed by then."""
    for place in ("turn.accepted", "turn.frozen")[: 1 + bool(turn.price)]:
        for side in SIDES:
            yield place, side, turn.accepted_at, 0
    for number, passing in enumerate(turn.passage):
        for kept, side in enumerate(SIDES, number):
            for place in passing.places:
                yield place, side, passing.at, kept


@dataclass(slots=True)
class Draft:
    """A draft as a fold over the operations that have happened."""

    tracks: list[tuple[int, list[tuple[str, int, int]]]] = field(default_factory=list)
    title: str | None = None
    touched: bool = False

    def take(self, operations: list[Words]) -> None:
        """Let a step's operations happen."""
        for operation in operations:
            self.touched = True
            ((name, what),) = operation.items()
            if name == "put":
                self._put(what)
            elif name == "remove":
                kept = [(tt, [one for one in sg if one[0] != what]) for tt, sg in self.tracks]
                self.tracks = [(tt, sg) for tt, sg in kept if sg]
            else:
                self.title = what["title"]

    def _put(self, what: Words) -> None:
        tt, segment = TRACKS[what["track"]], (what["id"], what.get("s", 0), what["d"])
        for known, segments in self.tracks:
            if known == tt:
                segments.append(segment)
                return
        self.tracks.append((tt, [segment]))

    def shape(self) -> Shape:
        """Return what it looks like."""
        return self.tracks


def shape(draft: Words) -> Shape:
    """Return what a draft of the fake's looks like."""
    return [
        (track["tt"], [(one["id"], one["s"], one["d"]) for one in track["sg"]])
        for track in draft.get("t", [])
    ]
