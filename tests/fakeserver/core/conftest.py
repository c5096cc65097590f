"""A stage for the domain: one world on a clock that stands, among scripted partners.

Tests take the types of what they are given from here for checking only: at run time everything comes
as a fixture, because test modules are imported by path and not by name.
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.plan import Plan, Scene
from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Turn
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import Ports, World

CDN = "http://fake.test/cdn"


class Script:
    """An agent that answers with `plan`, whatever the message, and remembers the scenes it saw."""

    def __init__(self) -> None:
        self.plan = Plan(kind="text", beats=(), lasts=0.0)
        self.scenes: list[Scene] = []

    def __call__(self, message: str, scene: Scene) -> Plan:
        """Plan what the test has written down."""
        self.scenes.append(scene)
        return self.plan


class Darkroom:
    """A studio that only takes orders; the test completes the futures in `jobs` itself."""

    def __init__(self) -> None:
        self.orders: list[RenderOrder] = []
        self.jobs: list[Future[Film]] = []

    def render(self, order: RenderOrder) -> Future[Film]:
        """Take an order."""
        self.orders.append(order)
        self.jobs.append(Future())
        return self.jobs[-1]

    def discard(self, film: Future[Film]) -> None:
        """Call off a job that is not done."""
        film.cancel()

    def make(self, clip: Synthetic) -> Future[Path]:
        """Promise the file of a clip."""
        return Future()

    def thumbnail(self, asset: Asset) -> Future[Path]:
        """Promise a small picture."""
        return Future()

    def close(self) -> None:
        """Leave everything as it is."""


class Shelf:
    """A vault that moves nothing and remembers what it was asked to keep."""

    def __init__(self) -> None:
        self.kept: list[Path] = []

    def keep(self, spooled: Path, sha256: str) -> Path:
        """Say where the file would be."""
        self.kept.append(spooled)
        return Path("kept") / spooled.name

    def place(self, sha256: str) -> Path:
        """Say where a file would be."""
        return Path("kept") / sha256

    def size(self, kept: Path) -> int:
        """Say that every file is empty."""
        return 0


class Stage:
    """A world and its partners, with the acts the tests need in few words."""

    def __init__(
        self, *, seed: str = "seed", start: float = EPOCH, variants: Variants | None = None
    ) -> None:
        self.clock = Clock(start)
        self.agent = Script()
        self.studio = Darkroom()
        self.vault = Shelf()
        self.setting = Setting(
            clock=self.clock, chance=Chance(seed), variants=variants or Variants()
        )
        self.world = World(
            self.setting, Ports(agent=self.agent, studio=self.studio, vault=self.vault)
        )

    def account(self, name: str = "ann", credits_: int = 100) -> Account:
        """Let a client get its token; `credits_` beyond the 100 free ones are granted."""
        account = self.world.accounts.anonymous(name, address=name).account
        account.ledger.grant(credits_ - 100, at=self.clock.now(), reference="test")
        return account

    def session(self, account: Account | None = None) -> Session:
        """Open a session, for an account with plenty of credits unless one is given."""
        return self.world.sessions.create(account or self.account(credits_=10_000), "project", "en")

    def say(self, session: Session, plan: Plan) -> Turn:
        """Send a message whose answer is `plan`."""
        self.world.settle()
        self.agent.plan = plan
        return self.world.chat.say(session, "please", cdn=CDN)

    def at(self, moment: float) -> None:
        """Go to `moment` and let happen what is due."""
        self.clock.jump_to(moment)
        self.world.settle()

    def later(self, seconds: float) -> None:
        """Go forward and let happen what is due."""
        self.at(self.clock.now() + seconds)

    def noted(self, kind: str) -> list[dict[str, Any]]:
        """Return what the journal tells of the facts of one kind."""
        return [dict(fact.what) for fact in self.setting.journal if fact.kind == kind]


def _asset(name: str = "clip.mp4") -> Asset:
    return Asset(
        kind="video",
        filename=name,
        url=f"{CDN}/generated/{name}",
        seconds=5.0,
        width=1280,
        height=720,
        fps=30.0,
        hash=name,
        source=Path(name),
        origin="generated",
    )


@pytest.fixture(name="new_stage", scope="session")
def _new_stage() -> type[Stage]:
    """What makes stages, for tests that need several or make one per example."""
    return Stage


@pytest.fixture(name="stage")
def _stage() -> Stage:
    """A stage of the test's own."""
    return Stage()


@pytest.fixture(name="cdn", scope="session")
def _cdn() -> str:
    """The URL below which media have their address."""
    return CDN


@pytest.fixture(name="clip", scope="session")
def _clip() -> Asset:
    """A generated video clip."""
    return _asset()
