"""What the prose of a SKILL.md says, in the many ways skills say it."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.skill.skill import Skill
from nemovideo_client.words import Wording

MB = 1024 * 1024


def skill(body: str) -> Skill:
    """Return the skill with this body."""
    return Skill.read(f"---\nname: a-skill\nversion: 1.0.0\n---\n{body}")


def test_a_silent_skill_has_defaults() -> None:
    """What a skill does not say is what most skills do."""
    found = skill("")

    assert found == Skill(
        attribution=found.attribution, title="a-skill", deviations=found.deviations
    )


SETUP = "# Music\n## Setup\nPOST /api/auth/anonymous-token, then {}\n## Reference\n{}\n"
DETECTED = '`{"task_name":"project","language":"<lang>"}`'

TOLD: list[tuple[str, str, Any]] = [
    # trait, what the document says, what is read from it
    ("title", "text\n## Part\n# Music for all\n", "Music for all"),
    ("client_id_file", "keep it in `~/.config/nemovideo/client_id`", ".config/nemovideo/client_id"),
    ("client_id_file", "cat $HOME/.config/stump-removal/client_id", ".config/stump-removal/client_id"),
    ("client_id_file", "查找~/.config/nemovideo/clientid文件", ".config/nemovideo/client_id"),
    ("client_id_file", "cat ~/.config/../client_id", ".config/nemovideo/client_id"),
    ("client_id_file", "a UUID kept in ~/.config/a-skill/client_id", ".config/a-skill/client_id"),
    ("client_id_file", "make a UUID for each run", None),
    ("client_id_file", "生成UUID作为客户端标识", None),
    ("language", SETUP.format('`{"task_name":"project","language":"en"}`', DETECTED), "en"),
    ("language", SETUP.format('`{"task_name":"project"}`', DETECTED), None),
    ("language", SETUP.format("a session", DETECTED), "detected"),
    ("language", SETUP.format("a session", "nothing"), None),
    ("language", "## Reference\n" + DETECTED + "\n" + SETUP.format('{"task_name":"x","language":"ja"}', ""), "ja"),
    ("language", '-d "{\\"task_name\\":\\"p\\",\\"language\\":\\"$LANGUAGE\\"}"', "detected"),
    ("language", '{"task_name":"p","language":"zh-CN"}', "zh-CN"),
    ("language", '{"task_name":"p","language":""}', None),
    ("language", "{taskname:project,language:<检测到的语言>}", "detected"),
    ("language", "{taskname:project,language:en}", "en"),
    ("claim_link", "the link is $WEB/workspace/claim?ct=<claim_token>", True),
    ("claim_link", "the link is ${NEMO_WEB_URL}/workspace/claim?ct=x", True),
    ("claim_link", "the link is https://nemovideo.com/workspace/task/1/2", True),
    ("claim_link", "show the user a link", False),
    ("web_base", "https://dev.nemovideo.ai/workspace/claim?task=1", "https://dev.nemovideo.ai"),
    ("web_base", "${NEMO_WEB_URL:-http://localhost:8080}/workspace/claim?ct=x", "http://localhost:8080"),
    ("web_base", 'WEB="${NEMO_WEB_URL:-https://nemovideo.ai}"\n$WEB/workspace/claim', "https://nemovideo.ai"),
    ("connecting", 'say "Warming up the band…" at first', Wording("Warming up the band…", "正在连接...")),
    ("connecting", "说正在准备乐队...。", Wording("Connecting...", "正在准备乐队...")),
    ("connecting", '# Music\n"Something..."\n## Setup\nanonymous-token "Tuning in..."', Wording("Tuning in...", "正在连接...")),
    ("ready", "Tell them you're ready.", Wording("Ready.", "已就绪。")),
    ("ready", "告知用户你已就绪", Wording("Ready.", "已就绪。")),
    ("ready", "向用户确认已连接就绪", Wording("You're connected and ready.", "已连接，准备就绪。")),
    ("top_up", "2001: top up at NemoVideo.com", Wording("Top up at nemovideo.com.", "请在 nemovideo.com 充值。")),
    ("top_up", "2001:在nemovideo.ai充值", Wording("Top up at nemovideo.ai.", "请在 nemovideo.ai 充值。")),
    ("top_up", "buy credits in your account", Wording("Top up credits in your account.", "请为您的账户充值积分。")),
    ("top_up", "registered users top up", Wording("Top up your credits.", "请充值积分。")),
    ("unlock", "402: register at nemovideo.com first", Wording("Register at nemovideo.com to unlock export.", "请前往 nemovideo.com 注册以解锁导出。")),
    ("unlock", "402:前往nemovideo.ai注册", Wording("Register at nemovideo.ai to unlock export.", "请前往 nemovideo.ai 注册以解锁导出。")),
    ("unlock", "402: not about credits", Wording("Register or upgrade your plan to unlock export.", "请注册或升级您的套餐以解锁导出。")),
    ("try_saying", 'Try saying:\n- - "A waltz"\n\n* “A march”\n• a jig\nThat is all\n- no', Wording(("A waltz", "A march", "a jig"), ())),
    ("try_saying", "## Try saying\n\n- A waltz\n", Wording(("A waltz",), ())),
    ("try_saying", "**试试这样说：**\n- 一首华尔兹\n", Wording((), ("一首华尔兹",))),
    ("try_saying", "Do not try saying nothing:\n- x", Wording((), ())),
    ("max_upload", "Max file size is 500MB.", 500 * MB),
    ("max_upload", "files up to 200 MB", 200 * MB),
    ("max_upload", "a 2 GB limit", 2048 * MB),
    ("max_upload", "最大文件大小为500MB", 500 * MB),
    ("max_upload", "| 4002 | Over 500MB | at most", None),
    ("max_upload", "a clip of 500 MB went well", None),
    ("poll_seconds", "Poll it every 10 seconds", 10),
    ("poll_seconds", "Poll\nthe render, every 45s, until done", 45),
    ("poll_seconds", "每20秒轮询一次", 20),
    ("poll_seconds", "Poll it every 2 minutes", 30),
    ("poll_seconds", "Poll it every 0s", 30),
    ("poll_cap", "Poll it every 30s, at most 10 times", 10),
    ("poll_cap", "Poll (30s × 10)", 10),
    ("poll_cap", "轮询,每30秒一次,最多10次", 10),
    ("poll_cap", "Poll every 30s; 1080x1920 is the largest", None),
]  # fmt: skip


@pytest.mark.parametrize(("trait", "body", "expected"), TOLD)
def test_a_trait_is_read_from_the_prose(trait: str, body: str, expected: Any) -> None:
    """Each wording gives the trait it stands for."""
    assert getattr(skill(body), trait) == expected
