from __future__ import annotations

import re
from pathlib import Path

import yaml
from hypothesis import given, settings

from nemovideo_proxy.cassette import header_text, interaction_text
from nemovideo_proxy.cassette.documents import header_of, interaction_of
from nemovideo_proxy.cassette.index import FORBIDDEN
from nemovideo_proxy.cassette.yaml_reading import Text
from nemovideo_proxy.model import Interaction
from support.proxy_cassette import interactions

PATH = Path("talk.yaml")


@given(interactions)
@settings(max_examples=400, deadline=None)
def test_what_goes_in_comes_out(interaction: Interaction) -> None:
    """Every byte, every header and every time of any interaction comes back as it was."""
    text = interaction_text(interaction)

    assert interaction_of(text, interaction.number, PATH, 1) == interaction


@given(interactions)
@settings(max_examples=200, deadline=None)
def test_no_line_looks_like_another_document(interaction: Interaction) -> None:
    """`---` begins the first line and no other, and no line breaks are there that some readers see alone."""
    data = interaction_text(interaction).encode()

    assert len(re.findall(rb"^---", data, re.MULTILINE)) == 1
    assert not [name for what, name in FORBIDDEN.items() if what in data]
    assert data.endswith(b"\n")


@given(interactions)
@settings(max_examples=200, deadline=None)
def test_a_reader_of_yaml_1_1_sees_the_same(interaction: Interaction) -> None:
    """PyYAML's own loader in Python, with its yes and no and dates, reads the same plain values."""
    text = interaction_text(interaction)

    assert yaml.safe_load(text) == Text(text, PATH, 1).value
