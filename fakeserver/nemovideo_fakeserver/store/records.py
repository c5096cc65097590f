"""What a world is made of, as values that can be written down: the one format of state files and snapshots.

Law: a record holds what cannot be told from other records. Look-up tables, rate limits, what is due and
how many there are of something follow from the rest (`restoring`). What contains others holds them last;
a state file keeps each by itself (`rows`).
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

from nemovideo_fakeserver.core.outputs import MEDIA_TYPES
from nemovideo_fakeserver.store.times import Instant
from nemovideo_fakeserver.wire.messages import MediaKind
from nemovideo_fakeserver.wire.steps import HowToCut

VERSION = 1
"""Of the format. A file of a later version is refused."""

Json: TypeAlias = dict[str, Any]
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0)]
_SHA256 = re.compile("[0-9a-f]{64}")
WorldName: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{0,64}$")]
Format: TypeAlias = Annotated[str, Meta(pattern=f"^({'|'.join(MEDIA_TYPES)})$")]
Work: TypeAlias = Literal["text", "edit", "generate"]
Credit: TypeAlias = Literal["grant", "freeze", "settle", "release", "spend"]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping with these keys and no others; what has its default is not written."""


class Synthetic(Record, frozen=True, kw_only=True):
    """How the file of an asset is made; measures that are not there are those of the asset."""

    label: str
    seed: Count
    kind: MediaKind | None = None
    seconds: Seconds | None = None
    width: Count | None = None
    height: Count | None = None
    fps: Seconds | None = None
    notes: Json = {}


class Asset(Record, frozen=True, kw_only=True):
    """Media; `hash` names the uploaded file, unless it says how it is `made`."""

    kind: MediaKind
    filename: str
    url: Annotated[str, Meta(pattern="/[^/]+/[^/]+$")]
    seconds: Seconds = 0.0
    width: Count = 0
    height: Count = 0
    fps: Seconds = 0.0
    hash: str
    made: Synthetic | None = None

    def __post_init__(self) -> None:
        if self.made is None and not _SHA256.fullmatch(self.hash):
            raise ValueError("the hash of an uploaded file is its sha256, 64 hexadecimal digits")


class Put(Record, frozen=True, kw_only=True):
    """See `core.draft.Put`."""

    tt: int
    segment: Json
    new_track: bool = False


class Change(Record, frozen=True, kw_only=True):
    """See `core.draft.Change`."""

    id: str
    patch: Json


class Operation(Record, frozen=True, kw_only=True):
    """One change of the draft: exactly one of these."""

    put: Put | None = None
    change: Change | None = None
    remove: str | None = None
    order: tuple[str, ...] | None = None
    describe: Json | None = None

    def __post_init__(self) -> None:
        _one_of(self, "put", "change", "remove", "order", "describe")


class ToolCall(Record, frozen=True, kw_only=True):
    """The agent calls a tool."""

    name: str
    args: Json = {}


class ToolResult(Record, frozen=True, kw_only=True):
    """A tool answers."""

    name: str
    result: Json = {}


class Step(Record, frozen=True, kw_only=True):
    """What happens `at` so many seconds from the start of a turn's work: exactly one of the rest.

    Those of `draft` happen one after the other. A heartbeat may come while the work has not begun.
    """

    at: float
    text: str | None = None
    tool_call: ToolCall | None = None
    tool_result: ToolResult | None = None
    heartbeat: Literal[True] | None = None
    draft: Annotated[tuple[Operation, ...], Meta(min_length=1)] | None = None
    media: Asset | None = None
    trouble: str | None = None
    drop: HowToCut | None = None
    settled: Literal[True] | None = None

    def __post_init__(self) -> None:
        _one_of(self, *(key for key in self.__struct_fields__ if key != "at"))


class Turn(Record, frozen=True, kw_only=True):
    """One message and all that comes of it; the work starts when it is accepted unless `starts_at` says."""

    message: str
    work: Work
    price: Count = 0
    accepted_at: Instant
    starts_at: Instant | None = None
    failed: bool = False
    cue: Count | None = None
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        if not self.steps[-1].settled or any(step.settled for step in self.steps[:-1]):
            raise ValueError("a turn ends with one step that is settled")
        if any(a.at > b.at for a, b in zip(self.steps, self.steps[1:], strict=False)):
            raise ValueError("steps are in order of time")


class Claim(Record, frozen=True, kw_only=True):
    """A claim token."""

    value: str
    expires_at: Instant


class Session(Record, frozen=True, kw_only=True):
    """A session; `draft` is as the turns so far have left it."""

    id: str
    task_id: str
    task_name: str
    language: str = ""
    created_at: Instant
    edit_paid: bool = False
    draft: Json = {}
    uploads: tuple[Asset, ...] = ()
    claims: tuple[Claim, ...] = ()
    turns: tuple[Turn, ...] = ()


class Token(Record, frozen=True, kw_only=True):
    """A bearer token; `address` is where an anonymous one was asked for, `expires_at` null is never."""

    value: str
    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: Instant
    expires_at: Instant | None
    revoked: bool = False
    address: str | None = None


class Entry(Record, frozen=True, kw_only=True):
    """One movement of credits; the balances after it follow from those before."""

    at: Instant
    kind: Credit
    amount: Count
    reference: str


class Order(Record, frozen=True, kw_only=True):
    """What a film is made of; `media` are the URLs of the account's media that it may show."""

    draft: Json
    media: tuple[str, ...] = ()
    width: Count
    height: Count
    fps: Count
    seed: Count
    format: Format = "mp4"
    quality: str = "high"


class Polls(Record, frozen=True, kw_only=True):
    """Which poll first says that a render is processing, and which that it is over."""

    processing: Count
    over: Annotated[int, Meta(ge=1)]


class Render(Record, frozen=True, kw_only=True):
    """A render; without `order` its draft cannot be rendered. Its film is made again when it is needed.

    It takes `lasts` seconds, or `polls`, of which there have been `looks`. `fails` is why it ends badly,
    `shown` whether a reply has shown it completed.
    """

    id: str
    url: Annotated[str, Meta(pattern="/[^/]+/[^/]+$")]
    submitted_at: Instant
    lasts: Annotated[float, Meta(ge=0)]
    session: str | None = None
    polls: Polls | None = None
    fails: str | None = None
    looks: Count = 0
    shown: bool = False
    cancelled_at: Instant | None = None
    order: Order | None = None


class Account(Record, frozen=True, kw_only=True):
    """Whoever pays, and all that is theirs."""

    uid: str
    kind: Literal["anonymous", "registered"] = "anonymous"
    plan: Literal["free", "paid"] = "free"
    client: str | None = None
    tokens: tuple[Token, ...] = ()
    ledger: tuple[Entry, ...] = ()
    sessions: tuple[Session, ...] = ()
    renders: tuple[Render, ...] = ()


class Firing(Record, frozen=True, kw_only=True):
    """One time a fault fired; the request has the number it had in the journal of then."""

    at: Instant
    request: int | None = None


class Fault(Record, frozen=True, kw_only=True):
    """An armed fault, in the words of scenarios; `firings` are the latest of the times it `fired`."""

    id: str
    fault: Json
    armed_at: Instant
    reached: Count = 0
    fired: Count = 0
    firings: tuple[Firing, ...] = ()


class World(Record, frozen=True, kw_only=True):
    """A world at `time`, with all happened that was due by `settled_at` (by `time` unless it says).

    `rate` stands only where it was set for this world. `runs` counts how often it has begun to number
    requests, `armed` how many faults have been armed; `variants` are those that differ from the default.
    `scenario` is the one it plays: a reset begins with it again.
    """

    name: WorldName
    seed: int = 0
    time: Instant
    settled_at: Instant | None = None
    rate: Seconds | None = None
    variants: dict[str, str] = {}
    runs: Count = 0
    armed: Count = 0
    scenario: Json | None = None
    faults: tuple[Fault, ...] = ()
    accounts: tuple[Account, ...] = ()


class Snapshot(Record, frozen=True, kw_only=True):
    """Worlds, as one readable text."""

    snapshot: Literal[1]
    worlds: tuple[World, ...] = ()


def _one_of(record: Record, *keys: str) -> None:
    found = [key for key in keys if getattr(record, key) is not None]
    if len(found) != 1:
        has = " and ".join(found) or "none"
        raise ValueError(f"exactly one of {', '.join(keys)} has to be there, not {has}")
