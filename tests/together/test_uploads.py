"""Files and web addresses on their way into a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.errors import APIConnectionError, UnsupportedFile, UsageError
from nemovideo_client.models import Session
from support.meddling.acts import lost
from support.together.house import House
from support.together.lines import UPLOAD
from support.together.sound import silence

BEACH = "https://example.com/media/beach.mp4"


def test_a_file_is_stored_as_it_is(house: House, tmp_path: Path) -> None:
    """Name, kind, length and a link to the very bytes (52127510908)."""
    source = silence(tmp_path / "quiet.wav", 1.5)
    upload = house.client().upload(source)
    (file,) = upload.files

    assert upload.applied is True
    assert (file.filename, file.kind, file.duration) == ("quiet.wav", "audio", 1.5)
    assert file.url is not None
    assert house.browse(file.url).content == source.read_bytes()


def test_the_project_shows_what_was_uploaded(house: House, tmp_path: Path) -> None:
    """Each file is in `video_infos` (51912643291), in order."""
    nemo = house.client()
    nemo.upload(silence(tmp_path / "one.wav"))
    nemo.upload(BEACH)
    infos = nemo.state().video_infos

    assert [info["filename"] for info in infos] == ["one.wav", "beach.mp4"]
    assert [info["file_type"] for info in infos] == ["audio", "video"]


def test_several_files_go_in_one_request(house: House, tmp_path: Path) -> None:
    """The form field `files` may be repeated (52127510908)."""
    sources = [silence(tmp_path / f"{n}.wav", n) for n in (1, 2, 3)]
    upload = house.client().upload(*sources)

    assert [file.filename for file in upload.files] == ["1.wav", "2.wav", "3.wav"]
    assert [file.duration for file in upload.files] == [1, 2, 3]
    assert len(house.asked(UPLOAD)) == 1


def test_web_addresses_go_as_such(house: House) -> None:
    """`{"urls": [...], "source_type": "url"}` (52127510908)."""
    urls = [BEACH, "http://example.com/song.mp3"]
    upload = house.client().upload(*urls)
    (asked,) = house.meddler.asked(UPLOAD)

    assert [file.kind for file in upload.files] == ["video", "audio"]
    assert asked.json() == {"urls": urls, "source_type": "url"}


def test_files_and_addresses_may_be_mixed(house: House, tmp_path: Path) -> None:
    """One request each; the result is one."""
    nemo = house.client()
    upload = nemo.upload(BEACH, str(silence(tmp_path / "quiet.wav")))

    assert [file.filename for file in upload.files] == ["quiet.wav", "beach.mp4"]
    assert len(nemo.state().video_infos) == len(house.asked(UPLOAD)) == 2


@pytest.mark.parametrize("name", ["海滩 1.wav", "größe.WAV", "a;b=c%20.wav", "it's.wav"])
def test_a_name_arrives_as_it_is(house: House, tmp_path: Path, name: str) -> None:
    """In whatever language, with whatever marks."""
    (file,) = house.client().upload(silence(tmp_path / name)).files

    assert file.filename == name


def test_one_bad_file_refuses_them_all(house: House, tmp_path: Path) -> None:
    """4001, with nothing kept (assumed)."""
    bad = tmp_path / "song.mp3"
    bad.write_text("la la la")
    nemo = house.client()
    with pytest.raises(UnsupportedFile, match=r"song\.mp3"):
        nemo.upload(silence(tmp_path / "quiet.wav"), bad)

    assert nemo.state().video_infos == ()


def test_an_address_of_nothing_we_know_is_refused(house: House) -> None:
    """4001 for web addresses, too."""
    with pytest.raises(UnsupportedFile):
        house.client().upload("https://example.com/setup.exe")

    assert len(house.asked(UPLOAD)) == 1


def test_the_same_file_again_is_taken_again(house: House, tmp_path: Path) -> None:
    """A repeated upload is harmless (54183061932)."""
    nemo = house.client()
    source = silence(tmp_path / "quiet.wav")
    (first,), (second,) = nemo.upload(source).files, nemo.upload(source).files

    assert first.hash == second.hash
    assert len(nemo.state().video_infos) == 2


def test_an_upload_tells_how_far_it_is(house: House, tmp_path: Path) -> None:
    """Bytes sent of bytes in all, never less than before, all of them in the end."""
    sources = [silence(tmp_path / f"{n}.wav", 30) for n in (1, 2)]
    total = sum(source.stat().st_size for source in sources)
    told: list[tuple[int, int | None]] = []
    house.client().upload(*sources, on_progress=lambda done, of: told.append((done, of)))

    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (total, total)
    assert {of for _, of in told} == {total}


def test_a_file_that_is_not_there_is_never_sent(house: House, tmp_path: Path) -> None:
    """The mistake is the caller's, and costs no request."""
    nemo = house.client()
    nemo.connect()
    for sources in ((tmp_path / "none.wav",), ()):
        with pytest.raises(UsageError):
            nemo.upload(*sources)

    assert house.asked(UPLOAD) == []


def test_an_upload_whose_answer_is_lost_is_not_repeated(house: House, tmp_path: Path) -> None:
    """It may have arrived; the state tells."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(UPLOAD, after=lost)
    with pytest.raises(APIConnectionError) as caught:
        nemo.upload(silence(tmp_path / "quiet.wav"))

    assert caught.value.sent
    assert len(house.asked(UPLOAD)) == len(nemo.state().video_infos) == 1


def test_a_project_that_is_gone_gets_a_successor_for_the_upload(
    house: House, tmp_path: Path
) -> None:
    """1002 on a form: the files are read from their beginning again."""
    nemo = house.client()
    nemo.connect()
    nemo.session = Session(session_id="9" * 19)
    source = silence(tmp_path / "quiet.wav", 3)
    (file,) = nemo.upload(source).files

    assert file.duration == 3
    assert file.url is not None
    assert house.browse(file.url).content == source.read_bytes()
