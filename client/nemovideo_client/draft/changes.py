"""What became different between two drafts, in sentences that each begin with ✅.

A third of all edits end without a word; the documents say to compare the state with the one before and
to report `✅ Title added: 'Paradise Found' (white, top-center, 3s fade-in)` (vendor skill 1.9). What
befell several segments alike is one sentence, and so is all that befell one segment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from nemovideo_client.draft.differences import altered, differences, plain_words
from nemovideo_client.draft.matching import Matched, match
from nemovideo_client.draft.moves import rows
from nemovideo_client.draft.phrases import Voice, voice
from nemovideo_client.draft.telling import kind, name, names, quoted, settings, span
from nemovideo_client.draft.timeline import Segment, Timeline, read
from nemovideo_client.models import Json

MOST = 6
"""How many sentences there are at most; the last one sums up the rest."""


def changed(before: Json, after: Json) -> bool:
    """Say whether two drafts differ in anything at all."""
    return before != after


def changes(before: Json, after: Json, language: str = "en") -> tuple[str, ...]:
    """Return what became different, a sentence each; none only where nothing did."""
    if not changed(before, after):
        return ()
    told, old, new = voice(language), read(before), read(after)
    said = [*_segments(match(old.segments, new.segments), told), *_tracks(old, new, told)]
    first = not said
    said += [sentence for sentence, news in _project(old, new, told) if news or first]
    said = said or [_something(before, after, told)]
    if len(said) <= MOST:
        return tuple(said)
    return (*said[: MOST - 1], told.say("rest", len(said) - MOST + 1))


def _segments(matched: Matched, voice: Voice) -> Iterator[str]:
    for added in _by_kind(matched.added):
        aside = voice.aside(_introduced(added, voice))
        yield voice.say("added", kind=_kind(added, voice), name=names(added, voice), aside=aside)
    for removed in _by_kind(matched.removed):
        yield voice.say("removed", kind=_kind(removed, voice), name=names(removed, voice))
    yield from _adjusted(matched, voice)
    for row in rows(matched.pairs):
        if row.reordered:
            yield voice.say("order", voice.few([name(segment, voice) for segment in row.order]))


def _introduced(added: Sequence[Segment], voice: Voice) -> tuple[str, ...]:
    """Return how a new segment is set; of several, when they are shown and how many they are."""
    if len(added) > 1:
        return (span(added, voice), voice.say(f"{added[0].kind} count", len(added)))
    set_to = tuple(settings(added[0], voice))
    return set_to if set_to and added[0].kind == "text" else (span(added, voice), *set_to)


def _adjusted(matched: Matched, voice: Voice) -> Iterator[str]:
    alike: defaultdict[tuple[str, tuple[str, ...]], list[Segment]] = defaultdict(list)
    for row in rows(matched.pairs):
        for (before, after), moved in row.moves():
            how = differences(before, after, voice, moved=moved)
            if how is not None:
                alike[kind(before), how].append(before)
    for (_, how), segments in alike.items():
        subject = {"kind": _kind(segments, voice), "name": names(segments, voice)}
        yield voice.say("adjusted", **subject, how=voice.details(how))


def _by_kind(segments: Sequence[Segment]) -> Iterable[list[Segment]]:
    found: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        found[kind(segment)].append(segment)
    return found.values()


def _kind(segments: Sequence[Segment], voice: Voice) -> str:
    return voice.say(kind(segments[0]))


def _tracks(old: Timeline, new: Timeline, voice: Voice) -> Iterator[str]:
    """Tell of tracks that nothing lies on; of others, their segments tell."""
    was, now = (sum(not track.segments for track in line.tracks) for line in (old, new))
    if was != now:
        yield voice.say("track added" if now > was else "track removed")


def _project(old: Timeline, new: Timeline, voice: Voice) -> Iterator[tuple[str, bool]]:
    """Yield what is said of the project, and of each whether it is news beside other changes.

    What a first edit gives to a project, or the removal of everything takes, is none.
    """
    for (key, was), now in zip(
        _about(old, voice).items(), _about(new, voice).values(), strict=True
    ):
        if was != now:
            yield voice.say(key, now or voice.say("none")), bool(was and now)


def _about(line: Timeline, voice: Voice) -> dict[str, str | None]:
    return {
        "project title": quoted(line.title, voice) if line.title else None,
        "canvas": f"{line.width}×{line.height}" if line.width and line.height else None,
        "total length": voice.seconds(line.duration) if line.duration else None,
    }


def _something(before: object, after: object, voice: Voice) -> str:
    """Return the sentence for a change that nothing else was said of."""
    was, now = _flat(before), _flat(after)
    if _permuted(was.get("t"), now.get("t")):
        return voice.say("tracks reordered")
    return voice.say("something", how=voice.details(plain_words(list(altered(was, now)), voice)))


def _flat(draft: object) -> Json:
    root = draft if isinstance(draft, dict) else {}
    about = root.get("m")
    return {**root, **about} if isinstance(about, dict) else root


def _permuted(before: object, after: object) -> bool:
    """Say whether two lists of tracks differ in their order only."""
    if not (isinstance(before, list) and isinstance(after, list)) or before == after:
        return False
    return len(before) == len(after) and all(before.count(t) == after.count(t) for t in after)
