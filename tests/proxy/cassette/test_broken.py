from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nemovideo_proxy.cassette import (
    BrokenCassette,
    Cassette,
    header_text,
    interaction_text,
    repair,
    yaml_reading,
)
from support.proxy_cassette import HEADER, HOSTILE, plain, streamed

HEAD = header_text(HEADER)
WHOLE = HEAD + interaction_text(plain(1)) + interaction_text(streamed(2)) + "\n"

BY_HAND = """\
# Written by hand.
---
cassette: 1
upstream: https://nemo.example
recorded_at: 2033-03-03
harness: none
---
at: 0
ended: 1
request:
  method: GET
  url: /api/credits/balance/simple
response:
  status: 200
  headers:
    - Content-Type: application/json
  json: {code: 0, data: {available: 7}}
---
at: 1
request: {method: POST, url: /run_sse}
response:
  status: 200
  frames:
    - {at: 1, data: {type: heartbeat}}
    - {data: {type: text, content: no}}
    - {at: 3, raw: "data:\\n\\n"}
ended: 3
"""


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "talk.yaml"


def test_a_cassette_can_be_written_by_hand(path: Path) -> None:
    """Without numbers, with YAML as people write it, and read as YAML 1.2: `no` is a word."""
    path.write_text(BY_HAND)

    with Cassette.open(path) as cassette:
        first, second = cassette
        assert [str(entry.signature) for entry in cassette.entries] == [
            "GET /api/credits/balance/simple -",
            "POST /run_sse -",
        ]
        assert [(entry.number, entry.line) for entry in cassette.entries] == [(1, 7), (2, 18)]
        assert cassette.header.recorded_at == "2033-03-03"
    assert first.response is not None
    assert first.response.body == b'{"code":0,"data":{"available":7}}'
    assert [(piece.at, piece.size) for piece in first.response.pieces] == [(0.0, 33)]
    assert second.response is not None
    assert second.response.body == (
        b'data: {"type":"heartbeat"}\n\ndata: {"type":"text","content":"no"}\n\ndata:\n\n'
    )
    assert [(piece.at, piece.size) for piece in second.response.pieces] == [(1.0, 66), (3.0, 7)]


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("cassette: 1", "cassette: 2", "cassette:", "version 2, not 1; record it again"),
        ("cassette: 1\n", "casette: 1\n", "casette", "this is no cassette"),
        ('harness: "0.1.0"\n', "", "cassette:", "missing required field `harness`"),
        ("    code: 0", "    code: 0\n    code: 1", "code: 1", "`code` stands here twice"),
        ("  status: 200", "  stauts: 200", "stauts", "did you mean `status`?"),
        ("  status: 200", "  status: 20x", "20x", "`response.status`: expected `int`, got `str`"),
        ("  status: 200", "  status: 99", "99", "`response.status`: expected `int` >= 100"),
        ("  status: 200", "  at: 0.2", "at: 0.2", "`at` stands here twice"),
        ("    code: 0", "    code: *a", "code: *a", "this is no YAML: found undefined alias"),
        ("    - A: b", "    - A: &a b\n    - B: *a", "- A: &a", "an alias stands for this"),
        ("    - A: b", "    - A: !!binary b", "binary", "is no value"),
        ("    - A: b", "    - A: &a b\n    - *a : c", "- A: &a", "an alias stands for this"),
        ("    - A: b", "    - A: !!float x", "!!float", "`x` is no value"),
        ("    - A: b", "    - A: !!float nan", "!!float", "`nan` is no value"),
        ("    - A: b", "    - A: !x [b]", "!x", "!x is a tag"),
        ("    - A: b", "    - A: 12", "A: 12", "expected `str`, got `int`"),
        ("    - A: b", "    - {A: b, B: c}", "{A: b", "expected `object` of length"),
        ("    - A: b", "    - 1: b", "1: b", "a key is a text"),
        ("    - A: b", "    - A: b\n    - B: c: d", "c: d", "this is no YAML"),
        ("  body_at: 0.125", "  text: a", "response:", "in one way, not as json and text"),
        ("  body_at: 0.125", "  chunks: [[0.1, 5]]", "response:", "33 bytes and `chunks` 5; take"),
        ("    - A: b", "    - A: b\n  base64: '*'", "request:", "this is no base64"),
        ("  json:\n", "  chunks: []\n  json:\n", "response:", "take `body_at` away"),
        ("code: 0", "code: " + "[" * 70 + "]" * 70, "code: [", "more than 64 levels deep"),
        ("code: 0", "code: " + "9" * 5000, "code: 9", "this number is too long"),
        ("code: 0", "? {a: b}\n    : 0", "? {a", "a key is a text"),
        ("ended: 0.2\n", "", "at: 1.5", "this document is cut off: it has no `ended`"),
        ("ended: 0.2", "ended: .nan", "ended: .nan", "`ended`: expected `float`, got `str`"),
        ("ended: 0.2", "...\nended: 0.2", "ended: 0.2", "this is no YAML"),
        ("ended: 0.2", "ended: -1", "ended: -1", "`ended`: expected `float` >= 0"),
        ("ended: 0.2", "ended: 1e999", "ended: 1e999", "is no value"),
        ("simple -\n", "simples -\n", "simples", "the request is `GET /api/credits/balance/simple"),
        ("--- # 1 GET", "--- # GET", "--- # GET", "does not say which"),
        ("--- # 1 GET", "----", "----", "does not say which"),
        ("# 2 POST", "# 1 POST", "1 POST", "interaction 1 stands here again, first in line 6"),
        ("OK\n", "O\u2028K\n", "O\u2028K", "the line separator U+2028 stands here"),
        ("OK\n", "OK\r\n", "OK\r", "a carriage return"),
        ("comment: still", "coment: still", "coment", "did you mean `comment`?"),
        ("comment: still", "raw: a, comment: still", "raw: a", "a frame is one of data, comment"),
        ("frames:\n", "frames:\n    - {base64: '*'}\n", "response:", "this is no base64"),
        ("frames:\n", "chunks: [[0.5, 91]]\n  frames:\n", "response:", "differ in their times"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    path: Path, old: str, new: str, at: str, said: str
) -> None:
    """One sentence: which file, which line, what, and what to do."""
    before, found_old, after = WHOLE.partition(old)
    text = before + new + after
    path.write_bytes(text.encode())
    place = text.rindex(at, 0, len(before) + len(new))

    with (
        pytest.raises(BrokenCassette, match=re.escape(said)) as caught,
        Cassette.open(path) as found,
    ):
        list(found)
    problem = caught.value
    assert found_old
    assert problem.line == text.count("\n", 0, place) + 1, str(problem)
    assert str(problem) == f"{path}:{problem.line}: {problem.what}; {problem.what_to_do}"


def test_a_document_has_a_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger is not even looked at."""
    path.write_text(WHOLE)
    monkeypatch.setattr(yaml_reading, "LARGEST", 200)

    with Cassette.open(path) as cassette, pytest.raises(BrokenCassette, match="at most 200"):
        cassette.interaction(cassette.entries[0])


def test_what_is_not_asked_for_is_not_parsed(path: Path) -> None:
    """A defect in one document is no concern of the others."""
    path.write_text(WHOLE.replace("  status: 200", "  status: no", 1))

    with Cassette.open(path) as cassette:
        assert cassette.interaction(cassette.entries[1]) == streamed(2)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_nothing_but_a_broken_cassette_comes_of_a_broken_file(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever is put in, taken out or overwritten, a file is read or said to be broken."""
    whole = bytearray(WHOLE.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 40)))
        put = st.sampled_from(HOSTILE).map(str.encode) | st.binary(max_size=4)
        whole[start:end] = data.draw(put)
    _read_or_broken(tmp_path_factory, bytes(whole))


@given(st.binary(max_size=60))
@example(b"")
@example(b"---")
@example(b"[" * 100_000)
@example(b"cassette: " + b"9" * 5000)
@example(b"cassette: 1\n" + b"- " * 3000)
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_cassette_or_none(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Not even one of YAML's own errors gets out."""
    _read_or_broken(tmp_path_factory, data)


def _read_or_broken(folders: pytest.TempPathFactory, data: bytes) -> None:
    folder = folders.mktemp("broken")
    path = folder / "talk.yaml"
    path.write_bytes(data)
    assert 0 <= _line_of_defect(path) <= data.count(b"\n") + 1
    done = repair(path, folder / "out.yaml")
    with Cassette.open(folder / "out.yaml") as repaired:
        assert len(list(repaired)) == done.saved


def _line_of_defect(path: Path) -> int:
    """Return the line in which a cassette is said to be broken, or 0."""
    try:
        with Cassette.open(path) as cassette:
            list(cassette)
    except BrokenCassette as problem:
        return problem.line
    return 0
