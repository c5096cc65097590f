"""The table: every route of the service, what it asks of the caller, and who handles it.

Read a row as: this method on this path, with this scope on the token (None: no token), is handled
there, its body read this way. The check is what the head alone decides before a body is read; `offered`
is for routes that not every version of the vendor's documents has.
"""

from __future__ import annotations

from nemovideo_fakeserver.api import auth, balance, chat, files, pages, renders, tasks, uploads
from nemovideo_fakeserver.api.route import route
from nemovideo_fakeserver.core.variants import Variants


def _first_version(variants: Variants) -> bool:
    return variants.legacy_render == "accept"


def _claim_tokens(variants: Variants) -> bool:
    return variants.claim_link == "ct"


def _claim_page(variants: Variants) -> bool:
    return variants.claim_link != "none"


ROUTES = (
    route("POST /api/auth/anonymous-token", None, auth.anonymous_token),
    route("POST /api/auth/claim-token", "write", auth.claim_token, "json", offered=_claim_tokens),
    route("POST /api/tasks/{user}/with-session/nemo_agent", "write", tasks.create, "json"),
    route("POST /run_sse", "write", chat.run_sse, "json"),
    route(
        "POST /api/upload-video/nemo_agent/{user}/{session}",
        "upload",
        uploads.upload,
        "upload",
        uploads.check,
    ),
    route("GET /api/credits/balance/simple", "read", balance.simple),
    route("GET /api/state/nemo_agent/{user}/{session}/latest", "read", tasks.state),
    route("POST /api/render/proxy/lambda", "render", renders.submit, "json", renders.check),
    route("GET /api/render/proxy/lambda/{render}", "read", renders.poll),
    route("POST /api/render/proxy/lambda/{render}/cancel", "render", renders.cancel),
    route("GET /api/render/proxy/{render}/download", "read", files.download),
    route("HEAD /api/render/proxy/{render}/download", "read", files.download),
    # the forms the first vendor version printed
    route(
        "POST /api/render/proxy/draft",
        "render",
        renders.submit,
        "json",
        renders.check,
        offered=_first_version,
    ),
    route("GET /api/render/proxy/{render}", "read", renders.poll, offered=_first_version),
    route("POST /api/tokens", "write", auth.create_token, "json"),
    route("GET /api/tokens", "read", auth.list_tokens),
    route("POST /api/tokens/{token}/revoke", "write", auth.revoke_token),
    # where replies and links lead to
    route("GET /cdn/uploads/{key}/{name}", None, files.upload),
    route("HEAD /cdn/uploads/{key}/{name}", None, files.upload),
    route("GET /cdn/generated/{name}", None, files.generated),
    route("HEAD /cdn/generated/{name}", None, files.generated),
    route("GET /cdn/uploads/{key}/{name}/thumbnail.jpg", None, files.upload_thumbnail),
    route("HEAD /cdn/uploads/{key}/{name}/thumbnail.jpg", None, files.upload_thumbnail),
    route("GET /cdn/generated/{name}/thumbnail.jpg", None, files.generated_thumbnail),
    route("HEAD /cdn/generated/{name}/thumbnail.jpg", None, files.generated_thumbnail),
    route("GET /cdn/render-result/{key}/{name}", None, files.result),
    route("HEAD /cdn/render-result/{key}/{name}", None, files.result),
    route("GET /workspace/claim", None, pages.claim, offered=_claim_page),
    route("GET /register", None, pages.register),
)
