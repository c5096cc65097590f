from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from nemovideo_proxy.cassette import header_text, interaction_text, schema
from nemovideo_proxy.cassette.json_schema import printed
from nemovideo_proxy.model import Interaction
from support.proxy_cassette import HEADER, interactions, plain, streamed

jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema, a second opinion")
VALIDATOR = jsonschema.Draft202012Validator(schema())


def accepts(data: Any) -> bool:
    """Say whether a validator that knows only the schema accepts the data."""
    return bool(VALIDATOR.is_valid(data))


def test_the_schema_that_ships_is_the_model_in_print() -> None:
    """`python -m nemovideo_proxy.cassette.json_schema` prints the file that lies beside the code."""
    package = files("nemovideo_proxy.cassette")

    assert (package / "cassette.schema.json").read_text(encoding="utf-8") == printed()


def test_the_schema_is_one() -> None:
    """A validator of schemas accepts it."""
    jsonschema.Draft202012Validator.check_schema(schema())


@given(interactions)
@settings(max_examples=100, deadline=None)
def test_every_document_fits(interaction: Interaction) -> None:
    """What is written is valid for who knows only YAML and the schema."""
    data = yaml.safe_load(interaction_text(interaction))

    assert not [error.message for error in VALIDATOR.iter_errors(data)]


def test_a_header_fits() -> None:
    """The first document is valid, too."""
    assert accepts(yaml.safe_load(header_text(HEADER)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ended", None),
        ("at", -1),
        ("end", "well"),
        ("other", 1),
        ("request", {"method": "GET"}),
        ("request", {"method": "G T", "url": "/"}),
        ("request", {"method": "GET", "url": "/", "text": "a", "base64": ""}),
        ("request", {"method": "GET", "url": "/", "headers": [{"a": "b", "c": "d"}]}),
        ("request", {"method": "GET", "url": "/", "file": {"name": "../../etc/passwd", "size": 1}}),
        ("response", {"status": 200, "frames": [{"at": 1, "data": 1, "raw": ""}]}),
        ("response", {"status": 200, "frames": [{"at": 1}]}),
        ("response", {"status": 200, "chunks": [[1]]}),
    ],
)
def test_what_is_wrong_does_not_fit(key: str, value: Any) -> None:
    """The schema refuses what the reader refuses."""
    data = yaml.safe_load(interaction_text(plain(1)))
    assert accepts(data)

    assert not accepts(data | {key: value})


def test_editors_are_told_what_keys_mean() -> None:
    """Times and the ways a body is written are described."""
    parts = schema()["$defs"]

    for name, key in (("InteractionForm", "ended"), ("FrameForm", "data"), ("ResponseForm", "at")):
        assert parts[name]["properties"][key]["description"]
    assert accepts(yaml.safe_load(interaction_text(streamed(1))))
