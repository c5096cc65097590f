"""Words for music that steps back while somebody speaks: `duck the music under the voice`, `人声时压低音乐`.

Law: ducking is named, or music is to be quieter where speech is named. A number in the text wins: `by 40%`
is the step, `to 10%` the volume that is left.
"""

from __future__ import annotations

import re

from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.quantities import clamp, percent

USUAL = 60
"""Per cent by which music steps back unless somebody says."""

_CALLED = re.compile(
    rf"\bduck(?:s|ed|ing)? (?:(?:the|my|that|this|its|background) )*(?:{nouns.MUSIC}|it\b|audio\b|sound\b)"
    rf"|{nouns.MUSIC} (?:[\w%]+ ){{0,3}}duck(?:s|ed|ing)?\b"
    r"|\b(?:side-?chain|audio|auto(?:matic)?|voice|no|want|with|without|add|apply|use|enable|disable|more|less|stop|undo|cancel|remove|on|off) (?:the )?duck(?:ing)?\b"
    r"|^(?:the )?ducking\b|\b(?:turn|switch) (?:the )?ducking\b|^(?:please )?duck (?:(?:the|my) [\w-]+ )?(?:under|below|beneath|behind)\b|闪避"
)
_LAID_UNDER = re.compile(r"\bducked (?:under|below|beneath|behind)\b")
"""Music is, where somebody else may be, too: `a video of a boy who ducked under a fence`."""

_LOWER = (
    r"(?:lower|reduc|decreas|dip|drop|soften|quieten)(?:e|s|ed|ing)?\b|turn(?: [\w ]{1,30})? down\b"
)
_LESS = r"(?:quieter|softer|lower)\b|steps? back\b"
_LOWER_ZH = r"压低|降低|调低|调小|减小|减弱|小声|(?:小|轻|低|弱)一?[点些]|让位"
_LOWERED = re.compile(
    rf"\b(?:{_LOWER}|{_LESS}|keep(?:s|ing)? .{{1,30}}?\b(?:low|quiet|soft|down)\b)|{_LOWER_ZH}"
)
_SPOKEN = re.compile(
    r"\b(?:under|below|beneath|behind|when(?:ever)?|while|during|as|if|wherever)\b.{0,40}?"
    r"\b(?:voices?|voice-?overs?|speech|speak(?:s|ing)?|spoken|talk(?:s|ing)?|dialogues?|narrat\w+|vocals?|says?|conversations?)\b"
    r"|人声|说话|讲话|对白|旁白|对话|讲解|解说|有人说"
)
_HEARD = re.compile(r"\bvolume\b|\bit\b|音量|声音")
_UNDONE = re.compile(
    r"\b(?:no|without|stop|undo|cancel|remove|disable|never|off|(?:do|does|should|must|need|wo)n['’]?t|not(?! (?:too|so|that|very)\b)) "
    rf"(?:(?!(?:so|and|but|or|then|when|while)\b)[\w'’-]+ ){{0,4}}(?:duck(?:s|ed|ing)?\b|{_LOWER}|{_LESS})"
    r"|\bduck(?:ing)? (?:\w+ ){0,2}off\b"
    rf"|(?:取消|关闭|关掉|去掉|去除|停止|不要(?!太)|不用|不必|不再|不需要|无需|没必要|(?<![特分区级个性])别(?!太))[^,，。]{{0,8}}(?:闪避|{_LOWER_ZH})"
    r"|闪避[^,，。]{0,4}(?:取消|关闭|关掉|去掉|停)"
)
"""A word of undoing, and what it undoes a few words behind it: `but not too much` undoes nothing."""

_LEFT = re.compile(r"\bto (?:about |around |just )?-?\d|[到至为成]\s?(?:百分之)?\d")
_BY = re.compile(r"\bby (?:about |around )?(\d{1,3}) ?(?:%|percent\b|per cent\b)|低了?(\d{1,3})%")


def asked(lowered: str) -> bool:
    """Say whether a text is about music that steps back, or no longer does."""
    heard = nouns.mentions("music", lowered) or _HEARD.search(lowered)
    meant = _LOWERED.search(lowered) and _SPOKEN.search(lowered) and heard
    filmed = nouns.head(lowered) == "picture" and re.search(nouns.CREATE, lowered)
    laid = _LAID_UNDER.search(lowered) and not filmed
    return bool(_CALLED.search(lowered) or meant or laid)


def step(lowered: str, volume: float) -> int:
    """Return by how many per cent music of a `volume` (per cent) is to step back."""
    if _UNDONE.search(lowered):
        return 0
    number = percent(lowered)
    if number is None:
        return USUAL
    by = 100 - 100 * abs(number) / volume if _LEFT.search(lowered) and volume else abs(number)
    return round(clamp(by, 0, 100))


def take_step(lowered: str) -> tuple[int | None, str]:
    """Read `that ducks by 40% under the voice` of new music; None where nothing is said of it."""
    if not asked(lowered):
        return None, lowered
    if _UNDONE.search(lowered):
        return 0, lowered
    by = _BY.search(lowered)
    rest = f"{lowered[: by.start()]} {lowered[by.end() :]}" if by else lowered
    return int(clamp(float(by[1] or by[2]), 0, 100)) if by else USUAL, rest
