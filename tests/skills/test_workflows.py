"""Each of the four skills, start to finish, through the client, against a fake on a port.

Time runs here, a thousand times as fast as outside: what is shown is that a client with a plain `httpx`
connection, which nobody paces, works with a server as it is run. Nothing is timed; the waits of an
export shrink to a few hundredths of a second. All that is about time is in the contract.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nemovideo_client import (
    Conversation,
    Delivered,
    Link,
    NemoClient,
    Problem,
    Say,
    Shown,
    Status,
    Timeline,
)
from nemovideo_fakeserver import Fake, Options
from support import media, server
from support.meddling.meddler import Meddler

RATE = 1000
SKILLS = Path(__file__).parents[2] / "examples" / "skills"
CREATE = "POST /api/tasks/me/with-session/nemo_agent"


@dataclass(frozen=True)
class Expected:
    """What distinguishes a skill, and what its user says; see the skill documents."""

    name: str
    connecting: str
    language: str | None
    keeps_client_id: bool
    links: bool
    brief: str
    credits: str
    export: str
    heading: str = "Current timeline"


EXPECTED = (
    Expected(
        name="topmediai-ai-music-generator",
        connecting="正在连接NemoVideo...",
        language="zh",
        keeps_client_id=True,
        links=True,
        brief="给我的视频做一段90 BPM的lo-fi音乐，平静专注",
        credits="还剩多少积分？",
        export="导出",
        heading="当前时间线",
    ),
    Expected(
        name="best-ai-music-generator",
        connecting="Connecting...",
        language="en",
        keeps_client_id=True,
        links=True,
        brief="Make a tense, cinematic orchestral loop around 60 BPM for my clip",
        credits="credits",
        export="export",
    ),
    Expected(
        name="topmediai-ai-music",
        connecting="Connecting...",
        language="en",
        keeps_client_id=False,
        links=False,
        brief="Generate background music that matches the mood of my video",
        credits="balance",
        export="export 1080p MP4",
    ),
    Expected(
        name="ai-music-generator-free-ab-old",
        connecting="Setting things up...",
        language=None,
        keeps_client_id=False,
        links=False,
        brief="Add calm piano music to my clip at 40% volume",
        credits="how many credits do I have left?",
        export="send me the video",
    ),
)


@pytest.fixture
def meddler() -> Iterator[Meddler]:
    """A fake whose day takes a minute and a half, and a witness before it; the judge has the last word."""
    with Fake(Options(rate=RATE)) as fake:
        yield Meddler(fake, fake.clock)
        report = fake.verdicts()
        assert not report.verdicts, "\n".join(report.as_lines())


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A clip of two seconds to upload."""
    path = tmp_path / "beach.mp4"
    path.write_bytes(media.mp4())
    return path


@pytest.fixture
def nemo(
    expected: Expected, meddler: Meddler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NemoClient]:
    """A client that acts for the skill, on a machine that knows nothing of NemoVideo yet."""
    for name in ("NEMO_TOKEN", "NEMO_CLIENT_ID", "NEMO_API_URL", "NEMO_WEB_URL", "SKILL_SOURCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with (
        server.thread(meddler) as url,
        NemoClient(
            base_url=url,
            skill=SKILLS / expected.name / "SKILL.md",
            sleep=lambda seconds: time.sleep(seconds / RATE),
            now=lambda: time.time() * RATE,
        ) as client,
    ):
        yield client


EACH = pytest.mark.parametrize("expected", EXPECTED, ids=lambda skill: skill.name)


@EACH
def test_a_skill_works_from_connecting_to_the_film(
    expected: Expected, meddler: Meddler, nemo: NemoClient, clip: Path, tmp_path: Path
) -> None:
    """Connecting, upload, brief, credits and export do what the document says, and leave a film."""
    shown = _talk(nemo, expected, clip)

    assert not [problem for problem in shown if isinstance(problem, Problem)]
    assert shown[0] == Status(expected.connecting)
    assert any(isinstance(thing, Link) for thing in shown) == expected.links
    assert next(t for t in shown if isinstance(t, Timeline)).lines[0].startswith(expected.heading)
    assert any("50" in thing.text for thing in shown if isinstance(thing, Say))
    film = next(thing for thing in shown if isinstance(thing, Delivered))
    assert film.path.stat().st_size == film.size
    _check_requests(meddler, expected, nemo.token)
    kept = tmp_path / ".config" / "nemovideo" / "client_id"
    assert kept.exists() == expected.keeps_client_id


@EACH
@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not on PATH")
def test_the_film_is_as_long_as_the_clip(expected: Expected, nemo: NemoClient, clip: Path) -> None:
    """What a skill delivers is a film to others, too, of the length that its timeline has."""
    shown = _talk(nemo, expected, clip)
    film = next(thing for thing in shown if isinstance(thing, Delivered))

    assert _duration(film.path) == pytest.approx(2.0, abs=0.3)


def _talk(nemo: NemoClient, expected: Expected, clip: Path) -> list[Shown]:
    """Say what a user of the skill says, and return all that is shown."""
    conversation = Conversation(nemo, folder=clip.parent)
    shown = [*conversation.say(expected.brief, files=[str(clip)])]
    for text in (expected.credits, expected.export):
        shown += conversation.say(text)
    return shown


def _check_requests(meddler: Meddler, expected: Expected, token: str | None) -> None:
    """Assert on what the server was asked: attribution everywhere, tokens in no URL, the right bodies."""
    for seen in meddler.seen:
        headers = dict(seen.headers)
        assert token
        assert token not in seen.path + seen.query
        if seen.path.startswith("/cdn/"):
            assert not {"authorization", "x-skill-source"} & headers.keys()
        else:
            asks_for_token = seen.path.endswith("/anonymous-token")
            assert headers.get("authorization", "").startswith("Bearer nmv_usr_") != asks_for_token
            assert headers["x-skill-source"] == expected.name
            assert headers["x-skill-version"] == "1.0.0"
            assert headers["x-skill-platform"] == "unknown"
    created = meddler.asked(CREATE)
    assert len(created) == 1
    assert isinstance(created[0].body, bytes)
    assert json.loads(created[0].body).get("language") == expected.language
    assert len(meddler.asked("POST /run_sse")) == 1
    assert len(meddler.asked("POST /api/auth/claim-token")) == int(expected.links)


def _duration(film: Path) -> float:
    """Return the seconds that ffprobe sees."""
    command = ("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0")
    ran = subprocess.run((*command, str(film)), capture_output=True, text=True, check=True)
    return float(ran.stdout)
