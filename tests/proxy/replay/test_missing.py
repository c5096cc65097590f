"""A miss says what was nearest, and everything that differs; it tells no secret and asks nobody."""

from __future__ import annotations

import json
import logging
from urllib.parse import quote

import pytest

from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, guest, recording

SAY = "POST /run_sse"


def test_each_difference_in_a_body_is_told_by_its_path() -> None:
    """What differs, what is missing, and what is new."""
    said = {"new_message": {"parts": [{"text": "go"}]}, "app_name": "nemo", "old": 1}
    asked = {"new_message": {"parts": [{"text": "stop"}]}, "app_name": "nemo", "new": 2}
    with Replay(recording(exchange(SAY, body=said))) as replay:
        miss = guest(replay).miss(SAY, asked)

    assert miss["request"] == "POST /run_sse"
    assert miss["nearest"] == {"number": 1, "where": "session.yaml:10", "request": "POST /run_sse"}
    assert miss["differences"] == [
        {"place": "body.new_message.parts[0].text", "recorded": '"go"', "asked": '"stop"'},
        {"place": "body.old", "recorded": "1", "asked": None},
        {"place": "body.new", "recorded": None, "asked": "2"},
    ]


def test_the_nearest_is_the_most_alike_of_those_on_the_same_path() -> None:
    """However many others there are."""
    talk = recording(
        exchange("POST /api/auth/anonymous-token", token=None),
        exchange(SAY, body={"text": "one", "language": "zh"}),
        exchange(SAY, body={"text": "two", "language": "en"}),
        exchange("GET /api/credits/balance/simple"),
    )
    with Replay(talk) as replay:
        miss = guest(replay).miss(SAY, {"text": "three", "language": "zh"})

    assert miss["nearest"]["number"] == 2
    assert [each["place"] for each in miss["differences"]] == ["body.text"]


def test_method_path_and_query_are_told_too() -> None:
    """A request on another route is compared to what looks most like it."""
    with Replay(recording(exchange("GET /api/credits/balance/simple?unit=a"))) as replay:
        miss = guest(replay).miss("POST /api/credits/balance/simpel?unit=b")

    assert [each["place"] for each in miss["differences"]] == ["method", "path", "query.unit"]


def test_an_empty_recording_says_that_nothing_is_recorded() -> None:
    """There is no nearest."""
    with Replay(recording()) as replay:
        miss = guest(replay).miss("GET /api/credits/balance/simple")

    assert (miss["why"], miss["nearest"]) == ("nothing is recorded", None)


def test_a_miss_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the live token nor the client id, wherever the request has them; the log has one line."""
    secret, client_id = "nmv_usr_very_secret_0", "client-of-mine-0"
    with Replay(recording(exchange(SAY, body={"text": "go"}))) as replay:
        client = guest(replay, secret, X_Client_Id=client_id)
        with caplog.at_level(logging.WARNING):
            answer = client.ask(
                f"{SAY}?token={secret}", {"text": f"I am {secret}", "deep": [{"token": secret}]}
            )

    assert answer.status_code == 503
    for text in (answer.text, caplog.text):
        assert secret not in text
        assert client_id not in text
    assert len(caplog.records) == 1
    assert "session.yaml:10" in caplog.text


SECRETS = ("nmv_usr_Zq8LrT5wKx2Vb7Nc", "tom.jones@example.com", "clm_Zq8LrT5wKx2Vb7Nc")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("lead", ["", "x" * 100 + " "])
def test_a_miss_tells_no_secret_that_is_known_by_its_shape(
    secret: str, lead: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In the path, in a query of any name, in any text and key of the body, in another place than its own."""
    spelled = quote(secret)
    with Replay(recording(exchange(SAY, body={"text": "go"}))) as replay:
        client = guest(replay)
        with caplog.at_level(logging.WARNING):
            answers = [
                client.ask(f"GET /x/{spelled}"),
                client.ask(f"GET /x?q={spelled}"),
                client.ask(SAY, {"text": f"{lead}I am {secret}", f"key {secret}": 1}),
                client.ask(SAY, {"text": [{"inner": json.dumps({"deep": secret})}]}),
            ]

    part = secret[8:]
    for text in (*(answer.text for answer in answers), caplog.text):
        assert part not in text
        assert part[:6] not in text
        assert quote(part) not in text


@pytest.mark.parametrize(
    ("lines", "nearest"),
    [
        (("POST /api/of/some/long/route", "GET /tokens"), "GET /tokens"),
        (("POST /api/of/some/long/path", "GET /tokens"), "POST /api/of/some/long/path"),
        (("POST /api/of/some/long/route",), "POST /api/of/some/long/route"),
    ],
)
def test_the_nearest_has_the_same_path_or_else_the_same_method(
    lines: tuple[str, ...], nearest: str
) -> None:
    """Who looks is not told of an act on another route, if anything else was looked at."""
    with Replay(recording(*(exchange(line) for line in lines))) as replay:
        miss = guest(replay).miss("GET /api/of/some/long/path")

    assert miss["nearest"]["request"] == nearest


def test_no_client_takes_a_miss_for_the_service() -> None:
    """Its body has neither code nor data, and its header says who speaks."""
    with Replay(recording()) as replay:
        answer = guest(replay).ask("GET /api/credits/balance/simple")

    assert answer.status_code == 503
    assert answer.headers["x-nemo-proxy"] == "miss"
    assert set(answer.json()) == {"miss"}


def test_a_foreign_session_is_told_as_a_difference() -> None:
    """Where the shapes agree and the ids do not."""
    opened = exchange(
        "POST /api/tasks/me/with-session/nemo_agent", {"session_id": "s-100001"}, body={}
    )
    talk = recording(opened, exchange(SAY, body={"session_id": "s-100001", "text": "go"}))
    with Replay(talk) as replay:
        client = guest(replay)
        client.told("POST /api/tasks/me/with-session/nemo_agent", {})
        miss = client.miss(SAY, {"session_id": "s-999999", "text": "go"})

    assert miss["differences"] == [
        {"place": "$.session_id", "recorded": "s-100001", "asked": "s-999999"}
    ]


def test_a_miss_changes_nothing() -> None:
    """Who asked for something else may still ask for what was recorded."""
    with Replay(recording(exchange(SAY, {"n": 1}, body={"text": "go"}))) as replay:
        client = guest(replay)
        client.miss(SAY, {"text": "stop"})

        assert client.told(SAY, {"text": "go"}) == {"n": 1}
        assert len(replay.misses) == 1
        json.dumps([str(each) for each in replay.misses])


def test_the_roles_in_a_path_are_told_as_they_are() -> None:
    """What stands in braces is nobody's, and nothing is put in its place."""
    upload = "POST /api/upload-video/nemo_agent/me/s-100001"
    with Replay(recording(exchange(upload, body={"urls": ["a"]}))) as replay:
        miss = guest(replay).miss(upload, {"urls": ["b"]})

    assert miss["request"] == "POST /api/upload-video/nemo_agent/{user}/{session}"
