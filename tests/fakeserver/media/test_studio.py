"""The studio makes whole files in workers, each once, and closes without leaving anything behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Any

import pytest

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder, Studio
from nemovideo_fakeserver.media.probe import probe
from nemovideo_fakeserver.media.studio import GivenUp, LocalStudio
from nemovideo_fakeserver.wire.messages import MediaKind, Probe

OrderMaker = Callable[..., RenderOrder]

CLIP = Synthetic(
    kind="video", seconds=2, label="sea", seed=3, width=320, height=180, fps=24,
    notes={"bpm": 120, "sections": ["intro", "drop"]},
)  # fmt: skip


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[LocalStudio]:
    """A studio in a folder of its own."""
    with LocalStudio(tmp_path / "studio") as opened:
        yield opened


def one_second(order: OrderMaker) -> RenderOrder:
    """An order for a card."""
    return order({"t": [{"tt": 0, "sg": [{"d": 1000}]}]})


class Telltale(dict[str, Asset]):
    """Media that say when somebody asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = Event()

    def get(self, key: str, default: Any = None) -> Any:
        """Nothing is known."""
        self.asked.set()
        return default


def endless(media: Mapping[str, Asset]) -> RenderOrder:
    """An order that takes long."""
    sg = [{"s": 3600 * i, "d": 3600, "src": str(i)} for i in range(1000)]
    draft = {"t": [{"tt": 0, "sg": sg}]}
    return RenderOrder(draft=draft, media=media, width=1280, height=720, fps=60, seed=1)


def test_the_studio_is_what_the_domain_asks_for(studio: LocalStudio) -> None:
    """It can stand where a `Studio` is wanted."""
    port: Studio = studio

    assert port is studio


def test_a_film_is_a_file_of_its_own(studio: LocalStudio, order: OrderMaker) -> None:
    """Each order gives another file, and the film says how long and how large it is."""
    first, second = (studio.render(one_second(order)).result() for _ in range(2))

    assert first.path != second.path
    assert first.seconds == 1
    assert first.size == first.path.stat().st_size
    seen = probe(first.path)
    assert isinstance(seen, Probe)
    assert (seen.kind, seen.seconds) == ("video", 1)


def test_a_draft_that_is_none_fails_its_future_only(
    studio: LocalStudio, order: OrderMaker, tmp_path: Path
) -> None:
    """The error arrives with the future, nothing is left in the folder, and work goes on."""
    with pytest.raises(RenderError, match="invalid draft"):
        studio.render(order({"t": []})).result()

    assert list((tmp_path / "studio").iterdir()) == []
    assert studio.render(one_second(order)).result().path.exists()


def test_a_render_that_breaks_leaves_no_half_file(
    studio: LocalStudio, order: OrderMaker, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """When a source has vanished in the meantime, the future says so and the folder stays clean."""
    gone = tmp_path / "gone.mp4"
    gone.write_bytes(samples["mp4"].read_bytes())
    sg = [{"d": 1000}, {"s": 1000, "d": 500, "src": "u", "m": {"volume": 0}}]
    asked = order({"t": [{"tt": 0, "sg": sg}]}, {"u": gone})
    gone.unlink()

    with pytest.raises(FileNotFoundError):
        studio.render(asked).result()

    assert list((tmp_path / "studio").iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "suffix"), [("video", ".mp4"), ("image", ".png"), ("audio", ".mp3")]
)
def test_synthetic_media_are_what_they_are_described_as(
    kind: MediaKind, suffix: str, studio: LocalStudio
) -> None:
    """Kind, length, size and rate of the file are those of the description."""
    path = studio.make(replace(CLIP, kind=kind)).result()

    seen = probe(path)
    assert path.suffix == suffix
    assert isinstance(seen, Probe)
    assert (seen.kind, seen.format) == (kind, suffix[1:])
    assert (seen.width, seen.height) == ((0, 0) if kind == "audio" else (320, 180))
    assert seen.seconds == (0 if kind == "image" else pytest.approx(2, abs=0.06))
    assert seen.fps == (24 if kind == "video" else 0)


def test_a_description_may_leave_everything_open(studio: LocalStudio) -> None:
    """Without size, rate and usable length the file has ordinary ones."""
    open_ended = Synthetic(kind="video", seconds=float("nan"), label="", seed=0)

    seen = probe(studio.make(open_ended).result())

    assert isinstance(seen, Probe)
    assert (seen.width, seen.height, seen.fps) == (1280, 720, 30)


def test_equal_clips_are_made_once(studio: LocalStudio) -> None:
    """Equal descriptions share the future, whatever holds their notes; others do not."""
    same = replace(CLIP, notes=MappingProxyType({"sections": ["intro", "drop"], "bpm": 120}))
    other = replace(CLIP, seed=4)

    assert studio.make(CLIP) is studio.make(same)
    assert studio.make(CLIP).result() != studio.make(other).result()


def test_a_clip_that_failed_is_tried_again(
    studio: LocalStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure is not remembered for ever."""
    folder = tmp_path / "studio"
    folder.rmdir()
    with pytest.raises(OSError, match="No such file"):
        studio.make(CLIP).result()
    folder.mkdir()

    assert studio.make(CLIP).result().exists()


def test_closing_breaks_off_and_cancels(order: OrderMaker, tmp_path: Path) -> None:
    """What runs ends early, what waits is cancelled, and no half file stays."""
    studio, media = LocalStudio(tmp_path / "studio", workers=1), Telltale()
    running, waiting = studio.render(endless(media)), studio.render(one_second(order))
    assert media.asked.wait(60)

    studio.close()

    assert waiting.cancelled()
    with pytest.raises(GivenUp, match="was closed"):
        running.result()
    assert list((tmp_path / "studio").iterdir()) == []


def test_discarding_ends_the_work_and_frees_the_worker(order: OrderMaker, tmp_path: Path) -> None:
    """A film that is being made is broken off, and the next one need not wait for its end."""
    media = Telltale()
    with LocalStudio(tmp_path, workers=1) as studio:
        running = studio.render(endless(media))
        assert media.asked.wait(60)

        studio.discard(running)
        after = studio.render(one_second(order)).result()

        with pytest.raises(GivenUp, match="was discarded"):
            running.result()
        assert list(tmp_path.iterdir()) == [after.path]


def test_discarding_what_waits_or_is_done_leaves_no_file(
    studio: LocalStudio, order: OrderMaker, tmp_path: Path
) -> None:
    """A finished film loses its file, one that failed has none, and discarding twice is discarding once."""
    done, failed = studio.render(one_second(order)), studio.render(order({"t": []}))
    done.result()
    failed.exception()

    for film in (done, failed, done):
        studio.discard(film)

    assert list((tmp_path / "studio").iterdir()) == []


def test_two_workers_work_side_by_side(order: OrderMaker, tmp_path: Path) -> None:
    """Films encoded at the same time do not mix."""
    with LocalStudio(tmp_path, workers=2) as studio:
        films = [studio.render(one_second(order)) for _ in range(4)]
        made = {film.result().path.read_bytes() for film in films}

    assert len(made) == 1
