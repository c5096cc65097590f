"""Whatever draft the agent makes becomes a film, and the film is as the draft says.

The time line of the draft says what has to be where; what is there is measured in the decoded file. The
uploads are grey, and the canvas has their shape, so that nothing but words is of another colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.samples import RATE
from nemovideo_fakeserver.media.timeline import reading
from nemovideo_fakeserver.media.timeline.captions import Caption
from nemovideo_fakeserver.media.timeline.clips import PLAIN, Clip
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.strategies import edits, project, words
from nemovideo_pytest.strategies.editing.projects import CDN
from support.furnished import furnishing
from support.watching import NEAR, Box, Picture, frames, region

UPLOADS = ("b.mp4", "song.mp3")
FPS = 5
SIZE = {"width": 320, "height": 240}
LONGEST = 12_000
"""Milliseconds of a film; longer ones are left out, since they show nothing more."""

GREYS: Mapping[str, Sequence[int]] = {
    "clip1.mp4": range(30, 125, 5),
    "clip2.mp4": range(125, 30, -5),
    "clip3.mp4": (80,) * 20,
}
"""How bright the frames of the uploads are, ten a second."""

FREE: Box = (0.0, 0.0, 1.0, 0.03)
"""The upper margin, which no words reach."""

LONGEST_TRANSITION = 0.6
LEAST = 4
"""Pixels of a text's colour by which it counts as seen."""

LARGE, BLURRED = 40, 130.0
"""Points from which letters show their colour; below, encoding mixes it with what is behind."""


@pytest.fixture(scope="module")
def footage(
    tmp_path_factory: pytest.TempPathFactory, make_film: Callable[..., Path]
) -> Mapping[str, Path]:
    """A film with sound for each of the clips, by its URL."""
    folder = tmp_path_factory.mktemp("footage")
    return {f"{CDN}/{n}": make_film(folder / n, lumas=lumas) for n, lumas in GREYS.items()}


@st.composite
def ordered(draw: st.DrawFn) -> RenderOrder:
    """The order of a render, of a draft that the agent has left after an edit."""
    clips = draw(st.lists(st.integers(1, 3).map(lambda n: n * 1_000), max_size=3))
    music, title = draw(st.none() | st.integers(5, 95)), draw(st.none() | words())
    draft = project(*clips, music=music, title=title, subtitles=draw(st.integers(0, 2)))
    edit = draw(edits(draft, uploads=UPLOADS))
    studio = Darkroom()
    with furnishing(draft, UPLOADS, studio) as player:
        player.say(edit.message)
        player.order()
    assume(studio.orders)
    (order,) = studio.orders
    assume(order.draft["d"] <= LONGEST)
    return order


@settings(max_examples=14, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=ordered())
def test_any_draft_of_the_agents_is_a_film_like_it(
    made: RenderOrder,
    order: Callable[..., RenderOrder],
    footage: Mapping[str, Path],
    tmp_path: Path,
) -> None:
    """Both streams have the draft's length, each clip is seen at its time, and so are words, in their colour."""
    known = order(made.draft, footage, fps=FPS, **SIZE)
    whole = replace(known, media={**made.media, **known.media})
    line, film = reading.read(whole), tmp_path / "film.mp4"

    told = making.render(whole, film)

    seconds = max(made.draft["d"] / 1000, 1 / FPS)
    assert told.seconds == pytest.approx(seconds, abs=1 / FPS)
    assert lengths(film) == pytest.approx({"video": seconds, "audio": seconds}, abs=1 / FPS)
    shots, texts = list(clear_shots(line)), list(clear_words(line))
    seen = pictures(film, [middle(part) for part, _ in shots] + [middle(text) for text in texts])
    for shot, clip in shots:
        low, high = brightness(shot, clip)
        assert low <= float(region(seen[middle(shot)], FREE).mean()) <= high, clip
    for caption in texts:
        assert ink(seen[middle(caption)], caption) >= LEAST, caption


def middle(part: Shot | Caption) -> float:
    """Return the second in the middle of something."""
    if isinstance(part, Shot):
        return (part.first + part.frames // 2) / FPS
    return (part.start + part.end) / 2


def pictures(film: Path, seconds: Iterable[float]) -> Mapping[float, Picture]:
    """Return what is seen at some seconds."""
    rising = sorted(set(seconds))
    return dict(zip(rising, frames(film, rising), strict=True))


def lengths(film: Path) -> dict[str, float]:
    """Decode a film to its end, and return how many seconds of each stream there were."""
    with av.open(str(film)) as file:
        shown = sum(1 for _ in file.decode(video=0))
    with av.open(str(film)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
    return {"video": shown / FPS, "audio": samples / RATE}


def clear_shots(line: Timeline) -> Iterator[tuple[Shot, Clip]]:
    """Yield the shots that show an upload as it is: without a look, and in their middle without a transition."""
    for shot in line.shots:
        clip = shot.clip
        if clip is None or clip.footage is None or clip.look != PLAIN:
            continue
        into = (shot.skipped + shot.frames // 2) / FPS
        begun = max(clip.fade_in, LONGEST_TRANSITION if clip.transition else 0.0)
        if begun < into < clip.seconds - clip.fade_out:
            yield shot, clip


def brightness(shot: Shot, clip: Clip) -> tuple[float, float]:
    """Return between which greys (of red, green and blue) the middle of a shot is, a tenth of a second off at most."""
    assert clip.footage
    lumas = GREYS[clip.footage.name]
    at = clip.offset + (shot.skipped + shot.frames // 2) / FPS * clip.speed
    off = 0.1 * max(1.0, clip.speed)
    near = [lumas[min(len(lumas) - 1, max(0, int(10 * t)))] for t in (at - off, at, at + off)]
    low, high = ((luma - 16) * 255 / 219 for luma in (min(near), max(near)))
    return low - 6, high + 6


def clear_words(line: Timeline) -> Iterator[Caption]:
    """Yield the texts that have letters, are whole in the middle of their time, and that no other text hides."""
    for caption in line.captions:
        whole = max(caption.fade_in, caption.fade_out) < caption.seconds / 2
        others = [
            c
            for c in line.captions
            if c is not caption
            and c.start <= middle(caption) < c.end
            and (c.place == caption.place or c.size > 100)
        ]
        legible = any(map(str.isalnum, caption.text))
        if legible and whole and not others and middle(caption) < line.seconds:
            yield caption


def ink(picture: Picture, caption: Caption) -> int:
    """Return how many pixels near the place of a text are of its colour."""
    row = next((r for r in ("top", "bottom") if caption.place.startswith(r)), "center")
    above, below = {"top": (0.0, 0.6), "center": (0.1, 0.9), "bottom": (0.4, 1.0)}[row]
    there = region(picture, (0.0, above, 1.0, below)).astype(int)
    near = NEAR if caption.size >= LARGE else BLURRED
    return int((np.linalg.norm(there - caption.colour, axis=-1) < near).sum())
