"""Mutants of the draft: its keys and units, and what edits do to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import renamed, told
from mutants.mutant import mutant
from mutants.patient import BEACH, LOOP, TITLE, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.draft import AUDIO, TEXT, Change, Draft, Operation, Put

CHINESE = "添加标题“海边的日落”"


def _after(*messages: str) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        for message in messages:
            patient.me.say(message)
        return patient.me.state()["draft"]

    return probe


_scored_and_titled = _after(LOOP, TITLE)
_filmed = _after(BEACH)


def _shown(cut: Surgery, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a draft on its way to the client."""
    told(
        cut,
        "tasks",
        "state",
        lambda data: data["state"]["draft"] and change(data["state"]["draft"]),
    )


def _texts(draft: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for track in draft.get("t", ()) if track["tt"] == TEXT for s in track["sg"]]


def _applied(cut: Surgery, change: Callable[[Operation], Operation | None]) -> None:
    """Let another operation than the one that was planned change the drafts of the world."""

    def around(apply: Any, draft: Draft, operation: Operation) -> Draft:
        other = change(operation)
        done: Draft = draft if other is None else apply(draft, other)
        return done

    cut.wrap("core.draft.apply", around)


@mutant("draft keys", _filmed)
def meta_instead_of_m(cut: Surgery) -> None:
    """The draft calls its metadata `meta` instead of `m`."""
    _shown(cut, lambda draft: renamed(draft, "m", "meta"))


@mutant("draft keys", _scored_and_titled)
def segments_instead_of_sg(cut: Surgery) -> None:
    """Text tracks call their segments `segments` instead of `sg`."""

    def change(draft: dict[str, Any]) -> None:
        for track in draft["t"]:
            if track["tt"] == TEXT:
                renamed(track, "sg", "segments")

    _shown(cut, change)


@mutant("draft keys", _scored_and_titled)
def titles_are_of_type_3(cut: Surgery) -> None:
    """Text tracks have the type 3 instead of 7."""

    def change(draft: dict[str, Any]) -> None:
        for track in draft["t"]:
            track["tt"] = 3 if track["tt"] == TEXT else track["tt"]

    _shown(cut, change)


@mutant("draft keys", _scored_and_titled)
def music_is_of_type_0(cut: Surgery) -> None:
    """Audio tracks have the type 0, that of video."""

    def change(draft: dict[str, Any]) -> None:
        for track in draft["t"]:
            track["tt"] = 0 if track["tt"] == AUDIO else track["tt"]

    _shown(cut, change)


@mutant("draft keys", _scored_and_titled)
def titles_in_seconds(cut: Surgery) -> None:
    """Start and length of a title are in seconds instead of milliseconds."""

    def change(draft: dict[str, Any]) -> None:
        for segment in _texts(draft):
            segment.update(s=segment["s"] / 1000, d=segment["d"] / 1000)

    _shown(cut, change)


@mutant("draft keys", _filmed)
def clips_in_seconds(cut: Surgery) -> None:
    """The length of a clip is in seconds instead of milliseconds."""

    def change(draft: dict[str, Any]) -> None:
        for track in draft["t"]:
            for segment in track["sg"] if track["tt"] == 0 else ():
                segment["d"] //= 1000

    _shown(cut, change)


@mutant("draft keys", _scored_and_titled)
def the_length_of_a_draft_in_seconds(cut: Surgery) -> None:
    """The `d` of the whole draft is in seconds instead of milliseconds."""
    _shown(cut, lambda draft: draft.update(d=draft["d"] / 1000))


@mutant("draft keys", _filmed)
def sizes_as_text(cut: Surgery) -> None:
    """Width and height in the draft's `m` are texts."""

    def change(draft: dict[str, Any]) -> None:
        about = draft.get("m", {})
        about.update({k: str(about[k]) for k in ("width", "height") if k in about})

    _shown(cut, change)


@mutant("draft keys", _scored_and_titled)
def a_title_without_words(cut: Surgery) -> None:
    """A title is on the timeline, and its text is lost."""
    _shown(cut, lambda draft: [segment["m"].pop("text") for segment in _texts(draft)])


@mutant("draft keys", _after(LOOP, CHINESE))
def chinese_titles_are_mangled(cut: Surgery) -> None:
    """The Chinese of a title comes back as UTF-8 read as Latin-1."""

    def change(draft: dict[str, Any]) -> None:
        for segment in _texts(draft):
            segment["m"]["text"] = segment["m"]["text"].encode().decode("latin-1")

    _shown(cut, change)


@mutant("POST /run_sse", _after(LOOP, "Set the music volume to 20%"))
def volume_is_ignored(cut: Surgery) -> None:
    """The agent says that the volume is set, and it stays as it was."""

    def change(operation: Operation) -> Operation | None:
        deaf = isinstance(operation, Change) and "volume" in (operation.patch.get("m") or {})
        return None if deaf else operation

    _applied(cut, change)


@mutant("POST /run_sse", _after(LOOP, TITLE, "Remove the title"))
def nothing_is_removed(cut: Surgery) -> None:
    """The agent says that a title is removed, and it stays."""
    _applied(cut, lambda operation: None if type(operation).__name__ == "Remove" else operation)


@mutant("POST /run_sse", _scored_and_titled)
def a_title_throws_the_music_out(cut: Surgery) -> None:
    """With a new title all music leaves the timeline."""

    def around(put: Any, draft: Draft, tt: int, segment: Any, *, new_track: bool) -> None:
        put(draft, tt, segment, new_track=new_track)
        if tt == TEXT:
            draft["t"] = [track for track in draft["t"] if track["tt"] != AUDIO]

    cut.wrap("core.draft._put", around)


@mutant("POST /run_sse", _scored_and_titled)
def edits_come_twice(cut: Surgery) -> None:
    """What a message adds is on the timeline twice."""

    def around(put: Any, draft: Draft, tt: int, segment: Any, *, new_track: bool) -> None:
        put(draft, tt, segment, new_track=new_track)
        put(draft, tt, {**segment, "id": f"{segment['id']}_2"}, new_track=True)

    cut.wrap("core.draft._put", around)


@mutant("two stages", _filmed)
def a_film_without_music(cut: Surgery) -> None:
    """A generated video gets no background music."""
    _second_stage(cut, without=AUDIO)


@mutant("two stages", _filmed)
def a_film_without_a_title(cut: Surgery) -> None:
    """A generated video gets no title."""
    _second_stage(cut, without=TEXT)


def _second_stage(cut: Surgery, *, without: int) -> None:
    def around(embellish: Any, bench: Any, message: str, *, titled: bool) -> Any:
        for work in embellish(bench, message, titled=titled):
            if not any(isinstance(op, Put) and op.tt == without for op in work.operations):
                yield work

    cut.wrap("agent.plan.embellish", around)


@mutant("draft keys", _scored_and_titled)
def the_total_is_forgotten(cut: Surgery) -> None:
    """The `d` of the whole draft stays 0 whatever is on the timeline."""
    cut.wrap("core.draft._total", lambda _total, _draft: 0)


@mutant("silent edits", _scored_and_titled)
def silent_edits_change_nothing(cut: Surgery) -> None:
    """An edit that ends without a word has not changed anything, either."""
    from nemovideo_fakeserver.core.plan import Edit, Made, Plan, Say

    def around(script: Any, deeds: Any, bench: Any) -> Plan:
        plan: Plan = script(deeds, bench)
        if plan.kind != "edit" or any(isinstance(beat.act, Say) for beat in plan.beats):
            return plan
        kept = (beat for beat in plan.beats if not isinstance(beat.act, Edit | Made))
        return replace(plan, beats=tuple(kept))

    cut.wrap("agent.plan.script", around)
