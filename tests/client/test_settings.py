"""Where a client's behaviour comes from: argument > environment > skill > default."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.models import Session
from nemovideo_client.options import BASE_URL, DETECTED, WEB_URL
from nemovideo_client.settings import Settings, prepared
from nemovideo_client.skill.attribution import Attribution
from nemovideo_client.skill.skill import Skill
from nemovideo_client.words import READY, Wording

WORDS = Wording("en", "zh")
ATTRIBUTION = Attribution(source="a-skill", version="1.0", platform="clawhub")
SKILL = Skill(
    attribution=ATTRIBUTION,
    title="A skill",
    language="es",
    claim_link=True,
    web_base="https://skill.test",
    connecting=WORDS,
    ready=WORDS,
    top_up=WORDS,
    unlock=WORDS,
    max_upload=200_000_000,
    poll_seconds=10,
    poll_cap=30,
)
PLAIN = Skill(attribution=ATTRIBUTION, title="A skill")
TEXT = "---\nname: b-skill\nversion: 2.0\n---\n# B\nX-Skill-Source\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of its own for each test."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("settings", "environ", "option", "value"),
    [
        # base URL: argument > environment > default
        ({}, {}, "base_url", BASE_URL),
        ({}, {"NEMO_API_URL": "https://env.test/"}, "base_url", "https://env.test"),
        ({}, {"NEMO_API_URL": ""}, "base_url", BASE_URL),
        (
            {"base_url": " http://arg.test/v1// "},
            {"NEMO_API_URL": "https://env.test"},
            "base_url",
            "http://arg.test/v1",
        ),
        # web URL: argument > environment > skill > default
        ({}, {}, "web_url", WEB_URL),
        ({"skill": SKILL}, {}, "web_url", "https://skill.test"),
        ({"skill": SKILL}, {"NEMO_WEB_URL": "https://e.test"}, "web_url", "https://e.test"),
        (
            {"skill": SKILL, "web_url": "https://a.test"},
            {"NEMO_WEB_URL": "https://e.test"},
            "web_url",
            "https://a.test",
        ),
        # what a skill decides: argument > skill > default
        ({}, {}, "poll_interval", 30.0),
        ({"skill": SKILL}, {}, "poll_interval", 10.0),
        ({"skill": SKILL, "poll_interval": 2}, {}, "poll_interval", 2),
        ({}, {}, "max_polls", 10),
        ({"skill": SKILL}, {}, "max_polls", 30),
        ({"skill": PLAIN}, {}, "max_polls", None),
        ({"skill": SKILL, "max_polls": None}, {}, "max_polls", None),
        ({}, {}, "session_language", DETECTED),
        ({"skill": SKILL}, {}, "session_language", "es"),
        ({"skill": PLAIN}, {}, "session_language", None),
        ({"skill": SKILL, "session_language": None}, {}, "session_language", None),
        ({}, {}, "claim_link", False),
        ({"skill": SKILL}, {}, "claim_link", True),
        ({"skill": SKILL}, {}, "max_upload", 200_000_000),
        ({"skill": SKILL}, {}, "connecting", WORDS),
        ({"skill": SKILL}, {}, "ready", WORDS),
        ({"skill": PLAIN}, {}, "ready", READY),
        ({"skill": SKILL}, {}, "top_up", WORDS),
        ({"skill": SKILL}, {}, "unlock", WORDS),
        # what only an argument decides
        ({"language": "zh"}, {}, "language", "zh"),
        ({"timeout": 5}, {}, "timeout", 5),
    ],
)
def test_precedence(
    settings: Settings, environ: dict[str, str], option: str, value: object
) -> None:
    """Whoever is nearest decides."""
    assert getattr(prepared(settings, environ).options, option) == value


@pytest.mark.parametrize(
    ("settings", "environ", "token"),
    [
        ({}, {}, None),
        ({}, {"NEMO_TOKEN": ""}, None),
        ({}, {"NEMO_TOKEN": "env"}, "env"),
        ({"token": "arg"}, {"NEMO_TOKEN": "env"}, "arg"),
        ({"token": None}, {"NEMO_TOKEN": "env"}, "env"),
    ],
)
def test_token(settings: Settings, environ: dict[str, str], token: str | None) -> None:
    """Argument, else environment, else none: it is asked for when needed."""
    assert prepared(settings, environ).account.token == token


@pytest.mark.parametrize(
    ("settings", "environ", "client_id"),
    [
        ({}, {"NEMO_CLIENT_ID": " env "}, "env"),
        ({"client_id": "arg"}, {"NEMO_CLIENT_ID": "env"}, "arg"),
        ({"client_id": None}, {"NEMO_CLIENT_ID": "env"}, "env"),
    ],
)
def test_client_id_told(settings: Settings, environ: dict[str, str], client_id: str) -> None:
    """Argument, else environment; no file is made."""
    assert prepared(settings, environ).account.client_id() == client_id
    assert list(Path.home().iterdir()) == []


@pytest.mark.parametrize(
    ("skill", "place"),
    [
        (None, ".config/nemovideo/client_id"),
        (PLAIN, ".config/nemovideo/client_id"),
        (
            Skill(attribution=ATTRIBUTION, title="", client_id_file=".config/a-skill/client_id"),
            ".config/a-skill/client_id",
        ),
    ],
    ids=["usual", "usual skill", "own"],
)
def test_client_id_kept(home: Path, skill: Skill | None, place: str) -> None:
    """Else the one kept in the usual file, or in the skill's own; it is made when asked for."""
    account = prepared({"skill": skill}, {}).account
    before = list(home.rglob("*"))

    client_id = account.client_id()

    assert before == []
    assert (home / place).read_text().strip() == client_id
    assert account.client_id() == client_id


def test_client_id_fresh(home: Path) -> None:
    """Where the skill says so it is new for each client, the same for one, and kept nowhere."""
    skill = Skill(attribution=ATTRIBUTION, title="", client_id_file=None)
    one, two = (prepared({"skill": skill}, {}).account for _ in range(2))

    assert UUID(one.client_id())
    assert one.client_id() == one.client_id() != two.client_id()
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "environ", "source", "platform"),
    [
        ({}, {}, "nemovideo-client", "unknown"),
        ({}, {"SKILL_SOURCE": "ci"}, "nemovideo-client", "ci"),
        ({"skill": SKILL}, {"SKILL_SOURCE": "ci"}, "a-skill", "clawhub"),
        (
            {"skill": SKILL, "attribution": Attribution(source="mine", version="3")},
            {},
            "mine",
            "unknown",
        ),
    ],
)
def test_attribution(
    settings: Settings, environ: dict[str, str], source: str, platform: str
) -> None:
    """The one given, else the skill's, else this client's own."""
    who = prepared(settings, environ).options.attribution

    assert who is not None
    assert (who.source, who.platform) == (source, platform)
    assert who.version


@pytest.mark.parametrize(
    ("given", "session"),
    [
        (None, None),
        ("42", Session(session_id="42")),
        (Session(session_id="42", task_id="t"), Session(session_id="42", task_id="t")),
    ],
)
def test_session(given: Any, session: Session | None) -> None:
    """A session to go on in, by its id or whole."""
    assert prepared({"session": given}, {}).account.session == session


@pytest.mark.parametrize("kind", [str, Path])
def test_a_skill_may_be_a_path(tmp_path: Path, kind: type[Any]) -> None:
    """It is loaded, with the platform of this environment."""
    path = tmp_path / "SKILL.md"
    path.write_text(TEXT, encoding="utf-8")

    who = prepared({"skill": kind(path)}, {"SKILL_SOURCE": "ci"}).options.attribution

    assert who == Attribution(source="b-skill", version="2.0", platform="ci")


def test_a_skill_that_cannot_be_read(tmp_path: Path) -> None:
    """That is said when the client is made."""
    with pytest.raises(SkillUnreadable):
        prepared({"skill": tmp_path / "SKILL.md"}, {})


@pytest.mark.parametrize(
    ("settings", "environ", "named"),
    [
        ({"base_url": "api.test"}, {}, "NEMO_API_URL"),
        ({}, {"NEMO_API_URL": "ftp://api.test"}, "NEMO_API_URL"),
        ({"web_url": "/"}, {}, "NEMO_WEB_URL"),
        ({"timeout": 0}, {}, "timeout"),
    ],
)
def test_what_makes_no_sense(settings: Settings, environ: dict[str, str], named: str) -> None:
    """ValueError names the setting."""
    with pytest.raises(ValueError, match=named):
        prepared(settings, environ)


def test_an_unknown_setting() -> None:
    """A name that is none is a TypeError, as for any function."""
    with pytest.raises(TypeError, match="pol_interval"):
        prepared({"pol_interval": 3}, {})  # type: ignore[typeddict-unknown-key] # that is the point


def test_the_environment_is_the_process_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without another one given, `os.environ` counts."""
    monkeypatch.setitem(os.environ, "NEMO_TOKEN", "from the process")

    assert prepared({}).account.token == "from the process"


@pytest.mark.parametrize("settings", [{"token": "tök"}, {"token": "a\nb"}, {"client_id": "ü"}])
def test_what_no_header_can_carry(settings: Settings) -> None:
    """A token or client id with a character too many is refused when the client is made."""
    with pytest.raises(ValueError, match=r"token|client_id"):
        prepared(settings, {})
