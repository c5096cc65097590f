"""Files of strangers: refused, or rendered as far as they go; never read further, never waited for."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.stream import VideoStream
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import ACCEPTED, Asset
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder
from nemovideo_fakeserver.media.intake.inspector import Inspector
from nemovideo_fakeserver.media.studio.studio import Defect, LocalStudio
from nemovideo_fakeserver.wire.messages import Probe, Unreadable

OrderMaker = Callable[..., RenderOrder]

SECRET = 200
"""The grey of a film that nobody uploaded; it lies beside those that were."""


class Lab:
    """What looks into uploads, and what makes films of them: each in another process."""

    def __init__(
        self, folder: Path, order: OrderMaker, upload: Callable[[str, Path], Asset]
    ) -> None:
        self.inspector, self.studio = Inspector(), LocalStudio(folder)
        self.probe = self.inspector.probe
        self._order, self.upload = order, upload

    def film(self, draft: dict[str, Any], asset: Asset) -> Future[Film]:
        """Render a draft that names an upload `u`."""
        return self.studio.render(replace(self._order(draft), media={"u": asset}))

    def close(self) -> None:
        """Leave nothing behind."""
        self.inspector.close()
        self.studio.close()


@pytest.fixture(scope="module")
def lab(
    tmp_path_factory: pytest.TempPathFactory,
    order: OrderMaker,
    upload: Callable[[str, Path], Asset],
) -> Iterator[Lab]:
    """One for all tests: what costs one file may cost no other."""
    made = Lab(tmp_path_factory.mktemp("studio"), order, upload)
    yield made
    made.close()


@pytest.fixture
def secret(make_film: Callable[..., Path], tmp_path: Path) -> Path:
    """A file that only this machine's owner may see."""
    return make_film(tmp_path / "secret.mov", lumas=(SECRET,) * 10, sound=False)


def greys(path: Path) -> list[float]:
    """How bright each frame of a film is."""
    with av.open(str(path)) as container:
        return [float(np.mean(f.to_ndarray(format="gray"))) for f in container.decode(video=0)]


# Pictures


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that says how large it is."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (head, *chunks, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + body


def gif(width: int, height: int, frames: int) -> bytes:
    """A GIF of many frames of one pixel."""
    frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def webp(width: int, height: int) -> bytes:
    """A WebP that says how large its canvas is."""
    canvas = b"\x02\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    animation = b"ANIM" + struct.pack("<I", 6) + bytes(6)
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + animation
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wav(declared: int, body: bytes) -> bytes:
    """A WAV that says how many bytes of samples it has."""
    form = struct.pack("<HHIIHH", 1, 1, 48_000, 96_000, 2, 16)
    chunks = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", declared)
    return b"RIFF" + struct.pack("<I", 0xFFFF_FFFF) + chunks + body


ROW = zlib.compress(bytes(1_000_000), 9)


def refused(lab: Lab, path: Path) -> None:
    """The file is no media, and the sentence that says so names no place on this machine."""
    seen = lab.probe(path)

    assert isinstance(seen, Unreadable)
    assert str(path.parent) not in seen.why


REFUSED = {
    "png-side": png(100_000, 100_000, (b"IDAT", ROW)),
    "png-wide": png(100_000, 1, (b"IDAT", ROW)),
    "png-nothing": png(0, 0, (b"IDAT", ROW)),
    "gif-side": gif(65_535, 65_535, 1),
    "webp-side": webp(100_000, 100_000),
    "webp-huge": webp(1 << 24, 255),
    "wav-empty": wav(0xFFFF_FFFF, b""),
    "mkv-head": b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska",
    "mp4-head": b"\0\0\0\x08ftypisom",
    "jpg-head": b"\xff\xd8\xff\xe0" + bytes(40),
    "gif-head": b"GIF89a",
    "webp-head": b"RIFF\x20\0\0\0WEBPVP8 " + bytes(24),
    "data-uri": b"data:video/mp4;base64,AAAAHGZ0eXBpc29t",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_only_says_that_it_is_large_is_refused(name: str, lab: Lab, tmp_path: Path) -> None:
    """Few bytes that would become many, or none."""
    path = tmp_path / "upload"
    path.write_bytes(REFUSED[name])

    refused(lab, path)


LONG = {
    "gif": gif(16, 16, 100_000),
    "apng": png(
        16, 16, (b"acTL", struct.pack(">II", 0x7FFF_FFFF, 0)), (b"IDAT", zlib.compress(bytes(272)))
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_an_animation_of_many_frames_is_a_picture(
    name: str,
    lab: Lab,
    tmp_path: Path,
) -> None:
    """It is accepted by its first frame, and rendered as far as it goes."""
    path = tmp_path / "upload"
    path.write_bytes(LONG[name])
    seen = lab.probe(path)
    assert isinstance(seen, Probe)
    assert (seen.width, seen.height) == (16, 16)

    film = lab.film(shown(1000), lab.upload("u", path)).result()

    assert len(greys(film.path)) == 10
    assert lab.studio.thumbnail(lab.upload("u", path)).result().exists()


# Sound


def test_a_sound_of_four_gigabytes_is_as_long_as_it_says_and_silent_from_its_end(
    lab: Lab, tmp_path: Path
) -> None:
    """What pipes write; a film with it has its length and ends in silence."""
    path = tmp_path / "upload.wav"
    path.write_bytes(wav(0xFFFF_FFFF, b"\x00\x40" * 24_000))
    assert isinstance(lab.probe(path), Probe)
    draft = {"t": [{"tt": 1, "sg": [{"d": 2000, "src": "u"}]}]}

    film = lab.film(draft, lab.upload("u", path)).result()

    with av.open(str(film.path)) as container:
        heard = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    assert np.abs(heard[2_400:21_600]).mean() > 0.3
    assert np.abs(heard[30_000:]).max() < 0.01


# Films


def shown(milliseconds: int, **more: Any) -> dict[str, Any]:
    """A draft that shows an upload."""
    return {"t": [{"tt": 0, "sg": [{"d": milliseconds, "src": "u", **more}]}]}


def inserted(data: bytes, parents: tuple[bytes, ...], old: bytes, new: bytes) -> bytes:
    """Put other bytes into a box of an ISO file whose index comes last, and let its parents grow."""
    at = data.index(old)
    grown = bytearray(data[:at] + new + data[at + len(old) :])
    for name in parents:
        start = data.rindex(name, 0, at) - 4
        size = int.from_bytes(grown[start : start + 4]) + len(new) - len(old)
        grown[start : start + 4] = size.to_bytes(4)
    return bytes(grown)


def alias(path: str, levels: int) -> bytes:
    """The entry that says in which file a film's data are, as Macintosh and FFmpeg read it.

    With `levels` the file is so many folders up from the film, else where `path` says.
    """
    name = path.encode()
    name += bytes(len(name) % 2)
    record = bytes(10 + 1 + 27 + 12 + 1 + 63 + 16) + struct.pack(">HH", levels, levels) + bytes(16)
    return b"alis" + bytes(4) + record + struct.pack(">HH", 2, len(name)) + name + b"\xff\xff\0\0"


def referring(data: bytes, entry: bytes) -> bytes:
    """Let a film's data lie in another file, and blot out its own."""
    parents = (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov")
    changed = bytearray(inserted(data, parents, b"url \0\0\0\1", entry))
    start = changed.index(entry) - 4
    changed[start : start + 4] = (4 + len(entry)).to_bytes(4)
    begin = changed.index(b"mdat") + 4
    end = begin - 8 + int.from_bytes(changed[begin - 8 : begin - 4])
    changed[begin:end] = bytes(end - begin)
    return bytes(changed)


def test_the_trap_is_one(secret: Path) -> None:
    """A reader that trusts such a film shows the other file."""
    trap = secret.with_name("trap.mov")
    options = {"enable_drefs": "1", "use_absolute_path": "1"}
    for levels in (0, 1):
        trap.write_bytes(referring(secret.read_bytes(), alias(str(secret), levels)))

        with av.open(str(trap), options=options) as container:
            frame = next(container.decode(video=0))
        assert np.mean(frame.to_ndarray(format="gray")) > 150


@pytest.mark.parametrize("entry", ["absolute", "relative", "url"])
def test_a_film_whose_data_lie_elsewhere_shows_nothing_of_them(
    entry: str,
    lab: Lab,
    secret: Path,
    tmp_path: Path,
) -> None:
    """Refused as an upload; and were it accepted, no film or picture of it would show the other file."""
    path = tmp_path / "upload.mov"
    entries = {
        "absolute": alias(str(secret), 0),
        "relative": alias(str(secret), 1),
        "url": b"url \0\0\0\0" + secret.as_uri().encode() + b"\0",
    }
    path.write_bytes(referring(secret.read_bytes(), entries[entry]))
    known = replace(lab.upload("u", secret), source=path)
    refused(lab, path)

    film = lab.film(shown(500), known)
    small = lab.studio.thumbnail(known)

    assert film.exception() is not None or max(greys(film.result().path)) < 100
    assert small.exception() is not None or max(greys(small.result())) < 100


LISTS = {
    "ffconcat": "ffconcat version 1.0\nfile '{}'\n",
    "m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=control:{}\n",
    "mpd": '<?xml version="1.0"?><MPD><BaseURL>file://{}</BaseURL></MPD>',
}


@pytest.mark.parametrize(
    "head", [b"", b"\0\0\0\x14ftypqt  \0\0\0\0qt  "], ids=["bare", "disguised"]
)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_nothing_of_what_it_lists(
    name: str,
    head: bytes,
    lab: Lab,
    secret: Path,
    tmp_path: Path,
) -> None:
    """Not as an upload, not behind the head of a film, and not where it took the place of one."""
    path = tmp_path / "upload.mov"
    path.write_bytes(head + LISTS[name].format(secret).encode())
    known = replace(lab.upload("u", secret), source=path)
    refused(lab, path)

    for work in (
        lab.film(shown(500), known),
        lab.studio.thumbnail(known),
    ):
        problem = work.exception()
        assert isinstance(problem, RenderError)
        assert str(secret) not in str(problem)


def element(name: bytes, body: bytes) -> bytes:
    """A part of a Matroska file."""
    return name + b"\x01" + len(body).to_bytes(7) + body


def content(data: bytes, at: int) -> bytes:
    """What the part has whose length stands there."""
    width = 9 - data[at].bit_length()
    size = int.from_bytes(data[at : at + width]) & ((1 << 7 * width) - 1)
    return data[at + width : at + width + size]


def test_attachments_and_other_segments_of_a_file_are_left_alone(
    lab: Lab,
    samples: Mapping[str, Path],
    secret: Path,
    tmp_path: Path,
) -> None:
    """A Matroska file may carry files and name its neighbours; of those nothing is opened."""
    path = tmp_path / "upload.mkv"
    data = samples["mkv"].read_bytes()
    name, file = secret.name.encode(), secret.read_bytes()
    links = element(b"\x3e\x83\xbb", name) + element(b"\x3c\x83\xab", name)
    attached = element(b"\x46\x6e", name) + element(b"\x46\x60", b"video/mp4")
    attached += element(b"\x46\x5c", file) + element(b"\x46\xae", b"\x07")
    at = data.index(b"\x15\x49\xa9\x66")
    info = element(b"\x15\x49\xa9\x66", content(data, at + 4) + links)
    attachments = element(b"\x19\x41\xa4\x69", element(b"\x61\xa7", attached))
    rest = data[data.index(content(data, at + 4)) + len(content(data, at + 4)) :]
    grown = bytearray(data[:at] + info + attachments + rest)
    segment = grown.index(b"\x18\x53\x80\x67") + 4
    grown[segment : segment + 8] = b"\x01" + b"\xff" * 7  # as long as the file
    path.write_bytes(grown)
    assert isinstance(lab.probe(path), Probe)

    film = lab.film(shown(500), lab.upload("u", path)).result()

    assert max(greys(film.path)) < 130


def patched(path: Path, data: bytes, box: bytes, offset: int, value: int) -> Path:
    """Write a film in whose first such box there is another number."""
    changed = bytearray(data)
    struct.pack_into(">I", changed, changed.index(box) + 4 + offset, value)
    path.write_bytes(changed)
    return path


@pytest.mark.parametrize(
    "lie",
    [
        (b"mvhd", 16, 23 * 3600 * 1000),  # hours
        (b"mvhd", 16, 0xFFFF_FFFE),  # weeks
        (b"mdhd", 12, 1_000_000),  # a million frames a second
        (b"mdhd", 12, 1),
        (b"stts", 12, 0x7FFF_FFFF),  # a frame of days
        (b"stsz", 8, 1_000_000_000),
        (b"stco", 8, 0xFFFF_FFFF),
        (b"tkhd", 76, 0x7FFF_0000),  # thousands of pixels
    ],
)
def test_a_film_that_lies_about_itself_is_refused_or_rendered(
    lie: tuple[bytes, int, int],
    lab: Lab,
    samples: Mapping[str, Path],
    tmp_path: Path,
) -> None:
    """Within the time that anything takes; and whatever it says, the film is as long as its draft."""
    good = lab.upload("u", samples["mp4"])
    path = patched(tmp_path / "upload.mp4", samples["mp4"].read_bytes(), *lie)
    seen = lab.probe(path)
    known = replace(good, source=path, seconds=seen.seconds if isinstance(seen, Probe) else 1.0)

    film = lab.film(shown(500), known)

    assert film.exception() is None or isinstance(film.exception(), RenderError | Defect)
    assert film.exception() is not None or film.result().seconds == 0.5


def test_a_clip_that_is_shorter_than_it_says_stands_still(
    lab: Lab,
    samples: Mapping[str, Path],
) -> None:
    """Its last frame stays for as long as the draft wants."""
    lying = replace(lab.upload("u", samples["mp4"]), seconds=3600.0)
    draft = {"t": [{"tt": 0, "sg": [{"src": "u", "in": 900}]}], "d": 5000}

    film = lab.film(draft, lying).result()

    seen = greys(film.path)
    assert len(seen) == 50
    assert seen[-1] == pytest.approx(seen[0], abs=2)


def test_a_film_may_change_its_size_midway(
    lab: Lab,
    make_film: Callable[..., Path],
    tmp_path: Path,
) -> None:
    """Each part is laid on the canvas as large as it is."""
    parts = [
        make_film(tmp_path / f"{n}.webm", size=size, lumas=(luma,) * 5, sound=False)
        for n, (size, luma) in enumerate([((64, 36), 60), ((320, 180), 160), ((36, 64), 220)])
    ]
    path = tmp_path / "upload.webm"
    joined(parts, path)
    assert isinstance(lab.probe(path), Probe)

    film = lab.film(shown(1500), lab.upload("u", path)).result()

    with av.open(str(film.path)) as container:
        centres = [f.to_ndarray(format="gray")[18, 32] for f in container.decode(video=0)]
    steps = [float(np.median(centres[n : n + 5])) for n in (0, 5, 10)]
    assert steps == sorted(steps)
    assert steps[1] - steps[0] > 60
    assert steps[2] - steps[1] > 30


def joined(parts: list[Path], path: Path) -> None:
    """Write the packets of films one after the other, as if they were one."""
    with av.open(str(parts[0])) as first, av.open(str(path), "w", format="webm") as taken:
        stream = taken.add_stream_from_template(first.streams.video[0])
        assert isinstance(stream, VideoStream)
        at = 0
        for part in parts:
            with av.open(str(part)) as given:
                for packet in given.demux(given.streams.video[0]):
                    if packet.dts is not None:
                        packet.stream, packet.pts, packet.dts = stream, at, at
                        at += 100
                        taken.mux(packet)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_file_that_breaks_off_after_it_was_accepted(
    name: str,
    lab: Lab,
    samples: Mapping[str, Path],
    tmp_path: Path,
) -> None:
    """Half of it gives a film of the draft's length, or fails that film alone."""
    path = tmp_path / "upload"
    data = samples[name].read_bytes()
    path.write_bytes(data[: len(data) // 2])
    known = replace(lab.upload("u", samples[name]), source=path)
    tt = 1 if known.kind == "audio" else 0
    draft = {"t": [{"tt": tt, "sg": [{"d": 1000, "src": "u"}]}]}

    film = lab.film(draft, known)

    assert film.exception() is not None or film.result().seconds == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_cost_at_most_their_film(
    data: st.DataObject,
    lab: Lab,
    samples: Mapping[str, Path],
    tmp_path: Path,
) -> None:
    """Whatever bytes change, what comes is a film of the right length, or an error that is one of ours."""
    name = data.draw(st.sampled_from(ACCEPTED))
    damaged = bytearray(samples[name].read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(damaged)
    known = replace(lab.upload("u", samples[name]), source=path)
    segment = {"d": 300, "src": "u", "in": data.draw(st.sampled_from([0, 500]))}
    draft = {"t": [{"tt": 1 if known.kind == "audio" else 0, "sg": [segment]}]}

    film = lab.film(draft, known)

    assert length(film.exception() or film.result()) == 0.3


def length(outcome: BaseException | Film) -> float:
    """How long a film is; an error counts as none, unless it is one that nobody expects."""
    if isinstance(outcome, Film):
        return outcome.seconds
    assert isinstance(outcome, RenderError | Defect)
    return 0.3
