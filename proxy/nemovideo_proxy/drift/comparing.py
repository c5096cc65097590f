"""A reply of today beside the recorded one.

Status, business code, content type, how a stream ended and the order of its events are compared by value;
bodies and events by shape. What cannot be compared is said, and never counts as the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nemovideo_proxy.drift import polls, streams
from nemovideo_proxy.drift.findings import Aspect, Compared, Finding, Unchecked
from nemovideo_proxy.drift.shapes import Shape, differences, paths, shape_of
from nemovideo_proxy.drift.streams import WORDS, Stream
from nemovideo_proxy.model import Interaction, Response, size
from nemovideo_proxy.signature import signature_of

ASSET = "(an asset)"
"""The endpoint of everything that a reply named by its URL."""

_SERVICE = ("/api/", "/run_sse")

SILENCE_SECONDS = 16.0
"""A stream may say nothing for twice as long as recorded, and in any case for so long: a little more than
the heartbeats' interval."""


def endpoint_of(recorded: Interaction) -> str:
    """Return the method and the shape of the path of an interaction."""
    signature = signature_of(recorded.request)
    shape = signature.shape.partition("?")[0]
    return f"{signature.method} {shape if shape.startswith(_SERVICE) else ASSET}"


def compared(
    recorded: Interaction, now: Interaction, *, others: Sequence[Interaction] = (), line: int = 0
) -> Compared | Unchecked:
    """Compare a reply with the recorded one; `others` are the target's replies to other polls."""
    endpoint = endpoint_of(recorded)
    if why := _why_not(recorded, now):
        return Unchecked(endpoint=endpoint, number=recorded.number, why=why, line=line)
    comparison = _Comparison(endpoint, recorded.number, line)
    comparison.ends(recorded, now)
    if recorded.response and now.response:
        comparison.heads(recorded.response, now.response)
        comparison.states(recorded, now)
        if same := polls.alike(recorded, now, others):
            comparison.bodies(recorded, same)
    return comparison.result()


def _why_not(recorded: Interaction, now: Interaction) -> str | None:
    if recorded.response is None and recorded.end == "lost":
        return "the recording ended before the reply began"
    if now.response is None and now.end == "timeout" != recorded.end:
        return "the reply never came"
    for said, interaction in (("the recorded stream", recorded), ("the stream", now)):
        if _is_empty(interaction):
            return f"{said} is empty"
    return None


def _is_empty(interaction: Interaction) -> bool:
    response = interaction.response
    is_good = response is not None and 200 <= response.status < 300
    return (
        is_good and streams.is_stream(interaction) and streams.stream_of(interaction).says_nothing
    )


class _Comparison:
    """Collects what was looked at, and what was found."""

    def __init__(self, endpoint: str, number: int, line: int) -> None:
        self._endpoint, self._number, self._line = endpoint, number, line
        self._looked_at: dict[Aspect, int] = {}
        self._findings: list[Finding] = []

    def result(self) -> Compared:
        return Compared(
            endpoint=self._endpoint,
            number=self._number,
            looked_at=self._looked_at,
            findings=tuple(self._findings),
            line=self._line,
        )

    def _found(self, aspect: Aspect, how: str, recorded: str, now: str, path: str = "") -> None:
        finding = Finding(
            endpoint=self._endpoint,
            number=self._number,
            aspect=aspect,
            path=path or aspect,
            how=how,
            recorded=recorded,
            now=now,
            line=self._line,
        )
        self._findings.append(finding)

    def _same(self, aspect: Aspect, recorded: Any, now: Any, path: str = "") -> None:
        self._looked_at[aspect] = self._looked_at.get(aspect, 0) + 1
        if recorded != now:
            self._found(aspect, aspect, _said(recorded), _said(now), path)

    def ends(self, recorded: Interaction, now: Interaction) -> None:
        if recorded.end != "lost":
            self._same("end", recorded.end, now.end)
        if (recorded.response is None) != (now.response is None):
            self._found("end", "reply", _replied(recorded), _replied(now))
            self._looked_at["end"] = 1

    def heads(self, recorded: Response, now: Response) -> None:
        self._same("status", recorded.status, now.status)
        if size(recorded.body) or size(now.body):
            self._same("content-type", _content_type(recorded), _content_type(now))

    def states(self, recorded: Interaction, now: Interaction) -> None:
        state = polls.state_of(recorded)
        if state in polls.FINAL:
            self._same("state", state, polls.state_of(now))

    def bodies(self, recorded: Interaction, now: Interaction) -> None:
        if streams.is_stream(recorded) and streams.is_stream(now):
            is_whole = recorded.end == "eof"
            self._streams(streams.stream_of(recorded), streams.stream_of(now), is_whole=is_whole)
            return
        mine, its = _json(recorded.response), _json(now.response)
        if mine is None or its is None:
            self._same("body", _kind(recorded.response, mine), _kind(now.response, its))
            return
        for key in ("code", "success"):
            if key in mine or key in its:
                self._same("code", mine.get(key), its.get(key), f"$.{key}")
        self._shapes(shape_of(mine), shape_of(its), "$")

    def _shapes(self, recorded: Shape, now: Shape, root: str) -> None:
        count = max(paths(recorded), paths(now))
        self._looked_at["fields"] = self._looked_at.get("fields", 0) + count
        for found in differences(recorded, now, root):
            self._found("fields", found.how, found.recorded, found.now, found.path)

    def _streams(self, recorded: Stream, now: Stream, *, is_whole: bool) -> None:
        mine, its = _orders(recorded, now)
        if not is_whole:
            # of a stream that broke off only what came before can be asked for
            its = its[: len(mine)]
        self._same("order", mine, its)
        if is_whole:
            self._same("terminal", mine[-1:], its[-1:])
        for kind in recorded.shapes.keys() & now.shapes.keys():
            self._shapes(recorded.shapes[kind], now.shapes[kind], f"${{{kind}}}")
        self._looked_at["silence"] = 1
        was, is_now = recorded.longest_silence, now.longest_silence
        if is_now > max(2 * was, SILENCE_SECONDS):
            self._found("silence", "longer", f"at most {was:g} s", f"{is_now:g} s")


def _orders(recorded: Stream, now: Stream) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return both orders; where one edit is silent and the other is not, without the words.

    That about a third of the edits say nothing is documented: which of them is chance, and their share is
    compared over the whole cassette. Where events are words alone, any of them may be an edit.
    """
    both_bare = recorded.bare and now.bare
    if not both_bare and recorded.is_silent_edit == now.is_silent_edit:
        return recorded.order, now.order
    return _wordless(recorded.order), _wordless(now.order)


def _wordless(order: tuple[str, ...]) -> tuple[str, ...]:
    left: list[str] = []
    for kind in order:
        if kind != WORDS and left[-1:] != [kind]:
            left.append(kind)
    return tuple(left)


def _said(value: Any) -> str:
    match value:
        case tuple():
            return ", ".join(value) or "nothing"
        case str():
            return value
        case None:
            return "nothing"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _replied(interaction: Interaction) -> str:
    response = interaction.response
    return f"a reply ({response.status})" if response else f"none ({interaction.end})"


def _content_type(response: Response) -> str:
    return (response.header("content-type") or "nothing").partition(";")[0].strip().lower()


def _json(response: Response | None) -> Any:
    """Return the JSON object or array of a reply, or None."""
    if response is None or not isinstance(response.body, bytes):
        return None
    try:
        value = json.loads(response.body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else {"": value}


def code_of(response: Response) -> Any:
    """Return the business code of a reply, or None."""
    value = _json(response)
    return value.get("code") if value else None


def _kind(response: Response | None, value: Any) -> str:
    if response is None or not size(response.body):
        return "nothing"
    return "no JSON" if value is None else "JSON"
