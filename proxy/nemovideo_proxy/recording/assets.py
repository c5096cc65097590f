"""Files that replies name by URL: the client is given addresses of the proxy instead, so that downloads pass it.

The law:

* Only what the service named in this recording is ever fetched.
* An address of the proxy that comes back in a request is put back before it is forwarded; the cassette holds
  the service's.
* URLs stand in JSON, and in JSON within strings of JSON: as many backslashes as stand before the quote of a
  value stand for its depth.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

PATH = "/__asset__/"
"""Where the proxy answers for assets."""

FIELDS = ("output_url", "outputUrl", "cdn_url", "thumbnail_url", "url", "src")
"""Fields whose value, if it is a URL, is a file. `src` is where a draft names what a `cdn_url` named."""

_FIELD = re.compile(
    rf'(?P<q>\\*")(?:{"|".join(FIELDS)})(?P=q)\s*:\s*(?P=q)(?P<url>https?:(?:\\*/){{2}}.*?)(?P=q)'
)
_ASKED = re.compile(r"https?:(?:\\*/){2}[^/\"\\\s]+\\*/__asset__\\*/(?P<n>\d+)(?!\d)")

_REST = r"""\\*/(?!__asset__)(?:[^\s"\\<>]|\\+/)*[^\s"\\<>.,;:!?)\]}']"""
"""What follows the origin in a URL, without the punctuation of the sentence that it stands in."""


@dataclass(slots=True)
class Assets:
    """What the service has named, in order; `origin` is its own (`https://host`)."""

    origin: str
    _urls: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def url(self, number: int) -> str | None:
        """Return the URL that was given out as `number`, or None."""
        return self._urls[number - 1] if 0 < number <= len(self._urls) else None

    def of_path(self, path: str) -> str | None:
        """Return the URL behind a path of the proxy, or None if none was given out as that."""
        number = path.removeprefix(PATH)
        return self.url(int(number)) if number.isascii() and number.isdigit() else None

    def outgoing(self, text: str, base: str) -> str:
        """Return what a client of the proxy at `base` is to read in place of what the service said."""
        text = _FIELD.sub(lambda found: self._in_field(found, base), text)
        return self._own().sub(lambda found: self._address(found[0], base), text)

    def incoming(self, text: str) -> str:
        """Return what the service is to read in place of what a client said."""
        return _ASKED.sub(lambda found: self.url(int(found["n"])) or found[0], text)

    def address(self, url: str, base: str) -> str:
        """Return under which address a client of the proxy at `base` gets the file at `url`."""
        number = self._numbers.get(url)
        if number is None:
            self._urls.append(url)
            number = self._numbers[url] = len(self._urls)
        return f"{base}{PATH}{number}"

    def _in_field(self, found: re.Match[str], base: str) -> str:
        depth = len(found["q"]) - 1
        url = _unescaped(found["url"], depth)
        start, end = found.start("url") - found.start(), found.end("url") - found.start()
        return found[0][:start] + self._address(url, base) + found[0][end:]

    def _own(self) -> re.Pattern[str]:
        """Match URLs of the service itself, but not the addresses of the proxy where they begin alike."""
        origin = re.escape(self.origin).replace("/", r"\\*/")
        return re.compile(origin + _REST)

    def _address(self, url: str, base: str) -> str:
        return self.address(url.replace("\\", ""), base)


def _unescaped(text: str, depth: int) -> str:
    """Take a value out of that many strings of JSON."""
    levels = {0: 1, 1: 2, 3: 3}.get(depth, 1)
    try:
        for _ in range(levels):
            text = json.loads(f'"{text}"')
    except ValueError:
        return text
    return text


class Rewriting:
    """Rewrites a reply while it passes: a line at a time, and of an unfinished line all that holds no URL."""

    def __init__(self, assets: Assets, base: str) -> None:
        self._assets = assets
        self._base = base
        self._line = b""
        self._sent = 0

    def feed(self, data: bytes) -> bytes:
        """Return what the client may have now."""
        whole, newline, rest = data.rpartition(b"\n")
        if not newline:
            self._line += data
            return self._begun()
        out = self._ended(self._line + whole + newline)
        self._line, self._sent = rest, 0
        return out + self._begun()

    def finish(self) -> bytes:
        """Return the rest."""
        out = self._ended(self._line)
        self._line, self._sent = b"", 0
        return out

    def _begun(self) -> bytes:
        """What stands before the first URL of a line is the same after rewriting."""
        safe = _before_url(self._line, self._sent)
        out = self._line[self._sent : safe]
        self._sent = safe
        return out

    def _ended(self, lines: bytes) -> bytes:
        if b"http" not in lines:
            return lines[self._sent :]
        text = lines.decode("utf-8", "surrogateescape")
        rewritten = self._assets.outgoing(text, self._base)
        return rewritten.encode("utf-8", "surrogateescape")[self._sent :]


def _before_url(line: bytes, start: int) -> int:
    """Return where the first URL begins or could be about to begin."""
    found = line.find(b"http", start)
    if found >= 0:
        return found
    for length in (3, 2, 1):
        if line.endswith(b"http"[:length]) and len(line) - length >= start:
            return len(line) - length
    return len(line)
