"""Secrets planted in every place and encoding; a scanner that knows nothing of redaction finds none."""

from __future__ import annotations

import json
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nemovideo_proxy.model import Request, Response, size
from nemovideo_proxy.redaction import Redactor
from support.proxy_planting import Secrets, bytes_of, replies, requests, secrets, streams, uploads
from support.proxy_scanner import Scanner

often = settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
seeds = st.integers(0, 2**32)


def _scan(kept: Secrets, *values: Request | Response) -> None:
    scanner = Scanner(secret.encode() for _, secret in kept.all())
    for value in values:
        for data in bytes_of(value):
            assert not scanner.found(data), data


@often
@given(seeds)
def test_nothing_is_found_in_a_request_and_its_reply(seed: int) -> None:
    """Whatever is planted in a request and its reply is gone, and everything is as long as it was."""
    rng = Random(seed)
    kept = secrets(rng)
    request, reply = requests(rng, kept), replies(rng, kept)
    redactor = Redactor()

    asked, answered = redactor.request(request), redactor.response(reply)

    _scan(kept, asked, answered)
    assert (len(asked.url), size(asked.body)) == (len(request.url), size(request.body))
    assert [len(text) for _, text in asked.headers] == [len(text) for _, text in request.headers]
    assert sum(piece.size for piece in answered.pieces) == size(answered.body)
    json.loads(asked.body if isinstance(asked.body, bytes) else b"")
    json.loads(answered.body if isinstance(answered.body, bytes) else b"")


@often
@given(seeds)
def test_nothing_is_found_in_an_upload(seed: int) -> None:
    """Fields tell secrets that the film after them holds."""
    rng = Random(seed)
    kept = secrets(rng)
    request = uploads(rng, kept)

    asked = Redactor(known=[("email", kept.email)]).request(request)

    _scan(kept, asked)
    assert size(asked.body) == size(request.body)


@often
@given(seeds)
def test_nothing_is_found_in_a_stream(seed: int) -> None:
    """Words are joined over frames, and pieces stay what they were; so do those written live."""
    rng = Random(seed)
    kept = secrets(rng)
    reply = streams(rng, kept)
    assert isinstance(reply.body, bytes)
    whole, live = Redactor(known=kept.all()), Redactor(known=kept.all())

    redacted = whole.response(reply)

    _scan(kept, redacted)
    assert redacted.pieces == reply.pieces
    pieces, stream, at = [], live.stream("text/event-stream"), 0
    scanner = Scanner(secret.encode() for _, secret in kept.all())
    for piece in reply.pieces:
        pieces += stream.feed(piece.at, reply.body[at : at + piece.size])
        at += piece.size
        assert not scanner.found(b"".join(data for _, data in pieces))
    pieces += stream.finish()
    assert [(at, len(data)) for at, data in pieces] == [(p.at, p.size) for p in reply.pieces]
    assert b"".join(data for _, data in pieces) == redacted.body
