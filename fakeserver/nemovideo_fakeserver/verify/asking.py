"""A verification asked for in plain JSON data, as it comes over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.counting import verify
from nemovideo_fakeserver.verify.malformed import QueryMalformed, no_such
from nemovideo_fakeserver.verify.ordering import verify_sequence
from nemovideo_fakeserver.verify.outcome import Outcome
from nemovideo_fakeserver.verify.plain import shown

_COUNT = ("query", "exactly", "at_least", "at_most")
_SEQUENCE = ("sequence", "strict")


def verify_data(facts: Iterable[Fact], data: Mapping[str, Any]) -> Outcome:
    """Return the outcome of `{"query": ..., "exactly": 1}` or `{"sequence": [...], "strict": false}`.

    Raises `QueryMalformed`.
    """
    legal = _SEQUENCE if isinstance(data, Mapping) and "sequence" in data else _COUNT
    if not isinstance(data, Mapping) or legal[0] not in data:
        raise QueryMalformed(
            'a verification is an object such as {"query": {"line": "POST /run_sse"}, "exactly": 1}'
            f' or {{"sequence": [...]}}, not {shown(data)}.'
        )
    for key in data:
        if key not in legal:
            raise no_such(f"a verification with a {legal[0]} has no", key, legal)
    if legal is _COUNT:
        times = {key: data.get(key) for key in _COUNT[1:]}
        return verify(facts, data["query"], **times)
    strict = data.get("strict", False)
    if not isinstance(strict, bool):
        raise QueryMalformed(f"strict is true or false, not {shown(strict)}.")
    return verify_sequence(facts, data["sequence"], strict=strict)
