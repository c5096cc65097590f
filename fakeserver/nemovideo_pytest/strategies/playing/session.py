"""A user's session: acts in order, which anybody can play, and which can be read and written as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from nemovideo_pytest.strategies.playing import acts
from nemovideo_pytest.strategies.playing.acts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of an act: what the player returned, or the error it raised."""

    act: Act
    result: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """What one user does."""

    acts: tuple[Act, ...]

    def play(
        self, client: Any, *, errors: tuple[type[BaseException], ...] = ()
    ) -> tuple[Played, ...]:
        """Let a `Player` do it all, and return what came of each act.

        An error of one of the types `errors` is noted, and the session goes on; any other is raised.
        """
        return tuple(self.steps(client, errors=errors))

    def steps(
        self, client: Any, *, errors: tuple[type[BaseException], ...] = ()
    ) -> Iterator[Played]:
        """Do the same, and yield what came of each act before the next begins."""
        for act in self.acts:
            try:
                result = act.play(client)
            except errors as error:
                yield Played(act=act, error=error)
            else:
                yield Played(act=act, result=result)

    def text(self) -> str:
        """Return the session as YAML, one act a line."""
        return "".join(f"- {act.line()}\n" for act in self.acts) or "[]\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the session that a text says; raises ValueError for one that says none."""
        import yaml

        try:
            listed = yaml.safe_load(text)
        except yaml.YAMLError as problem:
            raise ValueError(f"a session is a YAML list of acts: {problem}") from None
        if not isinstance(listed, list):
            raise ValueError(f"a session is a YAML list of acts, not {listed!r}")  # noqa: TRY004  # the text is wrong
        return cls(tuple(map(acts.read, listed)))

    def __str__(self) -> str:
        return self.text()
