"""The readings that hold where nobody chooses others: what the best-placed documents say.

Where documents differ, tests elsewhere are about one reading each. These are about a service that comes
as it is: they are skipped where the run says that it follows something else.
"""

from __future__ import annotations

import re

import pytest

from nemovideo_pytest.contract.basis import costs, rests_on
from nemovideo_pytest.contract.instants import WEEK, instant
from nemovideo_pytest.contract.messages import ASK, LOOP, SCENE
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import data, refused, seen
from nemovideo_pytest.contract.samples import sample
from nemovideo_pytest.contract.visitor import ATTRIBUTION, Visitor
from nemovideo_pytest.settings import Settings


@pytest.fixture(autouse=True, scope="module")
def _nothing_is_chosen(request: pytest.FixtureRequest) -> None:
    """Skip the module before any service is opened: of a skipped test there is no cassette to replay."""
    chosen = Settings(request.config).texts("variant")
    if chosen:
        pytest.skip(f"this is about the defaults, and this run about {', '.join(chosen)}")


@costs(100)
@rests_on(
    "sse_dialect=typed", "heartbeat_kind=alternate", "heartbeat_interval=15s", "costs=100/50/0"
)
def test_a_generation_as_it_comes(visitor: Visitor, pace: Pace) -> None:
    """Typed events, a sign of life every 15 seconds in two forms in turn, a hundred credits."""
    before = visitor.credits()["total"]
    heard = visitor.say(SCENE)

    assert all("type" in event.body for event in heard.events if event.data)
    assert [bool(beat.data) for beat in heard.beats] == [
        number % 2 == 0 for number in range(len(heard.beats))
    ]
    assert abs(len(heard.beats) - heard.ended / 15) <= 1 + pace.slack / 15
    assert heard.beats[0].at >= 15 - 0.01
    assert before - visitor.credits()["total"] == 100


@costs(50)
@rests_on("costs=100/50/0", "prices", "music is an edit")
def test_editing_as_it_comes(visitor: Visitor) -> None:
    """Fifty credits for the session; talk is free."""
    before = visitor.credits()["total"]
    visitor.say(ASK)
    assert visitor.credits()["total"] == before
    visitor.say(LOOP)
    visitor.say("set the music to 20%")

    assert before - visitor.credits()["total"] == 50


@pytest.mark.within(10)
@rests_on("sse_max=15m")
def test_a_stream_as_it_comes_ends_after_15_minutes(visitor: Visitor, pace: Pace) -> None:
    """Whatever is still to be told."""
    for _ in range(181):
        visitor.leave(ASK)

    assert 900 - 0.01 <= visitor.say(ASK).ended <= 900 + pace.slack


@rests_on("token_ttl=7d", "anon_scopes=read,write,upload", "legacy_min_bodies=off", "client_limit=1", "rate_limit_transient=off")  # fmt: skip
def test_a_token_as_it_comes(stranger: Visitor, pace: Pace) -> None:
    """Seven days, three scopes, one for a client in a week, and a session that tells whose it is."""
    now = stranger.service.now()
    told = data(stranger.ask_token())
    stranger.take(told["token"])
    again = stranger.ask_token()

    assert WEEK - 1 <= instant(told["expires_at"]) - now <= WEEK + pace.slack
    assert data(stranger.get("/api/tokens"))["tokens"][0]["scopes"] == ["read", "write", "upload"]
    assert data(stranger.ask_session())["user_id"] == told["user_id"]
    refused(again, 429)
    assert WEEK - pace.slack <= int(again.headers["Retry-After"]) <= WEEK


@rests_on("ip_limit=10", "ip_window=7d", "tokens per address")
def test_an_address_as_it_comes(stranger: Visitor, pace: Pace) -> None:
    """Ten tokens in a week."""
    name = stranger.client_id
    served = [stranger.ask_token(f"{name}-{n}").status_code for n in range(10)]
    reply = stranger.ask_token(f"{name}-10")

    assert served == [200] * 10
    refused(reply, 429)
    assert WEEK - pace.slack <= int(reply.headers["Retry-After"]) <= WEEK


@rests_on("require_client_id=on", "code 400")
def test_a_client_id_is_asked_for_as_it_comes(stranger: Visitor) -> None:
    """400 without."""
    refused(stranger.http.post("/api/auth/anonymous-token"), 400)


@rests_on("attribution_mode=always", "free_plan_export=allow", "render_shape=top", "duplicate_render=error", "legacy_render=accept")  # fmt: skip
def test_an_export_as_it_comes(visitor: Visitor) -> None:
    """Anybody exports, with the headers; status at the top; an id is used once; old paths work."""
    bare = {"Authorization": f"Bearer {visitor.token}"}
    body = visitor.order_body(draft={})
    assert visitor.http.get("/api/credits/balance/simple", headers=bare).json()["code"] == 0
    refused(visitor.http.post("/api/render/proxy/lambda", json=body, headers=bare), 402)
    reply = visitor.post("/api/render/proxy/lambda", body, headers=dict(ATTRIBUTION))

    assert set(reply.json()) == {"taskId", "status", "progress"}
    refused(visitor.post("/api/render/proxy/lambda", body), 409)
    assert seen(visitor.get(f"/api/render/proxy/{body['id']}")).id == body["id"]


@rests_on("claim_link=ct", "claim tokens", "GET /workspace/claim")
def test_a_link_as_it_comes(visitor: Visitor) -> None:
    """A claim token, which opens the page."""
    body = {"task_id": visitor.task, "session_id": visitor.session}
    token = data(visitor.post("/api/auth/claim-token", body))["claim_token"]

    assert visitor.http.get("/workspace/claim", params={"ct": token}).status_code == 200


@costs(100)
@rests_on("web_base=here", "error_http=200", "code 2001")
def test_a_refusal_as_it_comes(visitor: Visitor) -> None:
    """A business code under 200; the link in it leads to this service, or to the vendor's."""
    visitor.say(SCENE)
    reply = visitor.try_saying(SCENE)
    (link,) = re.findall(r"https?://\S+", refused(reply, 2001))

    assert reply.status_code == 200
    if visitor.is_alone:
        assert link.startswith(visitor.service.base_url)


@pytest.mark.nemo_target("fake")
@rests_on("max_upload=500MB", "upload counts", "code 4002")
def test_the_largest_upload_as_it_comes(visitor: Visitor) -> None:
    """500 MB a file, so 2000 MB a form: only in-process can one announce that and send less."""
    most = 4 * 500 * 2**20
    for announced, code in ((most, 0), (most + 1, 4002)):
        reply = visitor.ask(
            "POST",
            visitor.upload_path,
            files={"files": ("a.png", sample("png"))},
            headers={"Content-Length": str(announced)},
        )
        assert reply.json()["code"] == code
