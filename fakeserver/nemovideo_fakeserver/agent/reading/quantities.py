"""Numbers with a meaning: times, per cents, tempo, speed, shapes of a picture.

Law: `figures` runs once per message and turns every duration, however written, into one token
`‹milliseconds›`; all other files match tokens. The `take_` functions read one meaning and return the
text without it, so that the two seconds of a fade are never mistaken for the length of a title.
No pattern here can backtrack over more than a few dozen characters.
"""

from __future__ import annotations

import re

from nemovideo_fakeserver.agent.reading.numerals import digits
from nemovideo_fakeserver.core.draft import TEMPI
from nemovideo_fakeserver.core.sizes import within

DURATION = r"‹(\d+)›"
RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "21:9", "3:2", "2:3")

FADES = (100, 10_000)
"""The shortest and the longest fade, in milliseconds."""

_NUMBER = r"-?\d+(?:\.\d+)?"
_UNITS = {
    "milliseconds?|msecs?|ms|毫秒": 1,
    "seconds?|secs?|s|秒钟|秒": 1_000,
    "minutes?|mins?|m|分钟|分": 60_000,
    "hours?|hrs?|h|小时": 3_600_000,
}
_UNIT = "|".join(_UNITS)
_DURATION = re.compile(rf"(?<![a-z0-9.])({_NUMBER}) ?-? ?({_UNIT})(?![a-z])")
_SAME_UNIT = re.compile(
    rf"(?<![a-z0-9.:])({_NUMBER})( ?(?:-|–|~|to|and|到|至) ?)(?={_NUMBER} ?-? ?({_UNIT})(?![a-z]))"
)
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,3}):([0-5]\d)(?![\d:])")
_PAIR = re.compile(r"‹(\d+)› ?(?:and )?‹(\d+)›")
_DECADE = re.compile(
    r"\b(?:the |')[5-9]0s\b|\b[5-9]0s(?=[ -](?:style|inspired|synth|rock|pop|disco|retro|vibe|music|funk|hip))"
)
_LONGEST = 360_000_000

_RANGE = re.compile(
    rf"(?:\b(?:from|between) |从|第){{0,2}}{DURATION} ?(?:to|and|-|–|~|until|till|through|[剪截切裁删]?[到至]|保留到) ?第?{DURATION}"
)
_MOMENT = re.compile(
    rf"(?:(?:\b(?:at|after|from|starting at|starting from|starting)|@|第|从|在)(?: the| about| around|第)? ?{DURATION}(?: ?(?:mark|point|处|时|开始))?)(?! ?(?:length|long))"
    rf"|{DURATION} ?(?:mark|in(?=$|[,.;])|处|开始|后)"
)
_LENGTH = re.compile(DURATION)
_FADE = re.compile(
    rf"(?:{DURATION} ?(?:的)?)?(?:fad(?:e|es|ing)[ -]?(in and (?:fade[ -]?)?out|in/out|in|out)|(淡入淡出|淡入|淡出))(?: (?:the |my )?(?:music|bgm|song|track|audio|video|clip|title|text|it)\b)?(?: (?:at|near|towards) the (?:very )?(?:end|start|beginning))?(?:(?: over| of| for| in| (?:the )?(?:last|first)|效果)? ?{DURATION})?"
)
_FADE_THING = re.compile(
    r"\bfade ((?:the |my )?(?:music|bgm|song|track|audio|video|clip|title|text|it)) (in|out)\b"
)
_FADE_BLACK = (
    (
        re.compile(
            r"\bfad(?:e|es|ing)(?: (?:the |my )?(?:video|clip|film|picture|it))?(?: out)? (?:in)?to black\b|(?:淡出|渐变|渐隐|淡入|变)(?:到|成|为|至)?黑[场屏]?|渐黑|渐隐"
        ),
        "fade out",
    ),
    (
        re.compile(
            r"\bfad(?:e|es|ing)(?: (?:the |my )?(?:video|clip|film|picture|it))?(?: in)? from black\b|从黑[场屏]?(?:淡入|渐显|渐亮)|渐显"
        ),
        "fade in",
    ),
)
_PERCENT = re.compile(rf"(?<![\d.])(?:({_NUMBER}) ?(?:%|percent|per cent))|百分之({_NUMBER})")
_BPM = re.compile(
    r"(?<!\d)(?:(\d+) ?(?:-|to|–|到|至) ?)?(\d+) ?-?(?:bpm|beats per minute)|(?:bpm|tempo|速度|每分钟)(?: ?(?:of|to|at|is|=|:|为|到|调到|改成|改为|设为))? ?(\d+)(?! ?(?:x|倍|\.|%))"
)
_TIMES = re.compile(rf"(?<![\d.])({_NUMBER}) ?(?:x(?![a-z0-9])|×|times|倍)")
_SHAPES = (
    ("9:16", re.compile(r"\bvertical|\bportrait\b|竖屏|竖版|竖向")),
    ("1:1", re.compile(r"\bsquare\b|方形|正方")),
    (
        "16:9",
        re.compile(
            r"\blandscape (?:format|mode|video|orientation)|\bhorizontal|\bwidescreen|横屏|横版|横向"
        ),
    ),
)
_RATIO = re.compile(r"(?<![\d:])(\d{1,2}) ?[:x/] ?(\d{1,2})(?![\d:])")
_LINES = re.compile(r"(?<!\d)(480|540|720|1080)p")


def figures(lowered: str) -> str:
    """Return a lower-case text with its number words as digits and its durations as tokens."""
    text = _DECADE.sub(" ", digits(lowered))
    text = _SAME_UNIT.sub(lambda m: f"{m[1]}{m[3]}{m[2]}", text)
    text = _CLOCK.sub(_clock, text)
    text = _DURATION.sub(lambda m: _token(float(m[1]) * _unit(m[2])), text)
    return _PAIR.sub(_sum, text)


def _clock(match: re.Match[str]) -> str:
    """`0:30` is a time, but `9:16` is a shape."""
    if match[0] in RATIOS:
        return match[0]
    return _token((int(match[1]) * 60 + int(match[2])) * 1_000)


def _sum(match: re.Match[str]) -> str:
    """`1 minute 30 seconds` is one duration."""
    large, small = int(match[1]), int(match[2])
    return _token(large + small) if large >= 60_000 > small and large % 60_000 == 0 else match[0]


def _unit(written: str) -> int:
    return next(ms for spellings, ms in _UNITS.items() if re.fullmatch(spellings, written))


def _token(ms: float) -> str:
    return f"‹{round(clamp(ms, 0, _LONGEST))}›"


def clamp(value: float, low: float, high: float) -> float:
    """Return the number nearest to `value` within the limits."""
    return max(low, min(high, value))


def take_range(lowered: str) -> tuple[tuple[int, int] | None, str]:
    """Read `from 2s to 5s` in milliseconds, in rising order."""
    match = _RANGE.search(lowered)
    if match is None:
        return None, lowered
    first, second = sorted((int(match[1]), int(match[2])))
    return (first, second), _without(lowered, match)


def take_moment(lowered: str) -> tuple[int | None, str]:
    """Read `at 5 seconds`, `the 30-second mark`, in milliseconds."""
    match = _MOMENT.search(lowered)
    return (
        (None, lowered) if match is None else (int(match[1] or match[2]), _without(lowered, match))
    )


def take_length(lowered: str) -> tuple[int | None, str]:
    """Read the first duration that is left, in milliseconds."""
    match = _LENGTH.search(lowered)
    return (None, lowered) if match is None else (int(match[1]), _without(lowered, match))


def take_fades(lowered: str, default: int = 1_000) -> tuple[dict[str, int], str]:
    """Read fades as `{"fade_in": ms, "fade_out": ms}`; one without a duration takes `default`."""
    found: dict[str, int] = {}
    lowered = _FADE_THING.sub(r"fade \2 \1", lowered)
    for pattern, fade in _FADE_BLACK:
        lowered = pattern.sub(fade, lowered)
    while match := _FADE.search(lowered):
        before, after = match[1] or match[4], match[4] or match[1]
        which = match[2] or match[3]
        if "in" in which or "入" in which:
            found.setdefault("fade_in", int(clamp(int(before or default), *FADES)))
        if "out" in which or "出" in which:
            found.setdefault("fade_out", int(clamp(int(after or default), *FADES)))
        lowered = _without(lowered, match)
    return found, lowered


def _without(lowered: str, match: re.Match[str]) -> str:
    return f"{lowered[: match.start()]} {lowered[match.end() :]}"


def percent(lowered: str) -> float | None:
    """Return the first number of per cent."""
    match = _PERCENT.search(lowered)
    return None if match is None else clamp(float(match[1] or match[2]), -1_000, 1_000)


def bpm(lowered: str) -> int | None:
    """Return a tempo in beats per minute, within `TEMPI`; of a range, the middle."""
    written = tempo(lowered)
    return None if written is None else round(clamp(written, *TEMPI))


def tempo(lowered: str) -> float | None:
    """Return a tempo as it is written; of a range, the middle."""
    match = _BPM.search(lowered)
    if match is None:
        return None
    high = float(match[2] or match[3])
    return (float(match[1] or high) + high) / 2


def times(lowered: str) -> float | None:
    """Return a factor such as `2x`."""
    match = _TIMES.search(lowered)
    return None if match is None else clamp(float(match[1]), 0, 1_000)


def ratio(lowered: str) -> str | None:
    """Return the shape of picture a text asks for, as one of `RATIOS`."""
    written = (f"{m[1]}:{m[2]}" for m in _RATIO.finditer(lowered))
    known = next((r for r in written if r in RATIOS), None)
    return known or next((shape for shape, pattern in _SHAPES if pattern.search(lowered)), None)


def canvas(shape: str, lowered: str) -> tuple[int, int]:
    """Return width and height in pixels for a ratio; the short side is what `720p` says, else 1080.

    A shape so long that it would be larger than a film can be is smaller.
    """
    lines = _LINES.search(lowered)
    short = int(lines[1]) if lines else 1080
    across, down = map(int, shape.split(":"))
    share = short / min(across, down)
    width, height = within(across * share, down * share)
    return round(width / 2) * 2, round(height / 2) * 2
