"""The captions above a film: which are seen at a frame, how strongly, and where that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import islice
from typing import TypeAlias

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.fading import Fade, Span
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.planes import copied
from nemovideo_fakeserver.media.timeline.captions import Caption

AT_ONCE = 16
"""The most captions seen at one time: those of the first tracks."""

Letters: TypeAlias = Callable[[Caption], Overlay]


class Words:
    """Captions and when they are there, in the order in which they are painted."""

    def __init__(self, said: Iterable[tuple[Fade, Caption]], letters: Letters) -> None:
        self._said = tuple(said)
        self._letters = letters

    @classmethod
    def of(cls, captions: Iterable[Caption], canvas: Canvas) -> Words:
        """Letter each caption once, when it is first seen; the letters are kept while it is."""
        letters = lru_cache(AT_ONCE)(partial(lettered, canvas=canvas))
        return cls(((Fade.of(caption, canvas), caption) for caption in captions), letters)

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
        seen = ((f.level(number), c) for f, c in self._said if f.first <= number < f.last)
        painted = [(level, c) for level, c in islice(seen, AT_ONCE) if level > 0]
        if not painted:
            return picture
        page = copied(picture)
        for level, caption in painted:
            self._letters(caption).paint(page, level)
        return page
