"""Every test of the contract says what it rests on, and all that is known is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver.provenance import REGISTRY, Behaviour
from nemovideo_pytest.contract.basis import STRENGTH, rests_on, told, weakest
from support.judging import collected

Tests = list[dict[str, Any]]

HTTP = ("GET", "POST", "HEAD")


def of(test: dict[str, Any], mark: str) -> list[list[str]]:
    """Return the arguments of each mark of that name."""
    return [args for name, args in test["marks"] if name == mark]


def test_every_test_names_behaviours_of_the_registry(tests: Tests) -> None:
    """Once, and at least one."""
    for test in tests:
        (names,) = of(test, "rests_on")

        assert names, test["id"]
        assert set(names) <= REGISTRY.keys()


def test_every_test_has_the_mark_of_its_weakest_basis(tests: Tests) -> None:
    """With a line for each source in it."""
    for test in tests:
        behaviours = [REGISTRY[name] for name in of(test, "rests_on")[0]]
        marks = {basis: of(test, basis) for basis in STRENGTH}

        assert marks.pop(weakest(behaviours)) == [[told(one) for one in behaviours]]
        assert not any(marks.values())


def test_every_behaviour_is_asked_for(tests: Tests) -> None:
    """What is in the registry, some test rests on."""
    asked = {name for test in tests for name in of(test, "rests_on")[0]}

    assert REGISTRY.keys() - asked == set()


def test_every_test_says_what_it_expects(tests: Tests) -> None:
    """In a sentence or more."""
    assert [test["id"] for test in tests if not re.search(r"\w.*\.\s*$", test["says"])] == []


def test_there_are_enough_of_them(tests: Tests) -> None:
    """A contract of few questions is kept by everybody."""
    assert len(tests) > 500
    assert len({test["id"].partition("[")[0] for test in tests}) > 300


def test_a_basis_selects(tests: Tests, tmp_path: Path) -> None:
    """`-m documented` runs what has the mark; where nothing is observed, `-m "not assumed"` is the same."""
    having = [test["id"] for test in tests if of(test, "documented")]
    selected = collected(tmp_path, "-m", "documented and not assumed and not observed")

    assert [test["id"] for test in selected] == having
    assert 200 < len(having) < len(tests)


def test_what_costs_nothing_can_be_selected(tests: Tests, tmp_path: Path) -> None:
    """And what costs says how much."""
    paid = {test["id"]: of(test, "costs") for test in tests if of(test, "costs")}
    free = {test["id"] for test in collected(tmp_path, "-m", "not costs")}

    assert free == {test["id"] for test in tests} - paid.keys()
    assert {cost for ((cost,),) in paid.values()} <= {"20", "50", "100", "150", "200"}
    assert len(free) > 300


def made(basis: str) -> Behaviour:
    """Return a behaviour on that basis."""
    return Behaviour(basis, basis, "somewhere", "something")  # type: ignore[arg-type]  # one of the three


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        (["observed"], "observed"),
        (["observed", "documented"], "documented"),
        (["documented", "assumed", "observed"], "assumed"),
    ],
)
def test_the_weakest_basis_counts(bases: list[str], expected: str) -> None:
    """A chain of reasons."""
    assert weakest(map(made, bases)) == expected


def test_a_name_that_is_not_in_the_registry_is_refused() -> None:
    """At once, when the test is imported."""
    with pytest.raises(LookupError, match="'code 1003'"):
        rests_on("code 1001", "code 1003")


def test_every_route_is_asked_for_by_a_request_of_the_suite(tests: Tests) -> None:
    """Names are not enough: each route's fixed words stand in some test or in the visitor."""
    suite = Path(_file(rests_on)).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in suite.glob("*.py"))
    text = re.sub(r"rests_on\([^)]*\)", "", text)
    for name in REGISTRY:
        method, _, path = name.partition(" ")
        if method in HTTP:
            words = max(re.split(r"\{\w+\}", path), key=len).rstrip("/")

            assert words in text, name
    assert tests


def _file(function: Callable[..., Any]) -> str:
    return function.__code__.co_filename
