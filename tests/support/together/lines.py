"""The endpoints, as rules of a `Meddler` name them."""

from __future__ import annotations

TOKEN = "POST /api/auth/anonymous-token"
CLAIM = "POST /api/auth/claim-token"
SESSION = "POST /api/tasks/me/with-session/nemo_agent"
SAY = "POST /run_sse"
UPLOAD = "POST /api/upload-video/nemo_agent/me/{session}"
CREDITS = "GET /api/credits/balance/simple"
STATE = "GET /api/state/nemo_agent/me/{session}/latest"
SUBMIT = "POST /api/render/proxy/lambda"
POLL = "GET /api/render/proxy/lambda/{render}"
CANCEL = "POST /api/render/proxy/lambda/{render}/cancel"
DOWNLOAD = "GET /api/render/proxy/{render}/download"
LINK = "GET /cdn/render-result/{key}/{name}"
TOKENS = "GET /api/tokens"
NEW_TOKEN = "POST /api/tokens"
REVOKE = "POST /api/tokens/{token}/revoke"
