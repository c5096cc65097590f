"""The second stage of a new film: background music and a title, added unasked (documented).

Law: only what is missing is added, and nothing the user said to leave away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_fakeserver.agent.families.titles import LOOKS, USUAL_MS, title
from nemovideo_fakeserver.agent.reading.brief import read
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, MOODS, WEAK
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.scoring import Place, compose, usual_volume
from nemovideo_fakeserver.agent.stage.timeline import music, titles, total

_NO_MUSIC = re.compile(
    r"\b(?:no|without)(?: any)?(?: background)? (?:music|bgm|sound|audio)|\bsilent\b|不要(?:配乐|音乐|背景音乐)|无(?:配乐|音乐)|不加音乐"
)
_NO_TITLE = re.compile(
    r"\b(?:no|without)(?: any)? (?:title|text|words)|\bmusic (?:or|and|nor) (?:title|text)|不要(?:标题|文字)|无(?:标题|文字)|不加(?:标题|文字)"
)

_LOOKS = {**LOOKS, "position": "top-center", "fade_in": 500}
"""At the top, because the subject of a generated film stands low."""


def embellish(bench: Bench, message: str, *, titled: bool) -> Iterator[Work]:
    """Yield what a new film still lacks, with a title if `titled`; `message` is in lower case."""
    if not music(bench.draft) and not _NO_MUSIC.search(message):
        place = Place(
            start=0, ms=total(bench.draft), partly=False, mix={"volume": usual_volume(bench)}
        )
        work = compose(bench, read(_heard(message), bench.chance), place)
        yield work
        bench = bench.after(work)
    if titled and not titles(bench.draft) and not _NO_TITLE.search(message):
        name = str(bench.draft.get("m", {}).get("title", ""))
        words = " ".join(w[:1].upper() + w[1:] for w in name.split())
        yield title(bench, words, (0, min(USUAL_MS, total(bench.draft))), _LOOKS)


def _heard(message: str) -> str:
    """Return the moods and genres of clear meaning in a message: `a warm bakery video` sounds warm."""
    clear = (g for g in GENRE_NAMES.find(message) if g not in WEAK)
    return " ".join((*MOODS.find(message), *clear))
