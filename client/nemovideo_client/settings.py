"""From arguments, environment and skill to how a client behaves: argument > environment > skill > default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from nemovideo_client import identity
from nemovideo_client.account import Account
from nemovideo_client.flows.context import Context
from nemovideo_client.models import Session, Token
from nemovideo_client.options import BASE_URL, WEB_URL, Options, url_from
from nemovideo_client.skill.attribution import Attribution, of_this_client, sendable
from nemovideo_client.words import READY

if TYPE_CHECKING:
    from nemovideo_client.skill.skill import Skill


class Settings(TypedDict, total=False):
    """What a client can be told when it is made; times in seconds, all of it optional.

    - `base_url`, `web_url`: where the service and its pages are (`NEMO_API_URL`, `NEMO_WEB_URL`).
    - `token`: a token to use (`NEMO_TOKEN`); without one, an anonymous one is asked for when needed.
    - `client_id`: whom that token is for (`NEMO_CLIENT_ID`); else the one kept under `~/.config`, or a
      fresh one where the skill says so.
    - `session`: a session to go on in. One named by its id is never replaced by another one.
    - `skill`: the `Skill` to act for, or the path of its SKILL.md: attribution, words, habits.
    - `attribution`: who asks, where it is no skill.
    - all others: see `options.Options`.
    """

    base_url: str | None
    web_url: str | None
    token: Token | str | None
    client_id: str | None
    session: Session | str | None
    skill: Skill | str | os.PathLike[str] | None
    attribution: Attribution | None
    language: str | None
    session_language: str | None
    timeout: float
    max_retries: int
    idle_timeout: float
    heartbeat_timeout: float
    stream_timeout: float
    poll_interval: float
    max_polls: int | None


def prepared(settings: Settings, environ: Mapping[str, str] = os.environ) -> Context:
    """Return what a client with these settings begins with. Raises ValueError and SkillUnreadable."""
    skill = _skill(settings.get("skill"), environ)
    attribution = settings.get("attribution") or (
        skill.attribution if skill else of_this_client(environ)
    )
    unknown = sorted(settings.keys() - Settings.__annotations__.keys())
    if unknown:
        raise TypeError(
            f"{unknown[0]!r} is no setting; there are {', '.join(Settings.__annotations__)}"
        )
    taken = {"token", "client_id", "session", "skill", "attribution", "base_url", "web_url"}
    given: dict[str, Any] = {name: value for name, value in settings.items() if name not in taken}
    options = Options(
        base_url=url_from(settings.get("base_url"), environ, "NEMO_API_URL", BASE_URL),
        web_url=url_from(
            settings.get("web_url"), environ, "NEMO_WEB_URL", skill.web_base if skill else WEB_URL
        ),
        attribution=attribution,
        **(_habits(skill) | given if skill else given),
    )
    session = settings.get("session")
    named = isinstance(session, str)
    if isinstance(session, str):
        session = Session(session_id=session)
    token = settings.get("token")
    if isinstance(token, str) or token is None:
        token = Token(value=token or environ.get("NEMO_TOKEN") or "")
    account = Account(
        client_id=_client_id(settings.get("client_id"), environ, skill),
        token=_sendable("token", token.value),
        user_id=token.user_id or (session.user_id if session else None),
        session=session,
        named=named,
    )
    return Context(options, account)


def _skill(
    given: Skill | str | os.PathLike[str] | None, environ: Mapping[str, str]
) -> Skill | None:
    if isinstance(given, str | os.PathLike):
        from nemovideo_client.skill.skill import Skill  # with its tables, only for who has a skill

        return Skill.load(Path(given), environ)
    return given


def _habits(skill: Skill) -> dict[str, Any]:
    """Return the options that a skill decides."""
    return {
        "session_language": skill.language,
        "claim_link": skill.claim_link,
        "connecting": skill.connecting,
        "ready": skill.ready or READY,
        "top_up": skill.top_up,
        "unlock": skill.unlock,
        "max_upload": skill.max_upload,
        "poll_interval": float(skill.poll_seconds),
        "max_polls": skill.poll_cap,
    }


def _client_id(
    given: str | None, environ: Mapping[str, str], skill: Skill | None
) -> Callable[[], str]:
    """Return where the client id comes from; it is not looked for before it is needed."""
    known = _sendable("client_id", given or environ.get("NEMO_CLIENT_ID"))
    if known is not None:
        return lambda: known
    if skill is not None and skill.client_id_file is None:
        return cache(identity.fresh)
    place = skill.client_id_file if skill and skill.client_id_file else identity.FILE
    return lambda: identity.kept(Path.home() / place)


def _sendable(name: str, value: str | None) -> str | None:
    """Return a secret that can stand in a header, or None where there is none; it is not repeated."""
    value = (value or "").strip()
    if value and not sendable(value):
        raise ValueError(f"{name}: only visible ASCII characters can be sent")
    return value or None
