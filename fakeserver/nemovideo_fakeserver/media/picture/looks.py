"""Looks as filters of FFmpeg: one table for what is adjusted by an amount, one for what has a name.

Law: 0 is no filter at all, and more of an amount is more of its effect, from -100 to 100. Brightness,
contrast and saturation are tables of values (a millisecond or two for 1080p each); tones are curves of
red, green and blue (eight), and warmth is one that leaves black and white as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from nemovideo_fakeserver.media.timeline.clips import Look

Step: TypeAlias = tuple[str, str]
"""The name of a filter, and its arguments."""


def _brighter(amount: float) -> Step:
    return "lutyuv", f"y='clip(val+{0.8 * amount:.2f},16,235)'"


def _starker(amount: float) -> Step:
    return "lutyuv", f"y='clip((val-126)*{_factor(amount):.4f}+126,16,235)'"


def _richer(amount: float) -> Step:
    chroma = f"'clip((val-128)*{1 + amount / 100:.3f}+128,16,240)'"
    return "lutyuv", f"u={chroma}:v={chroma}"


def _warmer(amount: float) -> Step:
    step = 0.2 * amount / 100
    return "curves", f"red='0/0 .5/{0.5 + step:.4f} 1/1':blue='0/0 .5/{0.5 - step:.4f} 1/1'"


def _sharper(amount: float) -> Step:
    """Add to, or take from, the luma a share of its difference to what surrounds it."""
    return "unsharp", f"5:5:{(2 if amount > 0 else 1) * amount / 100:.3f}"


def _factor(amount: float) -> float:
    """Return 1 for 0, 3 for the most and a third for the least."""
    return float(3 ** (amount / 100))


AMOUNTS: Mapping[str, Callable[[float], Step]] = {
    "brightness": _brighter,
    "contrast": _starker,
    "saturation": _richer,
    "temperature": _warmer,
    "sharpness": _sharper,
}
"""The adjustments, in the order in which they are made."""

_GREY: Step = ("lutyuv", "u=128:v=128")

FILTERS: Mapping[str, Callable[[int], tuple[Step, ...]]] = {
    "black and white": lambda _: (_GREY,),
    "sepia": lambda _: (
        _GREY,
        ("curves", "red='0/0 .5/.58 1/1':green='0/0 .5/.49 1/.94':blue='0/0 .5/.38 1/.8'"),
    ),
    "vintage": lambda _: (
        _richer(-35),
        ("curves", "red='0/.1 .5/.56 1/.96':green='0/.06 .5/.5 1/.92':blue='0/.12 .5/.44 1/.76'"),
        ("vignette", "PI/6"),
    ),
    "cinematic": lambda _: (
        _starker(15),
        ("curves", "red='0/0 .25/.2 .75/.8 1/1':blue='0/.05 .25/.29 .75/.69 1/.94'"),
    ),
    "dreamy": lambda _: (("unsharp", "11:11:-0.7"), _starker(-10), _brighter(12), _richer(10)),
    "blur": lambda side: (("gblur", f"{max(1.0, side / 60):.2f}"),),
}
"""What each named filter is, on a picture whose short side has so many pixels."""


def steps(look: Look, side: int) -> tuple[Step, ...]:
    """Return the filters that make a look, for a picture of yuv420p; none for a plain one."""
    adjusted = (
        change(amount) for name, change in AMOUNTS.items() if (amount := getattr(look, name))
    )
    named = FILTERS.get(look.filter)
    return (*adjusted, *(named(side) if named is not None else ()))
