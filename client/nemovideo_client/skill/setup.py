"""What a skill says about connecting: the client id, the session's language, the link to the project.

A skill speaks of the session twice. The setup section is what an agent follows when it connects, so
its body counts; the reference section only documents the endpoint (in `best-ai-music-generator` and
`ai-music-generator-free-ab-old` the two differ).
"""

from __future__ import annotations

import re

from nemovideo_client.skill.sections import Section, about

SETUP = r"anonymous-"
"""What the setup section and, below it, only reference and error tables speak of."""

DEFAULT_FILE = ".config/nemovideo/client_id"
DEFAULT_WEB = "https://nemovideo.com"
DETECTED = "detected"

_FILE = r"(?:~|\$HOME|\$\{HOME\})/\.config/([\w-][\w.-]*)/client_?id\b"
_BODY = r"\{\s*\"?task_?name\"?\s*:[^{}]{0,200}\}"
_LANGUAGE = r"\"?\blanguage\"?\s*:\s*\"?([^\"{}]*)"
_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_LINK = r"(?:https?://[\w.:-]+|\$\{?\w{0,20}WEB\w{0,20})\}?/workspace/"
_SITE = r"(https?://[\w.:-]+)\}?/workspace/|NEMO_WEB_URL:-(https?://[\w.:-]+)"


def section(parts: tuple[Section, ...]) -> str:
    """Return the section that an agent follows when it connects."""
    return about(parts, SETUP)


def client_id_file(text: str) -> str | None:
    """Return the file (below the home directory) that keeps the client id, or None: a fresh UUID for every run.

    A skill that speaks of neither gets the usual file, since a fresh id costs a second token.
    """
    kept = re.search(_FILE, text)
    if kept:
        return f".config/{kept[1]}/client_id"
    return None if "UUID" in text else DEFAULT_FILE


def language(setup: str, whole: str) -> str | None:
    """Return what is sent as `language`: "detected" from the user, a fixed tag, or None for nothing."""
    plain = (text.replace('\\"', '"') for text in (setup, whole))
    body = next((found[0] for text in plain if (found := re.search(_BODY, text))), "")
    value = re.search(_LANGUAGE, body)
    if value is None or not value[1].strip():
        return None
    return value[1].strip() if re.fullmatch(_TAG, value[1].strip()) else DETECTED


def shows_claim_link(whole: str) -> bool:
    """Say whether the user is given a link to the project when the session is made."""
    return re.search(_LINK, whole) is not None


def web_base(whole: str) -> str:
    """Return the site that the link leads to."""
    site = re.search(_SITE, whole)
    return (site[1] or site[2]) if site else DEFAULT_WEB
