"""The bench: the session as it stands while one message is being worked on.

Law: a request never changes a bench. It returns deeds; `Bench.after` is the bench with a deed done, and
the next request of the same message starts from there. Every id and every free choice comes from the
bench's own place in the tree of draws, so the same message on the same scene gives the same deeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from nemovideo_fakeserver.agent.reading.language import Language
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.chance import Chance, Name
from nemovideo_fakeserver.core.draft import Draft, Operation, apply
from nemovideo_fakeserver.core.plan import Scene

Tool: TypeAlias = Literal["edit_multitrack", "generate_video_with_seedance"]
EDIT: Tool = "edit_multitrack"
GENERATE: Tool = "generate_video_with_seedance"
"""The two tools that documents name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One call of a tool: what it does to the draft, and how to tell it.

    `op` names the deed in the call's arguments, `facts` are its other arguments (JSON), `told` is one
    sentence in the user's language.
    """

    op: str
    told: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    operations: tuple[Operation, ...] = ()
    made: tuple[Asset, ...] = ()
    tool: Tool = EDIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Something said without touching the draft; `idle` talk is left out where there is work to tell."""

    text: str
    idle: bool = False


Deed: TypeAlias = Work | Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The draft and the media as the former requests left them; `begun` once this message changed anything.

    `last` is the `op` of the work that this message did last.
    """

    scene: Scene
    draft: Draft
    language: Language
    chance: Chance
    made: tuple[Asset, ...] = ()
    begun: bool = False
    last: str = ""

    @property
    def uploads(self) -> tuple[Asset, ...]:
        """What the user uploaded, in order."""
        return self.scene.assets

    @property
    def generated(self) -> tuple[Asset, ...]:
        """What was generated in this session, in order."""
        return (*self.scene.generated, *self.made)

    def at(self, *names: Name) -> Bench:
        """Return the same bench further down the tree of draws."""
        return replace(self, chance=self.chance.at(*names))

    def after(self, work: Work) -> Bench:
        """Return the bench with `work` done."""
        done = self.after_all(work.operations)
        return replace(
            done,
            made=(*self.made, *work.made),
            chance=self.chance.at("next"),
            begun=True,
            last=work.op,
        )

    def after_all(self, operations: Iterable[Operation]) -> Bench:
        """Return the bench with the draft changed, in the middle of a work."""
        draft = self.draft
        for operation in operations:
            draft = apply(draft, operation)
        return replace(self, draft=draft)

    def new_id(self, *names: Name) -> str:
        """Draw the id of a new segment."""
        return "seg_" + self.chance.hex(12, "segment", *names)

    def speak(self, en: str, zh: str) -> str:
        """Return the sentence in the user's language."""
        return zh if self.language == "zh" else en

    def answer(self, en: str, zh: str, *, idle: bool = False) -> Answer:
        """Answer with a sentence in the user's language."""
        return Answer(text=self.speak(en, zh), idle=idle)
