"""What a control path is asked in its query: names with values, each known, each once."""

from __future__ import annotations

from urllib.parse import parse_qsl

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import RequestMalformed


def asked(call: Call, *legal: str) -> dict[str, str]:
    """Return the parameters of the query; raises `RequestMalformed` for one that is not `legal`."""
    given = parse_qsl(call.head.query, keep_blank_values=True)
    for name, _ in given:
        if name not in legal:
            raise RequestMalformed(
                f"{name[:40]}: unknown; this takes {', '.join(legal) or 'nothing'}"
            )
    return dict(given)


def number(given: dict[str, str], name: str, default: int) -> int:
    """Return a whole number from 0 on."""
    text = given.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or len(text) > 15:
        raise RequestMalformed(f"{name}: must be a whole number from 0 on, not {text[:40]!r}")
    return int(text)
