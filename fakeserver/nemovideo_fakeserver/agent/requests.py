"""All families of requests, in the order in which they are asked.

Law: the first family that recognises a clause has it. What is not to be done and what is only talk come first (but `don't duck the
music` is an edit); a family that takes what names its thing comes before one that takes `it`. A new kind of request is one module and one line.
"""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.agent.families import (
    clips,
    ducking,
    forbearance,
    generation,
    looks,
    mixing,
    music,
    order,
    pace,
    placing,
    recordings,
    refinement,
    regeneration,
    removal,
    renaming,
    repetition,
    subtitles,
    talk,
    timing,
    titles,
    unknown_files,
)
from nemovideo_fakeserver.agent.families.family import Family

FAMILIES: tuple[Family[Any], ...] = (
    ducking.FAMILY,
    forbearance.FAMILY,
    talk.FAMILY,
    unknown_files.FAMILY,
    regeneration.FAMILY,
    removal.FAMILY,
    renaming.FAMILY,
    subtitles.FAMILY,
    repetition.FAMILY,
    recordings.FAMILY,
    order.FAMILY,
    clips.FAMILY,
    generation.FAMILY,
    titles.FAMILY,
    placing.FAMILY,
    mixing.FAMILY,
    refinement.FAMILY,
    music.FAMILY,
    timing.FAMILY,
    pace.FAMILY,
    looks.FAMILY,
)
