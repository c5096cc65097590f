"""Mutants of what the agent does and when it happens: languages, moments, queues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import BEACH, LOOP, TALK, TITLE, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.plan import Beat, Edit, Made, Plan
from nemovideo_fakeserver.core.plan import Call as ToolCall
from nemovideo_fakeserver.core.plan import Result as ToolResult
from nemovideo_fakeserver.core.turns import Fact

SSE = "POST /run_sse"


def _stream(patient: Patient, message: str) -> Any:
    me = patient.me
    return patient.http.stream("POST", "/run_sse", headers=me.headers, json=me.message(message))


def _meanwhile(message: str, *moments: float) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        seen = []
        with _stream(patient, message):
            for seconds in moments:
                patient.jump(seconds)
                seen.append(patient.me.state())
        return seen

    return probe


def _waiting(patient: Patient) -> Any:
    with _stream(patient, BEACH):
        pass
    return [event.get("type", "beat") for event in patient.me.say(TALK)]


def _waited(patient: Patient) -> Any:
    begun = patient.fake.clock.now()
    _waiting(patient)
    return patient.fake.clock.now() - begun


def _analysed(patient: Patient) -> Any:
    patient.me.upload_url("a.mp4")
    return patient.me.state()["video_analyses"]


def _said(*messages: str) -> Callable[[Patient], Any]:
    return lambda patient: [patient.me.say(message) for message in messages]


def _shown(*messages: str) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        for message in messages:
            patient.me.say(message)
        return patient.me.state()

    return probe


def _in_chinese(patient: Patient) -> Any:
    return patient.me.say("你能做什么？")


def _ratio(patient: Patient) -> Any:
    patient.me.say("Generate a 5 second vertical 9:16 video of a beach")
    return patient.me.state()["canvas_config"]


def _two_edits(patient: Patient) -> Any:
    with _stream(patient, LOOP), _stream(patient, TITLE):
        return patient.me.balance()


def _plans(cut: Surgery, change: Callable[[Plan], Plan]) -> None:
    def around(script: Any, deeds: Any, bench: Any) -> Plan:
        return change(script(deeds, bench))

    cut.wrap("agent.plan.script", around)


def _moved(plan: Plan, at: float, kinds: tuple[type, ...]) -> Plan:
    beats = [Beat(at, b.act) if isinstance(b.act, kinds) else b for b in plan.beats]
    return replace(plan, beats=tuple(sorted(beats, key=lambda beat: beat.at)))


@mutant(SSE, _meanwhile(LOOP, 1.0, 30.0))
def drafts_change_at_once(cut: Surgery) -> None:
    """The state shows an edit as soon as it is asked for, before the tool has answered."""
    _plans(cut, lambda plan: _moved(plan, 0.0, (Edit,)))


@mutant(SSE, _meanwhile(BEACH, *[20.0] * 14))
def drafts_change_at_the_end(cut: Surgery) -> None:
    """The state shows edits when the whole work is done, though tools have answered long before."""
    _plans(cut, lambda plan: _moved(plan, plan.lasts, (Edit,)))


@mutant(SSE, _meanwhile(BEACH, *[20.0] * 14))
def media_are_there_at_once(cut: Surgery) -> None:
    """`generated_media` has a video before it is generated."""
    _plans(cut, lambda plan: _moved(plan, 0.0, (Made,)))


@mutant("heartbeat interval", _waiting)
def no_heartbeats_while_waiting(cut: Surgery) -> None:
    """A message that waits for its turn hears nothing until then."""

    def around(schedule: Any, plan: Any, **when: float) -> Any:
        return schedule(plan, **{**when, "accepted_at": when["starts_at"]})

    cut.wrap("core.chat.schedule", around)


@mutant("silent edits", _said(LOOP, TITLE))
def silence_has_no_tools(cut: Surgery) -> None:
    """An edit that says nothing tells of no tool, either: its stream is empty."""

    def change(plan: Plan) -> Plan:
        if plan.kind != "edit" or any(type(b.act).__name__ == "Say" for b in plan.beats):
            return plan
        kept = (b for b in plan.beats if not isinstance(b.act, ToolCall | ToolResult))
        return replace(plan, beats=tuple(kept))

    _plans(cut, change)


@mutant("silent edits", _said(LOOP, TITLE))
def silence_is_an_empty_text(cut: Surgery) -> None:
    """An edit that says nothing ends with a text event without words."""
    from nemovideo_fakeserver.core.plan import Say

    def change(plan: Plan) -> Plan:
        silent = plan.kind == "edit" and not any(isinstance(b.act, Say) for b in plan.beats)
        return replace(plan, beats=(*plan.beats, Beat(plan.lasts, Say("")))) if silent else plan

    _plans(cut, change)


@mutant(SSE, _in_chinese)
def english_for_everybody(cut: Surgery) -> None:
    """Who speaks Chinese is answered in English."""
    cut.wrap("agent.plan.spoken", lambda _spoken, _text, _language: "en")


@mutant("canvas and analyses", _ratio)
def portrait_is_landscape(cut: Surgery) -> None:
    """The `aspect_ratio` of a vertical canvas is 16:9."""
    cut.wrap("api.tasks.aspect_ratio", lambda _ratio_of, _width, _height: "16:9")


@mutant("canvas and analyses", _ratio)
def the_canvas_stays_as_it_was(cut: Surgery) -> None:
    """`canvas_config` is 1920 x 1080 whatever the draft is."""
    cut.replace("core.sessions.Session.canvas", property(lambda _self: (1920, 1080)))


@mutant("second edit while the first runs", _two_edits)
def edits_at_once_cost_one(cut: Surgery) -> None:
    """A second edit that is sent while the first one runs freezes nothing."""

    def around(turn: Any, self: Any, session: Any, plan: Any, *more: Any) -> Any:
        made = turn(self, session, plan, *more)
        edited = any(before.kind == "edit" for before in session.turns)
        return replace(made, price=0) if made.kind == "edit" and edited else made

    cut.wrap("core.chat.Chat._turn", around)


@mutant("canvas and analyses", _analysed)
def analyses_are_empty(cut: Surgery) -> None:
    """`video_analyses` stays empty when a video is uploaded."""
    told(cut, "tasks", "state", lambda data: data["state"].update(video_analyses={}))


@mutant(SSE, _shown(LOOP, "Set the music volume to 20%"))
def volumes_from_zero_to_one(cut: Surgery) -> None:
    """The volume in the draft is a fraction from 0 to 1 instead of a per cent."""

    def change(data: dict[str, Any]) -> None:
        for track in data["state"]["draft"].get("t", ()):
            for segment in track["sg"]:
                about = segment.get("m", {})
                about.update({k: about[k] / 100 for k in ("volume",) if k in about})

    told(cut, "tasks", "state", change)


@mutant("draft keys", _shown(LOOP, TITLE, "Change the title to “Lost”"))
def edits_make_new_segments(cut: Surgery) -> None:
    """A segment that is changed gets another id, so that no diff can follow it."""
    from nemovideo_fakeserver.core.draft import Change

    def around(apply: Any, draft: Any, operation: Any) -> Any:
        after = apply(draft, operation)
        if isinstance(operation, Change):
            after = apply(after, Change(operation.id, {"id": f"{operation.id}_1"}))
        return after

    cut.wrap("core.draft.apply", around)


@mutant(SSE, _shown(LOOP, "Make a 10-second jazz loop at 120 BPM"))
def later_edits_start_from_nothing(cut: Surgery) -> None:
    """Each message is worked on as if the timeline were empty."""
    cut.wrap("agent.plan.readable", lambda _readable, _draft: {})


@mutant("messages in one session", _waited)
def queued_messages_hang(cut: Surgery) -> None:
    """A message that had to wait is worked on a minute after its turn has come."""

    def around(turn: Any, self: Any, session: Any, *more: Any) -> Any:
        made = turn(self, session, *more)
        if made.starts_at <= made.accepted_at:
            return made
        facts = tuple(Fact(f.at + 60, f.what) for f in made.facts)
        return replace(made, facts=facts, starts_at=made.starts_at + 60, ends_at=made.ends_at + 60)

    cut.wrap("core.chat.Chat._turn", around)
