"""A recording as a cassette of VCR.py (version 1), which it replays.

VCR.py joins streams and keeps headers by name: what it has no place for is said in `losses`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from nemovideo_proxy.convert.har_out import absolute
from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.counting import counted
from nemovideo_proxy.model import Headers, Interaction, Response

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def vcr_of(recording: Recording) -> str:
    """Return the YAML text of the whole cassette."""
    interactions = [
        {
            "request": {
                "method": interaction.request.method,
                "uri": absolute(interaction.request.url, recording.header.upstream),
                "body": _content(recording.bytes_of(interaction.request.body)) or None,
                "headers": _by_name(interaction.request.headers),
            },
            "response": _response(interaction.response, recording),
        }
        for interaction in recording.interactions
        if interaction.response is not None
    ]
    document = {"interactions": interactions, "version": 1}
    dumped: str = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return dumped


def _response(response: Response, recording: Recording) -> dict[str, Any]:
    # VCR.py writes the phrase back as ASCII and would not replay another
    phrase = response.reason if response.reason.isascii() else ""
    return {
        "status": {"code": response.status, "message": phrase},
        "headers": _by_name(response.headers),
        "body": {"string": _content(recording.bytes_of(response.body))},
    }


def _by_name(headers: Headers) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for name, value in headers:
        named.setdefault(name, []).append(value)
    return named


def _content(data: bytes) -> str | bytes:
    """Return text where every YAML reader gives back the same bytes, else bytes (`!!binary`)."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    return text if all(c.isprintable() or c in "\n\t" for c in text) else data


def losses(recording: Recording) -> tuple[str, ...]:
    """Return a sentence for each thing that a cassette of VCR.py cannot say."""
    return tuple(_losses(recording.interactions))


def _losses(interactions: tuple[Interaction, ...]) -> Iterator[str]:
    replies = [(i, i.response) for i in interactions if i.response]
    streams = sum(len(response.pieces) > 1 for _, response in replies)
    if streams:
        yield f"when the pieces came of {_replies(streams)} that streamed: they are joined"
    yield "the times of all requests"
    if broken := sum(interaction.end != "eof" for interaction, _ in replies):
        yield f"that {_replies(broken)} broke off: what is there will seem whole"
    if silent := len(interactions) - len(replies):
        yield f"{counted(silent, 'request')} that nobody answered"
    if scattered := sum(_scattered(response.headers) for _, response in replies):
        yield f"the order of the headers of {_replies(scattered)}"
    if twice := sum(_repeats(i.request.headers) for i, _ in replies):
        yield f"a header that stands twice in {counted(twice, 'request')}: VCR.py reads the first"
    if odd := sum(not response.reason.isascii() for _, response in replies):
        yield f"the reason phrase of {_replies(odd)}: VCR.py could not write it"


def _replies(number: int) -> str:
    return counted(number, "reply", many="replies")


def _repeats(headers: Headers) -> bool:
    return len({name.lower() for name, _ in headers}) < len(headers)


def _scattered(headers: Headers) -> bool:
    return [(n, v) for n, values in _by_name(headers).items() for v in values] != list(headers)
