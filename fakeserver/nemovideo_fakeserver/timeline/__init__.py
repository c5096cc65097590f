"""A session drawn as text in the terminal, and what it came to: from facts alone."""

from nemovideo_fakeserver.timeline.drawing import draw
from nemovideo_fakeserver.timeline.look import ASCII, LINES, Signs, signs_for, wants_colour
from nemovideo_fakeserver.timeline.summary import Credits, Summary, summary
from nemovideo_fakeserver.timeline.times import elapsed

__all__ = [
    "ASCII",
    "LINES",
    "Credits",
    "Signs",
    "Summary",
    "draw",
    "elapsed",
    "signs_for",
    "summary",
    "wants_colour",
]
