"""How a request and its body read in the journal: whatever came, it can be told, in little, and without secrets."""

from __future__ import annotations

import json
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.seen import LONGEST, MOST, condensed
from nemovideo_fakeserver.core.discretion import discreet
from support.caller import Caller
from support.faulty import kinds_of
from support.media import png
from support.stage import bearer

CREDITS = "/api/credits/balance/simple"


def told(fake: Fake, kind: str) -> dict[str, Any]:
    """Return what the journal tells of the latest fact of a kind."""
    (*_, last) = kinds_of(fake, kind)
    return last


def test_no_secret_is_told(fake: Fake, caller: Caller) -> None:
    """A token's value is nowhere: not in headers, paths, queries or bodies, nor in what is said of them."""
    token = bearer(caller)
    claim = caller.post(
        "/api/auth/claim-token", {"task_id": caller.task, "session_id": caller.session}
    ).json()["data"]["claim_token"]
    caller.headers |= {"X-Also": token, "Cookie": token, "X-Api-Key": token}

    caller.get(f"/workspace/claim?ct={claim}&token={token}")
    caller.get(f"/nowhere/{token}")
    caller.post("/run_sse", {**caller.message(f"my token is {token}"), token: token})
    caller.post(f"/api/tasks/{token}/with-session/nemo_agent", {"task_name": claim})

    written = json.dumps([fact.as_dict() for fact in fake.journal])
    assert token[8:] not in written
    assert claim[4:] not in written
    assert "nmv_usr_\\u2026" in written
    assert "clm_\\u2026" in written
    assert not {"authorization", "cookie", "x-api-key"} & told(fake, "request")["headers"].keys()


def test_a_token_that_nobody_has_is_known_again(fake: Fake, http: httpx.Client) -> None:
    """By a fingerprint, so that two requests with one bad token can be told from two with others."""
    for token in ("bad", "bad", "worse"):
        http.get(CREDITS, headers={"Authorization": f"Bearer {token}"})
    http.get(CREDITS)

    tokens = [asked["token"] for asked in kinds_of(fake, "request")]
    assert tokens[0] == tokens[1] != tokens[2]
    assert tokens[0].startswith("?")
    assert tokens[3] is None


def test_a_dead_token_is_known_by_its_id(fake: Fake, caller: Caller) -> None:
    """Also on a route that asks for none."""
    fake.clock.jump(8 * 86_400)

    caller.get(CREDITS)
    refused = told(fake, "request")
    caller.get("/register")

    assert refused["account"] == caller.uid
    assert refused["token"] == told(fake, "request")["token"] is not None


@pytest.mark.parametrize("lazily", [True, False])
def test_a_body_is_told_in_short(fake: Fake, caller: Caller, *, lazily: bool) -> None:
    """Long texts are cut, a draft is told by its size, files by their names."""
    if not lazily:
        fake.journal.listen(lambda _: None)
    text = "x" * 3000
    draft = {"t": [{"tt": 0, "sg": []}], "d": 1000, "secret": text}

    caller.post("/api/render/proxy/lambda", {"id": "r", "draft": draft, "note": text})
    ordered = told(fake, "request")
    caller.upload("a.png", png())

    assert ordered["body"] == {
        "id": "r",
        "draft": {"tracks": 1, "d": 1000},
        "note": text[:LONGEST] + "…",
    }
    assert ordered["size"] > 6000
    assert told(fake, "request")["body"] == {
        "files": [{"field": "files", "filename": "a.png", "size": len(png())}]
    }
    assert told(fake, "request")["size"] == len(png())
    assert told(fake, "request")["session"] == caller.session


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_whatever_a_body_is_it_can_be_told(body: bytes) -> None:
    """What the journal keeps of it is JSON, and not long."""
    written = orjson.dumps(condensed(body))

    assert len(written) < 4 * MOST


@pytest.mark.parametrize(
    "body",
    [
        {"x" * 10**6: 1},
        {f"{n}": "y" * 1999 for n in range(200)},
        {"a": {f"{n}" * 100: n for n in range(2000)}},
        ["z" * 1999] * 200,
        {"n": 10**4000},
        json.loads("[" * 300 + "]" * 300),
        [10**300] * 1000,
    ],
    ids=lambda body: str(body)[:20],
)
def test_a_large_body_is_told_in_little(body: Any) -> None:
    """Of one that stays long when it is cut, the plain values of the first level are kept, if anything is."""
    raw = json.dumps(body).encode()

    assert len(orjson.dumps(condensed(raw))) <= MOST


@pytest.mark.parametrize(
    "body", [rb'"\ud800"', rb'{"\udfff": ["\ud800"]}', b'{"n": 99999999999999999999}']
)
def test_what_json_can_write_and_nobody_can_read_back(
    fake: Fake, caller: Caller, body: bytes
) -> None:
    """Halves of characters and enormous numbers do not keep the journal from being shown."""
    caller.http.post("/run_sse", headers=caller.headers, content=body)

    shown = caller.http.get("/__fake__/journal").json()["facts"]

    assert shown[-2]["kind"] == "request"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing here", "nothing here"),
        ("nmv_usr_" + "a" * 43, "nmv_usr_…"),
        ("a clm_" + "-_%9" * 10 + "!", "a clm_…!"),
        ("nmv_usr_short", "nmv_usr_short"),
    ],
)
def test_what_looks_like_a_token_is_cut(text: str, told: str) -> None:
    """Down to its prefix; what is too short for one is none."""
    assert discreet(text) == told
