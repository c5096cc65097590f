"""Shots at the frames of the film: each scene in its light, and out of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from typing import Protocol

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.fading import Fade, Span, darkened
from nemovideo_fakeserver.media.picture.scene import Scene
from nemovideo_fakeserver.media.picture.transitions import Joint
from nemovideo_fakeserver.media.timeline.shots import Shot


class Stage(Protocol):
    """The pictures of a shot by the numbers of the film's frames.

    During `spans` it changes in a way that never comes again; elsewhere it repeats itself as a scene does.
    """

    loop: int | None
    spans: tuple[Span, ...]

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield the pictures from that frame of the film on."""
        ...


class Lit:
    """A scene that rises from black and falls back to it."""

    def __init__(self, shot: Shot, scene: Scene, canvas: Canvas) -> None:
        self.shot = shot
        self.loop = scene.loop
        self._scene = scene
        self._fade = Fade.of(shot.clip, canvas) if shot.clip is not None else None
        self.spans: tuple[Span, ...] = self._fade.spans if self._fade is not None else ()

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield the scene's pictures, those that fade darkened."""
        pictures = self._scene.frames(first - self.shot.first + self.shot.skipped)
        if self._fade is None:
            return pictures
        return map(darkened, pictures, map(self._fade.level, count(first)))


class Joined:
    """A stage that comes out of the last picture of the stage before."""

    def __init__(self, stage: Lit, before: Lit, joint: Joint) -> None:
        self.loop = stage.loop
        self.spans: tuple[Span, ...] = (*stage.spans, (joint.first, joint.last))
        self._stage = stage
        self._before = before
        self._joint = joint

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield what lies between the two, then the stage itself."""
        pictures, joint, past = self._stage.frames(first), self._joint, self._before.shot
        if first < joint.last:
            (last,) = islice(self._before.frames(past.first + past.frames - 1), 1)
            for number, picture in zip(range(first, joint.last), pictures, strict=False):
                yield joint.between(last, picture, number)
        yield from pictures


def joined(stage: Lit, before: Lit | None, canvas: Canvas) -> Stage:
    """Let a stage follow the one before as its clip wishes."""
    if before is None:
        return stage
    joint = Joint.of(stage.shot, before.shot, canvas)
    return stage if joint is None else Joined(stage, before, joint)
