"""What a HAR of somebody else means: a browser's, a proxy's.

Bodies are unpacked although their headers say `gzip`, a reply came in one piece as far as anybody knows, and
requests to other hosts than the service's stand among the rest. Of those only downloads are kept that one of
the service's replies named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from nemovideo_proxy.convert.recording import Recording, Unreadable
from nemovideo_proxy.convert.version import HARNESS
from nemovideo_proxy.counting import counted
from nemovideo_proxy.model import Blob, Header, Headers, Interaction, Response


def foreign(
    entries: list[tuple[datetime, Interaction]], upstream: str | None, blobs: dict[Blob, bytes]
) -> Recording:
    """Return the requests to the service among `entries`, in order of time.

    `upstream` is the service's origin, else that of most entries is.
    """
    unpacked = sum(_packed(interaction.response) for _, interaction in entries)
    entries = sorted(entries, key=lambda entry: entry[0])
    origin = (upstream or commonest(entry.request.url for _, entry in entries)).rstrip("/")
    begun = entries[0][0] if entries else datetime.now(UTC)
    header = Header(upstream=origin, recorded_at=_iso(begun), harness=HARNESS)
    dated = [replace(i, at=(at - begun).total_seconds()) for at, i in entries]
    kept = list(_of_service([local(interaction, origin) for interaction in dated]))
    numbered = tuple(
        replace(_plain(interaction), number=number) for number, interaction in enumerate(kept, 1)
    )
    lost = tuple(_lost(len(entries) - len(kept), origin, unpacked, numbered))
    return Recording(header=header, interactions=numbered, read=blobs.__getitem__, lost=lost)


def _lost(others: int, origin: str, unpacked: int, kept: tuple[Interaction, ...]) -> Iterable[str]:
    if others:
        yield f"{counted(others, 'request')} to other hosts than {origin}"
    if unpacked:
        replies = counted(unpacked, "reply", many="replies")
        yield f"the Content-Encoding of {replies}, kept unpacked"
    if kept:
        yield "a HAR does not say when the pieces of a reply came: each is one piece, at its end"


def commonest(urls: Iterable[str]) -> str:
    """Return the origin of most URLs."""
    origins = Counter("{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in urls)
    if not origins:
        raise Unreadable("log.entries: there are none")
    return origins.most_common(1)[0][0]


def _of_service(interactions: list[Interaction]) -> Iterable[Interaction]:
    """Yield what went to the service, and the downloads that its replies named before."""
    named = b""
    for interaction in interactions:
        url = interaction.request.url
        if url.startswith("/"):
            named += _body(interaction)
            yield interaction
        elif url.encode() in named or url.replace("/", "\\/").encode() in named:
            yield interaction


def _body(interaction: Interaction) -> bytes:
    body = interaction.response.body if interaction.response else b""
    return body if isinstance(body, bytes) else b""


def local(interaction: Interaction, origin: str) -> Interaction:
    """Return an interaction whose URL is a path where it went to the service."""
    url = interaction.request.url
    rest = url.removeprefix(origin.rstrip("/"))
    if rest == url or (not rest.startswith(("/", "?")) and rest):
        return interaction
    path = rest if rest.startswith("/") else "/" + rest
    return replace(interaction, request=replace(interaction.request, url=path))


def _packed(response: Response | None) -> bool:
    return bool(response and (response.header("content-encoding") or "identity") != "identity")


def _plain(interaction: Interaction) -> Interaction:
    response = interaction.response
    if response is None or not _packed(response):
        return interaction
    return replace(
        interaction,
        response=replace(response, headers=unpacked_headers(response, len(_body(interaction)))),
    )


def unpacked_headers(response: Response, length: int) -> Headers:
    """Return the headers of a reply whose body was unpacked to `length` bytes."""
    return tuple(
        (name, str(length) if name.lower() == "content-length" else value)
        for name, value in response.headers
        if name.lower() != "content-encoding"
    )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
