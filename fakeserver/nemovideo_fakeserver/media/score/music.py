"""Music from a brief, performed bar by bar: an hour of it takes no more memory than a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from nemovideo_fakeserver.media.score.arrangement import Arrangement
from nemovideo_fakeserver.media.score.brief import Brief, understood
from nemovideo_fakeserver.media.score.desk import Desk, pumped
from nemovideo_fakeserver.media.score.form import Bar, Form, formed
from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import Wave
from nemovideo_fakeserver.media.sound.samples import RATE, Samples

_LOUDNESS, _DRIVEN = -18.0, 0.8
"""dBFS of where most goes on, and how much the character takes away or adds."""

_KNEE, _CEILING = 0.7, 0.99
"""Up to the one a sample is as it was; above, it bends towards the other."""

_FADE = 1.5
_TAIL, _ECHOING = 5.0, 2
"""Seconds, and beats on top of them, after which nothing of a bar can still be heard."""

_KEPT = 16_000_000
"""Samples of notes kept to be played again."""


def music(notes: Mapping[str, Any], seed: int, seconds: float) -> Iterator[Samples]:
    """Yield a piece of exactly `seconds` in chunks, as the brief in `notes` says."""
    total = round(seconds * RATE)
    if total <= 0:
        return
    brief = understood(notes, seed)
    groove = brief.style.groove
    form = formed(
        total / RATE,
        groove.beats * brief.beat,
        sections=brief.sections,
        drop=brief.drop,
        loop=brief.loop,
    )
    band = _Band(brief)
    gain = np.float32(_gain(band, form, brief))
    desk = _wrapped(band, form, brief, total) if brief.loop else Desk()
    at, fade = 0, 0 if brief.loop else min(round(_FADE * RATE), total // 3)
    for played in band.played(form.bars(), desk, 0, total):
        chunk = _limited(played * gain)
        _fade(chunk, at, total, fade)
        at += chunk.shape[1]
        yield np.ascontiguousarray(chunk.T)


def _gain(band: _Band, form: Form, brief: Brief) -> float:
    """Return the factor that makes the fullest part as loud as it should be, by playing some of it."""
    bars = form.loudest(4)
    start, stop = (round(s * RATE) for s in (bars[0].start, bars[-1].start + form.bar))
    heard = np.concatenate(list(band.played(bars, Desk(), start, stop)), axis=1)
    power = float(np.mean(np.square(heard)))
    wanted = 10 ** ((_LOUDNESS + _DRIVEN * brief.character.drive) / 10)
    return float((wanted / max(power, 1e-9)) ** 0.5)


def _wrapped(band: _Band, form: Form, brief: Brief, total: int) -> Desk:
    """Return a desk on which the end of the piece still sounds."""
    desk = Desk()
    reach = round((_TAIL + _ECHOING * brief.beat) * RATE)
    start = max(0, total - reach)
    for _ in range(
        min(8, -(-reach // total))
    ):  # one shorter than its tails goes round several times
        for _played in band.played(form.since(start / RATE), desk, start, total):
            pass
    return desk


class _Band:
    """The players of a brief and the notes they have played before."""

    def __init__(self, brief: Brief) -> None:
        self._beat = brief.beat
        self._pump = brief.style.groove.pump
        self._beats = brief.style.groove.beats
        self._arrangement = Arrangement(brief)
        self._notes: dict[tuple[Voice, int, float, float], Wave] = {}
        self._kept = 0

    def played(self, bars: Iterable[Bar], desk: Desk, at: int, total: int) -> Iterator[Wave]:
        """Yield what is heard from sample `at` to `total`, in chunks of about a bar."""
        for bar in bars:
            self._lay(bar, desk, at, total)
            stop = min(total, self._sample(bar, self._beats))
            pump = self._pumping(bar, at, stop - at)
            if stop > at:
                yield desk.take(stop - at, pump)
                at = stop
        while at < total:
            stop = min(total, at + RATE)
            yield desk.take(stop - at)
            at = stop

    def _lay(self, bar: Bar, desk: Desk, now: int, total: int) -> None:
        """Lay the notes of a bar on the desk; what begins before sample `now` or after `total` is left out."""
        for event in self._arrangement.events(bar):
            at = self._sample(bar, event.beat)
            if not now <= at < total:
                continue
            bus = desk.hall if event.voice.hall else desk.dry
            bus.lay(
                self._note(event.voice, event.pitch, event.beats, event.tone), at - now, event.gain
            )

    def _sample(self, bar: Bar, beat: float) -> int:
        return round((bar.start + beat * self._beat) * RATE)

    def _note(self, voice: Voice, pitch: int, beats: float, tone: float) -> Wave:
        name = (voice, pitch, beats, tone)
        if name not in self._notes:
            if self._kept > _KEPT:
                self._notes.clear()
                self._kept = 0
            self._notes[name] = voice.note(pitch, beats * self._beat, tone)
            self._kept += self._notes[name].size
        return self._notes[name]

    def _pumping(self, bar: Bar, at: int, count: int) -> Wave | None:
        if not self._pump or bar.lifts or bar.closes or bar.energy < 0.5:
            return None
        return pumped(count, [self._sample(bar, b) - at for b in range(self._beats)], self._pump)


def _limited(wave: Wave) -> Wave:
    if np.abs(wave).max() <= _KNEE:
        return wave
    room = np.float32(_CEILING - _KNEE)
    over = np.maximum(np.abs(wave) - np.float32(_KNEE), 0)
    bent = np.float32(_KNEE) + room * np.tanh(over / room)
    return np.where(over > 0, np.copysign(bent, wave), wave)


def _fade(wave: Wave, at: int, total: int, fade: int) -> None:
    """Let the last `fade` samples of the piece fall to silence, in place."""
    left = total - np.arange(at, at + wave.shape[1])
    if fade and left[-1] < fade:
        factors = np.sin(np.clip(left / fade, 0, 1) * (np.pi / 2)) ** 2
        wave *= factors.astype(np.float32)
