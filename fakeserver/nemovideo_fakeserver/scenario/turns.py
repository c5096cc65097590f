"""From a scripted turn to a plan: what is written in a scenario is what happens, at the time it says.

Law: pure. The same turn in the same scene gives the same plan. What a put names and the session does not
have (an upload that never came, media of a turn that was never played) is left out, and shown as a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nemovideo_fakeserver.core.assets import Asset, Synthetic, imagined
from nemovideo_fakeserver.core.draft import (
    AUDIO,
    TEXT,
    VIDEO,
    Change,
    Describe,
    Operation,
    Order,
    Put,
    Remove,
)
from nemovideo_fakeserver.core.plan import (
    Act,
    Beat,
    Call,
    Drop,
    Edit,
    Made,
    Plan,
    Result,
    Say,
    Scene,
    Sign,
    Trouble,
)
from nemovideo_fakeserver.scenario.model import drafting
from nemovideo_fakeserver.scenario.model.scenario import MEDIA
from nemovideo_fakeserver.scenario.model.telling import End, Media, Step, Turn
from nemovideo_fakeserver.wire.steps import HowToCut

TROUBLE = "The task failed because of an internal error. No credits were charged."
"""What is reported where a turn ends in error without a text of its own (assumed)."""

CUT: HowToCut = "reset"
"""How a connection is cut unless the scenario says."""

UPLOAD = "upload:"
_TRACKS = {"video": VIDEO, "audio": AUDIO, "text": TEXT}
_FILES = {"video": ("video", "mp4"), "image": ("image", "png"), "audio": ("music", "mp3")}
_LASTS = {"video": 5.0, "image": 0.0, "audio": 30.0}
_FPS = 30.0


def plan(turn: Turn, scene: Scene, cue: int | None = None) -> Plan:
    """Return the plan of a scripted turn; `cue` is its number in the scenario."""
    play = _Play(scene)
    for step in turn.steps:
        play.take(step)
    return Plan(
        kind=turn.kind,
        beats=tuple(play.beats),
        lasts=play.lasts,
        failed=turn.steps[-1].ending == "error",
        quiet=tuple(play.quiet),
        price=turn.price,
        cue=cue,
    )


@dataclass(slots=True)
class _Play:
    """A turn as far as its steps have been taken."""

    scene: Scene
    beats: list[Beat] = field(default_factory=list)
    quiet: list[tuple[float, float]] = field(default_factory=list)
    made: list[Asset] = field(default_factory=list)
    at: float = 0.0
    lasts: float = 0.0

    def take(self, step: Step) -> None:
        """Do what a step says, at its time."""
        self.at = self.at if step.at is None else float(step.at)
        self.lasts = max(self.lasts, self.at)
        if step.silence:
            until = self.at + step.silence
            self.quiet.append((self.at, until))
            self.lasts = max(self.lasts, until)
        if step.ending in ("ok", "error"):
            self.lasts = self.at
        self.beats += (Beat(self.at, act) for act in self._acts(step))

    def _acts(self, step: Step) -> Iterator[Act]:
        if step.text is not None:
            yield Say(step.text)
        if step.tool_call is not None:
            yield Call(step.tool_call.name, step.tool_call.args)
        if step.tool_result is not None:
            yield Result(step.tool_result.name, step.tool_result.result)
        if step.heartbeat:
            yield Sign()
        if step.media is not None:
            self.made.append(_asset(step.media, self.scene, len(self.made)))
            yield Made(self.made[-1])
        for operation in step.draft or ():
            yield Edit(self._operation(operation))
        if step.ending == "error":
            yield Trouble((isinstance(step.end, End) and step.end.error) or TROUBLE)
        if step.ending == "cut":
            yield Drop((isinstance(step.end, End) and step.end.cut) or CUT)

    def _operation(self, said: drafting.Operation) -> Operation:
        if said.put is not None:
            segment = {"id": said.put.id, **self._segment(said.put)}
            return Put(_TRACKS[said.put.track], segment, said.put.new_track)
        if said.change is not None:
            return Change(said.change.id, self._segment(said.change))
        if said.describe is not None:
            return Describe(drafting.described(said.describe))
        return Remove(said.remove) if said.remove is not None else Order(said.order or ())

    def _segment(self, part: drafting.Put | drafting.Change) -> dict[str, object]:
        segment = drafting.segment(part)
        src = segment.get("src")
        if isinstance(src, str) and src.startswith((MEDIA, UPLOAD)):
            asset = self._asset(src)
            segment = {k: v for k, v in segment.items() if k != "src" or asset is not None}
            if asset is not None:
                segment["src"] = asset.url
        return segment

    def _asset(self, src: str) -> Asset | None:
        """Return what `media:` or `upload:` names, the latest first."""
        if src.startswith(MEDIA):
            label = src.removeprefix(MEDIA)
            known = (*self.scene.generated, *self.made)
            return next((a for a in reversed(known) if _label(a) == label), None)
        name = src.removeprefix(UPLOAD)
        uploads = self.scene.assets
        if name.isdecimal() and 1 <= int(name) <= len(uploads):
            return uploads[int(name) - 1]
        return next((a for a in reversed(uploads) if a.filename == name), None)


def _label(asset: Asset) -> str | None:
    return asset.source.label if isinstance(asset.source, Synthetic) else None


def _asset(media: Media, scene: Scene, number: int) -> Asset:
    """Return media that come into being: the `number`th of this turn, from 0."""
    here = scene.chance.at("scripted media", number)
    word, extension = _FILES[media.kind]
    filename = f"{word}_{here.hex(12, 'name')}.{extension}"
    seen = media.kind != "audio"
    source = Synthetic(
        kind=media.kind,
        seconds=_LASTS[media.kind] if media.seconds is None else float(media.seconds),
        label=media.label,
        seed=here.number("look") % 2**32,
        width=(media.width or scene.width // 2 * 2) if seen else 0,
        height=(media.height or scene.height // 2 * 2) if seen else 0,
        fps=_FPS if media.kind == "video" else 0.0,
        notes=media.notes,
    )
    return imagined(
        source,
        filename=filename,
        url=f"{scene.cdn}/generated/{filename}",
        hash_=here.hex(64, "hash"),
        origin="generated",
    )
