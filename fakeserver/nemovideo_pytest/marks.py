"""What the marks of a test, and the command line, ask a fake to be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from nemovideo_fakeserver.scenario import Scenario


def readings(
    node: pytest.Item, scenario: Scenario | None, variants: Iterable[str] = ()
) -> dict[str, str]:
    """Return the readings of the documents that were asked for, by name.

    It is what the marks `nemo_variant` say, the nearest first; else `variants`, words such as `preset=4.4`;
    else the scenario. Raises ValueError for a word that is none.
    """
    words: dict[str, str] = dict((scenario and scenario.variants) or {})
    for word in variants:
        key, is_said, value = word.partition("=")
        if not is_said:
            raise ValueError(f"{word[:80]!r} is no reading: say KEY=VALUE, such as preset=4.4")
        words[key] = value
    for mark in reversed(list(node.iter_markers("nemo_variant"))):
        if mark.args:
            raise ValueError(f"nemo_variant takes names and values, not {mark.args[0]!r}")
        words |= {key: str(value) for key, value in mark.kwargs.items()}
    return words


def scenario(node: pytest.Item) -> Scenario | None:
    """Return the scenario of the nearest `nemo_scenario`: a file beside the test, else a ready one, or a dict.

    Raises ValueError for a mark that names none, and what the scenario raises.
    """
    mark = node.get_closest_marker("nemo_scenario")
    if mark is None:
        return None
    from nemovideo_fakeserver import scenario

    if len(mark.args) != 1 or mark.kwargs:
        raise ValueError("nemo_scenario takes one thing: the name of a scenario, a file, or a dict")
    (named,) = mark.args
    if not isinstance(named, str):
        return scenario.of(named)
    beside = Path(node.path).parent / named
    return scenario.find(str(beside) if beside.is_file() else named)


def excused(node: pytest.Item) -> set[str]:
    """Return the rules of the judge that the marks `nemo_breaks` say the test breaks on purpose.

    Raises ValueError for a mark that says no rule, one that there is not, or no reason.
    """
    rules: set[str] = set()
    for mark in node.iter_markers("nemo_breaks"):
        if not mark.args or not mark.kwargs.get("because"):
            raise ValueError(
                "nemo_breaks takes rules of the judge, and why they are broken:"
                ' nemo_breaks("polled-too-fast", because="...")'
            )
        rules.update(mark.args)
    if rules:
        _check_known(rules)
    return rules


def _check_known(rules: set[str]) -> None:
    from difflib import get_close_matches

    from nemovideo_fakeserver.judge import RULES

    legal = [rule.name for rule in RULES]
    for rule in sorted(map(str, rules - {*legal})):
        near = get_close_matches(rule, legal, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; docs/judge.md lists them"
        raise ValueError(f"nemo_breaks: the judge has no rule {rule!r}{hint}")


def faults(node: pytest.Item) -> Iterable[tuple[str, dict[str, object], dict[str, object]]]:
    """Yield what the marks `nemo_faults` say: where, what is done, and the rest; the outermost mark first.

    Raises ValueError for a mark that says something else.
    """
    for mark in reversed(list(node.iter_markers("nemo_faults"))):
        try:
            at, do = mark.args
        except ValueError:
            raise ValueError(
                "nemo_faults takes a place and what is done there, such as"
                " nemo_faults('turn.heartbeat[2]', {'break': 'reset'})"
            ) from None
        yield at, do, dict(mark.kwargs)
