"""A film file: pictures and sound encoded side by side, in the order of their time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import repeat
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.packet import Packet

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media import picture, sound, timeline
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.music import RATE
from nemovideo_fakeserver.media.press import Press, Print
from nemovideo_fakeserver.media.timeline import Shot

BIT_RATE = 96_000
