from __future__ import annotations

import re

import pytest

from nemovideo_fakeserver.core import refusals
from nemovideo_fakeserver.core.refusals import RateLimited, Refusal

DRAWN = re.findall(r"[|`]-- (\w+) +(\d+)  ", refusals.__doc__ or "")


@pytest.mark.parametrize(("name", "code"), DRAWN)
def test_a_refusal_has_the_code_the_tree_draws(name: str, code: str) -> None:
    """Every refusal drawn in the module's tree exists, with the code that stands beside it."""
    kind = getattr(refusals, name)

    assert issubclass(kind, Refusal)
    assert kind.code == int(code)


def test_the_tree_is_complete() -> None:
    """No refusal is missing in the tree, and no two share a code."""
    kinds = Refusal.__subclasses__()

    assert {kind.__name__ for kind in kinds} == {name for name, _ in DRAWN}
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_a_refusal_carries_its_words() -> None:
    """The message is there for the caller and in the traceback; a rate limit tells how long, too."""
    refusal = RateLimited("slow down", 30)

    assert (refusal.message, str(refusal), refusal.retry_after) == ("slow down", "slow down", 30)
