"""docs/variants.md says what the code does: every variant with its values and default, every preset."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo_fakeserver.core.presets import PRESETS
from nemovideo_fakeserver.core.variants import READINGS, Variants, legal_values

PAGE = (Path(__file__).parents[1] / "docs" / "variants.md").read_text(encoding="utf-8")
ROWS = {
    cells[0].strip("`"): cells[1:]
    for line in re.findall(r"^\| (`.*) \|$", PAGE, re.MULTILINE)
    for cells in [line.split(" | ")]
}


def test_the_tables_have_a_row_for_everything_and_no_other() -> None:
    """In the order of the code."""
    assert list(ROWS) == [*READINGS, *PRESETS]


@pytest.mark.parametrize(("key", "text"), Variants().texts().items())
def test_a_row_has_the_values_and_the_default(key: str, text: str) -> None:
    """A short list of words is given in full."""
    values, default, says, sources = ROWS[key]

    assert default == f"`{text}`"
    assert values
    assert says
    assert sources
    if key in legal_values():
        assert values == ", ".join(f"`{word}`" for word in legal_values()[key])


@pytest.mark.parametrize("version", PRESETS)
def test_a_preset_is_described_by_its_deviations(version: str) -> None:
    """All of them, in the order of the code."""
    told = ", ".join(f"`{d.key}={d.text}`" for d in PRESETS[version])

    assert ROWS[version][-1] == told
