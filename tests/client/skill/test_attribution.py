"""The headers that say who calls."""

from __future__ import annotations

from importlib import metadata

import pytest

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.skill.attribution import Attribution, of_this_client


def test_the_headers_are_the_three_that_skills_name() -> None:
    """Source, version and platform, under their documented names."""
    who = Attribution(source="a-skill", version="1.10", platform="cursor")

    assert who.headers() == (
        ("X-Skill-Source", "a-skill"),
        ("X-Skill-Version", "1.10"),
        ("X-Skill-Platform", "cursor"),
    )


@pytest.mark.parametrize("bad", ["", " a", "a ", "a\nb", "a\r\nX: y", "a\x00", "a\tb", "é", "技能"])
@pytest.mark.parametrize(
    ("field", "header"),
    [("source", "X-Skill-Source"), ("version", "X-Skill-Version"), ("platform", "X-Skill-Platform")],
)  # fmt: skip
def test_what_no_header_can_carry_is_refused(field: str, header: str, bad: str) -> None:
    """Control characters, outer blanks and other scripts fail when it is made, in one line."""
    good = {"source": "a", "version": "1", "platform": "unknown"}

    with pytest.raises(SkillUnreadable, match=f"^{header} cannot carry '") as refused:
        Attribution(**{**good, field: bad})

    assert "\n" not in str(refused.value)
    assert str(refused.value).isascii()


def test_a_client_without_a_skill_names_itself() -> None:
    """Its version is the distribution's; the platform may come from the environment."""
    who = of_this_client({"SKILL_SOURCE": "ci"})

    assert who == Attribution(
        source="nemovideo-client", version=metadata.version("nemovideo-harness"), platform="ci"
    )
    assert of_this_client({}).platform == "unknown"


def test_a_checkout_that_was_never_installed_has_a_version_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Attribution is complete without a distribution, or exports would be refused."""

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)

    assert of_this_client({}).version == "0"
