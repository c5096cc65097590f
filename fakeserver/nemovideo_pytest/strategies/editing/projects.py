"""Projects: drafts as the service itself leaves them, whole and consistent, for edits to work on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.drafting import AUDIO, TEXT, VIDEO, Draft
from nemovideo_pytest.strategies.wording import words

CDN = "https://cdn.test"

_MUSIC = {
    "name": "Lo-fi",
    "role": "bgm",
    "genre": "lo-fi",
    "bpm": 76,
    "key": "A minor",
    "mood": "calm, warm",
    "instruments": ["electric piano", "drums", "bass"],
}


def project(
    *clips: int, music: int | None = 40, title: str | None = "Hello", subtitles: int = 0
) -> Draft:
    """Return a project: `clips` of so many milliseconds each, music at a volume, a title, subtitles.

    What is None or 0 is left away; without any clip the draft is empty.
    """
    total = sum(clips)
    tracks: list[dict[str, Any]] = [{"tt": VIDEO, "sg": _pictures(clips)}]
    if music is not None:
        about = {**_MUSIC, "volume": music}
        played = {
            "id": "music_1",
            "s": 0,
            "d": total,
            "src": f"{CDN}/lofi.mp3",
            "in": 0,
            "m": about,
        }
        tracks.append({"tt": AUDIO, "sg": [played]})
    if subtitles:
        tracks.append({"tt": TEXT, "sg": _captions(subtitles, total)})
    if title is not None:
        looks = {"text": title, "role": "title", "color": "white", "position": "center", "size": 48}
        shown = {"id": "title_1", "s": 0, "d": min(3_000, total), "m": looks}
        tracks.append({"tt": TEXT, "sg": [shown]})
    about_ = {"title": "project", "width": 1920, "height": 1080}
    return {"t": tracks, "d": total, "m": about_} if clips else {}


def _pictures(clips: tuple[int, ...]) -> list[dict[str, Any]]:
    at, shown = 0, []
    for number, ms in enumerate(clips, 1):
        name = f"clip{number}.mp4"
        about = {"name": name, "volume": 100, "speed": 1.0}
        place = {"id": f"clip_{number}", "s": at, "d": ms, "src": f"{CDN}/{name}", "in": 0}
        shown.append({**place, "m": about})
        at += ms
    return shown


def _captions(count: int, total: int) -> list[dict[str, Any]]:
    each = total // count
    looks = {"role": "subtitle", "color": "white", "position": "bottom-center", "size": 24}
    return [
        {"id": f"sub_{n}", "s": n * each, "d": each, "m": {"text": f"Line {n + 1}", **looks}}
        for n in range(count)
    ]


PROJECT = project(20_000)
"""A clip of 20 s with music at 40 % under it and the title `Hello`."""


def projects(*, empty: bool = True) -> st.SearchStrategy[Draft]:
    """Whole and consistent drafts: clips end to end, and perhaps music, a title and subtitles.

    They shrink to an empty one where that may be, else to a bare clip of two seconds.
    """
    seconds = st.integers(2, 60).map(lambda n: n * 1_000)
    whole = st.builds(
        lambda clips, music, title, subtitles: project(
            *clips, music=music, title=title, subtitles=subtitles
        ),
        st.lists(seconds, min_size=1, max_size=3),
        st.none() | st.integers(5, 95),
        st.none() | words(),
        st.integers(0, 2),
    )
    return st.builds(dict) | whole if empty else whole
