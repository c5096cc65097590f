"""The four example skills: what is read from them is what sets them apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nemovideo_client.skill.skill import Skill
from nemovideo_client.words import Wording
from support.conversation import Conversation, upload

SKILLS = Path(__file__).parents[3] / "examples" / "skills"

KEPT = ".config/nemovideo/client_id"
AT_SITE: dict[str, Any] = {
    "top_up": Wording("Top up at nemovideo.ai.", "请在 nemovideo.ai 充值。"),
    "unlock": Wording(
        "Register at nemovideo.ai to unlock export.", "请前往 nemovideo.ai 注册以解锁导出。"
    ),
}
ANY_PLAN = Wording(
    "Register or upgrade your plan to unlock export.", "请注册或升级您的套餐以解锁导出。"
)
COMMON: dict[str, Any] = {
    "version": "1.0.0",
    "env": ("NEMO_TOKEN",),
    "web_base": "https://nemovideo.com",
    "poll_seconds": 30,
    "poll_cap": None,
    "deviations": (),
}

EXPECTED: dict[str, dict[str, Any]] = {
    "topmediai-ai-music-generator": {
        "title": "TopMediai AI Music Generator",
        "variant": None,
        "client_id_file": KEPT,
        "language": "detected",
        "claim_link": True,
        "connecting": Wording("Connecting to NemoVideo...", "正在连接NemoVideo..."),
        "ready": None,
        "max_upload": None,
        **AT_SITE,
    },
    "best-ai-music-generator": {
        "title": "Best AI Music Generator",
        "variant": None,
        "client_id_file": KEPT,
        "language": "en",
        "claim_link": True,
        "connecting": Wording("Connecting...", "正在连接..."),
        "ready": Wording("Ready.", "已就绪。"),
        "max_upload": None,
        **AT_SITE,
    },
    "topmediai-ai-music": {
        "title": "TopMediAI AI Music",
        "variant": None,
        "client_id_file": None,
        "language": "en",
        "claim_link": False,
        "connecting": Wording("Connecting...", "正在连接..."),
        "ready": Wording("Ready.", "已就绪。"),
        "max_upload": 500 * 1024 * 1024,
        "top_up": Wording("Top up your credits.", "请充值积分。"),
        "unlock": ANY_PLAN,
    },
    "ai-music-generator-free-ab-old": {
        "title": "Music-Backed Videos From Your Clips",
        "variant": "control",
        "client_id_file": None,
        "language": None,
        "claim_link": False,
        "connecting": Wording("Setting things up...", "正在设置..."),
        "ready": Wording("You're connected and ready.", "已连接，准备就绪。"),
        "max_upload": 500 * 1024 * 1024,
        "top_up": Wording("Top up credits in your account.", "请为您的账户充值积分。"),
        "unlock": ANY_PLAN,
    },
}

TRY_SAYING = {
    "topmediai-ai-music-generator": ("skateboard", "滑板"),
    "best-ai-music-generator": ("electronic", "电子乐"),
    "topmediai-ai-music": ("mood of my clip", None),
    "ai-music-generator-free-ab-old": ("city night", "城市夜景"),
}


def loaded(name: str) -> Skill:
    """Return an example."""
    return Skill.load(SKILLS / name / "SKILL.md", {}, Path("/nowhere"))


def test_there_are_four_examples() -> None:
    """Each folder is accounted for here."""
    assert {path.parent.name for path in SKILLS.glob("*/SKILL.md")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_has_the_traits_of_its_skill(name: str) -> None:
    """Front matter and prose give the expected table."""
    skill = loaded(name)

    expected = {"name": name, **COMMON, **EXPECTED[name]}
    assert {trait: getattr(skill, trait) for trait in expected} == expected
    assert skill.description.endswith(".")


@pytest.mark.parametrize(("name", "parts"), TRY_SAYING.items())
def test_an_example_suggests_three_requests(name: str, parts: tuple[str, str | None]) -> None:
    """Three in English, and as many in Chinese where the skill speaks it."""
    suggested = loaded(name).try_saying

    en, zh = parts
    assert len(suggested.en) == 3
    assert any(en in line for line in suggested.en)
    assert len(suggested.zh) == (3 if zh else 0)
    assert zh is None or any(zh in line for line in suggested.zh)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_is_a_whole_guide(name: str) -> None:
    """All endpoints, codes, kinds of files and events that an agent meets are spoken of."""
    text = (SKILLS / name / "SKILL.md").read_text(encoding="utf-8")

    needed = (
        "${NEMO_API_URL:-https://mega-api-prod.nemovideo.ai}", "/api/auth/anonymous-token", "X-Client-Id",
        "/api/tasks/me/with-session/nemo_agent", "/run_sse", "text/event-stream", "/api/upload-video/nemo_agent/me/",
        "/api/credits/balance/simple", "/api/state/nemo_agent/me/", "/api/render/proxy/lambda", "sessionId",
        "1001", "1002", "2001", "4001", "4002", "400", "402", "429", "?bind=<id>", "heartbeat", "2 minutes",
        "点击", "打开", "拖拽", "导出", "积分", "余额", "状态", "上传", "aac",
    )  # fmt: skip
    assert [fact for fact in needed if fact not in text] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_a_token_in_the_environment_goes_first(name: str) -> None:
    """Nobody is told to ask for a token before looking for one."""
    _, _, body = (SKILLS / name / "SKILL.md").read_text(encoding="utf-8").split("---\n", 2)

    assert body.index("`NEMO_TOKEN`") < body.index("anonymous-token")


@pytest.mark.parametrize("name", EXPECTED)
def test_what_an_example_suggests_is_understood(name: str) -> None:
    """Each suggestion puts one piece of music under an uploaded clip."""
    suggested = loaded(name).try_saying

    for request in suggested.en + suggested.zh:
        talk = Conversation(upload("clip.mp4", seconds=20))
        talk.say(request)
        assert len(talk.music) == 1, request


@pytest.mark.parametrize("name", EXPECTED)
def test_only_the_skills_that_do_speak_of_silent_edits(name: str) -> None:
    """`topmediai-ai-music` says nothing of edits without text; the others do."""
    text = (SKILLS / name / "SKILL.md").read_text(encoding="utf-8")

    silent = re.search(r"without (?:a word|text)|say nothing", text)
    assert (silent is None) == (name == "topmediai-ai-music")
