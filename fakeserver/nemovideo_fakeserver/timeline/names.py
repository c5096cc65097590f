"""Short names for the lines of requests, so that a row says at a glance what was asked for."""

from __future__ import annotations

NAMES = {
    "POST /api/auth/anonymous-token": "token",
    "POST /api/auth/claim-token": "claim",
    "POST /api/tasks/{user}/with-session/nemo_agent": "session",
    "POST /run_sse": "chat",
    "POST /api/upload-video/nemo_agent/{user}/{session}": "upload",
    "GET /api/credits/balance/simple": "credits",
    "GET /api/state/nemo_agent/{user}/{session}/latest": "state",
    "POST /api/render/proxy/lambda": "render",
    "POST /api/render/proxy/draft": "render",
    "GET /api/render/proxy/lambda/{render}": "poll",
    "GET /api/render/proxy/{render}": "poll",
    "POST /api/render/proxy/lambda/{render}/cancel": "cancel",
    "GET /api/render/proxy/{render}/download": "download",
    "HEAD /api/render/proxy/{render}/download": "look",
    "GET /cdn/uploads/{key}/{name}": "download",
    "HEAD /cdn/uploads/{key}/{name}": "look",
    "GET /cdn/generated/{name}": "download",
    "HEAD /cdn/generated/{name}": "look",
    "GET /cdn/uploads/{key}/{name}/thumbnail.jpg": "download",
    "HEAD /cdn/uploads/{key}/{name}/thumbnail.jpg": "look",
    "GET /cdn/generated/{name}/thumbnail.jpg": "download",
    "HEAD /cdn/generated/{name}/thumbnail.jpg": "look",
    "GET /cdn/render-result/{key}/{name}": "download",
    "HEAD /cdn/render-result/{key}/{name}": "look",
    "POST /api/tokens": "token",
    "GET /api/tokens": "tokens",
    "POST /api/tokens/{token}/revoke": "revoke",
    "GET /workspace/claim": "page",
    "GET /register": "page",
}
"""A line that is not here is shown as it came."""

ROOM = 8
"""How many cells the names above take, at most."""
