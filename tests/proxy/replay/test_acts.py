"""Acts: each is played once, in the order of the recording."""

from __future__ import annotations

from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, guest, recording

SAY = "POST /run_sse"


def test_the_same_message_twice_has_the_first_answer_and_then_the_second() -> None:
    """Acts that ask for the same are told apart by their order."""
    talk = recording(
        exchange(SAY, {"n": 1}, body={"text": "go"}), exchange(SAY, {"n": 2}, body={"text": "go"})
    )
    with Replay(talk) as replay:
        client = guest(replay)

        assert [client.told(SAY, {"text": "go"})["n"] for _ in range(2)] == [1, 2]


def test_an_act_that_was_played_is_not_played_again() -> None:
    """Whatever comes beyond the recording was not recorded."""
    with Replay(recording(exchange(SAY, {}, body={"text": "go"}))) as replay:
        client = guest(replay)
        client.told(SAY, {"text": "go"})

        assert "replayed already" in client.miss(SAY, {"text": "go"})["why"]


def test_with_repeats_an_act_is_played_as_often_as_one_likes() -> None:
    """`allow_playback_repeats`, as with VCR, begins with the first again."""
    talk = recording(
        exchange(SAY, {"n": 1}, body={"text": "go"}), exchange(SAY, {"n": 2}, body={"text": "go"})
    )
    with Replay(talk, allow_playback_repeats=True) as replay:
        client = guest(replay)

        assert [client.told(SAY, {"text": "go"})["n"] for _ in range(4)] == [1, 2, 1, 1]


def test_acts_of_other_sessions_are_not_taken() -> None:
    """Ids that are bound already have to agree."""
    talk = recording(
        exchange("POST /api/tasks/me/with-session/nemo_agent", {"session_id": "s-10001"}, body={}),
        exchange("POST /api/tasks/me/with-session/nemo_agent", {"session_id": "s-10002"}, body={}),
        exchange(SAY, {"n": 1}, body={"session_id": "s-10001", "text": "go"}),
        exchange(SAY, {"n": 2}, body={"session_id": "s-10002", "text": "go"}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        for _ in range(2):
            client.told("POST /api/tasks/me/with-session/nemo_agent", {})

        assert client.told(SAY, {"session_id": "s-10002", "text": "go"})["n"] == 2
        assert client.told(SAY, {"session_id": "s-10001", "text": "go"})["n"] == 1


def test_a_request_without_its_token_is_not_the_recorded_one() -> None:
    """A client that forgets who it is must not get what was somebody's."""
    with Replay(recording(exchange(SAY, {}, body={"text": "go"}))) as replay:
        miss = guest(replay, token=None).miss(SAY, {"text": "go"})

        assert miss["differences"] == [
            {"place": "authorization", "recorded": "a token", "asked": None}
        ]


def test_headers_are_compared_where_that_is_asked_for() -> None:
    """`match_on` with `headers` takes all but those that belong to the way."""
    said = (("X-Skill-Source", "one"), ("User-Agent", "recorded"))
    talk = recording(exchange(SAY, {}, body={"text": "go"}, headers=said))
    with Replay(talk, match_on=("method", "path", "body", "headers")) as replay:
        guest(replay).miss(SAY, {"text": "go"}, X_Skill_Source="two")
        guest(replay).told(SAY, {"text": "go"}, X_Skill_Source="one")


def test_bodies_are_not_compared_where_that_is_left_out() -> None:
    """`match_on` without `body` takes any."""
    with Replay(
        recording(exchange(SAY, {"n": 1}, body={"text": "go"})), match_on=("method", "path")
    ) as replay:
        assert guest(replay).told(SAY, {"text": "else"}) == {"n": 1}


TOKEN = "POST /api/auth/anonymous-token"


def test_a_client_that_forgot_its_id_once_goes_on_as_itself() -> None:
    """What was said to nobody is not said to somebody, and the other way round."""
    talk = recording(
        exchange(TOKEN, {"n": 1, "token": "nmv_usr_10000001"}, token=None, client="c-100001"),
        exchange(TOKEN, {"n": 2}, token=None),
        exchange(TOKEN, {"n": 3}, token=None, client="c-100001"),
    )
    with Replay(talk) as replay:
        client = guest(replay, token=None)
        named = {"X_Client_Id": "me"}
        seen = [client.told(TOKEN, **more)["n"] for more in (named, {}, named)]

    assert seen == [1, 2, 3]
    assert not replay.unplayed()


def test_a_client_without_an_id_gets_a_token_that_one_with_an_id_got() -> None:
    """If that is all that was recorded."""
    talk = recording(exchange(TOKEN, {"token": "nmv_usr_10000001"}, token=None, client="c-100001"))
    with Replay(talk) as replay:
        assert guest(replay, token=None).told(TOKEN) == {"token": "nmv_usr_10000001"}
