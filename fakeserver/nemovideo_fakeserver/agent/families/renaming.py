"""Another name for the music: `rename the music to Night Drive`.

Law: only the name changes; not a note is composed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.mixing import no_music
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause, unmarked
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.timeline import music
from nemovideo_fakeserver.core.draft import Change

LONGEST = 80

_RENAMED = re.compile(
    rf"\b(?:rename|call|name) (?:the |my |this )?(?:[\w-]+ )?{nouns.MUSIC}(?: (?:to|as|into))?(?P<en>.*)"
    rf"|{nouns.MUSIC}的?(?:名[字称])?(?:重?命名|改名|更名|取名|改叫)(?:[为成叫])?(?P<zh>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Renaming:
    """A wish to call the music by another name; an empty one was not said."""

    name: str


def recognise(clause: Clause, bench: Bench) -> Renaming | None:  # noqa: ARG001  # a family's signature
    """Take what renames the music."""
    found = _RENAMED.search(clause.text)
    if found is None:
        return None
    name = (*clause.quotes, unmarked(found["en"] or found["zh"] or ""))[0]
    return Renaming(name.strip(" .,;:!。，；：！吧")[:LONGEST])


def perform(request: Renaming, bench: Bench) -> Deeds:
    """Name the last piece anew, or ask for the name."""
    tracks = music(bench.draft)
    if not tracks:
        return (no_music(bench),)
    if not request.name:
        return (bench.answer("What should the music be called?", "音乐要叫什么名字？"),)
    segment = tracks[-1]
    return (
        Work(
            op="rename_bgm",
            told=bench.speak(
                f"The music is called “{request.name}” now.", f"音乐已重命名为“{request.name}”。"
            ),
            facts={"track": "audio", "segments": [segment["id"]], "name": request.name},
            operations=(Change(segment["id"], {"m": {"name": request.name}}),),
        ),
    )


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
