"""A life that breaks a law shrinks to a scenario that a server plays, and a script that lives it again."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_fakeserver.core.ledger import Ledger
from support.machine import casting, paper
from support.machine.audit import LawBroken
from support.machine.example import LIFE, WORLD
from support.machine.life import Life
from support.machine.repertoire import do, live
from support.machine.walk import Walk
from support.server import PATIENCE, thread

MIDLIFE = 33
"""Deeds before the second world, and before all begins anew."""

BRIEF = settings(
    max_examples=300,
    stateful_step_count=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def _lose_a_credit(patch: pytest.MonkeyPatch) -> None:
    """Plant a defect that the ledger's own check does not see: what is released is one credit short."""

    def release(self: Ledger, *, at: float, reference: str) -> None:
        amount = self._let_go(reference)
        self.available += amount - 1
        self._spent += 1
        self._enter("release", amount, at, reference)

    patch.setattr(Ledger, "release", release)


def _lived_again(path: Path, told: str) -> Any:
    """Let a shell do to a server that plays a scenario what is on paper; return what the fake then tells."""
    command = ["bash", str(path.with_suffix(".sh"))]
    with Fake(Options(scenario=scenario.read(path), autojump=False)) as fake, thread(fake) as url:
        environment = {**os.environ, "NEMO_API_URL": url}
        ran = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert ran.stderr == ""
        return httpx.get(f"{url}/__fake__/{told}").json()


def _available(path: Path) -> list[int]:
    """Return what everybody has once a shell has lived a life again."""
    return [books["available"] for books in _lived_again(path, "ledger")["ledger"]]


@pytest.mark.slow
def test_a_defect_shrinks_to_a_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is small, it is read back, it breaks the same law again, and it is sound without the defect."""

    class Told(Life):
        @staticmethod
        def report(walk: Walk, broken: BaseException) -> None:
            broken.add_note(f"on paper: {paper.write(tmp_path, 'broken', walk, broken)}")

    with monkeypatch.context() as patch:
        _lose_a_credit(patch)
        with pytest.raises(LawBroken) as first:
            run_state_machine_as_test(Told, settings=BRIEF)
        path = tmp_path / "broken.yaml"
        words, deeds = paper.read(path)
        with pytest.raises(LawBroken) as again:
            live(words, deeds)
        broken = _available(path) if shutil.which("curl") else []

    live(words, deeds)
    sound = _available(path) if shutil.which("curl") else []
    assert str(again.value) == str(first.value)
    assert f"on paper: {path}" in first.value.__notes__
    assert len(deeds) <= 6
    assert len(words["turns"]) == 1
    assert scenario.read(path).about == str(first.value)
    assert broken == [credits_ - 1 for credits_ in sound]


TOLD = ("how", "entry", "amount", "available", "frozen", "work", "price", "failed", "fault", "side")
SAID = ("status", "code", "filename", "said", "render", "reference", "turn", "session", "token")


def _happened(facts: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Return what happened in the world, in order, and what was read, whenever that was written."""
    told = [
        (fact["kind"], fact["at"], {key: fact["what"].get(key) for key in (*TOLD, *SAID)})
        for fact in facts
        if fact["kind"] not in ("frame", "request", "clock")
    ]
    read = [each for each in told if each[0] == "stream.ended"]
    return [each for each in told if each not in read], sorted(read, key=str)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on PATH")
def test_a_shell_lives_it_again(tmp_path: Path) -> None:
    """What the script does to a server that plays the scenario is what the machine did to its fake."""
    with Walk(WORLD) as walk:
        for deed in LIFE[:MIDLIFE]:
            do(walk, deed)
        path = paper.write(tmp_path, "midlife", walk, LawBroken("none was broken"))
        lived = _happened([fact.as_dict() for fact in walk.here.audit.heard])

    facts = _lived_again(path, "journal")["facts"]

    assert len(lived[0]) > 60
    assert _happened(facts) == lived


def test_a_paper_is_read_as_it_was_written(tmp_path: Path) -> None:
    """A scenario with everything in it, and every kind of deed, come back as they were."""
    words = casting.scenario(
        cast=casting.CASTS[4],
        readings=[{"sse_dialect": "adk"}, {"sse_max": "20s"}],
        newcomers=casting.NEWCOMERS[1],
        renders=casting.RENDERS[2],
        faults=list(casting.FAULTS),
    )
    with Walk(words) as walk:
        for deed in LIFE[:5]:
            do(walk, deed)
        path = paper.write(tmp_path, "whole", walk, LawBroken("a: b"))

    read, deeds = paper.read(path)

    assert deeds == list(LIFE[:5])
    assert [turn["when"]["says"] for turn in read["turns"]] == ["fail", "title"]
    assert scenario.of({**read, "turns": words["turns"]}) == scenario.of(
        {**words, "name": "whole", "about": "a: b"}
    )
