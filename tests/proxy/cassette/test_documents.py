from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from nemovideo_proxy.cassette import Writer, interaction_text
from nemovideo_proxy.cassette.documents import interaction_of
from nemovideo_proxy.cassette.index import FORBIDDEN
from nemovideo_proxy.cassette.yaml_reading import Text
from nemovideo_proxy.model import Interaction, Multipart, Part, Request, Response
from support.proxy_cassette import HEADER, interactions, plain, streamed

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


@pytest.mark.parametrize("levels", range(30, 60))
@pytest.mark.parametrize(("opens", "closes"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_json_of_any_depth_comes_back(levels: int, opens: bytes, closes: bytes) -> None:
    """As a mapping while people can read it, else as a text; in a body, in a part, in a frame."""
    body = opens * levels + b"1" + closes * levels
    part = Part(headers=(("Content-Type", "application/json"),), body=body)
    response = Response(
        status=200,
        headers=(("Content-Type", "text/event-stream"),),
        body=b"data: " + body + b"\n\n",
    )
    for sent in (body, Multipart(boundary="b", parts=(part,))):
        interaction = replace(
            streamed(1), request=Request(method="POST", url="/", body=sent), response=response
        )
        text = interaction_text(interaction)
        assert interaction_of(text, 1, PATH, 1) == interaction


READER = """
import sys
from pathlib import Path

import yaml

del yaml.CSafeLoader
from nemovideo_proxy.cassette import BrokenCassette, Cassette, interaction_text

with Cassette.open(sys.argv[1]) as cassette:
    for entry in cassette.entries:
        assert interaction_text(cassette.interaction(entry)) == cassette.text(entry)
for broken in ("[" * 50_000, "\\0", "a: b: c", "a: \\ud800"):
    Path(sys.argv[1]).write_bytes(broken.encode("utf-8", "surrogatepass"))
    try:
        Cassette.open(sys.argv[1])
    except BrokenCassette:
        continue
    sys.exit(broken)
"""


def test_a_cassette_is_read_where_there_is_no_libyaml(tmp_path: Path) -> None:
    """By the loader in Python, with the same errors; what is written does not depend on it anyway."""
    path = tmp_path / "talk.yaml"
    with Writer.create(path, HEADER) as writer:
        writer.add(plain(1))
        writer.add(streamed(2))
    command = (sys.executable, "-c", READER, str(path))
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr[-2000:]
