"""The web pages that links lead to."""

from __future__ import annotations

import httpx
import pytest

from nemovideo_fakeserver import Fake
from support.caller import Caller

WEEK = 7 * 86_400


def claim(caller: Caller) -> str:
    """Return a claim token of the caller's project."""
    body = {"task_id": caller.task, "session_id": caller.session}
    token: str = caller.post("/api/auth/claim-token", body).json()["data"]["claim_token"]
    return token


def page(http: httpx.Client, path: str) -> tuple[int, str]:
    """Return status and text of a page, which may load nothing and pass nothing on."""
    response = http.get(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["referrer-policy"] == "no-referrer"
    return response.status_code, response.text


def test_a_claim_link_shows_the_project(caller: Caller) -> None:
    """The page names the session and lists its tracks, as often as it is opened."""
    caller.say("edit 20")
    link = f"/workspace/claim?ct={claim(caller)}"

    status, text = page(caller.http, link)

    assert status == 200
    assert caller.session in text
    assert "<td>text</td><td>1</td><td>3 s</td>" in text
    assert page(caller.http, link) == (status, text)


def test_an_empty_project_says_so(caller: Caller) -> None:
    """A project without a timeline has no table."""
    _, text = page(caller.http, f"/workspace/claim?ct={claim(caller)}")

    assert "The timeline is empty." in text


def test_a_claim_token_lives_seven_days(fake: Fake, caller: Caller) -> None:
    """One second before the end it opens the project, at the end it does not."""
    link = f"/workspace/claim?ct={claim(caller)}"
    fake.clock.jump(WEEK - 1)
    before = page(caller.http, link)[0]
    fake.clock.jump(1)

    assert before == 200
    assert page(caller.http, link)[0] == 404


def test_the_older_link_works_too(caller: Caller) -> None:
    """A link with the token itself and the session opens the project."""
    token = caller.headers["Authorization"].removeprefix("Bearer ")
    link = f"/workspace/claim?token={token}&task={caller.task}&session={caller.session}"

    assert page(caller.http, link)[0] == 200


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?ct=",
        "?ct=clm_unknown",
        "?token=nmv_usr_unknown&session=1",
        "?token=&task=&session=",
        "?%FF%FE=%00",
        "?ct=%3Cscript%3E",
    ],
)
def test_a_link_that_opens_nothing_is_404(http: httpx.Client, query: str) -> None:
    """Incomplete, unknown and mangled links get a page that says so, and nothing of themselves."""
    status, text = page(http, "/workspace/claim" + query)

    assert status == 404
    assert "This link does not open a project" in text
    assert "script" not in text


def test_a_link_opens_no_foreign_project(caller: Caller) -> None:
    """A token shows its own account's sessions."""
    other = Caller(caller.http).connect("another")
    token = other.headers["Authorization"].removeprefix("Bearer ")

    assert page(caller.http, f"/workspace/claim?token={token}&session={caller.session}")[0] == 404


def test_what_users_wrote_is_shown_as_text(caller: Caller) -> None:
    """A task's name is no markup, nor is a user id in a link."""
    caller.open(task_name="<script>alert(1)</script>{title}")

    _, project = page(caller.http, f"/workspace/claim?ct={claim(caller)}")
    _, register = page(caller.http, "/register?bind=%3Cscript%3E")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{title}" in project
    assert "&lt;script&gt;" in register
    assert "<script" not in project + register


def test_the_register_page_names_the_account(caller: Caller) -> None:
    """`?bind=<user id>` is what messages print; without it the link names nobody."""
    assert caller.uid in page(caller.http, f"/register?bind={caller.uid}")[1]
    assert page(caller.http, "/register")[0] == 404
