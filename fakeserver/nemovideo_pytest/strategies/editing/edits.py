"""All families of edits, and the strategies over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing import (
    arrangement,
    captions,
    cuts,
    ducking,
    films,
    looks,
    removal,
    scores,
    sound,
    titles,
)
from nemovideo_pytest.strategies.editing.edit import LANGUAGES, Asking, Edit, Family, Language, wish
from nemovideo_pytest.strategies.editing.effect import Untouched
from nemovideo_pytest.strategies.editing.projects import PROJECT
from nemovideo_pytest.strategies.editing.shape import checked
from nemovideo_pytest.strategies.named import known
from nemovideo_pytest.strategies.wording import words

_FAMILIES: dict[str, tuple[Family, ...]] = {
    "titles": (titles.added, titles.changed),
    "mixing": (sound.mixed,),
    "ducking": (ducking.ducked,),
    "removal": (removal.removed,),
    "timing": (cuts.trimmed,),
    "pace": (looks.paced,),
    "looks": (looks.adjusted,),
    "subtitles": (captions.captioned,),
    "order": (arrangement.ordered,),
    "music": (scores.composed,),
    "refinement": (scores.refined,),
    "renaming": (scores.renamed,),
    "placing": (scores.placed,),
    "regeneration": (scores.again,),
    "clips": (arrangement.laid,),
    "recordings": (arrangement.recorded,),
    "repetition": (arrangement.repeated,),
    "generation": (films.filmed,),
}
FAMILIES = tuple(_FAMILIES)
"""The kinds of requests that change a draft."""

_ASIDES = {
    "talk": (
        ("What can you do?", "Thanks!", "Export the video", "How many credits do I have left?"),
        ("你能做什么？", "谢谢", "导出", "我还有多少积分？"),
    ),
    "forbearance": (("Don't change the music", "Leave the title as it is"), ("不要改音乐",)),
    "unknown_files": (("Add missing.mp4 to the timeline",), ("把missing.mp4加到时间线上",)),
}


def edits(
    on: Draft | None = None,
    *,
    families: Sequence[str] = FAMILIES,
    uploads: Sequence[str] = (),
    languages: Sequence[Language] = LANGUAGES,
    texts: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Edit]:
    """Edits that can be asked for where the draft is `on` (`PROJECT` unless told), with their effects.

    `uploads` are names of files in the session that are not on the timeline; `texts` the words of
    titles, captions and names. Nothing can be asked for by the `families` that find nothing to work on.
    What can be asked of a draft with gaps in its picture is less. Raises ValueError for names that do not
    exist, for a draft with values of a wrong type, and where none of the families finds anything.
    """
    asking = Asking(
        draft=PROJECT if on is None else checked(on),
        uploads=tuple(uploads),
        languages=known("language", languages, LANGUAGES),
        texts=words() if texts is None else texts,
    )
    names = known("family of edits", families, FAMILIES)
    made = (family(asking) for name in names for family in _FAMILIES[name])
    found = [strategy for strategy in made if strategy is not None]
    if not found:
        raise ValueError(f"nothing can be asked of this draft by {', '.join(names)}")
    return st.one_of(found)


def asides(*, languages: Sequence[Language] = LANGUAGES) -> st.SearchStrategy[Edit]:
    """Messages that ask for no change: questions, thanks, what is to stay, files that were never uploaded."""
    spoken = known("language", languages, LANGUAGES)
    asking = Asking(draft={}, languages=spoken, texts=words())
    free: dict[str, Any] = {"work": "text"}
    return st.one_of(
        [wish(asking, name, said, Untouched(), **free) for name, said in _ASIDES.items()]
    )
