"""Drafts as a service might send them: well-formed, with gaps, or any JSON at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
any_json: st.SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
_times = st.integers(0, 20_000) | st.sampled_from([0, 1_000, 5_000])
_words = st.sampled_from(["white", "red", "a.mp4", "Hi", "x\ny", "-->"]) | st.text(max_size=6)
_SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("name", "text", "color", "position"), _words),
    **dict.fromkeys(("volume", "speed", "size"), st.integers(0, 100) | st.floats(0, 4)),
    **dict.fromkeys(("fade_in", "fade_out"), _times),
    "role": st.sampled_from(["subtitle", "title", "bgm", "voiceover"]),
    "brightness": st.integers(-9, 9),
    "x7": _scalars,
}
_m = st.fixed_dictionaries({}, optional={k: v | _scalars for k, v in _SETTINGS.items()})
_segments = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from("abcd"),
        "s": _times,
        "d": _times,
        "in": _times,
        "src": st.sampled_from(["https://cdn.test/a.mp4", "b.mp4"]),
        "m": _m,
        "note": _scalars,
    },
)
_tracks = st.fixed_dictionaries(
    {"tt": st.sampled_from([0, 1, 7, 7, 3]), "sg": st.lists(_segments, max_size=4)},
    optional={"m": _m, "d": _times, "locked": st.booleans()},
)


def drafts() -> st.SearchStrategy[dict[str, Any]]:
    """Drafts of the documented shape, any key of which may be missing, and some of a wrong type."""
    about = {"title": _words, "width": st.integers(1, 4_000), "height": st.integers(1, 4_000)}
    return st.fixed_dictionaries(
        {},
        optional={
            "t": st.lists(_tracks | any_json, max_size=4),
            "d": _times,
            "m": st.fixed_dictionaries({}, optional=about),
            "fps": _scalars,
        },
    )
