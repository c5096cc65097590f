from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_proxy.model import Blob, Interaction, Multipart, Part
from nemovideo_proxy.replay.handover.facts import Facts, facts_of
from nemovideo_proxy.replay.handover.seed import seed_of
from support.heard import Listening
from support.media import png

BASE = "http://127.0.0.1"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ATTRIBUTION = {"X-Skill-Source": "s", "X-Skill-Version": "1", "X-Skill-Platform": "p"}


@pytest.fixture(params=["typed", "adk", "flat"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Return an event dialect."""
    return str(request.param)


@pytest.fixture
def heard(dialect: str) -> list[Interaction]:
    """Return what was heard of a session: a token, an edit, a look at it, the balance."""
    with Fake(Options(variants=Variants().changed("sse_dialect", dialect))) as fake:
        listening = Listening(fake.transport(), fake.clock.now)
        nemo = NemoClient(
            base_url=BASE,
            http_client=httpx.Client(transport=listening),
            client_id="me",
            sleep=fake.clock.sleep_sync,
            now=fake.clock.now,
        )
        nemo.chat("Make a 30-second lo-fi loop at 80 BPM")
        nemo.state()
        nemo.credits()
    return listening.heard


def _no_blobs(_blob: Blob) -> Path:
    raise AssertionError("nothing was kept in a file")


def _going_on(facts: Facts, folder: Path) -> Fake:
    seed_of(facts, "client-1", _no_blobs).write(folder / "seed.yaml")
    return Fake(Options(imports=folder / "seed.yaml"))


def test_the_replies_say_what_an_account_has(heard: list[Interaction], dialect: str) -> None:
    """Client, user, token, balance, session, draft and dialect are those of the replies."""
    facts = facts_of(heard, now=NOW)

    assert facts.client == "me"
    assert facts.user is not None
    assert facts.user.startswith("anon_")
    assert len(facts.tokens) == 1
    assert facts.credits == 50
    (session,) = facts.sessions.values()
    assert session.draft["d"] == 30000
    assert session.worked
    assert facts.dialect == dialect
    assert facts.now.year == 2033


def test_a_fake_goes_on_where_the_replies_end(
    heard: list[Interaction], dialect: str, tmp_path: Path
) -> None:
    """With the same token and session, the draft is there, edits are paid, and work goes on in the dialect."""
    facts = facts_of(heard, now=NOW)
    (session,) = facts.sessions.values()
    (token,) = facts.tokens
    with (
        _going_on(facts, tmp_path) as fake,
        httpx.Client(
            transport=fake.transport(),
            base_url=f"{BASE}/~client-1",
            headers={"Authorization": f"Bearer {token}", **ATTRIBUTION},
            timeout=None,
        ) as http,
    ):
        path = f"/api/state/nemo_agent/me/{session.id}/latest"
        before = http.get(path).json()["data"]
        message = {
            "session_id": session.id,
            "new_message": {"parts": [{"text": 'Add the title "Hello"'}]},
        }
        stream = http.post("/run_sse", json=message)
        after = http.get(path).json()["data"]
        balance = http.get("/api/credits/balance/simple").json()["data"]

    assert before["task_id"] == session.task_id
    assert before["state"]["draft"] == session.draft
    assert after["state"]["draft"] != session.draft
    assert balance == {"available": 50, "frozen": 0, "total": 50}
    assert (b'"type"' in stream.content) == (dialect == "typed")


def test_an_uploaded_file_goes_on_with_its_content(tmp_path: Path) -> None:
    """A file whose content was recorded is the same file for the fake, under the URL that was told."""
    picture = png(64, 48)
    with Fake() as fake:
        listening = Listening(fake.transport(), fake.clock.now)
        with httpx.Client(transport=listening, base_url=BASE) as http:
            got = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"}).json()
            http.headers["Authorization"] = f"Bearer {got['data']['token']}"
            made = http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "x"})
            session = made.json()["data"]["session_id"]
            reply = http.post(
                f"/api/upload-video/nemo_agent/me/{session}",
                files={"files": ("still.png", picture, "image/png")},
            )
    upload = listening.heard[-1]
    parts = (
        Part(
            headers=(
                ("Content-Disposition", 'form-data; name="files"; filename="still.png"'),
                ("Content-Type", "image/png"),
            ),
            body=picture,
        ),
    )
    body = Multipart(boundary="b", parts=parts)
    heard = [*listening.heard[:-1], replace(upload, request=replace(upload.request, body=body))]
    facts = facts_of(heard, now=NOW)

    with (
        _going_on(facts, tmp_path) as fake,
        httpx.Client(
            transport=fake.transport(),
            base_url=f"{BASE}/~client-1",
            headers={"Authorization": f"Bearer {next(iter(facts.tokens))}"},
        ) as http,
    ):
        state = http.get(f"/api/state/nemo_agent/me/{session}/latest").json()["data"]["state"]

    (told,) = reply.json()["data"]["files"]
    (info,) = state["video_infos"]
    assert info["cdn_url"].endswith(told["cdn_url"].rpartition("/")[2])
    kept = tmp_path / "seed.yaml.files" / hashlib.sha256(picture).hexdigest()
    assert kept.read_bytes() == picture
