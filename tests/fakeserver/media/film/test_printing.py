"""What repeats itself is encoded once and shown as often as it should be; what moves, frame by frame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, cycle, repeat
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import looping, making
from nemovideo_fakeserver.media.film.flipbook import MOST_SECONDS
from nemovideo_fakeserver.media.film.formats import FORMATS
from nemovideo_fakeserver.media.film.target import Target
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.samples import RATE, Samples, quiet

FPS = 10
CANVAS = Canvas(32, 16, FPS)


def grey(luma: int, canvas: Canvas = CANVAS) -> VideoFrame:
    """A frame of one grey, from 16 to 235, with a brighter spot on the left."""
    planes = np.full((canvas.height * 3 // 2, canvas.width), 128, dtype=np.uint8)
    planes[: canvas.height] = luma
    planes[:4, :4] = luma + 20
    return VideoFrame.from_ndarray(planes, format="yuv420p")


def write(path: Path, passages: Sequence[Passage], form: str, canvas: Canvas = CANVAS) -> None:
    """Write passages, with silence."""
    frames = sum(passage.frames for passage in passages)
    sound = quiet(round(frames / canvas.fps * RATE))
    making.write(Target(path, form), canvas, passages, sound)


def lumas(path: Path) -> Iterator[int]:
    """What grey each frame of a film is."""
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            yield int(frame.to_ndarray(format="yuv420p")[8, 16])


def loop(*greys: int, frames: int) -> Passage:
    """Greys again and again."""
    return Passage(frames, cycle([grey(luma) for luma in greys]), loop=len(greys))


def moves(*greys: int) -> Passage:
    """Greys one after the other."""
    return Passage(len(greys), [grey(luma) for luma in greys])


def shown(*passages: Passage) -> list[int]:
    """The greys that passages are to show."""
    greys = []
    for passage in passages:
        for _, picture in zip(range(passage.frames), passage.pictures, strict=False):
            greys.append(int(picture.to_ndarray()[8, 16]))
    return greys


greys = st.integers(2, 20).map(lambda n: 10 * n)
passage = st.lists(greys, min_size=1, max_size=12).flatmap(
    lambda some: st.one_of(
        st.just((some, None)), st.integers(1, 45).map(lambda frames: (some, frames))
    )
)


@pytest.mark.parametrize("form", ["mp4", "webm"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(passage, min_size=1, max_size=3))
def test_any_passages_are_shown_frame_by_frame(
    form: str, kinds: list[tuple[list[int], int | None]], tmp_path: Path
) -> None:
    """Loops of any length, between moving pictures, show every frame that they should, in their turn."""
    passages = [moves(*g) if f is None else loop(*g, frames=f) for g, f in kinds]
    path = tmp_path / "film"

    write(path, passages, form)

    again = [moves(*g) if f is None else loop(*g, frames=f) for g, f in kinds]
    assert list(lumas(path)) == pytest.approx(shown(*again), abs=4)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(passage, min_size=1, max_size=3))
def test_any_passages_are_pages_of_a_gif(
    kinds: list[tuple[list[int], int | None]], tmp_path: Path
) -> None:
    """At any time a viewer of the GIF sees what the passages show then, and it ends when they do."""
    passages = [moves(*g) if f is None else loop(*g, frames=f) for g, f in kinds]
    path = tmp_path / "film.gif"

    write(path, passages, "gif")

    again = [moves(*g) if f is None else loop(*g, frames=f) for g, f in kinds]
    seen = [luma for luma, shares in pages(path) for _ in range(shares)]
    wanted = [luma for luma in shown(*again) for _ in range(10)]
    assert seen == pytest.approx(wanted, abs=3)


def pages(path: Path) -> Iterator[tuple[int, int]]:
    """The grey of each page of a GIF as luma, and for how many hundredths of a second it is shown."""
    with Image.open(path) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            red, green, blue = image.convert("RGB").getpixel((16, 8))  # type: ignore[misc]
            assert red == green == blue
            yield round(16 + red * 219 / 255), image.info["duration"] // 10


@pytest.mark.parametrize(("form", "most"), [("mp4", FPS), ("webm", FPS), ("gif", 1)])
def test_a_picture_that_stands_still_costs_one_group(form: str, most: int, tmp_path: Path) -> None:
    """A minute of a card is encoded as a second of it, and as one page of a GIF."""
    drawn: list[None] = []

    def draw() -> Iterator[VideoFrame]:
        while True:
            drawn.append(None)
            yield grey(100)

    write(tmp_path / "film", [Passage(600, draw(), loop=1)], form)

    assert len(drawn) == most
    if form != "gif":
        assert list(lumas(tmp_path / "film")) == pytest.approx([100] * 600, abs=4)


def write_animation(path: Path, form: str, frames: int) -> tuple[list[int], list[int]]:
    """Write frames of an animation of 25; return how many were drawn by each packet, and the greys seen."""
    drawn: list[None] = []

    def draw() -> Iterator[VideoFrame]:
        for number in count():
            drawn.append(None)
            yield grey(20 + 8 * (number % 25))

    picture = FORMATS[form].picture
    assert picture is not None
    muxer = FORMATS[form].muxer
    with av.open(str(path), "w", format=muxer) as container:
        printer = FORMATS[form].printer(container, picture, "high", CANVAS)
        by_packet = []
        for packet in printer.packets([Passage(frames, draw(), loop=25)]):
            by_packet.append(len(drawn))
            container.mux(packet)
    return by_packet, list(lumas(path)) if form != "gif" else [luma for luma, _ in pages(path)]


@pytest.mark.parametrize("form", ["mp4", "webm", "gif"])
def test_a_long_loop_is_written_while_it_is_encoded(form: str, tmp_path: Path) -> None:
    """The first packet comes with the first picture, not with the last of a round; and no round is drawn twice."""
    drawn, seen = write_animation(tmp_path / "film", form, 60)

    assert drawn == [*range(1, 26), *[25] * 35]
    assert seen == pytest.approx([20 + 8 * (n % 25) for n in range(60)], abs=4)


@pytest.mark.parametrize("form", ["mp4", "webm", "gif"])
def test_a_loop_that_is_too_large_is_not_held(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is encoded again and again, and looks the same."""
    monkeypatch.setattr(looping, "MOST_HELD", 3000)

    drawn, seen = write_animation(tmp_path / "film", form, 60)

    assert drawn == list(range(1, 61))
    assert seen == pytest.approx([20 + 8 * (n % 25) for n in range(60)], abs=4)


def test_an_hour_of_a_card_is_a_gif_of_a_few_pages(tmp_path: Path) -> None:
    """A page is shown for ten minutes at most; more of them say that nothing has changed."""
    path = tmp_path / "film.gif"

    write(path, [Passage(3600 * FPS, repeat(grey(90)), loop=1)], "gif")

    seen = list(pages(path))
    assert sum(shares for _, shares in seen) == 3600 * 100
    assert max(shares for _, shares in seen) == MOST_SECONDS * 100
    assert path.stat().st_size < 3000


def test_a_gif_goes_on_for_ever(tmp_path: Path) -> None:
    """Viewers begin again at the end."""
    write(tmp_path / "film.gif", [moves(50, 100)], "gif")

    with Image.open(tmp_path / "film.gif") as image:
        assert image.info["loop"] == 0


def test_every_group_begins_with_a_frame_that_needs_no_other(tmp_path: Path) -> None:
    """Repeating packets is right only because each group starts the decoder anew."""
    path = tmp_path / "film.mp4"

    write(path, [moves(50, 60, 70), loop(90, frames=25), moves(50, 60, 70)], "mp4")

    with av.open(str(path)) as container:
        packets = [bytes(p) for p in container.demux(video=0) if p.size]
    fresh = [number for number, data in enumerate(packets) if 5 in nal_types(data)]
    assert fresh == [0, 3, 13, 23, 28]


def test_a_film_is_encoded_in_one_thread(tmp_path: Path) -> None:
    """So the encoder tells in the stream itself; as many workers as there are cores leave none for more."""
    path, canvas = tmp_path / "film.mp4", Canvas(640, 360, FPS)

    write(path, [Passage(1, repeat(grey(100, canvas)))], "mp4", canvas)

    assert re.findall(rb" threads=(\d+) ", path.read_bytes()) == [b"1"]


def nal_types(data: bytes) -> list[int]:
    """The kinds of the units in an H.264 packet of an MP4, each after its length; 5 is a fresh start."""
    kinds = []
    while data:
        length = int.from_bytes(data[:4])
        kinds.append(data[4] & 31)
        data = data[4 + length :]
    return kinds


@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_sound_is_asked_for_as_far_as_pictures_are(form: str, tmp_path: Path) -> None:
    """A film is written as it is drawn: when drawing breaks off, no sound was made for what would follow."""
    made: list[Samples] = []

    def heard() -> Iterator[Samples]:
        for second in quiet(3600 * RATE):
            made.append(second)
            yield second

    def draw() -> Iterator[VideoFrame]:
        yield from (grey(100) for _ in range(2 * FPS))
        raise TimeoutError

    with pytest.raises(TimeoutError):
        making.write(Target(tmp_path / "film", form), CANVAS, [Passage(10**6, draw())], heard())
    assert 2 <= len(made) <= 4


@pytest.mark.parametrize("fps", [1, 7, 24, 25, 30, 60])
@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_frames_come_at_their_rate(fps: int, form: str, tmp_path: Path) -> None:
    """Every frame is shown for the same time, whatever the rate; WebM counts in milliseconds."""
    canvas, path = Canvas(16, 16, fps), tmp_path / "film"
    passage = Passage(2 * fps, repeat(grey(100, canvas)), loop=1)

    write(path, [passage], form, canvas)

    with av.open(str(path)) as file:
        times = [frame.time for frame in file.decode(video=0)]
        assert file.streams.video[0].average_rate == fps
    assert times == pytest.approx([n / fps for n in range(2 * fps)], abs=0.0006)
