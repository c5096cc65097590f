"""A SKILL.md as one value: who it is, how it connects, what it says, what it states."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.skill import deviations, frontmatter, limits, sections, setup, wording
from nemovideo_client.skill.attribution import Attribution
from nemovideo_client.skill.platform import UNKNOWN, detect
from nemovideo_client.words import CONNECTING, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """What a skill asks of a client that follows it.

    `client_id_file` is the file below the home directory that keeps the client id, None for a fresh
    UUID every run. `language` goes with a new session: "detected" from the user, a fixed tag, or None for none.
    `claim_link`: the user gets a link to the project on `web_base`. `max_upload` is in bytes, None
    where unstated; `poll_seconds` lie between two polls of a render, `poll_cap` of them are made
    (None: no end). `deviations` say what is wrong with the document.
    """

    attribution: Attribution
    title: str
    description: str = ""
    variant: str | None = None
    env: tuple[str, ...] = ()
    client_id_file: str | None = setup.DEFAULT_FILE
    language: str | None = None
    claim_link: bool = False
    web_base: str = setup.DEFAULT_WEB
    connecting: Wording[str] = CONNECTING
    ready: Wording[str] | None = None
    top_up: Wording[str] = wording.TOP_UP_ANYWHERE
    unlock: Wording[str] = wording.UNLOCK_ANYHOW
    try_saying: Wording[tuple[str, ...]] = wording.NO_EXAMPLES
    max_upload: int | None = None
    poll_seconds: int = limits.POLL_SECONDS
    poll_cap: int | None = None
    deviations: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The skill's name, as its front matter has it."""
        return self.attribution.source

    @property
    def version(self) -> str:
        """The skill's version, as written."""
        return self.attribution.version

    @classmethod
    def load(
        cls,
        path: str | Path,
        environ: Mapping[str, str] | None = None,
        home: Path | None = None,
    ) -> Skill:
        """Read the SKILL.md at `path`; SkillUnreadable if that is not possible."""
        return cls.read(
            _text(Path(path)),
            file=path,
            platform=detect(
                Path(path).absolute(),
                os.environ if environ is None else environ,
                Path.home() if home is None else home,
            ),
        )

    @classmethod
    def read(cls, text: str, *, file: str | Path = "SKILL.md", platform: str = UNKNOWN) -> Skill:
        """Read the text of a SKILL.md; `file` is what errors call it."""
        front = frontmatter.read(text, str(file))
        body = front.body
        parts = sections.sections(body)
        connect = setup.section(parts)
        return cls(
            attribution=Attribution(source=front.name, version=front.version, platform=platform),
            title=sections.title(parts) or front.name,
            description=front.description,
            variant=front.variant,
            env=front.env,
            deviations=deviations.deviations(front.name, front.version, body),
            client_id_file=setup.client_id_file(body),
            language=setup.language(connect, body),
            claim_link=setup.shows_claim_link(body),
            web_base=setup.web_base(body),
            connecting=wording.connecting(connect, body),
            ready=wording.said(wording.READY, connect),
            top_up=wording.said(wording.TOP_UP, body) or wording.TOP_UP_ANYWHERE,
            unlock=wording.said(wording.UNLOCK, body) or wording.UNLOCK_ANYHOW,
            try_saying=wording.try_saying(body),
            max_upload=limits.max_upload(body),
            poll_seconds=limits.poll_seconds(body),
            poll_cap=limits.poll_cap(body),
        )


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(frontmatter.LIMIT + 1)
    except OSError as error:
        why = error.strerror or "no such file"
    except UnicodeDecodeError:
        why = "it is not UTF-8 text"
    raise SkillUnreadable(f"{path}: cannot be read: {why}", next_step="Name a SKILL.md file.")
