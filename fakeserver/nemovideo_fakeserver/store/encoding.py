"""Records as plain data and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from nemovideo_fakeserver.store.records import Record
from nemovideo_fakeserver.store.times import Instant, instant, spelled

R = TypeVar("R", bound=Record)


def encoded(record: Record) -> str:
    """Return a record as JSON."""
    return _ENCODER.encode(record).decode()


def decoded(text: str, kind: type[R]) -> R:
    """Return the record that JSON says; raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    record: R = _decoder(kind).decode(text)
    return record


def converted(data: Any, kind: type[R]) -> R:
    """Return the record that plain data say; raises `msgspec.ValidationError`."""
    return msgspec.convert(data, kind, dec_hook=_special)


def plain(record: Record) -> Any:
    """Return a record as plain data, with what has its default left out."""
    return msgspec.to_builtins(record, enc_hook=_written)


def _written(value: object) -> object:
    if isinstance(value, Instant):
        return spelled(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{value!r} is nothing that JSON could say")


def _special(kind: type, value: object) -> object:
    assert kind is Instant, f"no record has a {kind}"
    return instant(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_written)


@cache
def _decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=_special)
