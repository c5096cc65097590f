"""`skill show`: what was read from a SKILL.md, and so what a client that follows it will do."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TypeAlias

from nemovideo_client.cli.clean import clean
from nemovideo_client.models import Json
from nemovideo_client.options import DETECTED
from nemovideo_client.skill.skill import Skill
from nemovideo_client.words import Wording

Row: TypeAlias = tuple[str, str]
MEBIBYTE = 1 << 20


def show(asked: argparse.Namespace) -> int:
    """Print what was read; the exit code is 0. Raises SkillUnreadable."""
    skill = Skill.load(asked.file)
    if asked.json:
        print(json.dumps({"result": facts(skill)}))
    else:
        print(*lines(skill), sep="\n")
    return 0


def lines(skill: Skill) -> Iterator[str]:
    """Tell of a skill: a row for each thing, then its examples, then what is wrong with it."""
    rows = list(_rows(skill))
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        yield clean(f"{label:<{width}}  {' '.join(value.split())}")
    yield from _list("Try saying", (*skill.try_saying.en, *skill.try_saying.zh))
    yield from _list("Deviations", skill.deviations)


def _rows(skill: Skill) -> Iterator[Row]:
    yield "Skill", skill.name
    yield "Version", skill.version
    yield "Platform", skill.attribution.platform
    yield "Title", skill.title
    yield "Client id", _client_id(skill)
    yield "Session language", _language(skill.language)
    yield "Link to project", f"yes, at {skill.web_base}" if skill.claim_link else "none"
    yield "While connecting", _both(skill.connecting)
    if skill.ready is not None:
        yield "When connected", _both(skill.ready)
    yield "Out of credits", _both(skill.top_up)
    yield "Export blocked", _both(skill.unlock)
    yield "Largest upload", _upload(skill.max_upload)
    yield "Polling", _polling(skill)


def _client_id(skill: Skill) -> str:
    return f"kept in ~/{skill.client_id_file}" if skill.client_id_file else "a new one each time"


def _language(language: str | None) -> str:
    if language is None:
        return "not sent"
    return "the user's" if language == DETECTED else f"always {language}"


def _both(wording: Wording[str]) -> str:
    return wording.en if wording.en == wording.zh else f"{wording.en} | {wording.zh}"


def _upload(limit: int | None) -> str:
    return "not stated" if limit is None else f"{limit / MEBIBYTE:g} MiB"


def _polling(skill: Skill) -> str:
    often = f"every {skill.poll_seconds} s"
    return f"{often}, at most {skill.poll_cap} times" if skill.poll_cap else f"{often}, to the end"


def _list(heading: str, entries: tuple[str, ...]) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{heading}:"
        for entry in entries:
            yield clean(f"  - {' '.join(entry.split())}")


def facts(skill: Skill) -> Json:
    """Return the same for programs."""
    return {
        "name": skill.name,
        "version": skill.version,
        "platform": skill.attribution.platform,
        "title": skill.title,
        "description": skill.description,
        "client_id_file": skill.client_id_file,
        "language": skill.language,
        "claim_link": skill.claim_link,
        "web_base": skill.web_base,
        "connecting": _pair(skill.connecting),
        "ready": skill.ready and _pair(skill.ready),
        "top_up": _pair(skill.top_up),
        "unlock": _pair(skill.unlock),
        "max_upload": skill.max_upload,
        "poll_seconds": skill.poll_seconds,
        "poll_cap": skill.poll_cap,
        "try_saying": _pair(skill.try_saying),
        "deviations": list(skill.deviations),
    }


def _pair(wording: Wording[str] | Wording[tuple[str, ...]]) -> Json:
    return {"en": wording.en, "zh": wording.zh}
