"""Mutants of single events: their types, keys and words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mutants.changes import Event, dialect, events, renamed
from mutants.mutant import mutant
from mutants.patient import BEACH, LOOP, TALK, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.plan import Call, Result
from nemovideo_fakeserver.core.turns import Fact, Turn

SSE = "POST /run_sse"


def _heard(patient: Patient) -> Any:
    return patient.me.say(LOOP), patient.me.say("把音乐音量调到20%")


def _raw(patient: Patient) -> Any:
    return patient.me.post("/run_sse", patient.me.message(TALK)).text


def _tools(patient: Patient) -> Any:
    return [event.get("name") for event in patient.me.say(BEACH)]


def _each(cut: Surgery, type_: str, change: Any) -> None:
    def changed(event: Event) -> Iterator[Event]:
        if event.get("type") == type_:
            change(event)
        yield event

    events(cut, changed)


@mutant(SSE, _heard)
def tools_are_not_told(cut: Surgery) -> None:
    """A stream has no events of tools."""
    events(cut, lambda event: () if event.get("type", "").startswith("tool") else (event,))


@mutant(SSE, _heard)
def tools_do_not_answer(cut: Surgery) -> None:
    """A tool is called and its result never told."""
    events(cut, lambda event: () if event.get("type") == "tool_result" else (event,))


@mutant(SSE, _heard)
def results_before_calls(cut: Surgery) -> None:
    """The result of a tool comes before its call."""

    def around(schedule: Any, plan: Any, **when: float) -> tuple[Fact, ...]:
        facts: list[Fact] = list(schedule(plan, **when))
        calls = [n for n, fact in enumerate(facts) if isinstance(fact.what, Call)]
        results = [n for n, fact in enumerate(facts) if isinstance(fact.what, Result)]
        for call, result in zip(calls, results, strict=True):
            facts[call], facts[result] = (
                replace(facts[call], what=facts[result].what),
                replace(facts[result], what=facts[call].what),
            )
        return tuple(facts)

    cut.wrap("core.chat.schedule", around)


@mutant(SSE, _heard)
def the_args_of_a_call_are_text(cut: Surgery) -> None:
    """The `args` of a tool call are a text with JSON in it."""
    _each(cut, "tool_call", lambda event: event.update(args=json.dumps(event["args"])))


@mutant(SSE, _heard)
def a_call_without_args(cut: Surgery) -> None:
    """A tool call has no `args`."""
    _each(cut, "tool_call", lambda event: event.pop("args"))


@mutant(SSE, _heard)
def a_result_without_its_tool(cut: Surgery) -> None:
    """A tool result does not say which tool it is of."""
    _each(cut, "tool_result", lambda event: event.pop("name"))


@mutant(SSE, _heard)
def output_instead_of_result(cut: Surgery) -> None:
    """A tool result calls its result `output`."""
    _each(cut, "tool_result", lambda event: renamed(event, "result", "output"))


@mutant(SSE, _heard)
def calls_are_function_calls(cut: Surgery) -> None:
    """A tool call has the type `function_call`."""
    _each(cut, "tool_call", lambda event: event.update(type="function_call"))


@mutant(SSE, _tools)
def another_editor(cut: Surgery) -> None:
    """The tool that edits is not called `edit_multitrack`."""
    _renamed_tool(cut, "edit_multitrack", "edit_timeline")


@mutant(SSE, _tools)
def another_generator(cut: Surgery) -> None:
    """The tool that generates is not called `generate_video_with_seedance`."""
    _renamed_tool(cut, "generate_video_with_seedance", "generate_video")


def _renamed_tool(cut: Surgery, old: str, new: str) -> None:
    def changed(event: Event) -> Iterator[Event]:
        yield {**event, "name": new} if event.get("name") == old else event

    events(cut, changed)


@mutant(SSE, _heard)
def text_instead_of_content(cut: Surgery) -> None:
    """A text event has its words under `text` instead of `content`."""
    _each(cut, "text", lambda event: renamed(event, "content", "text"))


@mutant(SSE, _heard)
def chinese_words_are_mangled(cut: Surgery) -> None:
    """What the agent says in Chinese comes as question marks."""

    def mangled(event: Event) -> None:
        event["content"] = event["content"].encode("ascii", "replace").decode()

    _each(cut, "text", mangled)


@mutant(SSE, _heard)
def words_come_twice(cut: Surgery) -> None:
    """Every text event comes twice."""
    events(cut, lambda event: (event, event) if event.get("type") == "text" else (event,))


@mutant(SSE, _raw)
def nobody_answers(cut: Surgery) -> None:
    """Talk is answered with an empty stream."""

    def around(tell: Frames, fact: Fact, turn: Turn) -> Iterator[Frame]:
        yield from () if turn.kind == "text" else tell(fact)

    dialect(cut, around)


@mutant(SSE, _raw)
def events_have_names(cut: Surgery) -> None:
    """Events come with `event:` lines, which plain readers of `data:` do not expect."""

    def around(event: Any, data: Any) -> bytes:
        whole: bytes = event(data)
        return f"event: {data.get('type', 'message')}\n".encode() + whole

    cut.wrap("wire.sse.event", around)


@mutant(SSE, _raw)
def events_have_ids(cut: Surgery) -> None:
    """Events come with `id:` lines, as if a stream could be resumed."""
    cut.wrap("wire.sse.event", lambda event, data: b"id: 1\n" + event(data))


@mutant(SSE, _raw)
def two_data_lines(cut: Surgery) -> None:
    """An event's JSON is spread over several `data:` lines."""

    def around(event: Any, data: Any) -> bytes:
        whole: bytes = event(data)
        return whole.replace(b',"content"', b',\ndata: "content"')

    cut.wrap("wire.sse.event", around)
