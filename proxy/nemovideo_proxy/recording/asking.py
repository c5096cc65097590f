"""The guard's own question to the service; nothing else is ever asked in the proxy's own name."""

from __future__ import annotations

import ssl

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording.upstream import Upstream


def trust(ca_file: str | None) -> ssl.SSLContext:
    """Return the context that verifies the service: by the public authorities, or those in `ca_file`."""
    import certifi

    context = ssl.create_default_context(cafile=ca_file or certifi.where())
    # as mitmproxy verifies: Python refuses many a private authority from 3.13 on, for how it is written
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


async def ask(
    upstream: Upstream, request: Request, *, ca_file: str | None, within: float
) -> tuple[int, bytes]:
    """Return status and body of what the service says; status 0 if it says nothing `within` seconds."""
    import httpx

    verify = trust(ca_file) if upstream.scheme == "https" else False
    url = upstream.origin + upstream.path + request.url
    async with httpx.AsyncClient(verify=verify, trust_env=False, timeout=within) as client:
        try:
            reply = await client.request(request.method, url, headers=list(request.headers))
        except httpx.HTTPError:
            return 0, b""
    return reply.status_code, reply.content
