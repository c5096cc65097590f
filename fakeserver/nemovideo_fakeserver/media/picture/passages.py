"""A time line as passages: every shot in its turn, cut where it begins or ceases to repeat itself.

While words, light and transitions stand still above a scene that repeats itself, so does the film.
While they move it is drawn frame by frame, and so is all of a shot whose scene never comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby, pairwise, repeat

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.picture.fading import Span
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.scenes import scene
from nemovideo_fakeserver.media.picture.stage import Lit, Stage, joined
from nemovideo_fakeserver.media.picture.words import Words
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.shots import Shot


def passages(line: Timeline) -> Iterator[Passage]:
    """Yield passages that fill the film."""
    words, before = Words.of(line.captions, line.canvas), None
    for shot in line.shots:
        lit = Lit(shot, scene(shot.clip, line.canvas), line.canvas)
        here = words.within(shot.first, shot.first + shot.frames)
        yield from _shown(shot, joined(lit, before, line.canvas), here)
        before = lit


def _shown(shot: Shot, stage: Stage, words: Words) -> Iterator[Passage]:
    first, last = shot.first, shot.first + shot.frames
    if stage.loop is None:
        yield Passage(last - first, _drawn(stage, words, first))
        return
    for (start, end), moves in runs(first, last, (*stage.spans, *words.spans)):
        drawn = _drawn(stage, words.within(start, end), start)
        if moves:
            yield Passage(end - start, drawn)
        else:
            yield Passage(end - start, _once(drawn) if stage.loop == 1 else drawn, stage.loop)


def runs(first: int, last: int, spans: Iterable[Span]) -> Iterator[tuple[Span, bool]]:
    """Cut frames where a span begins or ends, and say which run of them lies in any.

    Runs that do and follow one another are one.
    """
    known = sorted(spans)
    edges = sorted({first, last, *(e for span in known for e in span if first < e < last)})
    whole = [(run, any(a <= run[0] < b for a, b in known)) for run in pairwise(edges)]
    for moves, group in groupby(whole, key=lambda pair: pair[1]):
        found = [run for run, _ in group]
        if moves:
            yield (found[0][0], found[-1][1]), True
        else:
            yield from ((run, False) for run in found)


def _drawn(stage: Stage, words: Words, first: int) -> Iterator[VideoFrame]:
    pictures = stage.frames(first)
    for number in count(first):
        yield words.above(number, next(pictures))


def _once(pictures: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """Draw the first picture, and no other."""
    yield from repeat(next(pictures))
