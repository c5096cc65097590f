"""Redaction of recordings that somebody else made."""

from __future__ import annotations

from dataclasses import replace

from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.redaction import Redactor


def redacted(recording: Recording) -> tuple[Recording, Redactor]:
    """Return a recording without its secrets, and who knows them.

    All is read twice: what a reply at the end gives away may stand in a request at the beginning.
    """
    redactor = Redactor()
    once = _pass(recording, redactor)
    return _pass(once, redactor), redactor


def _pass(recording: Recording, redactor: Redactor) -> Recording:
    interactions = tuple(
        replace(
            interaction,
            request=redactor.request(interaction.request),
            response=redactor.response(interaction.response) if interaction.response else None,
        )
        for interaction in recording.interactions
    )
    return replace(recording, interactions=interactions)
