"""A user's own rules, from Python, YAML and a Python file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nemovideo_proxy.model import Multipart, Part, Piece, Request, Response
from nemovideo_proxy.redaction import BadRules, Dropped, Redactor, Rules

ALL = """
filter_headers: [x-trace, [user-agent, somebody], {x-gone: null}]
filter_query_parameters: [debug, {lang: en}]
filter_post_data_parameters:
  - password
  - [city, Nowhere]
secrets: ["the quick secret"]
patterns: ['order-(\\d+-[a-z]+)']
keep_undecodable: true
"""


def _request(body: bytes | Multipart = b"", kind: str = "application/json") -> Request:
    headers = (
        ("X-Trace", "1"),
        ("User-Agent", "curl"),
        ("Content-Type", kind),
        ("Content-Length", "99"),
    )
    return Request(method="POST", url="/x?debug=1&lang=zh&a=b%20c", headers=headers, body=body)


@pytest.fixture(name="rules")
def _rules(tmp_path: Path) -> Rules:
    path = tmp_path / "rules.yaml"
    path.write_text(ALL)
    return Rules.load(path)


def test_yaml_and_python_say_the_same(rules: Rules, tmp_path: Path) -> None:
    """The names are those of the class; a Python file sets them."""
    path = tmp_path / "rules.py"
    path.write_text(
        "filter_headers = ['x-trace']\ndef before_record_request(request):\n    return None\n"
    )

    loaded = Rules.load(path)

    assert rules.filter_headers == ("x-trace", ("user-agent", "somebody"), ("x-gone", None))
    assert rules.secrets == ("the quick secret",)
    assert rules.keep_undecodable is True
    assert loaded.filter_headers == ("x-trace",)
    with pytest.raises(Dropped):
        Redactor(loaded).request(_request())


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (
            "application/json",
            b'{"password":"x","city":"Rome","n":null}',
            b'{"city":"Nowhere","n":null}',
        ),
        ("application/json", b'{ "other": 1 }', b'{ "other": 1 }'),
        ("application/json", b"no json", b"no json"),
        ("application/x-www-form-urlencoded", b"password=x&city=Rome&a=1", b"city=Nowhere&a=1"),
    ],
)
def test_filters_leave_out_or_replace(
    rules: Rules, kind: str, body: bytes, expected: bytes
) -> None:
    """Names alone are left out, pairs say something else, and the length is right again."""
    made = Redactor(rules).request(_request(body, kind))

    assert made.url == "/x?lang=en&a=b%20c"
    assert made.body == expected
    length = str(len(expected)) if body != expected else "99"
    assert made.headers == (
        ("User-Agent", "somebody"),
        ("Content-Type", kind),
        ("Content-Length", length),
    )


def test_filters_know_the_fields_of_a_form(rules: Rules) -> None:
    """Parts of a multipart body are fields, too."""
    parts = tuple(
        Part(headers=(("Content-Disposition", f'form-data; name="{name}"'),), body=b"x")
        for name in ("password", "city", "file")
    )

    made = (
        Redactor(rules)
        .request(_request(Multipart(boundary="b", parts=parts), "multipart/form-data"))
        .body
    )

    assert isinstance(made, Multipart)
    assert [part.body for part in made.parts] == [b"Nowhere", b"x"]


def test_a_query_without_anything_left_is_none() -> None:
    """The mark goes with the last parameter."""
    redactor = Redactor(Rules(filter_query_parameters=("a",)))

    assert redactor.request(Request(method="GET", url="/x?a=1")).url == "/x"


def test_a_head_alone_is_filtered_too(rules: Rules) -> None:
    """What is left out of a reply is not written while its body has yet to come."""
    head = Response(status=200, headers=(("X-Trace", "1"), ("X-Client-Id", "laptop-77")))

    assert Redactor(rules).head(head).headers == (("X-Client-Id", "client1xx"),)


def test_own_secrets_and_patterns_are_replaced_everywhere(rules: Rules) -> None:
    """Of a pattern with a group, the group is the secret."""
    body = b'"the quick secret, order-1234-ab and 1234-ab"'
    headers = (("Content-Type", "application/json"),)

    made = Redactor(rules).response(Response(status=200, headers=headers, body=body))

    assert made.body == b'"token1xxxxxxxxxx, order-a000-02 and a000-02"'


def test_what_a_function_returns_is_redacted() -> None:
    """It sees the exchange as it was; pieces and length fit what it returns; None drops it."""
    seen = []

    def shorten(response: Response) -> Response | None:
        seen.append(response.body)
        return replace(response, body=b'{"token":"hunter222"}') if response.status == 200 else None

    redactor = Redactor(Rules(before_record_response=shorten))
    pieces = (Piece(0.1, 10), Piece(0.2, 30))
    response = Response(
        status=200, headers=(("Content-Length", "40"),), body=b"x" * 40, pieces=pieces
    )

    made = redactor.response(response)

    assert seen == [b"x" * 40]
    assert made.body == b'{"token":"token1xxx"}'
    assert (made.header("content-length"), made.pieces) == ("21", (Piece(0.2, 21),))
    with pytest.raises(Dropped):
        redactor.response(replace(response, status=500))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("filter_header: [x]", 1, "did you mean filter_headers?"),
        ("secrets: [a]\nzzz: 1", 2, "there are filter_headers"),
        ("secrets: x", 1, "secrets is a list"),
        ("secrets:\n  - 12", 2, "put it in quotes"),
        ("filter_headers:\n  - [a, b, c]", 2, "pairs of a name"),
        ("keep_undecodable: maybe", 1, "true or false"),
        ("before_record_request: f", 1, "write the rules in a .py file"),
        ("- a", 1, "rules are a mapping"),
        ("a: [", 2, "no YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    """Where, what, and what to write instead."""
    path = tmp_path / "rules.yaml"
    path.write_text(text + "\n")

    with pytest.raises(BadRules) as caught:
        Rules.load(path)

    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert says in str(caught.value)


def test_mistakes_without_a_line(tmp_path: Path) -> None:
    """A missing file, a broken pattern, and a Python file that fails or says nothing."""
    for name, text, says in (
        ("gone.yaml", None, "No such file"),
        ("pattern.yaml", "patterns: ['(']\n", "no regular expression"),
        ("broken.py", "1/0\n", "ZeroDivisionError"),
        ("empty.py", "x = 1\n", "sets none of"),
    ):
        path = tmp_path / name
        if text is not None:
            path.write_text(text)
        with pytest.raises(BadRules, match=says):
            Rules.load(path)


def test_no_rules_are_rules(tmp_path: Path) -> None:
    """An empty file changes nothing."""
    path = tmp_path / "rules.yaml"
    path.write_text("# nothing\n")

    assert Rules.load(path) == Rules()
