"""The other flows: uploads, claim links, API tokens; and what goes with every request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nemovideo_client.display import Link, Status
from nemovideo_client.errors import (
    APIResponseError,
    FileTooLarge,
    Forbidden,
    NemoError,
    UnsupportedFile,
    UsageError,
)
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.connecting import connect
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.turn import turn
from nemovideo_client.models import Session
from nemovideo_client.wire.steps import Flow
from nemovideo_client.words import Wording
from support.playbook import Answered, Pair, Service, broken, play
from support.replies import (
    ASK_CLAIM,
    ASK_CREDITS,
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    ASK_UPLOAD,
    ATTRIBUTION,
    ONE_TRACK,
    OPEN_CHAT,
    SESSION,
    SUBMIT,
    TOKEN,
    context,
    film,
    no,
    ok,
    render,
    rendered,
    session,
    state,
    status,
    text,
    token,
    told,
)

UPLOADED = ok(
    {"files": [{"filename": "a.mp4", "file_type": "video"}], "session_state_applied": True}
)
API_TOKEN = {"id": "t1", "name": "ci", "scopes": ["read"], "token": "nmv_usr_other"}
CLAIMED = ok({"claim_token": "clm_7", "expires_in": 604_800})


def ignore(_: int, __: int | None) -> None:
    """Hear of bytes, and do nothing about it."""


# Uploads


def test_files_go_in_one_request_and_urls_in_another() -> None:
    """Files first; the result has both, and `applied` is the last word."""
    script: list[Pair] = [(ASK_UPLOAD, UPLOADED), (ASK_UPLOAD, ok({"files": [{"filename": "b"}]}))]

    played = play(
        endpoints.upload(context(), "a.mp4", "https://x.test/b", Path("c.png"), on_progress=ignore),
        script,
    )

    files, urls = played.requests
    assert [(part.filename, part.content_type) for part in files.files] == [
        ("a.mp4", "video/mp4"),
        ("c.png", "image/png"),
    ]
    assert files.progress is ignore
    assert urls.json == {"urls": ["https://x.test/b"], "source_type": "url"}
    assert [file.filename for file in played.result.files] == ["a.mp4", "b"]
    assert played.result.applied is None


def test_nothing_to_upload() -> None:
    """Without a source nothing is asked at all."""
    assert isinstance(play(endpoints.upload(context()), []).error, UsageError)


@pytest.mark.parametrize("failure", [broken(), status(502)], ids=["broken", "502"])
def test_an_upload_is_not_repeated_once_it_left(failure: Answered) -> None:
    """It may have arrived, and would then be there twice."""
    played = play(endpoints.upload(context(), "a.mp4"), [(ASK_UPLOAD, failure)])

    assert isinstance(played.error, NemoError)


@pytest.mark.parametrize(("limit", "says"), [(500_000_000, 500_000_000), (None, None)])
def test_too_large(limit: int | None, says: int | None) -> None:
    """4002 carries the limit that the skill states, if any."""
    played = play(endpoints.upload(context(max_upload=limit), "a.mp4"), [(ASK_UPLOAD, no(4002))])

    assert isinstance(played.error, FileTooLarge)
    assert played.error.limit == says


def test_unsupported() -> None:
    """4001 names the formats."""
    played = play(endpoints.upload(context(), "a.xyz"), [(ASK_UPLOAD, no(4001))])

    assert isinstance(played.error, UnsupportedFile)
    assert "mp4" in str(played.error)


# Links and tokens


def test_a_claim_link_holds_a_claim_token() -> None:
    """It opens the project on the web pages, and never holds the token."""
    ctx = context(web_url="https://web.test")

    played = play(endpoints.claim_link(ctx), [(ASK_CLAIM, CLAIMED)])

    assert played.result == "https://web.test/workspace/claim?ct=clm_7"
    assert played.bodies(ASK_CLAIM) == [{"task_id": "task_1", "session_id": SESSION}]


def test_a_claim_link_for_another_session() -> None:
    """The session may be named, and is then not the client's own."""
    other = Session(session_id="42", task_id="task_42")

    played = play(endpoints.claim_link(context(session=None), other), [(ASK_CLAIM, CLAIMED)])

    assert played.bodies(ASK_CLAIM) == [{"task_id": "task_42", "session_id": "42"}]


def test_api_tokens() -> None:
    """Made, listed and revoked; a list has no values."""
    made = play(
        endpoints.create_api_token(context(), "ci", scopes=["read"], expires_in_days=7),
        [("POST /api/tokens", ok(API_TOKEN))],
    )
    listed = play(
        endpoints.list_api_tokens(context()), [("GET /api/tokens", ok({"tokens": [{"id": "t1"}]}))]
    )
    revoked = play(
        endpoints.revoke_api_token(context(), "t/1"), [("POST /api/tokens/t%2F1/revoke", ok({}))]
    )

    assert made.requests[0].json == {"name": "ci", "scopes": ["read"], "expires_in_days": 7}
    assert (made.result.value, made.result.scopes) == ("nmv_usr_other", ("read",))
    assert [one.value for one in listed.result] == [None]
    assert (revoked.result.id, revoked.result.revoked) == ("t/1", True)


def test_renders_one_by_one() -> None:
    """Status and cancel are calls of their own."""
    asked = "/api/render/proxy/lambda/r9"

    stands = play(endpoints.render_status(context(), "r9"), [(f"GET {asked}", render("pending"))])
    over = play(endpoints.cancel_render(context(), "r9"), [(f"POST {asked}/cancel", ok({}))])

    assert (stands.result.status, over.result.status) == ("pending", "cancelled")


@pytest.mark.parametrize("answer", [ok({}), ok(None), status(200), ok([1])])
def test_answers_that_no_document_describes(answer: Answered) -> None:
    """They are said to be that, with the endpoint, and not asked for again."""
    played = play(endpoints.credits(context()), [(ASK_CREDITS, answer)])

    assert isinstance(played.error, APIResponseError)
    assert played.error.endpoint == ASK_CREDITS


# Connecting


@pytest.mark.parametrize(("language", "words"), [("en", ("Hang on", "Go")), ("zh", ("等等", "好"))])
def test_connecting(language: str, words: tuple[str, str]) -> None:
    """A word, a token, a session, a word: the skill's, in the user's language."""
    ctx = context(
        token=None,
        session=None,
        language=language,
        connecting=Wording("Hang on", "等等"),
        ready=Wording("Go", "好"),
    )

    played = play(connect(ctx), [(ASK_TOKEN, token()), (ASK_SESSION, session())])

    assert played.shown == [Status(words[0]), Status(words[1])]
    assert played.bodies(ASK_SESSION)[0]["language"] == language
    assert ctx.account.session == played.result


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Open the project in a browser"), ("zh", "在浏览器中打开项目")]
)
def test_connecting_with_a_claim_link(language: str, label: str) -> None:
    """Only where the skill shows one; its URL stays out of `repr`."""
    ctx = context(session=None, claim_link=True, language=language)

    played = play(connect(ctx), [(ASK_SESSION, session()), (ASK_CLAIM, CLAIMED)])

    link = Link(label, "https://nemovideo.com/workspace/claim?ct=clm_7")
    assert played.shown[1] == link
    assert "clm_7" not in repr(link)


def test_a_service_without_claim_tokens_is_connected_to_all_the_same() -> None:
    """Before 1.9 there are none: 404 is no link, any other refusal is an error."""
    for answer, kind in ((status(404), None), (status(403), Forbidden)):
        ctx = context(session=None, claim_link=True)
        played = play(connect(ctx), [(ASK_SESSION, session()), (ASK_CLAIM, answer)])

        assert Link not in {type(thing) for thing in played.shown}
        assert ctx.account.session is not None
        assert type(played.failure) is (kind or type(None))


def test_a_session_without_a_task_has_no_claim_link() -> None:
    """What the link would open is not known then."""
    ctx = context(session=None, claim_link=True)

    played = play(connect(ctx), [(ASK_SESSION, ok({"session_id": "7"}))])

    assert [type(thing) for thing in played.shown] == [Status, Status]


# What goes with a request

EVERYTHING = Service(
    {
        ASK_TOKEN: token(),
        ASK_SESSION: session(),
        ASK_STATE: state(ONE_TRACK),
        ASK_CREDITS: ok({"available": 1}),
        ASK_UPLOAD: UPLOADED,
        ASK_CLAIM: CLAIMED,
        OPEN_CHAT: told(text("Hi.")),
        SUBMIT: render("pending"),
        "GET /api/render/proxy/lambda/r9": rendered(),
        "POST /api/render/proxy/lambda/r9/cancel": ok({}),
        "open GET https://cdn.test/film.mp4": status(404),
        "open GET /api/render/proxy/r9/download": film(),
        "POST /api/tokens": ok(API_TOKEN),
        "GET /api/tokens": ok([]),
        "POST /api/tokens/t1/revoke": ok({}),
    }
)
FLOWS: dict[str, Callable[[Context], Flow[Any]]] = {
    "connect": connect,
    "credits": endpoints.credits,
    "state": endpoints.state,
    "chat": lambda ctx: turn(ctx, "x"),
    "upload": lambda ctx: endpoints.upload(ctx, "a.mp4", "https://x.test/b"),
    "submit": endpoints.submit_render,
    "export": lambda ctx: endpoints.export(ctx, "film.mp4", render_id="r9"),
    "cancel": lambda ctx: endpoints.cancel_render(ctx, "r9"),
    "claim": endpoints.claim_link,
    "create token": lambda ctx: endpoints.create_api_token(ctx, "ci"),
    "list tokens": endpoints.list_api_tokens,
    "revoke token": lambda ctx: endpoints.revoke_api_token(ctx, "t1"),
    "anonymous token": endpoints.create_anonymous_token,
}


@pytest.mark.parametrize("name", FLOWS)
def test_headers_of_every_request(name: str) -> None:
    """Attribution goes with every call of the API, the token with all but the one that asks for it."""
    played = play(FLOWS[name](context(token=None, session=None)), EVERYTHING)

    assert played.failure is None
    for request in played.requests:
        headers = dict(request.headers)
        elsewhere, asks = (
            request.url.startswith("https://"),
            request.url.endswith("anonymous-token"),
        )
        assert headers.get("Authorization") == (None if elsewhere or asks else f"Bearer {TOKEN}")
        assert [name in headers for name, _ in ATTRIBUTION] == [not elsewhere] * 3
        assert ("X-Client-Id" in headers) == asks
