"""The recorder's own certificate authority, for clients that cannot change the URL they ask.

It lies in a folder for its owner alone. No trust store is touched: each client is told of it, or it does not
believe it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.own_folder import own_folder


@contextmanager
def folder(chosen: Path | None, *, keep: bool) -> Iterator[Path]:
    """Give the folder: the one that was chosen, the user's, or where none is needed one that does not stay.

    Raises NotRecorded where it cannot be.
    """
    if chosen is None and not keep:
        with own_folder() as made:
            yield made
        return
    place = chosen or _usual()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.chmod(0o700)
    except OSError as problem:
        why = problem.strerror or "input/output error"
        raise NotRecorded(f"no authority can be kept in {place}: {why}; see --ca-dir") from None
    yield place


def certificate(place: Path) -> Path:
    """Return the file that clients are to trust."""
    return place / "mitmproxy-ca-cert.pem"


def advice(url: str, place: Path) -> str:
    """Say how to send a client through the proxy at `url`."""
    file = certificate(place)
    return f"""an HTTP proxy is ready at {url} (Ctrl-C ends it)

  curl --proxy {url} --cacert {file} ...
  export HTTPS_PROXY={url} SSL_CERT_FILE={file} REQUESTS_CA_BUNDLE={file}    # Python: httpx, requests

The authority is this recorder's own; nothing on this machine trusts it unless it is told to.
"""


def _usual() -> Path:
    state = os.environ.get("XDG_STATE_HOME")
    base = Path(state) if state else Path.home() / ".local" / "state"
    return base / "nemo-proxy" / "ca"
