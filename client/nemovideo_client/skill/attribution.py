"""Who is calling: the three X-Skill headers that every request to the API carries.

Without them an export is refused with 402 (all four skills, "Skill attribution").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.skill.platform import detect

CLIENT = "nemovideo-client"
DISTRIBUTION = "nemovideo-harness"
_MEND = "Use visible ASCII characters (name and version in the front matter, SKILL_SOURCE in the environment)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Name and version as in the skill's front matter, and the platform it was installed from.

    SkillUnreadable if one of them cannot stand in an HTTP header.
    """

    source: str
    version: str
    platform: str = "unknown"

    def __post_init__(self) -> None:
        for header, value in self.headers():
            if not sendable(value):
                raise SkillUnreadable(f"{header} cannot carry {value[:40]!a}", next_step=_MEND)

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the headers, in the order in which the skills list them."""
        return (
            ("X-Skill-Source", self.source),
            ("X-Skill-Version", self.version),
            ("X-Skill-Platform", self.platform),
        )


def sendable(value: str) -> bool:
    """Say whether `value` can stand in an HTTP header: visible ASCII, blanks inside only."""
    return re.fullmatch(r"[!-~]([ -~]*[!-~])?", value) is not None


def of_this_client(environ: Mapping[str, str]) -> Attribution:
    """Return what a client without a skill says of itself."""
    return Attribution(source=CLIENT, version=_version(), platform=detect(None, environ))


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "0"
