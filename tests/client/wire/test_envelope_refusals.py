"""Every no of the service, in every form it may come in, is the right error with all it carries."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nemovideo_client import errors
from nemovideo_client.wire import calls
from nemovideo_client.wire.codes import CODES, SENTENCES, STATUSES
from nemovideo_client.wire.envelope import unwrap
from nemovideo_client.wire.messages import Answer, Call, Headers
from nemovideo_client.wire.refusals import TOKEN_WORDS

CREDITS = calls.credits()
TALK = calls.run_sse("7", "hi")
JOIN = "https://nemovideo.com/register?bind=anon_abc123"

BUSINESS: dict[int, type[errors.APIRefusal]] = {
    1001: errors.TokenRefused,
    1002: errors.SessionNotFound,
    2001: errors.OutOfCredits,
    4001: errors.UnsupportedFile,
    4002: errors.FileTooLarge,
}
HTTP: dict[int, type[errors.APIRefusal]] = {
    302: errors.APIStatusError,
    400: errors.BadRequest,
    402: errors.ExportBlocked,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.APIStatusError,
    409: errors.Conflict,
    422: errors.Malformed,
    429: errors.RateLimited,
    500: errors.ServerError,
    502: errors.ServerError,
    599: errors.ServerError,
}


def refusal(
    body: Any,
    *,
    status: int = 200,
    call: Call[Any] = CREDITS,
    headers: Headers = (),
    secrets: tuple[str, ...] = (),
) -> errors.APIRefusal:
    """Return what `unwrap` raises for this body; text is sent as it is, anything else as JSON."""
    sent = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    with pytest.raises(errors.APIRefusal) as caught:
        unwrap(Answer(status=status, headers=headers, body=sent), call, secrets=secrets)
    return caught.value


@pytest.mark.parametrize(
    "form",
    [
        lambda code: {"code": code, "message": "No.", "data": None},
        lambda code: {"code": str(code), "message": "No."},
        lambda code: {"success": False, "code": code, "error": "No."},
        lambda code: {"detail": {"code": code, "message": "No."}},
        lambda code: {"code": code, "error": {"message": "No."}},
    ],
    ids=["61534265030", "text", "success", "FastAPI", "error object"],
)
@pytest.mark.parametrize("status", [200, 400, 401, 402, 403, 404, 429, 500])
@pytest.mark.parametrize(("code", "kind"), BUSINESS.items())
def test_a_business_code_wins_over_the_status(
    code: int, kind: type[errors.APIRefusal], status: int, form: Any
) -> None:
    """Whatever the form and the status, the code in the body says which error it is."""
    body = form(code)
    if status == 200 and "detail" in body:
        body |= {"success": False}

    error = refusal(body, status=status, headers=(("x-request-id", "req-1"),))

    assert type(error) is kind
    assert (error.code, error.status, error.message) == (code, status, "No.")
    assert (error.endpoint, error.request_id) == (CREDITS.endpoint, "req-1")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><h1>Bad Gateway</h1></html>",
        "{}",
        {"code": 0},
        {"detail": "No."},
        {"message": "No."},
        [],
    ],
    ids=["empty", "page", "nothing", "code 0", "FastAPI", "message", "list"],
)
@pytest.mark.parametrize(("status", "kind"), HTTP.items())
def test_a_status_without_a_code_has_its_class(
    status: int, kind: type[errors.APIRefusal], body: Any
) -> None:
    """The status of HTTP decides where the body has no code, and is the error's code."""
    error = refusal(body, status=status)

    assert type(error) is kind
    assert (error.code, error.status) == (status, status)
    assert error.message in ("No.", SENTENCES[kind].format(status=status))


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("code", [400, 402, 403, 404, 409, 422, 429])
def test_a_status_in_the_body_counts_as_one(code: int, status: int) -> None:
    """`code` may repeat what would be the status (402 and 429 with HTTP 200)."""
    error = refusal({"code": code, "message": "No."}, status=status)

    assert type(error) is HTTP[code]
    assert (error.code, error.status) == (code, status)


UNNAMED: dict[str, tuple[Any, int, type[errors.APIRefusal], int]] = {
    "unknown code": ({"code": 7777}, 200, errors.UnknownCode, 7777),
    "below zero": ({"code": -1, "message": "No."}, 200, errors.UnknownCode, -1),
    "no number": ({"code": "denied"}, 200, errors.UnknownCode, 200),
    "true": ({"code": True}, 200, errors.UnknownCode, 200),
    "no success": ({"success": False, "error": "No."}, 200, errors.UnknownCode, 200),
    "an unknown code leaves it to the status": ({"code": 42900}, 429, errors.RateLimited, 42900),
    "an unknown code of a failing service": ({"code": 9}, 503, errors.ServerError, 9),
}


@pytest.mark.parametrize(("body", "status", "kind", "code"), UNNAMED.values(), ids=UNNAMED)
def test_a_code_that_no_document_names(
    body: Any, status: int, kind: type[errors.APIRefusal], code: int
) -> None:
    """It is kept; the class comes from the status, where that says no as well."""
    error = refusal(body, status=status)

    assert type(error) is kind
    assert (error.code, error.status) == (code, status)
    assert error.message


@pytest.mark.parametrize("form", ["message", "error", "detail", "reason"])
@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("words", TOKEN_WORDS)
def test_a_bad_token_is_known_by_its_words(words: str, status: int, form: str) -> None:
    """The texts that the vendor's own client looks for (61387515119), in any case."""
    error = refusal({form: f"Sorry: {words.upper()}!"}, status=status)

    assert type(error) is errors.TokenRefused
    assert (error.code, error.status) == (1001, status)


TOKENS: dict[str, tuple[Any, int, Call[Any], type[errors.APIRefusal]]] = {
    "in render's form": (
        {"success": False, "error": "token has expired"},
        200,
        CREDITS,
        errors.TokenRefused,
    ),
    "code 403 in words": (
        {"code": 403, "message": "Invalid token"},
        403,
        CREDITS,
        errors.TokenRefused,
    ),
    "401 without words": ({}, 401, CREDITS, errors.TokenRefused),
    "401 where no token went": ({}, 401, calls.anonymous_token("c"), errors.APIStatusError),
    "403 about something else": ({"detail": "scope"}, 403, CREDITS, errors.Forbidden),
    "the words elsewhere": ({"detail": "Token not found"}, 404, CREDITS, errors.NotFound),
}


@pytest.mark.parametrize(("body", "status", "call", "kind"), TOKENS.values(), ids=TOKENS)
def test_what_is_about_the_token_and_what_is_not(
    body: Any, status: int, call: Call[Any], kind: type[errors.APIRefusal]
) -> None:
    """401 is always about the token that was sent, 200 and 403 are where the words say so."""
    assert type(refusal(body, status=status, call=call)) is kind


def test_an_agent_server_that_does_not_know_the_session() -> None:
    """Google's agent server says 1002 as a 404 with words; it is taken so for chat alone."""
    body = {"detail": "Session not found: zz"}

    error = refusal(body, status=404, call=TALK)

    assert type(error) is errors.SessionNotFound
    assert (error.code, error.status) == (1002, 404)
    assert type(refusal(body, status=404)) is errors.NotFound
    assert type(refusal({"detail": "Not Found"}, status=404, call=TALK)) is errors.NotFound


def test_complaints_of_fastapi_are_told_by_field() -> None:
    """The last name of each place and what is wrong there; what was sent is not repeated."""
    body = {
        "detail": [
            {"loc": ["body", "userId"], "msg": "Field required", "input": {"app_name": "secret"}},
            {"loc": ["body", 3], "msg": "Not a number"},
            {"msg": "Odd"},
            "?",
        ]
    }

    error = refusal(body, status=422, call=TALK)

    assert error.message == "userId: Field required; body: Not a number; Odd"


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ({"message": f"Register to get more: {JOIN}."}, JOIN),
        ({"message": f"余额不足，请注册：{JOIN}。"}, JOIN),
        ({"message": "No.", "data": {"url": f"{JOIN}&from=skill"}}, f"{JOIN}&from=skill"),
        ({"message": "No.", "data": JOIN}, JOIN),
        (
            {"message": "No.", "link": "http://127.0.0.1:8765/register?a=1&bind=u"},
            "http://127.0.0.1:8765/register?a=1&bind=u",
        ),
        ({"message": "Top up at nemovideo.com"}, None),
        ({"message": "https://nemovideo.com/register"}, None),
        ({"message": "javascript://x/register?bind=u", "data": 5}, None),
        ({"message": "https://nemovideo.com/" * 20_000}, None),
    ],
)
def test_the_link_to_register_is_found(body: Any, link: str | None) -> None:
    """It stands in the message or beside it, or there is none (51912643291, 52199775828)."""
    error = refusal({"code": 2001} | body)

    assert isinstance(error, errors.OutOfCredits)
    assert error.link == link


DATE = "Fri, 20 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "30"}, 30),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "Fri, 20 Nov 2026 10:01:30 GMT", "date": DATE}, 90),
        ({"retry-after": "Fri, 20 Nov 2026 09:00:00 GMT", "date": DATE}, 0),
        ({"retry-after": "Fri, 20 Nov 2026 10:01:30 -0000", "date": DATE}, None),
        ({"retry-after": "Fri, 20 Nov 2026 10:01:30 GMT"}, None),
        ({"retry-after": "soon", "date": DATE}, None),
        ({"retry-after": "-5", "date": DATE}, None),
        ({"retry-after": "9" * 400}, None),
    ],
)
def test_a_rate_limit_says_when_to_come_again(
    headers: dict[str, str], seconds: float | None
) -> None:
    """In seconds, or at a date that counts from the answer's own; what cannot be read is left open."""
    error = refusal(
        {"code": 429, "message": "slow down"}, status=429, headers=tuple(headers.items())
    )

    assert isinstance(error, errors.RateLimited)
    assert error.retry_after == seconds


def test_a_missing_client_id_is_the_first_calls_affair() -> None:
    """Elsewhere, 400 does not advise to send a client id."""
    assert "client id" in str(refusal({}, status=400, call=calls.anonymous_token("c")))
    assert "client id" not in str(refusal({}, status=400))


def test_an_unsupported_file_tells_the_formats() -> None:
    """4001 carries the formats that would do, and says them."""
    error = refusal({"code": 4001})

    assert isinstance(error, errors.UnsupportedFile)
    assert "mkv" in error.formats
    assert "mkv" in str(error)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Nothing\r\nleft\tnow", "Nothing  left now"),
        ("\x1b[31mred\u202e\ud83d", "[31mred"),
        ("x" * 5000, "x" * 299 + "…"),
        ("  ", SENTENCES[errors.OutOfCredits]),
        ('{"code":2001}', SENTENCES[errors.OutOfCredits]),
        ("<p>no</p>", SENTENCES[errors.OutOfCredits]),
        ("\x00", SENTENCES[errors.OutOfCredits]),
        (5, SENTENCES[errors.OutOfCredits]),
        (None, SENTENCES[errors.OutOfCredits]),
        ("token nmv_usr_1 and nmv_usr_12, nmv_\x00usr_1", "token … and …, …"),
        ("x" * 295 + "nmv_usr_12", "x" * 295 + "…"),
    ],
)
def test_the_services_words_are_made_fit_to_show(message: Any, told: str) -> None:
    """One line of bounded length, without secrets, control characters and markup; else our own words."""
    error = refusal({"code": 2001, "message": message}, secrets=("nmv_usr_1", "", "nmv_usr_12"))

    assert error.message == told


def test_every_class_has_its_code_and_its_words() -> None:
    """The tables name all leaves of the tree that are refusals, and nothing else."""
    leaves = {
        kind
        for base in (errors.APIRefusal, errors.APIStatusError)
        for kind in base.__subclasses__()
    }

    assert set(SENTENCES) == leaves
    assert {*CODES.values(), *STATUSES.values()} == leaves - {
        errors.UnknownCode,
        errors.APIStatusError,
    }
    assert CODES == BUSINESS
    assert {code: kind for code, kind in HTTP.items() if code in STATUSES} == {
        code: kind for code, kind in STATUSES.items() if code in HTTP
    }
