"""Parting a document at its headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.skill.sections import Section, about, sections, title

DOCUMENT = """before
## Setup ##
```bash
# a comment
```
~~~
``` # still code
# and still
~~~
# The title
text
#no-heading
"""


def test_headings_part_a_document_and_comments_in_code_do_not() -> None:
    """Each section has its level, its heading and its text; code keeps its `#`."""
    before, setup, last = sections(DOCUMENT)

    assert before == Section(0, "", "before")
    assert (setup.level, setup.heading) == (2, "Setup")
    assert "# a comment" in setup.text
    assert "# and still" in setup.text
    assert last == Section(1, "The title", "text\n#no-heading\n")


@pytest.mark.parametrize(
    ("body", "heading"),
    [(DOCUMENT, "The title"), ("## A\n## B\n", "A"), ("no heading", ""), ("", "")],
)
def test_the_title_is_the_first_of_the_highest_headings(body: str, heading: str) -> None:
    """A document without headings has no title."""
    assert title(sections(body)) == heading


def test_a_section_is_found_by_what_it_speaks_of() -> None:
    """The first that does; without one, the whole text."""
    parts = sections("# A\nabc\n# B\nxyz\n# C\nxyz again\n")

    assert about(parts, "x.z") == "xyz"
    assert about(parts, "nothing") == "\nabc\nxyz\nxyz again\n"


@given(st.text(alphabet="`~ \nab-", max_size=80), st.text(alphabet="`~ \nab-", max_size=80))
def test_no_line_is_lost(first: str, second: str) -> None:
    """Text comes back as it is, and is parted at a heading unless that stands inside a fence."""
    whole = sections(first)
    parts = sections(f"{first}\n# heading\n{second}")

    assert whole == (Section(0, "", first),)
    assert "\n# heading\n".join(part.text for part in parts) == f"{first}\n# heading\n{second}"
