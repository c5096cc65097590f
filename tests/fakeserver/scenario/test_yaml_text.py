from __future__ import annotations

from typing import Any

import pytest
import yaml

from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.nodes import DEEPEST, LARGEST, MOST
from nemovideo_fakeserver.scenario.yaml_text import of_text


@pytest.fixture(params=["libyaml", "python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with libyaml's parser, and as where it is missing."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def value(text: str) -> Any:
    """What stands under `x`."""
    return of_text(f"x: {text}\n", "t.yaml").value["x"]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("5", 5),
        ("-5", -5),
        ("007", 7),
        ("4.4", 4.4),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        (".nan", ".nan"),
        ("2033-03-03", "2033-03-03"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("{a: [1, b]}", {"a": [1, "b"]}),
        ("&n [1]\ny: *n", [1]),
    ],
)
def test_a_scalar_is_what_people_take_it_for(text: str, means: Any) -> None:
    """Numbers, true, false and null are what they look like; everything else is a text."""
    found = value(text)

    assert found == means
    assert type(found) is type(means)


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "there is no scenario in it"),
        ("# only a comment\n", 1, "there is no scenario in it"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here twice, first in line 1"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "no tags such as"),
        ("a: 1\n!t b: 2\n", 2, "no tags such as '!t'"),
        ("a: 1\n? [b]\n: 2\n", 2, "a key is a plain word"),
        ("a: 1\nb: *c\n", 2, "nothing before this is called &c"),
        ("a: &a\n  - *a\n", 2, "nothing before this is called &a"),
        ("a: 1\nb: 99999999999999999999999\n", 2, "too large; put it in quotes"),
        ("a: 1\nb: 1e999\n", 2, "too large; put it in quotes"),
        ("a: 1\nb: [1\n", 3, "this is no YAML"),
        ("a: 1\n\tb: 2\n", 2, "this is no YAML"),
        ("a: 1\nb: \x00\n", 2, "a control character stands here"),
        ("a: 1\nb: \ud800\n", 2, "a lone surrogate is no text"),
        ("a: 1\nb: @x\n", 2, "this is no YAML"),
    ],
)
def test_text_that_is_no_scenario_is_refused_at_its_line(text: str, line: int, says: str) -> None:
    """Two documents, doubled keys, tags and broken YAML are refused where they stand."""
    with pytest.raises(ScenarioBroken, match=says) as refused:
        of_text(text, "t.yaml")

    assert refused.value.line == line
    assert str(refused.value).startswith(f"t.yaml:{line}: ")


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("escape", [r'"\ud800"', r'"\U00110000"'])
def test_an_escape_that_is_no_character_is_refused(escape: str) -> None:
    """Whatever a parser thinks of it, no lone surrogate gets in."""
    with pytest.raises(ScenarioBroken):
        of_text(f"a: {escape}\n", "t.yaml")


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: " + "[" * 100_000, "levels deep|nesting depth"),
        ("a: " + "{a: " * 100, "levels deep"),
        ("a: [" + "1," * MOST + "]", f"at most {MOST} values"),
        ("# " + "x" * LARGEST, f"at most {LARGEST} bytes"),
    ],
    ids=["lists", "mappings", "values", "bytes"],
)
def test_nobody_writes_that_much(text: str, says: str) -> None:
    """Depth, size and number are limited before they cost anything."""
    with pytest.raises(ScenarioBroken, match=says):
        of_text(text, "t.yaml")


@pytest.mark.usefixtures("either_parser")
def test_a_bomb_of_aliases_does_not_go_off() -> None:
    """What aliases bring in counts each time."""
    layers = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 20)]

    with pytest.raises(ScenarioBroken, match=f"at most {MOST} values") as refused:
        of_text("\n".join(["x0: &x0 [1]", *layers]), "t.yaml")

    assert refused.value.line == 6


def test_aliases_cannot_pile_up_depth() -> None:
    """An alias is as deep as what it stands for."""
    layers = [f"x{n}: &x{n} [[[[[*x{n - 1}]]]]]" for n in range(1, 9)]

    with pytest.raises(ScenarioBroken, match=f"more than {DEEPEST} levels deep"):
        of_text("\n".join(["x0: &x0 [1]", *layers]), "t.yaml")


def test_a_node_knows_its_line() -> None:
    """A key stands where it stands, an alias where it is used, an item where it begins."""
    node = of_text("a:\n  - 1\n  - b: &n {c: 2}\n    d:\n      3\ne: *n\n", "t.yaml")

    lines = {
        path: node.at(path).line
        for path in [("a",), ("a", 1), ("a", 1, "b"), ("a", 1, "d"), ("e",), ("a", 9), ("z",)]
    }
    assert list(lines.values()) == [1, 3, 3, 4, 6, 1, 1]
