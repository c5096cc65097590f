"""The judge finds nothing against the client of this repository, whatever happens to it.

Every ready scenario and every version of the vendor's skill is lived through by a user of the blocking and
of the asyncio client, who calls methods or talks, in English or in Chinese. A tale says what is wished for,
which problems are met, and which rules it gives occasion to keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from nemovideo_fakeserver import scenario
from nemovideo_fakeserver.core.presets import PRESETS
from support import media
from support.good_client import HOUSES, RICH, acquitted, known, opened, somebody
from support.wishes import Programmer, Talker, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """`who` is an account of the scenario; else it is somebody new. `kept` are rules, `problems` errors.

    `unfired` are faults of the scenario that the tale does not meet, with the reason beside them.
    """

    who: str = ""
    wishes: tuple[str, ...]
    kept: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unfired: tuple[str, ...] = ()


EXPORT = ("render-without-state", "draft-not-verbatim", "polled-after-the-end")
LOST = ("break-not-looked-into", "resent-while-working", "sent-while-working")
ALL = ("upload", "make", "title", "music", "louder", "talk", "credits", "state", "export")
TALES = {
    "happy": Tale(wishes=ALL, kept=EXPORT),
    "silent-edit": Tale(wishes=ALL, kept=("silence-not-looked-into", *EXPORT)),
    "no-credits": Tale(wishes=("make", "talk", "credits", "state"), problems=("OutOfCredits",)),
    "expired-token": Tale(
        who="returning",
        wishes=("state", "credits", "music", "export"),
        kept=EXPORT,
    ),
    "cut-stream": Tale(
        wishes=("make", "title", "credits", "export"), kept=("looked-too-soon", *LOST, *EXPORT)
    ),
    "heartbeats-only-11-minutes": Tale(wishes=("make", "title", "export"), kept=(*LOST, *EXPORT)),
    "slow-generation": Tale(wishes=("make", "title", "export"), kept=(*LOST, *EXPORT)),
    "render-fails-once": Tale(
        wishes=("make", "export"), kept=("failed-render-repeated", "render-id-reused", *EXPORT)
    ),
    "rate-limited": Tale(
        wishes=("make", "export"), kept=("retried-too-soon", "retried-again", *EXPORT)
    ),
    "free-plan-export-blocked": Tale(
        wishes=("make", "export", "state"), problems=("ExportBlocked",)
    ),
    "trailing-noise": Tale(wishes=("title", "music", "export"), kept=EXPORT),
    "stage-two-fails": Tale(
        wishes=("make", "state", "credits", "title", "export"),
        problems=("TurnFailed",),
        kept=EXPORT,
    ),
    "flaky-network": Tale(
        wishes=("upload", "music", "credits", *("export", "state") * 3),
        kept=EXPORT,
    ),
    "demo": Tale(wishes=("upload", "demo", "title", "credits", "export"), kept=EXPORT),
}


@pytest.fixture(params=HOUSES)
def client(request: pytest.FixtureRequest) -> str:
    """Which client it is."""
    return str(request.param)


@pytest.fixture(params=[Programmer, Talker])
def way(request: pytest.FixtureRequest) -> type[User]:
    """What the user does with it."""
    kind: type[User] = request.param
    return kind


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    """What the user speaks."""
    return str(request.param)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A clip of two seconds to upload."""
    path = tmp_path / "beach.mp4"
    path.write_bytes(media.mp4())
    return path


@pytest.mark.parametrize("name", [found.name for found in scenario.ready()])
def test_nothing_is_said_against_the_client_in_any_scenario(
    name: str, client: str, way: type[User], language: str, clip: Path
) -> None:
    """The wishes meet the problems that the scenario is about, and every turn and fault of it."""
    tale, told = TALES[name], scenario.named(name)
    with opened(told, client) as house:
        nemo = known(house, told, tale.who) if tale.who else None
        user = somebody(house, way, clip, language, nemo)
        user.wish(*tale.wishes)

        acquitted(house, *tale.kept)
        assert tuple(user.problems) == tale.problems
        assert (house.fake.playing() or {})["unplayed"] == []
        unfired = {armed.fault.at for armed in house.fake.faults.unfired()}
        assert unfired == set(tale.unfired)


def test_every_scenario_that_is_ready_has_a_tale() -> None:
    """And no tale is left of one that is gone."""
    assert TALES.keys() == {found.name for found in scenario.ready()}


def test_whoever_has_topped_up_may_say_it_again(
    client: str, way: type[User], language: str, clip: Path
) -> None:
    """2001 says how; then the same message is no repetition."""
    with opened(scenario.named("no-credits"), client) as house:
        user = somebody(house, way, clip, language)
        user.wish("make")
        house.grant(user.nemo, RICH)
        user.wish("make", "export")

        acquitted(house, "resent-without-credits", *EXPORT)
        assert user.problems == ["OutOfCredits"]


def test_a_paid_plan_exports_where_the_free_one_does_not(
    client: str, way: type[User], language: str, clip: Path
) -> None:
    """A customer goes on where the guest was refused."""
    told = scenario.named("free-plan-export-blocked")
    with opened(told, client) as house:
        guest = somebody(house, way, clip, language)
        customer = somebody(house, way, clip, language, known(house, told, "customer"))
        guest.wish("make", "export")
        customer.wish("make", "export")

        acquitted(house, *EXPORT)
        assert (guest.problems, customer.problems) == (["ExportBlocked"], [])


@pytest.mark.parametrize("version", PRESETS)
def test_nothing_is_said_against_the_client_by_any_version_of_the_documents(
    version: str, client: str, way: type[User], language: str, clip: Path
) -> None:
    """Whatever the vendor's skill said at the time, the client does it and gets its film."""
    told = scenario.of({"name": version, "variants": {"preset": version}, "silence": "always"})
    with opened(told, client) as house:
        user = somebody(house, way, clip, language)
        user.wish(*ALL)

        acquitted(house, "silence-not-looked-into", *EXPORT)
        assert user.problems == []
