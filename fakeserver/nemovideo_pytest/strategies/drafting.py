"""Drafts: timelines as `docs/draft.md` describes them, with the gaps and surprises it warns of.

Readers tolerate missing keys, and writers keep keys they do not know: so both are generated unless they
are switched off. Lengths are milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

from nemovideo_pytest.strategies.any_json import json_scalars, json_values
from nemovideo_pytest.strategies.wording import words

Draft: TypeAlias = dict[str, Any]
Strategies: TypeAlias = Mapping[str, st.SearchStrategy[Any]]

VIDEO, AUDIO, TEXT = 0, 1, 7
TRACKS = (VIDEO, AUDIO, TEXT)
"""The documented types of track."""

TIMES = st.integers(0, 20_000) | st.sampled_from([0, 1_000, 5_000])
_LENGTHS = st.integers(1, 20_000) | st.sampled_from([1_000, 5_000])
_COLORS = st.sampled_from(["white", "red", "neon blue", "#ff00aa"])
_PLACES = st.sampled_from(["center", "top-center", "bottom-left"])
_SOURCES = st.sampled_from(["https://cdn.test/a.mp4", "https://cdn.test/b.mp4", "b.mp4"])
_UNKNOWN = ("x7", "locked", "note", "fps")
"""Keys that no document has."""


def _settings(texts: st.SearchStrategy[str]) -> dict[int, dict[str, st.SearchStrategy[Any]]]:
    """Return what `m` of a segment may hold, by type of track."""
    fades = dict.fromkeys(("fade_in", "fade_out"), TIMES)
    named = {"name": texts, "volume": st.integers(0, 100), **fades}
    return {
        VIDEO: {**named, "speed": st.sampled_from([1, 0.5, 2.0]), "brightness": st.integers(-9, 9)},
        AUDIO: {
            **named,
            "bpm": st.integers(40, 220),
            "duck": st.integers(0, 100),
            "role": st.just("bgm"),
        },
        TEXT: {
            "text": texts,
            "color": _COLORS,
            "position": _PLACES,
            "size": st.integers(8, 200),
            "role": st.sampled_from(["title", "subtitle"]),
            **fades,
        },
    }


def drafts(  # noqa: PLR0913 all are keyword-only
    *,
    tracks: Sequence[int] = TRACKS,
    texts: st.SearchStrategy[str] | None = None,
    max_tracks: int = 4,
    max_segments: int = 4,
    missing: bool = True,
    unknown: bool = True,
    overlaps: bool = True,
    wrong: bool = False,
) -> st.SearchStrategy[Draft]:
    """Drafts of the documented shape; they shrink to `{}`, or with `missing=False` to one without tracks.

    `tracks` are the types of track, in any number and order; `texts` the words in it. `missing`: any key
    but `tt` and `sg` may be missing. `unknown`: keys that no document has, at every level, and tracks of
    type 3. `overlaps`: segments lie anywhere; without, those of a track follow each other in order.
    `wrong`: some values are of a wrong type, and some tracks any JSON.
    """
    how = _Shape(
        words(awkward=True) if texts is None else texts,
        missing=missing,
        unknown=unknown,
        wrong=wrong,
    )
    kinds = (*tracks, 3) if unknown and tracks else tuple(tracks)
    listed = st.one_of(
        [_track(how, kind, max_segments=max_segments, overlaps=overlaps) for kind in kinds]
    )
    there = listed | json_values() if wrong else listed
    return how.some({"t": st.lists(there, max_size=max_tracks), "d": TIMES, "m": _canvas(how)})


class _Shape:
    """Which keys a mapping has, and whether their values can be relied on."""

    def __init__(
        self, texts: st.SearchStrategy[str], *, missing: bool, unknown: bool, wrong: bool
    ) -> None:
        self.texts = texts
        self.settings = _settings(texts)
        self.missing = missing
        self.unknown = dict.fromkeys(_UNKNOWN, json_scalars()) if unknown else {}
        self.wrong = wrong

    def some(self, known: Strategies) -> st.SearchStrategy[dict[str, Any]]:
        """Mappings with these keys, as far as keys may be missing, and with some that nobody knows."""
        loose = {
            key: value | json_scalars() if self.wrong else value for key, value in known.items()
        }
        surely = {} if self.missing else loose
        return st.fixed_dictionaries(
            dict(surely),
            optional={k: v for k, v in {**loose, **self.unknown}.items() if k not in surely},
        )


def _canvas(how: _Shape) -> st.SearchStrategy[dict[str, Any]]:
    """What `m` of a draft says: its title, and its size in pixels."""
    sides = dict.fromkeys(("width", "height"), st.integers(1, 4_000))
    return how.some({"title": how.texts, **sides})


def _track(
    how: _Shape, kind: int, *, max_segments: int, overlaps: bool
) -> st.SearchStrategy[dict[str, Any]]:
    inside = how.some(how.settings.get(kind, {}))
    place = {
        "s": TIMES,
        "d": _LENGTHS,
        "m": inside,
        "id": st.integers(1, 9_999).map("seg_{}".format),
    }
    source = {} if kind == TEXT else {"src": _SOURCES, "in": TIMES}
    listed = st.lists(how.some({**place, **source}), max_size=max_segments)
    if not overlaps:
        listed = listed.map(_in_a_row)
    return st.fixed_dictionaries({"tt": st.just(kind), "sg": listed}, optional=dict(how.unknown))


def _in_a_row(segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move segments that have a start behind those before them."""
    end = 0
    for segment in segments:
        if isinstance(segment.get("s"), int):
            segment["s"] = max(end, segment["s"] % 1_000 + end)
        start = segment.get("s")
        end = (start if isinstance(start, int) else end) + (
            segment["d"] if isinstance(segment.get("d"), int) else 0
        )
    return segments
