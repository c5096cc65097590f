"""The settings of a replay: speeds, modes, ages, and what was left over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.replay.ageing import Expired, days
from nemovideo_proxy.replay.modes import mode
from nemovideo_proxy.replay.replay import NotAllPlayed, Replay
from nemovideo_proxy.replay.speed import Speed
from support.proxy_replay import exchange, guest, recording

OLD = "2033-03-03T00:00:00Z"
NOW = datetime(2033, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rate", "instant"),
    [
        ("virtual", 0, False),
        ("recorded", 1, False),
        ("instant", 1, True),
        ("10x", 10, False),
        ("0.5x", 0.5, False),
    ],
)
def test_a_speed_is_read(text: str, rate: float, instant: bool) -> None:
    """By name, or as how many times as fast."""
    assert Speed.of(text) == Speed(rate, instant=instant)


@pytest.mark.parametrize("text", ["", "fast", "x", "-1x", "0x", "1e3x", "99999999999x"])
def test_what_is_no_speed_is_refused(text: str) -> None:
    """With the legal ones in the sentence."""
    with pytest.raises(ValueError, match="recorded, instant, or how many times"):
        Speed.of(text)


@pytest.mark.parametrize("name", ["none", "once", "new_episodes", "all", "rewrite"])
def test_a_mode_is_known_by_its_name(name: str) -> None:
    """As VCR users know them."""
    assert mode(name) == name


def test_a_cassette_that_is_open_already_is_one_recording(tmp_path: Path) -> None:
    """Though it can be iterated, too."""
    one = recording(exchange("GET /api/credits/balance/simple", {"available": 100}))
    with Writer.create(tmp_path / "session.yaml", one.header) as writer:
        writer.add(one.interaction(one.entries[0]))
    with Cassette.open(tmp_path / "session.yaml") as cassette, Replay(cassette) as replay:
        assert guest(replay).told("GET /api/credits/balance/simple") == {"available": 100}


def test_an_unknown_mode_is_refused_with_the_legal_ones() -> None:
    """A spelling mistake must not record or replay something else."""
    with pytest.raises(ValueError, match="none, once, new_episodes, all, rewrite"):
        mode("any")


def test_an_unknown_criterion_is_refused_with_the_legal_ones() -> None:
    """The same for what is compared."""
    with pytest.raises(ValueError, match="method, path, query, body, headers"):
        Replay(recording(), match_on=("methd",))


def test_an_age_is_a_number_of_days() -> None:
    """`30d`, and nothing else."""
    assert days("30d") == 30
    with pytest.raises(ValueError, match="as 30d"):
        days("30")


def test_a_recording_that_is_too_old_warns() -> None:
    """Once it is opened; the replay goes on."""
    with pytest.warns(
        UserWarning, match=r"session\.yaml was recorded .*31 days ago.*trusted for 30"
    ):
        Replay(recording(recorded_at=OLD), expires_after=30, now=NOW).close()


def test_a_recording_that_is_too_old_is_refused_where_that_is_an_error() -> None:
    """And one that is young enough is not."""
    with pytest.raises(Expired, match="record it again"):
        Replay(recording(recorded_at=OLD), expires_after=30, expiry="error", now=NOW)
    Replay(recording(recorded_at=OLD), expires_after=32, expiry="error", now=NOW).close()
    Replay(recording(recorded_at=OLD), expiry="error", now=NOW).close()


def test_what_nobody_asked_for_is_listed() -> None:
    """Acts that were not done, and polls whose question was not asked; each with its place."""
    talk = recording(
        exchange("POST /run_sse", body={"text": "one"}, at=1),
        exchange("GET /api/credits/balance/simple", {}, at=2),
        exchange("GET /api/credits/balance/simple", {}, at=3),
        exchange("POST /run_sse", body={"text": "two"}, at=4),
        exchange("GET /api/tokens", {}, at=5),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        client.told("POST /run_sse", {"text": "one"})
        client.told("GET /api/credits/balance/simple")

        assert [record.entry.number for record in replay.unplayed()] == [4, 5]
        with pytest.raises(NotAllPlayed, match=r"#4 POST /run_sse \(session.yaml:40\)\n  #5 GET"):
            replay.assert_all_played()


def test_several_recordings_are_the_conversations_of_all() -> None:
    """Though their pseudonyms are the same, since each begins to count anew."""
    talks = [
        recording(
            exchange("POST /api/auth/anonymous-token", {"token": "tok_1000001"}, token=None),
            exchange("POST /run_sse", {"n": n}, token="tok_1000001", body={"text": "go"}),
        )
        for n in range(2)
    ]
    with Replay(talks) as replay:
        tokens = [
            guest(replay, None).told("POST /api/auth/anonymous-token")["token"] for _ in range(2)
        ]
        said = [guest(replay, token).told("POST /run_sse", {"text": "go"})["n"] for token in tokens]

        assert len(set(tokens)) == 2
        assert said == [0, 1]
        replay.assert_all_played()
