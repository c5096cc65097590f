"""Ordering, watching and stopping renders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.renders import ATTRIBUTION
from nemovideo_fakeserver.wire.messages import Head, Pending, Reply
from support.caller import Caller
from support.script import FILM
from support.stage import darkroom
from support.wire import content, refusal

LAMBDA = "/api/render/proxy/lambda"


@pytest.fixture
def edited(caller: Caller) -> Caller:
    """A caller whose draft has a title."""
    caller.say("edit 20")
    return caller


def poll(caller: Caller, id_: str = "r1") -> dict[str, Any]:
    """Return what a poll shows."""
    shown: dict[str, Any] = caller.get(f"{LAMBDA}/{id_}").json()
    return shown


def test_a_submission_is_acknowledged_as_pending(edited: Caller) -> None:
    """The reply has no envelope, and the progress that the reference prints."""
    response = edited.submit("r1")

    assert response.status_code == 200
    assert response.content == b'{"taskId":"r1","status":"pending","progress":5}'


def test_a_render_goes_its_documented_way(fake: Fake, edited: Caller) -> None:
    """Pending, processing, completed, with progress that never falls, in 20 to 90 seconds."""
    edited.submit("r1")
    began = fake.clock.now()
    seen = [poll(edited)]
    while seen[-1]["status"] != "completed":
        fake.clock.jump(1)
        seen.append(poll(edited))

    order = list(dict.fromkeys(shown["status"] for shown in seen))
    progress = [shown["progress"] for shown in seen]
    assert order == ["pending", "processing", "completed"]
    assert progress == sorted(progress)
    assert progress[0] == 5
    assert progress[-1] == 100
    assert 20 <= fake.clock.now() - began <= 91


def test_a_completed_render_names_its_film(fake: Fake, edited: Caller) -> None:
    """Top-level status and output.url, duration in seconds, size in bytes; the URL needs no token."""
    edited.submit("r1")
    fake.clock.jump(90)
    response = edited.get(f"{LAMBDA}/r1")
    url = response.json()["output"]["url"]

    assert response.text == (
        '{"taskId":"r1","status":"completed","progress":100,'
        f'"output":{{"url":"{url}","duration":3.0,"size":{len(FILM)}}}}}'
    )
    assert url.startswith("http://127.0.0.1/cdn/render-result/")
    assert edited.http.get(url).content == FILM


def test_watching_changes_nothing(fake: Fake, edited: Caller) -> None:
    """However often it is asked, the same moment shows the same."""
    edited.submit("r1")
    fake.clock.jump(10)

    assert poll(edited) == poll(edited)


def test_a_slow_encoder_is_waited_for_and_never_seen(fake: Fake, edited: Caller) -> None:
    """A poll that is due to say completed waits for the file; the virtual time of the poll decides."""
    darkroom(fake).slow = True
    edited.submit("r1")
    fake.clock.jump(90)
    headers = tuple((name.lower(), value) for name, value in edited.headers.items())
    waiting = fake.admit(Head(method="GET", path=f"{LAMBDA}/r1", headers=headers))
    assert isinstance(waiting, Reply)
    assert isinstance(waiting.body, Pending)
    darkroom(fake).jobs[0].set_result(darkroom(fake).film(darkroom(fake).orders[0].draft))

    done = waiting.body.resume()

    assert content(done).startswith(b'{"taskId":"r1","status":"completed"')
    assert dict(done.headers)["Server"] == "nemovideo-fake"


def test_an_encoder_that_fails_is_a_failed_render(fake: Fake, edited: Caller) -> None:
    """The status is failed, the sentence of the encoder is the error, and there is nothing to download."""
    darkroom(fake).slow = True
    edited.submit("r1")
    darkroom(fake).jobs[0].set_exception(RuntimeError("the codec gave up"))
    fake.clock.jump(90)

    shown = poll(edited)
    download = edited.get("/api/render/proxy/r1/download")

    assert (shown["status"], shown["error"]) == ("failed", "the codec gave up")
    assert refusal(download)[0] == 409


@pytest.mark.parametrize(
    "draft", [{}, {"t": []}, {"t": [{"tt": 0, "sg": []}]}, {"t": "x"}, {"t": [5, {"sg": 5}]}]
)
def test_a_draft_without_segments_fails(fake: Fake, caller: Caller, draft: dict[str, Any]) -> None:
    """It is taken, as on the service, and soon shows `failed` with an error."""
    order = {"id": "r1", "sessionId": caller.session, "draft": draft}
    taken = caller.post(LAMBDA, order)
    fake.clock.jump(90)

    shown = poll(caller)

    assert taken.json()["status"] == "pending"
    assert shown["status"] == "failed"
    assert shown["error"].startswith("invalid draft")
    assert "output" not in shown


def test_an_id_is_taken_once(edited: Caller) -> None:
    """A second submission under the same id is 409; the first goes on."""
    edited.submit("r1")
    again = edited.submit("r1")

    assert refusal(again) == (
        409,
        409,
        "render id 'r1' exists already: submit again under a new id",
    )
    assert poll(edited)["status"] == "pending"


def test_ids_are_each_accounts_own(fake: Fake, edited: Caller) -> None:
    """Another account may use the same id, and sees its own render alone."""
    edited.submit("r1")
    other = Caller(edited.http).connect("another")
    unknown = other.get(f"{LAMBDA}/r1")
    other.submit("r1")
    fake.clock.jump(90)

    assert refusal(unknown)[:2] == (404, 404)
    assert poll(other)["status"] == "failed"
    assert poll(edited)["status"] == "completed"


def test_several_renders_of_one_session_run_side_by_side(fake: Fake, edited: Caller) -> None:
    """Each has its own time and its own URL."""
    for number in range(3):
        edited.submit(f"r{number}")
    fake.clock.jump(90)

    assert len({poll(edited, f"r{number}")["output"]["url"] for number in range(3)}) == 3


def test_a_cancelled_render_stays_cancelled(fake: Fake, edited: Caller) -> None:
    """Cancelling answers with the status; progress stops; there is no film."""
    edited.submit("r1")
    fake.clock.jump(10)
    before = poll(edited)
    reply = edited.post(f"{LAMBDA}/r1/cancel")
    fake.clock.jump(600)

    assert reply.json() == poll(edited) == before | {"status": "cancelled"}
    assert refusal(edited.get("/api/render/proxy/r1/download"))[0] == 409


def test_cancelling_what_is_over_changes_nothing(fake: Fake, edited: Caller) -> None:
    """A completed render stays completed."""
    edited.submit("r1")
    fake.clock.jump(90)

    assert edited.post(f"{LAMBDA}/r1/cancel").json() == poll(edited)
    assert poll(edited)["status"] == "completed"


@pytest.mark.parametrize("missing", ATTRIBUTION)
@pytest.mark.parametrize("path", [LAMBDA, "/api/render/proxy/draft"])
def test_without_attribution_an_export_is_402(edited: Caller, missing: str, path: str) -> None:
    """The message names the one header that is missing, and says that it is not about credits."""
    del edited.headers[missing]

    status, code, message = refusal(edited.post(path, {}))

    assert (status, code) == (402, 402)
    assert f"missing attribution header {missing};" in message
    assert "not about credits" in message


def test_blank_attribution_is_missing(edited: Caller) -> None:
    """Empty headers do not count, and all that are missing are named."""
    edited.headers |= {"X-Skill-Source": " ", "X-Skill-Platform": ""}

    assert "header X-Skill-Source, X-Skill-Platform;" in refusal(edited.post(LAMBDA, {}))[2]


def test_only_the_submission_needs_attribution(fake: Fake, edited: Caller) -> None:
    """Polling and downloading without the headers is the judge's matter, not an error."""
    edited.submit("r1")
    fake.clock.jump(90)
    bare = Caller(edited.http, {"Authorization": edited.headers["Authorization"]})

    assert poll(bare)["status"] == "completed"
    assert bare.get("/api/render/proxy/r1/download").status_code == 200


def test_the_free_plan_may_be_blocked(variant: Callable[..., Caller]) -> None:
    """With free_plan_export=block an anonymous account gets 402 with a way out, headers or not."""
    caller = variant(free_plan_export="block")

    status, code, message = refusal(caller.submit("r1"))

    assert (status, code) == (402, 402)
    assert "Register at nemovideo.com to unlock export." in message


def test_the_paths_of_the_first_version_work(fake: Fake, edited: Caller) -> None:
    """`/draft` submits and the bare id polls; both show what the present paths show."""
    order = {"id": "r1", "sessionId": edited.session, "draft": edited.state()["draft"]}
    reply = edited.post("/api/render/proxy/draft", order)
    fake.clock.jump(90)

    assert reply.json() == {"taskId": "r1", "status": "pending", "progress": 5}
    assert edited.get("/api/render/proxy/r1").json() == poll(edited)


def order(caller: Caller, **output: Any) -> httpx.Response:
    """Submit with an `output`."""
    return caller.submit("r1", output=output)


@pytest.mark.parametrize(
    ("asked", "canvas", "size"),
    [
        (None, {}, (1920, 1080)),
        ("720p", {}, (1280, 720)),
        ("1080P", {"width": 1080, "height": 1920}, (1080, 1920)),
        ("480p", {"width": 1000, "height": 1000}, (480, 480)),
        ("4k", {}, (3840, 2160)),
        (None, {"width": "wide", "height": 10**9}, (1920, 1080)),
    ],
)
def test_a_resolution_scales_the_short_side(
    fake: Fake, edited: Caller, asked: str | None, canvas: dict[str, Any], size: tuple[int, int]
) -> None:
    """The film has the canvas of the draft, or that with `resolution` lines on its short side."""
    draft = edited.state()["draft"] | {"m": canvas}
    body = {"id": "r1", "sessionId": edited.session, "draft": draft}
    edited.post(LAMBDA, body | ({"output": {"resolution": asked}} if asked else {}))

    (made,) = darkroom(fake).orders
    assert (made.width, made.height) == size


def test_the_documented_output_is_taken(fake: Fake, edited: Caller) -> None:
    """Format, quality, resolution and fps; unknown keys are left alone."""
    reply = order(edited, format="mp4", quality="high", resolution="720p", fps=24, codec="h264")

    assert reply.json()["status"] == "pending"
    assert darkroom(fake).orders[0].fps == 24


@pytest.mark.parametrize(
    "output",
    [
        {"format": "gif"},
        {"format": 4},
        {"quality": 5},
        {"resolution": "big"},
        {"resolution": 720},
        {"fps": 0},
        {"fps": 61},
        {"fps": 29.97},
        {"fps": True},
        {"fps": "30"},
    ],
)
def test_an_output_we_cannot_make_is_422(
    fake: Fake, edited: Caller, output: dict[str, Any]
) -> None:
    """The message names the field; the id is not used up."""
    (field,) = output

    status, _, message = refusal(order(edited, **output))

    assert status == 422
    assert field in message
    assert darkroom(fake).orders == []
    assert edited.submit("r1").json()["status"] == "pending"


@pytest.mark.parametrize("id_", ["a b", "../x", "x" * 129, "渲染", "a/b", "a\n"])
def test_an_id_fits_into_a_path(edited: Caller, id_: str) -> None:
    """Letters, digits, dot, underscore and hyphen, at most 128."""
    assert refusal(edited.submit(id_))[:2] == (422, 422)


def test_the_session_is_spelt_session_id_in_camel_case(edited: Caller) -> None:
    """`session_id`, as everywhere else, is the likeliest mistake, and the message says so."""
    body = {"id": "r1", "session_id": edited.session, "draft": {}}

    assert refusal(edited.post(LAMBDA, body)) == (
        422,
        422,
        "sessionId: missing; the render service spells it sessionId, not session_id",
    )


def test_a_draft_sent_as_a_string_is_422(edited: Caller) -> None:
    """The reference prints a quoted placeholder; the draft itself is an object."""
    body = {"id": "r1", "sessionId": edited.session, "draft": "<draft object from state API>"}

    assert refusal(edited.post(LAMBDA, body))[2].startswith("draft: must be an object")
