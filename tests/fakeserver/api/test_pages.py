"""The web pages that links lead to."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from nemovideo_fakeserver import Fake
from support.caller import Caller
from support.stage import bearer
from support.wire import refusal

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


LINKS = {
    "ct": {"ct", "token"},
    "token": {"token"},
    "bare": {"token", "bare", "empty token"},
    "none": set(),
}


@pytest.mark.parametrize("reading", LINKS)
def test_which_links_open_a_project(variant: Callable[..., Caller], reading: str) -> None:
    """`claim_link`: by claim token (and older links), by the token itself, or by the ids alone."""
    caller = variant(claim_link=reading)
    ids = f"task={caller.task}&session={caller.session}"
    links = {
        "token": f"?token={bearer(caller)}&{ids}&skill_name=a&skill_version=1&skill_source=b",
        "bare": f"?{ids}",
        "empty token": f"?token=&{ids}",
    }
    if reading == "ct":
        links["ct"] = f"?ct={claim(caller)}"
    opened = {
        kind
        for kind, query in links.items()
        if caller.http.get(f"/workspace/claim{query}").status_code == 200
    }

    assert opened == LINKS[reading]


@pytest.mark.parametrize(
    "query", ["", "?session={session}", "?task={task}", "?task=x&session={session}"]
)
def test_a_bare_link_needs_both_ids(variant: Callable[..., Caller], query: str) -> None:
    """A session with another task's id is no project."""
    caller = variant(claim_link="bare")

    assert page(caller.http, "/workspace/claim" + query.format(**vars(caller)))[0] == 404


def test_a_claim_token_opens_nothing_where_there_are_none(variant: Callable[..., Caller]) -> None:
    """The page of versions 1.4 to 1.8 does not know `ct`."""
    caller = variant(claim_link="token")

    assert page(caller.http, "/workspace/claim?ct=clm_x")[0] == 404


@pytest.mark.parametrize(
    ("reading", "base", "site"),
    [
        ("here", "http://127.0.0.1", "nemovideo.com"),
        ("nemovideo.com", "https://nemovideo.com", "nemovideo.com"),
        ("nemovideo.ai", "https://nemovideo.ai", "nemovideo.ai"),
    ],
)
def test_where_links_lead(
    variant: Callable[..., Caller], reading: str, base: str, site: str
) -> None:
    """To this very server, unless `web_base` says otherwise; sentences name the site."""
    caller = variant(web_base=reading, free_plan_export="block")
    caller.say("generate 20")
    broke = refusal(caller.post("/run_sse", caller.message("edit 20")))[2]
    blocked = refusal(caller.submit("r1"))[2]

    assert f"Register to get 100 more credits: {base}/register?bind={caller.uid}" in broke
    assert f"Register at {site} to unlock export." in blocked
