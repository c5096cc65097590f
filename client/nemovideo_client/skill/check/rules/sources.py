"""The documents that rules are from, as docs/sources.md calls them, and how a finding calls them."""

from __future__ import annotations

ALL = "all four skills"
VENDOR = "7d8899f SKILL 1.9"
REFERENCE = "7fe0b89 api-reference (52127510908)"
SHELL = "POSIX shell"
CURL = "curl manual"
SCRAPED = "topmediai-ai-music: machine-translated identifiers"


def short(source: str) -> str:
    """Return the first document of a source, and how many more there are: a finding has one line."""
    first, *more = (one.partition(":")[0].strip() for one in source.split(";"))
    return f"{first} and {len(more)} more" if more else first
