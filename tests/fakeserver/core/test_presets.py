"""Variants that belong together because a version of the vendor's skill says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.presets import PRESETS, chosen, preset
from nemovideo_fakeserver.core.variants import Variants, VariantUnknown

DEVIATIONS = [(version, d) for version, rows in PRESETS.items() for d in rows]


def test_the_versions_are_those_of_the_vendors_repository() -> None:
    """Four labels and the day of the first commit."""
    assert list(PRESETS) == ["1.9", "1.8", "1.5", "4.4", "2026-03-13"]


@pytest.mark.parametrize("version", PRESETS)
def test_a_preset_is_the_defaults_with_its_deviations(version: str) -> None:
    """Each deviation is one: it is named once, holds, and differs from the default."""
    default, texts = Variants().texts(), preset(version).texts()
    rows = {d.key: d.text for d in PRESETS[version]}

    assert len(rows) == len(PRESETS[version])
    assert {key: text for key, text in texts.items() if text != default[key]} == rows


@pytest.mark.parametrize(("version", "deviation"), DEVIATIONS)
def test_a_deviation_has_a_source(version: str, deviation: tuple[str, str, str]) -> None:
    """A commit of the vendor's, or a numbered public page."""
    assert any(char.isdigit() for char in deviation[2]), version


def test_links_stay_on_the_fake() -> None:
    """No preset leads a user out to the real site."""
    assert {preset(version).web_base for version in PRESETS} == {"here"}


def test_the_versions_say_what_the_documents_say() -> None:
    """A few facts by which users know the versions apart."""
    assert preset("1.9").claim_link == "ct"
    assert preset("1.8").anon_scopes == ("read", "write", "upload")
    assert preset("1.5").token_ttl is None
    assert preset("4.4").render_shape == "data"
    assert preset("2026-03-13").require_client_id is False
    assert preset("2026-03-13").legacy_render == "accept"


@given(st.text().filter(lambda version: version not in PRESETS))
def test_another_version_is_told_which_there_are(version: str) -> None:
    """The error lists the versions."""
    with pytest.raises(VariantUnknown, match=r"one of: 1\.9, 1\.8, 1\.5, 4\.4, 2026-03-13$"):
        preset(version)


def test_what_is_chosen_by_its_own_key_holds_against_a_preset() -> None:
    """In whatever order the two are given."""
    shape, version = ("render_shape", "both"), ("preset", "4.4")

    after = chosen([shape, version])

    assert after == chosen([version, shape]) == preset("4.4").changed(*shape)


def test_of_two_choices_the_last_holds() -> None:
    """Also of two presets, whose deviations do not add up."""
    assert chosen([("preset", "4.4"), ("preset", "1.9")]) == preset("1.9")
    assert chosen([("ip_limit", "1"), ("ip_limit", "2")]).ip_limit == 2


def test_nothing_chosen_is_the_defaults() -> None:
    """And a preset is not one of the defaults."""
    assert chosen([]) == Variants()
    assert Variants() not in [preset(version) for version in PRESETS]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("attribution_mode", False, "off"),
        ("require_client_id", False, "off"),
        ("error_http", 200, "200"),
        ("token_ttl", 60, "1m"),
        ("token_ttl", 1.5, "1.5s"),
        ("client_limit", None, "none"),
        ("anon_scopes", ["read", "upload"], "read,upload"),
    ],
)
def test_values_may_be_what_yaml_makes_of_them(key: str, value: object, text: str) -> None:
    """Numbers, lists, null, and the booleans that unquoted words become."""
    assert chosen([(key, value)]).texts()[key] == text


@pytest.mark.parametrize("version", [4.4, 1.9, date(2026, 3, 13)])
def test_a_version_may_be_what_yaml_makes_of_it(version: object) -> None:
    """A number, or a date."""
    assert chosen([("preset", version)]) == preset(str(version))


@pytest.mark.parametrize(
    ("key", "says"), [("presett", "did you mean preset?"), ("colour", r"There are: preset, sse_")]
)
def test_an_unknown_key_is_told_that_there_are_presets(key: str, says: str) -> None:
    """A preset is chosen like a variant, so it is listed as one."""
    with pytest.raises(VariantUnknown) as refused:
        chosen([(key, "4.4")])

    assert says in str(refused.value)
