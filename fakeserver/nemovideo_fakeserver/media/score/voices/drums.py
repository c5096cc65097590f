"""What is hit and has no melody. The noise is the same each time: a drum is a drum."""

from __future__ import annotations

import numpy as np

from nemovideo_fakeserver.media.samples import RATE
from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import Sound, Wave, eased


def _at(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE), dtype=np.float32) / np.float32(RATE)


def _swept(high: float, fall: float, decay: float, lasts: float) -> Sound:
    """A skin: a tone that comes down to the note's, from `high` times above it."""

    def sound(frequency: float, _seconds: float, _tone: float) -> Wave:
        at = _at(lasts)
        turns = frequency * (at + high / fall * (1 - np.exp(-fall * at)))
        wave = np.sin(2 * np.pi * turns) * np.exp(-decay * at)
        return eased(wave.astype(np.float32), 0.002, 0.05)

    return sound


def _noisy(low: float, high: float, decay: float, lasts: float, bursts: int = 1) -> Sound:
    """Noise between two frequencies that dies away; the upper one falls with the tone."""

    def sound(_frequency: float, _seconds: float, tone: float) -> Wave:
        at = _at(lasts)
        noise = np.fft.rfft(np.random.default_rng(1).standard_normal(len(at)))
        pitch = np.fft.rfftfreq(len(at), 1 / RATE)
        top = low + (high - low) * (0.25 + 0.75 * tone)
        noise *= 1 / (1 + (low / np.maximum(pitch, 1)) ** 6) / (1 + (pitch / top) ** 6)
        wave = np.fft.irfft(noise, len(at))
        wave /= np.sqrt(np.mean(wave * wave))
        fading = sum(
            np.exp(-decay * np.maximum(at - late, 0)) * (at >= late)
            for late in (0.011 * burst for burst in range(bursts))
        )
        return eased((wave * fading / bursts).astype(np.float32), 0.001, 0.02)

    return sound


def _both(one: Sound, other: Sound, share: float) -> Sound:
    def sound(frequency: float, seconds: float, tone: float) -> Wave:
        first, second = one(frequency, seconds, tone), other(frequency, seconds, tone)
        short = min(len(first), len(second))
        longest = first.copy() if len(first) >= len(second) else np.float32(share) * second
        longest[:short] = first[:short] + np.float32(share) * second[:short]
        return longest

    return sound


_CLICK = _noisy(2_000, 6_000, 300, 0.03)

DRUMS = {
    "kick": Voice(
        sound=_both(_swept(2.2, 32, 8, 0.35), _CLICK, 0.08), level=5, centre=33, hall=False
    ),
    "snare": Voice(
        sound=_both(_swept(0.5, 40, 22, 0.2), _noisy(900, 9_000, 17, 0.25), 0.45),
        level=-1,
        centre=55,
        hall=False,
    ),
    "rim": Voice(sound=_noisy(1_400, 4_000, 90, 0.06), level=-5, pan=0.2, hall=False),
    "hat": Voice(sound=_noisy(6_500, 15_000, 45, 0.09), level=-13, pan=0.15, hall=False),
    "crash": Voice(sound=_noisy(3_500, 14_000, 2.6, 1.6), level=-12, pan=-0.2, hall=False),
    "tom": Voice(sound=_swept(0.8, 14, 7, 0.45), level=1, centre=43, pan=-0.15),
    "clap": Voice(sound=_noisy(900, 5_000, 28, 0.2, bursts=3), level=-2, hall=True),
    "shaker": Voice(sound=_noisy(4_500, 11_000, 30, 0.12), level=-10, pan=-0.2, hall=False),
    "timpani": Voice(sound=_swept(0.06, 9, 2.4, 1.3), level=2, centre=43, pan=0.1),
}

NAMED = {"hand claps": "clap", "shaker": "shaker", "timpani": "timpani"}
"""Percussion a brief can name by itself; `drums` are the kit of the groove."""
