"""One test, and what was chosen for the run: all that a target needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from nemovideo_pytest.settings import Settings

if TYPE_CHECKING:
    from nemovideo_fakeserver import Options
    from nemovideo_fakeserver.scenario import Scenario
    from nemovideo_pytest.service import Service


@dataclass(frozen=True, slots=True)
class Case:
    """The test that `request` is of. What its marks say wrong is an error of the test, in a sentence."""

    request: pytest.FixtureRequest

    @property
    def node(self) -> pytest.Item:
        """The test itself, with its marks, its name and its file."""
        node: pytest.Item = self.request.node
        return node

    @property
    def settings(self) -> Settings:
        """What was chosen for the run."""
        return Settings(self.request.config)

    def mark(self, name: str) -> pytest.Mark | None:
        """Return the nearest mark of that name."""
        return self.node.get_closest_marker(name)

    def asks_for(self, fixture: str) -> bool:
        """Say whether the test, or a fixture of it, has this fixture as an argument or by a mark."""
        return fixture in self.request.fixturenames

    def wrong(self, what: object) -> BaseException:
        """Return what to raise where the test asks for what cannot be: a failure that is one sentence."""
        return pytest.fail.Exception(f"{self.node.nodeid}: {what}", pytrace=False)

    def beginning(self) -> tuple[Scenario | None, dict[str, str]]:
        """Return the scenario of this test, and all readings that were chosen, by name."""
        from nemovideo_pytest import marks

        with self._in_a_sentence():
            scenario = marks.scenario(self.node)
            return scenario, marks.readings(self.node, scenario, self.settings.texts("variant"))

    def options(self) -> Options:
        """Return how a fake begins for this test."""
        from nemovideo_fakeserver import Options
        from nemovideo_fakeserver.core.presets import chosen

        scenario, words = self.beginning()
        with self._in_a_sentence():
            return Options(scenario=scenario, variants=chosen(words.items()))

    def check(self) -> None:
        """Fail, before anything begins, for marks that are looked at only at the end of the test."""
        from nemovideo_pytest import marks

        with self._in_a_sentence():
            marks.excused(self.node)

    def arm(self, service: Service) -> None:
        """Arm the faults of this test's marks, where there is a fake."""
        from nemovideo_pytest import marks

        if service.fake is None:
            return
        with self._in_a_sentence():
            for at, do, more in marks.faults(self.node):
                service.fake.arm(at, do, world=service.world, **more)

    @contextmanager
    def _in_a_sentence(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError) as problem:
            raise self.wrong(problem) from None
