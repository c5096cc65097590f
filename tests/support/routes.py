"""The routes of a whole piece of work, as places of faults."""

from __future__ import annotations

ROUTES = (
    "POST /api/auth/anonymous-token",
    "POST /api/tasks/{}/with-session/nemo_agent",
    "POST /run_sse",
    "POST /api/upload-video/nemo_agent/{}/{}",
    "GET /api/credits/balance/simple",
    "GET /api/state/nemo_agent/{}/{}/latest",
    "POST /api/render/proxy/lambda",
    "GET /api/render/proxy/lambda/{}",
    "GET /api/render/proxy/{}/download",
)
