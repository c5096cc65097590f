"""Pseudonyms: length, alphabet, and being known as such."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.places import SECRET, Role
from nemovideo_proxy.redaction import is_pseudonym
from nemovideo_proxy.redaction.pseudonyms import named, pseudonym

CASES: tuple[tuple[Role, str, str], ...] = (
    ("token", "nmv_usr_KGdwtlGw3hBDUpV-4_FJ", "nmv_usr_token7xxxxxxxxxxxxxx"),
    ("claim", "clm_KGdwtlGw3hBDUpV-4_FJ", "clm_claim7xxxxxxxxxxxxxx"),
    ("user", "anon_abc123def4567890", "anon_e000000000000007"),
    ("client", "my-laptop-77", "client7xxxxx"),
    ("client", "e3e70682-c209-4cac-a29f-6fbed82c07cd", "c0000000-0000-4000-8000-000000000007"),
    ("client", "E3E70682-C209-4CAC-A29F-6FBED82C07CD", "C0000000-0000-4000-8000-000000000007"),
    ("user", "7123456789012345678", "3000000000000000007"),
    ("email", "tom.smith@example.com", "ema.il7xx@xxxxxxx.xxx"),
    ("email", "tom@example.com", "l7x@xxxxxxx.xxx"),
    ("token", "eyJhbGciOi.eyJzdWIi.c2ln", "eyJtoken7x.xxxxxxxx.xxxx"),
    ("signature", "AKIAEXAMPLE/20261128/S3", "SIGNATURE7X/XXXXXXXX/XX"),
    ("token", "Ann Other", "token7xxx"),
    ("client", "laptop in the kitchen", "client7xxxxxxxxxxxxxx"),
    ("client", "12 34 56", "20 00 07"),
    ("client", "机器-kitchen", "某某client7x"),
)


@pytest.mark.parametrize(("role", "value", "expected"), CASES)
def test_a_pseudonym_has_the_form_of_the_value(role: Role, value: str, expected: str) -> None:
    """Known beginnings, digits, hexadecimal, UUIDs, addresses and JWTs stay what they are."""
    assert pseudonym(role, 7, value) == expected
    assert is_pseudonym(role, expected)


@given(
    st.sampled_from(sorted(SECRET)),
    st.integers(1, 9999),
    st.one_of(
        st.text(min_size=14), st.from_regex(r"[0-9a-f]{20}", fullmatch=True), st.uuids().map(str)
    ),
)
def test_a_pseudonym_is_known_by_its_looks(role: Role, number: int, value: str) -> None:
    """It has the bytes of the value, is known as one wherever it has room, and stands for itself."""
    made = pseudonym(role, number, value)

    assert len(made.encode("utf-8", "surrogatepass")) == len(value.encode("utf-8", "surrogatepass"))
    if sum(c.isascii() and c.isalnum() for c in value) >= 14:
        assert named(made) == (role, number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "me",
        "token",
        "anon_abc123def4567890",
        "100012345",
        "nmv_usr_KGdwtlGw3hBDUpV",
        "client7y",
        "tom@example.com",
        "e3e70682-c209-4cac-a29f-6fbed82c07cd",
    ],
)
def test_a_value_is_no_pseudonym(text: str) -> None:
    """What somebody made up elsewhere is not taken for one of ours."""
    assert not any(is_pseudonym(role, text) for role in get_args(Role))


def test_roles_that_are_no_secrets_have_no_pseudonyms() -> None:
    """Sessions, tasks and renders stay what they are."""
    assert not is_pseudonym("session", "token1xxxx")


def test_different_numbers_make_different_pseudonyms() -> None:
    """Of six characters, a thousand of a role can be told apart."""
    made = {pseudonym("client", number, "abcdez") for number in range(1, 1000)}

    assert len(made) == 999
    assert all(re.fullmatch(r"[a-z0-9]{6}", each) for each in made)
