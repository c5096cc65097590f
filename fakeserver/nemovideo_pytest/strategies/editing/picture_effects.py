"""What can be asked of the picture as a whole: which footage it shows, in which order, how fast.

Law: footage is compared by what is shown when, not by how it is cut into segments. Times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.effect import Effect
from nemovideo_pytest.strategies.editing.effects import new
from nemovideo_pytest.strategies.editing.timeline import NEAR_MS, about, footage, segments


@dataclass(frozen=True, kw_only=True)
class Shows(Effect):
    """The picture shows only these stretches (begin, end) of what it showed, one after the other."""

    stretches: tuple[tuple[int, int], ...]

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence if it shows anything else."""
        old, now = footage(before), footage(after)
        parts = [p for begin, stop in self.stretches for p in timeline.sliced(old, begin, stop)]
        wanted = timeline.joined(parts)
        if not timeline.alike(wanted, now):
            yield f"the picture was to show {wanted}, and shows {now}"


@dataclass(frozen=True, kw_only=True)
class Split(Effect):
    """A segment ends and another begins at this moment, and the picture shows what it did."""

    at: int

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence if there is no cut there, or if the film is another."""
        cuts = {timeline.start(s) for s in segments(after, "picture")}
        if self.at in cuts & {timeline.start(s) for s in segments(before, "picture")}:
            yield f"there was a cut at {self.at} ms before"
        if self.at not in cuts:
            yield f"there is no cut at {self.at} ms, only at {sorted(cuts)}"
        if not timeline.alike(footage(before), footage(after)):
            yield "a split was to change nothing of what is shown"


@dataclass(frozen=True, kw_only=True)
class Paced(Effect):
    """The segments that are meant (all, if none) show the same footage at this speed."""

    speed: float
    which: tuple[int, ...] = ()

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield which segment runs at another speed, or shows something else."""
        old, now = segments(before, "picture"), segments(after, "picture")
        if len(old) != len(now):
            yield f"{len(old)} clips were to play at another speed, and there are {len(now)}"
            return
        for number, (was, is_) in enumerate(zip(old, now, strict=True)):
            meant = not self.which or number in self.which
            wanted = self.speed if meant else timeline.speed(was)
            if timeline.speed(is_) != wanted:
                yield f"clip {number + 1} was to play at {wanted:g}x: {timeline.speed(is_):g}x"
            lasts = int(was.get("d", 0)) * timeline.speed(was) / wanted
            if abs(int(is_.get("d", 0)) - lasts) > NEAR_MS:
                yield f"clip {number + 1} was to last {lasts:g} ms, and lasts {is_.get('d')}"


@dataclass(frozen=True, kw_only=True)
class Ordered(Effect):
    """The segments of the picture play in this order of their old numbers, from 0, without a gap."""

    order: tuple[int, ...]

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence if the order is another, or if there is a gap."""
        old, now = segments(before, "picture"), segments(after, "picture")
        wanted = [old[n].get("id") for n in self.order]
        if wanted != [s.get("id") for s in now]:
            yield f"the clips were to play as {wanted}, and do as {[s.get('id') for s in now]}"
        ends = [0, *map(timeline.end, now)]
        if any(timeline.start(s) != at for s, at in zip(now, ends, strict=False)):
            yield "the clips were to follow each other without a gap"


@dataclass(frozen=True, kw_only=True)
class Filmed(Effect):
    """A new film of `lasts` ms comes behind what there was; a first one gives the canvas its size.

    `size` is (width, height) in pixels, or nothing where the words leave it open.
    """

    lasts: int
    size: tuple[int, int] | None = None

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what is missing or otherwise."""
        made = new(before, after, "picture")
        if len(made) != 1:
            yield f"one new film was asked for, and there are {len(made)}"
            return
        at = max(map(timeline.end, segments(before, "picture")), default=0)
        if (made[0].get("s"), made[0].get("d")) != (at, self.lasts):
            yield f"the film was to play at {at} ms for {self.lasts}: {made[0]}"
        about_ = after.get("m", {})
        size = (about_.get("width"), about_.get("height"))
        if self.size and "width" not in before.get("m", {}) and size != self.size:
            yield f"the canvas was to be {self.size}, and is {size}"


@dataclass(frozen=True, kw_only=True)
class Laid(Effect):
    """An uploaded file is shown behind what there was, or `alone`."""

    name: str
    alone: bool = False

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence if it is not shown there."""
        shown = [about(s).get("name") for s in segments(after, "picture")]
        kept = [] if self.alone else [about(s).get("name") for s in segments(before, "picture")]
        if shown != [*kept, self.name]:
            yield f"the picture was to show {[*kept, self.name]}, and shows {shown}"


@dataclass(frozen=True, kw_only=True)
class Captioned(Effect):
    """There are subtitles along the whole picture, with these texts if there are any."""

    texts: tuple[str, ...] = ()

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what is missing or otherwise."""
        lines = segments(after, "subtitle")
        if not new(before, after, "subtitle"):
            yield "there are no new subtitles"
            return
        said = tuple(about(s).get("text") for s in lines)
        if self.texts and said != self.texts:
            yield f"the subtitles were to say {self.texts}, and say {said}"
        starts = [timeline.start(s) for s in lines]
        if starts != sorted(set(starts)) or starts[0] != 0:
            yield f"the subtitles were to follow each other from the start, and begin at {starts}"
        if timeline.end(lines[-1]) < timeline.length(before) * 0.6:
            yield "the subtitles were to run along the whole picture"


@dataclass(frozen=True, kw_only=True)
class Emptied(Effect):
    """Nothing is left on the timeline."""

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what is left."""
        del before
        left = [s.get("id") for kind in timeline.KINDS for s in segments(after, kind)]
        if left:
            yield f"the timeline was to be empty, and has {left}"
