"""docs/cassettes.md says what the code does; its Python blocks run with the other documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo_proxy.cassette import Cassette, formatted, header_text, schema
from nemovideo_proxy.cassette.json_styles import STYLES
from support.proxy_cassette import HEADER

PAGE = (Path(__file__).parents[3] / "docs" / "cassettes.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
KEYS = sorted({key for part in schema()["$defs"].values() for key in part["properties"]})


def test_there_are_examples() -> None:
    """The search finds them."""
    assert len(BLOCKS) == 3


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_is_a_cassette(tmp_path: Path, block: str) -> None:
    """What is shown can be read as it stands."""
    path = tmp_path / "page.yaml"
    path.write_text(block if block.startswith("cassette") else header_text(HEADER) + block)

    with Cassette.open(path) as cassette:
        assert list(cassette)


def test_the_example_that_was_recorded_looks_as_it_would(tmp_path: Path) -> None:
    """To the last character."""
    path = tmp_path / "page.yaml"
    path.write_text(BLOCKS[0])

    with Cassette.open(path) as cassette:
        assert formatted(cassette) == BLOCKS[0] + "\n"


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_described(key: str) -> None:
    """No key is missing on the page."""
    assert f"`{key}`" in PAGE or f"{key}:" in PAGE


def test_every_style_is_described() -> None:
    """Each word of each."""
    for word in sorted({word for style in STYLES for word in style.split()}):
        assert f"`{word}`" in PAGE
