"""Which readings of the documents a service follows: a fake those that a test is about, any other what is said.

A service that is no fake cannot be told. `--nemo-variant KEY=VALUE` then says what it does; without a word
it is taken to follow the defaults of `docs/variants.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nemovideo_pytest.contract import basis

if TYPE_CHECKING:
    from nemovideo_fakeserver import Variants
    from nemovideo_pytest.case import Case

WHY = "the contract asks what a service does about clients who do it wrong"


def steer(item: pytest.Item) -> None:
    """Mark a test for the fake that it may be run against; services that are none pass these marks over."""
    from nemovideo_fakeserver.judge import RULES
    from nemovideo_pytest.settings import Settings

    item.add_marker(pytest.mark.nemo_breaks(*(rule.name for rule in RULES), because=WHY))
    chosen = Settings(item.config)
    words = basis.readings(item)
    if words and not chosen.text("url") and chosen.text("target") != "live":
        item.add_marker(pytest.mark.nemo_variant(**words))


def followed(case: Case) -> Variants:
    """Return the readings that the service of a test follows, or is said to."""
    from nemovideo_fakeserver.core.presets import chosen

    _, words = case.beginning()
    return chosen(words.items())


def check(case: Case) -> None:
    """Skip a test about readings that the service, which cannot be told, is not said to follow."""
    from nemovideo_fakeserver.core.presets import chosen

    said = followed(case).texts()
    asked = basis.readings(case.node)
    about = chosen(asked.items()).texts() if "preset" in asked else asked
    other = [f"{key}={text}" for key, text in about.items() if not _same(key, text, said[key])]
    if other:
        pytest.skip(f"this is about services with {', '.join(other)}: say --nemo-variant for one")


def _same(key: str, one: str, other: str) -> bool:
    from nemovideo_fakeserver import Variants

    return Variants().changed(key, one) == Variants().changed(key, other)
