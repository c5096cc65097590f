"""A target that drifts on purpose, in one way at a time: each is reported, and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.drift.accepted import Accepted
from nemovideo_proxy.drift.pace import RealPace
from nemovideo_proxy.drift.targets import is_near
from nemovideo_proxy.drift.telling import as_json, lines
from nemovideo_proxy.drift.verdict import Verdict
from nemovideo_proxy.drift.verifying import verified
from nemovideo_proxy.model import Interaction, Piece, Response
from support.proxy_mirror import Mirror, mirrored, target_of
from support.proxy_recordings import HEADER, answered, streamed

USER, SESSION = "anon_1234567890", "9847032180034465677"
STATE = f"/api/state/nemo_agent/{USER}/{SESSION}/latest"
STATE_ENDPOINT = "GET /api/state/nemo_agent/{user}/{session}/latest"
BEARER = (("Authorization", "Bearer nmv_usr_aaaaaaaaaaaaaaa1"),)


def _data(value: object) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


EVENTS = (
    (1.0, _data({"type": "text", "content": "On it"})),
    (2.0, _data({"type": "tool_call", "name": "edit", "args": {"op": "cut"}})),
    *((15.0 * n, b"data:\n\n") for n in range(1, 6)),
    (80.0, _data({"type": "tool_result", "name": "edit", "result": {"status": "success"}})),
    (81.0, _data({"type": "text", "content": "Done"})),
)
RECORDING = Recording(
    header=HEADER,
    interactions=(
        answered(
            1,
            "POST /api/auth/anonymous-token",
            {"code": 0, "data": {"token": BEARER[0][1][7:], "user_id": USER, "credits": 100}},
            at=0.0,
        ),
        answered(
            2,
            "POST /api/tasks/me/with-session/nemo_agent",
            {"code": 0, "data": {"session_id": SESSION, "task_id": "task_123456"}},
            asked=BEARER,
            at=1.0,
        ),
        streamed(3, EVENTS, sent={"session_id": SESSION}, at=2.0),
        answered(
            4,
            f"GET {STATE}",
            {"code": 0, "data": {"state": {"draft": {"t": [{"d": 1}, {"d": 2, "m": {}}]}}}},
            asked=BEARER,
            at=90.0,
        ),
    ),
)


def _reply(interaction: Interaction, **changed: Any) -> Interaction:
    assert interaction.response is not None
    response: Response = replace(interaction.response, **changed)
    if "body" in changed and "pieces" not in changed:
        response = replace(response, pieces=(Piece(0.0, len(changed["body"])),))
    return replace(interaction, response=response)


def _json(change: Callable[[Any], Any]) -> Callable[[Interaction], Interaction]:
    def changed(interaction: Interaction) -> Interaction:
        assert interaction.response is not None
        assert isinstance(interaction.response.body, bytes)
        value = json.loads(interaction.response.body)
        change(value)
        return _reply(interaction, body=json.dumps(value).encode())

    return changed


def _frames(*frames: tuple[float, bytes], **others: Any) -> Callable[[Interaction], Interaction]:
    return lambda interaction: streamed(interaction.number, frames, **others)


DRIFTS: dict[str, tuple[int, Callable[[Interaction], Interaction], str, str]] = {
    "missing field": (
        4,
        _json(lambda v: v["data"]["state"].pop("draft")),
        "$.data.state.draft",
        "missing",
    ),
    "extra field": (4, _json(lambda v: v["data"].update(more=1)), "$.data.more", "extra"),
    "type": (
        4,
        _json(lambda v: [track.update(d="1") for track in v["data"]["state"]["draft"]["t"]]),
        "$.data.state.draft.t[].d",
        "type",
    ),
    "code": (4, _json(lambda v: v.update(code=1002)), "$.code", "code"),
    "status": (4, lambda i: _reply(i, status=404), "status", "status"),
    "content type": (
        4,
        lambda i: _reply(i, headers=(("Content-Type", "text/html"),)),
        "content-type",
        "content-type",
    ),
    "no JSON": (4, lambda i: _reply(i, body=b"<html>"), "body", "body"),
    "order": (3, _frames(EVENTS[1], EVENTS[0], *EVENTS[2:]), "order", "order"),
    "terminal": (3, _frames(*EVENTS, (82.0, _data({"error": "boom"}))), "terminal", "terminal"),
    "field of an event": (
        3,
        _frames(EVENTS[0], (2.0, _data({"type": "tool_call", "name": "edit"})), *EVENTS[2:]),
        "${tool_call}.args",
        "missing",
    ),
    "end": (3, lambda i: replace(i, end="truncated"), "end", "end"),
    "heartbeat gap": (
        3,
        _frames(*EVENTS[:2], *((20.0 * n, b"data:\n\n") for n in range(1, 5)), *EVENTS[-2:]),
        "heartbeats",
        "heartbeats",
    ),
    "silence": (3, _frames(*EVENTS[:2], *EVENTS[-2:]), "silence", "longer"),
}


@pytest.mark.parametrize("name", DRIFTS)
def test_each_drift_is_found_where_it_is(name: str) -> None:
    """A drift is reported once, with its place, and costs the endpoint points."""
    number, drift, path, how = DRIFTS[name]
    verdict = mirrored(RECORDING, lambda i: drift(i) if i.number == number else i)

    assert (path, how) in [(finding.path, finding.how) for finding in verdict.findings]
    assert {finding.number for finding in verdict.findings} <= {number, None}
    assert not verdict.unchecked
    assert not verdict.passed(None)
    scores = {scored.endpoint: scored.score for scored in verdict.scored}
    assert [score for score in scores.values() if score != 100] == [
        scores[verdict.findings[0].endpoint]
    ]
    assert verdict.passed(10)


def test_what_has_not_drifted_scores_a_hundred() -> None:
    """A target that answers as recorded passes, without a finding."""
    verdict = mirrored(RECORDING)

    assert verdict.findings == ()
    assert verdict.score == 100
    assert verdict.passed(None)


def test_ids_are_mapped_by_reference() -> None:
    """What the target says in place of a recorded token, user or session is what it is asked with."""
    new_token, new_session = "nmv_usr_bbbbbbbbbbbbbbb2", "1111111111111111111"
    told = {1: {"token": new_token, "user_id": "anon_other1"}, 2: {"session_id": new_session}}

    def altered(interaction: Interaction) -> Interaction:
        if interaction.number not in told:
            return interaction
        return _json(lambda v: v["data"].update(told[interaction.number]))(interaction)

    mirror = Mirror(list(RECORDING.interactions), altered)
    verdict = asyncio.run(verified(RECORDING, target_of(mirror)))

    assert verdict.passed(None)
    assert mirror.seen[1].headers["authorization"] == f"Bearer {new_token}"
    assert json.loads(mirror.seen[2].content) == {"session_id": new_session}
    assert mirror.seen[3].url.path == f"/api/state/nemo_agent/anon_other1/{new_session}/latest"


@pytest.mark.parametrize(
    ("number", "altered", "why"),
    [
        (4, lambda _: httpx.ConnectError("refused"), "cannot be reached: refused"),
        (4, lambda i: replace(i, response=None), "the reply never came"),
        (3, _frames((1.0, b": ping\n\n")), "the stream is empty"),
        (2, _json(lambda v: v["data"].pop("session_id")), "reply 2 at $.data.session_id"),
    ],
    ids=["unreachable", "silent", "empty stream", "unmapped id"],
)
def test_what_could_not_be_checked_fails(
    number: int, altered: Callable[[Interaction], Interaction | Exception], why: str
) -> None:
    """It is a result of its own, says why, and fails however good the score is."""
    verdict = mirrored(RECORDING, lambda i: altered(i) if i.number == number else i)

    assert any(why in unchecked.why for unchecked in verdict.unchecked)
    assert not verdict.passed(0)


def test_which_edit_is_silent_is_chance() -> None:
    """An edit that says nothing where the recorded one spoke has no other order, terminal or score."""
    wordless = _frames(*(event for event in EVENTS if b'"text"' not in event[1]))
    verdict = mirrored(RECORDING, lambda i: wordless(i) if i.number == 3 else i)

    assert verdict.passed(None)
    silent = next(t for t in verdict.tendencies if t.aspect == "silent edits")
    assert str(silent.now).startswith("1 of 1")


@pytest.mark.parametrize(
    ("word", "same"),
    [(_data({"text": "Done"}), True), (EVENTS[-1][1], False)],
    ids=["flat", "typed"],
)
def test_where_events_are_words_alone_a_silent_edit_is_chance_too(
    *, word: bytes, same: bool
) -> None:
    """Flat events do not show which of them are edits; typed ones do, and their silence is told."""
    beats = tuple(event for event in EVENTS if event[1] == b"data:\n\n")
    turn = streamed(3, (*beats, (81.0, word)), sent={"session_id": SESSION}, at=2.0)
    recording = replace(RECORDING, interactions=(*RECORDING.interactions[:2], turn))
    silent = _frames(*beats)
    verdict = mirrored(recording, lambda i: silent(i) if i.number == 3 else i)

    assert verdict.passed(None) == same


def test_known_differences_are_accepted() -> None:
    """A known difference costs nothing and is not reported; one that is not there (any more) is named."""
    known = (
        Accepted(endpoint="GET /api/other", path="$.data.more", reason="elsewhere"),
        Accepted(endpoint=STATE_ENDPOINT, path="$.data.more", reason="newer"),
        Accepted(endpoint=STATE_ENDPOINT, path="$.gone", reason="older"),
    )
    drift = DRIFTS["extra field"][1]
    verdict = mirrored(RECORDING, lambda i: drift(i) if i.number == 4 else i, known=known)

    assert verdict.passed(None)
    assert verdict.score == 100
    assert verdict.unused == (known[0], known[2])


def test_a_broken_stream_is_compared_as_far_as_it_went() -> None:
    """A stream that was cut when it was recorded asks for the events before the cut, and for a cut."""
    cut = streamed(3, EVENTS[:4], sent={"session_id": SESSION}, at=2.0, end="truncated")
    interactions = (*RECORDING.interactions[:2], cut, RECORDING.interactions[3])
    recording = replace(RECORDING, interactions=interactions)

    assert mirrored(recording).passed(None)
    whole = mirrored(recording, lambda i: replace(i, end="eof"))
    assert [(finding.path, finding.now) for finding in whole.findings] == [("end", "eof")]


def test_who_left_leaves_again() -> None:
    """A stream that the client left is left at the same time, and what it said until then is compared."""
    left = streamed(3, EVENTS[:4], sent={"session_id": SESSION}, at=2.0, end="lost", ended=40.0)
    recording = replace(RECORDING, interactions=(*RECORDING.interactions[:2], left))

    def longer(interaction: Interaction) -> Interaction:
        return streamed(3, EVENTS) if interaction.number == 3 else interaction

    assert mirrored(recording, longer).passed(None)


def test_what_ran_beside_runs_beside() -> None:
    """A request that was made during a stream is made during the stream, at its time."""
    beside = answered(4, f"GET {STATE}", {"code": 0}, asked=BEARER, at=30.0)
    recording = replace(RECORDING, interactions=(*RECORDING.interactions[:3], beside))
    mirror = Mirror(list(recording.interactions), lambda i: i)
    asked_at = []
    handle = mirror.handle_async_request

    async def noted(request: httpx.Request) -> httpx.Response:
        asked_at.append(mirror.now)
        return await handle(request)

    mirror.handle_async_request = noted  # type: ignore[method-assign]  # the test looks on
    verdict = asyncio.run(verified(recording, target_of(mirror)))

    assert verdict.findings == ()
    assert asked_at == [0.0, 1.0, 2.0, 30.0]


def test_a_token_from_before_needs_one_of_the_targets() -> None:
    """A recording that began with a token cannot be checked without one, and says how."""
    recording = replace(RECORDING, interactions=RECORDING.interactions[1:])
    mirror = Mirror(list(recording.interactions), lambda i: i)

    without = asyncio.run(verified(recording, target_of(mirror)))
    mirror = Mirror(list(recording.interactions), lambda i: i)
    given = asyncio.run(verified(recording, target_of(mirror, token="nmv_usr_mine")))

    assert "NEMO_TOKEN" in without.unchecked[0].why
    assert given.passed(None)
    assert mirror.seen[0].headers["authorization"] == "Bearer nmv_usr_mine"


def test_a_report_names_places() -> None:
    """The report has the file, the line, the number, the place, and both sides; so has the JSON."""
    drift = DRIFTS["extra field"][1]
    verdict = mirrored(RECORDING, lambda i: drift(i) if i.number == 4 else i, lines={4: 99})
    report = "\n".join(lines("a.yaml", verdict))

    assert (
        f"a.yaml:99 #4 {STATE_ENDPOINT} $.data.more: extra: recorded nothing, now number" in report
    )
    assert "heartbeats of POST /run_sse: recorded median 15 s" in report
    told = as_json("a.yaml", verdict, passed=False)
    assert json.loads(json.dumps(told))["findings"][0]["path"] == "$.data.more"


def _poll(number: int, at: float, state: str, **more: object) -> Interaction:
    told = {"taskId": "render_1", "status": state, **more}
    return answered(number, "GET /api/render/proxy/lambda/render_1", told, asked=BEARER, at=at)


POLLED = replace(
    RECORDING,
    interactions=(
        *RECORDING.interactions[:2],
        _poll(3, 30.0, "processing"),
        _poll(4, 60.0, "processing"),
        _poll(5, 90.0, "completed", output={"url": "http://a.test/x.mp4"}),
    ),
)


def _as(mirror: list[Interaction]) -> Verdict:
    return asyncio.run(verified(POLLED, target_of(Mirror(mirror, lambda i: i))))


def test_a_job_may_be_faster() -> None:
    """A poll that finds the job over already is no drift: it is compared with one in the same state."""
    first, _, last = POLLED.interactions[2:]
    verdict = _as([*POLLED.interactions[:2], first, last, last])

    assert verdict.passed(None)


def test_a_job_may_be_slower() -> None:
    """A poll that should find it over is repeated until it is."""
    first, second, last = POLLED.interactions[2:]
    verdict = _as([*POLLED.interactions[:3], second, second, second, last])

    assert verdict.passed(None)
    assert first.number == 3


def test_a_job_that_ends_otherwise_is_drift() -> None:
    """Completed is not failed; and one that never ends is not completed."""
    failed = _poll(5, 90.0, "failed", error="no")
    verdict = _as([*POLLED.interactions[:4], failed])
    never = _as([*POLLED.interactions[:3], *[POLLED.interactions[3]] * 80])

    assert [(f.path, f.now) for f in verdict.findings] == [("state", "failed")]
    assert [(f.path, f.now) for f in never.findings] == [("state", "processing")]


def test_a_poll_is_still_held_to_its_shape() -> None:
    """What a completed job says is compared with what a completed job said."""
    bare = _poll(5, 90.0, "completed", output={})
    verdict = _as([*POLLED.interactions[:4], bare])

    assert [(f.path, f.how) for f in verdict.findings] == [("$.output.url", "missing")]


def _film(url: str) -> Interaction:
    return answered(3, f"GET {url}", b"film", headers=(), at=2.0, asked=BEARER)


@pytest.mark.parametrize(
    ("now", "seen"), [("http://127.0.0.1:9/b.mp4?x=1", 3), ("https://elsewhere.test/b.mp4", 2)]
)
def test_a_download_goes_where_the_target_says_and_no_farther(now: str, seen: int) -> None:
    """A mapped URL is fetched; one beyond this machine is not, for a target that is on it."""
    url = "https://cdn.example.test/a.mp4?sig=1"
    told = answered(2, "GET /api/x", {"output": {"url": url}}, at=1.0)
    recording = replace(RECORDING, interactions=(RECORDING.interactions[0], told, _film(url)))
    mirror = Mirror(
        list(recording.interactions),
        lambda i: _json(lambda v: v["output"].update(url=now))(i) if i.number == 2 else i,
    )
    verdict = asyncio.run(verified(recording, target_of(mirror)))

    assert len(mirror.seen) == seen
    assert all(request.url.host == "127.0.0.1" for request in mirror.seen)
    assert all("authorization" not in request.headers for request in mirror.seen)
    assert bool(verdict.unchecked) == (seen == 2)


@pytest.mark.parametrize("url", ["https://cdn.example.test/a.mp4", "http://10.0.0.9/a.mp4"])
def test_a_url_that_nobody_named_is_not_asked(url: str) -> None:
    """What the recording fetched from elsewhere without a reply that said so is never contacted."""
    recording = replace(RECORDING, interactions=(RECORDING.interactions[0], _film(url)))
    mirror = Mirror(list(recording.interactions), lambda i: i)
    verdict = asyncio.run(verified(recording, target_of(mirror)))

    assert len(mirror.seen) == 1
    assert "another host" in verdict.unchecked[0].why


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://127.0.0.1:1", True),
        ("http://localhost", True),
        ("http://10.1.2.3", True),
        ("http://[::1]:9/x", True),
        ("https://mega-api-prod.nemovideo.ai", False),
        ("http://8.8.8.8", False),
        ("http://127.0.0.1.evil.test", False),
        ("http://127.0.0.1@evil.test", False),
    ],
)
def test_what_is_near(url: str, near: bool) -> None:
    """Only what its very name says to be this machine or a private network is."""
    assert is_near(url) is near


def test_real_time_is_waited_for() -> None:
    """Requests to a URL come at their recorded times, on a clock that is somebody else's here."""
    times = [100.0]

    async def sleep(seconds: float) -> None:
        times.append(times[-1] + seconds)

    pace = RealPace(sleep=sleep, now=lambda: times[-1])
    asyncio.run(pace.until(30.0, is_watched=False))
    asyncio.run(pace.until(20.0, is_watched=False))

    assert times == [100.0, 130.0]
    assert pace.time_of(pace.stamp()) == 30.0
