"""`docs/media.md` names every format, look and transition there is, and the limits that are."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_fakeserver.core import outputs, ports, sizes
from nemovideo_fakeserver.media.film import thumbnail
from nemovideo_fakeserver.media.intake import glance
from nemovideo_fakeserver.media.opening import source
from nemovideo_fakeserver.media.picture import animation, looks, plain_text, transitions, words
from nemovideo_fakeserver.media.studio import recent, studio, worker
from nemovideo_fakeserver.media.timeline import lanes, reading

PAGE = (Path(__file__).parents[2] / "docs" / "media.md").read_text(encoding="utf-8")
SECTIONS = {
    section.partition("\n")[0]: section.partition("\n")[2] for section in PAGE.split("\n## ")
}

NAMES = {
    "Formats": [*outputs.MEDIA_TYPES, *outputs.QUALITIES, *sizes.LINES],
    "What of the draft is seen": [*looks.AMOUNTS, *looks.FILTERS, *transitions.MIXES],
    "What of it is heard": list(reading.BRIEF[:5]),
}


@pytest.mark.parametrize(
    ("section", "name"), [(section, name) for section, names in NAMES.items() for name in names]
)
def test_every_name_is_on_the_page(section: str, name: str) -> None:
    """In its section, as one types it."""
    assert f"`{name}`" in SECTIONS[section]


@pytest.mark.parametrize(
    "says",
    [
        f"{sizes.SHORT}x{sizes.LONG}, {ports.RATES[1]} frames a second",
        f"{reading.MOST_SEGMENTS} segments",
        f"{worker.LIMITS.file // 1024**3} GiB |",
        f"{studio.SECONDS / 60:.0f} minutes, {worker.LIMITS.memory // 1024**3} GiB of memory",
        f"{studio.GLANCE_SECONDS:.0f} seconds",
        f"{recent.MOST_FILES} files, {recent.MOST_BYTES // 1024**3} GiB",
        f"{glance.MOST_SIDE} pixels a side, {glance.MOST_SECONDS / 3600:.0f} hours, {source.MOST_STREAMS} streams",
        f"{animation.MOST_FRAMES} frames",
        f"{plain_text.MOST} characters, {words.AT_ONCE} texts",
    ],
)
def test_the_limits_are_those_of_the_code(says: str) -> None:
    """A number that changes in the code changes on the page."""
    assert says in SECTIONS["Limits"]


def test_what_the_page_says_elsewhere_is_so() -> None:
    """Sounds at once, the size of small pictures, the length of a transition."""
    assert lanes.LANES == 8
    assert "Eight sounds are heard at once" in PAGE
    assert f"at most {thumbnail.SIDE} pixels a side" in SECTIONS["Small pictures"]
    assert f"up to {transitions.SECONDS} s" in SECTIONS["What of the draft is seen"]
