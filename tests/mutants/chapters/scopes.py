"""Mutants of single rows of the route table: what a route asks of a token is not what it should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mutants.mutant import mutant
from mutants.patient import RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.core.refusals import ExportBlocked, TokenRefused


def _with(scope: str, method: str, path: str, **body: Any) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        me = patient.me
        made = me.post("/api/tokens", {"name": "mine", "scopes": [scope]}).json()["data"]
        headers = {**me.headers, "Authorization": f"Bearer {made['token']}"}
        where = path.format(session=me.session)
        told = {key: me.session if value == "SESSION" else value for key, value in body.items()}
        return patient.http.request(method, where, headers=headers, json=told or None).status_code

    return probe


STATE = "/api/state/nemo_agent/me/{session}/latest"
UPLOAD = "/api/upload-video/nemo_agent/me/{session}"
ORDER = {"id": "r", "sessionId": "SESSION", "draft": {"t": []}}


def _bare(patient: Patient, path: str, platform: str | None = None) -> Any:
    headers = {k: v for k, v in patient.me.headers.items() if k != "X-Skill-Platform"}
    if platform is not None:
        headers["X-Skill-Platform"] = platform
    order = {"id": "r", "sessionId": patient.me.session, "draft": {"t": []}}
    return patient.http.post(path, headers=headers, json=order).status_code


def _unattributed(patient: Patient) -> Any:
    headers = {"Authorization": patient.me.headers["Authorization"]}
    return patient.http.get("/api/credits/balance/simple", headers=headers).status_code


@mutant("code 403", _with("write", "GET", STATE))
def states_need_no_read(cut: Surgery) -> None:
    """A token without `read` reads the state."""
    cut.row("GET /api/state/nemo_agent/{user}/{session}/latest", scope="write")


@mutant("code 403", _with("write", "GET", "/api/credits/balance/simple"))
def balances_need_no_read(cut: Surgery) -> None:
    """A token without `read` reads the balance."""
    cut.row("GET /api/credits/balance/simple", scope="write")


@mutant("code 403", _with("write", "POST", UPLOAD, urls=["https://x.test/a.mp4"]))
def uploads_need_write(cut: Surgery) -> None:
    """Uploading asks for `write` instead of `upload`."""
    cut.row("POST /api/upload-video/nemo_agent/{user}/{session}", scope="write")


@mutant("code 403", _with("read", "POST", RENDERS, **ORDER))
def renders_need_read(cut: Surgery) -> None:
    """A token that may only read orders renders."""
    cut.row("POST /api/render/proxy/lambda", scope="read")


@mutant("code 403", _with("read", "POST", f"{RENDERS}/r/cancel"))
def cancelling_needs_read(cut: Surgery) -> None:
    """A token that may only read cancels renders."""
    cut.row("POST /api/render/proxy/lambda/{render}/cancel", scope="read")


@mutant("code 403", _with("upload", "GET", "/api/render/proxy/r/download"))
def downloads_need_upload(cut: Surgery) -> None:
    """A token without `read` downloads films."""
    cut.row("GET /api/render/proxy/{render}/download", scope="upload")


@mutant("code 403", _with("read", "POST", "/api/tokens", name="more", scopes=["read"]))
def making_tokens_needs_read(cut: Surgery) -> None:
    """A token that may only read makes tokens."""
    cut.row("POST /api/tokens", scope="read")


@mutant("code 403", _with("read", "POST", "/api/tokens/tok_0/revoke"))
def revoking_needs_read(cut: Surgery) -> None:
    """A token that may only read revokes tokens."""
    cut.row("POST /api/tokens/{token}/revoke", scope="read")


@mutant("code 403", _with("read", "POST", "/run_sse", session_id="SESSION"))
def messages_need_read(cut: Surgery) -> None:
    """A token that may only read sends messages, and spends credits."""
    cut.row("POST /run_sse", scope="read")


@mutant("code 403", _with("read", "POST", "/api/auth/claim-token", task_id="t"))
def claiming_needs_read(cut: Surgery) -> None:
    """A token that may only read makes claim tokens."""
    cut.row("POST /api/auth/claim-token", scope="read")


@mutant("rendering without the scope", _with("write", "POST", RENDERS, **ORDER))
def anonymous_users_do_not_render(cut: Surgery) -> None:
    """An anonymous token with `write` is refused to render, for it has no `render`."""

    def around(require: Any, self: Token, scope: str) -> None:
        kind = self.account.kind
        self.account.kind = "registered"
        try:
            require(self, scope)
        finally:
            self.account.kind = kind

    cut.wrap("core.account.Token.require", around)


@mutant("code 403", _with("read", "POST", "/run_sse", session_id="SESSION"))
def a_missing_scope_is_1001(cut: Surgery) -> None:
    """A token that may not do something is called invalid: 1001 instead of 403."""
    cut.replace("core.refusals.ScopeMissing.code", TokenRefused.code)


@mutant("code 402", lambda patient: _bare(patient, RENDERS.replace("lambda", "draft")))
def the_old_way_needs_no_headers(cut: Surgery) -> None:
    """By the first version's path one exports without attribution headers."""
    cut.row("POST /api/render/proxy/draft", check=None)


@mutant("code 402", lambda patient: _bare(patient, RENDERS, platform=" "))
def blank_headers_will_do(cut: Surgery) -> None:
    """An attribution header that is there and empty counts."""

    def around(_missing: Any, call: Any) -> list[str]:
        names = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")
        return [name for name in names if call.head.header(name.lower()) is None]

    cut.wrap("api.attribution._missing", around)


@mutant("code 402", _unattributed)
def looking_needs_headers(cut: Surgery) -> None:
    """Looking at the balance without attribution headers is 402, as an export is."""

    def around(handler: Any, call: Any) -> Any:
        if call.head.header("x-skill-source") is None:
            raise ExportBlocked("missing attribution header X-Skill-Source.")
        return handler(call)

    cut.handler("GET /api/credits/balance/simple", around)
