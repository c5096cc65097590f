"""Where a URL leads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.marks import MARK

_URL = re.compile(
    rf"(?:(?P<scheme>[a-z]+)://)?(?P<host>{MARK.pattern}|[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The parts of a URL; `host` is a mark where a variable holds the base URL."""

    scheme: str
    host: str
    path: str
    query: str

    @classmethod
    def of(cls, url: str) -> Place:
        """Return the place of a URL, however it is written."""
        found = _URL.match(url)
        if found is None:
            return cls("", "", url, "")
        return cls(
            (found["scheme"] or "").lower(), found["host"], found["path"], found["query"] or ""
        )

    @property
    def open(self) -> bool:
        """Whether the host is nowhere to be read."""
        if not self.over_http:
            return False
        return not self.host or MARK.search(self.host) is not None or "<" in self.host or "{" in self.host  # fmt: skip

    @property
    def over_http(self) -> bool:
        """Whether it is an address of the web at all, and no `file:`."""
        return self.scheme in ("", "http", "https")

    @property
    def to_nemo(self) -> bool:
        """Whether it leads to NemoVideo: a host of its own, or a base URL that only a variable knows."""
        return self.open or api.is_nemo(self.host)
