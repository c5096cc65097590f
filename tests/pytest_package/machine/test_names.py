"""What a machine is told by name: a name that does not exist would let it look for nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_pytest.machine import NemoMachine


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"acts": ("sya", "wait")}, "Typo.acts: no act is called 'sya'; did you mean say? There"),
        ({"first": ("tokn",)}, "Typo.first: no act is called 'tokn'; did you mean token? There"),
        ({"judge": ("eror",)}, "Typo.judge: no severity is called 'eror'; did you mean error?"),
        ({"judge": "error"}, "Typo.judge: a list of names is wanted, as in ['error']"),
        ({"pardoned": ("polled-to-fast",)}, "'polled-to-fast'; did you mean polled-too-fast?"),
        ({"pardoned": ("nope",)}, "Typo.pardoned: no rule of the judge is called 'nope'; "),
        (
            {"spared": ("silence_looked_into",)},
            "Typo.spared: no law is called 'silence_looked_into'; did you mean silence-looked-into?",
        ),
    ],
)
def test_a_name_that_does_not_exist_is_told(words: dict[str, Any], says: str) -> None:
    """When the class is made, with the nearest that does."""
    with pytest.raises(ValueError, match=re.escape(says)):
        type("Typo", (NemoMachine,), words)


def test_names_that_exist_are_taken() -> None:
    """Also none at all, and the laws that are the machine's own."""
    words = {"acts": ["say"], "judge": (), "pardoned": {"polled-too-fast"}, "spared": ["judge"]}

    assert issubclass(type("Fine", (NemoMachine,), words), NemoMachine)
