"""Every mutant acts: a probe of its own sees the difference, so that a survivor is a gap of the suite."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from mutants.chapters import MUTANTS
from mutants.mutant import Mutant, Probe
from mutants.patient import admitted
from mutants.surgery import Gone, Surgery
from nemovideo_fakeserver.provenance import REGISTRY


def _seen(probe: Probe, reading: str) -> str:
    with admitted(reading) as patient:
        return json.dumps(probe(patient), default=repr)


@cache
def _healthy(probe: Probe, reading: str) -> str:
    return _seen(probe, reading)


def _sick(mutant: Mutant) -> str:
    try:
        with mutant.alive():
            return _seen(mutant.probe, mutant.reading)
    except Gone:
        raise
    except Exception as problem:  # a probe may stumble over a mutant, and so may a client
        return repr(problem)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_shows(mutant: Mutant) -> None:
    """A probe sees the mutant differ from the healthy fake."""
    assert _sick(mutant) != _healthy(mutant.probe, mutant.reading)


def test_no_mutant_leaves_a_trace() -> None:
    """After all mutants have come and gone, every probe sees the fake as it was before."""
    probes = dict.fromkeys((mutant.probe, mutant.reading) for mutant in MUTANTS)
    before = {asked: _healthy(*asked) for asked in probes}
    for mutant in MUTANTS:
        with mutant.alive():
            pass

    assert {asked: _seen(*asked) for asked in probes} == before


def test_every_mutant_violates_a_registered_behaviour() -> None:
    """What a mutant violates is a row of the registry of behaviours, and it says what is wrong in a sentence."""
    for mutant in MUTANTS:
        assert mutant.violates in REGISTRY, mutant.name
        assert mutant.says.endswith("."), mutant.name


def test_names_are_unique() -> None:
    """No two mutants have the same name."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("target", ["api.auth.nothing", "api.nothing.success", "core.nothing"])
def test_what_is_gone_cannot_be_changed(target: str) -> None:
    """A target that the fake has not is an error, for attributes, modules and rows alike."""
    surgery = Surgery()

    with pytest.raises(Gone, match="the fake has no"):
        surgery.replace(target, None)
    with pytest.raises(Gone, match="the fake has no route"):
        surgery.row("GET /nothing", scope=None)
    with pytest.raises(Gone, match="has no 'nothing'"):
        surgery.item("api.dialects.DIALECTS", "nothing", None)


def test_a_failed_operation_is_undone() -> None:
    """A mutant that no longer applies leaves the fake as it was."""

    def change(cut: Surgery) -> None:
        cut.replace("core.accounts.FREE_CREDITS", 7)
        cut.replace("core.accounts.NOTHING", 7)

    kept: dict[str, Any] = {"name": "x", "chapter": "x", "says": "", "violates": "", "probe": None}
    with pytest.raises(Gone), Mutant(change=change, **kept).alive():
        pass

    assert Surgery().value("core.accounts.FREE_CREDITS") == 100
