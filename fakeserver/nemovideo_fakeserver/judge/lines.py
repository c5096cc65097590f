"""The routes that rules speak of, as the journal names them."""

from __future__ import annotations

TOKEN = "POST /api/auth/anonymous-token"  # noqa: S105  the name of a route
CLAIM = "POST /api/auth/claim-token"
SESSION = "POST /api/tasks/{user}/with-session/nemo_agent"
MESSAGE = "POST /run_sse"
UPLOAD = "POST /api/upload-video/nemo_agent/{user}/{session}"
CREDITS = "GET /api/credits/balance/simple"
STATE = "GET /api/state/nemo_agent/{user}/{session}/latest"
CANCEL = "POST /api/render/proxy/lambda/{render}/cancel"
CLAIM_PAGE = "GET /workspace/claim"

SUBMITS = frozenset({"POST /api/render/proxy/lambda", "POST /api/render/proxy/draft"})
POLLS = frozenset({"GET /api/render/proxy/lambda/{render}", "GET /api/render/proxy/{render}"})
DOWNLOADS = frozenset(
    {"GET /api/render/proxy/{render}/download", "HEAD /api/render/proxy/{render}/download"}
)
MANAGEMENT = frozenset({"POST /api/tokens", "GET /api/tokens", "POST /api/tokens/{token}/revoke"})

ATTRIBUTED = frozenset(
    {CLAIM, SESSION, MESSAGE, UPLOAD, CREDITS, STATE, CANCEL, *SUBMITS, *POLLS, *DOWNLOADS}
)
"""Routes a skill calls with its token: "all requests must include" the attribution headers."""

WITH_TOKEN = ATTRIBUTED | MANAGEMENT
"""Routes that want `Authorization: Bearer`."""

KNOWN = WITH_TOKEN | {TOKEN, CLAIM_PAGE, "GET /register"}
"""Routes that are no files; a request that no route answers is named by its method and path."""
