"""Mutants of what all replies have in common: envelopes, codes, headers, and what no route answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import headless, refused, renamed, rewritten
from mutants.mutant import mutant
from mutants.patient import Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.wire.messages import Reply

BALANCE = "/api/credits/balance/simple"
STATE = "/api/state/nemo_agent/me/{}/latest"


def _seen(method: str, path: str, **more: Any) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        headers = {**patient.me.headers, **more.get("headers", {})}
        reply = patient.http.request(method, path, **{**more, "headers": headers})
        shown = ("allow", "content-type")
        return reply.status_code, reply.text, [reply.headers.get(name) for name in shown]

    return probe


_unknown_session = _seen("GET", STATE.format("1" * 19))
_unknown_path = _seen("GET", "/api/nothing/here")
_wrong_method = _seen("DELETE", "/run_sse")
_balance = _seen("GET", BALANCE)
_no_name = _seen("POST", "/api/tokens", json={})
_no_json = _seen("POST", "/api/tokens", content=b"{", headers={"Content-Type": "application/json"})


def _ids(patient: Patient) -> Any:
    ids = [patient.me.get(BALANCE).headers.get("x-request-id") for _ in range(3)]
    return len(set(ids)), ids[0] is None


@mutant("http status of business codes", _unknown_session)
def errors_have_no_data(cut: Surgery) -> None:
    """An error's envelope has no `data`."""
    refused(cut, None, lambda reply: rewritten(reply, lambda body: body.pop("data")))


@mutant("http status of business codes", _unknown_session)
def errors_say_msg(cut: Surgery) -> None:
    """An error says `msg` instead of `message`."""
    refused(cut, None, lambda reply: rewritten(reply, lambda body: renamed(body, "message", "msg")))


@mutant("http status of business codes", _unknown_session)
def errors_say_nothing(cut: Surgery) -> None:
    """The `message` of an error is empty."""
    refused(cut, None, lambda reply: rewritten(reply, lambda body: body.update(message="")))


@mutant("code 1002", _unknown_session)
def codes_are_texts(cut: Surgery) -> None:
    """The code of an error is a text, `"1002"`."""
    refused(
        cut, 1002, lambda reply: rewritten(reply, lambda body: body.update(code=str(body["code"])))
    )


@mutant("http status of business codes", _unknown_session)
def an_unknown_session_is_500(cut: Surgery) -> None:
    """An unknown session is HTTP 500 instead of a business code over 200."""
    refused(cut, 1002, lambda reply: replace(reply, status=500))


@mutant("code 0", _balance)
def success_has_no_code(cut: Surgery) -> None:
    """The balance comes in an envelope without `code`."""
    cut.wrap("api.balance.success", lambda _success, data: plain({"data": data}))


@mutant("code 0", _balance)
def the_balance_is_flat(cut: Surgery) -> None:
    """The balance comes without an envelope."""
    cut.wrap("api.balance.success", lambda _success, data: plain(data))


@mutant("code 0", _balance)
def success_is_200(cut: Surgery) -> None:
    """The code of a success is 200 instead of 0."""
    cut.wrap("api.balance.success", lambda _success, data: plain({"code": 200, "data": data}))


@mutant("code 404", _unknown_path)
def an_unknown_path_is_200(cut: Surgery) -> None:
    """A path that no route answers gives HTTP 200."""
    cut.wrap(
        "api.unmatched.unmatched", lambda unmatched, *asked: replace(unmatched(*asked), status=200)
    )


@mutant("code 405", _wrong_method)
def no_allow(cut: Surgery) -> None:
    """405 does not say which methods are allowed."""
    cut.wrap("api.service._wrong_method", lambda wrong, *asked: headless(wrong(*asked), "Allow"))


@mutant("code 405", _wrong_method)
def a_wrong_method_is_400(cut: Surgery) -> None:
    """A wrong method is HTTP 400 instead of 405."""
    cut.wrap("api.service._wrong_method", lambda wrong, *asked: replace(wrong(*asked), status=400))


@mutant("code 422", _no_name)
def no_field_is_named(cut: Surgery) -> None:
    """Malformed input is refused without naming the field."""
    refused(
        cut,
        422,
        lambda reply: rewritten(reply, lambda body: body.update(message="invalid request")),
    )


@mutant("code 422", _no_json)
def broken_json_is_500(cut: Surgery) -> None:
    """A body that is no JSON makes the server fall over: HTTP 500."""

    def broken(reply: Reply) -> Reply:
        assert isinstance(reply.body, bytes)
        return replace(reply, status=500) if b"not JSON" in reply.body else reply

    refused(cut, 422, broken)


@mutant("code 0", _balance)
def json_as_plain_text(cut: Surgery) -> None:
    """JSON comes with the content type `text/plain`."""
    cut.replace("api.replies.JSON_TYPE", ("Content-Type", "text/plain"))


@mutant("X-Request-Id", _ids)
def no_request_id(cut: Surgery) -> None:
    """No reply has an `X-Request-Id`."""
    cut.wrap(
        "api.visit.stamped", lambda stamped, world, told, _id, why: stamped(world, told, None, why)
    )


@mutant("X-Request-Id", _ids)
def one_request_id_for_all(cut: Surgery) -> None:
    """All requests of an account have the same `X-Request-Id`."""
    cut.replace("core.request_ids.STEP", 0)


@mutant("POST /api/render/proxy/draft", _seen("POST", "/api/render/proxy/draft", json={}))
def no_old_way_to_render(cut: Surgery) -> None:
    """The first version's path for ordering a render is not there."""
    cut.row("POST /api/render/proxy/draft", offered=lambda _variants: False)


@mutant("GET /api/render/proxy/{render}", _seen("GET", "/api/render/proxy/r1"))
def no_old_way_to_poll(cut: Surgery) -> None:
    """The first version's path for polling a render is not there."""
    cut.row("GET /api/render/proxy/{render}", offered=lambda _variants: False)
