"""What a worker is told is what was ordered."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media.studio import orders

CLIP = Synthetic(
    kind="audio", seconds=1.5, label="雨", seed=2**80, notes={"bpm": 90, "sections": ["a"]}
)
ASSET = Asset(
    kind="audio", filename="雨.mp3", url="u", seconds=1.5, width=0, height=0, fps=0.0, hash="h",
    source=CLIP, origin="generated",
)  # fmt: skip
ORDER = RenderOrder(draft={}, media={"u": ASSET}, width=64, height=36, fps=10, seed=7)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=20,
)


def there_and_back(order: RenderOrder) -> RenderOrder:
    """What arrives at the other end of the pipe."""
    line = orders.line(orders.order_to_dict(order))
    assert line.isascii()
    assert "\n" not in line
    return orders.order_from_dict(json.loads(line))


@settings(max_examples=40)
@given(draft=st.dictionaries(st.text(st.characters()), ANYTHING))
def test_any_draft_comes_over_whole(draft: dict[str, Any]) -> None:
    """NaN, half a surrogate pair, huge numbers: what a client can send arrives as it was."""
    arrived = there_and_back(replace(ORDER, draft=draft))

    assert repr(arrived.draft) == repr(json.loads(json.dumps(draft, sort_keys=True)))


@pytest.mark.parametrize("source", [CLIP, Path("/somewhere/bytes \udcff.mp3")])
def test_media_come_over_whole(source: Synthetic | Path) -> None:
    """A description, and a path of whatever bytes, arrive as they were."""
    asset = replace(ASSET, source=source)
    draft = {"t": [{"tt": 1, "sg": [{"src": "u"}]}]}

    assert there_and_back(replace(ORDER, draft=draft, media={"u": asset})).media == {"u": asset}
    assert orders.asset_from_dict(json.loads(orders.line(orders.asset_to_dict(asset)))) == asset


def test_a_relative_path_does_not_depend_on_the_current_folder() -> None:
    """The worker may be in another one."""
    told = orders.asset_to_dict(replace(ASSET, source=Path("clip.mp4")))

    assert told["source"] == str(Path("clip.mp4").absolute())


def test_media_that_the_draft_does_not_name_stay_here() -> None:
    """So that another upload changes nothing, and a segment may have anything as its source."""
    sg = [{"src": "u"}, {"src": ["u"]}, {"src": "nobody"}, {}]
    others = {"u": ASSET, "v": replace(ASSET, url="v")}

    arrived = there_and_back(replace(ORDER, draft={"t": [{"tt": 1, "sg": sg}]}, media=others))

    assert set(arrived.media) == {"u"}


def test_equal_orders_are_one_line() -> None:
    """Neither the order of keys nor the kind of mapping makes a difference."""
    one, other = (
        replace(ORDER, draft=draft)
        for draft in (
            {"a": {"x": 1, "y": 2}, "b": 1},
            {"b": 1, "a": MappingProxyType({"y": 2, "x": 1})},
        )
    )

    assert orders.line(orders.order_to_dict(one)) == orders.line(orders.order_to_dict(other))


@pytest.mark.parametrize(
    "draft", [{"t": object()}, {"t": {1: 1, "1": 1}}, {"t": 10**5000}],
    ids=["object", "keys", "number"],
)  # fmt: skip
def test_what_json_cannot_say_is_refused(draft: dict[str, Any]) -> None:
    """No client can have sent it."""
    with pytest.raises(RenderError, match=r"^invalid draft: it cannot be written as JSON"):
        orders.line({"draft": draft})


def test_what_is_nested_too_deep_is_refused() -> None:
    """Nobody could follow it."""
    draft: dict[str, Any] = {}
    for _ in range(100_000):
        draft = {"t": draft}

    with pytest.raises(RenderError, match=r"^invalid draft: nested too deep"):
        orders.line({"draft": draft})
