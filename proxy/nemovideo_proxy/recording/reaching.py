"""Whether the service can be reached and is who it says, before anybody is told to record it."""

from __future__ import annotations

import asyncio
import ssl

from nemovideo_proxy.recording.asking import trust
from nemovideo_proxy.recording.upstream import Upstream

WITHIN = 15.0
"""Real seconds."""


class OutOfReach(Exception):
    """The service cannot be recorded. One sentence."""


async def reach(service: Upstream, ca_file: str | None) -> None:
    """Connect once, and close; raises OutOfReach."""
    try:
        context = trust(ca_file) if service.scheme == "https" else None
    except (OSError, ssl.SSLError):
        raise OutOfReach(f"{ca_file} holds no certificates of authorities (PEM)") from None
    try:
        async with asyncio.timeout(WITHIN):
            _, writer = await asyncio.open_connection(service.host, service.port, ssl=context)
            writer.close()
    except ssl.SSLCertVerificationError as problem:
        raise OutOfReach(
            f"{service.origin} is not who it says ({problem.verify_message}): nothing is sent to it; "
            "--upstream-ca FILE names the authority of a private service"
        ) from None
    except TimeoutError:
        raise OutOfReach(f"{service.origin} does not answer within {WITHIN:g} s") from None
    except (OSError, ssl.SSLError) as problem:
        why = problem.strerror or type(problem).__name__
        raise OutOfReach(
            f"{service.origin} cannot be reached ({why}): is it running, and is there a network?"
        ) from None
