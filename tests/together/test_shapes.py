"""One reply, many shapes: whichever a document prints, the client reads the same out of it."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.errors import OutOfCredits
from support.meddling.acts import reply, reshape
from support.together.house import House
from support.together.lines import (
    CLAIM,
    CREDITS,
    NEW_TOKEN,
    REVOKE,
    SAY,
    SESSION,
    STATE,
    TOKEN,
    TOKENS,
    UPLOAD,
)
from support.together.shaping import ENVELOPES, Change, bare, success, without

BEACH = "https://example.com/beach.mp4"


@ENVELOPES
def test_credits(house: House, change: Change) -> None:
    """Three numbers, wrapped or not (52127510908; 55942617650)."""
    nemo = house.client()
    before = nemo.credits()
    house.meddler.on(CREDITS, after=reshape(change))

    assert nemo.credits() == before


def test_credits_without_a_sum(house: House) -> None:
    """`total` is `available` and `frozen` together (52127510908)."""
    nemo = house.client()
    before = nemo.credits()
    house.meddler.on(CREDITS, after=reshape(without("total")))

    assert nemo.credits() == before


@pytest.mark.parametrize("change", [bare, success, without("user_id", "expires_at")])
def test_an_anonymous_token(house: House, change: Change) -> None:
    """The long form (52127510908), and `{"token","credits"}` from version 1.0 on."""
    house.meddler.on(TOKEN, after=reshape(change))
    nemo = house.client()
    token = nemo.create_anonymous_token()

    assert (token.value, token.credits) == (nemo.token, 100)
    assert nemo.chat("text 5").ended == "closed"
    assert (nemo.user_id or "").startswith("anon_")


def _number(told: Any) -> Any:
    data = told["data"]
    return {**told, "data": {**data, "session_id": int(data["session_id"])}}


@pytest.mark.parametrize("change", [bare, success, without("user_id"), without("task_id"), _number])
def test_a_new_session(house: House, change: Change) -> None:
    """With and without a user id (A1; from version 1.0 on), the id as text or as a number."""
    house.meddler.on(SESSION, after=reshape(change))
    nemo = house.client()
    session = nemo.connect()
    (asked,) = house.meddler.asked(SESSION)

    assert asked.json()["task_name"] == "project"
    assert nemo.state().session_id == session.session_id
    assert (nemo.user_id or "").startswith("anon_")


def test_whose_project_it_is_may_be_known_from_the_state_alone(house: House) -> None:
    """`?bind=<id>`: "from create-session or state response" (vendor skill 1.9)."""
    house.meddler.on(TOKEN, after=reshape(without("user_id")))
    house.meddler.on(SESSION, after=reshape(without("user_id")))
    no = reply(200, {"code": 2001, "message": "no credits", "data": None})
    house.meddler.on(SAY, instead=no)
    nemo = house.client()
    with pytest.raises(OutOfCredits) as caught:
        nemo.chat("edit 20")

    user = nemo.state().user_id
    assert (caught.value.link or "").endswith(f"/register?bind={user}")


@pytest.mark.house(claim_link="ct")
@ENVELOPES
def test_a_claim_token(house: House, change: Change) -> None:
    """`clm_` and 604800 seconds (vendor skill 1.9)."""
    house.meddler.on(CLAIM, after=reshape(change))
    claim = house.client().create_claim_token()

    assert claim.value.startswith("clm_")
    assert claim.expires_in == 604800


def _inner(told: Any) -> Any:
    return told["data"]["state"]


def _spread(told: Any) -> Any:
    data = dict(told["data"])
    return {"code": 0, "data": data.pop("state") | data}


@pytest.mark.parametrize("change", [bare, success, _spread])
def test_the_state(house: House, change: Change) -> None:
    """Under `data.state` (52127510908), or its parts side by side with the ids."""
    nemo = house.client()
    nemo.upload(BEACH)
    nemo.chat("edit 20")
    before = nemo.state()
    house.meddler.on(STATE, after=reshape(change))

    assert nemo.state() == before
    assert before.draft["t"]


def test_the_state_and_nothing_else(house: House) -> None:
    """Its parts alone, without ids: what is on the timeline counts."""
    nemo = house.client()
    nemo.chat("edit 20")
    before = nemo.state()
    house.meddler.on(STATE, after=reshape(_inner))
    after = nemo.state()

    assert (after.draft, after.canvas, after.video_infos) == (
        before.draft,
        before.canvas,
        before.video_infos,
    )


@pytest.mark.parametrize("missing", ["draft", "generated_media", "video_analyses", "canvas_config"])
def test_a_state_that_lacks_a_part(house: House, missing: str) -> None:
    """Skills name different parts of it; an absent draft is an empty one."""
    nemo = house.client()
    before = nemo.state()

    def change(told: Any) -> Any:
        del told["data"]["state"][missing]
        return told

    house.meddler.on(STATE, after=reshape(change))
    after = nemo.state()

    assert (after.draft, after.video_infos) == (before.draft, before.video_infos) == ({}, ())


@ENVELOPES
def test_an_upload(house: House, change: Change) -> None:
    """Files with all that is known of them (52127510908)."""
    nemo = house.client()
    house.meddler.on(UPLOAD, after=reshape(change), nth=2)
    first, second = nemo.upload(BEACH), nemo.upload(BEACH)

    assert [f.filename for f in second.files] == [f.filename for f in first.files] == ["beach.mp4"]
    assert second.files[0].url is not None
    assert second.applied is True


def test_an_upload_that_tells_less(house: House) -> None:
    """51912643291 prints neither `fps` nor `hash`."""

    def change(told: Any) -> Any:
        for file in told["data"]["files"]:
            del file["fps"], file["hash"]
        return told

    house.meddler.on(UPLOAD, after=reshape(change))
    (file,) = house.client().upload(BEACH).files

    assert (file.filename, file.kind, file.fps, file.hash) == ("beach.mp4", "video", None, None)
    assert file.duration


# tokens of the account


@ENVELOPES
def test_further_tokens(house: House, change: Change) -> None:
    """No document shows a reply; these are read in either envelope."""
    nemo = house.client()
    house.meddler.on(NEW_TOKEN, after=reshape(change))
    house.meddler.on(TOKENS, after=reshape(change))
    house.meddler.on(REVOKE, after=reshape(change))
    made = nemo.create_api_token("laptop", scopes=("read",))
    listed = nemo.list_api_tokens()

    assert (made.name, made.scopes) == ("laptop", ("read",))
    assert made.id in {token.id for token in listed}
    assert nemo.revoke_api_token(made.id).revoked is True
