"""What is wrong with a skill, as sentences."""

from __future__ import annotations

import pytest

from nemovideo_client.skill.deviations import deviations

HEADERS = "X-Skill-Source, X-Skill-Version and X-Skill-Platform. "
MISSING = (
    "It does not mention X-Skill-Platform; an export without attribution is refused.",
)  # fmt: skip
LEAK = ("It prints the token in a URL.",)


def damaged(*names: str) -> tuple[str, ...]:
    """Return the sentence about these identifiers."""
    return (f"Some identifiers are damaged ({', '.join(f'`{name}`' for name in names)}).",)


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("", ()),
        ('-H "X-Skill-Source: a-skill" -H "X-Skill-Version: 1.0.0" -d session_id', ()),
        ("`X-Skill-Version: $VERSION`, `X-Skill-Source`: the name", ()),
        ("set NEMO_令牌 first", damaged("NEMO_令牌")),
        ("with the X-命令行工具ent-Id header", damaged("X-命令行工具ent-Id")),
        ("and X-技能-Source", damaged("X-技能-Source")),
        ("keep 会话_id", damaged("会话_id")),
        ("POST /API/render", damaged("/API/render")),
        ("POST https://mega.nemo视频.AI/x", damaged("https://mega.nemo视频.AI/x")),
        ("with-session/nemoagent, then /runsse", damaged("nemoagent")),
        ("the value INLINECODE9", damaged("INLINECODE9")),
        ("NEMO_令牌 and 会话_id", damaged("NEMO_令牌", "会话_id")),
        ("https://x.test/claim?token=$TOKEN&task=1", LEAK),
        ("https://x.test/claim?task=1&nemo_token=${NEMO_TOKEN}", LEAK),
        ("https://x.test/claim?token=<token>", LEAK),
        ("https://x.test/claim?token=&task=1", ()),
        ("https://x.test/claim?ct=<claim_token>", ()),
        ("X-Skill-Version: 1.0", ("It prints X-Skill-Version: 1.0, but its front matter says 1.0.0.",)),
        ("`X-Skill-Source: b-skill`", ("It prints X-Skill-Source: b-skill, but its front matter says a-skill.",)),
    ],
)  # fmt: skip
def test_a_flaw_is_told_in_a_sentence(body: str, sentences: tuple[str, ...]) -> None:
    """Each documented kind of damage gives its sentence, and sound text gives none."""
    assert deviations("a-skill", "1.0.0", HEADERS + body) == sentences


def test_missing_attribution_is_a_flaw() -> None:
    """An agent that sends no attribution cannot export."""
    found = deviations("a-skill", "1.0.0", "send X-Skill-Source and X-Skill-Version")

    assert found == MISSING


def test_several_flaws_are_several_sentences() -> None:
    """They come in one order, damage first."""
    found = deviations("a-skill", "1.0.0", "X-技能-Source, NEMO_令牌, ?token=$TOKEN")

    assert [sentence.split()[0] for sentence in found] == ["Some", "It", "It"]
