"""The documents hang together: every page can be found, and no link leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.documents import DOCS, OTHERS, PAGES, anchors, links, name_of

INDEX = DOCS / "README.md"


def test_the_index_lists_every_page() -> None:
    """`docs/README.md` links to each page of `docs/`, once, with a line on what it is about."""
    listed = [link for link in links(INDEX) if "/" not in link and link.endswith(".md")]

    assert sorted(listed) == sorted(page.name for page in DOCS.glob("*.md") if page != INDEX)


def test_every_line_of_the_index_says_something() -> None:
    """A page's name alone helps nobody."""
    lines = [
        line for line in INDEX.read_text(encoding="utf-8").splitlines() if line.startswith("- [")
    ]

    assert [line for line in lines if len(line.partition("):")[2].split()) < 4] == []


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=name_of)
def test_no_link_leads_nowhere(page: Path) -> None:
    """Files are there, and pages have the headings that links name."""
    lost = [link for link in links(page) if "://" not in link and not _leads(page, link)]

    assert lost == []


def _leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))
