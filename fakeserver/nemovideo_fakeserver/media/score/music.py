"""Music from a brief, performed bar by bar: an hour of it takes no more memory than a minute."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.score.band import Band
from nemovideo_fakeserver.media.score.brief import understood
from nemovideo_fakeserver.media.score.desk import Desk
from nemovideo_fakeserver.media.score.form import Form, formed
from nemovideo_fakeserver.media.score.voices.ensemble import PITCHED
from nemovideo_fakeserver.media.score.voices.wave import Wave

_LOUDNESS, _DRIVEN = -18.0, 0.8
"""dBFS of where most goes on, and how much the character takes away or adds."""

_REHEARSED = 4
"""Bars played beforehand to find out how loud they are."""

_KNEE, _CEILING = 0.7, 0.99
"""Up to the one a sample is as it was; above, it bends towards the other."""

_FADE = 1.0
"""Seconds in which a piece that ends falls silent."""

_ROUNDS = 8
"""So often at most a loop is played beforehand that is shorter than its tails."""


def music(notes: Mapping[str, Any], seed: int, seconds: float) -> Iterator[Samples]:
    """Yield a piece of exactly `seconds` in chunks, as the brief in `notes` says.

    The same notes, seed and length always give the same samples.
    """
    total = round(seconds * RATE)
    if total <= 0:
        return
    brief = understood(notes, seed)
    form = formed(
        total / RATE,
        brief.style.groove.beats * brief.beat,
        sections=brief.sections,
        drop=brief.drop,
        loop=brief.loop,
    )
    if PITCHED.keys().isdisjoint(brief.instruments):  # drums go on: they have no last chord
        form = replace(form, closing=None)
    band = Band(brief)
    gain = _gain(band, form, _LOUDNESS + _DRIVEN * brief.character.drive)
    desk = _wrapped(band, form, total) if brief.loop else Desk()
    at, fade = 0, 0 if brief.loop else min(round(_FADE * RATE), total // 3)
    for played in band.played(form.bars(), desk, 0, total):
        chunk = _limited(played * gain)
        _fade(chunk, total - at, fade)
        at += chunk.shape[1]
        yield np.ascontiguousarray(chunk.T)


def _gain(band: Band, form: Form, wanted: float) -> np.float32:
    """Return the factor that brings the fullest part to `wanted` dBFS, by playing some of it."""
    bars = form.loudest(_REHEARSED)
    start, stop = (round(s * RATE) for s in (bars[0].start, bars[-1].start + form.bar))
    heard = np.concatenate(list(band.played(bars, Desk(), start, stop)), axis=1)
    power = max(float(np.mean(np.square(heard))), 1e-9)
    return np.float32((10 ** (wanted / 10) / power) ** 0.5)


def _wrapped(band: Band, form: Form, total: int) -> Desk:
    """Return a desk on which the end of the piece still sounds."""
    desk = Desk()
    start = max(0, total - band.reach)
    for _ in range(min(_ROUNDS, math.ceil(band.reach / total))):
        for _heard in band.played(form.since(start / RATE), desk, start, total):
            pass
    return desk


def _limited(wave: Wave) -> Wave:
    if np.abs(wave).max() <= _KNEE:
        return wave
    room = np.float32(_CEILING - _KNEE)
    over = np.maximum(np.abs(wave) - np.float32(_KNEE), 0)
    bent = np.float32(_KNEE) + room * np.tanh(over / room)
    return np.where(over > 0, np.copysign(bent, wave), wave)


def _fade(wave: Wave, left: int, fade: int) -> None:
    """Let the last `fade` samples of a piece fall to silence, in place, when `left` are left of it."""
    if left - wave.shape[1] < fade:
        part = np.clip((left - np.arange(wave.shape[1])) / fade, 0, 1)
        wave *= (np.sin(part * (np.pi / 2)) ** 2).astype(np.float32)
