"""Uploads are what they contain."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from nemovideo_fakeserver.core.assets import ACCEPTED
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.media.opening import source
from nemovideo_fakeserver.wire.messages import Probe, Unreadable

KINDS = {
    **dict.fromkeys(("mp4", "mov", "avi", "webm", "mkv"), "video"),
    **dict.fromkeys(("jpg", "png", "gif", "webp"), "image"),
    **dict.fromkeys(("mp3", "wav", "m4a", "aac"), "audio"),
}

LISTS = {
    "ffconcat": "ffconcat version 1.0\nfile {secret}\n",
    "m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9999 RTP/AVP 96\n",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{secret}"/></svg>',
    "mpd": '<?xml version="1.0"?><MPD><BaseURL>file://{secret}</BaseURL></MPD>',
    "text": "just a text",
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_every_accepted_format_is_recognised(name: str, samples: Mapping[str, Path]) -> None:
    """Each of the thirteen formats gives its kind, its name, and what its content says of itself."""
    seen = probe(samples[name])

    assert isinstance(seen, Probe), seen
    assert (seen.kind, seen.format) == (KINDS[name], name)
    assert (seen.width, seen.height) == ((0, 0) if seen.kind == "audio" else (64, 48))
    assert seen.fps == (10 if seen.kind == "video" else 0)
    assert seen.seconds == (0 if seen.kind == "image" else pytest.approx(1, abs=0.15))


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_name_of_a_file_does_not_count(
    name: str, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """A file under a wrong name is what its content is."""
    disguised = tmp_path / "holiday.txt"
    disguised.write_bytes(samples[name].read_bytes())

    assert probe(disguised) == probe(samples[name])


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_other_files_named_mp4_is_refused(
    name: str, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """Play lists, session descriptions and markup are no media, whatever they are called."""
    trap = tmp_path / "clip.mp4"
    trap.write_text(LISTS[name].format(secret=samples["mp4"]))

    seen = probe(trap)

    assert isinstance(seen, Unreadable)
    assert "accepted formats" in seen.why


@pytest.mark.parametrize("name", source.DEMUXERS)
@pytest.mark.parametrize("trap", LISTS)
def test_no_reader_takes_a_list(name: str, trap: str, samples: Mapping[str, Path]) -> None:
    """Were a list mistaken for an accepted format, the one reader allowed would not follow it."""
    text = LISTS[trap].format(secret=samples["mp4"]).encode()

    with pytest.raises(av.FFmpegError), source.opened(io.BytesIO(text), name):
        pass


def test_even_a_reader_that_follows_lists_gets_no_other_file(
    samples: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second wall: whatever a demuxer wants to open beside its file is refused."""
    monkeypatch.setitem(source.DEMUXERS, "mp4", "concat")
    text = LISTS["ffconcat"].format(secret=samples["mp4"].name).encode()
    monkeypatch.chdir(samples["mp4"].parent)

    with pytest.raises((av.FFmpegError, PermissionError)), source.opened(io.BytesIO(text), "mp4"):
        pass


@pytest.mark.parametrize("name", ["mp4", "mov", "avi", "webm", "mkv", "wav", "m4a"])
def test_a_container_that_was_cut_off_is_refused(
    name: str, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """A container without its last bytes is unreadable, and the sentence names its size."""
    short = tmp_path / f"short.{name}"
    short.write_bytes(samples[name].read_bytes()[:-40])

    seen = probe(short)

    assert isinstance(seen, Unreadable)
    assert str(short.stat().st_size) in seen.why


@pytest.mark.parametrize("name", ["jpg", "png", "gif", "webp"])
def test_a_picture_that_was_cut_off_is_refused(
    name: str, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """Half a picture is unreadable."""
    data = samples[name].read_bytes()
    short = tmp_path / "short"
    short.write_bytes(data[: len(data) // 2])

    assert isinstance(probe(short), Unreadable)


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x2c\0\0\0WEBP"]
)
def test_a_refusal_does_not_say_where_the_file_lies(head: bytes, tmp_path: Path) -> None:
    """A picture that its reader does not know is refused in words about it, not about this machine."""
    path = tmp_path / "upload"
    path.write_bytes(head + bytes(40))

    seen = probe(path)

    assert isinstance(seen, Unreadable)
    assert "file cannot be used: " in seen.why
    assert not set("<>/\\") & set(seen.why)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """No bytes, no media."""
    empty = tmp_path / "empty.mp4"
    empty.touch()

    assert probe(empty) == Unreadable("The file is empty.")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """A small file that unpacks to a huge picture is refused by its header."""
    bomb = tmp_path / "bomb.png"
    Image.new("1", (20_000, 3_000)).save(bomb)

    seen = probe(bomb)

    assert isinstance(seen, Unreadable)
    assert "20000x3000" in seen.why


def test_a_picture_over_pillows_own_limit_is_refused(tmp_path: Path) -> None:
    """Pillow's warning about a decompression bomb is an answer, not a warning."""
    bomb = tmp_path / "bomb.png"
    Image.new("1", (16_000, 16_000)).save(bomb)

    assert isinstance(probe(bomb), Unreadable)


def test_a_film_of_too_many_pixels_is_refused(
    make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """A film wider than the limit is refused."""
    wide = make_film(tmp_path / "wide.mp4", size=(8194, 16), lumas=(100,), sound=False)

    seen = probe(wide)

    assert isinstance(seen, Unreadable)
    assert "8194x16" in seen.why


def test_a_photo_taken_upright_is_upright(tmp_path: Path) -> None:
    """The orientation a camera noted changes width and height."""
    photo = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(photo, exif=exif)

    seen = probe(photo)

    assert isinstance(seen, Probe)
    assert (seen.width, seen.height) == (20, 40)


@pytest.mark.parametrize("name", ["mp4", "mov"])
def test_mp4_without_picture_is_sound(
    name: str, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """The boxes of MP4 with nothing but sound in them are an m4a, whatever their brand."""
    renamed = tmp_path / name
    brand = {"mp4": b"ftypisom", "mov": b"ftypqt  "}[name]
    renamed.write_bytes(samples["m4a"].read_bytes().replace(b"ftypM4A ", brand))

    seen = probe(renamed)

    assert isinstance(seen, Probe)
    assert (seen.kind, seen.format) == ("audio", "m4a")


def test_mp3_after_a_tag_is_mp3(samples: Mapping[str, Path], tmp_path: Path) -> None:
    """An ID3 tag of any length in front of MP3 or AAC is skipped, in front of anything else not."""
    tag = b"ID3\x04\0\0\0\0\x27\x10" + bytes(0x27 * 128 + 0x10)
    tagged, odd = tmp_path / "tagged", tmp_path / "odd"
    bare = samples["aac"].read_bytes()
    tagged.write_bytes(tag + bare)
    odd.write_bytes(tag + samples["png"].read_bytes())

    assert probe(tagged) == probe(samples["aac"])
    assert isinstance(probe(odd), Unreadable)


def test_a_live_recording_without_a_length_is_measured(
    samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """WebM from a browser has no duration in its header; the packets tell it."""
    live = tmp_path / "live.webm"
    with (
        av.open(str(samples["webm"])) as given,
        av.open(str(live), "w", format="webm", options={"live": "1"}) as taken,
    ):
        film = given.streams.video[0]
        copy = taken.add_stream_from_template(film)
        for packet in given.demux(film):
            if packet.dts is not None:
                packet.stream = copy
                taken.mux(packet)

    seen = probe(live)

    assert isinstance(seen, Probe)
    assert seen.seconds == pytest.approx(1, abs=0.11)


def test_sound_that_was_piped_is_not_cut_off(samples: Mapping[str, Path], tmp_path: Path) -> None:
    """A program that writes WAV into a pipe cannot fill in the length; the file is whole all the same."""
    piped = tmp_path / "piped.wav"
    data = samples["wav"].read_bytes()
    piped.write_bytes(data[:4] + b"\xff" * 4 + data[8:])

    assert probe(piped) == probe(samples["wav"])


def test_bare_aac_is_measured(make_film: Callable[..., Path], tmp_path: Path) -> None:
    """AAC without a container has no length; guessing it from the bit rate goes wrong, counting not."""
    path = make_film(tmp_path / "bare.aac", seconds=6.0, silence=5.0)

    seen = probe(path)

    assert isinstance(seen, Probe)
    assert seen.seconds == pytest.approx(6, abs=0.05)


def test_reading_stops_when_the_ration_is_used_up() -> None:
    """A file seems to end after the ration, wherever its bytes lie."""
    ration = source.Ration(io.BytesIO(bytes(100)), 10)

    first = ration.read(8)
    ration.seek(50)

    assert (len(first), len(ration.read(8)), ration.read(8)) == (8, 2, b"")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_never_raise(
    data: st.DataObject, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """Whatever bytes change or go missing, the answer is a value."""
    original = samples[data.draw(st.sampled_from(ACCEPTED))].read_bytes()
    kept = data.draw(st.just(len(original)) | st.integers(1, len(original)))
    damaged = bytearray(original[:kept])
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(damaged)

    seen = probe(path)

    assert isinstance(seen, Probe | Unreadable)
    assert str(tmp_path) not in repr(seen)


def test_a_header_longer_than_any_file_is_refused(
    samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """A length of 64 bits in the header is a promise not kept, not a place to look at."""
    path = tmp_path / "long.webm"
    data = samples["webm"].read_bytes()
    path.write_bytes(data[:4] + b"\x01" + b"\xee" * 7 + data[12:])

    assert isinstance(probe(path), Unreadable)


MAGIC = (
    b"",
    b"\xff\xd8\xff",
    b"GIF89a",
    b"RIFF1234WEBP",
    b"RIFF\0\0\0\0AVI ",
    b"ID3",
    b"\xff\xfb",
    b"\xff\xf1",
    b"\0\0\0\x08ftypisom",
    b"\x1a\x45\xdf\xa3\x42\x82\x84webm",
    b"RIFF\0\0\0\0WAVE",
    b"\x89PNG\r\n\x1a\n",
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.sampled_from(MAGIC), rest=st.binary(max_size=200))
def test_random_bytes_never_raise(head: bytes, rest: bytes, tmp_path: Path) -> None:
    """Noise, with or without a promising beginning, is unreadable."""
    path = tmp_path / "noise"
    path.write_bytes(head + rest)

    seen = probe(path)

    assert isinstance(seen, Unreadable | Probe)
    assert str(tmp_path) not in repr(seen)


@pytest.mark.parametrize("module", ["intake.probe", "studio.studio", "timeline"])
def test_the_entrances_load_nothing_heavy(module: str) -> None:
    """Importing what a server needs to start does not load the codecs."""
    script = (
        f"import sys, nemovideo_fakeserver.media.{module}\n"
        "print({'av', 'PIL'} & sys.modules.keys())"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "set()"
