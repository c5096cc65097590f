"""The captions above a film: which are seen at a frame, how strongly, and where that changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import count, islice

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.fading import Fade, Span
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.planes import copied
from nemovideo_fakeserver.media.picture.setting import Setting
from nemovideo_fakeserver.media.picture.stacking import Box, shifts
from nemovideo_fakeserver.media.timeline.captions import Caption

AT_ONCE = 16
"""The most captions seen at one time: those of the first tracks."""


class Letters:
    """The words of captions, by number: each at its place, or where it gives way to one before it.

    They are made when they are first asked for, and kept while they are seen.
    """

    def __init__(self, captions: Sequence[Caption], canvas: Canvas) -> None:
        self._captions = captions
        self._canvas = canvas
        self._kept = lru_cache(AT_ONCE)(self._lettered)

    def __call__(self, number: int) -> Overlay:
        """Return the words of the caption of that number."""
        return self._kept(number)

    def _lettered(self, number: int) -> Overlay:
        return lettered(self._captions[number], self._canvas, self._down[number])

    @cached_property
    def _down(self) -> tuple[int, ...]:
        boxes = (_box(caption, self._canvas) for caption in self._captions)
        return tuple(shifts(boxes, self._canvas.height))


class Words:
    """When captions are there, with their numbers, in the order in which they are painted."""

    def __init__(self, said: Iterable[tuple[Fade, int]], letters: Letters) -> None:
        self._said = tuple(said)
        self._letters = letters

    @classmethod
    def of(cls, captions: Iterable[Caption], canvas: Canvas) -> Words:
        """Return all of them; nothing is measured or lettered before one is seen."""
        known = tuple(captions)
        fades = (Fade.of(caption, canvas) for caption in known)
        return cls(zip(fades, count(), strict=False), Letters(known, canvas))

    def within(self, first: int, last: int) -> Words:
        """Return those that are there at any of these frames; `last` is past them."""
        return Words(
            (pair for pair in self._said if pair[0].first < last and pair[0].last > first),
            self._letters,
        )

    @property
    def spans(self) -> tuple[Span, ...]:
        """The frames at which any of them rises or falls; an empty span is where one comes or goes at once."""
        return tuple(span for fade, _ in self._said for span in fade.spans)

    def above(self, number: int, picture: VideoFrame) -> VideoFrame:
        """Return the film's frame of that number with its words above; without any, the same one."""
        seen = ((f.level(number), which) for f, which in self._said if f.first <= number < f.last)
        painted = [(level, which) for level, which in islice(seen, AT_ONCE) if level > 0]
        if not painted:
            return picture
        page = copied(picture)
        for level, which in painted:
            self._letters(which).paint(page, level)
        return page


def _box(caption: Caption, canvas: Canvas) -> Box:
    """Return what a caption takes where nobody is in its way."""
    fade = Fade.of(caption, canvas)
    left, top, right, bottom = Setting.of(caption, canvas).box
    return Box(
        first=fade.first,
        last=fade.last,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        rises=caption.place.startswith("bottom"),
    )
