from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from nemovideo_proxy.cassette import Unwritable, header_text, interaction_text
from nemovideo_proxy.cassette.yaml_writing import DEEPEST, LONGEST_KEY, Flow, written
from nemovideo_proxy.model import Header, Multipart, Part, Request
from support.proxy_cassette import HOSTILE, plain, streamed

PLAIN = """\
--- # 1 GET /api/credits/balance/simple -
at: 1.5
request:
  method: GET
  url: /api/credits/balance/simple
  headers:
    - A: b
response:
  at: 0.1
  status: 200
  reason: OK
  headers:
    - Content-Type: application/json
  body_at: 0.125
  json:
    code: 0
    data:
      available: 1
ended: 0.2

"""

STREAMED = """\
--- # 2 POST /run_sse 235631269797
at: 3.0
request:
  method: POST
  url: /run_sse
  headers:
    - Content-Type: application/json
  json:
    new_message:
      parts:
        - text: |-
            a
            b
response:
  at: 0.1
  status: 200
  reason: OK
  headers:
    - Content-Type: text/event-stream
  frames:
    - {at: 0.5, data: {type: text, content: 好的}}
    - {at: 1.0, raw: "data:\\n\\n"}
    - {at: 1.5, comment: still here}
    - {at: 2.0, data: {type: heartbeat}}
end: reset
ended: 2.5

"""


def test_an_exchange_looks_like_this() -> None:
    """Fixed order, a header a line, JSON as a mapping, and nothing that says nothing."""
    assert interaction_text(plain(1)) == PLAIN


def test_a_stream_looks_like_this() -> None:
    """A frame a line, Chinese as it is, text of several lines as a block."""
    assert interaction_text(streamed(2)) == STREAMED


def test_an_upload_looks_like_this() -> None:
    """Part by part, with the headers of each."""
    disposition = 'form-data; name="a"'
    part = Part(headers=(("Content-Disposition", disposition),), body=b"x")
    request = Request(method="POST", url="/up", body=Multipart(boundary="b", parts=(part,)))

    text = interaction_text(replace(plain(1), request=request, response=None))
    assert text.splitlines()[2:] == [
        "request:",
        "  method: POST",
        "  url: /up",
        "  multipart:",
        "    boundary: b",
        "    parts:",
        "      - headers:",
        '          - Content-Disposition: form-data; name="a"',
        "        text: x",
        "ended: 0.2",
        "",
    ]


def test_a_header_looks_like_this() -> None:
    """What maintainers may set is there only if they did."""
    header = Header(upstream="https://a.example", recorded_at="2033-03-03T03:33:33Z", harness="1")

    assert header_text(replace(header, expires_after=30, notes="Why.")) == (
        "cassette: 1\n"
        "upstream: https://a.example\n"
        'recorded_at: "2033-03-03T03:33:33Z"\n'
        'expires_after: "30d"\n'
        "notes: Why.\n"
        'harness: "1"\n'
        "\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_text_everywhere(text: str) -> None:
    """As a value, as a key, in a list, in a row, to a loader of YAML 1.1 that knows nothing of cassettes."""
    key = text[:LONGEST_KEY]
    value = {"a": text, "b": [text, [text]], "c": {key: {key: text}}, "d": [{key: text}] * 2}
    rows = {"rows": [Flow(value), Flow([text])]}

    assert yaml.safe_load(written(value)) == value
    assert yaml.safe_load(written(rows)) == {"rows": [value, [text]]}


@pytest.mark.parametrize("number", [0, -1, 10**40, 0.1, -0.0, 1e300, 5e-324, 1e16, 1e-7, 123456.75])
def test_a_number_is_the_number_it_was(number: float) -> None:
    """To the last digit, and an integer stays one."""
    read = yaml.safe_load(written({"a": number}))["a"]

    assert repr(read) == repr(number)


@pytest.mark.parametrize(
    "text", ["\u202e", "\u200b", "\ufeff", "\xa0", "\x1b[0m", "\u2066", "\U000e0001"]
)
def test_what_cannot_be_seen_is_escaped(text: str) -> None:
    """Nobody who reads a change is shown something else than what is there."""
    made = written({"a": f"x{text}y", "b": f"x{text}\ny"})

    assert made.isascii()
    assert made.isprintable() or "\n" in made


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"a": "\ud800"}, "half a character"),
        ({"a" * (LONGEST_KEY + 1): 1}, "a key has at most"),
        ({"a": float("nan")}, "nothing that YAML and JSON both know"),
        ({"a": float("inf")}, "nothing that YAML and JSON both know"),
        ({"a": b"x"}, "nothing that YAML and JSON both know"),
    ],
)
def test_what_yaml_does_not_hold_is_refused(value: dict[str, object], said: str) -> None:
    """With a sentence, and not with a wrong text."""
    with pytest.raises(Unwritable, match=said):
        written(value)


def test_there_is_a_limit_to_depth() -> None:
    """In blocks and in rows."""
    deep: object = 1
    for _ in range(DEEPEST + 2):
        deep = [{"a": deep}]

    for value in ({"a": deep}, {"a": Flow(deep)}):
        with pytest.raises(Unwritable, match="levels deep"):
            written(value)
