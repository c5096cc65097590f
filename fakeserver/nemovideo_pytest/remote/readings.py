"""What is known of a black box: it cannot be told which readings of the documents to follow.

A test that is about a reading (`nemo_variant`) runs against one only if the run says that it follows that
reading (`--nemo-variant`), or it says so itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from nemovideo_pytest.case import Case


def demand(case: Case, own: Iterable[str] = ()) -> None:
    """Skip the test if it is about a reading that the service is not known to follow.

    `own` are words such as `preset=4.4` that are known of the service without being told; they go before
    what the run says of all its services.
    """
    known = _meant(_pair(word) for word in (*case.settings.texts("variant"), *own))
    marks = list(case.node.iter_markers("nemo_variant"))
    said = {key: value for mark in reversed(marks) for key, value in mark.kwargs.items()}
    if any(known.get(key) != value for key, value in _meant(said.items()).items()):
        words = [f"{key}={value}" for key, value in said.items()]
        pytest.skip(
            f"its nemo_variant is {', '.join(words)}, and nothing says that the service follows that:"
            f" --nemo-variant {' --nemo-variant '.join(words)} would"
        )


def _pair(word: str) -> tuple[str, str]:
    key, _, value = word.partition("=")
    return key, value


def _meant(pairs: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return readings by name: a preset stands for those in which it differs."""
    from nemovideo_fakeserver.core.presets import KEY, PRESETS

    said = {key: str(value) for key, value in pairs}
    deviations = PRESETS.get(said.pop(KEY, ""), ())
    return {each.key: each.text for each in deviations} | said
