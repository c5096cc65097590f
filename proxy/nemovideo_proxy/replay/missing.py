"""A request that was not recorded: which recorded one is nearest, and everything that differs.

The reply is marked and shaped so that no client can take it for the service's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nemovideo_fakeserver.wire.messages import Reply
from nemovideo_proxy.matching.asked import Asked
from nemovideo_proxy.matching.differences import Difference, differences, likeness
from nemovideo_proxy.matching.lanes import Record
from nemovideo_proxy.places import SECRET
from nemovideo_proxy.replay.masking import Mask
from nemovideo_proxy.replay.visitor import Visitor

LOOKED_AT = 64
"""Recorded interactions that are read to find the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Why a request has no recorded answer; `nearest` is None where nothing is recorded at all."""

    request: str
    why: str
    nearest: Record | None
    differences: tuple[Difference, ...] = ()

    def __str__(self) -> str:
        near = f"; nearest: {self.nearest} ({self.nearest.where})" if self.nearest else ""
        return f"{self.request}: {self.why}{near}" + "".join(
            f"; {each}" for each in self.differences
        )

    def reply(self) -> Reply:
        """Return what the client is told."""
        said = {
            "request": self.request,
            "why": self.why,
            "nearest": self._nearest(),
            "differences": [
                {"place": each.place, "recorded": each.recorded, "asked": each.asked}
                for each in self.differences
            ],
        }
        return _marked("miss", said)

    def _nearest(self) -> dict[str, object] | None:
        near = self.nearest
        if near is None:
            return None
        asked = f"{near.entry.signature.method} {near.entry.signature.shape}"
        return {"number": near.entry.number, "where": near.where, "request": asked}


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A request whose answer cannot be read; `why` says where the cassette is broken, and what to do."""

    request: str
    why: str

    def __str__(self) -> str:
        return f"{self.request}: broken cassette: {self.why}"

    def reply(self) -> Reply:
        """Return what the client is told."""
        return _marked("broken", {"request": self.request, "why": self.why})


def missed(asked: Asked, visitor: Visitor | None, records: Iterable[Record], why: str = "") -> Miss:
    """Return the nearest record, and what differs; `why` is what is known already."""
    near = _nearest(asked, visitor, list(records))
    found = differences(near.asked, asked) if near else ()
    if near and visitor:
        found += tuple(_clashes(near, asked, visitor))
    mask = Mask(asked.ids)
    return Miss(
        request=f"{asked.method} {mask.url(asked.signature.shape)}",
        why=why or ("it was not recorded" if near else "nothing is recorded"),
        nearest=near,
        differences=tuple(map(mask.difference, found)),
    )


def _marked(why: str, said: Mapping[str, object]) -> Reply:
    return Reply(
        status=503,
        headers=(("Content-Type", "application/json"), ("X-Nemo-Proxy", why)),
        body=json.dumps({why: said}, ensure_ascii=False, indent=2).encode() + b"\n",
    )


def _nearest(asked: Asked, visitor: Visitor | None, records: list[Record]) -> Record | None:
    wanted = asked.signature
    path = wanted.shape.partition("?")[0]

    def closeness(record: Record) -> tuple[bool, ...]:
        own = record.entry.signature
        return (
            own.shape.partition("?")[0] == path,
            own.method == wanted.method,
            own.key == wanted.key,
            visitor is None or record.index not in visitor.played,
        )

    closest = sorted(records, key=closeness, reverse=True)[:LOOKED_AT]
    preferred = (
        [record for record in closest if closeness(record)[0]]
        or [record for record in closest if closeness(record)[1]]
        or closest
    )
    return max(preferred, key=lambda record: likeness(record.asked, asked), default=None)


def _clashes(near: Record, asked: Asked, visitor: Visitor) -> Iterable[Difference]:
    said = {found.place: found for found in asked.ids}
    for role, place, recorded in near.asked.ids:
        found = said.get(place)
        if found is not None and not visitor.binding.may(role, recorded, found.value):
            expected = visitor.binding.live(role, recorded)
            secret = role in SECRET
            yield Difference(
                place,
                f"another {role}" if secret or expected is None else expected,
                f"this {role}" if secret else found.value,
            )
