"""What a name means where it stands: a value of an earlier answer, one of our own making, or one to ask for."""

from __future__ import annotations

from collections.abc import Callable

from nemovideo_client.skill.run import context
from nemovideo_client.skill.run.answers import Answers
from nemovideo_client.skill.run.making import Maker

SET = frozenset({"NEMO_API_URL", "NEMO_WEB_URL", "HOME"})
"""Variables that are worth more than a default."""


class Meant:
    """Asks one source after the other; each gets the meaning, and the name that the skill uses for it."""

    def __init__(self, answers: Answers, maker: Maker, fetch: Callable[[str], str | None]) -> None:
        self._answers = answers
        self._fetch = fetch
        self.sources: tuple[Callable[[str, str], str | None], ...] = (
            self._user,
            self._called_so,
            maker.make,
            self._answered,
            self._fetched,
        )

    def named(self, name: str, before: str = "") -> str | None:
        """Return the value that a name means where it stands; None if nobody knows."""
        what = context.means(name, before)
        found = (source(what, name) for source in self.sources)
        return next((value for value in found if value), None)

    def is_set(self, name: str) -> bool:
        """Say whether a variable of the environment has a value that is worth more than a default."""
        if name == "NEMO_TOKEN":
            return self._answers.get("token") is not None
        return name in SET

    def _user(self, what: str, _: str) -> str | None:
        return (self._answers.get(what) or "me") if what == "user_id" else None

    def _called_so(self, what: str, name: str) -> str | None:
        return self._answers.get(name.lower()) if what in ("", "url") else None

    def _answered(self, what: str, _: str) -> str | None:
        # The draft that counts is the state's, now.
        return self._answers.get(what) if what not in ("", "draft") else None

    def _fetched(self, what: str, _: str) -> str | None:
        return self._fetch(what) if what else None
