"""One pure function per endpoint: what is sent to it, and how its reply reads.

A reader takes every shape that a document shows. It gets the reply's data (`wire.envelope` unwraps it).
"""

from nemovideo_client.wire.calls.balance import credits  # noqa: A004 the endpoint's name
from nemovideo_client.wire.calls.renders import (
    cancel_render,
    download_render,
    render_status,
    submit_render,
)
from nemovideo_client.wire.calls.sessions import create_session, run_sse, state
from nemovideo_client.wire.calls.tokens import (
    anonymous_token,
    claim_token,
    create_api_token,
    list_api_tokens,
    revoke_api_token,
)
from nemovideo_client.wire.calls.uploads import upload_files, upload_urls

__all__ = [
    "anonymous_token",
    "cancel_render",
    "claim_token",
    "create_api_token",
    "create_session",
    "credits",
    "download_render",
    "list_api_tokens",
    "render_status",
    "revoke_api_token",
    "run_sse",
    "state",
    "submit_render",
    "upload_files",
    "upload_urls",
]
