"""Keeping secrets out of what is written down."""

from __future__ import annotations

import re

_SECRET = re.compile(r"(nmv_usr_|clm_)[A-Za-z0-9_%-]{8,}")


def discreet(text: str) -> str:
    """Return a text with every token in it cut down to its prefix: `nmv_usr_…`."""
    return _SECRET.sub(r"\1…", text) if "nmv_usr_" in text or "clm_" in text else text
