"""What is not to be done: `don't change the music`, `leave it as it is`, `不要加音乐`.

Law: a text that is negated asks for no edit at all. `I don't want music` and `不要音乐` are wishes to take
something away, and `don't forget` is a wish like any other.
"""

from __future__ import annotations

import re

_AS_IT_IS = (
    r"(?:as (?:it|they|that) (?:is|are|was|were)|as[ -]is|alone|untouched|unchanged|unaltered|the way (?:it|they) (?:is|are)"
    r"|the same)\b"
)
_DONE = r"(?:touch|chang|alter|affect|modify|edit|mov|remov|delet|replac|swap|add|cut|trim|mess)"
_DONE_ZH = "(?:再|去|对)?(?:动|碰|改|换|调|加|添|放|配|删|去掉|剪|变|修|更|替|影响|插|生成|做|写)"

WITHOUT = rf"without (?={_DONE}\w*ing\b)|while (?=(?:leav|keep)ing\b)"
"""Pattern of the words that part what is not to be done from what is."""

_NEGATED = re.compile(
    r"(?:do not|don['’]?t|never|must not|mustn['’]t|should not|shouldn['’]t|no need to|i don['’]?t want (?:you )?to)\b"
    r"(?! (?:want|need|like|forget|worry|hesitate|know|understand|see|hear|have|you)\b)"
    rf"|without {_DONE}\w*ing\b"
    rf"|(?:while )?(?:leav(?:e|ing)|keep(?:ing)?) [^,.;]{{1,40}}? {_AS_IT_IS}"
    r"|no (?:more )?(?:new |background |extra )?(?:music|bgm|soundtrack|titles?|text|subtitles?|captions?),? (?:please|pls)$"
    r"|(?:没有|无)(?:背景)?(?:音乐|配乐)$"
    rf"|(?:不要|不用|不必|不需要|无需|请勿|别){_DONE_ZH}"
    rf"|[^,，。]{{1,12}}(?:保持(?:不变|原样|现状)|(?:不要?|别){_DONE_ZH}$|不变$)|保持[^,，。]{{1,12}}(?:不变|原样)"
)


def negated(lowered: str) -> bool:
    """Say whether a text, from its first word on, tells what to leave as it is."""
    return _NEGATED.match(lowered) is not None
