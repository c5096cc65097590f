"""A conversation with the scripted agent: messages go in, the draft and what was said come out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nemovideo_fakeserver.agent.plan import plan
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import AUDIO, TEXT, VIDEO, Draft, Segment, apply, segments
from nemovideo_fakeserver.core.plan import Call, Edit, Made, Plan, Say, Scene
from nemovideo_fakeserver.wire.messages import MediaKind


def upload(
    name: str, kind: MediaKind = "video", seconds: float = 30.0, size: tuple[int, int] = (1280, 720)
) -> Asset:
    """Return an uploaded file."""
    width, height = (0, 0) if kind == "audio" else size
    return Asset(
        kind=kind,
        filename=name,
        url=f"http://cdn.test/uploads/{name}",
        seconds=0.0 if kind == "image" else seconds,
        width=width,
        height=height,
        fps=30.0 if kind == "video" else 0.0,
        hash="0" * 64,
        source=Synthetic(kind=kind, seconds=seconds, label=name, seed=1),
        origin="uploaded",
    )


class Conversation:
    """One session: `say` plans a message on the draft as it is, and applies the plan."""

    def __init__(
        self, *uploads: Asset, language: str = "", seed: str = "0", draft: Draft | None = None
    ) -> None:
        self.uploads = uploads
        self.language = language
        self.chance = Chance(seed)
        self.draft: Draft = draft or {}
        self.generated: list[Asset] = []
        self.plans: list[Plan] = []

    def scene(self) -> Scene:
        """Return what the agent sees next."""
        about = self.draft.get("m", {})
        return Scene(
            draft=self.draft,
            assets=self.uploads,
            generated=tuple(self.generated),
            width=about.get("width", 1920),
            height=about.get("height", 1080),
            language=self.language,
            cdn="http://cdn.test",
            number=len(self.plans) + 1,
            chance=self.chance.at("turn", len(self.plans) + 1),
        )

    def say(self, *messages: str) -> Plan:
        """Send messages one after the other; return the plan of the last one."""
        for message in messages:
            made = plan(message, self.scene())
            self.plans.append(made)
            for beat in made.beats:
                if isinstance(beat.act, Edit):
                    self.draft = apply(self.draft, beat.act.operation)
                elif isinstance(beat.act, Made):
                    self.generated.append(beat.act.asset)
        return self.plans[-1]

    @property
    def pictures(self) -> list[Segment]:
        """What is shown, in order."""
        return list(segments(self.draft, VIDEO))

    @property
    def music(self) -> list[Segment]:
        """What plays, in order."""
        return list(segments(self.draft, AUDIO))

    @property
    def texts(self) -> list[Segment]:
        """The words on the screen, in order."""
        return list(segments(self.draft, TEXT))

    @property
    def sound(self) -> dict[str, Any]:
        """The `m` of the only piece of music."""
        (segment,) = self.music
        return dict(segment["m"])

    @property
    def title(self) -> dict[str, Any]:
        """The `m` of the only text."""
        (segment,) = self.texts
        return dict(segment["m"])

    def times(self, found: Sequence[Segment]) -> list[tuple[int, int]]:
        """Return start and length of segments, in milliseconds."""
        return [(s["s"], s["d"]) for s in found]


def spoken(made: Plan) -> str:
    """Return all that a plan says."""
    return "\n".join(beat.act.text for beat in made.beats if isinstance(beat.act, Say))


def operations(made: Plan) -> list[str]:
    """Return the `op` of each tool call of a plan."""
    return [beat.act.args["op"] for beat in made.beats if isinstance(beat.act, Call)]
