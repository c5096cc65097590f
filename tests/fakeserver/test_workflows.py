"""Whole workflows, as the skills describe them, through the in-process door with the real agent and encoder."""

from __future__ import annotations

import io
from typing import Any

import av
import httpx
import pytest

from nemovideo_fakeserver import Fake
from support.caller import Caller
from support.media import mp4

LAST = ("completed", "failed", "cancelled")


def export(fake: Fake, caller: Caller, id_: str) -> dict[str, Any]:
    """Submit a render and poll it every 30 virtual seconds until it is over."""
    assert caller.submit(id_).json()["status"] == "pending"
    for _ in range(10):
        fake.clock.sleep_sync(30)
        status: dict[str, Any] = caller.get(f"/api/render/proxy/lambda/{id_}").json()
        if status["status"] in LAST:
            return status
    raise AssertionError(f"still not over: {status}")


def seconds_of(film: bytes) -> float:
    """Return how long a film is, as a player finds it."""
    with av.open(io.BytesIO(film), "r") as opened:
        assert opened.duration is not None
        return opened.duration / 1_000_000


def names(caller: Caller, tt: int) -> list[str]:
    """Return what the segments of one kind are called."""
    return [s["m"].get("name", "") for t in caller.tracks() if t["tt"] == tt for s in t["sg"]]


def test_upload_music_export_download(fake: Fake, caller: Caller) -> None:
    """A clip with music on it comes out as a film of the clip's length, for the price of one edit."""
    caller.upload("travel.mp4", mp4(seconds=3.0))

    caller.say("Generate a free background music track that matches the mood of my video")
    status = export(fake, caller, "render_1")

    output = status["output"]
    film = caller.http.get(output["url"]).content
    assert status["status"] == "completed"
    assert len(film) == output["size"]
    assert seconds_of(film) == pytest.approx(3.0, abs=0.1)
    assert caller.balance() == {"available": 50, "frozen": 0, "total": 50}


def test_several_files_each_with_its_own_instructions_and_render(
    fake: Fake, caller: Caller
) -> None:
    """Files handled one by one in one session give one film each, with what was asked for that file."""
    caller.upload("a.mp4", mp4(seconds=2.0))
    caller.upload("b.mp4", mp4(seconds=4.0))

    caller.say("Add lo-fi music to a.mp4")
    first_names = names(caller, 0), names(caller, 1)
    first = export(fake, caller, "render_a")
    caller.say("Now add jazz to b.mp4")
    second_names = names(caller, 0), names(caller, 1)
    second = export(fake, caller, "render_b")

    assert first_names[0] == ["a.mp4"]
    assert second_names[0] == ["b.mp4"]
    assert "lo-fi" in first_names[1][0].lower()
    assert "jazz" in second_names[1][0].lower()
    assert [render["output"]["duration"] for render in (first, second)] == pytest.approx(
        [2.0, 4.0], abs=0.1
    )
    assert caller.balance()["available"] == 50


def test_from_scratch_in_two_stages(fake: Fake, caller: Caller) -> None:
    """A generated video is on the timeline long before the music and the title nobody asked for."""
    with caller.http.stream(
        "POST",
        "/run_sse",
        headers=caller.headers,
        json=caller.message("make a 10s video of a city timelapse"),
    ) as stream:
        seen = [
            sorted(track["tt"] for track in caller.tracks())
            for line in stream.iter_lines()
            if "tool_result" in line
        ]

    assert seen[0] == [0]
    assert seen[-1] == [0, 1, 7]
    assert caller.balance() == {"available": 0, "frozen": 0, "total": 0}


def test_a_reader_who_leaves_misses_nothing_but_the_reading(fake: Fake, caller: Caller) -> None:
    """The edit happens and is paid for although the stream was closed after its first event."""
    request = caller.message("Add the title 'Paradise Found' in white at the top")
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=request) as stream:
        next(stream.iter_lines())

    frozen = caller.balance()["frozen"]
    fake.clock.jump(30)

    assert frozen == 50
    assert caller.balance() == {"available": 50, "frozen": 0, "total": 50}
    assert [s["m"]["text"] for t in caller.tracks() for s in t["sg"]] == ["Paradise Found"]


def test_a_silent_edit_is_found_in_the_state(http: httpx.Client) -> None:
    """About three edits in ten end without a word; the draft has changed all the same."""
    silent = 0
    for number in range(10):  # an address gets ten tokens a week
        caller = Caller(http).connect(f"client-{number}")
        events = caller.say("Add the title 'Urban Dreams'")
        spoken = [event for event in events if event.get("type") == "text"]
        silent += not spoken
        assert [s["m"]["text"] for t in caller.tracks() for s in t["sg"]] == ["Urban Dreams"]

    assert 1 <= silent <= 6


def test_a_week_ends_the_token(fake: Fake, caller: Caller) -> None:
    """After seven days the token has expired, and the same client gets a new one and finds its session."""
    fake.clock.jump(7 * 86_400)

    refused = caller.get("/api/credits/balance/simple").json()
    caller.identify()

    assert refused["code"] == 1001
    assert "token has expired" in refused["message"]
    assert caller.state()["draft"] == {}
