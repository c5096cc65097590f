"""The web pages that links lead to, and the claim tokens that open a project there."""

from __future__ import annotations

import re

import httpx
import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.instants import WEEK
from nemovideo_pytest.contract.messages import ASK, LOOP
from nemovideo_pytest.contract.replies import data, names, refused
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.steering import NemoClock

CLAIM, PAGE = "POST /api/auth/claim-token", "GET /workspace/claim"
CT = reading(claim_link="ct")
TOKEN = reading(claim_link="token")
BARE = reading(claim_link="bare")
NONE = reading(claim_link="none")


def asked(visitor: Visitor, **more: str) -> httpx.Response:
    """Ask for a claim token of the visitor's session."""
    body = {"task_id": visitor.task, "session_id": visitor.session, **more}
    return visitor.post("/api/auth/claim-token", body)


def claim(visitor: Visitor) -> str:
    """Return a claim token of the visitor's session."""
    return str(data(asked(visitor))["claim_token"])


def page(visitor: Visitor, **query: str) -> httpx.Response:
    """Open the page of a project, as a browser does: without a token in a header."""
    reply = visitor.http.get("/workspace/claim", params=query)
    assert reply.headers["content-type"].partition(";")[0] == "text/html"
    return reply


@CT
@rests_on(CLAIM, "claim tokens", "claim_link=ct")
def test_a_claim_token_lasts_seven_days(visitor: Visitor) -> None:
    """`clm_…`, and its life in seconds."""
    told = data(asked(visitor))

    assert set(told) == {"claim_token", "expires_in"}
    assert re.fullmatch(r"clm_[A-Za-z0-9_-]{20,}", told["claim_token"])
    assert told["expires_in"] == 604_800
    assert type(told["expires_in"]) is int


@CT
@rests_on(PAGE, "claim tokens", "claim_link=ct")
def test_a_claim_token_opens_a_project(visitor: Visitor) -> None:
    """As often as wanted, in any browser."""
    visitor.open(task_name="Sommer <film> 夏天")
    token = claim(visitor)
    first, second = page(visitor, ct=token), page(visitor, ct=token)

    assert (first.status_code, second.status_code) == (200, 200)
    assert "Sommer &lt;film&gt; 夏天" in first.text
    assert "<film>" not in first.text


@CT
@rests_on("claim tokens", "code 1001")
def test_a_claim_token_opens_no_api(visitor: Visitor) -> None:
    """As a bearer token it is refused everywhere."""
    other = visitor.with_token(claim(visitor))

    refused(other.get("/api/credits/balance/simple"), 1001)
    refused(other.ask_state(), 1001)
    refused(other.try_saying(ASK), 1001)


@CT
@pytest.mark.within(1)
@rests_on("claim tokens", PAGE)
def test_a_claim_token_expires(visitor: Visitor, nemo_clock: NemoClock) -> None:
    """After seven days to the second."""
    token = claim(visitor)
    nemo_clock.jump(WEEK - 1)
    assert page(visitor, ct=token).status_code == 200

    nemo_clock.jump(1)
    assert page(visitor, ct=token).status_code == 404


@CT
@rests_on(CLAIM, PAGE)
def test_every_claim_token_is_another(visitor: Visitor) -> None:
    """And the older one goes on."""
    first, second = claim(visitor), claim(visitor)

    assert first != second
    assert page(visitor, ct=first).status_code == 200


@CT
@rests_on(CLAIM, "code 1002")
def test_a_task_and_its_session_belong_together(visitor: Visitor, another: NewVisitor) -> None:
    """Another task, another session, somebody else's: 1002."""
    other = another()
    refused(asked(visitor, task_id="task_0"), 1002)
    refused(asked(visitor, session_id="9" * 19), 1002)
    refused(asked(visitor, task_id=other.task, session_id=other.session), 1002)


@CT
@pytest.mark.parametrize("field", ["task_id", "session_id"])
@rests_on(CLAIM, "code 422")
def test_a_claim_names_task_and_session(visitor: Visitor, field: str) -> None:
    """What is missing or empty is named."""
    body = {"task_id": visitor.task, "session_id": visitor.session}
    names(visitor.post("/api/auth/claim-token", {**body, field: ""}), field)
    del body[field]

    names(visitor.post("/api/auth/claim-token", body), field)


@CT
@rests_on(CLAIM, "code 403", "managed tokens")
def test_a_claim_needs_the_scope_write(visitor: Visitor) -> None:
    """Who may only read gives nothing away."""
    refused(asked(visitor.with_token(visitor.new_token("read", "upload")["token"])), 403)


@CT
@rests_on(PAGE)
def test_a_link_that_opens_nothing_says_so(visitor: Visitor) -> None:
    """404, and a page for people."""
    for query in ({}, {"ct": "clm_nothing"}, {"ct": ""}):
        assert page(visitor, **query).status_code == 404


@CT
@costs(50)
@rests_on(PAGE)
def test_a_page_shows_the_project_as_it_is(visitor: Visitor) -> None:
    """What is on the timeline when it is opened, not when the link was made."""
    token = claim(visitor)
    empty = page(visitor, ct=token).text
    visitor.say(LOOP)

    assert page(visitor, ct=token).text != empty


@pytest.mark.parametrize(
    (), [pytest.param(marks=CT, id="ct"), pytest.param(marks=TOKEN, id="token")]
)
@rests_on(PAGE, "claim_link=token", "claim_link=ct")
def test_an_older_link_carries_the_token_itself(visitor: Visitor) -> None:
    """`?token=&task=&session=`; the newer version opens it, too."""
    whole = {"token": visitor.token, "task": visitor.task, "session": visitor.session}

    assert page(visitor, **whole).status_code == 200
    assert visitor.session in page(visitor, **whole).text
    assert page(visitor, **{**whole, "token": "nmv_usr_nobody"}).status_code == 404
    assert page(visitor, **{**whole, "session": "9" * 19}).status_code == 404
    del whole["token"]
    assert page(visitor, **whole).status_code == 404


@BARE
@rests_on(PAGE, "claim_link=bare")
def test_a_link_may_do_without_a_token(visitor: Visitor) -> None:
    """`?task=&session=`: both have to be right."""
    whole = {"task": visitor.task, "session": visitor.session}

    assert page(visitor, **whole).status_code == 200
    assert page(visitor, **{**whole, "task": "task_0"}).status_code == 404
    assert page(visitor, task=visitor.task).status_code == 404


@pytest.mark.parametrize(
    (), [pytest.param(marks=reading(claim_link=m), id=m) for m in ("token", "bare", "none")]
)  # fmt: skip
@rests_on("claim_link=token", "claim_link=bare", "claim_link=none")
def test_only_the_newest_version_knows_claim_tokens(visitor: Visitor) -> None:
    """Before 1.9 the path is unknown."""
    assert asked(visitor).status_code == 404


@NONE
@rests_on("claim_link=none")
def test_there_may_be_no_page_at_all(visitor: Visitor) -> None:
    """The first version had none."""
    query = {"token": visitor.token, "task": visitor.task, "session": visitor.session}

    assert visitor.http.get("/workspace/claim", params=query).status_code == 404


@rests_on("GET /register", "user id form")
def test_there_is_a_page_to_register(visitor: Visitor) -> None:
    """For the user whom `?bind=` names."""
    reply = visitor.http.get("/register", params={"bind": visitor.user})

    assert reply.status_code == 200
    assert reply.headers["content-type"].partition(";")[0] == "text/html"
    assert visitor.user in reply.text


@rests_on("GET /register")
def test_a_page_to_register_needs_a_user(stranger: Visitor) -> None:
    """404 for a link without one; and whatever stands in it is shown as text."""
    assert stranger.http.get("/register").status_code == 404
    assert stranger.http.get("/register", params={"bind": ""}).status_code == 404
    assert "<b>" not in stranger.http.get("/register", params={"bind": "<b>x"}).text


@pytest.mark.parametrize("path", ["/register?bind=anon_1", "/workspace/claim?ct=x"])
@CT
@rests_on("GET /register", PAGE)
def test_a_page_may_load_nothing_from_elsewhere(stranger: Visitor, path: str) -> None:
    """And tells nobody where its reader came from: there may be a token in its address."""
    headers = stranger.http.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
