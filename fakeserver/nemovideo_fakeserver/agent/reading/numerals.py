"""Numbers written as words, where a unit shows that a number is meant."""

from __future__ import annotations

import re

_ENGLISH = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_CHINESE = {digit: number for number, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PLURAL = {word: n for word, n in _CHINESE.items() if n > 1}

_WORD = re.compile(
    rf"\b({'|'.join(sorted(_ENGLISH, key=len, reverse=True))})(?=[ -]?(?:seconds?|secs?|minutes?|mins?|hours?|times|bpm|percent|scenes?)\b)"
)
_HAN = re.compile(
    r"([零一二三四五六七八九十百两]{1,5})(?=个?(?:秒|分钟|分(?!割|段|之)|小时|倍|号|张|段|条|幅|bpm|拍))|(?<=第)([零一二三四五六七八九十两]{1,3})|(?<=百分之)([零一二三四五六七八九十百两]{1,4})"
)
_FIXED = (
    *(
        (re.compile(f"{word}(?=个(?:不同的?)?(?:场景|镜头))"), str(n))
        for word, n in _PLURAL.items()
    ),
    (re.compile(r"\bhalf a minute\b|半分钟"), "30 seconds"),
    (
        re.compile(r"\b(?:a|one) minute and a half\b|\bone and a half minutes\b|[一1]分半钟?"),
        "90 seconds",
    ),
    (re.compile(r"\b(?:a|one)[ -]minute\b"), "1 minute"),
    (re.compile(r"\bhalf a second\b|半秒"), "500 ms"),
    (
        re.compile(r"(?<=\bfirst )second\b(?! (?:clip|video|half))|(?<=\blast )second\b"),
        "1 second",
    ),
    (re.compile(r"\ba second\b(?! (?:clip|video|title|photo|track|one))"), "1 second"),
    (
        re.compile(
            r"(?<=[a-z@] )(?<!\bthe )(second|minute) (\d{1,4}(?:\.\d+)?)(?![\d:%]| ?(?:s|secs?|seconds?|minutes?|clips?|videos?|photos?|times|bpm)\b)"
        ),
        r"\2 \1s",
    ),
)


def digits(lowered: str) -> str:
    """Return a lower-case text with `ten seconds`, `两分钟`, `第三` and the like in digits."""
    for pattern, written in _FIXED:
        lowered = pattern.sub(written, lowered)
    lowered = _WORD.sub(lambda m: str(_ENGLISH[m[1]]), lowered)
    return _HAN.sub(lambda m: str(_chinese(m[0])), lowered)


def _chinese(numeral: str) -> int:
    """Read a numeral below a thousand; odd ones still give some number."""
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (_digit(hundreds) or 1) if "百" in numeral else 0
    return value + (10 * (_digit(tens) or 1) if ten else 0) + _digit(ones)


def _digit(numeral: str) -> int:
    return _CHINESE.get(numeral[-1:], 0)
