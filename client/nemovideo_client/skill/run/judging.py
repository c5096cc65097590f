"""What the judge of the fake says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nemovideo_client.skill.run import curl
from nemovideo_client.skill.run.answers import parsed
from nemovideo_client.skill.run.outgoing import Outgoing
from nemovideo_client.skill.run.sending import ONE_SECONDS


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts and totals, as the judge has them; no totals where it did not answer."""

    verdicts: tuple[dict[str, Any], ...] = ()
    totals: dict[str, Any] | None = None


def verdicts(base: str, folder: Path) -> Verdicts:
    """Ask for the verdicts on what was sent so far."""
    asked = Outgoing("GET", f"{base}/__fake__/verdicts")
    value = parsed(curl.send(asked, folder, ONE_SECONDS).body)
    if not isinstance(value, dict):
        return Verdicts()
    return Verdicts(tuple(value.get("verdicts", ())), value.get("totals"))
