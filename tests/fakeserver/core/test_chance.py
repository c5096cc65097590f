from __future__ import annotations

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.chance import Chance

names = st.text(max_size=12) | st.integers()
chances = st.builds(Chance, st.text(max_size=8))


@given(chances, names, names)
def test_a_path_names_the_draw_however_it_is_walked(chance: Chance, a: str, b: str) -> None:
    """Going down step by step draws what naming the whole path draws, every time."""
    drawn = chance.number(a, b)

    assert drawn == chance.at(a).number(b) == chance.at(a, b).number()


def test_paths_and_seeds_tell_draws_apart() -> None:
    """Another seed, name, order of names or counter gives another value."""
    places = [
        Chance("0").at("ann", "session", 1),
        Chance("1").at("ann", "session", 1),
        Chance("0").at("bob", "session", 1),
        Chance("0").at("ann", "session", 2),
        Chance("0").at("session", "ann", 1),
        Chance("0").at("ann", "session"),
        Chance("0").at("ann", "sessio", "n1"),
    ]

    assert len({place.number() for place in places}) == len(places)


@given(chances, st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_uniform_draw_stays_between_its_bounds_to_the_millisecond(
    chance: Chance, low: float, width: float
) -> None:
    """A uniform draw lies between low and high, give or take the rounding to three places."""
    high = low + width

    drawn = chance.uniform(low, high)

    assert low - 0.0005 <= drawn <= high + 0.0005
    assert drawn == round(drawn, 3)


@pytest.mark.parametrize("probability", [0.0, 0.3, 1.0])
def test_a_probability_is_kept(probability: float) -> None:
    """Out of many draws the promised share says yes; 0 is never and 1 is always."""
    chance = Chance("seed")

    yes = sum(chance.happens(probability, n) for n in range(5_000))

    assert yes / 5_000 == pytest.approx(probability, abs=0.02)
    assert (yes in (0, 5_000)) == (probability in (0.0, 1.0))


@given(chances, st.lists(st.integers(), min_size=1))
def test_a_choice_is_one_of_the_options(chance: Chance, options: list[int]) -> None:
    """A choice comes from the options."""
    assert chance.choice(options, "which") in options


def test_every_option_has_its_turn() -> None:
    """A choice reaches all the options."""
    chance = Chance("seed")

    assert {chance.choice("abc", n) for n in range(50)} == set("abc")


@given(chances, st.integers(1, 19))
def test_digits_are_as_many_as_asked_for(chance: Chance, count: int) -> None:
    """A decimal string has exactly `count` digits and no leading zero."""
    assert re.fullmatch(rf"[1-9][0-9]{{{count - 1}}}", chance.digits(count, "id"))


@given(chances, st.integers(1, 32))
def test_hex_digits_are_as_many_as_asked_for(chance: Chance, half: int) -> None:
    """A hexadecimal string has exactly the even count of digits asked for."""
    assert re.fullmatch(rf"[0-9a-f]{{{2 * half}}}", chance.hex(2 * half, "id"))


@given(chances)
def test_a_secret_is_43_base64url_characters(chance: Chance) -> None:
    """The body of a token is 43 characters of the URL-safe alphabet."""
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", chance.base64url("value"))


@given(chances)
def test_a_uuid_is_of_version_4(chance: Chance) -> None:
    """A drawn UUID reads as one of version 4."""
    assert uuid.UUID(chance.uuid()).version == 4


def test_any_name_can_be_drawn_from() -> None:
    """Even half of a surrogate pair, as broken JSON brings it, is a name."""
    assert Chance("seed").number("\ud800") != Chance("seed").number("\ud801")
