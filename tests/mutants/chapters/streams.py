"""Mutants of whole streams: when they begin and end, what ends them, and what a message must say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from mutants.chapters.heartbeats import beats
from mutants.mutant import mutant
from mutants.patient import LOOP, TALK, TITLE, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.plan import Edit, Plan
from nemovideo_fakeserver.wire.messages import Reply
from nemovideo_fakeserver.wire.steps import Send, Step, Until

SSE = "POST /run_sse"


def _takes(message: str) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        me, begun = patient.me, patient.fake.clock.now()
        me.say(message)
        return patient.fake.clock.now() - begun

    return probe


_talk = _takes(TALK)


def _raw(patient: Patient) -> Any:
    reply = patient.me.post("/run_sse", patient.me.message(TALK))
    return reply.text, reply.headers["content-type"]


def _silences(patient: Patient) -> Any:
    patient.me.say(LOOP)
    talks = [patient.me.say(f"Set the music volume to {n}%") for n in range(20, 60)]
    return [any(event.get("type") == "text" for event in talk) for talk in talks]


def _left(patient: Patient) -> Any:
    _peek(patient, LOOP)
    patient.jump(60)
    return patient.me.state()["draft"], patient.me.balance()


def _peek(patient: Patient, message: str) -> None:
    me = patient.me
    with patient.http.stream(
        "POST", "/run_sse", headers=me.headers, json=me.message(message)
    ) as stream:
        next(stream.iter_lines())


def _two_at_once(patient: Patient) -> Any:
    begun = patient.fake.clock.now()
    _peek(patient, TALK)
    patient.me.say(TALK)
    return patient.fake.clock.now() - begun


def _queued(patient: Patient) -> Any:
    me = patient.me
    for _ in range(120):
        with patient.http.stream("POST", "/run_sse", headers=me.headers, json=me.message(TALK)):
            pass  # a reader who leaves at once leaves work behind
    return _talk(patient)


def _told(cut: Surgery, around: Callable[..., Iterator[Step]]) -> None:
    cut.wrap("api.telling.Telling._told", around)


@mutant(SSE, beats)
def events_come_at_the_end(cut: Surgery) -> None:
    """A stream is silent until the work is done, and then tells everything at once."""

    def around(told: Any, self: Any) -> Iterator[Step]:
        steps = list(told(self))
        yield from (step for step in steps if isinstance(step, Until))
        yield from (step for step in steps if not isinstance(step, Until))

    _told(cut, around)


@mutant(SSE, _talk)
def a_stream_that_stays_open(cut: Surgery) -> None:
    """The stream of a talk stays open for ten minutes after the answer, with heartbeats."""

    def around(told: Any, self: Any) -> Iterator[Step]:
        yield from told(self)
        for number in range(40) if self._turn.kind == "text" else ():
            yield Until(self._turn.ends_at + 15 * (number + 1))
            yield Send(b'data: {"type":"heartbeat"}\n\n')

    _told(cut, around)


@mutant(SSE, _raw)
def a_closing_event(cut: Surgery) -> None:
    """A stream ends with an event `done`, which no document has."""

    def around(told: Any, self: Any) -> Iterator[Step]:
        yield from told(self)
        yield Send(b'data: {"type":"done"}\n\n')

    _told(cut, around)


@mutant(SSE, _raw)
def a_stream_of_json(cut: Surgery) -> None:
    """A stream has the content type `application/json`."""
    cut.replace(
        "api.chat.HEADERS", (("Content-Type", "application/json"), ("Cache-Control", "no-cache"))
    )


@mutant("sse_max=15m", _queued)
def a_stream_without_an_end(cut: Surgery) -> None:
    """A stream goes on for longer than 15 minutes."""

    def around(init: Any, self: Any, *given: Any) -> None:
        init(self, *given)
        self._ends_at = float("inf")

    cut.wrap("api.telling.Telling.__init__", around)


@mutant("silent edits", _silences)
def no_edit_is_silent(cut: Surgery) -> None:
    """Every edit says what it did; none ends in silence, as three in ten should."""
    cut.replace("agent.telling.script.SILENT_EDITS", 0.0)


@mutant("silent edits", _silences)
def every_edit_is_silent(cut: Surgery) -> None:
    """No edit says a word; seven in ten should."""
    cut.replace("agent.telling.script.SILENT_EDITS", 1.0)


def _duration(cut: Surgery, kind: str, seconds: tuple[float, float]) -> None:
    cut.item("agent.telling.script.SECONDS", kind, seconds)


@mutant("durations", _takes(LOOP))
def edits_take_two_seconds(cut: Surgery) -> None:
    """An edit takes 2 seconds instead of 10 to 30."""
    _duration(cut, "edit", (2.0, 2.5))


@mutant("durations", beats)
def a_generation_takes_half_a_minute(cut: Surgery) -> None:
    """A generation takes half a minute instead of 100 to 300 seconds."""
    _duration(cut, "generate", (30.0, 35.0))


@mutant("durations", _talk)
def talk_takes_a_minute(cut: Surgery) -> None:
    """Talk takes a minute instead of 5 to 15 seconds."""
    _duration(cut, "text", (60.0, 70.0))


@mutant("the reader leaves", _left)
def a_reader_who_leaves_ends_the_work(cut: Surgery) -> None:
    """When the reader of a stream leaves, the work stops, and is paid for all the same."""
    of_telling: dict[int, Any] = {}

    def run(handler: Any, call: Call) -> Reply:
        reply: Reply = handler(call)
        of_telling[id(reply.body.steps)] = call.world.chat  # type: ignore[union-attr]  # a stream's
        return reply

    def close(original: Any, self: Any) -> None:
        if self._how == "left" and not self._over and (chat := of_telling.get(id(self))):
            agenda = chat._agenda
            agenda[:] = [
                e for e in agenda if e[3] is not self._turn or not isinstance(e[2].what, Edit)
            ]
        original(self)

    cut.handler(SSE, run)
    cut.wrap("api.telling.Telling.close", close)


@mutant("messages in one session", _two_at_once)
def messages_at_once(cut: Surgery) -> None:
    """Two messages of one session are worked on at the same time."""
    cut.replace("core.sessions.Session.busy_until", property(lambda _self: 0.0))


def _noisy(patient: Patient) -> Any:
    patient.me.say(LOOP)
    return [e.get("content") for e in patient.me.say(TITLE) if e.get("type") == "text"]


@mutant("trailing noise", _noisy)
def noise_in_the_place_of_answers(cut: Surgery) -> None:
    """Instead of the answer comes a "temporary issue", though the work is done."""
    from nemovideo_fakeserver.agent.telling import prose
    from nemovideo_fakeserver.core.plan import Beat, Say

    def around(script: Any, deeds: Any, bench: Any) -> Plan:
        plan: Plan = script(deeds, bench)
        beats_ = tuple(b for b in plan.beats if not isinstance(b.act, Say))
        noise = Beat(plan.lasts, Say(prose.NOISE))
        return plan if plan.kind == "text" else replace(plan, beats=(*beats_, noise))

    cut.wrap("agent.plan.script", around)
