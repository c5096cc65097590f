"""Ordering, watching and stopping renders."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.wire.messages import Head, Pending, Reply
from nemovideo_pytest.darkroom import FILM
from support.caller import Caller
from support.stage import darkroom
from support.wire import content, refusal

LAMBDA = "/api/render/proxy/lambda"


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
    """The status is failed, the error says nothing of our machine, and there is nothing to download."""
    darkroom(fake).slow = True
    edited.submit("r1")
    darkroom(fake).jobs[0].set_exception(OSError("no space left in /home/me"))
    fake.clock.jump(90)

    shown = poll(edited)
    download = edited.get("/api/render/proxy/r1/download")

    assert shown["status"] == "failed"
    assert shown["error"] == "render failed: submit it again under a new id"
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


def test_the_paths_of_the_first_version_work(fake: Fake, edited: Caller) -> None:
    """`/draft` submits and the bare id polls; both show what the present paths show."""
    order = {"id": "r1", "sessionId": edited.session, "draft": edited.state()["draft"]}
    reply = edited.post("/api/render/proxy/draft", order)
    fake.clock.jump(90)

    assert reply.json() == {"taskId": "r1", "status": "pending", "progress": 5}
    assert edited.get("/api/render/proxy/r1").json() == poll(edited)


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
