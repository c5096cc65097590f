from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.costs import Each
from nemovideo_fakeserver.core.variants import (
    READINGS,
    Variants,
    VariantUnknown,
    legal_values,
)

HINTS = get_type_hints(Variants)
EVERY = [(key, value) for key, values in legal_values().items() for value in values]
OTHERS: dict[str, tuple[str, object]] = {
    "heartbeat_interval": ("1m", 60.0),
    "sse_max": ("600", 600.0),
    "client_limit": ("none", None),
    "ip_limit": ("5", 5),
    "ip_window": ("1h", 3600.0),
    "token_ttl": ("never", None),
    "anon_scopes": ("read, *,read", ("read", "*")),
    "max_upload": ("2GB", 2 << 30),
    "costs": ("1-5", Each(1, 5)),
}
"""A text and its value, for the variants that are no choice of a few words."""


def test_every_field_has_a_reading() -> None:
    """In the same order, so that tables of them read alike."""
    assert list(READINGS) == [f.name for f in fields(Variants)]


@pytest.mark.parametrize("key", [key for key in HINTS if get_origin(HINTS[key]) is Literal])
def test_the_words_that_are_read_are_the_words_of_the_type(key: str) -> None:
    """What a type checker takes, a flag takes."""
    assert legal_values()[key] == get_args(HINTS[key])


def test_every_variant_is_tried_here() -> None:
    """The tables of this file leave none out."""
    assert legal_values().keys() | OTHERS.keys() == READINGS.keys()


def unchanged(before: Variants, after: Variants, key: str) -> bool:
    """Say whether nothing but `key` differs."""
    return replace(before, **{key: getattr(after, key)}) == after


@pytest.mark.parametrize(("key", "value"), EVERY)
def test_every_legal_reading_can_be_chosen(key: str, value: str) -> None:
    """Choosing a reading changes that one and leaves the others, and the variants before, alone."""
    before = Variants()

    after = before.changed(key, value)

    assert after.texts()[key] == value
    assert unchanged(before, after, key)
    assert before == Variants()


@pytest.mark.parametrize("key", OTHERS)
def test_numbers_times_and_sizes_can_be_chosen(key: str) -> None:
    """The text becomes a value with its unit taken off; the others stay as they are."""
    text, value = OTHERS[key]

    after = Variants().changed(key, text)

    assert getattr(after, key) == value
    assert after != Variants()
    assert unchanged(Variants(), after, key)


@pytest.mark.parametrize("word", ["on", "yes", "true", "True"])
def test_a_switch_takes_other_words_for_on_and_off(word: str) -> None:
    """Those of YAML and of Python."""
    opposite = {"on": "off", "yes": "no", "true": "false", "True": "False"}[word]

    assert Variants().changed("rate_limit_transient", word).rate_limit_transient is True
    assert Variants().changed("require_client_id", opposite).require_client_id is False


@given(
    st.sampled_from(list(READINGS)),
    st.text() | st.from_regex(r"[0-9.]{1,15}[smhdKMGB/-]{0,3}[0-9]*"),
)
def test_any_text_is_a_legal_value_or_told_the_legal_ones(key: str, text: str) -> None:
    """Nothing else comes of it; and what is accepted can be written down and read again."""
    try:
        after = Variants().changed(key, text)
    except VariantUnknown as error:
        told = str(error)
    else:
        assert Variants().changed(key, after.texts()[key]) == after
        return

    assert told.startswith(f"{key} cannot be ")
    assert told.endswith(f"; it is {READINGS[key].legal}")
    assert len(told) < 300


@given(st.text().filter(lambda key: key not in READINGS))
def test_any_other_key_is_told_which_there_are(key: str) -> None:
    """Whatever it is, and in one line of bearable length."""
    with pytest.raises(VariantUnknown) as refused:
        Variants().changed(key, "on")

    assert str(refused.value).endswith(f" There are: {', '.join(READINGS)}")
    assert "\n" not in str(refused.value)


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


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("sse_dialect", "xml", "'xml'; it is one of: typed, adk, flat"),
        ("require_client_id", "maybe", "'maybe'; it is one of: on, off"),
        (
            "heartbeat_interval",
            "0",
            "'0'; it is a time from 0.1s to 3650d, in seconds or such as 15s",
        ),
        ("heartbeat_interval", "never", "such as 15s"),
        (
            "token_ttl",
            "4000d",
            "'4000d'; it is a time from 1s to 3650d, in seconds or such as 7d, or never",
        ),
        ("ip_limit", "-1", "'-1'; it is a whole number such as 10, or none"),
        ("anon_scopes", "all", "'all'; it is one or more of read, write, upload, render, *"),
        ("max_upload", "huge", "'huge'; it is a size from 1B to 1024GB, in bytes or such as 500MB"),
        ("costs", "5-1", "'5-1'; it is generation/editing"),
    ],
)
def test_an_illegal_value_is_told_the_legal_ones(key: str, text: str, says: str) -> None:
    """A value that is none of the readings, or beyond bounds, says which there are."""
    with pytest.raises(VariantUnknown) as refused:
        Variants().changed(key, text)

    assert str(refused.value).startswith(f"{key} cannot be ")
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sse_dialect": "foo"},
        {"sse_dialect": None},
        {"require_client_id": "off"},
        {"client_limit": True},
        {"client_limit": -1},
        {"token_ttl": float("nan")},
        {"token_ttl": "7d"},
        {"token_ttl": True},
        {"heartbeat_interval": None},
        {"heartbeat_interval": 0.0},
        {"anon_scopes": ()},
        {"anon_scopes": ("all",)},
        {"anon_scopes": "*"},
        {"max_upload": 0},
        {"max_upload": 1.5},
        {"costs": "100/50/0"},
    ],
    ids=str,
)
def test_a_variant_is_valid_at_birth(wrong: dict[str, Any]) -> None:
    """A value that does not exist is refused when the variants are made, not when they are used."""
    (key,) = wrong
    with pytest.raises(VariantUnknown) as refused:
        Variants(**wrong)

    assert str(refused.value) == f"{key} cannot be {wrong[key]!r}; it is {READINGS[key].legal}"


@pytest.mark.parametrize(
    ("web_base", "site"),
    [
        ("here", "nemovideo.com"),
        ("nemovideo.com", "nemovideo.com"),
        ("nemovideo.ai", "nemovideo.ai"),
    ],
)
def test_sentences_name_a_site(web_base: str, site: str) -> None:
    """Also where links lead to the fake itself."""
    assert Variants().changed("web_base", web_base).site == site
