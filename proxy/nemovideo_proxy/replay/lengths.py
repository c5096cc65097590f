"""A Content-Length that is not that of the body: somebody has edited the body by hand."""

from __future__ import annotations

from dataclasses import replace

from nemovideo_proxy import model
from nemovideo_proxy.model import Interaction

WITHOUT_BODY = frozenset((204, 304))
"""Statuses whose Content-Length is that of a body which is not there."""


def told(interaction: Interaction) -> str | None:
    """Return the Content-Length that does not fit the whole body which is there; None if there is none."""
    response = interaction.response
    if response is None or interaction.end != "eof":
        return None
    if interaction.request.method == "HEAD" or response.status in WITHOUT_BODY:
        return None
    said = response.header("content-length")
    return None if said is None or said == str(model.size(response.body)) else said


def fitted(interaction: Interaction) -> Interaction:
    """Return an interaction whose Content-Length is that of its body."""
    response = interaction.response
    if response is None or told(interaction) is None:
        return interaction
    size = str(model.size(response.body))
    headers = tuple(
        (name, size if name.lower() == "content-length" else value)
        for name, value in response.headers
    )
    return replace(interaction, response=replace(response, headers=headers))
