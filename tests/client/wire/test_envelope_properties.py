"""Whatever comes back, the outcome is a result or an error of ours, with nothing in it that is private."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.errors import APIRefusal, APIResponseError, NemoError
from nemovideo_client.models import Session
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import check_film, check_stream, unwrap
from nemovideo_client.wire.hush import LONGEST, SHORTEST, hush, tidy
from nemovideo_client.wire.messages import Answer, Call

CALLS: list[Call[Any]] = [
    calls.anonymous_token("c"),
    calls.claim_token(Session(session_id="7")),
    calls.create_session(),
    calls.run_sse("7", "hi"),
    calls.state("7"),
    calls.upload_files("7", []),
    calls.credits(),
    calls.submit_render("r", "7", {}),
    calls.render_status("r"),
    calls.cancel_render("r"),
    calls.download_render("r"),
    calls.list_api_tokens(),
    calls.revoke_api_token("a"),
]
WORDING = ("code", "message", "error", "detail", "reason", "success", "data", "loc", "msg")
FIELDS = ("token", "tokens", "id", "user_id", "session_id", "state", "draft", "files", "filename")
MORE = ("url", "available", "total", "status", "output", "progress")
NAMES = st.sampled_from((*WORDING, *FIELDS, *MORE))
SECRET = "nmv_usr_KGdwtlGw3hBDUpV-4_FJ"
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([0, 200, 404, 1001, 2001, "1002", SECRET, f"token {SECRET} has expired"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)
BODIES = VALUES.map(lambda value: json.dumps(value).encode()) | st.binary()
STATUSES = st.sampled_from([200, 204, 302, 400, 401, 402, 403, 404, 409, 422, 429, 500, 502])
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["retry-after", "date", "content-type", "x-request-id"]),
        st.text()
        | st.sampled_from(["30", "Fri, 20 Nov 2026 10:00:00 GMT", "Mon, 1 Jan 0001 0:0 GMT"]),
    )
).map(tuple)
ANSWERS = st.builds(Answer, status=STATUSES | st.integers(100, 599), headers=HEADERS, body=BODIES)


def error_of(answer: Answer, call: Call[Any], *, secrets: tuple[str, ...] = ()) -> NemoError | None:
    """Return the error that an answer is, None where it is a result; anything else raised is a bug."""
    try:
        unwrap(answer, call, secrets=secrets)
    except NemoError as error:
        return error
    return None


@given(answer=ANSWERS, call=st.sampled_from(CALLS))
def test_the_outcome_is_a_result_or_an_error_of_ours(answer: Answer, call: Call[Any]) -> None:
    """No JSON, no bytes and no status make `unwrap` raise anything else, and each error is whole."""
    error = error_of(answer, call)

    assert isinstance(error, APIRefusal | APIResponseError | None)
    if error:
        assert type(error) is not APIRefusal
        assert error.endpoint == call.endpoint
        assert 0 < len(error.message) <= LONGEST
        assert error.message.isprintable()


@given(answer=ANSWERS, call=st.sampled_from(CALLS))
def test_no_error_tells_a_secret_or_the_raw_body(answer: Answer, call: Call[Any]) -> None:
    """Neither what is printed nor what is carried as text holds the token, or the JSON it came in."""
    error = error_of(answer, call, secrets=(SECRET,))

    if error:
        told = f"{error} {error!r} {error.message} {error.next_step}"
        raw = answer.body.decode(errors="replace").strip()
        assert SECRET not in told
        assert raw[:1] not in ("{", "[", "<") or len(raw) < 4 or raw not in told


@given(answer=ANSWERS)
def test_the_head_of_a_stream_is_always_understood(answer: Answer) -> None:
    """No head is both a stream of events and a film, and none is a riddle."""
    assert not (check_stream(answer) and check_film(answer))


@given(body=st.dictionaries(NAMES, VALUES), secret=st.text("abc-_", min_size=SHORTEST, max_size=12))
def test_a_refusal_never_repeats_a_secret(body: dict[str, Any], secret: str) -> None:
    """Wherever the service repeats it: alone, twice in a row, or across the end of a long message."""
    message = f"{secret}{secret} and {'x' * (LONGEST - 12)}{secret}"
    answer = Answer(status=400, body=json.dumps(body | {"message": message}).encode())

    assert secret not in str(error_of(answer, calls.credits(), secrets=(secret,)))


@given(text=st.text("ab "), secrets=st.lists(st.text("ab", max_size=SHORTEST + 2)))
def test_hushing_leaves_no_secret_and_no_more_than_needed(text: str, secrets: list[str]) -> None:
    """No secret is left; a text without any stays as it is; what is too short to be one stays, too."""
    hushed = hush(text, secrets)

    long_enough = [secret for secret in secrets if len(secret) >= SHORTEST]
    assert not any(secret in hushed for secret in long_enough)
    assert hushed == text or any(secret in text for secret in long_enough)


@given(text=st.text())
def test_tidying_is_done_once_for_all(text: str) -> None:
    """What is tidy is one printable line that is not too long, and stays as it is."""
    told = tidy(text)

    assert told.isprintable()
    assert len(told) <= LONGEST
    assert tidy(told) == told
