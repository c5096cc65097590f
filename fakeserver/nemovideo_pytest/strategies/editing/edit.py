"""One wish of a user: what is said, and what it is to bring about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from hypothesis import strategies as st

from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.effect import All, Effect
from nemovideo_pytest.strategies.editing.effects import Kept
from nemovideo_pytest.strategies.editing.timeline import Kind, Segment

Language: TypeAlias = Literal["en", "zh"]
Work: TypeAlias = Literal["generate", "edit", "text"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A message, its language, the effect it asks for, and the family of requests it belongs to.

    `work` is what the documents price: `generate` 100 credits, `edit` 50 for the first of a session,
    `text` nothing.
    """

    message: str
    effect: Effect
    family: str
    language: Language
    work: Work = "edit"

    def __repr__(self) -> str:
        """Return what is said and, in a few words, what for: this is what reports of Hypothesis show."""
        return f"<Edit {self.message!r}: {self.effect}>"

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:
        """Let Hypothesis show it so, too, which would spell a dataclass out."""
        printer.text(repr(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Where a wish is made: the draft it is about, names of uploads not on it, languages, words."""

    draft: Draft = field(repr=False)
    uploads: tuple[str, ...] = ()
    languages: tuple[Language, ...] = LANGUAGES
    texts: st.SearchStrategy[str] = field(repr=False)

    def of(self, kind: Kind) -> list[Segment]:
        """Return the segments of a kind."""
        return timeline.segments(self.draft, kind)

    @property
    def nameable(self) -> list[str]:
        """Return the uploads whose name says which file is meant: nothing else is called so."""
        shown = {timeline.about(segment).get("name") for segment in self.of("picture")}
        return [n for n in self.uploads if self.uploads.count(n) == 1 and n not in shown]

    @property
    def lays_uploads(self) -> bool:
        """Say whether an edit first has to lay the uploads: where nothing is shown, it works on them."""
        return bool(self.uploads) and not self.of("picture")

    @property
    def film_ms(self) -> int:
        """How long the picture is; 0 where there is none, or one with gaps, in which no time can be told."""
        shown = self.of("picture")
        ends = [0, *map(timeline.end, shown)]
        whole = all(timeline.start(s) == at for s, at in zip(shown, ends, strict=False))
        return ends[-1] if whole else 0


Said: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""Ways to say something, in English and in Chinese; `{name}` is a gap."""

Family: TypeAlias = Callable[[Asking], "st.SearchStrategy[Edit] | None"]
"""The wishes of one kind that can be made there; None if there are none."""


def wish(  # noqa: PLR0913 what is said, what it means, and what it leaves alone
    asking: Asking,
    family: str,
    said: Said,
    effect: Effect,
    *,
    keeps: tuple[Kind, ...] = (),
    work: Work = "edit",
    **gaps: Any,
) -> st.SearchStrategy[Edit]:
    """Return the ways to say one thing; beside its effect, all segments of `keeps` stay as they are."""
    both = dict(zip(LANGUAGES, said, strict=True))
    ways = [(way.format(**gaps), lang) for lang in asking.languages for way in both[lang]]
    kept = tuple(kind for kind in keeps if not (kind == "picture" and asking.lays_uploads))
    whole = All(effects=(effect, Kept(kinds=kept))) if kept else effect
    return st.sampled_from(
        [
            Edit(message=way, effect=whole, family=family, language=language, work=work)
            for way, language in ways
        ]
    )
