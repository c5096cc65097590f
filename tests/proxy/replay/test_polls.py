"""Polls by time and by order: what they rest on, and what they show."""

from __future__ import annotations

from nemovideo_proxy.model import Interaction
from nemovideo_proxy.replay.polls import Polls
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, guest, recording

ORDER = "POST /api/render/proxy/lambda"
RENDER = "/api/render/proxy/lambda"
BALANCE = "GET /api/credits/balance/simple"
SAY = "POST /run_sse"


def _renders() -> tuple[Interaction, ...]:
    return (
        exchange(ORDER, {"taskId": "render_100001"}, body={"id": "render_100001"}, at=100),
        exchange(f"GET {RENDER}/render_100001", {"progress": 10}, at=110),
        exchange(f"GET {RENDER}/render_100001", {"progress": 50}, at=130),
        exchange(f"GET {RENDER}/render_100001", {"progress": 100}, at=160),
    )


def _progress(speed: str, polls: Polls, waits: list[float]) -> list[int]:
    with Replay(recording(*_renders()), speed=speed, polls=polls) as replay:
        client = guest(replay)
        client.told(ORDER, {"id": "render_7"})
        seen = []
        for wait in waits:
            replay.clock.jump(wait)
            seen.append(client.told(f"GET {RENDER}/render_7")["progress"])
        return seen


def test_a_poll_shows_what_the_recording_had_at_that_age_of_the_render() -> None:
    """Ages count from the order; whoever comes early gets the first answer, and the last one stays."""
    assert _progress("virtual", "time", [1, 9, 14, 6, 500, 500]) == [10, 10, 10, 50, 100, 100]


def test_a_poll_a_little_early_gets_what_it_was_on_its_way_to() -> None:
    """A client that polls as the recorded one did, only quicker by a second or two, sees the same."""
    assert _progress("virtual", "time", [9, 19, 29]) == [10, 50, 100]
    assert _progress("virtual", "time", [9, 16]) == [10, 50]
    assert _progress("virtual", "time", [9, 15.9]) == [10, 10]


def test_a_poll_by_order_shows_one_answer_after_the_other_and_the_last_stays() -> None:
    """However fast a client asks, it sees every answer that was recorded."""
    assert _progress("virtual", "order", [0, 0, 0, 0]) == [10, 50, 100, 100]


def test_at_instant_speed_polls_go_by_order() -> None:
    """Where nobody waits, ages say nothing."""
    assert _progress("instant", "time", [0, 0, 0]) == [10, 50, 100]


def test_several_polls_of_one_moment_come_one_after_the_other() -> None:
    """Where time stood while they were recorded each has its own answer; the last one stays."""
    talk = recording(
        exchange(BALANCE, {"n": 1}, at=5),
        exchange(BALANCE, {"n": 2}, at=5),
        exchange(BALANCE, {"n": 3}, at=5),
        exchange(BALANCE, {"n": 4}, at=60),
        exchange(BALANCE, {"n": 5}, at=60),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        seen = [client.told(BALANCE)["n"] for _ in range(2)]
        replay.clock.jump(55)
        seen += [client.told(BALANCE)["n"] for _ in range(3)]

    assert seen == [1, 2, 4, 5, 5]


def test_a_later_moment_is_told_from_its_first_poll_on() -> None:
    """Whoever asked less often at the moments before has missed those, and not these."""
    talk = recording(
        *(exchange(BALANCE, {"n": n}, at=at) for n, at in enumerate((5, 5, 60, 60, 60)))
    )
    with Replay(talk) as replay:
        client = guest(replay)
        seen = [client.told(BALANCE)["n"]]
        replay.clock.jump(100)
        seen += [client.told(BALANCE)["n"] for _ in range(4)]

    assert seen == [0, 2, 3, 4, 4]


def test_polls_of_two_renders_do_not_disturb_each_other() -> None:
    """Each render has its own age, whatever order they were polled in."""
    other = (
        exchange(ORDER, {"taskId": "render_100002"}, body={"id": "render_100002"}, at=105),
        exchange(f"GET {RENDER}/render_100002", {"progress": 20}, at=115),
        exchange(f"GET {RENDER}/render_100002", {"progress": 100}, at=125),
    )
    first = _renders()
    with Replay(recording(first[0], other[0], *first[1:2], *other[1:], *first[2:])) as replay:
        client = guest(replay)
        client.told(ORDER, {"id": "one"})
        replay.clock.jump(10)
        client.told(ORDER, {"id": "two"})
        replay.clock.jump(20)

        assert client.told(f"GET {RENDER}/two")["progress"] == 100
        assert client.told(f"GET {RENDER}/one")["progress"] == 50


def test_credits_show_what_they_were_after_the_last_act() -> None:
    """A poll of no render rests on the last act of the conversation."""
    talk = recording(
        exchange(BALANCE, {"available": 100}, at=1),
        exchange(SAY, {}, body={"text": "one"}, at=10),
        exchange(BALANCE, {"available": 80}, at=12),
        exchange(BALANCE, {"available": 75}, at=30),
        exchange(SAY, {}, body={"text": "two"}, at=50),
        exchange(BALANCE, {"available": 50}, at=52),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        seen = [client.told(BALANCE)]
        replay.clock.jump(1000)
        seen.append(client.told(BALANCE))
        client.told(SAY, {"text": "one"})
        seen.append(client.told(BALANCE))
        replay.clock.jump(20)
        seen.append(client.told(BALANCE))
        client.told(SAY, {"text": "two"})
        seen.append(client.told(BALANCE))

    assert [each["available"] for each in seen] == [100, 100, 80, 75, 50]


def test_where_nothing_was_polled_after_an_act_the_last_answer_before_it_stays() -> None:
    """The recording knows nothing newer."""
    talk = recording(
        exchange(BALANCE, {"available": 100}, at=1), exchange(SAY, {}, body={"text": "one"}, at=10)
    )
    with Replay(talk) as replay:
        client = guest(replay)
        client.told(SAY, {"text": "one"})

        assert client.told(BALANCE) == {"available": 100}


def test_what_was_polled_only_after_a_later_act_is_a_miss_that_says_so() -> None:
    """The answer would tell of what has not happened yet."""
    talk = recording(
        exchange(SAY, {}, body={"text": "one"}, at=1),
        exchange(SAY, {}, body={"text": "two"}, at=5),
        exchange(BALANCE, {"available": 50}, at=6),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        client.told(SAY, {"text": "one"})
        miss = client.miss(BALANCE)

        assert miss["why"] == "only recorded later, after #2 POST /run_sse"
        assert miss["nearest"]["number"] == 3
        assert miss["nearest"]["where"] == "session.yaml:30"


def test_a_render_that_was_never_ordered_has_no_polls() -> None:
    """Its recorded polls rest on its order."""
    with Replay(recording(*_renders())) as replay:
        assert "after #1" in guest(replay).miss(f"GET {RENDER}/render_9")["why"]


def test_a_recording_that_begins_in_the_middle_can_be_polled() -> None:
    """Where no order was recorded, polls rest on nothing, and ages count from the first."""
    polls = [
        exchange(f"GET {RENDER}/render_100001", {"progress": 10}, at=110),
        exchange(f"GET {RENDER}/render_100001", {"progress": 100}, at=130),
    ]
    with Replay(recording(*polls)) as replay:
        client = guest(replay)
        seen = [client.told(f"GET {RENDER}/render_5")["progress"]]
        replay.clock.jump(14)
        seen.append(client.told(f"GET {RENDER}/render_5")["progress"])
        replay.clock.jump(6)
        seen.append(client.told(f"GET {RENDER}/render_5")["progress"])

    assert seen == [10, 10, 100]


def test_a_cancel_is_an_act_on_its_render() -> None:
    """What was polled after it is shown only once it has come."""
    cancelled = (
        exchange(f"POST {RENDER}/render_100001/cancel", {}, at=165),
        exchange(f"GET {RENDER}/render_100001", {"progress": -1}, at=166),
    )
    with Replay(recording(*_renders(), *cancelled)) as replay:
        client = guest(replay)
        client.told(ORDER, {"id": "r"})
        replay.clock.jump(1000)
        before = client.told(f"GET {RENDER}/r")
        client.told(f"POST {RENDER}/r/cancel")
        after = client.told(f"GET {RENDER}/r")

    assert (before["progress"], after["progress"]) == (100, -1)


def test_ages_count_for_a_second_client_too() -> None:
    """What the first has seen already is not there yet for whoever comes later."""
    with Replay(recording(*_renders())) as replay:
        for token in ("t1", "t2"):
            client = guest(replay, token)
            client.told(ORDER, {"id": "r"})
            seen = []
            for _ in range(3):
                seen.append(client.told(f"GET {RENDER}/r")["progress"])
                replay.clock.jump(30)

            assert seen == [10, 50, 100]


def test_acts_of_another_recording_say_nothing_of_polls() -> None:
    """Though the same pseudonym stands for both tokens."""
    one = recording(exchange(SAY, {}, body={"text": "one"}))
    other = recording(
        exchange(BALANCE, {"available": 100}), exchange(SAY, {}, body={"text": "two"})
    )
    with Replay([one, other]) as replay:
        assert guest(replay).told(BALANCE) == {"available": 100}
