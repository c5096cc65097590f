"""Whatever draft the agent makes becomes a film, and the film is as the draft says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.samples import RATE
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.strategies import edits, project, words
from nemovideo_pytest.strategies.editing.projects import CDN
from support.furnished import furnishing

UPLOADS = ("b.mp4", "song.mp3")
FPS = 5
LONGEST = 12_000
"""Milliseconds of a film; longer ones are left out, since they show nothing more."""


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory, make_film: Callable[..., Path]) -> Path:
    """A film with sound for clips to be of."""
    return make_film(tmp_path_factory.mktemp("footage") / "clip.mp4", lumas=range(20, 220, 10))


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


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=ordered())
def test_any_draft_of_the_agents_is_a_film_like_it(
    made: RenderOrder, order: Callable[..., RenderOrder], footage: Path, tmp_path: Path
) -> None:
    """It has a picture and a sound, each of the draft's length within a frame, and all of it decodes."""
    clips = {f"{CDN}/clip{n}.mp4": footage for n in (1, 2, 3)}
    known = order(made.draft, clips, fps=FPS)
    film = tmp_path / "film.mp4"

    told = making.render(replace(known, media={**made.media, **known.media}), film)

    seconds = max(made.draft["d"] / 1000, 1 / FPS)
    assert told.seconds == pytest.approx(seconds, abs=1 / FPS)
    assert lengths(film) == pytest.approx({"video": seconds, "audio": seconds}, abs=1 / FPS)


def lengths(film: Path) -> dict[str, float]:
    """Decode a film to its end, and return how many seconds of each stream there were."""
    with av.open(str(film)) as file:
        pictures = sum(1 for _ in file.decode(video=0))
    with av.open(str(film)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
    return {"video": pictures / FPS, "audio": samples / RATE}
