"""The tree of errors: as drawn, each with a code, a sentence and a next step."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nemovideo_client
from nemovideo_client import errors
from nemovideo_client.errors import (
    APIConnectionError,
    APIRefusal,
    APIStatusError,
    NemoError,
    RenderError,
    TurnError,
)
from nemovideo_client.events import TurnResult

ABSTRACT = {NemoError, APIRefusal, TurnError, RenderError}


def drawn() -> Iterator[tuple[str, str | None, str | None]]:
    """Return name, parent and code of each line of the drawing."""
    path: list[str] = []
    for row in (errors.__doc__ or "").splitlines():
        found = re.match(
            r"    ((?:\|   |    )*)(?:\|-- |`-- )?(\w*Error|[A-Z]\w+)\b *(\dxx|\d+)?", row
        )
        if found is None or not hasattr(errors, found[2]):
            continue
        depth = len(found[1]) // 4 + bool(re.match(r"\s*[|` ]*-- ", row))
        path[depth:] = [found[2]]
        yield found[2], path[depth - 1] if depth else None, found[3]


def kinds(kind: type[NemoError] = NemoError) -> Iterator[type[NemoError]]:
    """Return a class and all below it; the command has a few of its own, which are not the library's."""
    if not kind.__module__.startswith(errors.__name__):
        return
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


def made(kind: type[NemoError], message: str = "It went wrong", **more: Any) -> NemoError:
    """Make an error of any kind."""
    if issubclass(kind, APIConnectionError):
        more["sent"] = True
    if issubclass(kind, TurnError):
        more["turn"] = TurnResult()
    if issubclass(kind, RenderError):
        more["render_id"] = "r9"
    return kind(message, **more)


ALL = list(kinds())


def test_the_drawing_is_true() -> None:
    """Every class is drawn below its parent, and nothing else is drawn."""
    tree = {name: parent for name, parent, _ in drawn()}

    assert tree == {
        kind.__name__: None if kind is NemoError else kind.__bases__[0].__name__ for kind in ALL
    }


def test_codes_are_as_drawn() -> None:
    """The numbers in the drawing are the classes' own."""
    codes = {name: code.replace("xx", "00") for name, _, code in drawn() if code}

    assert codes == {
        kind.__name__: str(kind.code) for kind in ALL if issubclass(kind, APIRefusal) and kind.code
    }


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error(kind: type[NemoError]) -> None:
    """Each is documented, public, and tells its message, then what to do."""
    error = made(kind)

    assert kind.__doc__
    assert kind.__name__ in errors.__all__
    assert str(error).startswith("It went wrong")
    assert str(error).endswith(error.next_step)
    assert error.args == ("It went wrong",)


def test_base_classes_are_not_raised() -> None:
    """They are for catching: nothing in the package raises one, or makes one."""
    home = Path(nemovideo_client.__file__).parent
    names = {kind.__name__ for kind in ABSTRACT}
    raised = [
        (path.name, node.lineno)
        for path in home.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Raise) and _name(node) in names
    ]

    assert raised == []


def _name(node: ast.AST | None) -> str:
    """Return the last part of what is called or raised: `TurnError` for `errors.TurnError(...)`."""
    match node:
        case ast.Call(func=inner) | ast.Raise(exc=inner):
            return _name(inner)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_codes_are_told_apart() -> None:
    """No two errors have the same code."""
    codes = [kind.code for kind in ALL if issubclass(kind, APIRefusal) and kind.code]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("message", "endpoint", "next_step", "sentence"),
    [
        ("It broke", None, "", "It broke"),
        ("It broke", None, "Mend it.", "It broke. Mend it."),
        ("It broke.", None, "Mend it.", "It broke. Mend it."),
        ("坏了。", None, "修一下。", "坏了。 修一下。"),
        ("It broke", "GET /x", "", "It broke (GET /x)"),
        ("It broke.", "GET /x", "Mend it.", "It broke (GET /x). Mend it."),
    ],
)
def test_sentences(message: str, endpoint: str | None, next_step: str, sentence: str) -> None:
    """What happened, where, and what to do, with a full stop between."""
    assert str(NemoError(message, endpoint=endpoint, next_step=next_step)) == sentence


@pytest.mark.parametrize("next_step", ["", "Mend it."])
def test_a_sentence_for_people_names_no_endpoint(next_step: str) -> None:
    """Which call it was is for developers; people hear what happened and what to do."""
    error = NemoError("It broke", endpoint="GET /x", next_step=next_step)

    assert error.sentence == str(NemoError("It broke", next_step=next_step))


def test_what_a_refusal_carries() -> None:
    """Its class's code unless told another, the status, and the id of the request."""
    plain = errors.Conflict("taken", status=409, request_id="r1")
    odd = errors.UnknownCode("hm", code=7777)

    assert (plain.code, plain.status, plain.request_id) == (409, 409, "r1")
    assert (odd.code, odd.status) == (7777, 200)
    assert isinstance(plain, APIStatusError)


def test_what_is_caught_by_what() -> None:
    """A caller who catches the root, or a branch, gets all that is below."""
    for kind in ALL:
        with pytest.raises(NemoError):
            raise made(kind)
    assert {kind for kind in ALL if kind.__subclasses__()} >= ABSTRACT


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_errors_travel_between_processes(kind: type[NemoError]) -> None:
    """A pickled error comes out with all it knew."""
    error = made(kind, endpoint="GET /x") if not issubclass(kind, TurnError) else made(kind)

    again = pickle.loads(pickle.dumps(error))

    assert type(again) is kind
    assert str(again) == str(error)
    assert vars(again) == vars(error)
