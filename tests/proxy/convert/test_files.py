"""Conversions between files: whole round trips, redaction on the way in, and nothing half written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings

from nemovideo_proxy.cassette import Cassette, Unwritable, Writer
from nemovideo_proxy.cli import main
from nemovideo_proxy.convert.files import convert, recording_of
from nemovideo_proxy.convert.har_out import har_of
from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.convert.redacting import redacted
from support.proxy_recordings import FILM, HEADER, TOKEN, answered, recordings, session

LATE = "quitespecial77value"


def write(recording: Recording, path: Path) -> Path:
    """Write a recording as a cassette."""
    with Writer.create(path, recording.header) as writer:
        for blob in recording.blobs():
            writer.keep_bytes(recording.read(blob), blob.suffix)
        for interaction in recording.interactions:
            writer.add(interaction)
    return path


def _bytes(path: Path) -> list[tuple[Any, ...]]:
    with Cassette.open(path) as cassette:
        recording = recording_of(cassette)
        return [
            (
                replace(interaction, request=replace(interaction.request, body=b""), response=None),
                recording.bytes_of(interaction.request.body),
                response and replace(response, body=recording.bytes_of(response.body)),
            )
            for interaction in recording.interactions
            for response in (interaction.response,)
        ]


@settings(max_examples=60)
@given(recordings())
def test_through_har_and_back(recording: Recording) -> None:
    """A cassette that was a HAR meanwhile has every byte, header and time it had; it was redacted before."""
    recording, _ = redacted(recording)
    with TemporaryDirectory() as folder:
        try:
            first = write(recording, Path(folder) / "first.yaml")
        except Unwritable:
            assume(False)  # what no cassette can hold is another page's matter
        har, second = Path(folder) / "a.har", Path(folder) / "second.yaml"
        convert(first, "har", har)
        convert(har, "cassette", second)

        assert _bytes(second) == _bytes(first)


def test_the_session_comes_back_as_the_same_file(tmp_path: Path) -> None:
    """Even the text of a redacted cassette, and its files, are the same after a way through HAR."""
    first = write(redacted(session())[0], tmp_path / "first.yaml")
    convert(first, "har", tmp_path / "a.har")
    convert(tmp_path / "a.har", "cassette", tmp_path / "second.yaml")

    assert (tmp_path / "second.yaml").read_text() == first.read_text()
    names = [
        sorted(p.name for p in (tmp_path / f"{n}.files").iterdir()) for n in ("first", "second")
    ]
    assert names[0] == names[1]
    assert next((tmp_path / "second.files").iterdir()).read_bytes() == FILM


def _secret(tmp_path: Path) -> Path:
    """Return a HAR with two tokens, one of which nobody knows for one before a late reply says so."""
    bearer = (("Authorization", f"Bearer {TOKEN}"),)
    asked = answered(1, "GET /api/credits/balance/simple", {"code": 0}, asked=bearer)
    told = answered(2, "POST /api/auth/anonymous-token", {"code": 0, "data": {"token": TOKEN}})
    late = answered(3, "POST /api/x", {"refresh_token": LATE})
    early = answered(0, "POST /api/y", {}, sent=f"as {LATE} said".encode(), asked=())
    har = har_of(Recording(header=HEADER, interactions=(early, asked, told, late)))
    del har["log"]["_cassette"]
    path = tmp_path / "browser.har"
    path.write_text(json.dumps(har))
    return path


@pytest.mark.parametrize("to", ["cassette", "har", "vcr"])
def test_what_is_no_cassette_is_redacted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], to: str
) -> None:
    """A token of a browser's HAR is in nothing that is written or printed."""
    har = _secret(tmp_path)
    code = main(["convert", str(har), "--to", to, "-o", str(tmp_path / "out")])

    said = capsys.readouterr()
    assert code == 0
    assert "replaced by pseudonyms: 2 values\n" in said.err
    assert TOKEN not in said.out + said.err
    written = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != har]
    assert written
    assert all(secret not in data for data in written for secret in (TOKEN.encode(), LATE.encode()))


def test_losses_and_what_was_written_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What VCR.py cannot say is a line each on standard error; what was written is on standard output."""
    path = write(session(), tmp_path / "first.yaml")
    main(["convert", str(path), "--to", "vcr", "-o", str(tmp_path / "vcr.yaml")])

    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'vcr.yaml'}: 5 interactions\n"
    assert "lost: when the pieces came of 1 reply that streamed" in said.err


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """OUT stays as it is without `--force`, is replaced with it, and is never what is read."""
    path = write(session(), tmp_path / "first.yaml")
    out = tmp_path / "out.har"
    out.write_text("mine")

    assert main(["convert", str(path), "--to", "har", "-o", str(out)]) == 2
    assert out.read_text() == "mine"
    assert "--force replaces it" in capsys.readouterr().err
    assert main(["convert", str(path), "--to", "har", "-o", str(out), "--force"]) == 0
    assert json.loads(out.read_text())["log"]["version"] == "1.2"
    assert main(["convert", str(path), "--to", "har", "-o", str(path), "--force"]) == 2
    assert main(["convert", str(path), "--to", "har", "-o", str(tmp_path / "no" / "x")]) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "bad:1: this is no JSON"),
        ("{}", "this is no cassette, no HAR"),
        ("b: 1\na: [", "bad:3: "),
        ("- 1", "this is no cassette, no HAR"),
        ("interactions: []\nversion: 1\n", "bad: interactions: there are none"),
        ("cassette: 2\n", "bad:1: this cassette is of version 2"),
        (b"\xff\xfe", "this is no text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, says: str
) -> None:
    """A file of another kind is refused with its name, and nothing is written."""
    bad = tmp_path / "bad"
    bad.write_bytes(text if isinstance(text, bytes) else text.encode())

    assert main(["convert", str(bad), "--to", "har", "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("nemo-proxy: ")
    assert says in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]


def test_a_missing_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """FILE that is not there is named."""
    gone = tmp_path / "gone.yaml"

    assert main(["convert", str(gone), "--to", "har", "-o", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == f"nemo-proxy: {gone}: No such file or directory\n"
