"""New films, made from words: a subject, a length, a shape."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edit import Asking, Edit, wish
from nemovideo_pytest.strategies.editing.picture_effects import Filmed

SUBJECTS = {"a beach at dawn": "海边日出", "a dog running": "奔跑的小狗", "city lights": "城市夜景"}
SHAPES = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
"""Width and height in pixels; the short side is 1080 unless somebody says."""


@st.composite
def _film(draw: st.DrawFn, asking: Asking) -> Edit:
    subject = draw(st.sampled_from(list(SUBJECTS)))
    seconds, shape = draw(st.integers(1, 60)), draw(st.sampled_from(list(SHAPES)))
    said = (
        (
            "Generate a {n} second video of {en} in {shape}",
            "Make a {n}-second {shape} video of {en}",
        ),
        ("生成一段{n}秒的{zh}视频，{shape}",),
    )
    effect = Filmed(lasts=seconds * 1_000, size=SHAPES[shape])
    gaps: dict[str, Any] = {"n": seconds, "en": subject, "zh": SUBJECTS[subject], "shape": shape}
    return draw(wish(asking, "generation", said, effect, work="generate", **gaps))


def filmed(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """A new film, behind what is there."""
    return _film(asking)
