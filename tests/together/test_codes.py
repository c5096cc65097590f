"""Every business code by which the service says no: which error it is, and what the client does about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.errors import FileTooLarge, OutOfCredits, SessionNotFound, UnsupportedFile
from nemovideo_client.events import Notice
from nemovideo_client.models import Session
from nemovideo_client.words import SESSION_RENEWED
from nemovideo_fakeserver.core.costs import DOCUMENTED
from support.together.house import House
from support.together.lines import CREDITS, SAY, SESSION, TOKEN, UPLOAD
from support.together.refusing import SKILL, no
from support.together.sound import silence

# 1001 - the token


def test_a_message_refused_for_its_token_goes_out_again_with_a_new_one(house: House) -> None:
    """1001 comes before anything is charged; whoever has no account there needs a session, too."""
    nemo = house.client(token=house.token())
    nemo.connect()
    house.meddler.on(SAY, instead=no(1001))
    result = nemo.chat("generate 200")

    assert result.ended == "closed"
    assert (len(house.asked(TOKEN)), len(house.asked(SESSION))) == (1, 2)
    assert house.spent(nemo) == 100


@pytest.mark.parametrize("token", ["nonsense", "nmv_usr_" + "x" * 43])
def test_a_token_that_never_was_is_replaced(house: House, token: str) -> None:
    """1001, whatever is wrong with it."""
    nemo = house.client(token=token)

    assert nemo.credits().total == 100
    assert len(house.asked(CREDITS)) == 2


# 1002 - the session


def test_a_session_that_is_gone_is_replaced(house: House) -> None:
    """1002: a new session, and the message is sent there (all four skills); the user is told."""
    nemo = house.client()
    nemo.connect()
    nemo.session = Session(session_id="9" * 19)
    watched = house.watch(nemo.stream("edit 20"))

    assert Notice(SESSION_RENEWED.en) in watched.pieces
    assert watched.outcome.ended == "closed"
    assert len(house.asked(SAY)) == 1
    assert nemo.credits().total == 50


def test_a_message_refused_for_its_session_goes_out_again_in_a_new_one(house: House) -> None:
    """The session may be lost between the look at its state and the message."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(SAY, instead=no(1002))
    result = nemo.chat("generate 200")

    assert result.ended == "closed"
    assert len(house.asked(SAY)) == 2
    assert len({seen.json()["session_id"] for seen in house.meddler.asked(SAY)}) == 2
    assert house.spent(nemo) == 100


@pytest.mark.breaks("lost-session-used", because="the caller insists on the session")
def test_a_session_that_the_caller_names_is_the_callers_to_replace(house: House) -> None:
    """A session of another account is unknown to this one, and none is made instead."""
    other = house.client().connect()
    nemo = house.client()
    nemo.connect()
    for act in (
        lambda: nemo.chat("edit 20", session_id=other.session_id),
        lambda: nemo.state(session_id=other.session_id),
        lambda: nemo.submit_render(session_id=other.session_id),
        lambda: nemo.upload("https://example.com/a.mp4", session_id=other.session_id),
    ):
        with pytest.raises(SessionNotFound) as caught:
            act()
        assert caught.value.code == 1002

    assert (len(house.asked(SESSION)), house.asked(SAY)) == (2, [])
    assert nemo.credits().total == 100


# 2001 - the credits


@pytest.mark.house(web_base="here")
def test_an_anonymous_user_without_credits_is_shown_where_to_register(house: House) -> None:
    """2001: `?bind=<user id>` keeps the project (all four skills)."""
    nemo = house.client()
    nemo.chat("generate 200")
    before = nemo.credits()
    with pytest.raises(OutOfCredits) as caught:
        nemo.chat("edit 20")

    link = caught.value.link
    assert link is not None
    assert link.endswith(f"/register?bind={nemo.user_id}")
    assert link in str(caught.value)
    assert house.browse(link).status_code == 200
    assert len(house.asked(SAY)) == 2
    assert nemo.credits() == before


def test_without_words_of_the_service_the_link_is_made_here(house: House) -> None:
    """`https://nemovideo.com/register?bind=<user id>` (51912643291)."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(SAY, instead=no(2001))
    with pytest.raises(OutOfCredits) as caught:
        nemo.chat("edit 20")

    assert caught.value.link == f"https://nemovideo.com/register?bind={nemo.user_id}"


def test_a_registered_user_without_credits_is_told_what_the_skill_says(house: House) -> None:
    """2001: whoever is registered tops up, and is shown no registration (all four skills)."""
    nemo = house.client(token=house.token(registered=True), skill=SKILL)
    nemo.chat("generate 200")
    with pytest.raises(OutOfCredits) as caught:
        nemo.chat("edit 20")

    assert (caught.value.link, caught.value.top_up) == (None, "Top up at nemovideo.ai.")
    assert "Top up at nemovideo.ai." in str(caught.value)


# 4001, 4002 - files


def test_a_file_that_is_no_media_is_refused_with_the_formats(house: House, tmp_path: Path) -> None:
    """4001: show the formats (all four skills)."""
    film = tmp_path / "film.mp4"
    film.write_text("no film at all")
    nemo = house.client()
    with pytest.raises(UnsupportedFile) as caught:
        nemo.upload(film)

    assert {"mp4", "png", "wav"} < set(caught.value.formats)
    assert "mp4" in str(caught.value)
    assert (len(house.asked(UPLOAD)), nemo.state().video_infos) == (1, ())


def test_a_file_over_the_limit_is_refused(house: House, tmp_path: Path) -> None:
    """4002: compress or trim (all four skills)."""
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(1000))
    house.meddler.on(UPLOAD, instead=no(4002))
    with pytest.raises(FileTooLarge, match="Compress or trim"):
        house.client().upload(film)

    assert len(house.asked(UPLOAD)) == 1


@pytest.mark.house(max_upload=1000)
def test_a_file_is_too_large_where_the_service_says_so(house: House, tmp_path: Path) -> None:
    """500 MB, 200 MB, 2 GB: documents differ, so no limit is the client's own to enforce."""
    nemo = house.client()
    with pytest.raises(FileTooLarge, match="1000 B"):
        nemo.upload(silence(tmp_path / "long.wav", 5))

    assert nemo.state().video_infos == ()


# the same by HTTP status, too

MAPPED = pytest.mark.house(error_http="mapped")


@MAPPED
def test_a_lost_token_and_a_lost_session_are_replaced_whatever_the_status(house: House) -> None:
    """1001 with 401, 1002 with 404: the code says what it is."""
    nemo = house.client(token="nonsense")
    nemo.session = Session(session_id="9" * 19)

    assert nemo.chat("text 5").ended == "closed"
    assert (len(house.asked(TOKEN)), len(house.asked(SAY))) == (1, 1)


@MAPPED
@pytest.mark.house(costs=DOCUMENTED)
def test_no_credits_are_no_plan_that_does_not_export(house: House) -> None:
    """2001 comes with 402, as does a blocked export: the code says which it is."""
    nemo = house.client()
    nemo.chat("generate 200")
    with pytest.raises(OutOfCredits) as caught:
        nemo.chat("edit 20")

    assert (caught.value.status, caught.value.code) == (402, 2001)
    assert len(house.asked(SAY)) == 2


@MAPPED
@pytest.mark.house(max_upload=1000)
def test_a_bad_file_is_refused_whatever_the_status(house: House, tmp_path: Path) -> None:
    """4001 with 415, 4002 with 413."""
    bad = tmp_path / "film.mp4"
    bad.write_text("no film at all")
    nemo = house.client()
    with pytest.raises(UnsupportedFile):
        nemo.upload(bad)
    with pytest.raises(FileTooLarge):
        nemo.upload(silence(tmp_path / "long.wav", 5))
