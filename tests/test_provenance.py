"""Every route, code and variant says why it is as it is, and cites sources that are listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.core.presets import PRESETS
from nemovideo_fakeserver.core.refusals import Refusal
from nemovideo_fakeserver.core.variants import Variants, legal_values
from nemovideo_fakeserver.provenance import REGISTRY, Behaviour, as_markdown

DOCS = Path(__file__).parents[1] / "docs"
CODES = {f"code {code}" for code in (0, 405, *(kind.code for kind in Refusal.__subclasses__()))}
VALUES = {f"{key}={value}" for key, values in legal_values().items() for value in values}
DEFAULTS = {f"{key}={text}" for key, text in Variants().texts().items()}
VERSIONS = {f"preset={version}" for version in PRESETS}
METHODS = r"(GET|HEAD|POST|PUT|PATCH|DELETE) /"


def named(pattern: str) -> set[str]:
    """Return the names in the registry that look like this."""
    return {name for name in REGISTRY if re.match(pattern, name)}


def test_every_route_has_its_provenance_and_no_other_has() -> None:
    """The table of routes and the registry name the same routes."""
    assert named(METHODS) == {route.name for route in ROUTES}


def test_every_code_has_its_provenance_and_no_other_has() -> None:
    """Success, every refusal, and the wrong method; nothing the service never says."""
    assert named(r"code \d+$") == CODES


def test_every_value_of_a_variant_has_its_provenance_and_no_other_has() -> None:
    """Every word of a short list, the default of what has no list, and every preset; nothing else."""
    assert named(r"\w+=") == VALUES | DEFAULTS | VERSIONS


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_a_default_is_said_to_be_one_and_no_other_value_is(name: str) -> None:
    """A reader of the table sees what holds without a choice."""
    others = {other for other in VALUES if other.partition("=")[0] == name.partition("=")[0]}

    assert "the default" in REGISTRY[name].says
    assert not [other for other in others - {name} if "the default" in REGISTRY[other].says]


def test_nothing_is_entered_twice() -> None:
    """The printed registry has as many rows as there are names."""
    assert len(re.findall(r"^\| `", as_markdown(), re.MULTILINE)) == len(REGISTRY)


@pytest.mark.parametrize("behaviour", REGISTRY.values(), ids=REGISTRY)
def test_an_entry_is_complete(behaviour: Behaviour) -> None:
    """A basis of the three, a source, and what it is, in cells that cannot break the table."""
    assert behaviour.basis in ("observed", "documented", "assumed")
    assert behaviour.source
    assert behaviour.says
    assert "|" not in behaviour.name + behaviour.source + behaviour.says


def test_the_printed_registry_is_up_to_date() -> None:
    """docs/fidelity.md is what `python -m nemovideo_fakeserver.provenance` prints."""
    assert (DOCS / "fidelity.md").read_text(encoding="utf-8") == as_markdown()


def cited() -> set[str]:
    """Return every page number and commit the registry cites."""
    everything = " ".join(f"{b.source} {b.says}" for b in REGISTRY.values())
    commits = re.findall(r"\b(?=[a-f]*\d)[0-9a-f]{7}\b", everything)
    return {*re.findall(r"\b\d{10,}\b", everything), *commits}


def listed() -> str:
    """Return the text of docs/sources.md."""
    return (DOCS / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", sorted(cited()))
def test_every_source_that_is_cited_is_listed(source: str) -> None:
    """docs/sources.md has every page number and commit id of the registry."""
    assert re.search(rf"\b{source}\b", listed())


def test_citations_are_found_at_all() -> None:
    """The search sees pages, and commits with and without letters."""
    assert {"52127510908", "7fe0b89", "4058666"} <= cited()
