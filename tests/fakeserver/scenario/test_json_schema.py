from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml

from nemovideo_fakeserver.core.variants import legal_values
from nemovideo_fakeserver.scenario.json_schema import ONE_OF, printed, schema
from nemovideo_fakeserver.scenario.shelf import ready
from support.scenarios import rich

PACKAGE = files("nemovideo_fakeserver.scenario")
jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema, a second opinion")


def accepts(data: Any) -> bool:
    """Say whether a validator that knows only the schema accepts the data."""
    return bool(jsonschema.Draft202012Validator(schema()).is_valid(data))


def test_the_schema_that_ships_is_the_model_in_print() -> None:
    """`python -m nemovideo_fakeserver.scenario.json_schema` prints the file that lies beside the code."""
    assert (PACKAGE / "scenario.schema.json").read_text(encoding="utf-8") == printed()


def test_the_schema_is_one() -> None:
    """A validator of schemas accepts it."""
    jsonschema.Draft202012Validator.check_schema(schema())


def properties(part: Any) -> Iterator[tuple[str, Any]]:
    """Yield every key that the schema knows, but those that variants have."""
    for name, made in part["$defs"].items():
        for key, told in made.get("properties", {}).items():
            yield f"{name}.{key}", told


@pytest.mark.parametrize(("key", "told"), list(properties(schema())))
def test_every_key_says_what_it_is_for(key: str, told: Any) -> None:
    """An editor can show a sentence for each."""
    assert len(told.get("description", "")) > 5, key


@pytest.mark.parametrize("name", [found.name for found in ready()])
def test_a_ready_scenario_fits_the_schema(name: str) -> None:
    """What we ship is what an editor would accept."""
    text = (PACKAGE / "ready" / f"{name}.yaml").read_text(encoding="utf-8")

    assert accepts(yaml.load(text, Loader=yaml.BaseLoader) and _json(text))


def _json(text: str) -> Any:
    from nemovideo_fakeserver.scenario.yaml_text import of_text

    return json.loads(json.dumps(of_text(text, "t.yaml").value))


def test_the_schema_knows_everything_a_scenario_can_say() -> None:
    """The rich scenario fits."""
    assert accepts(rich())


@pytest.mark.parametrize(
    "data",
    [
        {"nmae": "x"},
        {"clock": {"rate": -1}},
        {"variants": {"sse_dialect": "adx"}},
        {"accounts": [{"name": ""}]},
        {"turns": [{"steps": []}]},
        {"turns": [{"steps": [{"at": "soon", "text": "x"}]}]},
        {"turns": [{"steps": [{"text": "x", "heartbeat": True}]}]},
        {"turns": [{"steps": [{"at": 1}]}]},
        {"turns": [{"when": {}, "steps": [{"text": "x"}]}]},
        {"accounts": [{"name": "x", "tokens": [{"name": "t", "age": 10 * 366 * 86_400 + 1}]}]},
    ],
)
def test_the_schema_refuses_what_reading_refuses(data: Any) -> None:
    """An editor underlines a wrong key, a wrong value, and what is not one of several."""
    assert not accepts(data)


def test_the_schema_lists_the_variants() -> None:
    """Every variant with its values."""
    made = schema()["$defs"]["Scenario"]["properties"]["variants"]["anyOf"][0]["properties"]

    assert made.keys() == {"preset", *legal_values()}
    assert made["sse_dialect"] == {"enum": list(legal_values()["sse_dialect"])}


def test_what_has_exactly_one_key_is_in_the_model() -> None:
    """The table names parts and keys that exist."""
    made = schema()["$defs"]

    for name, keys in ONE_OF.items():
        assert set(keys) <= made[name]["properties"].keys()
