from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import ACCEPTED, KINDS, Asset, Synthetic
from nemovideo_fakeserver.core.refusals import RequestMalformed, UnsupportedFile
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.uploads import clean
from nemovideo_fakeserver.wire.messages import Part, Probe, Unreadable

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

VIDEO = Probe(kind="video", format="mp4", seconds=12.5, width=640, height=360, fps=25.0)


def part(filename: str | None = "clip.mp4", probe: Probe | Unreadable | None = VIDEO) -> Part:
    """A spooled file."""
    return Part(
        field="files",
        filename=filename,
        content_type="video/mp4",
        path=Path("spool") / "1",
        size=1000,
        sha256="ab" * 32,
        probe=probe,
    )


def fetch(stage: Stage, session: Session, *urls: str) -> list[Asset]:
    """Name URLs to upload from."""
    return stage.world.uploads.fetch(session, urls, cdn="http://fake.test/cdn")


def store(stage: Stage, session: Session, *parts: Part) -> list[Asset]:
    """Upload files."""
    return stage.world.uploads.store(session, parts, cdn="http://fake.test/cdn")


# Files


def test_a_file_is_described_by_its_content(stage: Stage) -> None:
    """Kind, duration, size and rate come from the probe, the hash from the bytes."""
    session = stage.session()

    [asset] = store(stage, session, part())

    assert (asset.kind, asset.seconds, asset.width, asset.height, asset.fps) == (
        ("video", 12.5, 640, 360, 25.0)
    )
    assert (asset.hash, asset.filename, asset.origin) == ("ab" * 32, "clip.mp4", "uploaded")
    assert asset.source == Path("kept") / "1"


def test_files_join_the_session_in_order(stage: Stage) -> None:
    """All files of a request show in the session in the order they came, after the earlier ones."""
    session = stage.session()

    first = store(stage, session, part("a.mp4"), part("b.mp4"))
    second = store(stage, session, part("c.mp4"))

    assert session.uploads == [*first, *second]
    assert [asset.filename for asset in session.uploads] == ["a.mp4", "b.mp4", "c.mp4"]
    assert [fact["session"] for fact in stage.noted("upload.stored")] == [session.id] * 3


def test_a_repeated_upload_is_taken_again(stage: Stage) -> None:
    """The same file twice makes two uploads with two addresses."""
    session = stage.session()

    one, two = (store(stage, session, part())[0] for _ in range(2))

    assert one.hash == two.hash
    assert one.url != two.url


def test_an_upload_is_found_by_the_key_in_its_address(stage: Stage) -> None:
    """The address is the CDN, an unguessable key and the quoted name; the key finds the upload."""
    [asset] = store(stage, stage.session(), part("films/мой #1.mp4"))

    found = re.fullmatch(
        r"http://fake\.test/cdn/uploads/([0-9a-f]{32})/([A-Z0-9a-z%.]+)", asset.url
    )
    assert found
    assert stage.world.uploads.by_key(found[1]) is asset
    assert unquote(found[2]) == asset.filename == "мой #1.mp4"
    assert stage.world.uploads.by_key("0" * 32) is None


@pytest.mark.parametrize(
    ("probe", "why"),
    [(Unreadable("No frame can be read."), "No frame can be read."), (None, "It has no content.")],
)
def test_one_bad_file_refuses_them_all(stage: Stage, probe: Unreadable | None, why: str) -> None:
    """A file that is no media refuses the whole request, names what is wrong, and keeps nothing."""
    session = stage.session()

    with pytest.raises(UnsupportedFile, match=f"'notes.mp4'. {why} Supported formats: mp4, mov"):
        store(stage, session, part(), part("notes.mp4", probe))

    assert (session.uploads, stage.vault.kept, stage.noted("upload.stored")) == ([], [], [])


# URLs


@pytest.mark.parametrize("extension", [*ACCEPTED, "jpeg", "MP4"])
def test_a_url_gives_a_clip_of_the_kind_it_names(stage: Stage, extension: str) -> None:
    """Every accepted extension gives media of its kind: sound has no size, a still no duration."""
    [asset] = fetch(stage, stage.session(), f"https://a.test/x/holiday.{extension}?sig=1#t")

    assert asset.filename == f"holiday.{extension}"
    assert asset.kind == KINDS[extension.lower()]
    assert isinstance(asset.source, Synthetic)
    assert asset.source.format == {"jpeg": "jpg", "MP4": "mp4"}.get(extension, extension)
    assert asset.source.notes["sound"] == (asset.kind == "video")
    assert bool(asset.width and asset.height) == (asset.kind != "audio")
    assert (8 <= asset.seconds <= 40) == (asset.kind != "image")
    assert bool(asset.fps) == (asset.kind == "video")


def test_the_clip_behind_a_url_is_only_described(stage: Stage) -> None:
    """Nothing is fetched: the source describes the very media that the reply tells of."""
    [asset] = fetch(stage, stage.session(), "https://a.test/b.mp4")

    assert isinstance(asset.source, Synthetic)
    assert (asset.source.kind, asset.source.seconds) == (asset.kind, asset.seconds)
    assert (asset.source.width, asset.source.height) == (asset.width, asset.height)


@pytest.mark.parametrize(
    ("url", "filename"),
    [
        ("https://a.test/watch?v=1", "watch"),
        ("https://a.test", "file"),
        ("https://a.test/", "file"),
        ("http://a.test/%2f", "file"),
        ("https://a.test/a%20b.mp4", "a b.mp4"),
        ("https://a.test/..%2f..%2fetc%2fpasswd.mp4", "passwd.mp4"),
    ],
)
def test_a_url_without_an_extension_is_taken_for_a_video(
    stage: Stage, url: str, filename: str
) -> None:
    """A page that names no format stands for a video; the name is the last part of the path."""
    [asset] = fetch(stage, stage.session(), url)

    assert (asset.kind, asset.filename) == ("video", filename)


@pytest.mark.parametrize(
    "url", ["", "a.mp4", "ftp://a.test/a.mp4", "file:///a.mp4", "http://[/a.mp4"]
)
def test_only_web_addresses_are_urls(stage: Stage, url: str) -> None:
    """What is no http or https URL is malformed, and the others of the request are not taken either."""
    session = stage.session()

    with pytest.raises(RequestMalformed, match="is no http or https URL"):
        fetch(stage, session, "https://a.test/a.mp4", url)

    assert session.uploads == []


def test_a_url_of_another_format_is_unsupported(stage: Stage) -> None:
    """A document is refused as unsupported, and nothing of the request is kept."""
    session = stage.session()

    with pytest.raises(UnsupportedFile, match=r"'a\.pdf'\. Its name ends in 'pdf'\."):
        fetch(stage, session, "https://a.test/a.mp4", "https://a.test/a.pdf")

    assert session.uploads == []


# Names


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("clip.mp4", "clip.mp4"),
        ("../../etc/passwd", "passwd"),
        ("C:\\films\\clip.mp4", "clip.mp4"),
        ("a\x00b\r\nc\u202e.mp4", "abc.mp4"),
        ("", "file"),
        ("..", "file"),
        (" . .\u3000.", "file"),
        (". a.mp4 .", "a.mp4"),
        ("a/", "file"),
        ("宣传片.mp4", "宣传片.mp4"),
    ],
)
def test_a_claimed_name_is_made_harmless(claimed: str, kept: str) -> None:
    """Only the last part of a path stays, without control characters; nothing left is called file."""
    assert clean(claimed) == kept


@given(st.text(max_size=300) | st.text(st.sampled_from("./\\ \u3000\t\x00\u202ea"), max_size=12))
def test_every_name_is_made_harmless(claimed: str) -> None:
    """Any name becomes one path component that is visible, of sane length and clean already."""
    name = clean(claimed)

    assert 1 <= len(name) <= 120
    assert not set(name) & {"/", "\\"}
    assert all(unicodedata.category(c)[0] != "C" for c in name)
    assert name == name.strip() == name.strip(".") == clean(name)
