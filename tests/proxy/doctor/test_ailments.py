"""One deliberately ill cassette for each ailment, and a healthy one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.cli import main
from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.convert.redacting import redacted
from nemovideo_proxy.doctor.examining import cassettes_in, examined
from nemovideo_proxy.doctor.formatting import formatted
from support.proxy_recordings import (
    FILM,
    HEADER,
    JSON,
    TOKEN,
    answered,
    blob_of,
    session,
    streamed,
)

NOW = datetime(2026, 4, 1, tzinfo=UTC)
FILES = "healthy.files"


def write(recording: Recording, path: Path) -> Path:
    """Write a recording as a cassette."""
    with Writer.create(path, recording.header) as writer:
        for blob in recording.blobs():
            writer.keep_bytes(recording.read(blob), blob.suffix)
        for interaction in recording.interactions:
            writer.add(interaction)
    return path


@pytest.fixture
def healthy(tmp_path: Path) -> Path:
    """A cassette with nothing wrong: redacted, with a film, a stream that was cut, and no answer."""
    return write(redacted(session())[0], tmp_path / "healthy.yaml")


def _kinds(path: Path) -> list[str]:
    return [ailment.kind for ailment in examined(path, now=NOW)]


def test_a_healthy_cassette_is_clean(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is found, nothing is printed but the count, and the exit code is 0."""
    assert main(["doctor", str(healthy)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "1 cassette, 0 findings\n"


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def _film(path: Path) -> Path:
    return path.with_name(FILES) / blob_of(FILM, ".mp4").name


ILL: dict[str, Callable[[Path], object]] = {
    "stale line": lambda path: _edit(path, "/api/auth/anonymous-token -", "/api/other -"),
    "format": lambda path: _edit(path, "ended: 0.0", "ended:   0.0"),
    "schema": lambda path: _edit(path, "status: 200", "status: fine"),
    "broken": lambda path: _edit(path, "cassette: 1", "cassette: 7"),
    "orphan": lambda path: (path.with_name(FILES) / "notes.txt").write_text("mine"),
    "missing file": lambda path: _film(path).unlink(),
    "wrong file": lambda path: _film(path).write_bytes(FILM[::-1]),
}


@pytest.mark.parametrize("kind", ILL)
def test_each_ailment_is_found(healthy: Path, kind: str) -> None:
    """What was done to the cassette is found, at a line, with what to do; and nothing else is."""
    ILL[kind](healthy)
    found = examined(healthy, now=NOW)

    assert {ailment.kind for ailment in found} == {kind}
    assert all(ailment.line >= 1 and ailment.what and ailment.what_to_do for ailment in found)


@pytest.mark.parametrize(
    ("interaction", "kind"),
    [
        (streamed(1, [(1.0, b": ping\n\n")]), "empty stream"),
        (replace(streamed(1, []), end="eof"), "empty stream"),
        (streamed(1, [(1.0, b"data: 1\n\n")], end="lost"), "unfinished"),
        (answered(1, "GET /x", {}, asked=(("Authorization", f"Bearer {TOKEN}"),)), "secret"),
        (answered(1, "POST /api/auth/anonymous-token", {"data": {"token": TOKEN}}), "secret"),
    ],
)
def test_what_was_recorded_ill_is_found(tmp_path: Path, interaction: object, kind: str) -> None:
    """An empty stream, one that was lost, and what should have been redacted are found."""
    recording = Recording(header=HEADER, interactions=(interaction,))  # type: ignore[arg-type]  # parametrized
    path = write(recording, tmp_path / "ill.yaml")

    assert _kinds(path) == [kind]


def test_a_secret_is_never_quoted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report says which line has a token, and not the token."""
    told = answered(1, "POST /api/auth/anonymous-token", {"data": {"token": TOKEN}}, headers=JSON)
    path = write(Recording(header=HEADER, interactions=(told,)), tmp_path / "ill.yaml")

    assert main(["doctor", str(path)]) == 1
    said = capsys.readouterr()
    with Cassette.open(path) as cassette:
        line = cassette.entries[0].line
    assert said.out.startswith(
        f"{path}:{line}: secret: interaction 1 has a token in its response body"
    )
    assert TOKEN not in said.out + said.err


def test_age_is_counted_from_the_recording(tmp_path: Path) -> None:
    """A cassette is old when its days are over, and not a moment before."""
    header = replace(HEADER, recorded_at="2026-03-02T00:00:01Z", expires_after=30.0)
    path = write(Recording(header=header, interactions=()), tmp_path / "a.yaml")

    assert _kinds(path) == []
    assert [a.kind for a in examined(path, now=NOW.replace(second=2))] == ["expired"]
    write(
        Recording(header=replace(header, expires_after=None), interactions=()), tmp_path / "b.yaml"
    )
    assert _kinds(tmp_path / "b.yaml") == []


def test_a_killed_recording_is_unfinished(healthy: Path) -> None:
    """What a killed recording left behind is named, with the file it lies in."""
    writer = Writer.extend(healthy)
    writer.begin(9, 1.0, answered(9, "GET /x").request)
    found = examined(healthy, now=NOW)

    assert [ailment.kind for ailment in found] == ["unfinished"]
    assert ".open" in found[0].what
    writer.close()


def test_all_that_is_wrong_is_found_at_once(healthy: Path) -> None:
    """One thing does not hide another; they come in order of lines."""
    _edit(healthy, "/api/auth/anonymous-token -", "/api/other -")
    _edit(healthy, "ended: 0.75", "ended:  0.75")
    _film(healthy).unlink()
    found = examined(healthy, now=NOW)

    assert {ailment.kind for ailment in found} == {"stale line", "format", "missing file"}
    assert [ailment.line for ailment in found] == sorted(ailment.line for ailment in found)


def test_a_header_is_held_to_its_form(healthy: Path) -> None:
    """A header that is not as a recording writes it is named at line 1, and mended."""
    _edit(healthy, "cassette: 1", "# mine\ncassette: 1")

    assert [(ailment.kind, ailment.line) for ailment in examined(healthy, now=NOW)] == [
        ("format", 1)
    ]
    assert formatted(healthy)
    assert examined(healthy, now=NOW) == ()


def test_disorder_is_found(healthy: Path) -> None:
    """A document that stands after one with a higher number is named."""
    first, *rest = healthy.read_text().split("--- ")
    healthy.write_text("--- ".join([first, rest[1], rest[0], *rest[2:]]))
    found = examined(healthy, now=NOW)

    assert [ailment.what for ailment in found] == ["interaction 1 stands after interaction 2"]


def test_format_writes_what_a_recording_would(healthy: Path) -> None:
    """Spaces, stale lines and disorder are mended; a cassette that is in order is not touched."""
    text = healthy.read_text()
    _edit(healthy, "/api/auth/anonymous-token -", "/api/other -")
    _edit(healthy, "ended: 0.0", "ended:   0.0")
    first, *rest = healthy.read_text().split("\n--- ")
    healthy.write_text("\n--- ".join([first, *(part.strip("\n") for part in rest[::-1])]) + "\n")
    assert "format" in _kinds(healthy)

    assert main(["doctor", "--format", str(healthy)]) == 0
    assert healthy.read_text() == text
    assert not formatted(healthy)


def test_what_cannot_be_read_is_not_formatted(
    healthy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cassette with a broken document stays as it is, byte for byte."""
    _edit(healthy, "status: 200", "status: fine")
    text = healthy.read_text()

    assert main(["doctor", "--format", str(healthy)]) == 1
    assert healthy.read_text() == text
    assert "not formatted" in capsys.readouterr().err


def test_repair_saves_what_is_whole(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest goes into a new cassette, which is healthy; what was lost is named with its line."""
    _edit(healthy, "status: 200", "status: fine")
    out = healthy.with_name("saved.yaml")

    assert main(["doctor", "--repair", str(healthy), "-o", str(out)]) == 1
    said = capsys.readouterr().out
    assert f"{healthy}:" in said
    assert f"{out}: saved 4 interactions, lost 1 thing" in said
    assert main(["doctor", str(out)]) == 0
    assert main(["doctor", "--repair", str(out)]) == 0
    assert healthy.with_name("saved.repaired.yaml").exists()
    assert main(["doctor", "--repair", str(healthy), "-o", str(out)]) == 2


def test_folders_are_searched(healthy: Path, tmp_path: Path) -> None:
    """Cassettes are found at any depth; other YAML, and what lies beside a cassette, are none."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "other.yaml").write_text("a: 1\n")
    (tmp_path / FILES / "x.yaml").write_text("cassette: 1\n")
    inner = write(Recording(header=HEADER, interactions=()), deep / "inner.yml")

    assert cassettes_in(tmp_path) == (inner, healthy)
    assert main(["doctor", str(deep)]) == 0


def test_json_says_the_same(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For programs there is one JSON value with the file, the line and the kind."""
    ILL["stale line"](healthy)

    assert main(["doctor", "--json", str(healthy)]) == 1
    told = json.loads(capsys.readouterr().out)["cassettes"][0]
    assert told["file"] == str(healthy)
    assert told["findings"][0]["kind"] == "stale line"


@pytest.mark.parametrize(
    "flags",
    [["gone.yaml"], [".", "-o", "x"], ["--repair", "."], ["--repair", "--format", "."], ["empty"]],
)
def test_wrong_usage_is_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str]
) -> None:
    """What makes no sense is refused with exit code 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()

    assert main(["doctor", *flags]) == 2
