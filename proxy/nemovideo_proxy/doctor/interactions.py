"""What may be wrong with one interaction of a cassette."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_proxy import model
from nemovideo_proxy.cassette import (
    BrokenCassette,
    Cassette,
    Entry,
    Unwritable,
    interaction_text,
)
from nemovideo_proxy.cassette.documents import interaction_of
from nemovideo_proxy.cassette.reading import blobs_of
from nemovideo_proxy.doctor.ailment import Ailment, Kind
from nemovideo_proxy.drift import streams
from nemovideo_proxy.model import Interaction
from nemovideo_proxy.redaction import findings
from nemovideo_proxy.replay import lengths
from nemovideo_proxy.signature import signature_of

AGAIN = "record it again"


def examined(cassette: Cassette, entry: Entry) -> Iterator[Ailment]:
    """Yield what is wrong with the interaction of an entry."""
    if entry.unfinished is not None:
        what = f"interaction {entry.number} lies in {entry.unfinished}: its recording was killed"
        do = "it is kept when recording goes on into this file, or with `--repair`"
        yield ailment(cassette, entry, "unfinished", what, do)
        return
    try:
        interaction = interaction_of(cassette.text(entry), entry.number, cassette.path, entry.line)
    except BrokenCassette as problem:
        yield of(problem, "schema")
        return
    yield from _index(cassette, entry, interaction)
    yield from _secrets(cassette, entry, interaction)
    yield from _stream(cassette, entry, interaction)
    yield from _length(cassette, entry, interaction)
    yield from _files(cassette, entry, interaction)


def _index(cassette: Cassette, entry: Entry, interaction: Interaction) -> Iterator[Ailment]:
    signature = signature_of(interaction.request)
    if signature != entry.signature:
        what = f"this line says `{entry.signature}`, and the request is `{signature}`"
        yield ailment(cassette, entry, "stale line", what, "`--format` writes it anew")
        return
    try:
        written = interaction_text(interaction)
    except Unwritable as problem:
        yield ailment(cassette, entry, "schema", str(problem), "docs/cassettes.md says what can be")
        return
    if cassette.text(entry) != written:
        what = f"interaction {entry.number} is not written as a recording writes it"
        yield ailment(cassette, entry, "format", what, "`--format` writes it anew")


def _secrets(cassette: Cassette, entry: Entry, interaction: Interaction) -> Iterator[Ailment]:
    for found in findings(interaction):
        what = f"interaction {entry.number} has a {found.role} in its {found.where}"
        do = (
            "replace it by a pseudonym, or record it again; a value that was shared must be revoked"
        )
        yield ailment(cassette, entry, "secret", what, do)


def _stream(cassette: Cassette, entry: Entry, interaction: Interaction) -> Iterator[Ailment]:
    number, response = entry.number, interaction.response
    if interaction.end == "lost":
        yield ailment(
            cassette, entry, "unfinished", f"interaction {number} was lost before its end", AGAIN
        )
    elif (
        response is not None
        and 200 <= response.status < 300
        and streams.is_stream(interaction)
        and streams.stream_of(interaction).says_nothing
    ):
        what = f"the stream of interaction {number} has not a single event"
        yield ailment(cassette, entry, "empty stream", what, AGAIN)


def _length(cassette: Cassette, entry: Entry, interaction: Interaction) -> Iterator[Ailment]:
    if (said := lengths.told(interaction)) is not None and interaction.response is not None:
        size = model.size(interaction.response.body)
        what = f"the Content-Length of interaction {entry.number} is {said}, and its body has {size} bytes"
        yield ailment(cassette, entry, "length", what, "`--format` writes the right one")


def _files(cassette: Cassette, entry: Entry, interaction: Interaction) -> Iterator[Ailment]:
    for blob in blobs_of(interaction):
        try:
            is_there = (
                cassette.path.with_name(f"{cassette.path.stem}.files") / blob.name
            ).is_file()
            cassette.check(blob)
        except BrokenCassette as problem:
            kind: Kind = "wrong file" if is_there else "missing file"
            yield ailment(cassette, entry, kind, problem.what, problem.what_to_do)


def ailment(cassette: Cassette, entry: Entry, kind: Kind, what: str, what_to_do: str) -> Ailment:
    """Return what is wrong with the interaction of an entry."""
    return Ailment(path=cassette.path, line=entry.line, kind=kind, what=what, what_to_do=what_to_do)


def of(problem: BrokenCassette, kind: Kind) -> Ailment:
    """Return what an error says as something that is wrong."""
    return Ailment(
        path=problem.path,
        line=problem.line,
        kind=kind,
        what=problem.what,
        what_to_do=problem.what_to_do,
    )
