from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.judge import RULES, Rule, lines
from nemovideo_fakeserver.judge.printed import TITLE, as_markdown

DOCS = Path(__file__).parents[3] / "docs"


def test_no_two_rules_have_one_name() -> None:
    """A verdict names its rule."""
    assert len({rule.name for rule in RULES}) == len(RULES) >= 18


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_complete(rule: Rule) -> None:
    """A name in words, what to do in whole sentences, a source, in cells that cannot break the table."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert rule.severity in ("error", "warning", "hint")
    assert re.search(r"[.)]$", rule.says)
    assert rule.source
    assert "|" not in rule.name + rule.says + rule.source


def test_the_printed_table_is_up_to_date() -> None:
    """The last chapter of docs/judge.md is what `python -m nemovideo_fakeserver.judge` prints."""
    page = (DOCS / "judge.md").read_text(encoding="utf-8")

    ran = subprocess.run(
        (sys.executable, "-m", "nemovideo_fakeserver.judge"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert page[page.index(TITLE) :] == ran.stdout == as_markdown()


def cited() -> set[str]:
    """Return every page number and commit that a rule cites."""
    everything = " ".join(rule.source for rule in RULES)
    commits = re.findall(r"\b(?=[a-f]*\d)[0-9a-f]{7}\b", everything)
    return {*re.findall(r"\b\d{10,}\b", everything), *commits}


@pytest.mark.parametrize("source", sorted(cited()))
def test_every_source_that_is_cited_is_listed(source: str) -> None:
    """docs/sources.md has every page number and commit id of the rules."""
    assert re.search(rf"\b{source}\b", (DOCS / "sources.md").read_text(encoding="utf-8"))


def test_citations_are_found_at_all() -> None:
    """The search sees pages and commits."""
    assert {"52127510908", "7d8899f"} <= cited()


def test_the_routes_the_judge_knows_are_those_of_the_service() -> None:
    """The same lines, and a token wanted at the same ones."""
    served = {route.name: route.scope for route in ROUTES}
    files = {name for name in served if " /cdn/" in name}

    assert served.keys() - files == lines.KNOWN
    assert {name for name, scope in served.items() if scope is not None} == lines.WITH_TOKEN
