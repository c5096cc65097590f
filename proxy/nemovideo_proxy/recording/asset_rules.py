"""Which of the files that the service named may be fetched."""

from __future__ import annotations

from urllib.parse import urlsplit

from nemovideo_proxy.recording import upstream as places
from nemovideo_proxy.recording.marked import Marked
from nemovideo_proxy.recording.upstream import BadUpstream, Upstream, upstream_of


def host_of(url: str, service: Upstream) -> Upstream | Marked:
    """Return where the file at `url` lies, or why it is not fetched."""
    parts = urlsplit(url)
    try:
        host = upstream_of(f"{parts.scheme}://{parts.netloc}")
    except BadUpstream:
        return Marked(why="asset", sentence="the service named a file by a URL that is none")
    if places.is_private(host.host) and not service.is_private:
        return Marked(
            why="refused",
            sentence=f"the service named a file at {host.host}, which is of this machine or its network",
        )
    return host


def unknown() -> Marked:
    """Return the answer to an address that was never given out."""
    return Marked(
        why="asset",
        sentence="no reply of this recording has named a file by that number",
    )
