"""Laying transparent colours on a picture in planes of numbers: as paint that covers, or as light that adds."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from nemovideo_fakeserver.media.picture.colours import Reals

Wash: TypeAlias = tuple[Reals, Reals, Reals]
"""Y, and Cb and Cr at half the size, not yet rounded. The functions change it in place."""

_DARK, _GREY, _RANGE = np.float32(16), np.float32(128), np.float32(219)


def cover(picture: Wash, opacity: Reals, colour: Reals) -> None:
    """Hide the upper left of a picture under a colour (Y, Cb, Cr), as opaque as `opacity` (0 to 1) says."""
    shared = opacity[::2, ::2]
    for values, value, share in zip(picture, colour, (opacity, shared, shared), strict=True):
        under = values[: share.shape[0], : share.shape[1]]
        under += (value - under) * share[: under.shape[0], : under.shape[1]]


def shine(picture: Wash, strength: Reals, colour: Reals) -> None:
    """Add the light of a colour to a picture of the same size; it gets no lighter than white."""
    luma, blue, red = picture
    luma += strength * (colour[0] - _DARK) * (1 - (luma - _DARK) / _RANGE)
    blue += strength[::2, ::2] * (colour[1] - _GREY)
    red += strength[::2, ::2] * (colour[2] - _GREY)


def part(picture: Wash, top: int, left: int) -> Wash:
    """Return the picture below and right of an even place, to be changed in place."""
    luma, blue, red = picture
    half = slice(top // 2, None), slice(left // 2, None)
    return luma[top:, left:], blue[half], red[half]
