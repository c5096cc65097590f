"""One cassette against one target, from its requests to a verdict."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.drift.accepted import Accepted
from nemovideo_proxy.drift.comparing import compared
from nemovideo_proxy.drift.conductor import Conductor, is_refused
from nemovideo_proxy.drift.findings import Compared, Unchecked
from nemovideo_proxy.drift.overall import tendencies
from nemovideo_proxy.drift.references import References, needed_by
from nemovideo_proxy.drift.targets import Target
from nemovideo_proxy.drift.verdict import Verdict, verdict_on
from nemovideo_proxy.model import Interaction


async def verified(
    recording: Recording,
    entered: AbstractAsyncContextManager[Target],
    *,
    known: tuple[Accepted, ...] = (),
    lines: Mapping[int, int] | None = None,
) -> Verdict:
    """Send the requests of a recording to a target and compare its replies; `lines` are those of interactions."""
    interactions = [_read(interaction, recording) for interaction in recording.interactions]
    async with entered as target:
        references = References(
            needed_by(interaction.request for interaction in interactions),
            token=target.token,
            anew=target.anew,
        )
        conductor = Conductor(
            base=target.base,
            http=target.http,
            pace=target.pace,
            references=references,
            content_of=recording.bytes_of,
            may_visit=lambda url: _may_visit(url, references, target),
        )
        came = await conductor.run(interactions)
    return _verdict(interactions, came, known, lines or {})


def _read(interaction: Interaction, recording: Recording) -> Interaction:
    """Return an interaction whose texts are at hand, wherever they lie."""
    response = interaction.response
    kind = (response.header("content-type") or "") if response else ""
    if response is None or not ("json" in kind or kind.startswith("text/")):
        return interaction
    return replace(interaction, response=replace(response, body=recording.bytes_of(response.body)))


def _may_visit(url: str, references: References, target: Target) -> bool:
    if "://" not in url.partition("?")[0]:
        return True
    return references.issued(url) and target.may_visit(url)


def _verdict(
    interactions: Sequence[Interaction],
    came: Mapping[int, Interaction | Unchecked],
    known: tuple[Accepted, ...],
    lines: Mapping[int, int],
) -> Verdict:
    results: list[Compared | Unchecked] = []
    others = [now for now in came.values() if isinstance(now, Interaction)]
    pairs = []
    for recorded in interactions:
        line, now = lines.get(recorded.number, 0), came[recorded.number]
        if isinstance(now, Unchecked):
            results.append(replace(now, line=line))
            continue
        result = compared(recorded, now, others=others, line=line)
        results.append(result)
        if isinstance(result, Compared):
            pairs.append((recorded, now))
    return verdict_on(results, tendencies(pairs), known)


def needs_token(recording: Recording) -> bool:
    """Return whether a request has a token that no reply of the recording said."""
    said = b"".join(_said(interaction, recording) for interaction in recording.interactions)
    for interaction in recording.interactions:
        token = (interaction.request.header("authorization") or "").rpartition(" ")[2]
        if is_refused(_read(interaction, recording)):
            continue
        if token and json.dumps(token)[1:-1].encode() not in said:
            return True
    return False


def _said(interaction: Interaction, recording: Recording) -> bytes:
    read = _read(interaction, recording).response
    return read.body if read and isinstance(read.body, bytes) else b""
