"""Recorded URLs of other hosts, and the addresses under which a client reaches them here.

`<base>/__asset__/12` stands for the URL that interaction 12 was the first to fetch; `12.2` for another
spelling of it (a signed URL changes from reply to reply). `~3` behind it is the visitor it was given to.
A file that nobody fetched has an address, too (`0`, `0.2`, ...): it leads to a miss, and not out of here.
"""

from __future__ import annotations

import re
from collections import Counter

from nemovideo_proxy.matching.lanes import Record, Shelf
from nemovideo_proxy.matching.rewriting import Span
from nemovideo_proxy.model import Request
from nemovideo_proxy.signature import signature_of

PREFIX = "/__asset__/"
NOBODYS = "0"
"""The name of what was never fetched: no interaction has that number."""

FIELDS = (b"output_url", b"outputUrl", b"cdn_url", b"thumbnail_url", b"url", b"src")
"""Fields whose value, if it is a URL, is a file."""

_FIELD = re.compile(rb'(?P<q>\\*")(?:' + b"|".join(FIELDS) + rb")(?P=q)\s*:\s*(?P=q)(?=https?:)")
_URL = re.compile(rb"""https?:(?:\\*/){2}(?:[^\s"'<>\\]|\\+/|\\+u0026)+""")
_SLASH, _AMPERSAND = re.compile(rb"\\*/"), re.compile(rb"\\+u0026")
_TAIL = b").,;:!?]}*`"
_OURS = re.compile(
    r"""https?:(?:\\*/){2}[^/\s"'<>\\]+\\*/__asset__(?P<slash>\\*/)(?P<name>\d+(?:\.\d+)?)(?:~\d+)?"""
)
_PATH = re.compile(rf"{PREFIX}(\d+(?:\.\d+)?)(?:~(\d+))?")


class Assets:
    """The assets of all recordings, by URL and by name."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_shape: dict[str, Record] = {}
        self._names: dict[str, str | None] = {}
        self._unfetched: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._spellings: Counter[str] = Counter()
        for record in shelf.records:
            if (shape := _shape_of_file(record)) is not None:
                self._by_shape.setdefault(shape, record)

    def __bool__(self) -> bool:
        return bool(self._by_shape or self._urls)

    @property
    def given(self) -> int:
        """How many addresses were given: with as many, all of them are the same."""
        return len(self._urls)

    def spans(self, body: bytes, base: str, visitor: int) -> list[Span]:
        """Return where assets stand in a recorded body, and what a client is to see there."""
        if b"http" not in body:
            return []
        files = {field.end() for field in _FIELD.finditer(body)}
        return self._spans(body, base, visitor, files)

    def spans_again(self, text: bytes, base: str, visitor: int) -> list[Span]:
        """Return the same for a text that is made of bodies: what has an address by now has it here."""
        given = {
            match.start() for match in _URL.finditer(text) if _plain(match[0]) in self._unfetched
        }
        return self._spans(text, base, visitor, given)

    def text(self, text: str, base: str, visitor: int) -> str:
        """Return a recorded header value as a client is to see it."""
        name = self._name(text)
        return text if name is None else _address(base, name, visitor)

    def address(self, url: str, base: str, visitor: int) -> str:
        """Return where a client gets the file at a recorded URL; a miss if nobody fetched it."""
        return _address(base, self._name(url) or self._nobodys(url), visitor)

    def recorded(self, text: str) -> str:
        """Return a live text with the assets in it as they were recorded."""
        if "__asset__" not in text:
            return text
        return _OURS.sub(self._as_recorded, text)

    def asked(self, path: str) -> tuple[str, int] | None:
        """Return which URL a live path stands for, and the visitor's number; None if it is no asset."""
        found = _PATH.fullmatch(path)
        url = self._url(found[1]) if found else None
        return (self._as_fetched(url), int(found[2] or 1)) if found and url else None

    def _spans(self, text: bytes, base: str, visitor: int, files: set[int]) -> list[Span]:
        if not (self._by_shape or files):
            return []
        found = (
            self._span(match, base, visitor, is_file=match.start() in files)
            for match in _URL.finditer(text)
        )
        return [span for span in found if span is not None]

    def _span(
        self, match: re.Match[bytes], base: str, visitor: int, *, is_file: bool
    ) -> Span | None:
        written = match.group()
        for raw in dict.fromkeys((written.rstrip(_TAIL), written)):
            if (name := self._name(_plain(raw))) is not None:
                return _replaced(match, raw, _address(base, name, visitor))
        if not is_file:
            return None
        return _replaced(match, written, _address(base, self._nobodys(_plain(written)), visitor))

    def _as_recorded(self, found: re.Match[str]) -> str:
        url = self._url(found["name"])
        return found[0] if url is None else url.replace("/", found["slash"])

    def _name(self, url: str) -> str | None:
        if not url.startswith("http"):
            return None
        if url not in self._names:
            self._names[url] = self._new_name(url)
        return self._names[url]

    def _new_name(self, url: str) -> str | None:
        record = self._by_shape.get(_shape(url))
        if record is None:
            return None
        return self._named(str(record.index + 1), url)

    def _nobodys(self, url: str) -> str:
        """Return the name of a file that nobody fetched."""
        if url not in self._unfetched:
            self._unfetched[url] = self._named(NOBODYS, url)
        return self._unfetched[url]

    def _named(self, stem: str, url: str) -> str:
        self._spellings[stem] += 1
        spelling = self._spellings[stem]
        name = stem if spelling == 1 else f"{stem}.{spelling}"
        self._urls[name] = url
        return name

    def _url(self, name: str) -> str | None:
        """Return the URL of that name; of one that was given to nobody yet, as it was fetched."""
        if name in self._urls:
            return self._urls[name]
        index = int(name.partition(".")[0]) - 1
        if not 0 <= index < len(self._shelf.records):
            return None
        record = self._shelf.records[index]
        return record.asked.url if _shape_of_file(record) is not None else None

    def _as_fetched(self, url: str) -> str:
        """Return a URL as it was asked for: one of the service itself by its path, unless through a proxy."""
        record = self._by_shape.get(_shape(url))
        is_own = record is not None and not record.entry.signature.shape.startswith("http")
        return url.removeprefix(_upstream(record)) if record is not None and is_own else url


def _shape_of_file(record: Record) -> str | None:
    """Return the shape of the URL of a file, None of what is none: the API is asked for by path alone."""
    method, shape, _ = record.entry.signature
    if shape.startswith("http"):
        return shape
    is_file = method in ("GET", "HEAD") and not shape.startswith("/api/")
    return _upstream(record) + shape if is_file else None


def _upstream(record: Record) -> str:
    return record.source.header.upstream.rstrip("/")


def _shape(url: str) -> str:
    return signature_of(Request(method="GET", url=url)).shape


def _address(base: str, name: str, visitor: int) -> str:
    return f"{base}{PREFIX}{name}" + (f"~{visitor}" if visitor > 1 else "")


def _plain(raw: bytes) -> str:
    """Return a URL as it is without the escapes of JSON."""
    return _SLASH.sub(b"/", _AMPERSAND.sub(b"&", raw)).decode("utf-8", "replace")


def _replaced(match: re.Match[bytes], raw: bytes, address: str) -> Span:
    """Return the span of a URL, which has an address instead, written as it was."""
    slash = _SLASH.findall(raw)[0]
    return match.start(), match.start() + len(raw), address.encode().replace(b"/", slash)
