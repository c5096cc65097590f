from __future__ import annotations

import pytest

from nemovideo_fakeserver.core.variants import Variants, VariantUnknown, legal_values

EVERY = [(key, value) for key, values in legal_values().items() for value in values]


@pytest.mark.parametrize(("key", "value"), EVERY)
def test_every_legal_reading_can_be_chosen(key: str, value: str) -> None:
    """Choosing a reading changes that one and leaves the others, and the variants before, alone."""
    before = Variants()

    after = before.changed(key, value)

    others = legal_values().keys() - {key}
    assert getattr(after, key) == value
    assert all(getattr(after, other) == getattr(before, other) for other in others)
    assert before == Variants()


@pytest.mark.parametrize("key", legal_values())
def test_a_default_is_a_legal_value(key: str) -> None:
    """What holds without a choice could have been chosen."""
    assert getattr(Variants(), key) in legal_values()[key]


def test_a_misspelt_variant_is_told_the_nearest_one() -> None:
    """An unknown name near a legal one says which was probably meant, and lists all."""
    with pytest.raises(
        VariantUnknown, match=r"'sse_dialct'; did you mean sse_dialect\? There are: sse_dialect, "
    ):
        Variants().changed("sse_dialct", "adk")


def test_a_strange_variant_is_told_what_there_is() -> None:
    """An unknown name near none gets the list alone."""
    with pytest.raises(VariantUnknown, match=r"'colour'\. There are: sse_dialect, "):
        Variants().changed("colour", "blue")


def test_an_illegal_value_is_told_the_legal_ones() -> None:
    """A value that is none of the readings says which there are."""
    with pytest.raises(VariantUnknown, match="cannot be 'flat'; it is one of: typed, adk"):
        Variants().changed("sse_dialect", "flat")


def test_a_variant_is_valid_at_birth() -> None:
    """A value that does not exist is refused when the variants are made, not when they are used."""
    with pytest.raises(
        VariantUnknown, match="sse_dialect cannot be 'foo'; it is one of: typed, adk"
    ):
        Variants(sse_dialect="foo")  # type: ignore[arg-type]  # what is tested
